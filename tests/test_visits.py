"""Reading visits: snapshots of an address, redirects to their end, revisits, the latest good one."""

import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive.errors import NotFound
from archive.index import read
from archive.model import Origin, Place, Reference
from tests import facts as world
from tests.facts import (
    CAPTURES,
    answer,
    place,
)
from tests.folds import (
    folded,
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    with folded(tmp_path_factory.mktemp("index") / "archive.db") as connection:
        yield connection


class TestVisits:
    """Snapshots of an address, redirects, revisits."""

    def test_a_revisit_has_the_payload_and_text_of_what_it_repeats(self, index: sqlite3.Connection) -> None:
        assert read.payload_of(index, world.again.id) == world.source
        assert read.payload_of(index, world.source.id) == world.source
        assert read.text_in_use(index, world.again.id) == world.source_text

    @pytest.mark.parametrize(
        "refers",
        [
            Reference(record_id=world.source.record_id),
            Reference(uri=world.source.uri, date=world.source.date),
            Reference("urn:uuid:nobody", "https://nobody.example/", "2001-01-01T00:00:00Z"),
        ],
    )
    def test_a_revisit_is_matched_by_record_then_address_then_digest(
        self, tmp_path: Path, refers: Reference
    ) -> None:
        with folded(tmp_path / "archive.db", [world.source, replace(world.again, refers_to=refers)]) as index:
            assert read.payload_of(index, world.again.id) == world.source

    def test_a_payload_elsewhere_is_none(self, tmp_path: Path) -> None:
        with folded(tmp_path / "archive.db", [world.again]) as index:
            assert read.payload_of(index, world.again.id) is None
            assert read.latest_good(index, world.again.uri, None, imported=True) is None

    def test_of_repeated_record_ids_the_one_with_the_right_digest(self, tmp_path: Path) -> None:
        twin = answer(world.source.uri, place(CAPTURES, 0), "other", record_id=world.source.record_id)
        with folded(tmp_path / "archive.db", [twin, world.source, world.again]) as index:
            assert read.payload_of(index, world.again.id) == world.source

    def test_snapshots_of_an_address_however_it_is_written(self, index: sqlite3.Connection) -> None:
        found = read.snapshots_of(index, "http://www.journal.example.net:80/corals")
        assert found == [world.source, world.again]

    def test_last_hop(self, index: sqlite3.Connection) -> None:
        assert read.last_hop(index, world.moved.id) == world.source
        assert read.last_hop(index, world.source.id) == world.source
        with pytest.raises(NotFound, match="0000-0000-0000-0000"):
            read.last_hop(index, "0" * 16)

    def test_a_circle_of_redirects_ends(self, tmp_path: Path) -> None:
        a, b = "https://a.example/", "https://b.example/"
        there = answer(a, place(CAPTURES, 1), "a", status=301, redirects_to=b)
        back = answer(b, place(CAPTURES, 2), "b", status=301, redirects_to=a)
        itself = answer(
            "http://c.example/", place(CAPTURES, 3), "c", status=301, redirects_to="https://c.example/"
        )
        with folded(tmp_path / "archive.db", [there, back, itself]) as index:
            assert read.last_hop(index, there.id) == back
            assert read.last_hop(index, itself.id) == itself
            index.execute("SELECT * FROM lost_sources").fetchall()

    def test_each_hop_is_the_nearest_in_date(self, tmp_path: Path) -> None:
        target = "https://journal.example.net/corals"
        dates = ("2020-01-01T00:00:00Z", "2026-11-22T11:59:00Z", "2026-11-25T00:00:00Z")
        visits = [answer(target, place(CAPTURES, 10 + n), str(n), date=date) for n, date in enumerate(dates)]
        with folded(tmp_path / "archive.db", [world.moved, *visits]) as index:
            assert read.last_hop(index, world.moved.id) == visits[1]

    def test_latest_good(self, index: sqlite3.Connection) -> None:
        good = lambda uri, since=None, imported=False: read.latest_good(index, uri, since, imported)  # noqa: E731
        assert good(world.source.uri) == world.again
        assert good(world.moved.uri) == world.moved, "it leads to a good page"
        assert good(world.gone.uri) is None
        assert good(world.source.uri, since="2026-11-25T00:00:00Z") is None
        assert (good(world.foreign.uri), good(world.foreign.uri, imported=True)) == (None, world.foreign)

    def test_a_supplied_copy_is_not_offered(self, tmp_path: Path) -> None:
        copy = replace(world.source, record_type="resource", status=None, origin=Origin("supplied", "Ada"))
        with folded(tmp_path / "archive.db", [copy]) as index:
            assert read.latest_good(index, copy.uri, None, imported=True) is None

    def test_ten_thousand_visits_stay_quick(self, tmp_path: Path) -> None:
        visits = [
            answer(
                world.source.uri,
                Place(CAPTURES, n, 1),
                str(n),
                date=f"2026-01-{n % 28 + 1:02}T{n % 24:02}:00:00Z",
            )
            for n in range(10_000)
        ]
        with folded(tmp_path / "archive.db", [*visits, world.moved, *world.FACTS]) as index:
            started = time.perf_counter()
            for _ in range(20):
                assert read.last_hop(index, world.moved.id) == world.source
                assert read.latest_good(index, world.source.uri, None, imported=False) == world.again
                read.citation_states(index, world.reading.id)
                read.cited_by(index, world.source.id)
            assert time.perf_counter() - started < 4
