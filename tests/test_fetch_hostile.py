"""What hostile and broken servers do to a visit, and that it ends in time."""

import resource
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from ingest.fetch import Fetcher, Limits, Policy, Visit
from tests.web import LOOPBACK, Call, Handler, Web, answer, chunked

AGENT = "Pincite/0 (tests)"
TIGHT = Limits(
    page_seconds=2, connect_seconds=1, stall_seconds=1, robots_seconds=1, attempts=1,
    answer_bytes=300_000, head_bytes=20_000, host_pause_seconds=0,
)  # fmt: skip
# What a visit under TIGHT may take in all, robots.txt and a busy machine included.
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


def endlessly(piece: bytes, first: bytes = b"", pause: float = 0.0) -> Handler:
    def go_on(call: Call) -> None:
        call.send(first)
        while not call.sleep(pause):
            call.send(piece)

    return go_on


def then_wait(data: bytes) -> Handler:
    def send(call: Call) -> None:
        call.send(data)
        call.sleep(30)

    return send


OK = b"HTTP/1.1 200 OK\r\n"
CHUNKS = OK + b"Transfer-Encoding: chunked\r\n\r\n"
ENDLESS: dict[str, tuple[Handler, str]] = {
    "says nothing": (then_wait(b""), "timeout"),
    "stalls in the status line": (then_wait(b"HTTP/1.1 20"), "timeout"),
    "stalls in the fields": (then_wait(OK + b"X-A: b\r\n"), "timeout"),
    "stalls in the body": (then_wait(answer(200, b"", {"Content-Length": "10"}) + b"12345"), "timeout"),
    "stalls in a chunk": (then_wait(CHUNKS + b"a\r\n12345"), "timeout"),
    "stalls before the last chunk": (then_wait(CHUNKS + b"5\r\n12345\r\n"), "timeout"),
    "never closes a body without length": (then_wait(OK + b"\r\nhello"), "timeout"),
    "drips fields": (endlessly(b"X-A: b\r\n", OK, 0.1), "timeout"),
    "drips a body": (endlessly(b".", OK + b"\r\n", 0.1), "timeout"),
    "drips chunks": (endlessly(b"1\r\n.\r\n", CHUNKS, 0.1), "timeout"),
    "drips interim answers": (endlessly(b"HTTP/1.1 100 Continue\r\n\r\n", b"", 0.3), "timeout"),
    "sends interim answers for ever": (endlessly(b"HTTP/1.1 103 Early Hints\r\n\r\n"), "protocol"),
    "sends fields for ever": (endlessly(b"X-A: " + b"b" * 900 + b"\r\n", OK), "too-large"),
    "sends one field for ever": (endlessly(b"b" * 900, OK + b"X-A: "), "too-large"),
    "sends a status line for ever": (endlessly(b"b" * 900, b"HTTP/1.1 200 "), "protocol"),
    "sends a body for ever": (endlessly(b"x" * 9000, OK + b"\r\n"), "too-large"),
    "sends chunks for ever": (endlessly(b"1000\r\n" + b"x" * 4096 + b"\r\n", CHUNKS), "too-large"),
    "sends a chunk size for ever": (endlessly(b"0" * 900, CHUNKS), "too-large"),
    "sends trailers for ever": (endlessly(b"X-A: b\r\n", CHUNKS + b"0\r\n"), "too-large"),
    "announces too much": (then_wait(answer(200, b"", {"Content-Length": "300001"})), "too-large"),
    "announces more than there is": (then_wait(answer(200, b"", {"Content-Length": "9" * 19})), "too-large"),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_whatever_has_no_end_ends_in_time(web: Web, fetcher: Fetcher, name: str) -> None:
    handler, expected = ENDLESS[name]
    web.on("/a", handler)
    begun = time.monotonic()
    assert reason(fetcher.visit(web.url("/a"))) == expected
    assert time.monotonic() - begun < SOON


NOT_HTTP = {
    "garbage": (b"\x00\x01\x02\x03\r\n\r\n", "protocol"),
    "another protocol": (b"SSH-2.0-OpenSSH_9.2\r\n", "protocol"),
    "HTTP/0.9": (b"<html>no head at all</html>", "protocol"),
    "no status": (b"HTTP/1.1 OK\r\n\r\n", "protocol"),
    "switching": (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n", "protocol"),
    "nothing": (b"", "disconnect"),
    "half a status line": (b"HTTP/1.1 20", "disconnect"),
    "half a head": (b"HTTP/1.1 200 OK\r\nX-A: b\r\n", "disconnect"),
    "only an interim answer": (b"HTTP/1.1 100 Continue\r\n\r\n", "disconnect"),
}


@pytest.mark.parametrize("name", NOT_HTTP)
def test_what_is_no_answer_is_a_failure(web: Web, fetcher: Fetcher, name: str) -> None:
    sent, expected = NOT_HTTP[name]
    web.raw("/a", sent)
    visit = fetcher.visit(web.url("/a"))
    assert visit.failures[0].request == web.calls[-1].raw
    assert reason(visit) == expected


CUT = {
    "shorter than announced": answer(200, b"12345", {"Content-Length": "10"}),
    "nothing of what was announced": answer(200, b"", {"Content-Length": "10"}),
    "an open chunk": CHUNKS + b"a\r\n12345",
    "no last chunk": CHUNKS + b"5\r\n12345\r\n",
    "an open end of chunks": CHUNKS + b"5\r\n12345\r\n0\r\n",
}


@pytest.mark.parametrize("name", CUT)
def test_an_answer_cut_by_the_server_is_kept_and_says_so(web: Web, fetcher: Fetcher, name: str) -> None:
    web.raw("/a", CUT[name])
    with closing(fetcher.visit(web.url("/a"))) as visit:
        assert visit.page is not None
        assert visit.page.response.read() == CUT[name]
        assert visit.page.truncated == "disconnect"


def test_an_answer_cut_by_a_reset_is_kept_and_says_so(web: Web, fetcher: Fetcher) -> None:
    sent = answer(200, b"12345", {"Content-Length": "10"})

    def cut(call: Call) -> None:
        call.send(sent)
        call.sleep(0.2)
        call.reset()

    web.on("/a", cut)
    with closing(fetcher.visit(web.url("/a"))) as visit:
        assert visit.page is not None
        assert visit.page.response.read() == sent
        assert visit.page.truncated == "disconnect"


AGAINST_THE_RULES = {
    "bad chunk size": CHUNKS + b"zz\r\nhello\r\n0\r\n\r\n",
    "chunk longer than stated": CHUNKS + b"2\r\nhello\r\n0\r\n\r\n",
    "not chunked at all": CHUNKS + b"<p>plain after all",
    "another transfer coding": OK + b"Transfer-Encoding: gzip, chunked\r\n\r\nhello",
    "two lengths": OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    "negative length": OK + b"Content-Length: -5\r\n\r\nhello",
    "length in words": OK + b"Content-Length: five\r\n\r\nhello",
    "field without colon": OK + b"Nonsense here\r\nContent-Length: 5\r\n\r\nhello",
    "blank in a field's name": OK + b"X A: b\r\nContent-Length: 5\r\n\r\nhello",
    "name in Latin-1": OK + b"X-\xe9: b\r\nContent-Length: 5\r\n\r\nhello",
    "NUL in a value": OK + b"X-A: \x00\r\nContent-Length: 5\r\n\r\nhello",
    "odd status": b"HTTP/1.1 999 No bots\r\nContent-Length: 5\r\n\r\nhello",
    "tab after the version": b"HTTP/1.1\t200 OK\r\n\r\nhello",
}


@pytest.mark.parametrize("name", AGAINST_THE_RULES)
def test_an_answer_against_the_rules_is_kept_as_sent(web: Web, fetcher: Fetcher, name: str) -> None:
    web.raw("/a", AGAINST_THE_RULES[name])
    with closing(fetcher.visit(web.url("/a"))) as visit:
        assert visit.page is not None, visit.failures
        assert visit.page.response.read() == AGAINST_THE_RULES[name]


def test_a_closed_port_is_refused(fetcher: Fetcher) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        assert reason(fetcher.visit(f"http://127.0.0.1:{port}/")) == "refused"


def test_plain_http_behind_https_is_a_tls_failure(fetcher: Fetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as plain:

        def refuse() -> None:
            for _ in range(2):
                peer, _ = plain.accept()
                with peer:
                    peer.recv(4096)
                    peer.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        threading.Thread(target=refuse, daemon=True).start()
        assert reason(fetcher.visit(f"https://127.0.0.1:{plain.getsockname()[1]}/")) == "tls"


def test_a_handshake_that_never_ends_ends_in_time(fetcher: Fetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        begun = time.monotonic()
        assert reason(fetcher.visit(f"https://127.0.0.1:{port}/")) == "timeout"
        assert time.monotonic() - begun < SOON


def test_a_large_answer_costs_no_memory(web: Web) -> None:
    body = b"x" * 60_000_000
    web.raw("/a", chunked(body))
    with closing(Fetcher(Policy(AGENT, LOOPBACK)).visit(web.url("/warm"))):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with closing(Fetcher(Policy(AGENT, LOOPBACK)).visit(web.url("/a"))) as visit:
        assert visit.page is not None
        assert visit.page.response.seek(0, 2) > len(body)
    # The server of this test holds the answer itself, twice while it is put together.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000
