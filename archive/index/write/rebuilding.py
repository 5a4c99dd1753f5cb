"""The index made anew from the WARC files, and put in place of the old one in a single step.

Folded into a new file beside it; then copied over the old file through SQLite's backup API, as one
transaction, so that an open Datasette sees the new rows at once and a kill at any moment leaves the old
index or the new one. Where there is no old index, or none that SQLite can read, the new file is renamed.
"""

import fcntl
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.index.write.folding import FoldReport, Progress, fold_into, fold_names
from archive.index.write.tables import Tables, create, explained, opened
from archive.store import Store

_PAGE_SIZE = 4096


def rebuild(store: Store, index: Path, now: str, progress: Progress | None = None) -> FoldReport:
    """Fold every stored file into a new index and put it in place of the one at ``index``.

    :raises IndexUnusable: the index cannot be written, for want of space or because it stays locked.
    :raises StoreError: a file cannot be read.
    """
    names = store.names()
    with explained(index), _beside(index) as new:
        report = _fold_all(store, new, names, now, progress)
        if not _copied(new, index):
            _renamed(new, index)
    # What other commands stored meanwhile was folded into the index that is now gone.
    late = sorted(set(store.names()) - set(names))
    if late:
        report = FoldReport(report.files + fold_names(store, index, late, now, progress).files)
    return report


def _fold_all(store: Store, new: Path, names: list[str], now: str, progress: Progress | None) -> FoldReport:
    with opened(new) as connection:
        # Nobody else sees this file, and a crash throws it away: no journal, no waiting for the disk.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        create(connection)
        return fold_into(Tables(connection), store, names, now, progress)


@contextmanager
def _beside(index: Path) -> Iterator[Path]:
    """A new file next to the index; a lock on it tells the next rebuild that its maker is alive."""
    _sweep(index)
    path = index.with_name(f"{index.name}.rebuild-{secrets.token_hex(8)}")
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield path
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


def _sweep(index: Path) -> None:
    """Remove what killed rebuilds left."""
    for path in index.parent.glob(f"{index.name}.rebuild-*"):
        with open(path, "rb") as left:
            try:
                fcntl.flock(left, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            path.unlink(missing_ok=True)


def _copied(new: Path, index: Path) -> bool:
    """Copy the new index over the old as one transaction; False where the old is not SQLite."""
    if not _is_readable(index):
        return False
    with opened(index) as old, opened(new) as source:
        old.execute("PRAGMA journal_mode = WAL").fetchone()
        source.backup(old, progress=_impatient)
        Tables(old).checkpoint()
    return True


def _impatient(status: int, _remaining: int, _total: int) -> None:
    """Stop where the lock was not had in time; SQLite's own wait lies behind us, Python's has no end."""
    if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        raise sqlite3.OperationalError("database is locked")


def _is_readable(index: Path) -> bool:
    if not index.exists():
        return False
    try:
        with opened(index) as old:
            old.execute("SELECT count(*) FROM sqlite_master").fetchone()
            # The backup API cannot change the page size of a file in WAL mode.
            readable: bool = old.execute("PRAGMA page_size").fetchone()[0] == _PAGE_SIZE
            return readable
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        return False


def _renamed(new: Path, index: Path) -> None:
    with opened(new) as connection:
        connection.execute("PRAGMA journal_mode = WAL").fetchone()
    _synced(new)
    # A log that an earlier index left would be replayed over the new file.
    for suffix in ("-wal", "-shm"):
        index.with_name(index.name + suffix).unlink(missing_ok=True)
    os.replace(new, index)
    _synced(index.parent)


def _synced(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
