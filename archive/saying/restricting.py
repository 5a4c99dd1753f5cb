"""Restrictions: a snapshot that must not be shown, why and until when; lifting one is a record too."""

import re
from collections.abc import Sequence
from datetime import date

from archive.errors import NotFound, UsageError
from archive.index import read
from archive.index.read import Connection
from archive.model import Restriction, Statement, grouped
from archive.saying.voice import Voice, snapshot_of, words

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def restrict(
    connection: Connection, voice: Voice, written: str, reason: str, until: str | None
) -> Sequence[Statement]:
    """Hide a snapshot; the same restriction again says nothing new.

    A visit that brought the same bytes again is hidden together with the one that brought them first: its
    words are that one's.

    :raises UsageError: there is no reason, or the day is none or is over.
    """
    snapshot = snapshot_of(connection, written)
    reason, until = words(reason, "the reason of a restriction", 2000), _day(until, voice)
    return [
        _restriction(connection, voice, one, reason, until)
        for one in dict.fromkeys((snapshot, read.holder_of(connection, snapshot) or snapshot))
        if not _said(connection, one, reason, until)
    ]


def _said(connection: Connection, snapshot: str, reason: str, until: str | None) -> bool:
    standing = read.restrictions_on(connection, snapshot)
    return any((one.reason, one.until) == (reason, until) for one in standing)


def _restriction(
    connection: Connection, voice: Voice, snapshot: str, reason: str, until: str | None
) -> Restriction:
    created = voice.after(read.said_of(connection, "restrictions", snapshot, "snapshot"))
    return Restriction(creator=voice.name, created=created, snapshot=snapshot, reason=reason, until=until)


def _day(written: str | None, voice: Voice) -> str | None:
    """The day at whose start it ends."""
    if written is None:
        return None
    try:
        day = date.fromisoformat(written) if _DAY.fullmatch(written) else None
    except ValueError:
        day = None
    if day is None:
        raise UsageError(f"{written!r} is no day: write it as 2027-12-31")
    if day.isoformat() <= voice.now[:10]:
        today = voice.now[:10]
        raise UsageError(f"{written} is not after today ({today}, UTC): such a restriction hides nothing")
    return day.isoformat()


def lift(connection: Connection, voice: Voice, written: str, reason: str) -> Sequence[Statement]:
    """Show a snapshot again: every restriction on it is withdrawn.

    :raises NotFound: nothing hides it.
    """
    snapshot = snapshot_of(connection, written)
    reason = words(reason, "the reason for lifting it", 2000)
    both = dict.fromkeys((snapshot, read.holder_of(connection, snapshot) or snapshot))
    standing = [one for hidden in both for one in read.restrictions_on(connection, hidden)]
    if not standing:
        raise NotFound(f"no restriction hides {grouped(snapshot)}")
    return [_lifted(connection, voice, one, reason) for one in standing]


def _lifted(connection: Connection, voice: Voice, said: Restriction, reason: str) -> Restriction:
    created = voice.after(read.said_of(connection, "restrictions", said.snapshot, "snapshot"))
    return Restriction(
        creator=voice.name, created=created, snapshot=said.snapshot, reason=reason, undoes=said.id
    )
