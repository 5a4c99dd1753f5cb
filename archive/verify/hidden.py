"""Which rows must hold no words, because the snapshot that they quote is restricted (DESIGN, section 3)."""

import sqlite3
from dataclasses import dataclass, field

from archive.index.fold import Row

_QUOTATION = ("exact", "prefix", "suffix")
# The columns that hold words of a page; passages of a restricted one have no rows at all.
WORDS: dict[str, tuple[str, ...]] = {
    "texts": ("body", "description"),
    "claims": (*_QUOTATION, "pairs"),
    "citations": ("label",),
    "evidence": _QUOTATION,
    "verdicts": _QUOTATION,
    "reading_claims": ("section",),
    "reading_citations": ("mark", "heading", "entry"),
    "reading_evidence": ("signals",),
    "resolutions": ("steps",),
}
_SNAPSHOTS = "SELECT snapshot FROM restrictions WHERE in_force"
_TEXTS = f"""SELECT id FROM texts WHERE snapshot IN ({_SNAPSHOTS})
    UNION SELECT text FROM readings WHERE snapshot IN ({_SNAPSHOTS})
    UNION SELECT json_extract(s.value, '$.text') FROM readings, json_each(readings.sources) s
        WHERE json_extract(s.value, '$.snapshot') IN ({_SNAPSHOTS})"""
_CLAIMS = f"SELECT id FROM claims WHERE text IN ({_TEXTS})"
_CITATIONS = f"SELECT id FROM citations WHERE text IN ({_TEXTS})"
_EVIDENCE = f"SELECT id FROM evidence WHERE text IN ({_TEXTS}) OR claim IN ({_CLAIMS})"

Ids = frozenset[str]
_NONE: Ids = frozenset()


@dataclass(frozen=True, slots=True)
class Hidden:
    """The ids of restricted snapshots, and of what quotes them."""

    snapshots: Ids = _NONE
    texts: Ids = _NONE
    claims: Ids = _NONE
    citations: Ids = _NONE
    evidence: Ids = _NONE
    _by: dict[str, tuple[str, Ids]] = field(default_factory=dict)

    @classmethod
    def of(cls, connection: sqlite3.Connection) -> "Hidden":
        """What is hidden in an index; nothing, at no cost, where nothing is restricted."""
        if connection.execute(f"{_SNAPSHOTS} LIMIT 1").fetchone() is None:
            return cls()
        ids = [
            frozenset(str(found[0]) for found in connection.execute(sql))
            for sql in (_SNAPSHOTS, _TEXTS, _CLAIMS, _CITATIONS, _EVIDENCE)
        ]
        snapshots, texts, claims, citations, evidence = ids
        quoting = dict.fromkeys(("claims", "citations", "evidence", "verdicts", "passages"), ("text", texts))
        standing = {
            "texts": ("snapshot", snapshots),
            "reading_claims": ("claim", claims),
            "reading_citations": ("citation", citations),
            "reading_evidence": ("evidence", evidence),
            "resolutions": ("citation", citations),
        }
        return cls(snapshots, texts, claims, citations, evidence, quoting | standing)

    def hides(self, row: Row) -> bool:
        """Whether this row's words belong to a restricted snapshot."""
        column, ids = self._by.get(row.table, ("", _NONE))
        return bool(column) and row.values[column] in ids
