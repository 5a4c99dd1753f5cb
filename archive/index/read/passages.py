"""Passages of a text that readings point to, and the claims that they stand beside."""

from dataclasses import dataclass

from archive.index.read.ask import Connection, rows
from archive.index.read.nouns import passage_of
from archive.model import Passage


@dataclass(frozen=True, slots=True)
class CitingClaim:
    """A claim for which a passage is the closest of its source: its id, its words, its article."""

    id: str
    exact: str
    article: str


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """A passage of a source's text, and the claims of newest readings that it is closest to."""

    passage: Passage
    claims: tuple[CitingClaim, ...]


def cited_passages(connection: Connection, text_id: str) -> list[CitedPassage]:
    """For each claim of a newest reading the passage of this text that is closest to it, in text order.

    None of a restricted source or article: their words are not in the index.
    """
    sql = """SELECT e.start, e."end", e.exact, e.prefix, e.suffix, e.claim, min(q.rank),
          k.exact AS words, n.snapshot AS article
        FROM evidence e JOIN reading_evidence q ON q.evidence = e.id
        JOIN newest_readings n ON n.reading = q.reading JOIN claims k ON k.id = e.claim
        WHERE e.text = ? AND e.exact IS NOT NULL AND k.exact IS NOT NULL
        GROUP BY e.claim, n.snapshot ORDER BY e.start, e."end", n.snapshot, k.start, e.claim"""
    found: dict[Passage, list[CitingClaim]] = {}
    for line in rows(connection, sql, text_id):
        claim = CitingClaim(line["claim"], line["words"], line["article"])
        found.setdefault(passage_of(line), []).append(claim)
    return [CitedPassage(passage, tuple(claims)) for passage, claims in found.items()]
