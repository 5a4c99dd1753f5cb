"""Search: ranked, safe with whatever a person types, the same after any rebuild."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.index import read
from archive.index.read import Found
from archive.index.read.search import parse
from archive.model import Metadata, Text
from tests import facts as world
from tests.facts import (
    CAPTURES,
    LATER,
    place,
)
from tests.folds import (
    folded,
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    with folded(tmp_path_factory.mktemp("index") / "archive.db") as connection:
        yield connection


class TestSearch:
    """Ranked, safe with whatever a person types, the same after any rebuild."""

    def test_ranked_with_marks(self, index: sqlite3.Connection) -> None:
        hits = read.search(index, "bleaching", 10).hits
        assert {hit.kind for hit in hits} == {"passage", "claim"}
        assert all("\x02" in hit.snippet and "\x03" in hit.snippet for hit in hits)
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        first = next(hit for hit in hits if hit.id == world.source_text.id)
        assert (first.title, first.uri, first.snapshot) == (
            "Coral decline",
            world.source.uri,
            world.source.id,
        )
        assert world.SOURCE_BODY[first.start : first.end].startswith("Bleaching follows")

    def test_pages_of_results(self, index: sqlite3.Connection) -> None:
        hits = read.search(index, "corals", 100).hits
        assert len(hits) > 3
        first = read.search(index, "corals", 2)
        second = read.search(index, "corals", 100, first.after or "")
        assert (*first.hits, *second.hits) == hits and second.after is None

    def test_phrases_and_beginnings(self, index: sqlite3.Connection) -> None:
        assert read.search(index, '"warm water" bleach*', 10).hits
        assert not read.search(index, '"water warm"', 10).hits
        assert not read.search(index, "zzz corals", 10).hits

    @pytest.mark.parametrize(
        "query",
        ["don't", "C++", "multi-agent", '"unclosed reef', "text:reef", "NEAR(a b)", "AND", "reef OR", "*",
         "^a", "(", "“typographic”", "", "   ", "—", "a\0b", "exact : x", "-reef", "a\ud83db", "reef* *"],
    )  # fmt: skip
    def test_whatever_is_typed_is_words(self, index: sqlite3.Connection, query: str) -> None:
        assert isinstance(read.search(index, query, 5, faceted=True), Found)

    @given(st.text(max_size=40))
    def test_no_text_breaks_the_query(self, query: str) -> None:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.execute("CREATE VIRTUAL TABLE t USING fts5(exact, pairs)")
            wanted = parse(query).match(lambda word: [word, word + "s"])
            if wanted:
                connection.execute("SELECT * FROM t WHERE t MATCH ?", (wanted,)).fetchall()

    def test_words_are_found_as_typed(self, tmp_path: Path) -> None:
        body = "We don't use multi-agent C++ here.\n\nAnother paragraph OR two: col:val café."
        text = Text(world.article.id, "x 1", body, Metadata(), place=place(CAPTURES, 70))
        with folded(tmp_path / "archive.db", [world.article, text]) as index:
            for query in ("don't", "multi-agent", "C++", "OR", "col:val", "cafe", '"paragraph OR two'):
                assert len(read.search(index, query, 5).hits) == 1, query

    def test_only_texts_in_use_and_newest_readings(self, tmp_path: Path) -> None:
        newer = replace(
            world.source_text, extractor="trafilatura 9", body="Quite new.", place=place(LATER, 71)
        )
        no_claims = world.reading_at(
            place(LATER, 72), "2026-11-25T00:00:00Z", claims=(), outcomes=(), evidence=()
        )
        with folded(tmp_path / "archive.db", [*world.FACTS, newer, no_claims]) as index:
            assert read.search(index, "marmalade", 10).hits == ()
            assert {hit.kind for hit in read.search(index, "wombats", 10).hits} == {"passage"}

    def test_the_same_whatever_order_was_folded(self, tmp_path: Path, index: sqlite3.Connection) -> None:
        with folded(tmp_path / "archive.db", reversed(world.FACTS)) as other:
            for query in ("corals", "reef", "1995"):
                assert read.search(other, query, 50) == read.search(index, query, 50)
