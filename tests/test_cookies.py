"""The cookies of one visit: back to whom they came from, to nobody else, and nothing smuggled in."""

import io

import pytest

from ingest.fetch.address import read_address
from ingest.fetch.cookies import Jar
from ingest.fetch.heard import Heard, Link


def heard(uri: str, *cookies: str) -> Heard:
    fields = tuple(("Set-Cookie", cookie) for cookie in cookies)
    return Heard(read_address(uri), "", b"", io.BytesIO(), Link("", ()), "1.1", 302, fields)


def sent(jar: Jar, uri: str) -> str:
    return dict(jar.fields(read_address(uri))).get("Cookie", "")


def test_a_cookie_goes_back_to_its_host_and_no_other() -> None:
    jar = Jar()
    assert jar.keep(heard("http://a.example/", "one=1; Path=/; Secure", "two=a b; HttpOnly"))
    assert sent(jar, "http://a.example:8080/x") == "one=1; two=a b"
    for other in (
        "http://b.example/",
        "http://sub.a.example/",
        "http://a.example.evil.example/",
        "http://example/",
    ):
        assert sent(jar, other) == ""


def test_a_cookie_for_a_domain_goes_to_what_lies_below_it() -> None:
    jar = Jar()
    jar.keep(heard("http://www.a.example/", "one=1; Domain=.A.example"))
    assert sent(jar, "http://a.example/") == sent(jar, "http://login.a.example/") == "one=1"
    assert sent(jar, "http://evila.example/") == ""


@pytest.mark.parametrize("domain", ["b.example", "example", ".example", "sub.www.a.example", ""])
def test_a_domain_that_is_not_the_hosts_own_is_not_taken(domain: str) -> None:
    jar = Jar()
    jar.keep(heard("http://www.a.example/", f"one=1; Domain={domain}"))
    assert sent(jar, "http://www.a.example/") == "one=1"
    assert sent(jar, f"http://x.{domain.strip('.') or 'a.example'}/") == ""


def test_the_last_value_stands_and_a_cookie_can_be_taken_back() -> None:
    jar = Jar()
    jar.keep(heard("http://a.example/", "one=1", "two=2"))
    assert jar.keep(heard("http://a.example/", "one=3", "two=; Max-Age=0"))
    assert sent(jar, "http://a.example/") == "one=3"
    assert not jar.keep(heard("http://a.example/", "one=3"))


@pytest.mark.parametrize(
    "written", ["", "=1", "one", "o ne=1", "one=\x00", "one=1\r\nX-Evil: 1", "one=é", "o=" + "x" * 5000]
)
def test_what_is_no_cookie_is_not_sent(written: str) -> None:
    jar = Jar()
    assert not jar.keep(heard("http://a.example/", written))
    assert sent(jar, "http://a.example/") == ""


def test_a_jar_does_not_grow_without_end() -> None:
    jar = Jar()
    jar.keep(heard("http://a.example/", *(f"c{number}={'x' * 100}" for number in range(1000))))
    assert len(sent(jar, "http://a.example/")) < 8000
