"""A page to its text of record: laid out, linked, the same every time, and in linear time."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.anchor import paragraphs
from ingest.extract import Extraction, Page, extract
from tests.made_pages import BODY, SENTENCE, html, page, plain


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
        # A heading may stand in an item of a list, behind its bullet.
        assert found.body[: heading.start].rpartition("\n")[2] in ("", "- ")
    assert all(found.body[a:b] for a, b in paragraphs(found.body))


def test_a_heading_in_a_cell_behind_a_word_is_words_of_its_row() -> None:
    row = "<table><tr><td><a href='#n'>1</a><h2>Cranes"
    found = html(f"<article><p>Some words to begin with.</p>{row}</article>")
    assert "1 Cranes" in found.body
    assert not any(found.body.startswith("Cranes", heading.start) for heading in found.headings)


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
