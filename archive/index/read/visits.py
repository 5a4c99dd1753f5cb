"""Visits to an address: its snapshots, the latest good one, where redirects end, who holds a payload."""

from archive.errors import NotFound
from archive.index.read.ask import Connection, row, rows, value
from archive.index.read.nouns import snapshot, snapshot_of
from archive.model import Snapshot, grouped, sha256_of
from archive.uri import urlkey

# 2xx; a person's file; a repetition, which servers and archives write with 304, 200 or no status at all.
_GOOD = """(status BETWEEN 200 AND 299 OR record_type = 'resource'
            OR (record_type = 'revisit' AND coalesce(status, 304) = 304))"""


def snapshots_of(connection: Connection, uri: str) -> list[Snapshot]:
    """All snapshots of an address (by urlkey), oldest first."""
    sql = "SELECT * FROM snapshots WHERE urlkey = ? ORDER BY timestamp, date, id"
    return [snapshot_of(found) for found in rows(connection, sql, urlkey(uri))]


def newest(connection: Connection, limit: int) -> list[Snapshot]:
    """The snapshots captured last, the newest first."""
    sql = "SELECT * FROM snapshots WHERE timestamp IS NOT NULL ORDER BY timestamp DESC, date DESC, id LIMIT ?"
    return [snapshot_of(found) for found in rows(connection, sql, limit)]


def latest_good(connection: Connection, uri: str, since: str | None, imported: bool) -> Snapshot | None:
    """The newest snapshot of an address that is worth keeping, not older than ``since`` (a WARC-Date).

    Good is a 2xx answer, a local file, a repetition whose payload is here, or a redirect that ends at one of
    these (see ``last_hop``); never an error, and never a person's supplied copy.
    ``imported``: whether imported ones count too.
    """
    sql = f"""SELECT id FROM snapshots
        WHERE urlkey = ? AND date >= ? AND origin <> 'supplied' AND (origin <> 'imported' OR ?)
        AND ({_GOOD} OR redirects_to IS NOT NULL)
        ORDER BY timestamp DESC, redirects_to IS NOT NULL, date DESC, id"""
    for found in connection.cursor().execute(sql, (urlkey(uri), since or "", imported)):
        last = last_hop(connection, found[0])
        if (imported or last.origin.kind != "imported") and _is_good(connection, last.id):
            return snapshot(connection, found[0])
    return None


def _is_good(connection: Connection, identifier: str) -> bool:
    sql = f"SELECT 1 FROM snapshots WHERE id = ? AND {_GOOD} AND redirects_to IS NULL"
    return bool(value(connection, sql, identifier)) and payload_of(connection, identifier) is not None


def is_lost(connection: Connection, uri: str) -> bool:
    """Whether the newest visit to an address brought an error or no answer; a person's copy is no visit."""
    # Each newest by the end of its index, so that 10,000 visits are not sorted.
    sql = """SELECT id FROM (
          SELECT * FROM (SELECT id, timestamp FROM snapshots WHERE urlkey = ?1 AND origin <> 'supplied'
            ORDER BY timestamp DESC, id LIMIT 1)
          UNION ALL
          SELECT * FROM (SELECT NULL, timestamp FROM failures WHERE urlkey = ?1 AND role = 'page'
            ORDER BY timestamp DESC LIMIT 1))
        ORDER BY timestamp DESC, id IS NULL LIMIT 1"""
    newest = row(connection, sql, urlkey(uri))
    if newest is None:
        return False
    return newest["id"] is None or (last_hop(connection, newest["id"]).status or 200) >= 400


def payload_of(connection: Connection, identifier: str) -> Snapshot | None:
    """The snapshot with the payload: itself, or what a revisit refers to; None where that is not here."""
    sql = "SELECT s.* FROM payloads p JOIN snapshots s ON s.id = p.holder WHERE p.snapshot = ?"
    found = row(connection, sql, identifier)
    return snapshot_of(found) if found else None


def holder_of(connection: Connection, identifier: str) -> str | None:
    """The id of the snapshot with the payload, as ``payload_of``."""
    found: str | None = value(connection, "SELECT holder FROM payloads WHERE snapshot = ?", identifier)
    return found


def holds_payload(connection: Connection, identifier: str, body: bytes) -> bool:
    """Whether the payload of a snapshot is exactly these bytes."""
    holder = payload_of(connection, identifier)
    return holder is not None and holder.digest == sha256_of(body)


def last_hop(connection: Connection, identifier: str) -> Snapshot:
    """Where the redirects of a snapshot end within the archive: the last of its ``hops``.

    :raises NotFound: there is no such snapshot.
    """
    return hops(connection, identifier)[-1]


def hops(connection: Connection, identifier: str) -> list[Snapshot]:
    """A snapshot and, one after the other, those that its redirects lead to, each the nearest in date.

    A circle ends at the last snapshot that was not seen before; a hop that is not here ends it too. From a
    snapshot of the archive's own an imported one is the next hop only where the archive has none.

    :raises NotFound: there is no such snapshot.
    """
    here = snapshot(connection, identifier)
    if here is None:
        raise NotFound(f"{grouped(identifier)} is not the id of a snapshot in this archive")
    chain, seen = [here], {identifier}
    while here.redirects_to:
        step = _next_hop(connection, here)
        if step is None or step.id in seen:
            break
        seen.add(step.id)
        chain.append(step)
        here = step
    return chain


# The nearest before and the nearest after, each the end of an index: 10,000 visits cost no more than two.
_NEAREST = """SELECT id FROM (
      SELECT * FROM (SELECT id, date FROM snapshots
        WHERE {key} = ?1 AND {moment} >= ?2 AND id <> ?3 AND origin <> 'supplied' {own}
        ORDER BY {moment}, id LIMIT 1)
      UNION ALL
      SELECT * FROM (SELECT id, date FROM snapshots
        WHERE {key} = ?1 AND {moment} < ?2 AND id <> ?3 AND origin <> 'supplied' {own}
        ORDER BY {moment} DESC, id LIMIT 1))
    ORDER BY abs(julianday(date) - julianday(?4)), id LIMIT 1"""
_OWN = "AND file NOT LIKE 'imported/%'"


def leading_to(connection: Connection, identifier: str) -> list[str]:
    """The snapshot itself, and the redirects that end at it and that some resolution names.

    Machines name the last hop; a person may name any.
    """
    sql = """SELECT DISTINCT snapshot FROM resolutions
        WHERE snapshot IN (SELECT id FROM snapshots WHERE redirects_to IS NOT NULL) AND snapshot <> ?"""
    named = [found["snapshot"] for found in rows(connection, sql, identifier)]
    return [identifier, *(step for step in named if last_hop(connection, step).id == identifier)]


def _next_hop(connection: Connection, here: Snapshot) -> Snapshot | None:
    """The snapshot that a redirect leads to: of the address as written, else of one with the same key."""
    target = here.redirects_to or ""
    moment = value(connection, "SELECT timestamp FROM snapshots WHERE id = ?", here.id)
    ways = (("uri", "date", target, here.date), ("urlkey", "timestamp", urlkey(target), moment))
    for own in ("",) if here.place.file.startswith("imported/") else (_OWN, ""):
        for key, column, sought, since in ways:
            sql = _NEAREST.format(key=key, moment=column, own=own)
            found = value(connection, sql, sought, since, here.id, here.date)
            if found:
                return snapshot(connection, found)
    return None
