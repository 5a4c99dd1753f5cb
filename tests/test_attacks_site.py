"""Questions to the site that are made to keep it busy."""

import sqlite3
import time

import pytest

from archive.index.read.search import fts_query

WORDS = "a b c the harbour of it " * 10


@pytest.fixture(scope="module")
def paragraphs() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE f USING fts5(x, tokenize='porter unicode61')")
    connection.executemany("INSERT INTO f VALUES (?)", [(WORDS,)] * 5_000)
    return connection


@pytest.mark.parametrize("query", ["a " * 250, '"a b c the" ' * 41, "a* b* c* " * 55, "a ! b ? " * 60])
def test_no_query_keeps_the_site_busy(paragraphs: sqlite3.Connection, query: str) -> None:
    """Three of these at once left no thread for anybody else for minutes."""
    began = time.process_time()
    sql = "SELECT rowid, bm25(f) FROM f WHERE f MATCH ? ORDER BY 2"
    found = paragraphs.execute(sql, (fts_query(query),)).fetchall()
    assert len(found) == 5_000
    assert time.process_time() - began < 2


def test_a_query_of_hundreds_of_words_asks_for_the_first_ones() -> None:
    assert fts_query(" ".join(f"w{n}" for n in range(500))).split() == [f'"w{n}"' for n in range(24)]
    assert fts_query('reef reef "great reef" reef') == '"reef" "great reef"'
