"""Sources that people named: entries, found by what they say, and where they lead."""

import json
from collections.abc import Iterator

from archive.index.read.ask import Connection, row, rows
from archive.index.read.nouns import statement_of
from archive.model import Entry, Resolution


def entry(connection: Connection, identifier: str) -> Entry | None:
    """The entry with this id."""
    return _entry(row(connection, "SELECT * FROM entries WHERE id = ?", identifier))


def entries_like(connection: Connection, wanted: Entry) -> list[Entry]:
    """The entries that describe the same source in the same words, one with the same raw entry first.

    Whoever named it, and in whatever form it came.
    """
    sql = """SELECT * FROM entries WHERE title = ?1 AND authors = ?2 AND date IS ?3 AND uri IS ?4
             AND doi IS ?5 AND isbn IS ?6 AND key IS ?7 ORDER BY raw IS NOT ?8, created, id"""
    authors = json.dumps(wanted.authors, ensure_ascii=False, separators=(",", ":"))
    said = (wanted.title, authors, wanted.date, wanted.uri, wanted.doi, wanted.isbn, wanted.key, wanted.raw)
    return [one for found in rows(connection, sql, *said) if (one := _entry(found))]


def _entry(found: object) -> Entry | None:
    said = statement_of("entry", found) if found else None  # type: ignore[arg-type]
    return said if isinstance(said, Entry) else None


def entries(connection: Connection) -> Iterator[Entry]:
    """All entries in the order of their keys and titles."""
    for found in rows(connection, "SELECT id FROM entries ORDER BY key, title, id"):
        if said := entry(connection, found["id"]):
            yield said


def citable(connection: Connection) -> list[tuple[str, str]]:
    """The newest good snapshot of each address that was captured here or supplied, and the address."""
    sql = """SELECT id, uri, max(coalesce(timestamp, '')) FROM snapshots
             WHERE (status BETWEEN 200 AND 299 OR record_type = 'resource') AND file NOT LIKE 'imported/%'
             GROUP BY urlkey ORDER BY urlkey"""
    return [(found["id"], found["uri"]) for found in rows(connection, sql)]


def good_snapshots_in(connection: Connection, file: str) -> list[str]:
    """The pages that a stored file records, but for redirects and errors, in its order."""
    sql = """SELECT s.id FROM recordings r JOIN snapshots s ON s.id = r.answer
             WHERE r.file = ? AND (s.status BETWEEN 200 AND 299 OR s.record_type = 'resource')
             ORDER BY r.offset, s.id"""
    return [found["id"] for found in rows(connection, sql, file)]


def resolution_in_force(connection: Connection, identifier: str) -> Resolution | None:
    """Where a citation or entry leads, as far as it is known."""
    sql = "SELECT r.* FROM resolutions_in_force f JOIN resolutions r ON r.id = f.id WHERE f.citation = ?"
    found = row(connection, sql, identifier)
    said = statement_of("resolution", found) if found else None
    return said if isinstance(said, Resolution) else None


def entries_of(connection: Connection, snapshot_id: str) -> list[str]:
    """The entries that lead to a snapshot."""
    sql = """SELECT r.citation AS id FROM resolutions r JOIN resolutions_in_force f ON f.id = r.id
             WHERE r.snapshot = ? AND r.noun = 'entry' ORDER BY 1"""
    return [found["id"] for found in rows(connection, sql, snapshot_id)]
