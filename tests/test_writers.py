"""Many rows and several writers: quick, none lost, none doubled, and readers see whole batches."""

import random
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from archive.index.fold import Fact
from archive.index.write import Folding
from archive.index.write.tables import writing
from archive.model import Place, Text
from tests import facts as world
from tests.facts import (
    CAPTURES,
    NOW,
)
from tests.folds import (
    dump,
    fold,
)
from tests.test_write import check_search


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


def many_facts(count: int) -> Iterator[Fact]:
    """Texts of ten paragraphs, each its own snapshot."""
    words = random.Random(7).choices(["reef", "coral", "warm", "water", "number", "year", "fish"], k=400)
    for nth in range(count):
        body = "\n\n".join(" ".join((str(nth), str(part), *words[part : part + 40])) for part in range(10))
        yield Text(f"{nth:016}", "trafilatura 2.3.1", body, place=Place(CAPTURES, nth, 1))


def test_a_hundred_thousand_rows_in_seconds(index: Path) -> None:
    started = time.process_time()
    fold_once(index, many_facts(9_100))
    took = time.process_time() - started
    with closing(sqlite3.connect(index)) as connection:
        assert connection.execute("SELECT count(*) FROM passages").fetchone() == (91_000,)
    assert took < 20, "far above the 5 s that it takes on one busy core, to catch what is quadratic"


def fold_once(index: Path, facts: Iterator[Fact]) -> None:
    with writing(index) as tables:
        folding = Folding(tables, lambda name: (), NOW)
        for fact in facts:
            folding.add(fact)
        folding.finish()


def test_two_writers_at_once(index: Path) -> None:
    """Folding is idempotent, so several may fold the same facts; none is lost, none doubled."""
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(fold, index, world.FACTS) for _ in range(8)]:
            done.result()
    alone = index.with_name("alone.db")
    fold(alone, world.FACTS)
    assert dump(index) == dump(alone)
    check_search(index)


def test_a_reader_sees_batches_whole_while_another_writes(index: Path) -> None:
    fold(index, world.FACTS)
    with closing(sqlite3.connect(f"file:{index}?mode=ro", uri=True)) as reader:
        cursor = reader.execute("SELECT count(*) FROM texts")
        before = cursor.fetchone()
        fold_once(index, many_facts(3))
        assert reader.execute("SELECT count(*) FROM texts").fetchone()[0] == before[0] + 3
