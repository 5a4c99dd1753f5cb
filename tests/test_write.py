"""Writing the index: any order gives the same rows, search stays right, restricted words are nowhere."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import IndexUnusable
from archive.index import VERSION
from archive.model import Collection
from tests import facts as world
from tests.facts import (
    CAPTURES,
    IMPORTED,
    LATER,
    PEOPLE,
    answer,
    place,
    restriction,
)
from tests.folds import (
    dump,
    fold,
)

RESTRICTED = restriction(world.source, place(PEOPLE, 30))
ENDED = restriction(world.article, place(PEOPLE, 31), until="2026-11-30")
LIFTED = restriction(world.article, place(PEOPLE, 32))
LIFTING = restriction(world.article, place(PEOPLE, 33), undoes=LIFTED.id)
FOREIGN = restriction(world.article, place(IMPORTED, 34))
UNLIFTED = restriction(world.source, place(IMPORTED, 35), undoes=RESTRICTED.id)
WITH_RESTRICTIONS = (*world.FACTS, RESTRICTED, ENDED, LIFTED, LIFTING, FOREIGN, UNLIFTED)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


def holds_words(index: Path, words: str) -> list[str]:
    """The tables and views in which these words stand somewhere."""
    return [name for name, rows in dump(index).items() if any(words in str(row) for row in rows)]


def check_search(index: Path) -> None:
    """SQLite's own check of both search indexes; it raises where they disagree with their tables."""
    with closing(sqlite3.connect(index)) as connection:
        for table in ("passages_fts", "claims_fts"):
            connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")


def found_by_search(index: Path, words: str) -> set[tuple[str, str]]:
    with closing(sqlite3.connect(index)) as connection:
        sql = """SELECT 'passage', p.exact FROM passages_fts f JOIN passages p ON p.n = f.rowid
                 WHERE passages_fts MATCH ?1
                 UNION SELECT 'claim', c.exact FROM claims_fts f JOIN claims c ON c.n = f.rowid
                 WHERE claims_fts MATCH ?1"""
        return set(connection.execute(sql, (words,)))


@pytest.fixture(scope="module")
def in_order() -> dict[str, list[tuple[object, ...]]]:
    with TemporaryDirectory() as folder:
        fold(Path(folder) / "archive.db", WITH_RESTRICTIONS)
        return dump(Path(folder) / "archive.db")


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_order_and_repetition_gives_the_same_rows(
    data: st.DataObject, in_order: dict[str, list[tuple[object, ...]]]
) -> None:
    """Law 2, with restrictions among the facts, and with batches that end anywhere."""
    shuffled = data.draw(st.permutations(WITH_RESTRICTIONS))
    again = data.draw(st.lists(st.sampled_from(WITH_RESTRICTIONS), max_size=10))
    ends = data.draw(st.sets(st.integers(0, len(shuffled) + len(again)), max_size=4))
    with TemporaryDirectory() as folder:
        index = Path(folder) / "archive.db"
        given_facts = [*shuffled, *again]
        parts = [0, *sorted(ends), len(given_facts)]
        for start, end in pairwise(parts):
            fold(index, given_facts[start:end], every=WITH_RESTRICTIONS)
        assert dump(index) == in_order
        check_search(index)


def test_of_two_records_the_first_stands_whole(index: Path) -> None:
    later = replace(world.source_text, place=place(LATER, 6), cite_key="later", share=0.1)
    for order in ((world.source_text, later), (later, world.source_text)):
        index.unlink(missing_ok=True)
        fold(index, order)
        (row,) = dump(index)["texts"]
        assert (CAPTURES in row, "later" in row) == (True, False)


def test_folding_twice_changes_nothing(index: Path) -> None:
    fold(index, world.FACTS)
    with closing(sqlite3.connect(index)) as connection:
        before = connection.execute("SELECT n, id FROM claims ORDER BY n").fetchall()
    rows = dump(index)
    fold(index, world.FACTS)
    with closing(sqlite3.connect(index)) as connection:
        assert connection.execute("SELECT n, id FROM claims ORDER BY n").fetchall() == before
    assert dump(index) == rows


def test_search_follows_when_a_row_gives_way(index: Path) -> None:
    """An upsert that changes a claim's words must take the old ones out of the search index."""
    wrong = replace(world.claims[0].passage, exact="zebra crossing")
    later = world.reading_at(
        place(LATER, 9), "2026-11-24T10:00:00Z", claims=(replace(world.claims[0], passage=wrong),)
    )
    fold(index, (later,))
    assert found_by_search(index, "zebra") == {("claim", "zebra crossing")}
    fold(index, (world.reading,))
    assert found_by_search(index, "zebra") == set()
    assert ("claim", world.claims[0].passage.exact) in found_by_search(index, "corals")
    check_search(index)


def test_the_check_of_search_can_fail(index: Path) -> None:
    fold(index, world.FACTS)
    with closing(sqlite3.connect(index)) as connection:
        connection.execute("DROP TRIGGER passages_removed")
        connection.execute("DELETE FROM passages WHERE n = 1")
        connection.commit()
    with pytest.raises(sqlite3.DatabaseError, match="malformed"):
        check_search(index)


class TestRestrictions:
    """A restricted snapshot's words are not in the index, in whatever order things are said."""

    def test_words_are_nowhere_and_the_tombstone_can_still_be_cited(self, index: Path) -> None:
        fold(index, world.FACTS)
        assert holds_words(index, "marmalade") == ["evidence", "passages", "texts"]
        assert holds_words(index, "secretword") != []
        fold(index, [RESTRICTED])
        assert holds_words(index, "marmalade") == []
        assert holds_words(index, "secretword") == []
        assert holds_words(index, "more than half") == []
        assert "texts" in holds_words(index, "Coral decline")
        assert found_by_search(index, "marmalade OR follows") == set()
        check_search(index)

    def test_no_byte_of_the_file_keeps_the_words(self, index: Path) -> None:
        fold(index, world.FACTS)
        assert b"marmalade" in index.read_bytes()
        assert b"secretword" in index.read_bytes()
        fold(index, [RESTRICTED])
        left = b"".join(path.read_bytes() for path in index.parent.glob("archive.db*"))
        assert b"marmalade" not in left
        assert b"marmalad" not in left, "the stem stands in the search index"
        assert b"secretword" not in left

    def test_an_article_hides_its_claims_labels_and_signals(self, index: Path) -> None:
        fold(index, [*world.FACTS, LIFTED])
        assert holds_words(index, "wombats") == []
        assert holds_words(index, "Corals, a book") == []
        assert holds_words(index, "wake-up") == []
        assert holds_words(index, "a summary") == []
        # The source is not restricted; that it says this for a claim of the article is not told.
        assert holds_words(index, "marmalade") == ["passages", "texts"]

    def test_words_quoted_by_a_reading_whose_source_text_is_not_here(self, index: Path) -> None:
        """The reading names the snapshot of each text it read, so its quotations are hidden too."""
        fold(index, [world.reading, RESTRICTED])
        assert holds_words(index, "marmalade") == []
        with closing(sqlite3.connect(index)) as connection:
            assert connection.execute("SELECT count(*) FROM evidence").fetchone() == (3,)

    def test_lifting_gives_everything_back(self, index: Path) -> None:
        fold(index, world.FACTS)
        before = dump(index)
        fold(index, [LIFTED, RESTRICTED], every=world.FACTS)
        assert holds_words(index, "wombats") == []
        unrestricted = restriction(world.source, place(PEOPLE, 36), undoes=RESTRICTED.id)
        fold(index, [LIFTING, unrestricted], every=world.FACTS)
        after = dump(index)
        assert len(after.pop("restrictions")) == 4
        before.pop("restrictions")
        assert after == before
        check_search(index)

    def test_lifting_one_of_two_keeps_the_words_away(self, index: Path) -> None:
        second = restriction(world.article, place(PEOPLE, 37))
        fold(index, [*world.FACTS, LIFTED, second])
        fold(index, [LIFTING], every=world.FACTS)
        assert holds_words(index, "wombats") == []

    def test_an_end_takes_effect_at_the_next_writing_command(self, index: Path) -> None:
        fold(index, [*world.FACTS, ENDED], now="2026-11-29T23:59:59Z")
        assert holds_words(index, "wombats") == []
        fold(index, [], now="2026-11-30T00:00:01Z", every=[*world.FACTS, ENDED])
        assert "claims" in holds_words(index, "wombats")

    def test_an_imported_restriction_hides_only_what_is_imported(self, index: Path) -> None:
        foreign = restriction(world.foreign, place(IMPORTED, 38))
        fold(index, [*world.FACTS, FOREIGN, foreign])
        assert "claims" in holds_words(index, "wombats")
        assert holds_words(index, "A foreign page") == []

    def test_an_imported_lifting_lifts_nothing_of_ours(self, index: Path) -> None:
        fold(index, [*world.FACTS, RESTRICTED, UNLIFTED])
        assert holds_words(index, "marmalade") == []


def test_an_error_leaves_the_batch_unwritten(index: Path) -> None:
    fold(index, world.FACTS)
    before = dump(index)
    broken = Collection(
        creator="Ada", created="x", id="i", place=place(PEOPLE, 40), subject="s", collection=None
    )  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError, match=r"collections\.collection"):
        fold(index, [answer("https://new.example/", place(LATER, 41)), broken])
    assert dump(index) == before


@pytest.mark.parametrize("version", [VERSION - 1, VERSION + 1])
def test_another_version_means_rebuild(index: Path, version: int) -> None:
    fold(index, world.FACTS)
    with closing(sqlite3.connect(index)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    with pytest.raises(IndexUnusable, match="pincite rebuild"):
        fold(index, [])


def test_what_is_not_sqlite_means_rebuild(index: Path) -> None:
    index.write_bytes(b"<!doctype html>" * 100)
    with pytest.raises(IndexUnusable, match="pincite rebuild"):
        fold(index, [])


def test_a_folder_in_the_way_is_said_so(index: Path) -> None:
    index.mkdir()
    with pytest.raises(IndexUnusable, match="cannot be written"):
        fold(index, [])


def test_the_log_is_in_the_file_when_writing_ends(index: Path) -> None:
    fold(index, world.FACTS)
    log = index.with_name("archive.db-wal")
    assert not log.exists() or log.stat().st_size == 0
    with closing(sqlite3.connect(f"file:{index}?mode=ro", uri=True)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
