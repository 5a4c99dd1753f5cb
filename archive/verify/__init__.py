"""Does everything still hold: every file, record, digest, row and quotation, each against what it rests on.

Read-only. Files are streamed and rows looked up one by one, so memory stays flat and time grows with what is
there. What is damaged is reported, never raised.
"""

from collections.abc import Callable
from pathlib import Path

from archive.errors import PinciteError
from archive.store import Store
from archive.verify.files import Checking, check_file
from archive.verify.quotations import check_quotations
from archive.verify.report import Checked, Fault, Findings, Report
from archive.verify.rows import Rows, open_rows

__all__ = ["Checked", "Fault", "Report", "verify"]

Progress = Callable[[str], None]


def verify(store: Store, index: Path, progress: Progress | None = None) -> Report:
    """Check every stored file and, against them, every row of the index.

    A file that is marked pending may miss rows: the next writing command folds it.

    :raises StoreError: the store cannot be listed.
    """
    findings = Findings()
    waiting = set(store.pending())
    names = store.names()
    with open_rows(index, findings, needed=bool(names)) as rows:
        for nth, name in enumerate(names, 1):
            check_file(Checking(store, findings, None if name in waiting else rows), name)
            if progress:
                progress(f"checked {nth} of {len(names)} files")
        if rows:
            _finish(store, rows, waiting)
    return findings.report(files=len(names))


def _finish(store: Store, rows: Rows, waiting: set[str]) -> None:
    """What only the index can tell: rows of files that are gone, and quotations."""

    def is_stored(name: str) -> bool:
        # A file that came while this ran is there, and folded by whoever put it.
        try:
            return name in waiting or store.exists(name)
        except PinciteError:
            return False

    with rows.guarded():
        rows.finish(is_stored)
        check_quotations(rows)
