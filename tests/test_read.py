"""Reading the index: rows as nouns again, and what counts of several statements."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from archive.errors import IndexUnusable
from archive.index import read
from archive.model import Correction, Resolution
from tests import facts as world
from tests.facts import (
    FINDINGS,
    IMPORTED,
    LATER,
    PEOPLE,
    place,
    said,
)
from tests.folds import (
    dump,
    fold,
    folded,
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    with folded(tmp_path_factory.mktemp("index") / "archive.db") as connection:
        yield connection


class TestNouns:
    """What was folded comes back as it was."""

    def test_snapshots(self, index: sqlite3.Connection) -> None:
        for snapshot in (world.article, world.source, world.gone, world.moved, world.again, world.foreign):
            assert read.snapshot(index, snapshot.id) == snapshot
        assert read.requisite(index, world.style.answer.id) == world.style

    def test_texts_and_failures(self, index: sqlite3.Connection) -> None:
        for text in (world.article_text, world.source_text, world.empty_text, world.foreign_text):
            assert read.text(index, text.id) == text
        assert read.failure(index, world.dead.id) == world.dead

    def test_readings(self, index: sqlite3.Connection) -> None:
        for reading in (world.older, world.reading, world.imported_reading):
            assert read.reading(index, reading.id) == reading

    def test_statements(self, index: sqlite3.Connection) -> None:
        for statement in (*world.people, *world.resolutions):
            assert read.statement(index, statement.id) == statement  # type: ignore[union-attr]

    def test_kinds(self, index: sqlite3.Connection) -> None:
        kinds = {
            world.article.id: "snapshot", world.style.answer.id: "requisite", world.dead.id: "failure",
            world.source_text.id: "text", world.reading.id: "reading", world.claims[0].id: "claim",
            world.citations[0].id: "citation", world.reading.evidence[0].id: "evidence",
            world.entry.id: "entry", world.resolutions[0].id: "resolution", "0" * 16: None,
        }  # fmt: skip
        assert {identifier: read.kind_of(index, identifier) for identifier in kinds} == kinds

    def test_what_is_not_here_is_none(self, index: sqlite3.Connection) -> None:
        nobody = "0" * 16
        lookups = (read.snapshot, read.requisite, read.failure, read.text, read.text_in_use, read.reading)
        assert [look(index, nobody) for look in lookups] == [None] * len(lookups)
        assert (read.statement(index, nobody), read.payload_of(index, nobody)) == (None, None)


class TestWhatCounts:
    """Of several statements one counts, and an imported one never before the archive's own."""

    def test_the_newest_reading_of_our_own(self, index: sqlite3.Connection) -> None:
        assert read.newest_reading(index, world.article.id) == world.reading.id
        heads = read.readings_of(index, world.article.id)
        assert [head.id for head in heads][:2] == [world.reading.id, world.older.id]
        assert (heads[0].claims, heads[0].matched, heads[-1].imported) == (3, 1, True)

    def test_a_person_before_a_machine_and_ours_before_all(self, index: sqlite3.Connection) -> None:
        states = {state.citation.id: state for state in read.citation_states(index, world.reading.id)}
        found = [states[citation.id] for citation in world.citations]
        assert [state.status for state in found] == ["captured", "failed", "failed", "unresolved", "settled"]
        assert [state.reason for state in found] == [None, "http-404", "dns", "ambiguous", "a private letter"]

    def test_a_citation_points_to_the_last_hop_and_its_text(self, index: sqlite3.Connection) -> None:
        state = read.citation_states(index, world.reading.id)[0]
        assert (state.uri, state.snapshot, state.text) == (
            world.moved.uri,
            world.source.id,
            world.source_text.id,
        )

    def test_a_snapshot_that_is_elsewhere_is_not_captured(self, tmp_path: Path) -> None:
        facts = [world.reading, world.article_text, world.resolutions[0]]
        with folded(tmp_path / "archive.db", facts) as index:
            state = read.citation_states(index, world.reading.id)[0]
            assert (state.status, state.reason, state.snapshot) == ("failed", "not-here", None)
            (row,) = index.execute("SELECT status FROM current_citations WHERE resolution IS NOT NULL")
            assert row == ("failed",)

    def test_resolutions_the_one_that_counts_first(self, index: sqlite3.Connection) -> None:
        found = read.resolutions_of(index, world.citations[4].id)
        assert [resolution.person for resolution in found] == [True, False, False]

    def test_corrections_are_applied_and_withdrawn(self, index: sqlite3.Connection) -> None:
        article = read.description(index, world.article.id)
        assert article
        assert (article.title, article.authors) == ("The Reef, corrected", ("A. Reporter", "B. Writer"))
        source = read.description(index, world.source.id)
        assert source
        assert (source.title, source.authors) == ("Coral decline", ("E. F.", "G. H."))

    def test_a_correction_can_say_that_there_is_none(self, tmp_path: Path) -> None:
        none = Correction(**said("correction", place(PEOPLE, 50)), subject=world.article.id, field="date")  # type: ignore[arg-type]
        with folded(tmp_path / "archive.db", [*world.FACTS, none]) as index:
            article = read.description(index, world.article.id)
            assert article
            assert (article.date, article.date_iso) == (None, None)

    def test_verdicts_of_the_last_word_of_each_person(self, index: sqlite3.Connection) -> None:
        found = read.verdicts_of(index, world.reading.id)
        words = {subject: [v.verdict for v in verdicts] for subject, verdicts in found.items()}
        assert words == {
            world.reading.evidence[0].id: ["supports", "contradicts"],
            world.claims[2].id: ["none"],
        }

    def test_a_verdict_carries_over_to_the_same_passage_of_another_method(self, tmp_path: Path) -> None:
        evidence = tuple(replace(found, method="pincite-lexical 2") for found in world.reading.evidence)
        newer = world.reading_at(place(LATER, 30), "2026-11-24T11:00:00Z", evidence=evidence)
        with folded(tmp_path / "archive.db", [*world.FACTS, newer]) as index:
            found = read.verdicts_of(index, newer.id)
            assert evidence[0].id != world.reading.evidence[0].id
            assert [v.verdict for v in found[evidence[0].id]] == ["supports", "contradicts"]

    def test_conflicts_are_between_people(self, index: sqlite3.Connection) -> None:
        found = index.execute(
            "SELECT verdict, creator, other_verdict, other_creator FROM conflicts"
        ).fetchall()
        assert len(found) == 1
        assert set(found[0]) == {"supports", "Ada", "contradicts", "Ben"}

    def test_the_text_in_use_is_ours_before_an_imported_one(self, tmp_path: Path) -> None:
        old = replace(world.source_text, extractor="trafilatura 1", body="older words")
        new = replace(
            world.source_text, extractor="trafilatura 3", body="newer words", place=place(LATER, 40)
        )
        foreign = replace(world.source_text, extractor="other 9", body="foreign", place=place(IMPORTED, 41))
        failed = replace(
            world.source_text, extractor="x 9", body="", reason="timeout", place=place(LATER, 42)
        )
        with folded(tmp_path / "archive.db", [world.source, old, foreign, new, failed]) as index:
            assert read.text_in_use(index, world.source.id) == new


def test_an_imported_resolution_of_a_person_does_not_outrank_ours(index: sqlite3.Connection) -> None:
    found = read.resolutions_of(index, world.citations[3].id)
    assert isinstance(found[0], Resolution)
    assert [resolution.place.file for resolution in found if resolution.place] == [FINDINGS, IMPORTED]


class TestConnecting:
    """What is not an index of this version is said so, with the command that mends it."""

    def test_absent(self, tmp_path: Path) -> None:
        with pytest.raises(IndexUnusable, match="pincite rebuild"):
            read.connect(tmp_path / "archive.db")

    def test_not_sqlite(self, tmp_path: Path) -> None:
        (tmp_path / "archive.db").write_bytes(b"nonsense" * 1000)
        with pytest.raises(IndexUnusable, match="pincite rebuild"):
            read.connect(tmp_path / "archive.db")

    def test_another_version(self, tmp_path: Path) -> None:
        with closing(sqlite3.connect(tmp_path / "archive.db")) as connection:
            connection.execute("PRAGMA user_version = 99")
        with pytest.raises(IndexUnusable, match="version 99"):
            read.connect(tmp_path / "archive.db")

    def test_nothing_can_be_written(self, index: sqlite3.Connection) -> None:
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            index.execute("DELETE FROM tags")

    def test_a_new_fold_is_seen_at_once(self, tmp_path: Path) -> None:
        path = tmp_path / "archive.db"
        with folded(path, [world.article]) as index:
            assert read.snapshot(index, world.source.id) is None
            fold(path, [world.source])
            assert read.snapshot(index, world.source.id) == world.source
        assert len(dump(path)["snapshots"]) == 2
