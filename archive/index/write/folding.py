"""Folding WARC files into the index, in batches: each is a short transaction, so that others can write."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.index.fold import Fact, Row, rows
from archive.index.write.restricting import Restricting, Source
from archive.index.write.tables import Tables, writing
from archive.model import Snapshot, StoredWarc, Text
from archive.store import Store
from archive.warc.profile import facts
from archive.warc.record import Damage, Record, stored_records

Progress = Callable[[str], None]
# A batch is written when it has this many rows or code points of text: a few megabytes of memory, and
# records are read outside the transaction, which then lasts a fraction of a second.
_ROWS = 5_000
_CHARACTERS = 4_000_000


@dataclass(frozen=True, slots=True)
class FileReport:
    """What was found in a file; ``snapshots`` has the ids, because their rows may be stated by another file.

    ``damage`` names each place that could not be read, and each record (fault ``refused``) that looks like
    one of ours and does not hold.
    """

    name: str
    records: int
    snapshots: frozenset[str]
    texts: int
    damage: tuple[Damage, ...]


@dataclass(frozen=True, slots=True)
class FoldReport:
    """What was found in each file."""

    files: tuple[FileReport, ...]


class Folding:
    """Folds facts into an index. ``source`` gives the facts of a stored file, for what is folded again."""

    def __init__(self, tables: Tables, source: Source, now: str) -> None:
        self._tables = tables
        self._restricting = Restricting(tables, source, now)
        self._batch: list[Row] = []
        self._characters = 0

    def add(self, fact: Fact) -> None:
        """Fold a fact; it is written with its batch."""
        self._batch.extend(rows(fact))
        self._characters += len(fact.body) if isinstance(fact, Text) else 0
        if len(self._batch) >= _ROWS or self._characters >= _CHARACTERS:
            self.write()

    def write(self) -> None:
        """Write the batch in one transaction that ends with the restrictions obeyed."""
        with self._tables.transaction():
            self._tables.upsert(self._batch)
            self._restricting.apply()
        self._batch, self._characters = [], 0

    def finish(self) -> None:
        """Write what is left; restrictions whose end has come are lifted even where nothing is."""
        self.write()
        self._restricting.forget()


def fold_names(
    store: Store, index: Path, names: Sequence[str], now: str, progress: Progress | None = None
) -> FoldReport:
    """Fold stored files into the index, which is made if it is absent. Folding twice changes nothing.

    ``now`` (a WARC-Date) decides which restrictions are over.

    :raises IndexUnusable: the index cannot be used; the message says whether `pincite rebuild` helps.
    :raises StoreError: a file cannot be read.
    """
    with writing(index) as tables:
        return fold_into(tables, store, names, now, progress)


def fold_into(
    tables: Tables, store: Store, names: Sequence[str], now: str, progress: Progress | None = None
) -> FoldReport:
    """The same for an index that is open."""
    folding = Folding(tables, lambda name: stored_facts(store, name, []), now)
    reports = []
    for nth, name in enumerate(names, 1):
        reports.append(_fold(folding, store, name))
        if progress:
            progress(f"folded {nth} of {len(names)} files")
    folding.finish()
    return FoldReport(tuple(reports))


def _fold(folding: Folding, store: Store, name: str) -> FileReport:
    damage: list[Damage] = []
    records, snapshots, texts = 0, set(), set()
    for fact in stored_facts(store, name, damage):
        folding.add(fact)
        if isinstance(fact, StoredWarc):
            records = fact.records
        elif isinstance(fact, Snapshot):
            snapshots.add(fact.id)
        elif isinstance(fact, Text):
            texts.add(fact.id)
    return FileReport(name, records, frozenset(snapshots), len(texts), tuple(damage))


def stored_facts(store: Store, name: str, damage: list[Damage]) -> Iterator[Fact]:
    """The facts of a stored file; what could not be read in it is added to ``damage``."""

    def refused(record: Record, why: str) -> None:
        damage.append(Damage(record.place.offset, why, record.id, "refused"))

    yield from facts(_noted(stored_records(store, name), damage), name, store.size(name), refused)


def _noted(items: Iterable[Record | Damage], damage: list[Damage]) -> Iterator[Record | Damage]:
    for item in items:
        if isinstance(item, Damage):
            damage.append(item)
        yield item
