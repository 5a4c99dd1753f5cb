"""A few words that tell a noun from others: its title, or the first words of its own."""

from archive.documents.shape import hidden
from archive.index import read
from archive.index.read import Connection
from archive.index.read.pointers import citation

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
    elif kind == "citation":
        cited = citation(connection, identifier)
        words = cited.label if cited else ""
    elif kind == "text":
        text = read.text(connection, identifier)
        words = _of_snapshot(connection, text.snapshot) if text else ""
    words = " ".join(words.split())
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"


def _of_snapshot(connection: Connection, identifier: str) -> str:
    description, snapshot = read.description(connection, identifier), read.snapshot(connection, identifier)
    return (description.title if description else None) or (snapshot.uri if snapshot else "")
