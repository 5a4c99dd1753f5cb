"""What a page needs to be looked at later: found in bounded time, fetched with the page, limited."""

import gzip
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.fetch import Fetcher, Limits, Policy, Visit
from ingest.fetch.requisites import Need, candidates, of_page, of_sheet
from tests.web import LOOPBACK, Web, answer

BASE = "https://a.example/dir/page?q=1"
AGENT = "Pincite/0 (tests)"
LIMITS = Limits(page_seconds=8, stall_seconds=2, attempts=1, host_pause_seconds=0)


def found(html: str) -> list[str]:
    return [need.uri.removeprefix("https://a.example") for need in of_page(html, BASE)]


@pytest.mark.parametrize(
    ("html", "needs"),
    [
        ("<link rel=stylesheet href=s.css>", ["/dir/s.css"]),
        ('<LINK REL="alternate StyleSheet" HREF=" /s.css?v=1&amp;w=2 ">', ["/s.css?v=1&w=2"]),
        ("<link rel=preload as=style href=s.css><link rel=preload as=font href=f>", ["/dir/s.css", "/dir/f"]),
        ("<link rel='shortcut icon' href=/i.ico><link rel=apple-touch-icon href=t>", ["/i.ico", "/dir/t"]),
        ("<link rel=canonical href=/c><link rel=next href=/n><a href=/x>x</a>", []),
        ("<img src=a.png><img SRC='b.png'/><img src=\"c d\">", ["/dir/a.png", "/dir/b.png", "/dir/c d"]),
        ("<img data-src=lazy.png src='data:image/gif;base64,R0'>", ["/dir/lazy.png"]),
        ("<img src=x.png srcset='x.png 1x, y.png 2x'>", ["/dir/x.png", "/dir/y.png"]),
        ("<picture><source srcset='w.webp 400w,v.webp 800w'><img src=u.jpg></picture>",
         ["/dir/u.jpg", "/dir/w.webp", "/dir/v.webp"]),
        ("<img data-srcset='l.png 2x'><source data-srcset=m.png>", ["/dir/l.png", "/dir/m.png"]),
        ("<div style='background: url(&quot;bg.png&quot;)'>", ["/dir/bg.png"]),
        ("<style>@import 'i.css'; p { background: url( b.png ) }</style>", ["/dir/i.css", "/dir/b.png"]),
        ("<body background=b.png><video poster=p.jpg src=film.mp4>", ["/dir/b.png", "/dir/p.jpg"]),
        ("<svg><image xlink:href=v.png /><use href='sprite.svg#icon'/><use href='#here'/></svg>",
         ["/dir/v.png", "/dir/sprite.svg"]),
        ("<input type=image src=go.png><input src=no.png>", ["/dir/go.png"]),
        ("<noscript><img src=n.png></noscript>", ["/dir/n.png"]),
        ("<base href='//b.example/x/'><base href='/y/'><img src=a.png>", ["https://b.example/x/a.png"]),
        ("<img src=a.png#f><img src=a.png><img src='../a.png'>", ["/dir/a.png", "/a.png"]),
        ("<img src=''><img src='#top'><img src='page?q=1'><img>", []),
        ("<img src='javascript:x()'><img src='http://[bad'><img src='ftp://a/b'><img src='about:blank'>", []),
        ("<!-- <img src=no> --><script>'<img src=no>'</script><textarea><img src=no></textarea>", []),
        ("<!-- open <img src=no.png>", []),
        ("<img src=a.png alt='2 > 1'><img alt=\"'\" src=b.png>", ["/dir/a.png", "/dir/b.png"]),
        ("<imgsrc=a.png><i mg src=a.png><p>1<img2 src=x></p>", []),
        ("<img src=end.png", ["/dir/end.png"]),
        ("<img src='open.png>", ["/dir/'open.png"]),
        ("<link rel=icon href=i.png><img srcset='w.png 9w'><img src=p.png><link rel=stylesheet href=s.css>",
         ["/dir/s.css", "/dir/p.png", "/dir/i.png", "/dir/w.png"]),
    ],
)  # fmt: skip
def test_what_a_page_needs_in_order_of_need(html: str, needs: list[str]) -> None:
    assert found(html) == needs


@pytest.mark.parametrize(
    ("sheet", "needs"),
    [
        ("@import url(a.css);@import \"b.css\" screen; @IMPORT url('c.css')", ["b.css", "a.css", "c.css"]),
        ("p{background:url(a.png),URL( \"b.png\" )}", ["a.png", "b.png"]),
        ("@font-face{src:url(f.woff2) format('woff2'),url(f.ttf?x#y)}", ["f.woff2", "f.ttf?x"]),
        ("/* url(no.png) */p{background:url(a.png)}/* @import 'no.css'", ["a.png"]),
        ("p{background:url(a\\ b.png)} q{background:url('\\66 oo.png')}", ["a b.png", "foo.png"]),
        ("p{background:url(data:image/png;base64,AA)} q{background:url()} r{filter:url(#f)}", []),
        ("@import url(self.css)", []),
    ],
)  # fmt: skip
def test_what_a_style_sheet_needs(sheet: str, needs: list[str]) -> None:
    base = "https://a.example/self.css"
    assert [need.uri.removeprefix("https://a.example/") for need in of_sheet(sheet, base)] == needs


def test_each_need_says_what_it_is_needed_as() -> None:
    assert of_sheet("@import 'a.css';p{b:url(b.png)}@font-face{src:url(c.woff)}", "http://h.example/") == (
        Need("http://h.example/a.css", "sheet"),
        Need("http://h.example/b.png", "picture"),
        Need("http://h.example/c.woff", "font"),
    )


@pytest.mark.parametrize(
    ("srcset", "uris"),
    [
        ("a.png", ["a.png"]), ("a.png 1x, b.png 2x", ["a.png", "b.png"]), (" a 480w,b 800w ", ["a", "b"]),
        ("a,b.png 1x", ["a,b.png"]), ("a.png, b.png", ["a.png", "b.png"]), (",,a.png 1x,,", ["a.png"]),
        ("data:image/png;base64,AA== 1x, b.png 2x", ["data:image/png;base64,AA==", "b.png"]),
        ("a.png calc(1x, 2x), b.png", ["a.png", "b.png"]), ("", []), (" , ", []),
    ],
)  # fmt: skip
def test_the_candidates_of_a_srcset(srcset: str, uris: list[str]) -> None:
    assert list(candidates(srcset)) == uris


@given(st.text(alphabet="<>/='\" \nabimgsrc-!{}();:@#%&\\", max_size=400))
def test_nothing_in_a_page_makes_it_fail(html: str) -> None:
    for need in of_page(html, BASE):
        assert need.uri.startswith(("http://", "https://"))
    of_sheet(html, BASE)


HEAVY = {
    "attributes": "<img " + "a=b " * 300_000 + ">",
    "open tags": "<img " * 300_000,
    "open quotes": "<img a='" + '<img b="' * 200_000,
    "open comments": "<!--" * 400_000,
    "comments": "<!---->" * 200_000,
    "open scripts": "<script>" * 200_000,
    "styles": "<style>@import '</style>" * 60_000,
    "brackets": "<" * 1_000_000,
    "pictures": "<img src=a.png>" * 100_000,
    "different pictures": "".join(f"<img src={number}.png>" for number in range(80_000)),
    "a long srcset": "<img srcset='" + "a.png 1x," * 150_000 + "'>",
    "a blank srcset": "<img srcset='" + " ," * 500_000 + "'>",
    "brackets in a srcset": "<img srcset='" + "a (" * 20_000 + "'>",
    "blanks": "<img" + " " * 1_000_000 + "src=a>",
    "slashes": "<img" + "/" * 1_000_000 + ">",
    "entities": "<img src='" + "&amp" * 15_000 + "'>",
    "urls in a style": "<style>" + "url(" * 1_000_000 + "</style>",
    "escapes in a style": "<style>" + "url(\\a" * 500_000 + "</style>",
    "blanks in a style": "<style>" + "url(          " * 80_000 + "</style>",
    "comments in a style": "<style>" + "/*" * 500_000 + "</style>",
    "imports": "<style>" + "@import " * 100_000 + "</style>",
    "backslashes": "<style>url('" + "\\" * 8_000 + "')</style>" * 100,
}


@pytest.mark.parametrize("name", HEAVY)
def test_a_page_made_to_stall_takes_no_time(name: str) -> None:
    begun = time.process_time()
    of_page(HEAVY[name], BASE)
    assert time.process_time() - begun < 2


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as web:
        yield web


def visit(web: Web, path: str = "/page", limits: Limits = LIMITS, **policy: object) -> Visit:
    asked = replace(Policy(AGENT, LOOPBACK, limits=limits), **policy)  # type: ignore[arg-type]
    return Fetcher(asked).visit(web.url(path))


def requisites(web: Web, seen: Visit) -> list[str]:
    uris = [one.uri for one in seen.exchanges if one.provenance.role == "requisite"]
    return [uri.removeprefix(web.url("")) for uri in uris]


def test_a_page_is_fetched_with_all_that_it_needs(web: Web) -> None:
    web.page("/page", "<link rel=stylesheet href=s.css><img src=p.png><link rel=icon href=i.ico>")
    web.page("/s.css", "@import 't.css'; @import 's.css'; p{background:url(b.png)}", "text/css")
    zipped = gzip.compress(b"@import url(deep/u.css);")
    web.raw("/t.css", answer(200, zipped, {"Content-Encoding": "gzip", "Content-Type": "text/css"}))
    web.page("/deep/u.css", "@import 'v.css'; @font-face{src:url(f.woff2)}", "text/css")
    web.page("/deep/v.css", "@import '/too-deep.css'; p{background:url(w.png)}", "text/css")
    web.page("/p.png", b"\x89PNG", "image/png")
    with closing(visit(web)) as seen:
        expected = [
            "s.css", "p.png", "i.ico", "t.css", "b.png", "deep/u.css", "deep/v.css", "deep/f.woff2",
        ]  # fmt: skip
        assert requisites(web, seen) == ["/" + path for path in expected]
        pictures = [one for one in seen.exchanges if one.uri.endswith("/p.png")]
        assert pictures[0].response.read() == answer(200, b"\x89PNG", {"Content-Type": "image/png"})
        assert pictures[0].provenance.via == web.url("/page")
        assert seen.page is seen.exchanges[1]
        assert seen.failures == ()


def test_requisites_of_one_visit_can_be_read_side_by_side(web: Web) -> None:
    bodies = {f"/{number}.png": bytes([number]) * 200_000 for number in range(8)}
    for path, body in bodies.items():
        web.page(path, body, "image/png")
    web.page("/page", "".join(f"<img src={path}>" for path in bodies))
    with closing(visit(web)) as seen:
        answers = [one.response for one in seen.exchanges if one.provenance.role == "requisite"]
        for answered, body in zip(answers, bodies.values(), strict=True):
            assert answered.read(5) == b"HTTP/"
            answered.seek(-len(body), 2)
            assert answered.read(1000) == body[:1000]
        assert [answered.read() for answered in answers] == [body[1000:] for body in bodies.values()]


def test_what_cannot_be_had_is_a_failure_and_the_page_stays(web: Web) -> None:
    web.page(
        "/page", "<img src=lost.png><img src='http://127.0.0.1:1/x.png'><img src=gone.png><img src=ok.png>"
    )
    web.raw("/gone.png", b"")
    web.page("/ok.png", "ok", "image/png")
    with closing(visit(web)) as seen:
        assert requisites(web, seen) == ["/lost.png", "/ok.png"]
        assert [(one.uri.removeprefix(web.url("")), one.reason, one.role) for one in seen.failures] == [
            ("http://127.0.0.1:1/x.png", "refused", "requisite"), ("/gone.png", "disconnect", "requisite"),
        ]  # fmt: skip
        assert seen.page is not None


def test_a_moved_requisite_is_followed_and_both_hops_kept(web: Web) -> None:
    web.page("/page", "<img src=old.png><img src=loop.png>")
    web.moved("/old.png", "/new.png", 301)
    web.page("/new.png", "ok", "image/png")
    web.moved("/loop.png", "/loop.png")
    with closing(visit(web)) as seen:
        assert requisites(web, seen)[:2] == ["/old.png", "/new.png"]
        assert [one.reason for one in seen.failures] == ["too-many-redirects"]


@pytest.mark.parametrize(
    "sent",
    [
        answer(404, b"<img src=p.png>", {"Content-Type": "text/html"}),
        answer(200, b"<img src=p.png>", {"Content-Type": "text/plain"}),
        answer(200, b"\x1f\x8bbroken<img src=p.png>", {"Content-Encoding": "gzip"}),
    ],
)
def test_only_a_good_html_page_has_requisites(web: Web, sent: bytes) -> None:
    web.raw("/page", sent)
    with closing(visit(web)) as seen:
        assert requisites(web, seen) == []
        assert seen.page is not None


def test_requisites_can_be_left_out(web: Web) -> None:
    web.page("/page", "<img src=p.png>")
    with closing(visit(web, requisites=False)) as seen:
        assert requisites(web, seen) == []


def test_requisites_are_limited_in_number_size_and_time(web: Web) -> None:
    web.page("/page", "".join(f"<img src={number}.png>" for number in range(20)))
    for number in range(20):
        web.page(f"/{number}.png", b"x" * 10_000, "image/png")
    with closing(visit(web, limits=replace(LIMITS, requisites=5))) as seen:
        assert len(requisites(web, seen)) == 5
    with closing(visit(web, limits=replace(LIMITS, requisites_bytes=35_000))) as seen:
        assert len(requisites(web, seen)) == 3
        assert {one.reason for one in seen.failures} == {"too-large"}
    with closing(visit(web, limits=replace(LIMITS, requisite_bytes=9_999))) as seen:
        assert requisites(web, seen) == []
    web.on("/0.png", lambda call: call.sleep(20))
    begun = time.monotonic()
    with closing(visit(web, limits=replace(LIMITS, requisites_seconds=1))) as seen:
        assert [one.reason for one in seen.failures] == ["timeout"]
        assert len(requisites(web, seen)) == 19
    assert time.monotonic() - begun < 4


def test_a_requisite_that_robots_forbids_is_left_where_robots_is_obeyed(web: Web) -> None:
    web.page("/robots.txt", "User-agent: *\nDisallow: /private", "text/plain")
    web.page("/page", "<img src=/private/p.png><img src=ok.png>")
    with closing(visit(web, robots="obey")) as seen:
        assert requisites(web, seen) == ["/ok.png"]
        assert [(one.reason, one.role) for one in seen.failures] == [("robots", "requisite")]
    with closing(visit(web)) as seen:
        assert requisites(web, seen) == ["/private/p.png", "/ok.png"]
