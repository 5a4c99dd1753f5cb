"""Addresses as keys: what makes no difference, what does, and that hostile ones never raise."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.uri import (
    host,
    in_path,
    is_web,
    join,
    ni_uri,
    normal,
    parse_date,
    site,
    timestamp,
    urlkey,
    warc_date,
    wire,
)

KEYS = [
    ("scheme", "https://example.org/", "org,example)/"),
    ("no path", "http://example.org", "org,example)/"),
    ("www", "http://www.example.org/a", "org,example)/a"),
    ("numbered www", "http://www2.example.org/a", "org,example)/a"),
    ("default port", "https://example.org:443/a", "org,example)/a"),
    ("other port", "http://example.org:8080/a", "org,example:8080)/a"),
    ("case", "HTTP://EXAMPLE.org/Path", "org,example)/path"),
    ("dots", "http://example.org/a/./b/../c", "org,example)/a/c"),
    ("trailing slash", "http://example.org/a/", "org,example)/a"),
    ("query order", "http://example.org/?b=2&a=1", "org,example)/?a=1&b=2"),
    ("empty query", "http://example.org/?", "org,example)/"),
    ("fragment", "http://example.org/a#b", "org,example)/a"),
    ("escapes", "http://example.org/%7Eme", "org,example)/~me"),
    ("idn", "http://bücher.example/", "example,xn--bcher-kva)/"),
    ("address", "http://127.0.0.1:80/x", "127.0.0.1)/x"),
    ("ipv6", "http://[::1]:8000/", "[::1]:8000)/"),
    ("brackets of wget", "<http://example.org/a>", "org,example)/a"),
    ("session", "http://example.org/a?PHPSESSID=0123456789abcdef&x=1", "org,example)/a?x=1"),
    ("urn", "urn:uuid:ABC", "urn:uuid:ABC"),
    ("ni", "ni:///sha-256;AbC", "ni:///sha-256;AbC"),
    ("file", "file:///C:/x", "file:///C:/x"),
    ("broken", "http://[::1/", "http://[::1/"),
    ("bad port", "http://example.org:99999/", "http://example.org:99999/"),
]


@pytest.mark.parametrize(("what", "uri", "key"), KEYS, ids=[row[0] for row in KEYS])
def test_urlkey(what: str, uri: str, key: str) -> None:
    assert urlkey(uri) == key


@given(st.one_of(st.text(), st.text().map("http://example.org/".__add__)))
def test_urlkey_never_raises_and_is_its_own_key(uri: str) -> None:
    """Law 7: a key that is asked for its key gives itself."""
    key = urlkey(uri.encode("utf-8", "replace").decode())
    assert urlkey(key) == key


@given(
    st.from_regex(
        r"https?://[a-z]{1,9}\.(org|example)(/[a-zA-Z0-9%._~-]{0,9}){0,3}(\?[a-z=&]{0,9})?", fullmatch=True
    )
)
def test_urlkey_of_respelled_address(uri: str) -> None:
    assert urlkey(uri + "#x") == urlkey(uri) == urlkey(uri.replace("http://", "https://", 1))


@given(st.one_of(st.text(), st.text().map("http://example.org/".__add__), st.text().map("HTTPS://".__add__)))
def test_an_address_on_the_wire_is_still_that_address(uri: str) -> None:
    """What we print leads back to the address as it was captured, whatever stands in that."""
    on_wire = wire(uri)
    assert on_wire.isascii() and on_wire.isprintable() and not set(' <>"#') & set(on_wire)
    assert wire(on_wire) == on_wire
    assert normal(on_wire) == normal(uri) == normal(normal(uri))
    if on_wire.startswith("http"):
        assert normal(in_path(on_wire)) == normal(uri)


SPELT = [
    ("http://example.org", "http://example.org/", True),
    ("HTTP://EXAMPLE.org:80/a", "http://example.org/a", True),
    ("http://example.org/a/../b", "http://example.org/b", True),
    ("http://example.org/%7eme%c3", "http://example.org/~me%C3", True),
    ("http://bücher.example/", "http://xn--bcher-kva.example/", True),
    ("http://b%C3%BCcher.example/", "http://xn--bcher-kva.example/", True),
    ("http://example.org/[1]", "http://example.org/%5B1%5D", True),
    ("http://example.org/A", "http://example.org/a", False),
    ("http://example.org/a", "http://example.org/a/", False),
    ("http://example.org/", "https://example.org/", False),
    ("http://example.org/?a&b", "http://example.org/?b&a", False),
    ("http://example.org/%2f", "http://example.org//", False),
    ("https://example.org:80/", "https://example.org/", False),
]


@pytest.mark.parametrize(("one", "other", "same"), SPELT)
def test_spellings_of_one_address(one: str, other: str, same: bool) -> None:
    assert (normal(one) == normal(other)) is same


@pytest.mark.parametrize(
    ("written", "uri"),
    [
        ("http:/example.org/a", "http://example.org/a"),
        ("HTTPS:example.org", "https://example.org"),
        ("http://a.example//b?x=http://c", "http://a.example//b?x=http://c"),
        ("example.org", "http://example.org"),
        ("https%3A%2F%2Fexample.org%2F%3Fa%3D%2525", "https://example.org/?a=%25"),
        ("ni:/sha-256;x", "ni:///sha-256;x"),
        ("urn:isbn:0451450523", "urn:isbn:0451450523"),
    ],
)
def test_address_in_a_path(written: str, uri: str) -> None:
    assert in_path(written) == uri


def test_host_of_hostile_addresses() -> None:
    assert host("http://user:pw@Example.org:80/") == "example.org"
    assert host("http://[::1/") == host("no address") == ""
    assert site("https://www.example.org/") == "example.org"
    assert is_web("HTTPS://x") and not is_web("ftp://x") and not is_web("x")


def test_join() -> None:
    assert join("http://a.example/b/c", "../d#e") == "http://a.example/d"
    assert join("http://a.example/", "http://[::1/") == "http://[::1/"


def test_name_of_a_local_file() -> None:
    """RFC 6920, with the digest of its section 8.1 example."""
    digest = bytes.fromhex("7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069")
    assert ni_uri(digest) == "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("2026-11-22T12:00:00Z", "20261122120000"),
        ("2026-11-22T12:00:00.123456789Z", "20261122120000"),
        ("2026-11-22", "20261122000000"),
        ("20261122120000", "20261122120000"),
    ],
)
def test_timestamp(written: str, digits: str) -> None:
    assert timestamp(written) == digits


@pytest.mark.parametrize(
    "written", ["", "yesterday", "2026-11-22T12:00:00+01:00", "2026-13-01", "٢٠٢٦-11-22"]
)
def test_not_a_date(written: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_date(written)


@given(st.datetimes(min_value=datetime(1990, 1, 1), timezones=st.just(UTC)))
def test_dates_round_trip(moment: datetime) -> None:
    assert parse_date(warc_date(moment)) == moment.replace(microsecond=0)
