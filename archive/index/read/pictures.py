"""Screenshots, and whatever else a crawler made of a page and named after it.

Crawlers write a picture as a resource record under `urn:view:<address>`; Browsertrix also `urn:fullPage:`
and `urn:thumbnail:`, and `urn:text:` with the page's words; brozzler `screenshot:<address>` (conventions of
tools; WARC 1.1 has none). Whatever of the kind a tool invents ends with the page's address.
"""

import re

from archive.index.read.ask import Connection, row, rows
from archive.index.read.nouns import snapshot_of
from archive.model import Snapshot
from archive.uri import urlkey

_SCHEMES = ("urn:view:", "urn:fullPage:", "urn:thumbnail:")
# The address of another page within a name that is itself none: of `data:`, everything is the thing itself.
_NAMED_AFTER = re.compile(r"(?i)(?!(?:https?|ftp|ni|file|data):)[a-z][a-z0-9+.-]*:.*?(https?://.+)")
# What a browser shows without being able to run anything in it.
_MEDIA = ("image/png", "image/jpeg", "image/webp", "image/gif")


def screenshot(connection: Connection, taken_of: Snapshot) -> Snapshot | None:
    """The picture of a snapshot that its own file holds: the nearest in time, the plain view first."""
    names = [scheme + taken_of.uri for scheme in _SCHEMES]
    sql = f"""SELECT * FROM requisites WHERE urlkey IN (?1, ?2, ?3) AND file = ?4
        AND record_type = 'resource' AND media IN ({', '.join(f"'{media}'" for media in _MEDIA)})
        ORDER BY uri <> ?1, uri <> ?2, abs(julianday(date) - julianday(?5)), offset LIMIT 1"""
    found = row(connection, sql, *names, taken_of.place.file, taken_of.date)
    return snapshot_of(found) if found else None


def named_after(connection: Connection, made: Snapshot) -> list[str]:
    """The snapshots that a picture or text was made of, by its name; none for what is named after no page.

    Those of a file that records it; where it lies in a file of its own, as crawlers have it, all of them.
    """
    address = page_address(made.uri)
    if address == made.uri:
        return []
    key = urlkey(address)
    beside = """SELECT DISTINCT s.id FROM recordings m JOIN recordings p ON p.file = m.file AND p.urlkey = ?2
        JOIN snapshots s ON s.id = p.answer WHERE m.answer = ?1 ORDER BY s.id"""
    found = [line["id"] for line in rows(connection, beside, made.id, key)]
    anywhere = "SELECT id FROM snapshots WHERE urlkey = ? ORDER BY id"
    return found or [line["id"] for line in rows(connection, anywhere, key)]


def page_address(uri: str) -> str:
    """The address of the page that something is named after; any other address as it is.

    >>> page_address("urn:view:https://example.org/"), page_address("https://example.org/?u=http://b.example/")
    ('https://example.org/', 'https://example.org/?u=http://b.example/')
    """
    named = _NAMED_AFTER.fullmatch(uri)
    return named[1] if named else uri
