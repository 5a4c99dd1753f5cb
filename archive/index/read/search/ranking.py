"""What matches, best first, as a stream; batches are ranked whole, order never depends on row numbers."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from typing import Literal

from archive.index.read.ask import Connection, rows

Kind = Literal["passage", "claim"]
# Enough for the facets of a page in one batch; each further one is larger, for each asks FTS5 anew.
_FIRST = 2_000
_GROWTH = 8


@dataclass(frozen=True, slots=True)
class Match:
    """A passage (``id`` is its text's) or a claim that matched; ``n``: its row, ``text``: where it stands."""

    kind: Kind
    n: int
    id: str
    text: str
    start: int
    end: int
    score: float

    @property
    def key(self) -> tuple[float, bool, str, int]:
        """Its place in any list: by score, and where scores are equal by content alone."""
        return -self.score, self.kind == "claim", self.id, self.start


@dataclass(frozen=True, slots=True)
class Place:
    """After which match to go on; written and read as a part of an address."""

    score: float
    claim: bool
    id: str
    start: int

    @classmethod
    def of(cls, match: Match) -> "Place":
        """The place of a match."""
        return cls(match.score, match.kind == "claim", match.id, match.start)

    @classmethod
    def parse(cls, written: str) -> "Place | None":
        """The place that an address names; None where it names none.

        >>> Place.parse(str(Place(1.5, True, "rrv0251mat3ak3ne", 7))), Place.parse("x")
        (Place(score=1.5, claim=True, id='rrv0251mat3ak3ne', start=7), None)
        """
        try:
            score, kind, identifier, start = written.split("_")
            found = cls(float(score), kind == "claim", identifier, int(start))
        except ValueError:
            return None
        return found if math.isfinite(found.score) and kind in ("claim", "passage") else None

    def __str__(self) -> str:
        return f"{self.score!r}_{'claim' if self.claim else 'passage'}_{self.id}_{self.start}"

    @property
    def key(self) -> tuple[float, bool, str, int]:
        """As of the match."""
        return -self.score, self.claim, self.id, self.start


# Ranked in FTS5 alone; only the best rows are then looked up. All that share the last score come along.
# CROSS JOIN keeps SQLite from asking FTS5 once for each row of the other table.
_BATCH = """
    WITH found AS MATERIALIZED (
      SELECT {fts}.rowid AS n, round(-bm25({fts}), 9) AS score
      FROM {fts} {narrowed} WHERE {fts} MATCH ?1 {among})
    SELECT r.n, r.{id} AS id, r.text, r.start, r."end", found.score
    FROM found CROSS JOIN {table} r ON r.n = found.n
    WHERE found.score < ?2 AND found.score >= coalesce(
      (SELECT score FROM found WHERE score < ?2 ORDER BY score DESC LIMIT 1 OFFSET ?3), -1e308)
    ORDER BY found.score DESC, id, r.start"""
_TABLES: dict[Kind, tuple[str, str, str]] = {
    "passage": ("passages", "passages_fts", "text"),
    "claim": ("claims", "claims_fts", "id"),
}


@dataclass(frozen=True, slots=True)
class Ranking:
    """A search: an FTS5 expression, in which kinds, and (JSON list) in which texts alone."""

    connection: Connection
    match: str
    kinds: tuple[Kind, ...]
    texts: str | None = None

    def after(self, place: Place | None) -> Iterator[Match]:
        """All matches in order, after a place."""
        streams = [self._stream(kind, place) for kind in self.kinds]
        for match in merge(*streams, key=lambda match: match.key):
            if place is None or match.key > place.key:
                yield match

    def _stream(self, kind: Kind, place: Place | None) -> Iterator[Match]:
        below = math.nextafter(place.score, math.inf) if place else math.inf
        size = _FIRST
        while batch := self._batch(kind, below, size):
            yield from batch
            below, size = batch[-1].score, size * _GROWTH

    def _batch(self, kind: Kind, below: float, size: int) -> list[Match]:
        table, fts, identifier = _TABLES[kind]
        narrowed = f"CROSS JOIN {table} p ON p.n = {fts}.rowid" if self.texts is not None else ""
        among = "AND p.text IN (SELECT value FROM json_each(?4))" if narrowed else ""
        sql = _BATCH.format(fts=fts, table=table, id=identifier, narrowed=narrowed, among=among)
        values = (self.match, below, size - 1, *((self.texts,) if narrowed else ()))
        return [Match(kind, *found) for found in rows(self.connection, sql, *values)]
