"""Who speaks and when, and of what: an id as somebody wrote it to the noun that it names."""

from collections.abc import Iterable
from dataclasses import dataclass

from archive.errors import NotFound, UsageError
from archive.index import read
from archive.index.read import Connection
from archive.model import Statement, grouped, parse_id
from archive.uri import date_after, parse_date

# Longer remarks are documents, and belong into the archive as such.
MOST_WORDS = 20_000


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks, and when (a WARC-Date)."""

    name: str
    now: str

    def after(self, earlier: Iterable[str]) -> str:
        """Now, or the second after the latest of these: WARC-Dates here have whole seconds.

        ``earlier``: dates of the archive's own. What others wrote bears any date, ours come first whatever it
        is, and a year 9999 has no second after it.
        """
        return date_after(parse_date(self.now), earlier)


def own(said: Statement) -> bool:
    """Whether this archive said it itself: what stands only in an imported file may still be said here."""
    return said.place is None or not said.place.imported


def subject_of(connection: Connection, written: str) -> tuple[str, str]:
    """The id that was written, and the kind of the noun that it names.

    :raises BadId: it is mistyped.
    :raises NotFound: it names nothing here.
    """
    identifier = parse_id(written)
    kind = read.kind_of(connection, identifier)
    if kind is None:
        raise NotFound(f"{grouped(identifier)} is a well-formed id, but not of anything in this archive")
    return identifier, kind


def snapshot_of(connection: Connection, written: str) -> str:
    """The snapshot that an id means: its own, that of a text, or the article of a reading.

    :raises UsageError: it names something else.
    """
    identifier, kind = subject_of(connection, written)
    if kind == "snapshot":
        return identifier
    if kind == "text" and (text := read.text(connection, identifier)):
        return text.snapshot
    if kind == "reading" and (article := read.reading_article(connection, identifier)):
        return article
    raise UsageError(
        f"{grouped(identifier)} is a {kind}: name a snapshot (or its text, or a reading of it); "
        f"`pincite show {grouped(identifier)}` tells which it belongs to"
    )


def words(value: str, what: str, most: int = MOST_WORDS) -> str:
    """What somebody wrote, without blanks around it.

    :raises UsageError: nothing is left, it is too long, or it holds what is no text.
    """
    found = value.strip()
    if not found:
        raise UsageError(f"expected {what}, found nothing")
    if len(found) > most:
        raise UsageError(f"expected {what} of at most {most:,} characters, found {len(found):,}")
    wrong = next((s for s in found if s == "\x00" or "\ud800" <= s <= "\udfff"), None)
    if wrong:
        raise UsageError(f"expected {what}, found {wrong!r} in it, which is no text")
    return found


def one_line(value: str, what: str, most: int = 1000) -> str:
    """The same on one line, its blanks made single."""
    return words(" ".join(value.split()), what, most)
