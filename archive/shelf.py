"""Sealed WARC files to the store and the index, in the order that survives a kill at any moment.

mark pending/<name> -> put the WARC, fsynced with its folder -> commit the index -> unmark -> acknowledged

Threads that finish together share one transaction: the first to get the lock folds for all who wait.
"""

import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from archive.index import write
from archive.store import Store
from archive.uri import parse_date, timestamp, warc_date
from archive.warc.record import Sealed

# A mark without its file is a writer between two steps, or one that was killed there; after a day the second.
_ABANDONED = timedelta(days=1)


class Shelf:
    """Where a run puts its files. ``date`` gives this instant as a WARC-Date."""

    def __init__(self, store: Store, index: Path, date: Callable[[], str]) -> None:
        self._store, self._index, self._date = store, index, date
        self._folding, self._waiting = threading.Lock(), dict[str, None]()

    def keep(self, sealed: Sealed) -> None:
        """Store and fold a finished file; when this returns, nothing can take it away any more."""
        self._store.mark(sealed.name)
        self._store.put(sealed.path, sealed.name)
        self._waiting[sealed.name] = None
        with self._folding:
            if sealed.name not in self._waiting:
                return
            names = list(self._waiting)
            self.fold(names)
            for name in names:
                self._store.unmark(name)
                del self._waiting[name]

    def keep_as(self, local: Path, name: str) -> write.FileReport:
        """Store and fold somebody else's file; one that is there already is only folded again."""
        if not self._store.exists(name):
            self._store.mark(name)
            self._store.put(local, name)
        with self._folding:
            report = self.fold([name])
        self._store.unmark(name)
        return report.files[0]

    def fold(self, names: Sequence[str]) -> write.FoldReport:
        """Fold stored files; the index is made where there is none."""
        return write.fold_names(self._store, self._index, names, self._date())

    def catch_up(self, say: Callable[[str], None]) -> None:
        """Fold what an interrupted command stored; forget the marks of files that it never stored."""
        marked = self._store.pending()
        stored = [name for name in marked if self._store.exists(name)]
        if stored:
            say(f"taking up {len(stored)} files that an interrupted command left")
        self.fold(stored)
        for name in marked:
            if name in stored or self._is_abandoned(name):
                self._store.unmark(name)

    def _is_abandoned(self, name: str) -> bool:
        """Whether a mark without a file is old; another process may be just about to put the file."""
        if name.startswith("imported/"):
            return False  # its name has no date; the next import of the same file takes the mark away
        return Path(name).name[:14] < timestamp(warc_date(parse_date(self._date()) - _ABANDONED))
