"""Lists for the pages: articles, sources, what is lost, what is unresolved, what is in here."""

import json
from dataclasses import dataclass

from archive.index.read.ask import Connection, listed, rows, value
from archive.model import Candidate, StoredWarc


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article and what became of its claims and citations; corrected by people."""

    snapshot: str
    uri: str
    title: str | None
    authors: tuple[str, ...]
    date: str | None
    captured: str
    reading: str
    claims: int
    matched: int
    citations: int
    captured_sources: int
    lost: int
    unresolved: int
    judged: int


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source under the address that is captured or cited most, with its newest cited snapshot."""

    urlkey: str
    uri: str
    title: str | None
    authors: tuple[str, ...]
    date: str | None
    site: str | None
    snapshot: str | None
    captured: str | None
    status: str
    citations: int
    articles: int
    addresses: int


@dataclass(frozen=True, slots=True)
class LostRow:
    """A cited address that is gone: ``snapshot`` is the error page, ``good`` an older good copy, if any."""

    urlkey: str
    uri: str
    reason: str
    snapshot: str | None
    failure: str | None
    visited: str
    good: str | None
    citations: int
    articles: int


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A citation of which nobody knows yet where it leads."""

    citation: str
    article: str
    label: str
    reason: str | None
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class UnresolvedEntry:
    """A source that a person named, of which nobody knows yet where it leads."""

    entry: str
    title: str
    authors: tuple[str, ...]
    date: str | None
    uri: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Stats:
    """How many of each there are; ``bytes`` of all WARC files, ``characters`` of all texts."""

    warcs: int
    bytes: int
    damage: int
    snapshots: int
    requisites: int
    failures: int
    texts: int
    characters: int
    articles: int
    readings: int
    claims: int
    citations: int
    evidence: int
    resolutions: int
    verdicts: int
    corrections: int
    restrictions: int
    sources: int
    lost: int
    unresolved: int


def articles(connection: Connection, limit: int, offset: int = 0) -> list[ArticleRow]:
    """The articles, those captured last first."""
    # The page's articles first: only their citations are then counted, not those of all.
    sql = """SELECT a.* FROM (
          SELECT n.snapshot, coalesce(s.date, r.date) AS captured
          FROM newest_readings n JOIN readings r ON r.id = n.reading
          LEFT JOIN snapshots s ON s.id = n.snapshot
          ORDER BY captured DESC, n.snapshot LIMIT ? OFFSET ?) page
        JOIN articles a ON a.snapshot = page.snapshot ORDER BY a.captured DESC, a.snapshot"""
    plain = [name for name in ArticleRow.__slots__ if name != "authors"]
    return [
        ArticleRow(**{name: found[name] for name in plain}, authors=listed(found["authors"]))
        for found in rows(connection, sql, limit, offset)
    ]


def sources(connection: Connection, limit: int, offset: int = 0) -> list[SourceRow]:
    """The cited addresses, the most cited first."""
    sql = "SELECT * FROM sources ORDER BY articles DESC, citations DESC, urlkey LIMIT ? OFFSET ?"
    plain = [name for name in SourceRow.__slots__ if name not in ("authors", "captured")]
    return [
        SourceRow(
            **{name: found[name] for name in plain},
            authors=listed(found["authors"]),
            captured=found["captured_at"],
        )
        for found in rows(connection, sql, limit, offset)
    ]


def lost(connection: Connection) -> list[LostRow]:
    """Cited addresses whose newest snapshot is an error, or whose only visits failed."""
    sql = "SELECT * FROM lost_sources ORDER BY articles DESC, citations DESC, urlkey"
    return [LostRow(**{name: found[name] for name in LostRow.__slots__}) for found in rows(connection, sql)]


def unresolved(connection: Connection) -> list[Unresolved]:
    """The unresolved citations of all articles, by article and place."""
    sql = "SELECT * FROM unresolved_citations ORDER BY article, position, citation"
    return [
        Unresolved(
            found["citation"],
            found["article"],
            found["label"] or "",
            found["reason"],
            tuple(Candidate(**near) for near in json.loads(found["candidates"] or "[]")),
        )
        for found in rows(connection, sql)
    ]


def unresolved_entries(connection: Connection) -> list[UnresolvedEntry]:
    """The entries that lead nowhere yet, by title."""
    sql = "SELECT * FROM unresolved_entries ORDER BY title, created, entry"
    return [
        UnresolvedEntry(
            found["entry"],
            found["title"],
            listed(found["authors"]),
            found["date"],
            found["uri"],
            found["reason"],
        )
        for found in rows(connection, sql)
    ]


_COUNTED = {
    "bytes": "SELECT coalesce(sum(size), 0) FROM warcs",
    "damage": "SELECT coalesce(sum(damage), 0) FROM warcs",
    "characters": "SELECT coalesce(sum(characters), 0) FROM texts",
    "lost": "SELECT count(*) FROM lost_sources",
    "unresolved": "SELECT count(*) FROM unresolved_citations",
    "sources": "SELECT count(DISTINCT source) FROM source_addresses",
}


def stats(connection: Connection) -> Stats:
    """How much there is of everything."""
    counted = {
        name: value(connection, _COUNTED.get(name, f"SELECT count(*) FROM {name}"))
        for name in Stats.__slots__
    }
    return Stats(**counted)


def warcs(connection: Connection) -> list[StoredWarc]:
    """The stored WARC files, by name."""
    plain = StoredWarc.__slots__
    return [
        StoredWarc(**{name: found[name] for name in plain})
        for found in rows(connection, "SELECT * FROM warcs ORDER BY name")
    ]
