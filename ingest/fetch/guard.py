"""Which addresses may be connected to. Pure: an address in, the reason against it out.

``ipaddress.is_global`` is no guard: Python 3.11.7 takes 224.0.0.1, 64:ff9b::7f00:1 (127.0.0.1 behind
NAT64), 2002:7f00:1:: (the same in 6to4), ::127.0.0.1 and fec0::1 for global. So: an explicit list for
IPv4, and for IPv6 only what IANA has handed out as global unicast (2000::/3) without its special parts.
"""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from ingest.fetch.policy import Network

# IANA's special-purpose registry (RFC 6890 and its followers), and multicast.
_IPV4: tuple[tuple[IPv4Network, str], ...] = tuple(
    (IPv4Network(network), name)
    for network, name in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared by carriers"),
        ("127.0.0.0/8", "loopback"),
        # Azure's platform answers its virtual machines here, from an address that looks public.
        ("168.63.129.16/32", "a cloud platform's own"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved by the IETF"),
        ("192.0.2.0/24", "documentation"),
        ("192.31.196.0/24", "AS112"),
        ("192.52.193.0/24", "AMT"),
        ("192.88.99.0/24", "6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "AS112"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_IPV6: tuple[tuple[IPv6Network, str], ...] = tuple(
    (IPv6Network(network), name)
    for network, name in (
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("::/96", "an IPv4-compatible address"),
        ("64:ff9b:1::/48", "NAT64 for local use"),
        ("100::/64", "discard-only"),
        ("2001::/32", "Teredo"),
        ("2001::/23", "reserved by the IETF"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"),
        ("2620:4f:8000::/48", "AS112"),
        ("3ffe::/16", "the former 6bone"),
        ("3fff::/20", "documentation"),
        ("5f00::/16", "segment routing"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "site-local"),
        ("ff00::/8", "multicast"),
    )
)
# The well-known prefix (RFC 6052): behind it an IPv6-only network reaches the whole of IPv4, so the
# IPv4 address inside decides.
_NAT64 = IPv6Network("64:ff9b::/96")


def why_blocked(address: str, lifted: Iterable[Network] = ()) -> str | None:
    """Why this address must not be connected to, or None where it may be.

    What cannot be read as an address is blocked too. ``lifted`` are networks that a person allowed.

    >>> why_blocked("64:ff9b::7f00:1")
    '64:ff9b::7f00:1 is 127.0.0.1 behind NAT64: loopback'
    >>> from ipaddress import ip_network
    >>> why_blocked("192.168.1.9", (ip_network("192.168.1.0/24"),)) is None
    True
    """
    try:
        found = ip_address(address)
    except ValueError:
        return f"{address[:80]!r} is not an IP address"
    lifted = tuple(lifted)
    inner, form = _embedded(found)
    if any(_within(one, network) for one in (found, inner) if one for network in lifted):
        return None
    if inner:
        kind = _kind(inner)
        return f"{found} is {inner} {form}: {kind}" if kind else None
    kind = _kind(found)
    return f"{found} is {kind}" if kind else None


def _within(address: IPv4Address | IPv6Address, network: Network) -> bool:
    if isinstance(address, IPv6Address):
        return isinstance(network, IPv6Network) and IPv6Address(int(address)) in network
    return isinstance(network, IPv4Network) and address in network


def _embedded(address: IPv4Address | IPv6Address) -> tuple[IPv4Address | None, str]:
    """The IPv4 address that is reached in truth: ::ffff:0:0/96 by the kernel, NAT64 by the network."""
    if isinstance(address, IPv4Address):
        return None, ""
    if address.ipv4_mapped:
        return address.ipv4_mapped, "as IPv6"
    if _within(address, _NAT64):
        return IPv4Address(int(address) & 0xFFFFFFFF), "behind NAT64"
    return None, ""


def _kind(address: IPv4Address | IPv6Address) -> str | None:
    for network, name in _IPV4 if isinstance(address, IPv4Address) else _IPV6:
        if _within(address, network):
            return name
    if isinstance(address, IPv6Address) and not _within(address, _GLOBAL_UNICAST):
        return "not global unicast"
    return None
