"""Addresses: which numbers on the network a destination may be at, so that no setting or name leads inside.

In: the host as the settings write it, and the address that its name stands for just now. Out: why not, or "".
Never here: a look-up; a yes to a name (what a name stands for changes between two questions).
"""

import ipaddress

from sync.loopback import is_loopback

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

PRIVATE = tuple(
    ipaddress.ip_network(x) for x in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")
)
"""Networks of an organisation's own: a partner may be there where the settings say so."""
INSIDE = tuple(
    ipaddress.ip_network(x)
    for x in ("169.254.0.0/16", "168.63.129.16/32", "100.100.100.200/32", "192.0.0.0/24", "fd00:ec2::/32")
)
"""Where a cloud keeps its machines' own keys, or a network its own workings: nobody's desk, whatever the settings say.
Some of it counts as private or as public elsewhere.
"""
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")

ELSEWHERE = "it must be this machine itself, and its name stands for another"
NOBODYS = "it leads to an address where nobody can have a desk"
PRIVATE_HERE = "it leads into a private network: allow_private in its settings opens that"


def why_not(host: str, address: str, allow_private: bool) -> str:
    """Why nothing may be sent to this address for that host, in a few words without either; "" where it may.

    Loopback is for a host that says so itself, as the demo's does: a name that stands for it leads elsewhere.
    """
    at = _inner(ipaddress.ip_address(address))
    if is_loopback(host):
        return "" if at.is_loopback else ELSEWHERE
    if any(at in network for network in INSIDE):
        return NOBODYS
    if any(at in network for network in PRIVATE):
        return "" if allow_private else PRIVATE_HERE
    site_local = isinstance(at, ipaddress.IPv6Address) and at.is_site_local
    return "" if at.is_global and not (at.is_multicast or at.is_reserved or site_local) else NOBODYS


def literal(host: str) -> str:
    """The address that a host is without asking anybody; "" where it is a name."""
    bare = host.removeprefix("[").removesuffix("]")
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        return ""


def _inner(at: Address) -> Address:
    """The IPv4 address that one of IPv6 carries inside, by whichever way of translating; itself where none."""
    if isinstance(at, ipaddress.IPv4Address):
        return at
    if at in TRANSLATED:
        return ipaddress.IPv4Address(int(at) & 0xFFFFFFFF)
    return at.ipv4_mapped or at.sixtofour or at
