"""Extraction: bytes to characters, a page to its text of record, its metadata, and children under limits."""

import os
import signal
import subprocess
import sys
import threading
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.anchor import paragraphs
from ingest.extract import Extraction, Extractor, Page, extract
from ingest.extract.clean import clean, composed, squeeze, value
from ingest.extract.dates import date_in_address, iso_date
from ingest.extract.encoding import decode

ROOT = Path(__file__).resolve().parent.parent
SENTENCE = "The harbour was closed for three days after the storm had passed over the coast."
BODY = (
    f"<article><h1>The crane</h1><p>{SENTENCE}</p><p>{SENTENCE} Again.</p><p>{SENTENCE} Thrice.</p></article>"
)


def page(
    source: str | bytes, uri: str = "https://paper.example/2024/03/05/crane", charset: str | None = None
) -> Page:
    return Page(source.encode() if isinstance(source, str) else source, "text/html", charset, uri)


def html(body: str = BODY, head: str = "", **rest: str) -> Extraction:
    return extract(
        page(f"<html lang=en-GB><head><title>T</title>{head}</head><body>{body}</body></html>", **rest)
    )


def plain(text: str | bytes) -> Extraction:
    payload = text.encode() if isinstance(text, str) else text
    return extract(Page(payload, "text/plain", None, "ni:///sha-256;x"))


# --- characters


@pytest.mark.parametrize(
    ("payload", "stated", "text"),
    [
        ("é€".encode(), None, "é€"),
        (b"\xef\xbb\xbfabc", "iso-8859-1", "abc"),
        ("é€".encode(), "iso-8859-1", "é€"),
        (b"caf\xe9 \x80", "iso-8859-1", "café €"),
        (b"caf\xe9 \x93x\x94", None, "café “x”"),
        (b"<meta charset=windows-1251>\xcf\xf0\xe8", None, "<meta charset=windows-1251>При"),
        (b"<html lang=ru>\xcf\xf0\xe8", None, "<html lang=ru>При"),
        ("日本語".encode("shift_jis"), "Shift_JIS", "日本語"),
        ("中文网".encode("gbk"), "gb2312", "中文网"),
        ("\ufeffabc".encode("utf-16-le"), None, "abc"),
        ("a longer text here".encode("utf-16-le"), None, "a longer text here"),
        (b"a\x81b", "windows-1252", "a\x81b"),
        ("é" * 50, None, "é" * 50),
    ],
)
def test_encodings(payload: bytes | str, stated: str | None, text: str) -> None:
    assert decode(payload.encode() if isinstance(payload, str) else payload, stated) == text


def test_a_cut_character_does_not_turn_utf8_into_latin1() -> None:
    assert decode("é".encode() * 20 + b"\xc3", None).startswith("é" * 20)


@pytest.mark.parametrize("name", ["utf-7", "rot13", "unicode_escape", "zlib", "no-such", "idna", ""])
def test_a_page_cannot_choose_a_codec_that_is_no_charset(name: str) -> None:
    assert decode(b"+ADw-script+AD4-", name) == "+ADw-script+AD4-"


@given(
    st.binary(max_size=200), st.sampled_from([None, "utf-8", "shift_jis", "gb18030", "latin1", "utf-16", "x"])
)
def test_decoding_never_fails(payload: bytes, stated: str | None) -> None:
    assert isinstance(decode(payload, stated), str)


@given(st.text(max_size=60))
def test_clean_text_is_composed_and_without_controls(text: str) -> None:
    body = clean(text)
    assert unicodedata.is_normalized("NFC", body)
    assert not any(unicodedata.category(symbol) in ("Cc", "Cs") for symbol in body if symbol != "\n")
    assert clean(body) == body
    body.encode("utf-8")


@given(st.text(alphabet="ae\u0301\u0323x한\u1100\u1161", max_size=20), st.data())
def test_offsets_move_with_composition(text: str, data: st.DataObject) -> None:
    offsets = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4)))
    body, moved = composed(text, offsets)
    assert body == unicodedata.normalize("NFC", text)
    assert moved == sorted(moved)
    assert all(0 <= place <= len(body) for place in moved)


def test_values_are_bounded_and_on_one_line() -> None:
    assert value("a\n b\x00\u202e") == "a b\u202e"
    assert value(" \n") is None
    assert len(value("x" * 10_000, 100) or "") == 100
    assert squeeze("a\u00a0 b") == "a b"


# --- plain text


def test_plain_text_keeps_its_lines_and_finds_its_headings() -> None:
    found = plain(
        "\ufeffThe Title\r\n\r\nA first paragraph that says something.\r\n\r\n\r\nA Heading\r\n\r\n"
        "  • An item of a list\r\n"
    )
    assert found.body == (
        "The Title\n\nA first paragraph that says something.\n\nA Heading\n\n  • An item of a list"
    )
    assert found.metadata.title == "The Title"
    assert [(found.body[h.start :].partition("\n")[0], h.level) for h in found.headings] == [
        ("The Title", 1),
        ("A Heading", 2),
    ]
    assert (found.share, found.reason, found.extractor) == (1.0, None, "pincite-plain 1")


@pytest.mark.parametrize("payload", [b"", b" \n\t", b"\x00\x01"])
def test_nothing_to_read_says_so(payload: bytes) -> None:
    found = plain(payload)
    assert (found.body, found.reason) == ("", "empty")


def test_what_is_no_text_says_so() -> None:
    found = extract(Page(b"\x89PNG", "image/png", None, "https://a.example/"))
    assert found.reason == "not a text: image/png"


def test_a_markdown_name_makes_markdown_of_plain_text() -> None:
    found = extract(Page(b"# Head\n\nSome *words*.", "text/plain", None, "https://a.example/x.md"))
    assert found.body == "Head\n\nSome words."


# --- HTML to text


def test_a_page_is_laid_out_as_the_design_says() -> None:
    found = html(
        f"<article><h1>The crane</h1><p>{SENTENCE}</p><h2>What <em>came</em> next</h2><p>First "
        f"line<br>second line</p>"
        f"<ul><li>one  "
        f"item</li><li>two<ul><li>deeper</li></ul></li></ul><blockquote><p>{SENTENCE}</p></blockquote>"
        f"<table><tr><th>Name</th><th>Weight</th></tr><tr><td>Crane</td><td>1,400 "
        f"t</td></tr></table><p>{SENTENCE}</p></article>"
    )
    text = found.body[found.body.index(SENTENCE) :]
    assert text == (
        f"{SENTENCE}\n\nWhat came next\n\nFirst line\nsecond line\n\n- one item\n- two\n- deeper\n\n"
        f"{SENTENCE}\n\nName | Weight\nCrane | 1,400 t\n\n{SENTENCE}"
    )
    assert [found.body[h.start :].partition("\n")[0] for h in found.headings][-1] == "What came next"
    assert found.extractor.startswith("trafilatura ")


def test_links_keep_their_place_through_composition() -> None:
    found = html(
        f"<article><p>{SENTENCE} Cafe\u0301 owners <a href='/x?a=1&amp;b=2#top'>said  so in a "
        f"re\u0301sume\u0301</a> here."
        f"</p><p>{SENTENCE}</p></article>",
        head='<base href="https://base.example/dir/">',
    )
    (link,) = found.links.links
    assert link.label == "said so in a résumé"
    assert link.uri == "https://base.example/x?a=1&b=2#top"
    assert found.body[link.start : link.end] == link.label
    assert unicodedata.is_normalized("NFC", found.body)


def test_the_same_bytes_give_the_same_text_six_times() -> None:
    """The extractor's deduplication kept state between pages and cut a quarter off the fourth answer."""
    assert len({html(BODY * 2).body for _ in range(6)}) == 1


def test_share_counts_what_a_reader_sees() -> None:
    whole = html(f"<script>{'x' * 5000}</script>{BODY}").share
    part = html(f"<nav>{'<a href=/x>Another page of ours</a> ' * 40}</nav>{BODY}").share
    assert whole is not None and part is not None
    assert 0.9 < whole <= 1
    assert 0 < part < 0.5


def test_a_page_without_words_says_so() -> None:
    found = html("<div id=root></div><script>load()</script>")
    assert (found.body, found.reason) == ("", "no text found")
    assert found.metadata.language == "en-GB"


@pytest.mark.parametrize(
    "source", ["<", "<html>", "\x00\x00\x00", "<?xml version='1.0' encoding='x'?>", "<a" * 999, "&#xD800;"]
)
def test_odd_pages_never_raise(source: str) -> None:
    assert isinstance(extract(page(source)), Extraction)


PIECES = [
    *"<p> </p> </a> <sup> </sup> <li> <ul> </ul> </table> <br> <h2> </h2> <pre> </pre>".split(),
    "<a href='/x'>", "<a href='#n'>1</a>", "<p id=n>Note</p>", "<table><tr><td>", "e\u0301", "words here. ",
    "\x01\u2028", "\n",
]  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_any_tags_give_a_lawful_text(pieces: list[str]) -> None:
    found = html("<article><p>Some words to begin with.</p>" + "".join(pieces) + "</article>")
    assert unicodedata.is_normalized("NFC", found.body)
    assert "\n\n\n" not in found.body
    assert found.body == found.body.strip()
    for link in found.links.links:
        assert found.body[link.start : link.end] == link.label
    for heading in found.headings:
        assert heading.start in {0} | {at + 1 for at, symbol in enumerate(found.body) if symbol == "\n"}
    assert all(found.body[a:b] for a, b in paragraphs(found.body))


# --- hostile pages, in linear time


def test_a_tag_of_thousands_of_attributes_stalls_nobody() -> None:
    started = time.process_time()
    found = html(f"<div {' '.join(f'a{n}=1' for n in range(100_000))}>{BODY}</div>")
    assert SENTENCE in found.body
    assert time.process_time() - started < 5


def test_a_page_of_endless_paragraphs_is_rendered_whole() -> None:
    started = time.process_time()
    found = html("<p>ok then</p>" * 60_000)
    assert found.body.count("ok then") == 60_000
    assert found.extractor == "pincite-whole 1"
    assert time.process_time() - started < 10


# --- metadata


JSON_LD = (
    '<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite"},'
    '{"@type":"NewsArticle","headline":"The headline","datePublished":"2024-03-04T23:30:00-08:00",'
    '"author":[{"@type":"Person","name":"Ada Berg"},{"name":"Bo Moe"}],"publisher":{"name":"The '
    'Paper"}}]}</script>'
)
META = '<meta property="article:published_time" content="2024-03-03">'
TIME = "<article><time itemprop=datePublished datetime=2024-03-02>2 March</time>" + BODY.removeprefix(
    "<article>"
)


@pytest.mark.parametrize(
    ("head", "body", "uri", "date"),
    [
        (JSON_LD + META, TIME, "https://p.example/2024/03/01/x", ("2024-03-04", "json-ld")),
        (META, TIME, "https://p.example/2024/03/01/x", ("2024-03-03", "meta")),
        ("", TIME, "https://p.example/2024/03/01/x", ("2024-03-02", "time")),
        ("", BODY, "https://p.example/2024/03/01/x", ("2024-03-01", "address")),
        ("", BODY + "<p>Published: 28 February 2024</p>", "https://p.example/x", ("2024-02-28", "guess")),
        ("<script type='application/ld+json'>{x</script>" + META, BODY, "https://p.example/",
         ("2024-03-03", "meta")),
        ("", f"<aside><time datetime=2020-01-01>x</time></aside>{BODY}", "https://p.example/2024/03/01/x",
         ("2024-03-01", "address")),
    ],
)  # fmt: skip
def test_the_ladder_of_dates(head: str, body: str, uri: str, date: tuple[str, str]) -> None:
    found = html(body, head, uri=uri).metadata.date
    assert found is not None
    assert (found.iso, found.rule) == date


def test_a_date_is_kept_as_written() -> None:
    found = html(head=JSON_LD).metadata
    assert found.date is not None
    assert found.date.written == "2024-03-04T23:30:00-08:00"
    assert (found.title, found.authors, found.site) == ("The headline", ("Ada Berg", "Bo Moe"), "The Paper")


def test_what_else_a_page_says_of_itself() -> None:
    said = html(
        head='<link rel=canonical href="/c"><meta name=robots content="NoArchive, noindex">'
        "<meta name=citation_doi"
        ' content="doi:10.1000/xyz"><meta name=description content="What it is"><link rel=license'
        ' href="https://licences.example/by"><meta name=citation_author content="Berg, Ada"><meta '
        "name=citation_author"
        ' content="Moe, Bo"><meta property=og:site_name content="Paper">'
    ).metadata
    assert said.canonical == "https://paper.example/c"
    assert said.robots == ("noarchive", "noindex")
    assert said.doi == "10.1000/xyz"
    assert said.description == "What it is"
    assert said.licence == "https://licences.example/by"
    assert said.authors == ("Berg, Ada", "Moe, Bo")
    assert (said.site, said.language) == ("Paper", "en-GB")


def test_hostile_values_are_bounded() -> None:
    said = html(
        head=f'<meta property="og:title" content="{"x" * 100_000}"><link rel=canonical href="javascript:x">'
    ).metadata
    assert said.title is not None
    assert len(said.title) == 500
    assert said.canonical is None


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024-03-05T10:00:00Z", "2024-03-05"), ("20240305T100000", "2024-03-05"),
        ("March 5, 2024", "2024-03-05"),
        ("Tue, 05 Mar 2024 10:00:00 GMT", "2024-03-05"), ("5. März 2024", "2024-03-05"),
        ("05.03.2024", "2024-03-05"),
        ("5 de marzo de 2024", "2024-03-05"), ("2024年3月5日", "2024-03-05"), ("25/03/2024", "2024-03-25"),
        ("03/25/2024", "2024-03-25"), ("03/05/2024", None), ("2024", None), ("yesterday", None),
        ("2024-13-45", None),
        ("", None),
    ],
)  # fmt: skip
def test_dates_as_written(written: str, iso: str | None) -> None:
    assert iso_date(written) == iso


@pytest.mark.parametrize(
    ("uri", "iso"),
    [
        ("https://p.example/2024/03/05/x", "2024-03-05"),
        ("https://p.example/x-2024-03-05.html", "2024-03-05"),
        ("https://p.example/20240305/x", "2024-03-05"), ("https://p.example/2024/x", None),
        ("https://p.example/x?d=2024/03/05", None), ("https://p.example/id/20249999", None),
    ],
)  # fmt: skip
def test_dates_in_addresses(uri: str, iso: str | None) -> None:
    found = date_in_address(uri)
    assert (found[1] if found else None) == iso


# --- child processes


def test_a_child_gives_what_this_process_gives() -> None:
    with Extractor(jobs=1) as extractor:
        pages = [page(BODY), Page(b"Plain\n\nText is here.", "text/plain", None, "ni:x")]
        assert [extractor.extract(one) for one in pages] == [extract(one) for one in pages]


def test_a_page_that_stalls_is_given_up_and_the_next_one_read() -> None:
    with Extractor(jobs=1, seconds=1) as extractor:
        # A ">" in a quoted value hides the attributes behind it from the guard.
        stalling = f"<div a='>' {' '.join(f'a{n}=1' for n in range(200_000))}>x</div>"
        started = time.monotonic()
        assert extractor.extract(page(stalling)).reason == "limit: time"
        assert time.monotonic() - started < 8
        assert extractor.extract(page(BODY)).reason is None


def test_a_page_that_bloats_is_given_up_and_the_next_one_read() -> None:
    with Extractor(jobs=1, memory_mb=400) as extractor:
        found = extractor.extract(page(b"<p>" + b"<i>x</i>" * 2_000_000))
        assert found.reason in ("limit: memory", "limit: time")
        assert extractor.extract(page(BODY)).reason is None


def test_a_child_that_is_killed_loses_no_other_page() -> None:
    with Extractor(jobs=1) as extractor:
        assert extractor.extract(page(BODY)).reason is None
        (child,) = children()
        os.kill(child, signal.SIGKILL)
        assert extractor.extract(page(BODY)).reason is None


def test_many_threads_share_few_children() -> None:
    with Extractor(jobs=2) as extractor:
        found: list[Extraction] = []
        threads = [
            threading.Thread(target=lambda: found.append(extractor.extract(page(BODY)))) for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(children()) <= 2
        assert len({one.body for one in found}) == 1
        assert len(found) == 8
    assert children() == []


def test_children_die_with_their_parent() -> None:
    """Also with one that is killed and one whose child is busy with a page that never ends."""
    script = (
        "from ingest.extract import Extractor; from tests.test_extract import *\n"
        "extractor = Extractor(jobs=1, seconds=60); extractor.extract(page(BODY))\n"
        "print(*children(), flush=True)\n"
        "extractor.extract(page(\"<div a='>' \" + ' '.join(f'a{n}=1' for n in range(300_000)) + '>x</div>'))"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent, parent.stdout:
        child = int(parent.stdout.readline())
        time.sleep(0.3)
        assert Path(f"/proc/{child}").exists()
        parent.kill()
    deadline = time.monotonic() + 20
    while Path(f"/proc/{child}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{child}").exists()


def children() -> list[int]:
    """The process ids of this process's children."""
    tasks = Path("/proc/self/task")
    if not tasks.exists():
        pytest.skip("only Linux lists a process's children")
    return [int(pid) for task in tasks.iterdir() for pid in (task / "children").read_text().split()]


# --- what the corpus taught


def test_a_link_torn_out_of_its_text_is_put_back() -> None:
    """In a bare ``<div>`` the extractor makes a paragraph of each link; the sentence stays one here."""
    words = "The harbour was closed for three days, as "
    found = html(
        f"<article><div>{words}<a href='https://o.example/'>the report</a>, which came late, said. {SENTENCE}"
        f"<br><br>{SENTENCE} {SENTENCE}</div></article>"
    )
    assert f"{words}the report, which came late, said." in found.body
    (link,) = found.links.links
    assert found.body[link.start : link.end] == "the report"


@pytest.mark.parametrize("control", ["\x01", "&#1;", "&#x0b;", "\ufffe"])
def test_a_control_character_does_not_cost_the_article(control: str) -> None:
    found = html(BODY.replace("storm", f"st{control}orm") + "<footer>Imprint of the paper</footer>")
    assert found.extractor.startswith("trafilatura ")
    assert SENTENCE in found.body
    assert "Imprint" not in found.body


def test_the_heading_that_the_title_repeats_is_the_title() -> None:
    said = html(
        f"<h1>The Paper</h1><h1>A crane falls at Halden</h1>{BODY}",
        head='<meta property="og:title" content="A crane falls at Halden - The Paper">',
    ).metadata
    assert said.title == "A crane falls at Halden"


TINY = """<div id="mw-page-base"></div><div id="content"><h1 id="firstHeading">Halden</h1>
<div id="siteSub">From a wiki</div>
<a class="mw-jump-link" href="#p">Jump to search</a><div id="mw-content-text"><p>Halden is a town.
<span class="mw-editsection">[<a href="/e">edit</a>]</span> Its crane fell.</p></div></div>
<div id="mw-navigation"><h2>Navigation menu</h2><a href="/x">Random page</a></div>"""


def test_a_wiki_page_of_two_sentences_is_not_mostly_menu() -> None:
    found = html(TINY, head='<meta name="generator" content="MediaWiki 1.39.4">')
    assert found.body == "Halden\n\nHalden is a town. Its crane fell."
    assert found.metadata.title == "Halden"


def test_a_page_of_few_words_keeps_its_lines_and_loses_its_menu() -> None:
    found = html("<nav><a href=/a>All stories</a></nav><h1>Halden</h1><div>A town.</div><div>A crane.</div>")
    assert found.body == "Halden\n\nA town.\n\nA crane."
