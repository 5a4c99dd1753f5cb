"""Any noun as a document: its fields, and the ids that it hangs on."""

from collections.abc import Callable

from archive import anchor
from archive.documents.articles import article_document, reading_document
from archive.documents.citing import described
from archive.documents.shape import Document, hidden, shape, tombstone, verdict_shape
from archive.index import read
from archive.index.read import Connection
from archive.index.read.pointers import citation, citation_readings
from archive.model import KINDS, Snapshot, Statement


def noun_document(connection: Connection, identifier: str) -> Document | None:
    """What an id names: an article whole, any other noun with its fields; None where it names nothing."""
    kind = read.kind_of(connection, identifier)
    if kind is None:
        return None
    return _MAKERS.get(kind, _statement)(connection, identifier)


def snapshot_document(connection: Connection, identifier: str) -> Document | None:
    """A snapshot (or requisite): provenance, text in use, what cites it, other visits to its address."""
    requisite = read.requisite(connection, identifier)
    snapshot = read.snapshot(connection, identifier) or (requisite.answer if requisite else None)
    if snapshot is None:
        return None
    return tombstone(connection, identifier) or _snapshot(
        connection, snapshot, "requisite" if requisite else "snapshot"
    )


def passage_document(connection: Connection, text_id: str, start: int, end: int) -> Document | None:
    """A span of a text with its locator; None where there is no such text or span."""
    text = read.text(connection, text_id)
    if text is None:
        return None
    gone = tombstone(connection, text.snapshot)
    if gone or not 0 <= start < end <= len(text.body):
        return gone
    return {
        "kind": "passage",
        "text": text_id,
        "snapshot": text.snapshot,
        **shape(anchor.describe(text.body, start, end)),
        "locator": anchor.locator(text.body, text.pages, start, end),
    }


def _article_or_snapshot(connection: Connection, identifier: str) -> Document | None:
    return article_document(connection, identifier) or snapshot_document(connection, identifier)


def _snapshot(connection: Connection, snapshot: Snapshot, kind: str) -> Document:
    holder = read.payload_of(connection, snapshot.id) if kind == "snapshot" else snapshot
    text = read.text_in_use(connection, snapshot.id)
    metadata, key = described(connection, snapshot.id)
    return {
        "kind": kind,
        "id": snapshot.id,
        **shape(snapshot),
        "payload": holder.id if holder else None,
        "text": text.id if text else None,
        "metadata": shape(metadata),
        "cite_key": key,
        "imported_as": read.imported_as(connection, snapshot.place.file),
        "readings": [head.id for head in read.readings_of(connection, snapshot.id)],
        "cited_by": [
            {
                "article": citing.article,
                "citation": citing.citation,
                "claims": [claim.id for claim in citing.claims],
            }
            for citing in read.cited_by(connection, snapshot.id)
        ],
        "others": [
            other.id for other in read.snapshots_of(connection, snapshot.uri) if other.id != snapshot.id
        ],
    }


def _text(connection: Connection, identifier: str) -> Document | None:
    text = read.text(connection, identifier)
    if text is None:
        return None
    return tombstone(connection, text.snapshot) or {"kind": "text", "id": identifier, **shape(text)}


def _claim(connection: Connection, identifier: str) -> Document | None:
    claim = read.claim(connection, identifier)
    text = read.text(connection, claim.text) if claim else None
    if claim is None:
        return None
    if text and (gone := tombstone(connection, text.snapshot)):
        return gone
    readings = read.claim_readings(connection, identifier)
    newest = reading_document(connection, readings[0]) if readings else None
    found: Document = next((one for one in (newest or {}).get("claims", []) if one["id"] == identifier), {})
    return {
        "kind": "claim",
        "id": identifier,
        "text": claim.text,
        **shape(claim.passage),
        "article": text.snapshot if text else None,
        "readings": readings,
        **{key: found.get(key) for key in ("outcome", "citations", "verdicts", "evidence")},
    }


def _evidence(connection: Connection, identifier: str) -> Document | None:
    held = read.evidence_span(connection, identifier)
    if held is None:
        return None
    claim_id, text_id, passage = held
    source, claim = read.text(connection, text_id), read.claim(connection, claim_id)
    article = read.text(connection, claim.text) if claim else None
    for text in (article, source):
        if text and (gone := tombstone(connection, text.snapshot)):
            return gone
    readings = read.evidence_readings(connection, identifier)
    newest = read.reading(connection, readings[0]) if readings else None
    verdicts = read.verdicts_of(connection, readings[0]) if readings else {}
    return {
        "kind": "evidence",
        "id": identifier,
        "claim": claim_id,
        "text": text_id,
        "snapshot": source.snapshot if source else None,
        **shape(passage),
        "readings": readings,
        "stands": [
            {
                key: shape(getattr(piece, key))
                for key in ("citation", "tied", "how", "rank", "score", "signals")
            }
            for piece in (newest.evidence if newest else ())
            if piece.id == identifier
        ],
        "verdicts": verdict_shape(verdicts.get(identifier, ())),
    }


def _citation(connection: Connection, identifier: str) -> Document | None:
    cited = citation(connection, identifier)
    text = read.text(connection, cited.text) if cited else None
    if text and hidden(connection, text.snapshot):
        return tombstone(connection, text.snapshot)
    readings = citation_readings(connection, identifier)
    tied = read.claims_tied(connection, readings[0], identifier) if readings else ()
    return {
        "kind": "citation",
        "id": identifier,
        "citation": shape(cited),
        "article": text.snapshot if text else None,
        "claims": [claim.id for claim in tied],
        "readings": readings,
        "resolutions": shape(read.resolutions_of(connection, identifier)),
    }


def _entry(connection: Connection, identifier: str) -> Document | None:
    entry = read.entry(connection, identifier)
    if entry is None:
        return None
    stands = read.resolution_in_force(connection, identifier)
    return {
        **statement_document(entry),
        "snapshot": stands.snapshot if stands else None,
        "tags": [one.tag for one in read.tags_on(connection, identifier)],
        "collections": [one.collection for one in read.collections_on(connection, identifier)],
        "notes": [one.note for one in read.notes_on(connection, identifier)],
        "resolutions": shape(read.resolutions_of(connection, identifier)),
    }


def _reading(connection: Connection, identifier: str) -> Document | None:
    document = reading_document(connection, identifier)
    return {"kind": "reading", "id": identifier, **document} if document else None


def _failure(connection: Connection, identifier: str) -> Document | None:
    failure = read.failure(connection, identifier)
    if failure is None:
        return None
    kept = ("uri", "date", "reason", "detail", "role")
    return {"kind": "failure", "id": identifier, **{key: getattr(failure, key) for key in kept}}


def statement_document(statement: Statement) -> Document:
    """What somebody said, with its kind; where its record lies only once it is stored."""
    kind = next(kind for kind, noun in KINDS.items() if type(statement) is noun)
    said = {"kind": kind, **shape(statement)}
    if statement.place is None or not statement.place.file:
        del said["place"]
    return said


def _statement(connection: Connection, identifier: str) -> Document | None:
    statement = read.statement(connection, identifier)
    return statement_document(statement) if statement else None


_MAKERS: dict[str, Callable[[Connection, str], Document | None]] = {
    "snapshot": _article_or_snapshot,
    "requisite": snapshot_document,
    "text": _text,
    "claim": _claim,
    "citation": _citation,
    "evidence": _evidence,
    "entry": _entry,
    "reading": _reading,
    "failure": _failure,
}
