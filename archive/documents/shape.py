"""Dataclasses as JSON: the same keys, lists for tuples, nothing lost."""

from dataclasses import fields, is_dataclass
from typing import Any

from archive.index import read
from archive.index.read import Connection
from archive.model import Restriction, Verdict

Document = dict[str, Any]


def shape(value: Any) -> Any:
    """A value as JSON holds it: a dataclass as an object with its fields, a tuple as a list."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: shape(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, list | tuple):
        return [shape(item) for item in value]
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    return value


def verdict_shape(verdicts: tuple[Verdict, ...]) -> list[Document]:
    """Verdicts beside what they judge."""
    keys = ("id", "verdict", "creator", "created", "note")
    return [{key: getattr(verdict, key) for key in keys} for verdict in verdicts]


def hidden(connection: Connection, snapshot_id: str) -> Restriction | None:
    """The restriction that hides a snapshot: its own, or that of the snapshot whose payload it repeats."""
    restriction = read.restricted(connection, snapshot_id)
    if restriction is None:
        holder = read.holder_of(connection, snapshot_id)
        restriction = read.restricted(connection, holder) if holder and holder != snapshot_id else None
    return restriction


def tombstone(connection: Connection, snapshot_id: str) -> Document | None:
    """All that may be told of a snapshot that must not be shown; None where it may."""
    restriction = hidden(connection, snapshot_id)
    snapshot = read.snapshot(connection, snapshot_id)
    if restriction is None or snapshot is None:
        return None
    return {
        "kind": "snapshot",
        "id": snapshot_id,
        "uri": snapshot.uri,
        "date": snapshot.date,
        "restricted": {
            "reason": restriction.reason,
            "until": restriction.until,
            "since": restriction.created,
        },
    }
