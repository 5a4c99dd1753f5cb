"""The index against the files: every row has its record, every record its rows, and they say the same."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from archive.errors import IndexUnusable
from archive.index.fold import KEYS, Row, Value
from archive.index.read import connect
from archive.verify.hidden import Hidden
from archive.verify.report import Findings

# Of many rows alike, so many are named one by one; the others are counted.
_NAMED = 100


@contextmanager
def open_rows(index: Path, findings: Findings, needed: bool) -> Iterator["Rows | None"]:
    """The rows of the index as they stand now, whoever writes meanwhile; None where they cannot be read."""
    if not needed and not index.exists():
        yield None
        return
    try:
        connection = connect(index)
    except IndexUnusable as wrong:
        findings.add(index.name, 0, None, "index", str(wrong))
        yield None
        return
    with closing(connection):
        connection.row_factory = sqlite3.Row
        rows = Rows(connection, findings, index.name)
        with rows.guarded():
            connection.execute("BEGIN")
            rows.start()
        yield rows


class Rows:
    """The rows of an index, compared with those that the files state."""

    def __init__(self, connection: sqlite3.Connection, findings: Findings, name: str) -> None:
        self.connection, self.findings, self._name = connection, findings, name
        self._broken = False
        self._hidden = Hidden()
        self._held: Counter[tuple[str, str]] = Counter()
        self._matched: Counter[str] = Counter()
        self._columns: dict[str, str] = {}

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """A database that breaks while it is read is one fault, told once."""
        try:
            yield
        except sqlite3.DatabaseError as wrong:
            if not self._broken:
                detail = f"the index cannot be read ({wrong}): `pincite rebuild` makes it anew"
                self.findings.add(self._name, 0, None, "index", detail)
            self._broken = True

    def start(self) -> None:
        """See that the file is sound, and count the rows that each stored file states."""
        for (complaint,) in self.connection.execute("PRAGMA quick_check(10)"):
            if complaint != "ok":
                self.findings.add(self._name, 0, None, "index", f"SQLite finds: {complaint}")
        self._hidden = Hidden.of(self.connection)
        for table in self._tables():
            # Not a table's name from outside: it stands in the schema.
            counted = self.connection.execute(f'SELECT file, count(*) FROM "{table}" GROUP BY file')
            for file, number in counted:
                self._held[table, file] = number
                self.findings.rows += number

    def _tables(self) -> list[str]:
        """The tables whose rows state facts: those that name a file."""
        sql = """SELECT m.name FROM sqlite_master m WHERE m.type = 'table'
                 AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'file') ORDER BY 1"""
        return [name for (name,) in self.connection.execute(sql)]

    def compare(self, row: Row) -> None:
        """A row as its record states it, with the row that stands in the index."""
        if self._broken:
            return
        found = self._found(row)
        if found is None:
            if not self._hidden.removes(row):
                self._fault(
                    row, "row-missing", f"no row in {row.table} for {_key(row)}; run `pincite rebuild`"
                )
            return
        there = (found["file"], found["offset"])
        if there < (row.values["file"], row.values["offset"]):
            return  # an earlier record states the same; its own row is compared when that is read
        if there > (row.values["file"], row.values["offset"]):
            detail = f"{row.table} {_key(row)} names {there[0]} at {there[1]}, though this record comes first"
            self._fault(row, "row-misplaced", detail)
            return
        self._matched[row.table] += 1
        self._same(row, found)

    def _found(self, row: Row) -> sqlite3.Row | None:
        if row.table not in self._columns:
            keys = " AND ".join(f'"{column}" = ?' for column in KEYS.get(row.table, ("id",)))
            self._columns[row.table] = f'SELECT * FROM "{row.table}" WHERE {keys}'
        found: sqlite3.Row | None = self.connection.execute(self._columns[row.table], row.key).fetchone()
        return found

    def _same(self, row: Row, found: sqlite3.Row) -> None:
        words = self._hidden.hides(row)
        if self._hidden.removes(row) or any(found[column] != nothing for column, nothing in words.items()):
            detail = f"{row.table} {_key(row)} holds words of a restricted snapshot; run `pincite rebuild`"
            self._fault(row, "restricted-words", detail)
        wrong = [
            column for column, value in row.values.items() if column not in words and found[column] != value
        ]
        if wrong:
            column = wrong[0]
            detail = (
                f"{row.table} {_key(row)} differs from its record in {', '.join(wrong)}: "
                f"{_short(found[column])} is not {_short(row.values[column])}"
            )
            self._fault(row, "row-differs", detail)

    def end_file(self, name: str, again: Callable[[], Iterable[Row]]) -> None:
        """When all records of a file were compared: the rows that name it and that no record states."""
        unstated = [
            table
            for table, file in self._held
            if file == name and self._held[table, file] > self._matched[table]
        ]
        if unstated and not self._broken:
            self._name_unstated(name, unstated, again())
        for table in list(self._matched):
            self._held.pop((table, name), None)
        for table in unstated:
            self._held.pop((table, name), None)
        self._matched.clear()

    def _name_unstated(self, name: str, tables: list[str], stated: Iterable[Row]) -> None:
        """Only where something is wrong, the file is read once more to say which rows are meant."""
        keys = {(r.table, r.key, r.values["offset"]) for r in stated if r.table in tables}
        for table in tables:
            columns = KEYS.get(table, ("id",))
            listed = ", ".join(f'"{column}"' for column in columns)
            rows = self.connection.execute(f'SELECT {listed}, offset FROM "{table}" WHERE file = ?', (name,))
            lost = [found for found in rows if (table, tuple(found)[:-1], found["offset"]) not in keys]
            for found in lost[:_NAMED]:
                detail = f"no record states the row {table} {' '.join(map(str, tuple(found)[:-1]))}"
                self.findings.add(name, found["offset"], str(found[0]), "row-without-record", detail)
            if len(lost) > _NAMED:
                detail = f"nor {len(lost) - _NAMED} more rows of {table}"
                self.findings.add(name, 0, None, "row-without-record", detail)

    def finish(self, is_stored: Callable[[str], bool]) -> None:
        """Rows of files that are not in the store."""
        gone: dict[str, list[str]] = {}
        for (table, file), number in self._held.items():
            gone.setdefault(file, []).append(f"{number} of {table}")
        for file, counted in gone.items():
            if not is_stored(file):
                detail = f"the file is not in the store, but rows name it: {', '.join(counted)}"
                self.findings.add(file, 0, None, "row-without-record", detail)

    def _fault(self, row: Row, fault: str, detail: str) -> None:
        offset = row.values["offset"]
        self.findings.add(str(row.values["file"]), int(offset or 0), str(row.key[0]), fault, detail)


def _key(row: Row) -> str:
    return " ".join(map(str, row.key))


def _short(value: Value) -> str:
    written = repr(value)
    return written if len(written) <= 60 else f"{written[:60]}…"
