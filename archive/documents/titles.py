"""A few words that tell a noun from others: its title, or the first words of its own."""

from collections.abc import Callable

from archive.documents.shape import hidden
from archive.index import read
from archive.index.read import Connection
from archive.index.read.pointers import citation, reading_article
from archive.model import Collection, Entry, Note, Tag

LONGEST = 80


def title_of(connection: Connection, identifier: str) -> str:
    """The title of a noun, or its own first words; empty where it has none."""
    kind = read.kind_of(connection, identifier)
    words = ""
    if kind == "snapshot" and not hidden(connection, identifier):
        words = _of_snapshot(connection, identifier)
    elif kind == "claim":
        claim = read.claim(connection, identifier)
        words = claim.passage.exact if claim else ""
    elif kind == "entry":
        entry = read.entry(connection, identifier)
        words = (entry.title or entry.uri or "") if entry else ""
    elif kind == "citation":
        cited = citation(connection, identifier)
        words = cited.label if cited else ""
    elif kind in _OTHERS:
        words = _OTHERS[kind](connection, identifier)
    words = " ".join(words.split())
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"


def _of_snapshot(connection: Connection, identifier: str) -> str:
    description, snapshot = read.description(connection, identifier), read.snapshot(connection, identifier)
    return (description.title if description else None) or (snapshot.uri if snapshot else "")


def _of_text(connection: Connection, identifier: str) -> str:
    text = read.text(connection, identifier)
    return _of_snapshot(connection, text.snapshot) if text else ""


def _of_reading(connection: Connection, identifier: str) -> str:
    article = reading_article(connection, identifier)
    return _of_snapshot(connection, article) if article else ""


def _of_evidence(connection: Connection, identifier: str) -> str:
    span = read.evidence_span(connection, identifier)
    return span[2].exact if span else ""


def _of_requisite(connection: Connection, identifier: str) -> str:
    found = read.requisite(connection, identifier)
    return found.answer.uri if found else ""


def _of_failure(connection: Connection, identifier: str) -> str:
    found = read.failure(connection, identifier)
    return found.uri if found else ""


def _of_statement(connection: Connection, identifier: str) -> str:
    said = read.statement(connection, identifier)
    if isinstance(said, Entry):
        return said.title
    if isinstance(said, Note):
        return said.note
    if isinstance(said, Tag):
        return said.tag
    return said.collection if isinstance(said, Collection) else ""


_OTHERS: dict[str, Callable[[Connection, str], str]] = {
    "text": _of_text,
    "reading": _of_reading,
    "evidence": _of_evidence,
    "requisite": _of_requisite,
    "failure": _of_failure,
    "entry": _of_statement,
    "note": _of_statement,
    "tag": _of_statement,
    "collection": _of_statement,
}
