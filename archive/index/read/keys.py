"""Cite keys of former days, and those that nothing pins: whose id one ends with."""

from archive.index.read.ask import Connection, rows, value


def snapshot_once_with_key(connection: Connection, key: str) -> str | None:
    """The snapshot for which a cite key was pinned, whatever key it has had by hand since."""
    sql = "SELECT snapshot FROM texts WHERE cite_key = ? ORDER BY snapshot LIMIT 1"
    found: str | None = value(connection, sql, key)
    return found


def entry_with_key(connection: Connection, key: str) -> str | None:
    """The entry that came with a cite key; of several the first, so that no later import moves a paper's."""
    sql = "SELECT id FROM entries WHERE key = ? ORDER BY created, id LIMIT 1"
    found: str | None = value(connection, sql, key)
    return found


def citable_beginning_with(connection: Connection, symbols: str) -> list[str]:
    """The ids of snapshots, citations and entries that begin with these symbols: letters and digits."""
    # An upper bound instead of a pattern: it is found by the primary keys.
    sql = """SELECT id FROM snapshots WHERE id >= ?1 AND id < ?2
             UNION ALL SELECT id FROM citations WHERE id >= ?1 AND id < ?2
             UNION ALL SELECT id FROM entries WHERE id >= ?1 AND id < ?2"""
    return [found["id"] for found in rows(connection, sql, symbols, symbols + "~")]
