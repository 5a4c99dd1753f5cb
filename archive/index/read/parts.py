"""The parts of an archived page: what its own visit recorded for the addresses that it needs.

Which requisite belongs to a page must be the same for ever, whatever else is captured or imported later: the
page's snapshot is not to change under its citations. So a part is looked for only in the files that record
the very snapshot, which are never written again, and not in the archive at large:

    captured by Pincite what was fetched for that page (``via``) in that visit or after it, the nearest first;
                        another page of the same batch, or a later visit of this one, lends nothing
    of other tools      the nearest in time, before or after, to the visit of the page: they do not say for
                        which page they fetched, and keep a cache between pages

Every file that records the snapshot counts, not only the one whose row stands: where an export holds a part
of what another holds, the row of a shared style sheet may come to name either.
"""

from archive.index.hiding import SNAPSHOTS
from archive.index.read.ask import Connection, Row, row, rows, value
from archive.index.read.nouns import snapshot_of
from archive.model import Snapshot
from archive.uri import join, urlkey

_HOPS = 5
# An answer that can be shown: a good one, a repetition of one, or the way to one.
_SHOWABLE = """(a.status BETWEEN 200 AND 299 OR a.record_type = 'resource' OR a.redirects_to IS NOT NULL
    OR (a.record_type = 'revisit' AND coalesce(a.status, 304) = 304))"""
_COLUMNS = "a.id, a.uri, a.date, a.redirects_to"
_WITHIN = f"""FROM recordings p JOIN recordings m ON m.file = p.file JOIN {{table}} a ON a.id = m.answer
    WHERE p.answer = :page AND m.urlkey = :urlkey AND {_SHOWABLE}"""
_NEAREST = "a.uri <> :uri, abs(julianday(a.date) - julianday(:date)), a.date, a.id LIMIT 1"
_OURS = f"""SELECT {_COLUMNS} {_WITHIN.format(table="requisites")}
    AND json_extract(a.provenance, '$.via') = :via AND a.date >= :date
    ORDER BY {_NEAREST}"""
_OTHERS = f"""SELECT a.* FROM (SELECT {_COLUMNS} {_WITHIN.format(table="requisites")}
    UNION ALL SELECT {_COLUMNS} {_WITHIN.format(table="snapshots")}) a
    ORDER BY {_NEAREST}"""
# Where the bytes of a repetition lie. They are the same bytes wherever: the digest says so.
_HOLDER = """SELECT a.* FROM requisites r JOIN {table} a ON {how} AND a.record_type <> 'revisit'
    WHERE r.id = ?1 ORDER BY a.digest = r.digest DESC, a.file = r.file DESC, a.file, a.offset LIMIT 1"""
_HOW = (
    "a.record_id = r.refers_to_id",
    "a.uri = r.refers_to_uri AND a.date = r.refers_to_date",
    "a.digest = r.digest AND a.digest LIKE 'sha256:%'",
)


class Parts:
    """Finds the parts of one page's snapshot."""

    def __init__(self, connection: Connection, page: Snapshot) -> None:
        self._connection = connection
        self._page = page
        self._sql = _OURS if page.provenance else _OTHERS

    def find(self, uri: str) -> str | None:
        """The id of what the visit recorded for an absolute address, redirects followed; else None."""
        for _ in range(_HOPS):
            found = self._nearest(uri)
            if found is None or found["redirects_to"] is None:
                return found["id"] if found else None
            uri = join(found["uri"], found["redirects_to"])
        return None

    def has(self, identifier: str) -> bool:
        """Whether a file that records the page records this answer too."""
        sql = """SELECT 1 FROM recordings p JOIN recordings m ON m.file = p.file
                 WHERE p.answer = ? AND m.answer = ?"""
        return bool(value(self._connection, sql, self._page.id, identifier))

    def _nearest(self, uri: str) -> Row | None:
        page = self._page
        said = {"page": page.id, "urlkey": urlkey(uri), "uri": uri, "date": page.date, "via": page.uri}
        cursor = self._connection.cursor()
        cursor.row_factory = Row
        found: Row | None = cursor.execute(self._sql, said).fetchone()
        return found


def fetched_for(connection: Connection, part: Snapshot) -> list[str]:
    """The snapshots of the page that a requisite was fetched for, in its own file; none where nobody says."""
    via = part.provenance.via if part.provenance else None
    sql = """SELECT s.id FROM recordings m JOIN recordings p ON p.file = m.file
             JOIN snapshots s ON s.id = p.answer WHERE m.answer = ? AND s.uri = ? ORDER BY s.id"""
    return [found["id"] for found in rows(connection, sql, part.id, via)] if via else []


def hidden_beside(connection: Connection, part: str) -> list[str]:
    """The restricted snapshots that a file records which records a requisite too."""
    sql = f"""SELECT DISTINCT h.snapshot FROM ({SNAPSHOTS}) h CROSS JOIN recordings p ON p.answer = h.snapshot
        CROSS JOIN recordings m ON m.file = p.file AND m.answer = ? ORDER BY 1"""
    return [found["snapshot"] for found in rows(connection, sql, part)]


def files_recording(connection: Connection, answer: str) -> tuple[str, ...]:
    """The stored files that record a snapshot or requisite."""
    found = rows(connection, "SELECT file FROM recordings WHERE answer = ? ORDER BY file", answer)
    return tuple(one["file"] for one in found)


def requisite_payload(connection: Connection, identifier: str) -> Snapshot | None:
    """The answer that holds the payload of a requisite: itself, or what a repetition refers to.

    None where that is not here, or this is no requisite.
    """
    here = row(connection, "SELECT * FROM requisites WHERE id = ?", identifier)
    if here is None:
        return None
    if here["record_type"] != "revisit":
        return snapshot_of(here)
    for how in _HOW:
        for table in ("requisites", "snapshots"):
            found = row(connection, _HOLDER.format(table=table, how=how), identifier)
            if found:
                return snapshot_of(found)
    return None


def cited_spans(connection: Connection, text: str, most: int) -> list[tuple[int, int]]:
    """The passages of a text that the newest readings found closest to a claim, in its order."""
    sql = """SELECT DISTINCT e.start, e.end FROM evidence e
        JOIN reading_evidence r ON r.evidence = e.id JOIN newest_readings n ON n.reading = r.reading
        WHERE e.text = ? AND r.rank = 1 ORDER BY e.start, e.end LIMIT ?"""
    return [(found["start"], found["end"]) for found in rows(connection, sql, text, most)]
