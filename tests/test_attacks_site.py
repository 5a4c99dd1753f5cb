"""Questions to the site that are made to keep it busy."""

import sqlite3
import time

import pytest

from archive.index.read.search import parse

WORDS = "a b c the harbour of it " * 10


@pytest.fixture(scope="module")
def paragraphs() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE f USING fts5(exact, pairs)")
    connection.executemany("INSERT INTO f VALUES (?, NULL)", [(WORDS,)] * 5_000)
    return connection


@pytest.mark.parametrize("query", ["a " * 250, '"a b c the" ' * 41, "a* b* c* " * 55, "a ! b ? " * 60])
def test_no_query_keeps_the_site_busy(paragraphs: sqlite3.Connection, query: str) -> None:
    """Three of these at once left no thread for anybody else for minutes."""
    began = time.process_time()
    sql = "SELECT rowid, bm25(f) FROM f WHERE f MATCH ? ORDER BY 2"
    found = paragraphs.execute(sql, (parse(query).match(lambda word: [word]),)).fetchall()
    assert len(found) == 5_000
    assert time.process_time() - began < 2


def test_a_query_of_hundreds_of_words_asks_for_the_first_ones() -> None:
    wanted = parse(" ".join(f"w{n}" for n in range(500))).wanted
    assert [one.words for one in wanted] == [f"w{n}" for n in range(24)]
    assert [one.words for one in parse('reef reef "great reef" reef').wanted] == ["reef", "great reef"]
