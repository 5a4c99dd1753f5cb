"""The fold: a fact as the rows that state it. Pure; ``write`` decides which of two rows for one key stands.

Each row names the place of its record. Of several records that state the same fact, the row from the
smallest (file, offset) stands, so any order and any repetition of facts gives the same rows (law 2).
"""

from collections.abc import Callable, Iterator
from typing import Any

from archive.index.fold.captures import failure, requisite, snapshot, text, warc
from archive.index.fold.findings import reading
from archive.index.fold.row import KEYS, Row, Value
from archive.index.fold.statements import correction, entry, plain, resolution, sameness, verdict
from archive.model import (
    Collection,
    Correction,
    Entry,
    Failure,
    Note,
    Reading,
    Requisite,
    Resolution,
    Restriction,
    Sameness,
    Snapshot,
    Statement,
    StoredWarc,
    Tag,
    Text,
    Verdict,
)

__all__ = ["KEYS", "Fact", "Row", "Value", "rows"]

Fact = StoredWarc | Snapshot | Requisite | Failure | Text | Reading | Statement

_RULES: dict[type, Callable[[Any], Iterator[Row]]] = {
    StoredWarc: warc,
    Snapshot: snapshot,
    Requisite: requisite,
    Failure: failure,
    Text: text,
    Reading: reading,
    Resolution: resolution,
    Verdict: verdict,
    Correction: correction,
    Entry: entry,
    Sameness: sameness,
    Tag: plain("tags", "subject", "tag", "undoes"),
    Collection: plain("collections", "subject", "collection", "undoes"),
    Note: plain("notes", "subject", "note", "undoes"),
    Restriction: plain("restrictions", "snapshot", "reason", "until", "undoes"),
}


def rows(fact: Fact) -> Iterator[Row]:
    """The rows that state a fact, each key once: of a key that a record names twice, the first stands.

    >>> [row.table for row in rows(StoredWarc("2026/11/22/a.warc.gz", 100, 3))]
    ['warcs']
    """
    seen: set[tuple[str, tuple[Value, ...]]] = set()
    for row in _RULES[type(fact)](fact):
        if (row.table, row.key) not in seen:
            seen.add((row.table, row.key))
            yield row
