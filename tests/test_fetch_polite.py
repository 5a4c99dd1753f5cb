"""How a host is treated: robots.txt, retries, how much at once; and that no host waits for another."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from ingest.fetch import Clock, Fetcher, Limits, Policy, Visit
from ingest.fetch.address import read_address
from ingest.fetch.robots import only_ours, read_rules
from tests.web import LOOPBACK, Call, Web, answer

AGENT = "Pincite/0 (tests)"
LIMITS = Limits(page_seconds=10, stall_seconds=2, robots_seconds=1, host_pause_seconds=0)
RECORD = Policy(AGENT, LOOPBACK, limits=LIMITS)
OBEY = replace(RECORD, robots="obey")


class Time:
    """A clock that tests wind; sleeping moves it."""

    def __init__(self, chance: float = 0.5) -> None:
        self.slept: list[float] = []
        self.moment = datetime(2026, 11, 22, 12, tzinfo=UTC)
        self.clock = Clock(now=lambda: self.moment, sleep=self._sleep, chance=lambda: chance)

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.moment += timedelta(seconds=seconds)


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as web:
        web.page("/a", "<p>hello")
        yield web


def reason(visit: Visit) -> str | None:
    visit.close()
    return None if visit.page else visit.failures[0].reason


def decision(visit: Visit) -> str | None:
    visit.close()
    assert visit.page is not None, visit.failures
    return visit.page.provenance.robots


def in_turn(web: Web, path: str, *answers: bytes) -> None:
    """Answer a path with these, one after another; the last for ever."""
    left = list(answers)
    web.on(path, lambda call: call.send(left.pop(0) if len(left) > 1 else left[0]))


ROBOTS = [
    ("User-agent: *\nDisallow: /", "disallowed"),
    ("User-agent: *\nDisallow: /b", "allowed"),
    ("User-agent: *\nDisallow: /\nAllow: /a", "allowed"),
    ("User-agent: pincite\nDisallow: /a\n\nUser-agent: *\nDisallow:", "disallowed"),
    ("User-agent: PINCITE/2.0\nAllow: /\n\nUser-agent: *\nDisallow: /", "allowed"),
    ("User-agent: pincitebot\nDisallow: /", "allowed"),
    ("User-agent: other\nDisallow: /", "allowed"),
    ("User-agent: pincite\nDisallow: /x\nUser-agent: pincite\nDisallow: /a", "disallowed"),
    ("User-agent: other\nUser-agent: pincite\nDisallow: /a", "disallowed"),
    ("user-agent:*\ndisallow:/*$", "disallowed"),
    ("User-agent: *\nDisallow: /*.pdf$", "allowed"),
    ("User-agent: *\r\nDisallow: /%61 # escaped", "disallowed"),
    ("\ufeffUser-agent: *\nDisallow: /a", "disallowed"),
    ("<html>not a robots.txt</html>", "allowed"),
    ("", "allowed"),
]


@pytest.mark.parametrize(("text", "expected"), ROBOTS)
def test_robots_is_recorded_and_the_page_fetched_all_the_same(web: Web, text: str, expected: str) -> None:
    web.page("/robots.txt", text, "text/plain")
    visit = Fetcher(RECORD).visit(web.url("/a"))
    assert visit.exchanges[0].provenance.role == "robots"
    assert visit.exchanges[0].response.read().endswith(text.encode())
    assert decision(visit) == expected


@pytest.mark.parametrize(("text", "expected"), ROBOTS)
def test_robots_is_obeyed_where_that_is_asked_for(web: Web, text: str, expected: str) -> None:
    web.page("/robots.txt", text, "text/plain")
    visit = Fetcher(OBEY).visit(web.url("/a"))
    assert reason(visit) == (None if expected == "allowed" else "robots")
    assert web.asked("/a") == (1 if expected == "allowed" else 0)


@pytest.mark.parametrize(
    ("status", "expected"),
    [(404, "allowed"), (401, "allowed"), (429, "allowed"), (500, "unreachable"), (503, "unreachable")],
)
def test_the_status_of_robots_decides(web: Web, status: int, expected: str) -> None:
    web.raw("/robots.txt", answer(status, b"User-agent: *\nDisallow: /"))
    assert decision(Fetcher(RECORD).visit(web.url("/a"))) == expected
    assert reason(Fetcher(OBEY).visit(web.url("/a"))) == (None if expected == "allowed" else "robots")


def test_a_robots_that_cannot_be_had_is_a_failure_of_its_own(web: Web) -> None:
    web.on("/robots.txt", lambda call: call.sleep(5))
    visit = Fetcher(RECORD).visit(web.url("/a"))
    assert [(one.role, one.reason) for one in visit.failures] == [("robots", "timeout")]
    assert decision(visit) == "unreachable"
    assert reason(Fetcher(OBEY).visit(web.url("/a"))) == "timeout"


def test_a_host_that_is_not_there_is_one_failure_only() -> None:
    for policy in (RECORD, OBEY):
        visit = Fetcher(policy).visit("http://no-such-host.invalid/")
        assert [(one.role, one.reason) for one in visit.failures] == [("page", "dns")]


def test_five_redirects_of_robots_are_followed_and_recorded(web: Web) -> None:
    for number in range(5):
        web.moved("/robots.txt" if number == 0 else f"/r{number}", f"/r{number + 1}")
    web.page("/r5", "User-agent: *\nDisallow: /", "text/plain")
    visit = Fetcher(RECORD).visit(web.url("/a"))
    assert [one.provenance.role for one in visit.exchanges] == ["robots"] * 6 + ["page"]
    assert decision(visit) == "disallowed"


def test_robots_is_asked_once_for_all_visits_at_once_and_recorded_by_one(web: Web) -> None:
    web.late("/robots.txt", 0.3, answer(404))
    fetcher = Fetcher(RECORD)
    with ThreadPoolExecutor(8) as pool:
        visits = list(pool.map(fetcher.visit, [web.url("/a")] * 8))
    recorded = [one for visit in visits for one in visit.exchanges if one.provenance.role == "robots"]
    assert len(recorded) == web.asked("/robots.txt") == 1
    assert {decision(visit) for visit in visits} == {"allowed"}


def test_robots_is_asked_again_after_a_day(web: Web) -> None:
    wound = Time()
    fetcher = Fetcher(RECORD, wound.clock)
    for hours in (0, 23, 2):
        wound.moment += timedelta(hours=hours)
        fetcher.visit(web.url("/a")).close()
    assert web.asked("/robots.txt") == 2


def test_another_port_has_a_robots_of_its_own(web: Web) -> None:
    with Web() as other:
        other.page("/robots.txt", "User-agent: *\nDisallow: /", "text/plain")
        web.moved("/go", other.url("/b"))
        other.page("/b", "hello")
        visit = Fetcher(RECORD).visit(web.url("/go"))
    hops = [one for one in visit.exchanges if one.provenance.role == "page"]
    assert [hop.provenance.robots for hop in hops] == ["allowed", "disallowed"]
    visit.close()


def test_a_monstrous_robots_takes_no_time() -> None:
    """15,000 names before 15,000 rules: 225 million rules for a parser that takes them at their word."""
    names = "\n".join(f"User-agent: a{number}" for number in range(15_000))
    text = names + "\n" + "\n".join(f"Disallow: /{number}*" for number in range(15_000))
    begun = time.monotonic()
    assert read_rules(200, text.encode()).decide(read_address("http://a.example/1")) == "allowed"
    assert time.monotonic() - begun < 2
    assert (
        only_ours("User-agent: a\nUser-agent: Pincite/1 # x") == "User-agent: another\nUser-agent: Pincite# x"
    )


def test_rules_far_inside_a_long_robots_count() -> None:
    text = "# " + "x" * 490_000 + "\nUser-agent: *\nDisallow: /a"
    assert read_rules(200, text.encode()).decide(read_address("http://a.example/a")) == "disallowed"


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_what_may_pass_is_tried_again_with_growing_waits(web: Web, status: int) -> None:
    in_turn(web, "/a", answer(status), answer(status), answer(200, b"<p>at last"))
    wound = Time()
    visit = Fetcher(RECORD, wound.clock).visit(web.url("/a"))
    assert visit.page is not None
    assert visit.page.response.read().endswith(b"at last")
    assert [one.provenance.role for one in visit.exchanges] == ["robots", "page"]
    assert wound.slept == [0.5, 0.5, 0.5]
    visit.close()


def test_chance_spreads_the_waits(web: Web) -> None:
    web.raw("/a", answer(503))
    waits = []
    for chance in (0.0, 0.9):
        wound = Time(chance)
        Fetcher(RECORD, wound.clock).visit(web.url("/a")).close()
        waits.append(sum(wound.slept))
    assert waits == pytest.approx([0.25 + 0.5, 0.7 + 1.4])


def test_the_last_try_is_kept_as_what_it_is(web: Web) -> None:
    web.raw("/a", answer(503, b"down"))
    visit = Fetcher(RECORD, Time().clock).visit(web.url("/a"))
    assert web.asked("/a") == 3
    assert visit.page is not None
    assert visit.page.response.read().startswith(b"HTTP/1.1 503 ")
    assert visit.failures == ()
    visit.close()


@pytest.mark.parametrize("status", [400, 403, 404, 410, 451, 500, 501])
def test_what_will_not_pass_is_not_tried_again(web: Web, status: int) -> None:
    web.raw("/a", answer(status))
    Fetcher(RECORD, Time().clock).visit(web.url("/a")).close()
    assert web.asked("/a") == 1


@pytest.mark.parametrize(
    ("written", "wait"),
    [("7", 7.0), ("Sun, 22 Nov 2026 12:00:09 GMT", 9.0), ("0", 0.5), ("soon", 0.5), ("-5", 0.5), ("", 0.5)],
)
def test_retry_after_is_honoured(web: Web, written: str, wait: float) -> None:
    in_turn(web, "/a", answer(429, b"", {"Retry-After": written}), answer(200, b"ok"))
    wound = Time()
    Fetcher(RECORD, wound.clock).visit(web.url("/a")).close()
    assert sum(wound.slept) == pytest.approx(wait)
    assert web.asked("/a") == 2


@pytest.mark.parametrize("written", ["31", "9999999999", "Mon, 23 Nov 2026 12:00:00 GMT"])
def test_a_retry_after_that_is_too_long_is_not_waited_for(web: Web, written: str) -> None:
    web.raw("/a", answer(503, b"", {"Retry-After": written}))
    wound = Time()
    assert reason(Fetcher(RECORD, wound.clock).visit(web.url("/a"))) is None
    assert (wound.slept, web.asked("/a")) == ([], 1)


def test_a_broken_connection_is_tried_again(web: Web) -> None:
    cut = answer(200, b"half", {"Content-Length": "9"})
    in_turn(web, "/a", b"", cut, answer(200, b"whole"))
    visit = Fetcher(RECORD, Time().clock).visit(web.url("/a"))
    assert visit.page is not None
    assert visit.page.truncated is None
    assert visit.failures == ()
    visit.close()


def test_a_host_is_asked_for_few_pages_at_once(web: Web) -> None:
    going, most, lock = 0, 0, threading.Lock()

    def count(call: Call) -> None:
        nonlocal going, most
        with lock:
            going += 1
            most = max(most, going)
        call.sleep(0.1)
        with lock:
            going -= 1
        call.send(answer(200, b"ok"))

    web.on("/a", count)
    # Waiting for a turn is not held against a visit: ten of these in line would need more than one second.
    fetcher = Fetcher(replace(RECORD, limits=replace(LIMITS, page_seconds=0.4, pages_per_host=2)))
    with ThreadPoolExecutor(10) as pool:
        assert [reason(visit) for visit in pool.map(fetcher.visit, [web.url("/a")] * 10)] == [None] * 10
    assert most == 2


def test_page_requests_to_one_host_keep_their_distance(web: Web) -> None:
    moments: list[float] = []

    def note(call: Call) -> None:
        moments.append(time.monotonic())
        call.send(answer(200, b"ok"))

    web.on("/a", note)
    fetcher = Fetcher(replace(RECORD, limits=replace(LIMITS, host_pause_seconds=0.2)))
    with ThreadPoolExecutor(4) as pool:
        for visit in pool.map(fetcher.visit, [web.url("/a")] * 4):
            visit.close()
    moments.sort()
    assert min(later - earlier for earlier, later in pairwise(moments)) > 0.15


def test_forty_slow_hosts_cost_hardly_more_than_one() -> None:
    """Issue 2: one second for each page, robots.txt at once, 40 at a time, 5 s for the whole ingest."""
    with ExitStack() as stack:
        webs = [stack.enter_context(Web(f"127.0.0.{number}")) for number in range(2, 42)]
        for web in webs:
            web.late("/a", 1, answer(200, b"<p>hello"))
        fetcher = Fetcher(Policy(AGENT, LOOPBACK))
        begun = time.monotonic()
        with ThreadPoolExecutor(40) as pool:
            visits = list(pool.map(fetcher.visit, [web.url("/a") for web in webs]))
        taken = time.monotonic() - begun
        for visit in visits:
            with closing(visit):
                assert visit.page is not None
    assert taken < 3
