"""Which hits belong to a collection or bear a tag: whole pages, claims, and passages by themselves."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archive.index.read.ask import Connection, rows
from archive.index.read.search.pages import plain
from archive.index.read.search.query import unquoted
from archive.index.read.search.ranking import Match

# Filter, the view that holds who belongs to what, and the column of the name.
_GATHERED = {"in": ("standing_collections", "collection"), "tag": ("standing_tags", "tag")}
_NAMED = """WITH said(id) AS (SELECT value FROM json_each(?)),
    named(id) AS (SELECT id FROM said
      UNION SELECT snapshot FROM texts WHERE id IN (SELECT id FROM said)
      UNION SELECT snapshot FROM readings WHERE id IN (SELECT id FROM said))"""
# A visit that brought the same bytes again is searched by the text of the first.
_SNAPSHOTS = f"""{_NAMED} SELECT id FROM named
    UNION SELECT coalesce(p.holder, p.snapshot) FROM payloads p WHERE p.snapshot IN (SELECT id FROM named)"""
_TEXTS = "SELECT id FROM texts WHERE snapshot IN (SELECT value FROM json_each(?))"
_CLAIMS = "SELECT id, text FROM claims WHERE id IN (SELECT value FROM json_each(?))"
_SPANS = 'SELECT text, start, "end" FROM evidence WHERE id IN (SELECT value FROM json_each(?))'


@dataclass(frozen=True, slots=True)
class Members:
    """What a filter lets through. ``spans``: by text, passages gathered; ``texts``: where hits can stand."""

    snapshots: frozenset[str]
    claims: frozenset[str]
    spans: Mapping[str, Sequence[tuple[int, int]]]
    texts: frozenset[str]

    def has(self, match: Match, snapshot: str) -> bool:
        """Whether a hit on the page of a snapshot is a member, or a part of one."""
        if snapshot in self.snapshots:
            return True
        if match.kind == "claim":
            return match.id in self.claims
        return any(start < match.end and match.start < end for start, end in self.spans.get(match.text, ()))


def members(connection: Connection, key: str, names: Sequence[str]) -> Members:
    """What belongs to any of some names: as they are written, else in whatever case and accents."""
    view, column = _GATHERED[key]
    known = [found[0] for found in rows(connection, f"SELECT DISTINCT {column} FROM {view}")]
    wanted = {known_as for name in names for known_as in _meant(name, known)}
    sql = f"SELECT DISTINCT subject FROM {view} WHERE {column} IN (SELECT value FROM json_each(?))"
    subjects = json.dumps([found[0] for found in rows(connection, sql, json.dumps(sorted(wanted)))])
    snapshots = frozenset(found[0] for found in rows(connection, _SNAPSHOTS, subjects))
    claims = {found[0]: found[1] for found in rows(connection, _CLAIMS, subjects)}
    spans: dict[str, list[tuple[int, int]]] = {}
    for text, start, end in rows(connection, _SPANS, subjects):
        spans.setdefault(text, []).append((start, end))
    texts = {found[0] for found in rows(connection, _TEXTS, json.dumps(sorted(snapshots)))}
    return Members(snapshots, frozenset(claims), spans, frozenset(texts | set(claims.values()) | set(spans)))


def _meant(name: str, known: Sequence[str]) -> list[str]:
    """The names that a filter means; what stands in quotation marks cannot hold such marks itself."""
    exact = [one for one in known if unquoted(one) == unquoted(name)]
    return exact or [one for one in known if plain(unquoted(one)) == plain(unquoted(name))]
