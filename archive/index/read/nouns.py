"""Rows as the nouns that they state: snapshots, requisites, failures, texts, claims, statements."""

import json
from dataclasses import dataclass, fields
from typing import Any

from archive.index.hiding import OF_SNAPSHOT
from archive.index.read.ask import Connection, Row, listed, row, value
from archive.model import (
    KINDS,
    Candidate,
    Claim,
    Failure,
    Heading,
    Metadata,
    Origin,
    PageDate,
    Passage,
    Place,
    Provenance,
    Reference,
    Requisite,
    Restriction,
    Snapshot,
    Statement,
    Step,
    Text,
)

# Which table holds which kind; also the order in which an id is looked up (no two nouns share one).
TABLES = {
    "snapshot": "snapshots",
    "requisite": "requisites",
    "text": "texts",
    "claim": "claims",
    "citation": "citations",
    "evidence": "evidence",
    "reading": "readings",
    "failure": "failures",
    "resolution": "resolutions",
    "verdict": "verdicts",
    "correction": "corrections",
    "entry": "entries",
    "sameness": "samenesses",
    "tag": "tags",
    "collection": "collections",
    "note": "notes",
    "restriction": "restrictions",
}
_KIND_OF = " UNION ALL ".join(
    f"SELECT '{kind}', {order} FROM {table} WHERE id = ?1"
    for order, (kind, table) in enumerate(TABLES.items())
)


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of a snapshot's page: extracted, with people's corrections applied."""

    snapshot: str
    text: str | None
    title: str | None
    authors: tuple[str, ...]
    date: str | None
    date_iso: str | None
    date_rule: str | None
    site: str | None
    language: str | None
    cite_key: str | None


def kind_of(connection: Connection, identifier: str) -> str | None:
    """What an id names: ``snapshot``, ``text``, ``claim`` … or None."""
    found: str | None = value(connection, f"{_KIND_OF} ORDER BY 2 LIMIT 1", identifier)
    return found


def snapshot(connection: Connection, identifier: str) -> Snapshot | None:
    """The snapshot with this id."""
    found = row(connection, "SELECT * FROM snapshots WHERE id = ?", identifier)
    return snapshot_of(found) if found else None


def requisite(connection: Connection, identifier: str) -> Requisite | None:
    """The requisite with this id."""
    found = row(connection, "SELECT * FROM requisites WHERE id = ?", identifier)
    return Requisite(snapshot_of(found)) if found else None


def failure(connection: Connection, identifier: str) -> Failure | None:
    """The failure with this id; the bytes of its request stay in the WARC."""
    found = row(connection, "SELECT * FROM failures WHERE id = ?", identifier)
    if found is None:
        return None
    said = {key: found[key] for key in ("uri", "date", "reason", "detail", "role", "id")}
    return Failure(**said, place=place_of(found))


def text(connection: Connection, identifier: str) -> Text | None:
    """The text with this id. Of a restricted snapshot it has no body, and ``reason`` is ``restricted``."""
    found = row(connection, "SELECT * FROM texts WHERE id = ?", identifier)
    return text_of(found) if found else None


def text_in_use(connection: Connection, snapshot_id: str) -> Text | None:
    """The text that is shown for a snapshot; of a revisit that of the snapshot it refers to."""
    sql = "SELECT t.* FROM text_in_use u JOIN texts t ON t.id = u.text WHERE u.snapshot = ?"
    found = row(connection, sql, snapshot_id)
    return text_of(found) if found else None


def description(connection: Connection, snapshot_id: str) -> Description | None:
    """Title, authors, date and so on of a snapshot, with people's corrections applied."""
    found = row(connection, "SELECT * FROM descriptions WHERE snapshot = ?", snapshot_id)
    if found is None:
        return None
    said = {field.name: found[field.name] for field in fields(Description)}
    return Description(**{**said, "authors": listed(found["authors"])})


def claim(connection: Connection, identifier: str) -> Claim | None:
    """The claim with this id; its words are empty while its article is restricted."""
    found = row(connection, "SELECT * FROM claims WHERE id = ?", identifier)
    return Claim(found["text"], passage_of(found)) if found else None


def evidence_span(connection: Connection, identifier: str) -> tuple[str, str, Passage] | None:
    """Claim, source text and passage of the evidence with this id, whichever readings hold it."""
    found = row(connection, "SELECT * FROM evidence WHERE id = ?", identifier)
    return (found["claim"], found["text"], passage_of(found)) if found else None


def restricted(connection: Connection, snapshot_id: str) -> Restriction | None:
    """The restriction that hides a snapshot, if one does; of several the newest."""
    if not anything_restricted(connection):
        return None  # of 10,000 visits that brought the same bytes, each would be looked at
    sql = f"""SELECT * FROM restrictions WHERE id IN ({OF_SNAPSHOT})
             ORDER BY created DESC, id DESC LIMIT 1"""
    found = row(connection, sql, snapshot_id)
    if found is None:
        return None
    statement = statement_of("restriction", found)
    assert isinstance(statement, Restriction)
    return statement


def anything_restricted(connection: Connection) -> bool:
    """Whether any restriction hides something."""
    return value(connection, "SELECT 1 FROM restrictions WHERE in_force = 1 LIMIT 1") is not None


def statement(connection: Connection, identifier: str) -> Statement | None:
    """The resolution, verdict, correction, entry, sameness, tag … with this id."""
    for kind in KINDS:
        found = row(connection, f"SELECT * FROM {TABLES[kind]} WHERE id = ?", identifier)
        if found:
            return statement_of(kind, found)
    return None


def place_of(found: Row) -> Place:
    """Where the record that states a row lies."""
    return Place(found["file"], found["offset"], found["length"])


def passage_of(found: Row) -> Passage:
    """The passage of a row; the words are empty where they are restricted."""
    return Passage(
        found["start"], found["end"], found["exact"] or "", found["prefix"] or "", found["suffix"] or ""
    )


def snapshot_of(found: Row) -> Snapshot:
    """The snapshot that a row of ``snapshots`` or ``requisites`` states."""
    plain = ("uri", "date", "digest", "record_type", "record_id", "status", "mime", "media", "payload_length")
    more = ("redirects_to", "truncated", "ip", "name", "fault")
    return Snapshot(
        **{name: found[name] for name in plain + more},
        place=place_of(found),
        origin=Origin(found["origin"], found["origin_detail"]),
        refers_to=_reference(found),
        protocols=listed(found["protocols"]),
        provenance=_provenance(found["provenance"]),
    )


def _reference(found: Row) -> Reference | None:
    said = (found["refers_to_id"], found["refers_to_uri"], found["refers_to_date"])
    return Reference(*said) if any(said) or found["record_type"] == "revisit" else None


def _provenance(column: str | None) -> Provenance | None:
    if column is None:
        return None
    said = json.loads(column)
    lists = {name: tuple(said[name]) for name in ("certificates", "dns")}
    return Provenance(**{**said, **lists})


def text_of(found: Row) -> Text:
    """The text that a row of ``texts`` states."""
    date = (
        PageDate(found["date"], found["date_iso"], found["date_rule"])
        if found["date_rule"] is not None
        else None
    )
    plain = ("title", "site", "language", "licence", "description", "canonical", "doi")
    metadata = Metadata(
        **{name: found[name] for name in plain},
        authors=listed(found["authors"]),
        date=date,
        robots=listed(found["robots"]),
    )
    return Text(
        snapshot=found["snapshot"],
        extractor=found["extractor"],
        body=found["body"] or "",
        metadata=metadata,
        headings=tuple(Heading(*pair) for pair in listed(found["headings"])),
        pages=listed(found["pages"]),
        share=found["share"],
        reason="restricted" if found["body"] is None else found["reason"],
        cite_key=found["cite_key"],
        place=place_of(found),
    )


def statement_of(kind: str, found: Row) -> Statement:
    """The statement that a row states; columns have the names of its fields, but for a few."""
    held = set(found.keys())
    said: dict[str, Any] = {f.name: found[f.name] for f in fields(KINDS[kind]) if f.name in held}
    if kind == "resolution":
        said["person"] = bool(said["person"])
        said["steps"] = tuple(Step(**step) for step in json.loads(found["steps"] or "[]"))
        said["candidates"] = tuple(Candidate(**near) for near in json.loads(found["candidates"]))
    elif kind == "verdict":
        said["passage"] = None if found["start"] is None else passage_of(found)
    elif kind == "correction":
        said["values"] = listed(found["value"])
    elif kind == "entry":
        said["authors"] = listed(found["authors"])
    return KINDS[kind](**{**said, "place": place_of(found)})
