"""Citations by their ids, and the readings that hold them."""

from archive.index.read.ask import Connection, row, rows
from archive.index.read.readings import citation_of
from archive.model import Citation, StoredWarc


def citation(connection: Connection, identifier: str) -> Citation | None:
    """The citation with this id, as its newest reading found it; the words are empty while restricted."""
    sql = """SELECT q.*, c.text, c.label, c.uri, c.nth FROM citations c
             JOIN reading_citations q ON q.citation = c.id JOIN readings r ON r.id = q.reading
             WHERE c.id = ? ORDER BY r.file LIKE 'imported/%', r.created DESC, r.id DESC LIMIT 1"""
    found = row(connection, sql, identifier)
    return citation_of(found) if found else None


def citation_readings(connection: Connection, identifier: str) -> list[str]:
    """The readings that hold a citation, newest first."""
    sql = """SELECT id FROM readings WHERE id IN (SELECT reading FROM reading_citations WHERE citation = ?)
             ORDER BY file LIKE 'imported/%', created DESC, id DESC"""
    return [found["id"] for found in rows(connection, sql, identifier)]


def reading_article(connection: Connection, identifier: str) -> str | None:
    """The article's snapshot of a reading, also where its words are restricted."""
    found = row(connection, "SELECT snapshot FROM readings WHERE id = ?", identifier)
    return found["snapshot"] if found else None


def stored_warc(connection: Connection, name: str) -> StoredWarc | None:
    """The stored file with this name."""
    found = row(connection, "SELECT * FROM warcs WHERE name = ?", name)
    return StoredWarc(**{key: found[key] for key in StoredWarc.__slots__}) if found else None
