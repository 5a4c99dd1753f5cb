"""The visits to one address over time: how many in which month, and those around one of them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from archive.index.read.ask import Connection, row, rows, value
from archive.index.read.nouns import snapshot_of
from archive.model import Snapshot

_ORDER = "timestamp, date, id"
_BACK = "timestamp DESC, date DESC, id DESC"


@dataclass(frozen=True, slots=True)
class History:
    """All visits to an address: how many, the first and the last, those near one of them, and the months.

    ``near``: in order of time, the one itself among them; ``months``: ``YYYY-MM`` and how many, oldest first.
    """

    count: int
    first: Snapshot
    last: Snapshot
    near: tuple[Snapshot, ...]
    months: tuple[tuple[str, int], ...]


def history(connection: Connection, identifier: str, around: int) -> History | None:
    """The history of a snapshot's address, with ``around`` visits on either side of it.

    Costs one walk along the index of addresses: ten thousand visits take some milliseconds.
    """
    here = row(connection, "SELECT * FROM snapshots WHERE id = ?", identifier)
    if here is None:
        return None
    key, place = here["urlkey"], (here["timestamp"], here["date"], here["id"])
    months = rows(
        connection,
        """SELECT substr(timestamp, 1, 4) || '-' || substr(timestamp, 5, 2) AS month, count(*) AS visits
           FROM snapshots WHERE urlkey = ? GROUP BY 1 ORDER BY 1""",
        key,
    )
    sql = "SELECT * FROM snapshots WHERE urlkey = ? AND timestamp {side} ? AND ({order}) {sign} (?, ?, ?)"
    before = sql.format(side="<=", order=_ORDER, sign="<") + f" ORDER BY {_BACK} LIMIT ?"
    after = sql.format(side=">=", order=_ORDER, sign=">") + f" ORDER BY {_ORDER} LIMIT ?"
    near = [
        *reversed(rows(connection, before, key, place[0], *place, around)),
        here,
        *rows(connection, after, key, place[0], *place, around),
    ]
    ends = [
        row(connection, f"SELECT * FROM snapshots WHERE urlkey = ? ORDER BY {order} LIMIT 1", key) or here
        for order in (_ORDER, _BACK)
    ]
    return History(
        sum(line["visits"] for line in months),
        snapshot_of(ends[0]),
        snapshot_of(ends[1]),
        tuple(snapshot_of(one) for one in near),
        tuple((line["month"], line["visits"]) for line in months),
    )


def visits(
    connection: Connection, identifier: str, month: str | None, most: int, skipped: int = 0
) -> list[Snapshot]:
    """The visits to a snapshot's address, oldest first; ``month``: those of one, written ``YYYY-MM``."""
    key = value(connection, "SELECT urlkey FROM snapshots WHERE id = ?", identifier)
    begin = month.replace("-", "") if month else ""
    sql = f"""SELECT * FROM snapshots WHERE urlkey = ? AND timestamp >= ? AND timestamp < ?
              ORDER BY {_ORDER} LIMIT ? OFFSET ?"""
    # ":" follows the digits.
    return [snapshot_of(one) for one in rows(connection, sql, key, begin, begin + ":", most, skipped)]


def with_words(connection: Connection, identifiers: Iterable[str]) -> frozenset[str]:
    """Those of the snapshots whose text is here and has words."""
    sql = """SELECT u.snapshot FROM text_in_use u JOIN texts t ON t.id = u.text
             WHERE u.snapshot IN (SELECT value FROM json_each(?)) AND t.body <> ''"""
    return frozenset(line["snapshot"] for line in rows(connection, sql, json.dumps(list(identifiers))))
