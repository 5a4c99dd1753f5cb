"""An entry of somebody's library as it was read, in whatever form it came; what is wrong with one. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archive.bibliography.words import one_line
from archive.uri import is_web

_DOI = re.compile(r"(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_NO_NAME = re.compile(r"[/\\?#%]")
_MOST_NAME = 100


@dataclass(frozen=True, slots=True)
class Imported:
    """An entry: ``authors`` as ``names.written`` has them, ``date`` as ISO where it is one.

    ``raw``: all of it, as it stood; ``others``: the fields that have no place here, for an export in the
    same form; ``kind``: its type in that form; ``archived``: the address of a snapshot that it names.
    """

    title: str
    form: str
    raw: str
    line: int = 0
    authors: tuple[str, ...] = ()
    date: str | None = None
    uri: str | None = None
    doi: str | None = None
    isbn: str | None = None
    key: str | None = None
    tags: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    archived: str | None = None
    kind: str = ""
    others: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """A place that could not be read: its line in the file, and why."""

    line: int
    detail: str


Read = Iterator[Imported | Fault]


class Lines:
    """Which line a place of a text is on; asked from the front to the back, it counts each line once."""

    def __init__(self, text: str) -> None:
        self._text, self._place, self._line = text, 0, 1

    def at(self, place: int) -> int:
        """The line of a place that is not before the last one."""
        self._line += self._text.count("\n", self._place, place)
        self._place = place
        return self._line


def doi_of(written: str) -> str | None:
    """The DOI in a field, without the address before it."""
    found = _DOI.fullmatch(one_line(written))
    return found[1] if found else None


def isbn_of(written: str) -> str | None:
    """An ISBN as written, on one line."""
    return one_line(written) or None


def address_of(*written: str) -> str | None:
    """The first of these that is an address on the web."""
    return next((one for one in map(one_line, written) if is_web(one)), None)


def names(written: Iterable[str]) -> tuple[str, ...]:
    """Tags, each once, on one line and no longer than a tag may be; all of it stands in the raw entry."""
    found = (_short(one_line(word)) for word in written)
    return tuple(dict.fromkeys(word for word in found if word))


def collection_names(written: Iterable[str]) -> tuple[str, ...]:
    """Names of collections as addresses hold them: ``/ \\ ? # %`` become hyphens."""
    found = names(_NO_NAME.sub("-", word) for word in written)
    endings = re.compile(r"\.(?=(?:json|jsonld|bib|biblatex|ris|atom)$)|^\.+$", re.IGNORECASE)
    return names(endings.sub("-", word) for word in found)


def _short(word: str) -> str:
    return word if len(word) <= _MOST_NAME else word[: _MOST_NAME - 1].rstrip() + "…"


def remarks(written: Iterable[str]) -> tuple[str, ...]:
    """Notes, each once; their lines stay, without blanks around them."""
    found = ("\n".join(map(one_line, note.splitlines())).strip("\n") for note in written)
    return tuple(dict.fromkeys(note for note in found if note))


def span(dates: Sequence[str]) -> str | None:
    """One date, or two as ISO 8601 writes a span."""
    return "/".join(date for date in dates[:2] if date) or None
