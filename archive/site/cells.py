"""Ids in Datasette's own tables as links to our pages, with a title beside."""

import re

from archive.documents.shape import hidden
from archive.errors import BadId
from archive.index import read
from archive.index.read import Connection
from archive.index.read.pointers import citation
from archive.model import grouped, parse_id
from archive.site.pages.findings import where_in

_ID = re.compile(r"[0-9a-hjkmnp-tv-z]{16}")
LONGEST = 80


def labelled(connection: Connection, value: str) -> tuple[str, str, str] | None:
    """Path, id in groups, and a title for an id of this archive; None for any other value."""
    if not _ID.fullmatch(value):
        return None
    try:
        path = where_in(connection, parse_id(value))
    except BadId:
        return None
    return (path, grouped(value), _title(connection, value)) if path else None


def _title(connection: Connection, identifier: str) -> str:
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
