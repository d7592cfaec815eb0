"""The local platform: a NocoDB of one's own on this machine, without Docker, compiler or system package.

In: a home folder and a port. Out: a running NocoDB on loopback, on its own PostgreSQL, closed to strangers.
Never here: SQLite, an address other than 127.0.0.1, a process left behind.
"""
