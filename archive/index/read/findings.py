"""Findings of readings: what an article claims and cites, where that leads, and who said what of it."""

import json
from dataclasses import dataclass
from typing import Literal

from archive.index.read.ask import Connection, Row, row, rows, value
from archive.index.read.nouns import passage_of, restricted, statement_of
from archive.index.read.readings import citation_of
from archive.index.read.visits import last_hop, leading_to, payload_of
from archive.model import Citation, Claim, Resolution, Verdict
from archive.uri import urlkey

CitationStatus = Literal["captured", "failed", "unresolved", "settled"]


@dataclass(frozen=True, slots=True)
class ReadingHead:
    """A reading, with how many claims it found and how many of them matched."""

    id: str
    snapshot: str
    text: str
    method: str
    creator: str
    created: str
    claims: int
    matched: int
    imported: bool


@dataclass(frozen=True, slots=True)
class CitationState:
    """A citation of a reading and what became of it.

    ``uri``: the address that it leads to; ``snapshot``: the last hop of what it leads to, an error page
    where ``status`` is ``failed``; ``text``: the text in use of that snapshot.
    """

    citation: Citation
    resolution: Resolution | None
    status: CitationStatus
    reason: str | None
    uri: str | None
    snapshot: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Citing:
    """An article that cites a snapshot: through which citation, and for which claims (in text order)."""

    article: str
    uri: str
    title: str | None
    reading: str
    citation: str
    label: str
    claims: tuple[Claim, ...]


def newest_reading(connection: Connection, snapshot_id: str) -> str | None:
    """The reading that is shown for an article; of a revisit without one, that of what it refers to."""
    sql = "SELECT reading FROM newest_readings WHERE snapshot = ?"
    found: str | None = value(connection, sql, snapshot_id)
    if found is None:
        holder = payload_of(connection, snapshot_id)
        found = value(connection, sql, holder.id) if holder and holder.id != snapshot_id else None
    return found


def readings_of(connection: Connection, snapshot_id: str) -> list[ReadingHead]:
    """All readings of an article, the one that is shown first."""
    sql = """SELECT r.*, file LIKE 'imported/%' AS imported,
        (SELECT count(*) FROM reading_claims c WHERE c.reading = r.id) AS claims,
        (SELECT count(*) FROM reading_claims c WHERE c.reading = r.id AND c.outcome = 'matched') AS matched
        FROM readings r WHERE r.snapshot = ? ORDER BY imported, created DESC, id DESC"""
    plain = ("id", "snapshot", "text", "method", "creator", "created", "claims", "matched")
    return [
        ReadingHead(**{name: found[name] for name in plain}, imported=bool(found["imported"]))
        for found in rows(connection, sql, snapshot_id)
    ]


def claim_readings(connection: Connection, claim_id: str) -> list[str]:
    """The readings that hold a claim, newest first."""
    return _holders(connection, "reading_claims", "claim", claim_id)


def evidence_readings(connection: Connection, evidence_id: str) -> list[str]:
    """The readings that hold a piece of evidence, newest first."""
    return _holders(connection, "reading_evidence", "evidence", evidence_id)


def _holders(connection: Connection, table: str, column: str, identifier: str) -> list[str]:
    sql = f"""SELECT id FROM readings WHERE id IN (SELECT reading FROM {table} WHERE {column} = ?)
              ORDER BY file LIKE 'imported/%', created DESC, id DESC"""
    return [found["id"] for found in rows(connection, sql, identifier)]


def citation_states(connection: Connection, reading_id: str) -> list[CitationState]:
    """The citations of a reading in order of first appearance, each with what became of it.

    None while the article is restricted: a citation's label is the article's own words.
    """
    article = value(connection, "SELECT snapshot FROM readings WHERE id = ?", reading_id)
    if article is None or restricted(connection, article):
        return []
    sql = """SELECT q.*, c.text, c.label, c.uri, c.nth FROM reading_citations q
             JOIN citations c ON c.id = q.citation WHERE q.reading = ? ORDER BY q.position, q.citation"""
    return [_state(connection, citation_of(found)) for found in rows(connection, sql, reading_id)]


def _state(connection: Connection, citation: Citation) -> CitationState:
    chosen = row(
        connection,
        """SELECT r.* FROM resolutions_in_force f JOIN resolutions r ON r.id = f.id
           WHERE f.citation = ?""",
        citation.id,
    )
    if chosen is None:
        return CitationState(citation, None, "unresolved", None, None, None, None)
    resolution = _resolution(chosen)
    status, reason = resolution.state, resolution.reason
    here = resolution.snapshot if status in ("resolved", "failed") else None
    if here and not value(connection, "SELECT 1 FROM snapshots WHERE id = ?", here):
        here = None
    if status == "resolved" and here is None:
        status, reason = "failed", reason or "not-here"
    hop = last_hop(connection, here).id if here else None
    # By its row: a restricted text has no words here from which its id could be computed.
    in_use = "SELECT text FROM text_in_use WHERE snapshot = ?"
    text = value(connection, in_use, hop) if hop and status == "resolved" else None
    words: dict[str, CitationStatus] = {
        "resolved": "captured", "failed": "failed", "unresolved": "unresolved", "none": "settled"
    }  # fmt: skip
    return CitationState(citation, resolution, words[status], reason, resolution.uri, hop, text)


def _resolution(found: Row) -> Resolution:
    statement = statement_of("resolution", found)
    assert isinstance(statement, Resolution)
    return statement


def resolutions_of(connection: Connection, citation_id: str) -> list[Resolution]:
    """All resolutions of a citation or entry, the one that counts first."""
    sql = """SELECT * FROM resolutions WHERE citation = ?
             ORDER BY file LIKE 'imported/%', person DESC, created DESC, id DESC"""
    return [_resolution(found) for found in rows(connection, sql, citation_id)]


def verdicts_of(connection: Connection, reading_id: str) -> dict[str, tuple[Verdict, ...]]:
    """The last verdict of each person on the evidence and claims of a reading, by their ids.

    A verdict carries over from an earlier reading where the same passage stands for the same claim.
    """
    sql = """SELECT subject_here, v.* FROM (
          SELECT e.id AS subject_here, f.id AS verdict_id
          FROM (SELECT DISTINCT evidence FROM reading_evidence WHERE reading = ?1) held
          JOIN evidence e ON e.id = held.evidence
          JOIN verdicts_in_force f
            ON f.claim = e.claim AND f.text = e.text AND f.start = e.start AND f."end" = e."end"
          UNION ALL
          SELECT c.claim, f.id FROM reading_claims c
          JOIN verdicts_in_force f ON f.claim = c.claim AND f.text IS NULL WHERE c.reading = ?1)
        JOIN verdicts v ON v.id = verdict_id ORDER BY v.created, v.id"""
    found: dict[str, tuple[Verdict, ...]] = {}
    for line in rows(connection, sql, reading_id):
        verdict = statement_of("verdict", line)
        assert isinstance(verdict, Verdict)
        found[line["subject_here"]] = (*found.get(line["subject_here"], ()), verdict)
    return found


def cited_by(connection: Connection, snapshot_id: str) -> list[Citing]:
    """The articles whose newest readings cite a snapshot, by date of the article's capture."""
    return _citing(connection, leading_to(connection, snapshot_id), None)


def cited_address(connection: Connection, uri: str) -> list[Citing]:
    """The articles whose newest readings cite an address, captured or not, in the same order."""
    here = rows(connection, "SELECT id FROM snapshots WHERE urlkey = ?", urlkey(uri))
    named = {step for found in here for step in leading_to(connection, found["id"])}
    return _citing(connection, sorted(named), urlkey(uri))


def _citing(connection: Connection, snapshots: list[str], key: str | None) -> list[Citing]:
    sql = """SELECT q.article, a.uri, q.reading, q.citation, q.label,
          (SELECT d.title FROM descriptions d WHERE d.snapshot = a.id) AS title
        FROM resolutions r JOIN current_citations q ON q.citation = r.citation AND q.resolution = r.id
        JOIN snapshots a ON a.id = q.article
        WHERE r.snapshot IN (SELECT value FROM json_each(?1)) OR r.urlkey = ?2
        ORDER BY a.timestamp, a.id, q.position, q.citation"""
    return [
        Citing(
            found["article"],
            found["uri"],
            found["title"],
            found["reading"],
            found["citation"],
            found["label"] or "",
            _claims_for(connection, found["reading"], found["citation"]),
        )
        for found in rows(connection, sql, json.dumps(snapshots), key)
    ]


def claims_tied(connection: Connection, reading_id: str, citation_id: str) -> tuple[Claim, ...]:
    """The claims that an author tied to a citation, in text order."""
    sql = """SELECT * FROM claims WHERE id IN (
          SELECT claim FROM claim_citations WHERE reading = ? AND citation = ?) ORDER BY start, "end", id"""
    return tuple(
        Claim(line["text"], passage_of(line)) for line in rows(connection, sql, reading_id, citation_id)
    )


def _claims_for(connection: Connection, reading_id: str, citation_id: str) -> tuple[Claim, ...]:
    """The claims that an author tied to a citation, and those with evidence from its source."""
    sql = """SELECT * FROM claims WHERE id IN (
          SELECT claim FROM claim_citations WHERE reading = ?1 AND citation = ?2
          UNION SELECT e.claim FROM reading_evidence q JOIN evidence e ON e.id = q.evidence
          WHERE q.reading = ?1 AND q.citation = ?2)
        ORDER BY start, "end", id"""
    found = rows(connection, sql, reading_id, citation_id)
    return tuple(Claim(line["text"], passage_of(line)) for line in found)
