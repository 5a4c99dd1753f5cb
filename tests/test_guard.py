"""Which addresses may be connected to: a table of known tricks, and the networks that are not public."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.fetch import why_blocked

# The names are what the reason must say, so that a person sees why.
BLOCKED = {
    "0.0.0.0": "this network",
    "0.1.2.3": "this network",
    "10.0.0.1": "private",
    "100.64.0.1": "carriers",
    "100.100.100.200": "carriers",  # Alibaba's metadata service
    "127.0.0.1": "loopback",
    "127.255.255.254": "loopback",
    "168.63.129.16": "cloud",  # Azure's platform
    "169.254.169.254": "link-local",  # most clouds' metadata service
    "172.16.0.1": "private",
    "172.31.255.255": "private",
    "192.0.0.8": "IETF",
    "192.0.0.192": "IETF",  # Oracle's metadata service
    "192.0.2.1": "documentation",
    "192.88.99.1": "6to4",
    "192.168.255.255": "private",
    "198.18.0.1": "benchmarking",
    "198.19.255.255": "benchmarking",
    "198.51.100.7": "documentation",
    "203.0.113.9": "documentation",
    "224.0.0.1": "multicast",
    "239.1.1.1": "multicast",
    "240.0.0.1": "reserved",
    "255.255.255.255": "reserved",
    "::": "unspecified",
    "::1": "loopback",
    "::127.0.0.1": "IPv4-compatible",
    "::8.8.8.8": "IPv4-compatible",
    "::ffff:127.0.0.1": "127.0.0.1 as IPv6: loopback",
    "::ffff:10.0.0.1": "10.0.0.1 as IPv6: private",
    "::ffff:0:127.0.0.1": "not global unicast",  # SIIT, RFC 2765
    "64:ff9b::7f00:1": "127.0.0.1 behind NAT64: loopback",
    "64:ff9b::a9fe:a9fe": "169.254.169.254 behind NAT64: link-local",
    "64:ff9b:1::1": "NAT64",
    "100::1": "discard",
    "2001::1": "Teredo",
    "2001:2::1": "IETF",
    "2001:10::1": "IETF",
    "2001:20::1": "IETF",
    "2001:db8::1": "documentation",
    "2002:7f00:1::": "6to4",
    "2002:808:808::1": "6to4",
    "3ffe::1": "6bone",
    "3fff::1": "documentation",
    "5f00::1": "segment routing",
    "fc00::1": "private",
    "fd00:ec2::254": "private",  # Amazon's metadata service
    "fe80::1": "link-local",
    "fe80::1%lo": "link-local",
    "fec0::1": "site-local",
    "ff02::1": "multicast",
    "ff0e::1": "multicast",
    "4000::1": "not global unicast",
    "localhost": "not an IP address",
    "127.1": "not an IP address",
    "0x7f.0.0.1": "not an IP address",
    "2130706433": "not an IP address",
    "": "not an IP address",
}
PUBLIC = (
    "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
    "128.0.0.0", "168.63.129.15", "169.253.0.1", "172.15.255.255", "172.32.0.0", "192.0.1.1", "192.167.0.1",
    "198.17.255.255", "198.20.0.0", "208.80.154.224", "223.255.255.255", "2001:4860:4860::8888",
    "2606:4700::1111", "2a02:ec80:300:ed1a::1", "::ffff:8.8.8.8", "64:ff9b::808:808",
)  # fmt: skip


@pytest.mark.parametrize(("address", "reason"), BLOCKED.items())
def test_what_is_not_the_public_web_is_blocked(address: str, reason: str) -> None:
    why = why_blocked(address)
    assert why is not None
    assert reason in why


@pytest.mark.parametrize("address", PUBLIC)
def test_the_public_web_is_not_blocked(address: str) -> None:
    assert why_blocked(address) is None


@given(st.integers(0, 2**32 - 1))
def test_an_ipv4_address_is_judged_alike_in_every_form_that_reaches_it(number: int) -> None:
    plain = why_blocked(str(IPv4Address(number)))
    mapped = why_blocked(str(IPv6Address((0xFFFF << 32) | number)))
    translated = why_blocked(str(IPv6Address((0x64FF9B << 96) | number)))
    assert (plain is None) == (mapped is None) == (translated is None)


@given(st.integers(0, 2**128 - 1))
def test_outside_global_unicast_only_wrapped_public_ipv4_is_reached(number: int) -> None:
    address = IPv6Address(number)
    wrapped = (IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96"))
    if why_blocked(str(address)) is None:
        assert address in IPv6Network("2000::/3") or any(address in network for network in wrapped)


@pytest.mark.parametrize("address", ["192.168.1.5", "::ffff:192.168.1.5", "64:ff9b::c0a8:105"])
def test_a_named_network_is_lifted_in_every_form(address: str) -> None:
    assert why_blocked(address, (ip_network("192.168.1.0/24"),)) is None


@pytest.mark.parametrize("address", ["192.168.2.5", "127.0.0.1", "::1", "::192.168.1.5", "2002:c0a8:105::"])
def test_lifting_one_network_lifts_no_other(address: str) -> None:
    assert why_blocked(address, (ip_network("192.168.1.0/24"),)) is not None


def test_an_ipv6_network_is_lifted_with_or_without_a_zone() -> None:
    lifted = (ip_network("fe80::/10"),)
    assert why_blocked("fe80::1", lifted) is None
    assert why_blocked("fe80::1%eth0", lifted) is None
    assert why_blocked("127.0.0.1", lifted) is not None


@given(st.sampled_from(("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "fc00::/7", "fe80::/10")), st.data())
def test_whole_networks_are_blocked_to_their_edges(network: str, data: st.DataObject) -> None:
    found = ip_network(network)
    last = found.num_addresses - 1
    offset = data.draw(st.sampled_from((0, last)) | st.integers(0, last))
    address = ip_address(int(found.network_address) + offset)
    assert why_blocked(str(address)) is not None
