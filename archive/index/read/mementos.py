"""Snapshots as mementos of an original: its series, the nearest to a time, those around it, a span of time.

A person's supplied copy is in no series: it never came from that address. What a restriction hides keeps its
address, but is never offered.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from archive.index.hiding import SNAPSHOTS
from archive.index.read.ask import Connection, Row, row, rows, value
from archive.memento import Around, Memento, instant
from archive.uri import normal, same_page, urlkey, wire

# So many lines of a TimeMap take some 6 MB and 0.2 s; what has more comes in parts.
A_PART = 25_000
_IMPORTED = "file LIKE 'imported/%'"
_ORDER = ("timestamp", _IMPORTED, "date", "id")
_OLDEST, _NEWEST = "", "9"


@dataclass(frozen=True, slots=True)
class Series:
    """All captures of one original: the addresses, as written, that are spellings of it.

    ``exact``: whether they are this address; otherwise nothing of this address is here, and they are of the
    same page under another scheme, `www`, or order of its query. ``restricted``: ids of all snapshots of the
    archive that a restriction hides.
    """

    table: str
    urlkey: str
    uris: tuple[str, ...]
    exact: bool
    restricted: frozenset[str]


def series(connection: Connection, uri: str) -> Series | None:
    """The series of an address: of exactly this one where it was captured, else of the same page."""
    key = urlkey(wire(uri))
    spelt = cache(lambda table: _spellings(connection, table, key))
    wanted = normal(uri)
    ways: tuple[tuple[bool, Callable[[str], bool]], ...] = (
        (True, lambda one: normal(one) == wanted),
        (False, lambda one: same_page(one, uri)),
    )
    for exact, fits in ways:
        for table in ("snapshots", "requisites"):
            found = tuple(one for one in spelt(table) if fits(one))
            if found:
                return Series(table, key, found, exact, _restricted(connection))
    return None


def spelt_alike(connection: Connection, uri: str) -> list[str]:
    """Captured addresses that differ from this one in the case of their letters alone."""
    return _spellings(connection, "snapshots", urlkey(wire(uri)))


def _spellings(connection: Connection, table: str, key: str) -> list[str]:
    """The addresses with a key, from the ends of an index: 10,000 captures of one cost no more than two."""
    sql = f"""WITH RECURSIVE spelt(uri) AS (
          SELECT min(uri) FROM {table} WHERE urlkey = ?1
          UNION ALL
          SELECT (SELECT min(uri) FROM {table} WHERE urlkey = ?1 AND uri > spelt.uri)
          FROM spelt WHERE spelt.uri IS NOT NULL LIMIT 200)
        SELECT uri FROM spelt WHERE uri IS NOT NULL AND EXISTS (
          SELECT 1 FROM {table} t WHERE t.urlkey = ?1 AND t.uri = spelt.uri
          AND t.timestamp IS NOT NULL AND t.origin <> 'supplied')"""
    return [found["uri"] for found in rows(connection, sql, key)]


def nearest(connection: Connection, of: Series, moment: str | None) -> Memento | None:
    """The memento that is nearest to a time (14 digits), the earlier of two; without a time the newest."""
    if moment is None:
        return _end(connection, of, "timestamp <= ?", (_NEWEST,), newest=True)
    before = _end(connection, of, "timestamp <= ?", (moment,), newest=True)
    behind = _end(connection, of, "timestamp > ?", (moment,))
    if before is None or behind is None:
        return before or behind
    wanted = instant(moment)
    earlier = wanted - instant(before.timestamp) <= instant(behind.timestamp) - wanted
    return before if earlier else behind


def memento_at(connection: Connection, of: Series, moment: str, which: str | None) -> Memento | None:
    """The memento of exactly this second, of several the first or the one with an id; hidden ones too."""
    for uri in of.uris:
        for found in _rows(connection, of, uri, ("timestamp = ?", moment)):
            if which in (None, found["id"]):
                return _memento(connection, of, found)
    return None


def around(connection: Connection, of: Series, memento: Memento) -> Around:
    """The ends of the series, and the mementos right before and behind one."""
    columns = ", ".join(_ORDER)
    here = row(connection, f"SELECT {columns} FROM {of.table} WHERE id = ?", memento.id)
    place = tuple(here or ())
    before = f"timestamp <= ? AND ({columns}) < (?, ?, ?, ?)"
    behind = f"timestamp >= ? AND ({columns}) > (?, ?, ?, ?)"
    return Around(
        *ends(connection, of),
        _end(connection, of, before, (memento.timestamp, *place), newest=True),
        _end(connection, of, behind, (memento.timestamp, *place)),
    )


def ends(connection: Connection, of: Series) -> tuple[Memento | None, Memento | None]:
    """The first and the last memento."""
    return (
        _end(connection, of, "timestamp >= ?", (_OLDEST,)),
        _end(connection, of, "timestamp <= ?", (_NEWEST,), newest=True),
    )


def parts(connection: Connection, of: Series, since: str, until: str) -> list[tuple[str, str]]:
    """A span of time cut so that each part has at most so many mementos, and no second is in two parts."""
    marks = ", ".join("?" * len(of.uris))
    within = f"""FROM {of.table} WHERE urlkey = ? AND uri IN ({marks}) AND timestamp BETWEEN ? AND ?"""
    asked = (of.urlkey, *of.uris, since, until)
    if value(connection, f"SELECT count(*) {within}", *asked) <= A_PART:
        return [(since, until)]
    cut: list[list[str]] = []
    held = 0
    for (stamp,) in connection.cursor().execute(f"SELECT timestamp {within} ORDER BY timestamp", asked):
        held += 1
        if not cut or (held > A_PART and stamp != cut[-1][1]):
            cut.append([stamp, stamp])
            held = 1
        cut[-1][1] = stamp
    return [(first, last) for first, last in cut]


def mementos(
    connection: Connection, of: Series, span: tuple[str, str], columns: str = ""
) -> Iterator[tuple[Memento, Row]]:
    """The mementos of a span of time that nothing hides, oldest first, each with its row.

    ``columns``: more of them, for the rows.
    """
    marks = ", ".join("?" * len(of.uris))
    sql = f"""SELECT id, uri, timestamp, record_type{columns} FROM {of.table}
        WHERE urlkey = ? AND uri IN ({marks}) AND timestamp BETWEEN ? AND ?
        AND origin <> 'supplied' ORDER BY {", ".join(_ORDER)}"""
    seen: dict[str, tuple[str, int]] = {}
    for found in rows(connection, sql, of.urlkey, *of.uris, *span):
        identifier, uri, stamp = found[0], found[1], found[2]
        last, nth = seen.get(uri, ("", 0))
        nth = nth + 1 if last == stamp else 0
        seen[uri] = stamp, nth
        if not of.restricted or not _hidden(connection, found, of.restricted):
            yield Memento(identifier, uri, stamp, nth), found


def _end(
    connection: Connection, of: Series, where: str, values: tuple[str, ...], newest: bool = False
) -> Memento | None:
    """The first (or last) memento that fits and that nothing hides."""
    found = []
    for uri in of.uris:
        fitting = _rows(connection, of, uri, (where, *values), newest)
        found += [next((one for one in fitting if not _hidden(connection, one, of.restricted)), None)]
    offered = [one for one in found if one is not None]
    if not offered:
        return None
    best = (max if newest else min)(offered, key=lambda one: tuple(one)[:4])
    return _memento(connection, of, best)


def _rows(
    connection: Connection, of: Series, uri: str, fitting: tuple[str, ...], newest: bool = False
) -> Iterator[Row]:
    """The captures of one spelling that fit a condition with its values, in their order or backwards."""
    where, *values = fitting
    ordered = ", ".join(f"{column} DESC" if newest else column for column in _ORDER)
    sql = f"""SELECT {", ".join(_ORDER)}, uri, record_type FROM {of.table}
        WHERE urlkey = ? AND uri = ? AND origin <> 'supplied' AND {where} ORDER BY {ordered}"""
    cursor = connection.cursor()
    cursor.row_factory = Row
    return cursor.execute(sql, (of.urlkey, uri, *values))


def _memento(connection: Connection, of: Series, found: Row) -> Memento:
    """A row as a memento; how many of the same address and second stand before it, hidden ones too."""
    sql = f"""SELECT count(*) FROM {of.table} WHERE urlkey = ? AND uri = ? AND timestamp = ?
        AND origin <> 'supplied' AND ({", ".join(_ORDER[1:])}) < (?, ?, ?)"""
    stamp = found["timestamp"]
    nth = value(connection, sql, of.urlkey, found["uri"], stamp, *tuple(found)[1:4])
    return Memento(found["id"], found["uri"], stamp, nth)


def _restricted(connection: Connection) -> frozenset[str]:
    return frozenset(found["snapshot"] for found in rows(connection, SNAPSHOTS))


def _hidden(connection: Connection, found: Row, restricted: frozenset[str]) -> bool:
    """Whether a restriction hides a snapshot: its own, or that of the one whose payload it repeats."""
    if found["id"] in restricted:
        return True
    if not restricted or found["record_type"] != "revisit":
        return False
    return value(connection, "SELECT holder FROM payloads WHERE snapshot = ?", found["id"]) in restricted


def redirects_to(connection: Connection, of: Series, memento: Memento) -> str | None:
    """Where a memento redirects to, as an absolute address."""
    found: str | None = value(connection, f"SELECT redirects_to FROM {of.table} WHERE id = ?", memento.id)
    return found
