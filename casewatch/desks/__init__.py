"""Desks: small servers on loopback that stand in for a partner and for a mail server, in the demo and in tests."""
