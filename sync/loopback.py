"""Loopback: whether a host is this very machine, where nothing crosses a wire.

In: the host of an address, as it is written. Out: yes or no.
Never here: a look-up of a name (a name that answers "127.0.0.1" today may not tomorrow).
"""

import ipaddress


def is_loopback(host: str) -> bool:
    """True for 127.0.0.0/8, ::1 and localhost, and for nothing else."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.removeprefix("[").removesuffix("]")).is_loopback
    except ValueError:
        return False
