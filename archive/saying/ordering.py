"""Tags, collections and notes: how people order and remark on any noun; taking away is a record too."""

import re
from collections.abc import Sequence

from archive.errors import NotFound, UsageError
from archive.index import read
from archive.index.read import Connection
from archive.model import Collection, Note, Statement, Tag, grouped, parse_id
from archive.saying.voice import Voice, one_line, subject_of, words

# A collection's name is an address of the site: what a path cannot hold, or would hide, is no part of it.
_NO_NAME = re.compile(r"[/\\?#%]|^\.+$|\.(?:json|jsonld|bib|biblatex|ris|atom)$", re.IGNORECASE)
MOST_NAME = 100


def tag(connection: Connection, voice: Voice, written: str, tags: Sequence[str]) -> Sequence[Statement]:
    """Words on a noun; those that it has already are not said again."""
    subject, _ = subject_of(connection, written)
    have = {one.tag for one in read.tags_on(connection, subject)}
    wanted = dict.fromkeys(one_line(word, "a tag", MOST_NAME) for word in tags)
    return [_tag(connection, voice, subject, word) for word in wanted if word not in have]


def _tag(connection: Connection, voice: Voice, subject: str, word: str, undoes: str | None = None) -> Tag:
    created = voice.after(read.said_of(connection, "tags", subject))
    return Tag(creator=voice.name, created=created, subject=subject, tag=word, undoes=undoes)


def untag(connection: Connection, voice: Voice, written: str, tags: Sequence[str]) -> Sequence[Statement]:
    """Take words off a noun, whoever put them there.

    :raises NotFound: it has no such tag.
    """
    subject, _ = subject_of(connection, written)
    standing = read.tags_on(connection, subject)
    said: list[Statement] = []
    for word in dict.fromkeys(one_line(word, "a tag", MOST_NAME) for word in tags):
        held = [one for one in standing if one.tag == word]
        if not held:
            has = ", ".join(sorted({one.tag for one in standing})) or "none"
            raise NotFound(f"{grouped(subject)} has no tag {word!r}; it has {has}")
        said += [_tag(connection, voice, subject, word, one.id) for one in held]
    return said


def collect(connection: Connection, voice: Voice, name: str, members: Sequence[str]) -> Sequence[Statement]:
    """Gather nouns under a name; those that are gathered already are not said again."""
    name = collection_name(name)
    found = dict.fromkeys(subject_of(connection, written)[0] for written in members)
    have = {one.subject for one in read.members_of(connection, name)}
    return [_member(connection, voice, name, subject) for subject in found if subject not in have]


def collection_name(written: str) -> str:
    """A name that is a part of an address as it is.

    :raises UsageError: it holds what an address cannot.
    """
    name = one_line(written, "the name of a collection", MOST_NAME)
    if _NO_NAME.search(name):
        raise UsageError(
            f"{name!r} cannot name a collection: it becomes an address, "
            "so it has no / \\ ? # % and does not end in .json, .jsonld, .bib, .biblatex, .ris or .atom"
        )
    return name


def _member(
    connection: Connection, voice: Voice, name: str, subject: str, undoes: str | None = None
) -> Collection:
    created = voice.after(read.said_of(connection, "collections", subject))
    return Collection(creator=voice.name, created=created, subject=subject, collection=name, undoes=undoes)


def drop(connection: Connection, voice: Voice, name: str, members: Sequence[str]) -> Sequence[Statement]:
    """Take nouns out of a collection.

    :raises NotFound: one is not in it.
    """
    name = collection_name(name)
    standing = read.members_of(connection, name)
    said: list[Statement] = []
    for subject in dict.fromkeys(parse_id(written) for written in members):
        held = [one for one in standing if one.subject == subject]
        if not held:
            raise NotFound(f"{grouped(subject)} is not in the collection {name!r}")
        said += [_member(connection, voice, name, subject, one.id) for one in held]
    return said


def remark(connection: Connection, voice: Voice, written: str, note: str) -> Sequence[Statement]:
    """A remark on a noun; the same remark again says nothing new."""
    subject, _ = subject_of(connection, written)
    note = words(note, "a remark")
    if any(one.note == note and one.creator == voice.name for one in read.notes_on(connection, subject)):
        return ()
    return (_note(connection, voice, subject, note),)


def _note(connection: Connection, voice: Voice, subject: str, note: str, undoes: str | None = None) -> Note:
    created = voice.after(read.said_of(connection, "notes", subject))
    return Note(creator=voice.name, created=created, subject=subject, note=note, undoes=undoes)


def forget(connection: Connection, voice: Voice, written: str) -> Sequence[Statement]:
    """Take a note away, by its own id; its record stays in the log.

    :raises UsageError: it is no note.
    :raises NotFound: it was taken away before.
    """
    identifier, kind = subject_of(connection, written)
    held = read.statement(connection, identifier)
    if not isinstance(held, Note):
        raise UsageError(f"{grouped(identifier)} is a {kind}, not a note")
    if held.undoes or all(one.id != identifier for one in read.notes_on(connection, held.subject)):
        raise NotFound(f"the note {grouped(identifier)} was taken away before")
    if not held.note:
        raise UsageError(f"the note {grouped(identifier)} is not shown: what it remarks on is restricted")
    return (_note(connection, voice, held.subject, held.note, identifier),)
