"""Reading lists: articles, sources, what is lost, what is restricted; and that no look-up walks a table."""

import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive.index import read
from archive.index.fold import Fact
from archive.model import Citation, SourceText, intrinsic_id
from tests import facts as world
from tests.facts import (
    CAPTURES,
    FINDINGS,
    LATER,
    PEOPLE,
    answer,
    place,
    restriction,
)
from tests.folds import (
    folded,
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    with folded(tmp_path_factory.mktemp("index") / "archive.db") as connection:
        yield connection


class TestLists:
    """What the pages list."""

    def test_articles(self, index: sqlite3.Connection) -> None:
        (row,) = read.articles(index, 10)
        assert (row.snapshot, row.title, row.reading) == (
            world.article.id,
            "The Reef, corrected",
            world.reading.id,
        )
        assert (row.claims, row.matched, row.citations, row.judged) == (3, 1, 5, 2)
        assert (row.captured_sources, row.lost, row.unresolved) == (1, 2, 1)
        assert read.articles(index, 10, 1) == []

    def test_sources(self, index: sqlite3.Connection) -> None:
        found = {row.uri: row.status for row in read.sources(index, 10)}
        assert found == {world.moved.uri: "captured", world.gone.uri: "failed", world.dead.uri: "failed"}

    def test_lost(self, index: sqlite3.Connection) -> None:
        found = {row.uri: (row.reason, row.snapshot, row.failure) for row in read.lost(index)}
        assert found == {
            world.gone.uri: ("http-404", world.gone.id, None),
            world.dead.uri: ("dns", None, world.dead.id),
        }

    def test_a_source_is_lost_when_its_newest_visit_brought_an_error(self, tmp_path: Path) -> None:
        direct = world.resolution(0, place(LATER, 49), uri=world.source.uri, snapshot=world.source.id)
        later = answer(world.source.uri, place(LATER, 50), "error", status=410, date="2026-11-28T00:00:00Z")
        with folded(tmp_path / "archive.db", [*world.FACTS, direct, later]) as index:
            (row,) = [row for row in read.lost(index) if row.uri == world.source.uri]
            assert (row.reason, row.snapshot, row.good) == ("http-410", later.id, world.again.id)

    def test_a_source_whose_redirect_leads_to_an_error_is_lost(self, tmp_path: Path) -> None:
        error = answer(world.source.uri, place(CAPTURES, 51), "error", status=503)
        facts = [fact for fact in world.FACTS if fact not in (world.source, world.again, world.restated[0])]
        with folded(tmp_path / "archive.db", [*facts, error]) as index:
            (row,) = [row for row in read.lost(index) if row.uri == world.moved.uri]
            assert (row.reason, row.snapshot) == ("http-503", error.id)

    def test_a_source_whose_redirect_leads_to_a_dead_host_is_lost(self, tmp_path: Path) -> None:
        dead = replace(world.dead, uri=world.source.uri, id="d" * 16)
        facts = [fact for fact in world.FACTS if fact not in (world.source, world.again, world.restated[0])]
        with folded(tmp_path / "archive.db", [*facts, dead]) as index:
            (row,) = [row for row in read.lost(index) if row.uri == world.moved.uri]
            assert (row.reason, row.failure) == ("dns", dead.id)

    def test_unresolved(self, index: sqlite3.Connection) -> None:
        (row,) = read.unresolved(index)
        assert (row.citation, row.article, row.label) == (
            world.citations[3].id,
            world.article.id,
            "Corals, a book",
        )
        assert [near.title for near in row.candidates] == ["Corals (book)"]

    def test_titles_are_equal_whatever_their_case_and_blanks(self, index: sqlite3.Connection) -> None:
        expected = [read.TitledPage(world.source.id, world.source.uri, "Coral decline", False)]
        assert read.titled(index, " coral\u00a0 DECLINE ") == expected
        assert [found.snapshot for found in read.titled(index, "the reef, corrected")] == [world.article.id]
        assert read.titled(index, "The reef in numbers") == [], "a corrected title is the title"
        assert read.titled(index, "") == []

    def test_titles_that_share_most_words_are_alike_and_no_title_is_like_itself(
        self, index: sqlite3.Connection
    ) -> None:
        expected = [read.TitledPage(world.source.id, world.source.uri, "Coral decline", False)]
        assert read.alike(index, "The coral decline") == read.alike(index, "Coral, decline!") == expected
        for title in ("Coral decline", "Lobsters", ""):
            assert read.alike(index, title) == []

    def test_cited_by(self, index: sqlite3.Connection) -> None:
        (citing,) = read.cited_by(index, world.source.id)
        assert (citing.article, citing.citation) == (world.article.id, world.citations[0].id)
        assert citing.claims == world.claims[:2]
        assert read.cited_by(index, world.article.id) == []

    def test_stats_and_warcs(self, index: sqlite3.Connection) -> None:
        counted = read.stats(index)
        assert (counted.snapshots, counted.texts, counted.warcs, counted.bytes) == (6, 4, 5, 50_000)
        assert next(warc.name for warc in read.warcs(index)) == CAPTURES

    def test_readings_that_hold(self, index: sqlite3.Connection) -> None:
        assert read.evidence_readings(index, world.reading.evidence[0].id)[0] == world.reading.id
        assert world.older.id in read.claim_readings(index, world.claims[0].id)


class TestRestricted:
    """A tombstone says who and why, and shows nothing."""

    def test_a_source(self, tmp_path: Path) -> None:
        hidden = restriction(world.source, place(PEOPLE, 60))
        with folded(tmp_path / "archive.db", [*world.FACTS, hidden]) as index:
            assert read.restricted(index, world.source.id) == hidden
            assert read.restricted(index, world.article.id) is None
            text = read.text_in_use(index, world.source.id)
            assert text
            assert (text.body, text.reason, text.metadata.title) == ("", "restricted", "Coral decline")
            reading = read.reading(index, world.reading.id)
            assert reading
            assert [found.passage.exact for found in reading.evidence] == ["", "", ""]
            assert [found.id for found in reading.evidence] == [found.id for found in world.reading.evidence]

    def test_an_article(self, tmp_path: Path) -> None:
        hidden = restriction(world.article, place(PEOPLE, 61))
        with folded(tmp_path / "archive.db", [*world.FACTS, hidden]) as index:
            assert read.reading(index, world.reading.id) is None
            assert read.citation_states(index, world.reading.id) == []
            assert [citing.label for citing in read.cited_by(index, world.source.id)] == [""]
            assert read.search(index, "wombats", 10).hits == ()


def test_no_question_about_one_noun_walks_through_a_table(index: sqlite3.Connection) -> None:
    asked: list[str] = []
    index.set_trace_callback(asked.append)
    read.kind_of(index, world.source.id)
    read.snapshots_of(index, world.source.uri)
    read.latest_good(index, world.source.uri, None, imported=True)
    read.last_hop(index, world.moved.id)
    read.text_in_use(index, world.again.id)
    read.description(index, world.article.id)
    read.newest_reading(index, world.article.id)
    read.readings_of(index, world.article.id)
    read.reading(index, world.reading.id)
    read.citation_states(index, world.reading.id)
    read.verdicts_of(index, world.reading.id)
    read.resolutions_of(index, world.citations[0].id)
    read.claim_readings(index, world.claims[0].id)
    read.evidence_readings(index, world.reading.evidence[0].id)
    read.restricted(index, world.source.id)
    index.execute("SELECT * FROM articles WHERE snapshot = 'x'")
    index.set_trace_callback(None)
    assert len(asked) > 20
    for sql in asked:
        steps = [step[3] for step in index.execute("EXPLAIN QUERY PLAN " + sql)]
        scans = [s for s in steps if s.startswith("SCAN") and s.split()[1] not in ("CONSTANT", *OUTPUTS)]
        assert scans == [], sql


def many_citations() -> Iterator[Fact]:
    """Articles with 25 citations each, all to different addresses."""
    for nth in range(40):
        text = f"{nth:016}"
        cited = tuple(Citation(text, f"source {n}", f"https://s.example/{nth}/{n}") for n in range(25))
        article = SourceText(text, f"a{nth:015}", f"https://a.example/{nth}", "2026-11-22T12:00:00Z", "")
        identifier = intrinsic_id("reading", text)
        at = place(FINDINGS, 1000 + 100 * nth)
        parts = {"claims": (), "outcomes": (), "evidence": (), "sources": (), "citations": cited}
        yield replace(world.reading, article=article, id=identifier, place=at, **parts)
        for n, citation in enumerate(cited):
            source = answer(citation.uri, place(CAPTURES, 1000 + 100 * nth + n))
            yield source
            where = replace(at, offset=at.offset + n + 1)
            yield replace(
                world.resolutions[0],
                citation=citation.id, uri=source.uri, snapshot=source.id, place=where,
                id=intrinsic_id("r", citation.id),
            )  # fmt: skip


def test_lists_of_a_thousand_sources_are_quick(tmp_path: Path) -> None:
    """A look-up per source through all citations took 350 s for 4,000 sources; now it is 0.1 s."""
    with folded(tmp_path / "archive.db", many_citations()) as index:
        started = time.perf_counter()
        assert len(read.sources(index, 2000)) == read.stats(index).sources == 1000
        assert len(read.articles(index, 100)) == 40
        assert read.lost(index) == []
        assert time.perf_counter() - started < 4


# Names of results that were found by an index and are then walked through.
OUTPUTS = ("(subquery-1)", "(subquery-2)", "(subquery-3)", "(subquery-4)", "json_each", "held")
