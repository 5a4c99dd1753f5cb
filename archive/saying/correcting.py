"""Corrections: a person's title, authors, date, site, language or key of a snapshot; undone by a record."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from archive.bibliography import plain_key
from archive.errors import NotFound, UsageError
from archive.index import read
from archive.index.read import Connection
from archive.model import CORRECTABLE, Correction, Statement, grouped
from archive.saying.voice import Voice, one_line, own, snapshot_of

MOST_AUTHORS = 1000
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def correct(
    connection: Connection, voice: Voice, written: str, given: Mapping[str, Sequence[str]]
) -> Sequence[Statement]:
    """Values for fields of a snapshot; what already stands so is not said again.

    ``given``: field to values as written; an empty value says that the page has none.

    :raises UsageError: a field that is none, or a value that cannot stand there.
    """
    snapshot = snapshot_of(connection, written)
    created = voice.after(read.said_of(connection, "corrections", snapshot))
    said: list[Statement] = []
    for field, values in given.items():
        checked = _checked(connection, snapshot, field, values)
        standing = [one for one in read.corrections_on(connection, snapshot, field) if own(one)]
        if standing and standing[-1].values == checked:
            continue
        said.append(
            Correction(creator=voice.name, created=created, subject=snapshot, field=field, values=checked)
        )
    return said


def retract(connection: Connection, voice: Voice, written: str, fields: Sequence[str]) -> Sequence[Statement]:
    """Withdraw the corrections that stand of these fields: what the page says of itself counts again.

    :raises NotFound: a field has none.
    """
    snapshot = snapshot_of(connection, written)
    created = voice.after(read.said_of(connection, "corrections", snapshot))
    said: list[Statement] = []
    for field in dict.fromkeys(fields):
        standing = read.corrections_on(connection, snapshot, _field(field))
        if not standing:
            raise NotFound(f"the {field} of {grouped(snapshot)} has not been corrected")
        said += [
            Correction(creator=voice.name, created=created, subject=snapshot, field=field, undoes=one.id)
            for one in standing
        ]
    return said


def _field(name: str) -> str:
    if name not in CORRECTABLE:
        raise UsageError(f"{name[:40]!r} cannot be corrected; there are {', '.join(CORRECTABLE)}")
    return name


def _checked(connection: Connection, snapshot: str, field: str, values: Sequence[str]) -> tuple[str, ...]:
    if _field(field) == "author":
        return tuple(name for value in values for name in named_people(value))
    if len(values) > 1:
        raise UsageError(f"{field} takes one value, found {len(values)}; only author takes several")
    if not any(value.strip() for value in values):
        if field == "key":
            raise UsageError("a cite key cannot be empty; --undo key gives back the one that was pinned")
        return ()
    value = one_line(values[0], f"a {field}")
    if field == "key":
        _check_key(value, connection, snapshot)
    elif field in _CHECKS:
        _CHECKS[field](value)
    return (value,)


def _check_date(value: str) -> None:
    parts = _DATE.fullmatch(value)
    try:
        if parts is None:
            raise ValueError
        date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1))
    except ValueError:
        raise UsageError(f"{value!r} is no date: write 2024, 2024-03 or 2024-03-05") from None


def _check_language(value: str) -> None:
    if not _LANGUAGE.fullmatch(value):
        raise UsageError(f"{value!r} is no language tag: write en, pt-BR or zh-Hant")


def _check_key(value: str, connection: Connection, snapshot: str) -> None:
    if plain_key(value) != value:
        raise UsageError(f"{value!r} is no cite key: it has letters, digits and - _ : . + / only")
    other = read.snapshot_with_key(connection, value)
    if other and other != snapshot:
        raise UsageError(f"{value!r} is the cite key of {grouped(other)}: a key names one source only")


_CHECKS = {"date": _check_date, "language": _check_language}


def named_people(written: str) -> tuple[str, ...]:
    """The names in a list of authors, in BibTeX's form or plain, parted by ``and`` or ``;``.

    What stands in braces is one name, an organisation's, and keeps them: so no form takes it apart.

    >>> named_people("Doe, Jane and {Barnes and Noble}"), named_people("Jane Doe; Wang Wei")
    (('Doe, Jane', '{Barnes and Noble}'), ('Jane Doe', 'Wang Wei'))
    """
    names, depth, name = [], 0, ""
    for word in re.split(r"([{}]|;|\s+and\s+)", " ".join(written.split())):
        if depth == 0 and (word == ";" or (word.strip() == "and" and word != "and")):
            names.append(name)
            name = ""
            continue
        depth += {"{": 1, "}": -1}.get(word, 0)
        if depth < 0:
            raise UsageError(f"{written[:80]!r}: a brace is closed that was not opened")
        name += word
    if depth:
        raise UsageError(f"{written[:80]!r}: a brace is opened and never closed")
    names.append(name)
    found = tuple(one_line(name, "a name") for name in names if name.strip())
    if len(found) > MOST_AUTHORS:
        raise UsageError(f"expected at most {MOST_AUTHORS} authors, found {len(found)}")
    return found
