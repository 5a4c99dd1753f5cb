"""Folding facts into an index and looking at what became of it, table by table."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from archive.anchor import paragraphs
from archive.index import read
from archive.index.fold import Fact
from archive.index.write import Folding
from archive.index.write.tables import writing
from archive.model import (
    Requisite,
    StoredWarc,
)
from tests.facts import FACTS, NOW


def file_of(fact: Fact) -> str:
    """The file of a fact's record."""
    if isinstance(fact, StoredWarc):
        return fact.name
    held = fact.answer.place if isinstance(fact, Requisite) else fact.place
    assert held
    return held.file


def fold(index: Path, facts: Iterable[Fact], now: str = NOW, every: Iterable[Fact] | None = None) -> None:
    """Fold facts into an index; ``every`` are all facts that the archive's files hold."""
    known = list(facts)
    stored = list(every) if every is not None else known
    with writing(index) as tables:
        folding = Folding(tables, lambda name: [fact for fact in stored if file_of(fact) == name], now)
        for fact in known:
            folding.add(fact)
        folding.finish()


@contextmanager
def folded(index: Path, facts: Iterable[Fact] = FACTS, now: str = NOW) -> Iterator[sqlite3.Connection]:
    """An index with these facts, to read from."""
    fold(index, facts, now)
    with closing(read.connect(index)) as connection:
        yield connection


def dump(index: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every declared table and view, all columns but ``n``, in an order that only their values decide."""
    with closing(sqlite3.connect(index)) as connection:
        sql = """SELECT name FROM sqlite_master
                 WHERE type IN ('table', 'view') AND name NOT LIKE '%\\_fts%' ESCAPE '\\'"""
        names = [name for (name,) in connection.execute(sql)]
        return {name: _rows(connection, name) for name in sorted(names)}


def _rows(connection: sqlite3.Connection, name: str) -> list[tuple[object, ...]]:
    columns = [held[1] for held in connection.execute(f"PRAGMA table_info({name})") if held[1] != "n"]
    listed = ", ".join(f'"{column}"' for column in columns)
    return sorted(connection.execute(f"SELECT {listed} FROM {name}"), key=repr)


def passages(body: str) -> list[str]:
    """The paragraphs that search should know."""
    return [body[start:end] for start, end in paragraphs(body)]
