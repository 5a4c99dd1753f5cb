"""Screenshots: which picture was taken of which snapshot.

Crawlers write one as a resource record of the same file under `urn:view:<address>`; Browsertrix also
`urn:fullPage:` and `urn:thumbnail:` (webrecorder's conventions; WARC 1.1 has none).
"""

from archive.index.read.ask import Connection, row, rows
from archive.index.read.nouns import snapshot_of
from archive.model import Snapshot

_SCHEMES = ("urn:view:", "urn:fullPage:", "urn:thumbnail:")
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


def pictured(connection: Connection, picture: Snapshot) -> list[str]:
    """The snapshots of its file that a picture may show, by its address; none for what is no picture."""
    address = page_address(picture.uri)
    if address == picture.uri:
        return []
    sql = "SELECT id FROM snapshots WHERE uri = ? AND file = ? ORDER BY id"
    return [line["id"] for line in rows(connection, sql, address, picture.place.file)]


def page_address(uri: str) -> str:
    """The address of the page that a picture shows; any other address as it is.

    >>> page_address("urn:view:https://example.org/"), page_address("https://example.org/")
    ('https://example.org/', 'https://example.org/')
    """
    scheme = next((one for one in _SCHEMES if uri.startswith(one)), "")
    return uri.removeprefix(scheme)
