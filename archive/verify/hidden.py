"""Which rows must hold no words, because the snapshot that they quote is restricted (DESIGN, section 3)."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

from archive.index.fold import Row, Value
from archive.index.hiding import SNAPSHOTS

_TEXTS = f"""SELECT id FROM texts WHERE snapshot IN ({SNAPSHOTS})
    UNION SELECT text FROM readings WHERE snapshot IN ({SNAPSHOTS})
    UNION SELECT json_extract(s.value, '$.text') FROM readings, json_each(readings.sources) s
        WHERE json_extract(s.value, '$.snapshot') IN ({SNAPSHOTS})"""
_CLAIMS = f"SELECT id FROM claims WHERE text IN ({_TEXTS})"
_CITATIONS = f"SELECT id FROM citations WHERE text IN ({_TEXTS})"
_EVIDENCE = f"SELECT id FROM evidence WHERE text IN ({_TEXTS}) OR claim IN ({_CLAIMS})"
_READINGS = f"SELECT id FROM readings WHERE snapshot IN ({SNAPSHOTS})"
_ABOUT = f"{SNAPSHOTS} UNION {_TEXTS} UNION {_CLAIMS} UNION {_CITATIONS} UNION {_EVIDENCE} UNION {_READINGS}"
_QUOTATION = dict.fromkeys(("exact", "prefix", "suffix"))
# Table, the columns that hold words with what stands in them instead, and by which column and ids they are
# known. Passages of a restricted snapshot have no rows at all.
_WORDS: tuple[tuple[str, Mapping[str, Value], str, str], ...] = (
    ("texts", dict.fromkeys(("body", "description")), "snapshot", SNAPSHOTS),
    ("claims", {**_QUOTATION, "pairs": None}, "text", _TEXTS),
    ("citations", {"label": None}, "text", _TEXTS),
    ("evidence", _QUOTATION, "text", _TEXTS),
    ("evidence", _QUOTATION, "claim", _CLAIMS),
    ("verdicts", {**_QUOTATION, "note": None}, "text", _TEXTS),
    ("verdicts", {**_QUOTATION, "note": None}, "claim", _CLAIMS),
    ("reading_claims", {"section": None}, "claim", _CLAIMS),
    ("reading_citations", dict.fromkeys(("mark", "heading", "entry")), "citation", _CITATIONS),
    ("reading_evidence", {"signals": None}, "evidence", _EVIDENCE),
    ("resolutions", {"steps": None, "candidates": "[]"}, "citation", _CITATIONS),
    ("notes", {"note": ""}, "subject", _ABOUT),
    ("passages", {}, "text", _TEXTS),
)

_Rule = tuple[Mapping[str, Value], str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is known of rows that quote restricted snapshots, by their tables."""

    _rules: Mapping[str, tuple[_Rule, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, connection: sqlite3.Connection) -> "Hidden":
        """What is hidden in an index; nothing, at no cost, where nothing is restricted."""
        if connection.execute("SELECT 1 FROM restrictions WHERE in_force LIMIT 1").fetchone() is None:
            return cls()
        ids = {
            sql: frozenset(str(found[0]) for found in connection.execute(sql))
            for sql in {known for _, _, _, known in _WORDS}
        }
        rules: dict[str, tuple[_Rule, ...]] = {}
        for table, nothing, column, known in _WORDS:
            rules[table] = (*rules.get(table, ()), (nothing, column, ids[known]))
        return cls(rules)

    def hides(self, row: Row) -> dict[str, Value]:
        """The columns of a row that hold words of a restricted snapshot, with what stands there instead."""
        found: dict[str, Value] = {}
        for nothing, column, ids in self._rules.get(row.table, ()):
            if row.values[column] in ids:
                found |= nothing
        return found

    def removes(self, row: Row) -> bool:
        """Whether there must be no such row at all."""
        rules = self._rules.get(row.table, ()) if row.table == "passages" else ()
        return any(row.values[column] in ids for _, column, ids in rules)
