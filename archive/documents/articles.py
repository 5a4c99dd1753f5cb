"""An article with its claims, citations and evidence: the document of `show ARTICLE`."""

from archive.documents.shape import Document, shape, tombstone, verdict_shape
from archive.index import read
from archive.index.read import CitationState, Connection
from archive.model import Claim, ClaimOutcome, Evidence, Reading, Verdict

Verdicts = dict[str, tuple[Verdict, ...]]


def article_document(connection: Connection, snapshot_id: str) -> Document | None:
    """The newest reading of an article, or its tombstone; None where the snapshot has no reading."""
    reading_id = read.newest_reading(connection, snapshot_id)
    return reading_document(connection, reading_id, snapshot_id) if reading_id else None


def reading_document(
    connection: Connection, reading_id: str, snapshot_id: str | None = None
) -> Document | None:
    """One reading, whole; ``snapshot_id`` where the article is a revisit of the snapshot that was read."""
    reading = read.reading(connection, reading_id)
    if reading is None:
        return None
    article = snapshot_id or reading.article.snapshot
    return tombstone(connection, article) or _whole(connection, reading, article)


def _whole(connection: Connection, reading: Reading, article: str) -> Document:
    verdicts = read.verdicts_of(connection, reading.id)
    description = read.description(connection, article)
    states = read.citation_states(connection, reading.id)
    return {
        "uri": reading.article.uri,
        "snapshot": article,
        "text": reading.article.text,
        "title": description.title if description else None,
        "reading": reading.id,
        "method": reading.method,
        "created": reading.created,
        "claims": _claims(reading, verdicts),
        "evidence": len(reading.evidence),
        "failure": None,
        "citations": [_citation(state) for state in states],
    }


def _citation(state: CitationState) -> Document:
    citation = state.citation
    return {
        "id": citation.id,
        "kind": citation.kind,
        "label": citation.label,
        "uri": state.uri or citation.uri,
        "status": state.status,
        "reason": state.reason,
        "snapshot": state.snapshot,
    }


def _claims(reading: Reading, verdicts: Verdicts) -> list[Document]:
    outcomes = {outcome.claim: outcome for outcome in reading.outcomes}
    found: dict[str, list[Document]] = {}
    for evidence in sorted(
        reading.evidence, key=lambda piece: (piece.rank, -piece.score, piece.id, piece.citation)
    ):
        found.setdefault(evidence.claim, []).append(_evidence(evidence, reading, verdicts))
    return [
        _claim(claim, outcomes.get(claim.id), found.get(claim.id, []), verdicts) for claim in reading.claims
    ]


def _claim(
    claim: Claim, outcome: ClaimOutcome | None, evidence: list[Document], verdicts: Verdicts
) -> Document:
    return {
        "id": claim.id,
        "start": claim.passage.start,
        "end": claim.passage.end,
        "exact": claim.passage.exact,
        "outcome": outcome.outcome if outcome else None,
        "citations": list(outcome.citations) if outcome else [],
        "verdicts": verdict_shape(verdicts.get(claim.id, ())),
        "evidence": evidence,
    }


def _evidence(evidence: Evidence, reading: Reading, verdicts: Verdicts) -> Document:
    source = next((source for source in reading.sources if source.text == evidence.text), None)
    return {
        "id": evidence.id,
        "citation": evidence.citation,
        "tied": evidence.tied,
        "snapshot": source.snapshot if source else None,
        "uri": source.uri if source else None,
        "text": evidence.text,
        **shape(evidence.passage),
        "how": evidence.how,
        "score": evidence.score,
        "signals": shape(evidence.signals),
        "verdicts": verdict_shape(verdicts.get(evidence.id, ())),
    }
