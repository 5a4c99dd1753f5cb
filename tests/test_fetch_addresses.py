"""Addresses, names and name servers that lead elsewhere than they seem to."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from ipaddress import ip_network

import pytest

from ingest.fetch import Fetcher, Limits, Policy, Visit
from tests.web import LOOPBACK, Web

AGENT = "Pincite/0 (tests)"
TIGHT = Limits(page_seconds=2, connect_seconds=1, stall_seconds=1, robots_seconds=1, attempts=1)
SOON = 6.0


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as web:
        yield web


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(Policy(AGENT, LOOPBACK, limits=TIGHT)) as fetcher:
        yield fetcher


def reason(visit: Visit) -> str:
    assert visit.page is None
    visit.close()
    return next(failure.reason for failure in visit.failures if failure.role == "page")


SPELLINGS = (
    "127.0.0.1", "127.1", "0x7f.1", "0x7f000001", "2130706433", "0177.0.0.1", "017700000001", "127.0.0.1.",
    "%31%32%37.0.0.1", "１２７.0.0.1", "127。0。0。1", "0.0.0.0", "0", "[::1]", "[::]", "[::ffff:127.0.0.1]",
    "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[0:0:0:0:0:ffff:7f00:0001]", "localhost",
    "LOCALHOST", "localhost.", "user:word@127.0.0.1", "good.example@127.0.0.1", "good.example\\@127.0.0.1",
    "169.254.169.254", "[fe80::1]", "[fe80::1%25lo]", "[fd00:ec2::254]",
)  # fmt: skip


@pytest.mark.parametrize("host", SPELLINGS)
def test_every_spelling_of_a_private_address_ends_at_the_guard(web: Web, host: str) -> None:
    """Some are no name at all to this machine's resolver; none may reach the server."""
    web.page("/", "canary")
    web.moved("/go", f"http://{host}:{web.port}/")
    closed = Fetcher(Policy(AGENT, limits=TIGHT))
    assert reason(closed.visit(f"http://{host}:{web.port}/")) in ("blocked", "dns", "bad-uri")
    # From a page that is allowed to one that is not: the hop that led there stays.
    with Web("127.0.0.2") as public:
        public.moved("/go", f"http://{host}:{web.port}/")
        half = Fetcher(Policy(AGENT, (ip_network("127.0.0.2/32"),), limits=TIGHT))
        visit = half.visit(public.url("/go"))
        assert [exchange.uri for exchange in visit.exchanges][1:] == [public.url("/go")]
        assert reason(visit) in ("blocked", "dns", "bad-uri")
    assert web.calls == []


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "gopher://127.0.0.1/", "data:text/html,x", "ftp://a.b/"]
)
def test_no_redirect_leaves_the_web(web: Web, fetcher: Fetcher, target: str) -> None:
    web.moved("/go", target)
    visit = fetcher.visit(web.url("/go"))
    assert visit.failures[0].uri == target
    assert reason(visit) == "scheme"
    assert reason(fetcher.visit(target)) == "scheme"


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("", "scheme"), ("no address", "scheme"), ("//host/path", "scheme"), ("javascript:x()", "scheme"),
        ("http://", "bad-uri"), ("http:///path", "bad-uri"), ("http://[::1", "bad-uri"),
        ("http://a b/", "bad-uri"), ("http://host:99999/", "bad-uri"), ("http://host:port/", "bad-uri"),
        ("http://host:0/", "bad-uri"), ("http://ho\x00st/", "bad-uri"), ("http://ho%00st/", "bad-uri"),
        ("http://host%0d%0aX:%20y/", "bad-uri"), ("http://" + "a" * 300 + "/", "bad-uri"),
        ("http://host/" + "a" * 20_000, "bad-uri"), ("http://\ud800/", "bad-uri"), ("http://..../", "dns"),
        ("http://" + "a" * 64 + ".example/", "dns"), ("http://no-such-host.invalid/", "dns"),
    ],
)  # fmt: skip
def test_what_is_no_address_is_a_failure_with_its_reason(fetcher: Fetcher, uri: str, expected: str) -> None:
    assert reason(fetcher.visit(uri)) == expected


def test_a_failure_can_be_written_down_whatever_the_address(web: Web, fetcher: Fetcher) -> None:
    web.moved("/go", "odd:\ud83d line\x1b[2J\u202e".encode("utf-8", "replace").decode())
    for uri in ("odd:\ud83d\r\nWARC-Type: x\x00", web.url("/go")):
        with closing(fetcher.visit(uri)) as visit:
            failure = visit.failures[0]
        for written in (failure.uri, failure.detail):
            assert written.encode("utf-8").decode("utf-8").isprintable()


def test_nothing_in_an_address_gets_into_the_request_as_a_field(web: Web, fetcher: Fetcher) -> None:
    with closing(fetcher.visit(web.url("/a b\r\nX-Evil: 1\x00ü?q=\u2028 1\n2"))):
        assert web.calls[-1].path == "/a%20bX-Evil:%201%00%C3%BC?q=%E2%80%A8%2012"
        assert "x-evil" not in web.calls[-1].fields


class Names:
    """A name server that answers what it likes, and counts."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self._answers, self.asked = list(answers), list[str]()
        self._lock = threading.Lock()

    def __call__(self, host: str, port: int) -> Sequence[str]:
        with self._lock:
            self.asked.append(host)
            return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


def test_a_name_that_changes_its_address_does_not_get_round_the_guard(web: Web) -> None:
    """Rebinding: allowed when looked up first, the archive's own machine a moment later."""
    with Web("127.0.0.2", port=web.port) as allowed:
        web.page("/a", "canary")
        allowed.page("/a", "<p>hello")
        names = Names(["127.0.0.2"], ["127.0.0.2"], ["127.0.0.1"])
        fetcher = Fetcher(Policy(AGENT, (ip_network("127.0.0.2/32"),), limits=TIGHT), resolver=names)
        with closing(fetcher.visit(f"http://rebinding.example:{web.port}/a")) as visit:
            assert visit.page is not None
            assert visit.page.ip == "127.0.0.2"
            assert len(names.asked) == 2  # robots.txt and the page: each exchange looks up once
        assert reason(fetcher.visit(f"http://rebinding.example:{web.port}/a")) == "blocked"
    assert web.calls == []


def test_a_name_with_a_private_and_a_public_address_is_reached_at_the_public_one(web: Web) -> None:
    with Web("127.0.0.2", port=web.port) as allowed:
        allowed.page("/a", "<p>hello")
        names = Names(["127.0.0.1", "10.0.0.1", "::1", "127.0.0.2"])
        fetcher = Fetcher(Policy(AGENT, (ip_network("127.0.0.2/32"),), limits=TIGHT), resolver=names)
        with closing(fetcher.visit(f"http://mixed.example:{web.port}/a")) as visit:
            assert visit.page is not None
            assert visit.page.ip == "127.0.0.2"
            assert visit.page.provenance.dns == ("127.0.0.1", "10.0.0.1", "::1", "127.0.0.2")
    assert web.calls == []


def test_a_requisite_and_a_robots_redirect_are_held_to_the_guard(web: Web) -> None:
    with Web("127.0.0.2") as allowed:
        web.page("/canary.png", "canary", "image/png")
        allowed.moved("/robots.txt", web.url("/robots.txt"))
        allowed.page("/a", f"<img src='{web.url('/canary.png')}'><link rel=stylesheet href='/s.css'>")
        allowed.page("/s.css", f"@import url({web.url('/canary.png')}?2)", "text/css")
        fetcher = Fetcher(Policy(AGENT, (ip_network("127.0.0.2/32"),), limits=TIGHT))
        with closing(fetcher.visit(allowed.url("/a"))) as visit:
            assert visit.page is not None
            assert {(one.role, one.reason) for one in visit.failures} == {
                ("robots", "blocked"), ("requisite", "blocked"),
            }  # fmt: skip
            assert len(visit.failures) == 3
    assert web.calls == []


def test_a_name_server_that_never_answers_costs_only_the_visits_time() -> None:
    never = threading.Event()

    def silent(host: str, port: int) -> Sequence[str]:
        never.wait(30)
        return ()

    begun = time.monotonic()
    fetcher = Fetcher(Policy(AGENT, limits=TIGHT), resolver=silent)
    assert reason(fetcher.visit("http://slow.example/")) == "timeout"
    assert time.monotonic() - begun < SOON
    never.set()
