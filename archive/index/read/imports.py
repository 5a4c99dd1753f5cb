"""What an imported file brought, and which of its pages still lack a text."""

import json
from collections.abc import Iterable

from archive.index.read.ask import Connection, rows, value
from archive.index.read.nouns import snapshot_of
from archive.model import Snapshot


def without_text(connection: Connection, file: str) -> list[Snapshot]:
    """The good answers in a stored file that no text was made of yet, in the order of the file."""
    sql = """SELECT * FROM snapshots s WHERE file = ? AND record_type <> 'revisit'
        AND (status IS NULL OR status BETWEEN 200 AND 299)
        AND NOT EXISTS (SELECT 1 FROM texts t WHERE t.snapshot = s.id) ORDER BY "offset", id"""
    return [snapshot_of(found) for found in rows(connection, sql, file)]


def with_text(connection: Connection, snapshots: Iterable[str]) -> int:
    """Of how many of these snapshots there is a text."""
    sql = """SELECT count(DISTINCT snapshot) FROM texts
        WHERE snapshot IN (SELECT value FROM json_each(?)) AND reason IS NULL"""
    found: int = value(connection, sql, json.dumps(list(snapshots)))
    return found


def imported_as(connection: Connection, file: str) -> str | None:
    """The base name that an imported file came with, by the first file of ours that holds texts of it."""
    sql = "SELECT imported_as FROM warcs WHERE imports = ? AND imported_as IS NOT NULL ORDER BY name LIMIT 1"
    found: str | None = value(connection, sql, file)
    return found


def has_import(connection: Connection, file: str) -> bool:
    """Whether a file of ours says that it holds the texts of this imported one."""
    return bool(value(connection, "SELECT 1 FROM warcs WHERE imports = ? LIMIT 1", file))
