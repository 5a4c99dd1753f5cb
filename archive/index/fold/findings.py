"""A reading as rows: what it found, and how each finding stands in it. Pure."""

from collections.abc import Iterator
from dataclasses import asdict

from archive.index.fold.row import Row, Value, as_json, place_of, record_of, span_of
from archive.index.pairs import pairs
from archive.model import Reading


def reading(reading: Reading) -> Iterator[Row]:
    """A reading with its claims, citations and evidence, which other readings may hold too."""
    article = reading.article
    values: dict[str, Value] = {
        "id": reading.id,
        "snapshot": article.snapshot,
        "text": article.text,
        "uri": article.uri,
        "date": article.date,
        "digest": article.digest,
        "method": reading.method,
        "creator": reading.creator,
        "created": reading.created,
        "sources": as_json([asdict(source) for source in reading.sources]),
    }
    yield Row("readings", {**values, **place_of(reading.place)})
    where = record_of(reading.place)
    for part in (_claims, _citations, _evidence):
        for row in part(reading):
            yield Row(row.table, {**row.values, **where})


def _claims(reading: Reading) -> Iterator[Row]:
    outcomes = {outcome.claim: outcome for outcome in reading.outcomes}
    for position, claim in enumerate(reading.claims):
        identifier = claim.id
        words: dict[str, Value] = {"pairs": pairs(claim.passage.exact)}
        yield Row("claims", {"id": identifier, "text": claim.text, **span_of(claim.passage), **words})
        outcome = outcomes.get(identifier)
        held: dict[str, Value] = {"reading": reading.id, "claim": identifier}
        became: dict[str, Value] = {
            "position": position,
            "outcome": outcome.outcome if outcome else None,
            "section": outcome.section if outcome else None,
        }
        yield Row("reading_claims", {**held, **became})
        for nth, citation in enumerate(outcome.citations if outcome else ()):
            yield Row("claim_citations", {**held, "citation": citation, "position": nth})


def _citations(reading: Reading) -> Iterator[Row]:
    for position, citation in enumerate(reading.citations):
        identifier = citation.id
        words: dict[str, Value] = {"label": citation.label, "uri": citation.uri, "nth": citation.nth}
        yield Row("citations", {"id": identifier, "text": citation.text, **words})
        held: dict[str, Value] = {
            "reading": reading.id,
            "citation": identifier,
            "position": position,
            "kind": citation.kind,
            "start": citation.start,
            "end": citation.end,
            "mark": citation.mark,
            "heading": citation.heading,
            "entry": as_json(asdict(citation.entry)),
        }
        yield Row("reading_citations", held)


def _evidence(reading: Reading) -> Iterator[Row]:
    for position, evidence in enumerate(reading.evidence):
        identifier = evidence.id
        found: dict[str, Value] = {"claim": evidence.claim, "text": evidence.text, "method": evidence.method}
        yield Row("evidence", {"id": identifier, **found, **span_of(evidence.passage)})
        held: dict[str, Value] = {
            "reading": reading.id,
            "evidence": identifier,
            "citation": evidence.citation,
            "position": position,
            "tied": evidence.tied,
            "how": evidence.how,
            "rank": evidence.rank,
            "score": float(evidence.score),
            "signals": as_json(asdict(evidence.signals)),
        }
        yield Row("reading_evidence", held)
