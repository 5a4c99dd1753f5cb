"""What an imported file brought, and which of its pages still lack a text."""

from archive.index.read.ask import Connection, rows, value
from archive.index.read.nouns import snapshot_of
from archive.model import Snapshot


def without_text(connection: Connection, file: str) -> list[Snapshot]:
    """The good answers in a stored file that no text was made of yet, in the order of the file."""
    sql = """SELECT * FROM snapshots s WHERE file = ? AND record_type <> 'revisit'
        AND (status IS NULL OR status BETWEEN 200 AND 299)
        AND NOT EXISTS (SELECT 1 FROM texts t WHERE t.snapshot = s.id) ORDER BY "offset", id"""
    return [snapshot_of(found) for found in rows(connection, sql, file)]


def counts_in(connection: Connection, file: str) -> tuple[int, int]:
    """How many snapshots a stored file holds, and of how many of them there is a text."""
    held = value(connection, "SELECT count(*) FROM snapshots WHERE file = ?", file)
    sql = """SELECT count(DISTINCT s.id) FROM snapshots s JOIN texts t ON t.snapshot = s.id
        WHERE s.file = ? AND t.reason IS NULL"""
    return held, value(connection, sql, file)


def has_import(connection: Connection, file: str) -> bool:
    """Whether a file of ours says that it holds the texts of this imported one."""
    return bool(value(connection, "SELECT 1 FROM warcs WHERE imports = ? LIMIT 1", file))
