"""Sources by hand: an entry for each, and how it is ordered; where it leads is a resolution like any."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from archive.index import read
from archive.index.read import Connection
from archive.model import Collection, Entry, Note, Statement, Tag
from archive.saying.ordering import collection_name
from archive.saying.voice import Voice, one_line, words
from archive.warc.annotation import statement_block, statement_of

MOST_TAG = 100


def _anything(_held: Entry) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Named:
    """A source as it is described (creator and date are the voice's), and how it is ordered at once.

    ``adds_nothing``: whether an entry that describes the same source holds all of this one's raw entry.
    """

    entry: Entry
    tags: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    adds_nothing: Callable[[Entry], bool] = _anything


def sayable(named: Named) -> Named:
    """The same, where all of it can be kept.

    :raises PinciteError: a word of it is too long or no text, or its entry is too long.
    """
    checked = replace(
        named,
        tags=tuple(one_line(tag, "a tag", MOST_TAG) for tag in named.tags),
        collections=tuple(map(collection_name, named.collections)),
        notes=tuple(words(note, "a remark") for note in named.notes),
    )
    _identified(replace(named.entry, creator="somebody", created="2026-01-01T00:00:00Z"))
    return checked


def name(connection: Connection, voice: Voice, named: Sequence[Named]) -> Sequence[Statement]:
    """Entries with their tags, collections and notes; what is named or said already is not said again."""
    said: dict[str, Statement] = {}
    for one in named:
        held = known(connection, one)
        entry = held or _identified(replace(one.entry, creator=voice.name, created=voice.now))
        if held is None:
            said[entry.id] = replace(entry, id="")
        for statement in _ordered(connection, voice, entry.id, one):
            said.setdefault(f"{statement}", statement)
    return list(said.values())


def _identified(entry: Entry) -> Entry:
    """The same with the id that its record will give it.

    :raises PinciteError: it cannot be kept.
    """
    return replace(entry, id=statement_of(statement_block(entry)).id)


def known(connection: Connection, named: Named) -> Entry | None:
    """The entry that names this source already, if one does."""
    return next(filter(named.adds_nothing, read.entries_like(connection, named.entry)), None)


def _ordered(connection: Connection, voice: Voice, subject: str, named: Named) -> Iterator[Statement]:
    """What does not stand on it yet."""

    def created(table: str) -> str:
        return voice.after(read.said_of(connection, table, subject))

    by = voice.name
    tagged = {one.tag for one in read.tags_on(connection, subject)}
    for tag in dict.fromkeys(named.tags):
        if tag not in tagged:
            yield Tag(creator=by, created=created("tags"), subject=subject, tag=tag)
    member = {one.collection for one in read.collections_on(connection, subject)}
    for gathered in dict.fromkeys(named.collections):
        if gathered not in member:
            when = created("collections")
            yield Collection(creator=by, created=when, subject=subject, collection=gathered)
    remarked = {one.note for one in read.notes_on(connection, subject)}
    for note in dict.fromkeys(named.notes):
        if note not in remarked:
            yield Note(creator=by, created=created("notes"), subject=subject, note=note)
