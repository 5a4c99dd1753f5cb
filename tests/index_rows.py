"""An index as rebuild equality compares it: every table and view by its columns, but for the local ``n``."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

Rows = list[tuple[Any, ...]]


def index_rows(index: Path) -> dict[str, Rows]:
    """Every declared table by its primary key, and every view by all its columns, without ``n``."""
    with closing(sqlite3.connect(f"file:{index}?mode=ro", uri=True)) as connection:
        sql = "SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name"
        declared = [(name, kind) for name, kind in connection.execute(sql) if "_fts" not in name]
        return {name: _rows(connection, name, kind) for name, kind in declared}


def _rows(connection: sqlite3.Connection, name: str, kind: str) -> Rows:
    described = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
    columns = [column[1] for column in described if column[1] != "n"]
    keys = sorted((column[5], column[1]) for column in described if column[5])
    assert keys or kind == "view", f"{name} has no primary key"
    listed = ", ".join(f'"{column}"' for column in columns)
    order = ", ".join(f'"{column}"' for column in ([key for _, key in keys] or columns))
    return connection.execute(f'SELECT {listed} FROM "{name}" ORDER BY {order}').fetchall()
