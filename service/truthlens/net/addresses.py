"""Which IP addresses the fetcher may talk to: our own table, since `ipaddress` changed between versions."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

# What IANA's special-purpose registries mark as not globally reachable, multicast, deprecated relays, and
# 168.63.129.16, at which a large cloud answers its own machines.
_CLOSED_4 = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12 "
        "192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 "
        "203.0.113.0/24 224.0.0.0/4 240.0.0.0/4"
    ).split()
)
# Only 2000::/3 is handed out to the public, so everything else is closed but for IPv4 in disguise (below).
_OPEN_6 = IPv6Network("2000::/3")
_CLOSED_6 = tuple(IPv6Network(block) for block in ("2001::/23", "2001:db8::/32", "3fff::/20"))
_TEREDO = IPv6Network("2001::/32")
_SIX_TO_FOUR = IPv6Network("2002::/16")
_MAPPED = IPv6Network("::ffff:0:0/96")
_NAT64 = IPv6Network("64:ff9b::/96")  # stays open: behind DNS64 every IPv4 site looks like this
_JUDGED_INSIDE = (_MAPPED, _NAT64, _TEREDO)  # by the IPv4 addresses in them, and by nothing else
_ISATAP = (0x00005EFE, 0x02005EFE)  # third quarter of the address; the last is IPv4
_LOW_32 = 0xFFFF_FFFF


def approved(address: str) -> bool:
    """Whether this (IPv4 or IPv6 as text) is a public address and none of this computer's own."""
    return public(address) and not own(address)


def public(address: str) -> bool:
    """Whether an address lies in the public internet, and so do all IPv4 addresses wrapped in it."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv4Address):
        return not any(parsed in block for block in _CLOSED_4)
    if parsed.scope_id is not None or not all(public(str(inner)) for inner in wrapped(parsed)):
        return False
    if any(parsed in block for block in _JUDGED_INSIDE):
        return True
    return parsed in _OPEN_6 and not any(parsed in block for block in _CLOSED_6)


def wrapped(address: IPv6Address) -> tuple[IPv4Address, ...]:
    """The IPv4 addresses that an IPv6 address carries: whoever routes it may end up there."""
    value = int(address)
    low = IPv4Address(value & _LOW_32)
    if address in _MAPPED or address in _NAT64 or value >> 32 == 0:
        return (low,)
    if address in _SIX_TO_FOUR:
        return (IPv4Address(value >> 80 & _LOW_32),)
    if address in _TEREDO:  # server, and client with its bits flipped
        return (IPv4Address(value >> 64 & _LOW_32), IPv4Address(~value & _LOW_32))
    if value >> 32 & _LOW_32 in _ISATAP:
        return (low,)
    return ()


def own(address: str) -> bool:
    """Whether a public address belongs to this computer: only such can be bound. Nothing is sent."""
    # Some routers and proxies let anything be bound; then the question cannot be asked this way.
    return _binds(address) and not _binds("2001:db8::1" if ":" in address else "192.0.2.1")


def _binds(address: str) -> bool:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((address, 0))
    except OSError:
        return False
    return True
