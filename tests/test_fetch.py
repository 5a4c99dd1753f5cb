"""A visit against real servers: bytes as on the wire, redirects, TLS, what is known of the socket."""

import gzip
import hashlib
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path

import pytest

from archive.errors import FetchFailed
from ingest.fetch import Clock, Fetcher, Interrupted, Limits, Policy, Visit
from tests.web import LOOPBACK, Authority, Call, Web, answer, chunked

AGENT = "Pincite/0 (+https://pincite.example; tests)"
QUICK = Limits(page_seconds=8, stall_seconds=2, attempts=1, host_pause_seconds=0)


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as web:
        yield web


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(Policy(AGENT, LOOPBACK, limits=QUICK)) as fetcher:
        yield fetcher


def page_of(visit: Visit) -> bytes:
    assert visit.page is not None, visit.failures
    return visit.page.response.read()


def failure_of(visit: Visit) -> tuple[str, str]:
    assert visit.page is None
    return visit.failures[0].reason, visit.failures[0].uri


@pytest.mark.parametrize(
    "sent",
    [
        answer(200, b"<p>hello", {"X-Odd": "a  b", "x-odd": "again"}),
        chunked(b"<p>hel", b"lo"),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;ext=1\r\nabc\r\n0\r\nX-Trailer: t\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\nuntil the end",
        b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\nold",
        b"HTTP/1.1 404 Sorry, not here\r\nContent-Length: 4\r\n\r\ngone",
        b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nno",
        b"HTTP/1.1 204 No Content\r\n\r\n",
        b"HTTP/1.1 200 OK\nContent-Length: 4\n\nbare",
        b"HTTP/1.1 200 OK\r\nX-A: one\r\n two\r\nContent-Length: 1\r\n\r\nx",
        answer(200, bytes(range(256)) * 4096, {"Content-Type": "application/pdf"}),
        answer(200, gzip.compress(b"<p>small", mtime=0), {"Content-Encoding": "gzip"}),
    ],
)
def test_an_answer_is_kept_byte_for_byte(web: Web, fetcher: Fetcher, sent: bytes) -> None:
    web.raw("/a", sent)
    with closing(fetcher.visit(web.url("/a"))) as visit:
        assert page_of(visit) == sent
        assert visit.page and visit.page.truncated is None


def test_the_request_is_kept_byte_for_byte(web: Web, fetcher: Fetcher) -> None:
    web.page("/a", "hello")
    with closing(fetcher.visit(web.url("/a?q=1"))) as visit:
        assert visit.page is not None
        assert visit.page.request == web.calls[-1].raw
        start = f"GET /a?q=1 HTTP/1.1\r\nHost: {web.host}:{web.port}\r\n"
        assert visit.page.request.startswith(start.encode())
    fields = web.calls[-1].fields
    assert fields["user-agent"] == AGENT
    assert fields["accept-encoding"] == "gzip, deflate"
    assert "cookie" not in fields


def test_interim_answers_and_bytes_behind_the_end_are_not_in_the_record(web: Web, fetcher: Fetcher) -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </s.css>; rel=preload\r\n\r\n"
    final = chunked(b"hello")
    web.raw("/a", b"HTTP/1.1 100 Continue\r\n\r\n" + hints + final + answer(200, b"smuggled"))
    with closing(fetcher.visit(web.url("/a"))) as visit:
        assert page_of(visit) == final


def test_interim_answers_may_come_apart_from_the_final_one(web: Web, fetcher: Fetcher) -> None:
    def slowly(call: Call) -> None:
        pieces = b"HTTP/1.1 10", b"3 Early\r\n\r", b"\nHTTP/1.1 200 OK\r\nContent-Le", b"ngth: 2\r\n\r\nok"
        for piece in pieces:
            call.send(piece)
            call.sleep(0.05)

    web.on("/a", slowly)
    with closing(fetcher.visit(web.url("/a"))) as visit:
        assert page_of(visit) == b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def test_each_hop_is_an_exchange_of_its_own(web: Web, fetcher: Fetcher) -> None:
    web.moved("/a", "b?x=1#part", 301)
    web.moved("/b", f"//127.0.0.1:{web.port}/c", 307)
    web.page("/c", "<p>here")
    with closing(fetcher.visit(web.url("/a#top"))) as visit:
        assert [exchange.uri for exchange in visit.exchanges] == [
            web.url("/robots.txt"), web.url("/a"), web.url("/b?x=1"), web.url("/c"),
        ]  # fmt: skip
        assert [one.provenance.role for one in visit.exchanges] == ["robots", "page", "page", "page"]
        assert visit.exchanges[1].response.read().startswith(b"HTTP/1.1 301 Moved Permanently\r\n")
        assert visit.page is visit.exchanges[-1]
        assert visit.page.provenance.via == web.url("/b?x=1")
        assert visit.uri == web.url("/a#top")
    assert visit.failures == ()


@pytest.mark.parametrize(
    "sends_on",
    [
        answer(200, b'<meta http-equiv="Refresh" content="0; url=/b">', {"Content-Type": "text/html"}),
        answer(200, b"<META CONTENT='1;URL=b' HTTP-EQUIV=refresh>", {"Content-Type": "text/html"}),
        answer(200, gzip.compress(b"<meta http-equiv=refresh content='0;b'>"), {"Content-Encoding": "gzip"}),
        answer(200, b"wait", {"Refresh": "0; url=/b"}),
        answer(303, b"", {"Location": "/b"}),
        answer(308, b"", {"Location": "  /b  "}),
    ],
)
def test_every_way_of_sending_a_reader_on_is_followed(web: Web, fetcher: Fetcher, sends_on: bytes) -> None:
    web.raw("/a", sends_on)
    web.page("/b", "<p>here")
    with closing(fetcher.visit(web.url("/a"))) as visit:
        assert visit.page is not None
        assert visit.page.uri == web.url("/b")
        assert visit.exchanges[1].response.read() == sends_on


@pytest.mark.parametrize(
    "stays",
    [
        "<meta http-equiv=refresh content='300; url=/b'>",
        "<meta http-equiv=refresh content='0; url=/a'>",
        "<meta http-equiv=refresh content='0; url=mailto:x@y.example'>",
        "<noscript><meta http-equiv=refresh content='0; url=/b'></noscript>",
        "<!-- <meta http-equiv=refresh content='0; url=/b'> -->",
        "<script>'<meta http-equiv=refresh content=\"0; url=/b\">'</script>",
        "<p>" + "x" * 70_000 + "<meta http-equiv=refresh content='0; url=/b'>",
    ],
)
def test_a_page_that_does_not_send_on_is_the_page(web: Web, fetcher: Fetcher, stays: str) -> None:
    web.page("/a", stays)
    web.page("/b", "elsewhere")
    with closing(fetcher.visit(web.url("/a"))) as visit:
        assert visit.page is not None
        assert visit.page.uri == web.url("/a")


def test_a_redirect_without_an_address_is_the_page(web: Web, fetcher: Fetcher) -> None:
    web.raw("/a", answer(302, b"nowhere"))
    with closing(fetcher.visit(web.url("/a"))) as visit:
        assert page_of(visit).endswith(b"nowhere")


def test_a_loop_ends_and_its_hops_stay(web: Web, fetcher: Fetcher) -> None:
    web.moved("/a", "/b")
    web.moved("/b", "/a")
    with closing(fetcher.visit(web.url("/a"))) as visit:
        assert failure_of(visit) == ("too-many-redirects", web.url("/a"))
        assert [exchange.uri for exchange in visit.exchanges[1:]] == [web.url("/a"), web.url("/b")]


def test_an_endless_chain_ends(web: Web, fetcher: Fetcher) -> None:
    for number in range(20):
        web.moved(f"/{number}", f"/{number + 1}")
    with closing(fetcher.visit(web.url("/0"))) as visit:
        assert failure_of(visit) == ("too-many-redirects", web.url("/11"))


def test_a_page_that_wants_its_cookie_back_gets_it_for_this_visit_only(web: Web, fetcher: Fetcher) -> None:
    def gate(call: Call) -> None:
        if call.fields.get("cookie") == "ok=1":
            call.send(answer(200, b"<p>inside"))
        else:
            call.send(answer(302, b"", {"Location": "/a", "Set-Cookie": "ok=1; Path=/; HttpOnly"}))

    web.on("/a", gate)
    for _ in range(2):
        with closing(fetcher.visit(web.url("/a"))) as visit:
            assert page_of(visit).endswith(b"inside")
            assert b"Cookie: ok=1\r\n" in visit.exchanges[-1].request
    assert web.asked("/a") == 4


def test_a_cookie_goes_to_no_other_host(web: Web, fetcher: Fetcher) -> None:
    with Web("127.0.0.2") as other:
        web.raw("/a", answer(302, b"", {"Location": other.url("/b"), "Set-Cookie": "secret=1; Domain=0.0.2"}))
        other.page("/b", "hello")
        with closing(fetcher.visit(web.url("/a"))):
            assert "cookie" not in other.calls[-1].fields


def test_dates_are_those_of_each_request(web: Web) -> None:
    moments = iter(datetime(2026, 11, 22, 12, 0, second, tzinfo=UTC) for second in range(60))
    web.moved("/a", "/b")
    web.page("/b", "here")
    fetcher = Fetcher(Policy(AGENT, LOOPBACK, limits=QUICK), Clock(now=lambda: next(moments)))
    with closing(fetcher.visit(web.url("/a"))) as visit:
        dates = [exchange.date for exchange in visit.exchanges]
    assert dates == sorted(set(dates))


def test_what_is_known_of_a_secure_socket_is_kept(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    policy = Policy(AGENT, LOOPBACK, limits=QUICK, ca_file=authority.file)
    with Web(tls=authority.context("localhost", "127.0.0.1")) as web, Fetcher(policy) as fetcher:
        web.page("/a", "<p>secret")
        with closing(fetcher.visit(web.url("/a", "localhost"))) as visit:
            page = visit.page
            assert page is not None
            assert page.protocols == ("http/1.1", "tls/1.3")
            assert page.ip == "127.0.0.1"
            assert "127.0.0.1" in page.provenance.dns
            assert page.provenance.tls_version == "TLSv1.3"
            assert page.provenance.cipher and page.provenance.cipher.startswith("TLS_")
            leaf = ssl.PEM_cert_to_DER_cert(page.provenance.certificates[0])
        peer = ssl.PEM_cert_to_DER_cert(ssl.get_server_certificate(("127.0.0.1", web.port)))
        assert hashlib.sha256(leaf).digest() == hashlib.sha256(peer).digest()


def test_an_untrusted_certificate_is_a_failure_with_its_reason(tmp_path: Path) -> None:
    with Web(tls=Authority(tmp_path).context("127.0.0.1")) as web:
        visit = Fetcher(Policy(AGENT, LOOPBACK, limits=QUICK)).visit(web.url("/"))
    assert failure_of(visit) == ("tls", web.url("/"))
    assert "unable to get local issuer certificate" in visit.failures[0].detail
    assert web.calls == []


def test_a_certificate_for_another_name_is_a_failure(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    policy = Policy(AGENT, LOOPBACK, limits=QUICK, ca_file=authority.file)
    with Web(tls=authority.context("other.example")) as web, Fetcher(policy) as fetcher:
        visit = fetcher.visit(web.url("/"))
    assert visit.failures[0].reason == "tls"
    assert "IP address mismatch" in visit.failures[0].detail


def test_no_proxy_is_taken_from_the_environment(
    web: Web, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.9:9")
    web.page("/a", "direct")
    with closing(fetcher.visit(web.url("/a"))) as visit:
        assert page_of(visit).endswith(b"direct")


def test_a_visit_can_be_called_off(web: Web) -> None:
    web.on("/a", lambda call: call.sleep(20))
    fetcher = Fetcher(Policy(AGENT, LOOPBACK))
    threading.Timer(0.3, fetcher.close).start()
    with pytest.raises(Interrupted, match="called off"):
        fetcher.visit(web.url("/a"))


def test_a_question_gets_its_answer_decoded(web: Web, fetcher: Fetcher) -> None:
    body = gzip.compress(b'{"query": 1}')
    web.moved("/old", "/api")
    web.raw("/api", answer(200, body, {"Content-Type": "application/json", "Content-Encoding": "gzip"}))
    found = fetcher.get(web.url("/old"), "application/json")
    assert (found.status, found.body) == (200, b'{"query": 1}')
    assert found.headers["content-type"] == "application/json"
    assert web.calls[-1].fields["accept"] == "application/json"
    assert web.asked("/robots.txt") == 0


def test_a_question_is_held_to_the_same_guard_and_its_own_size(web: Web, fetcher: Fetcher) -> None:
    web.page("/large", b"x" * 5_300_000)
    web.moved("/out", "http://10.0.0.1/")
    with pytest.raises(FetchFailed, match="too-large: at most 5000000 bytes"):
        fetcher.get(web.url("/large"))
    with pytest.raises(FetchFailed, match=r"blocked: 10\.0\.0\.1 is private"):
        fetcher.get(web.url("/out"))
    with pytest.raises(FetchFailed, match=r"blocked: 127\.0\.0\.1 is loopback"):
        Fetcher(Policy(AGENT, (ip_network("10.0.0.0/8"),))).get(web.url("/large"))
