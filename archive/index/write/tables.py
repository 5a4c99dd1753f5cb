"""The SQLite file to write to: opened, made if need be, its tables, upserts and transactions."""

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from archive.errors import IndexUnusable
from archive.index import VERSION, schema
from archive.index.fold import Row

# Two writers are legal; the second waits this long for the first.
_PATIENCE_SECONDS = 60
# A checkpoint that a long read holds up is not worth waiting for: the next one does its work.
_CHECKPOINT_MILLISECONDS = 1000
# Columns that the writer numbers or decides; no record states them.
_OWN_COLUMNS = {"n", "in_force"}


class Tables:
    """An index that is open for writing."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        # No plug-ins: what somebody has installed for sqlite-utils must not change what is written.
        self._database = Database(connection, execute_plugins=False)
        self.connection = connection
        self._upserts: dict[tuple[str, bool], tuple[str, tuple[str, ...]]] = {}

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction that no other writer can be in: all of it is written, or nothing."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.rollback()
            raise
        self.connection.execute("COMMIT")

    def upsert(self, rows: Iterable[Row], again: bool = False) -> None:
        """Write rows; of two for one key the one with the smaller (file, offset) stands.

        ``again``: a row from the very same record is written once more (to fill what was emptied).
        """
        by_table: dict[str, list[Row]] = {}
        for row in rows:
            by_table.setdefault(row.table, []).append(row)
        for table, held in by_table.items():
            sql, columns = self._upsert(table, again)
            self.connection.executemany(sql, [tuple(row.values[name] for name in columns) for row in held])

    def _upsert(self, table: str, again: bool) -> tuple[str, tuple[str, ...]]:
        if (table, again) not in self._upserts:
            self._upserts[table, again] = self._compose(table, again)
        return self._upserts[table, again]

    def _compose(self, table: str, again: bool) -> tuple[str, tuple[str, ...]]:
        """The upsert of a table. `INSERT OR REPLACE` would leave words of the old row in the search index."""
        described = self._database.table(table)
        every = [column.name for column in described.columns]
        given = tuple(name for name in every if name not in _OWN_COLUMNS)
        names, values = list(given), ["?"] * len(given)
        if "n" in every:
            names.append("n")
            values.append(f"(SELECT coalesce(max(n), 0) + 1 FROM {table})")
        keys = ", ".join(f'"{name}"' for name in described.pks)
        changes = ", ".join(f'"{name}" = excluded."{name}"' for name in given if name not in described.pks)
        smaller = "<=" if again else "<"
        listed = ", ".join(f'"{name}"' for name in names)
        return (
            f"INSERT INTO {table} ({listed}) VALUES ({', '.join(values)}) ON CONFLICT ({keys}) "
            f"DO UPDATE SET {changes} "
            f"WHERE (excluded.file, excluded.offset) {smaller} ({table}.file, {table}.offset)",
            given,
        )

    def checkpoint(self) -> None:
        """Bring the write-ahead log into the file, so that a copy of the file alone is whole."""
        self.connection.execute(f"PRAGMA busy_timeout = {_CHECKPOINT_MILLISECONDS}")
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


@contextmanager
def writing(path: Path) -> Iterator[Tables]:
    """The index at ``path``, made if it is absent, to write to; checkpointed at the end.

    :raises IndexUnusable: it is not SQLite, of another version, locked for a minute, or the disk is full.
    """
    with explained(path), opened(path) as connection:
        _prepare(connection, path)
        tables = Tables(connection)
        yield tables
        tables.checkpoint()


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that leaves transactions to us, and leaves no removed words behind in the file."""
    connection = sqlite3.connect(
        path, timeout=_PATIENCE_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA synchronous = FULL")
        yield connection
    finally:
        connection.close()


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """What SQLite complains of, said in words that help; a row that breaks the schema is our own fault."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.OperationalError as error:
        raise IndexUnusable(
            f"the index {path} cannot be written: {error}; what it held before is untouched"
        ) from error
    except sqlite3.DatabaseError as error:
        raise IndexUnusable(
            f"the index {path} cannot be used ({error}): `pincite rebuild` makes it anew from the WARC files"
        ) from error


def _keep_a_log(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log. For this SQLite wants the file alone and never waits, so we do."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                connection.execute("PRAGMA journal_mode = WAL").fetchone()
            return
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    _keep_a_log(connection)
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == 0 and not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        version = create(connection)
    if version != VERSION:
        raise IndexUnusable(
            f"the index {path} has version {version}, this Pincite needs {VERSION}: run `pincite rebuild`"
        )


def create(connection: sqlite3.Connection) -> int:
    """Make the tables in one transaction; where another writer was quicker, leave its tables as they are."""
    try:
        connection.executescript(f"BEGIN IMMEDIATE;\n{schema()}\nPRAGMA user_version = {VERSION};\nCOMMIT;")
    except sqlite3.OperationalError as error:
        connection.rollback()
        if "already exists" not in str(error):
            raise
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version
