"""Asking the index: a read-only connection, rows by column name, JSON columns as tuples."""

import json
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

from archive.errors import IndexUnusable
from archive.index import VERSION

Connection = sqlite3.Connection
Row = sqlite3.Row


def connect(path: Path) -> Connection:
    """The index at ``path``, to read from; other threads may use the connection one at a time.

    Never in SQLite's immutable mode: that ignores the write-ahead log, and with it the newest captures.

    :raises IndexUnusable: there is none, it is not SQLite, or it was made by another version.
    """
    if not path.is_file():
        raise IndexUnusable(f"there is no index at {path}: `pincite rebuild` makes it from the WARC files")
    address = f"file:{quote(str(path.absolute()))}?mode=ro"
    connection = sqlite3.connect(address, uri=True, timeout=60, check_same_thread=False)
    try:
        check(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def check(connection: Connection, path: Path) -> None:
    """Whether this is an index that this version can use.

    :raises IndexUnusable: it is not.
    """
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise IndexUnusable(
            f"the index {path} cannot be read ({error}): `pincite rebuild` makes it anew"
        ) from error
    if version != VERSION:
        raise IndexUnusable(
            f"the index {path} has version {version}, this Pincite needs {VERSION}: run `pincite rebuild`"
        )


def rows(connection: Connection, sql: str, *values: Any) -> list[Row]:
    """All rows of a query, by column name, whatever row factory the connection has."""
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    return cursor.execute(sql, values).fetchall()


def row(connection: Connection, sql: str, *values: Any) -> Row | None:
    """The first row of a query."""
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    found: Row | None = cursor.execute(sql, values).fetchone()
    return found


def value(connection: Connection, sql: str, *values: Any) -> Any:
    """The first column of the first row, or None."""
    found = row(connection, sql, *values)
    return None if found is None else found[0]


def listed(column: str | None) -> tuple[Any, ...]:
    """A JSON list as a tuple of tuples; NULL is the empty one.

    >>> listed('["a", ["b", "c"]]')
    ('a', ('b', 'c'))
    """
    return tuple(frozen(item) for item in json.loads(column)) if column else ()


def frozen(item: Any) -> Any:
    """A list as a tuple, all the way down; anything else as it is."""
    return tuple(frozen(part) for part in item) if isinstance(item, list) else item
