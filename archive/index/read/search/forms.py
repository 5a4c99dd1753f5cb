"""The forms of a word that stand in the archive: those that SQLite's own Porter stemmer makes equal to it.

The index holds words as written. Stems in it would make "quoted words" inexact and lose beginnings
(`operati*` is no beginning of the stem of operation); so forms are found when they are asked for.
"""

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from functools import partial

from archive.index.read.ask import Connection, rows
from archive.index.read.search.query import Forms

# Porter is made for English: other scripts and short words are left as they are.
_STEMMED = re.compile(r"[a-z]{4,}")
# Each form is a phrase more to be matched and weighed; the most frequent are kept.
_MOST_FORMS = 8
_MOST_NEIGHBOURS = 2000


def forms_in(connection: Connection) -> Forms:
    """What gives a word's forms in this archive, itself first."""
    return partial(_forms, connection)


def _forms(connection: Connection, word: str) -> list[str]:
    bare = word.lower()
    if not _STEMMED.fullmatch(bare):
        return [word]
    stem = stems([bare])[0]
    # A stem begins all its forms, but for a last i or e that was put in the place of something else.
    begins = stem[:-1] if stem[-1] in "ie" else stem
    sql = """SELECT term FROM passages_fts_words WHERE term >= ?1 AND term < ?2
        ORDER BY doc DESC, term LIMIT ?3"""
    near = [found["term"] for found in rows(connection, sql, begins, begins + "\x7f", _MOST_NEIGHBOURS)]
    near = [term for term in near if term != bare and _STEMMED.fullmatch(term)]
    same = [term for term, its in zip(near, stems(near), strict=True) if its == stem]
    return [word, *same[: _MOST_FORMS - 1]]


def stems(words: Sequence[str]) -> list[str]:
    """Porter's stem of each word (lower case, ASCII).

    >>> stems(["bleaching", "bleached", "happiness", "happy"])
    ['bleach', 'bleach', 'happi', 'happi']
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(word, tokenize='porter ascii')")
        connection.execute("CREATE VIRTUAL TABLE found USING fts5vocab(t, instance)")
        connection.execute("BEGIN")
        numbered = list(enumerate(words))
        connection.executemany("INSERT INTO t (rowid, word) VALUES (?, ?)", numbered)
        found = dict(connection.execute("SELECT doc, term FROM found").fetchall())
    return [found[n] for n, _ in numbered]
