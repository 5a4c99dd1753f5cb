"""What a question finds: words, their forms, quotations, signs, scripts without blanks; filters, facets."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module

import pytest

from archive.index import read
from archive.index.read.search import parse
from archive.index.read.search.snippets import LENGTH, snippet
from archive.model import Correction, Metadata, PageDate, Snapshot, Text
from tests import facts as world
from tests.facts import CAPTURES, PEOPLE, place
from tests.folds import folded
from tests.site_archive import Archive, build
from tests.site_crawl import ask, opened, tree, words

BODY = """We don't use C++ here, nor vitamin C.

A multi-agent system and its agents.

The corals were bleached; bleaching happens, happiness does not.

The café of José in Zürich served naïve guests.

珊瑚礁の白化は海水温の上昇による。北京大学

ภาษาไทยไม่มีช่องว่างระหว่างคำ กรุงเทพมหานคร

서울은 한국의 수도이다.

हिन्दी में लिखा हुआ अनुच्छेद

Operation follows operation; the operating operator."""
LONG = ("padding words before it " * 40) + "the rare kakapo booms " + ("and words behind it " * 40)


def page(number: int, body: str, said: Metadata) -> tuple[Snapshot, Text]:
    """A page of its own host, with its text."""
    uri = f"https://host{number % 3}.example/{number}"
    snapshot = replace(
        world.article, uri=uri, date=f"2026-11-22T13:00:{number:02d}Z", place=place(CAPTURES, 500 + number)
    )
    return snapshot, Text(snapshot.id, "x 1", body, said, place=place(CAPTURES, 600 + number))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    named = Metadata("Words", ("José García",), PageDate("May 2019", "2019-05", "meta"), None, "en-GB")
    facts = [*world.FACTS, *page(1, BODY, named), *page(2, LONG, Metadata("Birds", language="de"))]
    for number in range(3, 33):
        dated = PageDate("then", f"20{number:02d}-01-01", "meta")
        facts += page(number, f"Quokka number {number % 4}.\n\nQuokka quokka.", Metadata("Q", (), dated))
    corrected = Correction(
        "Ada", "2026-11-25T00:00:00Z", subject=facts[-2].id, field="author", values=("Quinn",)
    )
    facts.append(replace(corrected, place=place(PEOPLE, 900)))
    with folded(tmp_path_factory.mktemp("words") / "archive.db", facts) as connection:
        yield connection


def paragraphs(index: sqlite3.Connection, query: str) -> set[str]:
    """The first words of the paragraphs of BODY that a question finds."""
    return {
        BODY[hit.start : hit.end].split(maxsplit=1)[0]
        for hit in read.search(index, query, 50).hits
        if hit.kind == "passage" and hit.title == "Words"
    }


FOUND = {
    "We": ("don't", "don’t", "C++", "c++ vitamin"),
    "A": ("multi-agent", "multi-agents", "multi agent"),
    "The": (
        *("coral bleach", "bleaches", "happy", '"bleaching happens"', '"CORALS were', "happin*"),
        *("cafe", "café josé", "ZURICH naive"),
    ),
    "Operation": ("operations", "operati*", '"operating operator"'),
    "珊瑚礁の白化は海水温の上昇による。北京大学": (
        "珊瑚",
        "北京大学",
        "礁",
        "学",
        "海水温 上昇",
        '"珊瑚礁の白化"',
    ),
    "ภาษาไทยไม่มีช่องว่างระหว่างคำ": ("ไทย", "กรุงเทพ"),
    "서울은": ("한국", "서울"),
    "हिन्दी": ("हिन्दी",),
}
NOT_FOUND = ("C+", "C#", '"bleach"', '"coral were"', "北大", "ไทยกรุง", "हिन", "zebra corals")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        *((query, {first}) for first, queries in FOUND.items() for query in queries),
        *((query, set()) for query in NOT_FOUND),
    ],
)
def test_what_a_question_finds(index: sqlite3.Connection, query: str, found: set[str]) -> None:
    assert paragraphs(index, query) == found


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("vitamin C++", ["C++", "vitamin", "C"]),
        ("bleach", ["bleached", "bleaching"]),
        ("珊瑚礁", ["珊瑚礁"]),
        ('"multi-agent system"', ["multi-agent system"]),
        ("cafe", ["café"]),
    ],
)
def test_what_was_found_is_marked(index: sqlite3.Connection, query: str, marked: list[str]) -> None:
    (hit,) = (hit for hit in read.search(index, query, 50).hits if hit.title == "Words")
    assert [part.partition("\x03")[0] for part in hit.snippet.split("\x02")[1:]] == marked


def test_a_snippet_shows_where_it_was_found(index: sqlite3.Connection) -> None:
    (hit,) = read.search(index, "kakapo booms", 5).hits
    shown = hit.snippet.replace("\x02", "").replace("\x03", "")
    assert "the rare kakapo booms and" in shown and shown.startswith("…") and shown.endswith("…")
    assert len(shown) <= LENGTH + 62 and shown.strip("…") in LONG
    assert snippet("no mark at all") == "no mark at all"


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ("year:2007", {7}),
        ("year:2007 year:2008", {7, 8}),
        ("before:2005", {3, 4}),
        ("after:2031-01-01", {31, 32}),
        ("after:2030 before:2031-06", {30, 31}),
        ("site:host0.example before:2010", {3, 6, 9}),
        ("site:example after:2031", {31, 32}),
        ("author:quinn", {32}),
        ('author:"QUINN"', {32}),
        ("lang:de", set()),
        ("kind:claim", set()),
        ("is:cited", set()),
        ("site:host0.example site:host1.example before:2006", {3, 4}),
    ],
)
def test_filters(index: sqlite3.Connection, filters: str, numbers: set[int]) -> None:
    hits = read.search(index, f"quokka {filters}", 200).hits
    assert {int(hit.uri.rpartition("/")[2]) for hit in hits} == numbers


def test_other_filters_of_a_text(index: sqlite3.Connection) -> None:
    assert paragraphs(index, "café author:garcia lang:en site:host1.example") == {"The"}
    assert paragraphs(index, "café lang:e") == set()


def test_a_filter_that_makes_no_sense_is_told(index: sqlite3.Connection) -> None:
    found = read.search(index, "quokka before:soon kind:thing", 1)
    assert found.hits
    assert found.complaints == (
        "before: wants a date such as 2019 or 2019-05-01: pages dated before it; found “soon”.",
        "kind: wants passage or claim; found “thing”.",
    )
    assert parse("text:reef site: x").filters == ()


def test_every_page_of_a_long_list_once_and_in_order(index: sqlite3.Connection) -> None:
    """Half of the hits share a score: the order among them is by content."""
    whole = read.search(index, "quokka", 1000).hits
    assert len(whole) == 60 and len({hit.score for hit in whole}) < 5
    after, pages = "", []
    while True:
        found = read.search(index, "quokka", 7, after)
        pages.append(found.hits)
        if not found.after:
            break
        after = found.after
    assert [len(page) for page in pages] == [7] * 8 + [4]
    assert tuple(hit for page in pages for hit in page) == whole


def test_small_batches_give_the_same_list(index: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read.search(index, "quokka", 1000)
    monkeypatch.setattr(import_module("archive.index.read.search.ranking"), "_FIRST", 3)
    assert read.search(index, "quokka", 1000) == whole


def test_facets_count_what_they_leave(index: sqlite3.Connection) -> None:
    found = read.search(index, "quokka", 1, faceted=True)
    facets = {facet.key: facet for facet in found.facets}
    assert (found.counted, found.capped) == (60, False)
    assert [(one.value, one.count) for one in facets["site"].choices] == [
        ("host0.example", 20),
        ("host1.example", 20),
        ("host2.example", 20),
    ]
    for facet in found.facets:
        for choice in facet.choices:
            left = read.search(index, choice.query, 1, faceted=True)
            assert left.counted == choice.count, choice.query
    narrowed = read.search(index, facets["site"].choices[0].query, 1, faceted=True)
    (site,) = (facet for facet in narrowed.facets if facet.key == "site")
    assert (site.chosen, site.without) == (("host0.example",), "quokka")


def test_facets_of_many_hits_say_that_they_count_the_best(
    index: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("archive.index.read.search"), "COUNTED", 10)
    found = read.search(index, "quokka", 5, faceted=True)
    assert (found.counted, found.capped, len(found.hits)) == (10, True, 5)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return build(tmp_path_factory.mktemp("harbour"))


def test_articles_and_what_they_cite(archive: Archive) -> None:
    article, harbour = archive.snapshots["article"], archive.snapshots["harbour"]
    with opened(archive.folder) as site:

        def pages_of(query: str) -> set[str]:
            return {hit.snapshot for hit in read.search(site.index, query, 100).hits}

        everywhere = pages_of("wall")
        assert {article.id, harbour.id} < everywhere
        assert pages_of("wall is:citing") == {article.id} == pages_of("wall kind:claim")
        assert (
            pages_of("wall is:cited") == everywhere - {article.id} == pages_of(f"wall cited-by:{article.id}")
        )
        assert pages_of(f"wall cited-by:{article.uri}") == everywhere - {article.id}
        assert pages_of(f"wall article:{article.id}") == everywhere
        assert pages_of(f"wall cited-by:{harbour.id}") == set()
        budget = archive.snapshots["budget"].id
        assert pages_of("ferry is:cited") == {budget}, "a person named the redirect that ends there"


def test_the_page_links_facets_and_the_next_page(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.site.pages.search.A_PAGE", 3)
    with opened(archive.folder) as site:
        first = tree(ask(site, "/search?q=the"))
        (further,) = first.xpath("//nav[@aria-label='Pages']//a[@rel='next']/@href")
        second = tree(ask(site, further))
        hits = [page.xpath("//ol[contains(@class, 'hits')]//h2/a/@href") for page in (first, second)]
        assert len(hits[0]) == len(hits[1]) == 3 and not set(hits[0]) & set(hits[1])
        links = first.xpath("//nav[@aria-label='Narrow down']//a/@href")
        assert any("is%3Aciting" in link for link in links)
        assert all(ask(site, link).status == 200 for link in links)
        told = json.loads(ask(site, "/search.json?q=the").body)
        assert (told["next"] in further.replace("%20", " ")) and told["facets"]["is"]
        assert "before: wants a date" in words(ask(site, "/search?q=wall+before:soon"))
        assert "How to ask" in words(ask(site, "/search?q="))


def test_looking_an_address_up(archive: Archive) -> None:
    with opened(archive.folder, "https://archive.example.edu") as site:
        for uri in ("http://council.example/budget", "https://www.council.example/budget-2026#x"):
            said = words(ask(site, f"/lookup?url={uri.replace('#', '%23')}"))
            assert "What the harbour wall cost, and who paid as “the budget”" in said, uri
        told = json.loads(ask(site, "/lookup.json?url=https://gone.example/quay").body)
        assert told["snapshots"] == [] and [one["article"] for one in told["cited_by"]] == [
            archive.snapshots["article"].id
        ]
        lost = json.loads(ask(site, f"/lookup.json?url={archive.snapshots['lost'].uri}").body)
        assert [(one["id"], one["status"]) for one in lost["snapshots"]] == [
            (archive.snapshots["lost"].id, 404)
        ]
        unknown = words(ask(site, "/lookup?url=https://nobody.example/"))
        assert "No snapshot of https://nobody.example/" in unknown and "No article here cites it." in unknown
        for odd in ("", "not an address", "javascript:alert(1)", "%00", "x" * 5000):
            assert ask(site, f"/lookup?url={odd}").status == 200, odd
