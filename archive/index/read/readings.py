"""A whole reading from its rows, as its record states it."""

import json
from collections import defaultdict
from typing import Any

from archive.index.read.ask import Connection, Row, frozen, row, rows
from archive.index.read.nouns import passage_of, place_of, restricted
from archive.model import (
    Bibliographic,
    Citation,
    Claim,
    ClaimOutcome,
    Evidence,
    Reading,
    Signals,
    SourceText,
)


def reading(connection: Connection, identifier: str) -> Reading | None:
    """The reading with this id, whole; None while its article is restricted.

    Evidence from a restricted source keeps its place and has no words.
    """
    found = row(connection, "SELECT * FROM readings WHERE id = ?", identifier)
    if found is None or restricted(connection, found["snapshot"]):
        return None
    article = SourceText(found["text"], found["snapshot"], found["uri"], found["date"], found["digest"])
    return Reading(
        article=article,
        method=found["method"],
        creator=found["creator"],
        created=found["created"],
        claims=_claims(connection, identifier),
        outcomes=_outcomes(connection, identifier),
        citations=_citations(connection, identifier),
        evidence=_evidence(connection, identifier),
        sources=tuple(SourceText(**source) for source in json.loads(found["sources"])),
        id=identifier,
        place=place_of(found),
    )


def _claims(connection: Connection, identifier: str) -> tuple[Claim, ...]:
    sql = """SELECT c.* FROM reading_claims q JOIN claims c ON c.id = q.claim
             WHERE q.reading = ? ORDER BY q.position, q.claim"""
    return tuple(Claim(line["text"], passage_of(line)) for line in rows(connection, sql, identifier))


def _outcomes(connection: Connection, identifier: str) -> tuple[ClaimOutcome, ...]:
    tied: dict[str, list[str]] = defaultdict(list)
    sql = "SELECT claim, citation FROM claim_citations WHERE reading = ? ORDER BY position, citation"
    for line in rows(connection, sql, identifier):
        tied[line["claim"]].append(line["citation"])
    sql = """SELECT claim, outcome, section FROM reading_claims
             WHERE reading = ? AND outcome IS NOT NULL ORDER BY position, claim"""
    return tuple(
        ClaimOutcome(line["claim"], line["outcome"], tuple(tied[line["claim"]]), line["section"])
        for line in rows(connection, sql, identifier)
    )


def _citations(connection: Connection, identifier: str) -> tuple[Citation, ...]:
    sql = """SELECT q.*, c.text, c.label, c.uri, c.nth FROM reading_citations q
             JOIN citations c ON c.id = q.citation WHERE q.reading = ? ORDER BY q.position, q.citation"""
    return tuple(citation_of(line) for line in rows(connection, sql, identifier))


def citation_of(found: Row) -> Citation:
    """The citation that a row of ``citations`` and its row in ``reading_citations`` state together."""
    entry = json.loads(found["entry"]) if found["entry"] else {}
    return Citation(
        text=found["text"],
        label=found["label"] or "",
        uri=found["uri"],
        nth=found["nth"],
        kind=found["kind"],
        start=found["start"],
        end=found["end"],
        mark=found["mark"],
        heading=found["heading"],
        entry=Bibliographic(**{**entry, "authors": tuple(entry.get("authors", ()))}),
    )


def _evidence(connection: Connection, identifier: str) -> tuple[Evidence, ...]:
    sql = """SELECT q.*, e.claim, e.text, e.start, e."end", e.method, e.exact, e.prefix, e.suffix
             FROM reading_evidence q JOIN evidence e ON e.id = q.evidence
             WHERE q.reading = ? ORDER BY q.position, q.evidence, q.citation"""
    plain = ("claim", "text", "method", "citation", "tied", "how", "rank", "score")
    return tuple(
        Evidence(
            **{name: line[name] for name in plain},
            passage=passage_of(line),
            signals=signals_of(line["signals"]),
        )
        for line in rows(connection, sql, identifier)
    )


def signals_of(column: str | None) -> Signals:
    """The signals of a row; none while they are restricted."""
    said: dict[str, Any] = json.loads(column) if column else {}
    return Signals(**{name: frozen(value) for name, value in said.items()})
