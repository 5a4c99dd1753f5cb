"""Samenesses: two addresses are one source; taking that back is a record too."""

from collections.abc import Sequence

from archive.errors import NotFound, UsageError
from archive.index import read
from archive.index.read import Connection
from archive.model import Sameness, Statement
from archive.saying.voice import Voice, own, snapshot_of
from archive.uri import is_web, sourcekey


def equate(connection: Connection, voice: Voice, one: str, other: str) -> Sequence[Statement]:
    """Two addresses, or snapshots of them, are one source; what is plain by itself needs no saying.

    :raises UsageError: they are one address already.
    """
    a, b = _address(connection, one), _address(connection, other)
    if sourcekey(a) == sourcekey(b):
        raise UsageError(f"{a} and {b} are plainly one source already")
    if any(own(said) for said in _standing(connection, a, b)):
        return ()
    return (Sameness(creator=voice.name, created=_created(connection, voice, a, b), a=a, b=b),)


def part(connection: Connection, voice: Voice, one: str, other: str) -> Sequence[Statement]:
    """Withdraw that two addresses are one source.

    :raises NotFound: nobody said so.
    """
    a, b = _address(connection, one), _address(connection, other)
    standing = _standing(connection, a, b)
    if not standing:
        raise NotFound(f"nobody has said that {a} and {b} are one source")
    created = _created(connection, voice, a, b)
    return [
        Sameness(creator=voice.name, created=created, a=said.a, b=said.b, undoes=said.id) for said in standing
    ]


def _address(connection: Connection, written: str) -> str:
    """An address as written, or that of a snapshot that was named."""
    if is_web(written) or written.lower().startswith(("doi:", "urn:", "ni:")):
        return written.strip()
    snapshot = read.snapshot(connection, snapshot_of(connection, written))
    assert snapshot is not None
    return snapshot.uri


def _standing(connection: Connection, a: str, b: str) -> list[Sameness]:
    keys = {sourcekey(a), sourcekey(b)}
    return [one for one in read.samenesses_of(connection, a) if {sourcekey(one.a), sourcekey(one.b)} == keys]


def _created(connection: Connection, voice: Voice, a: str, b: str) -> str:
    return voice.after(date for address in (a, b) for date in read.equated(connection, address))
