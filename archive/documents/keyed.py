"""What a manuscript names, found in the archive: a cite key, an id, a passage."""

import re
from dataclasses import replace

from archive import bibliography
from archive.documents.citing import citation_item, named_passage, passage_item
from archive.errors import BadId
from archive.index import read
from archive.index.read import Connection
from archive.model import parse_id

# How a computed key ends: with the first symbols of the id of its snapshot or citation.
_COMPUTED = re.compile(r".*-([0-9a-hjkmnp-tv-z]{8})")


def keyed_item(connection: Connection, key: str, base_url: str | None) -> bibliography.Item | None:
    """What there is to cite under a key, which stays as it is written; None where it names nothing.

    A key set by hand or pinned goes before one that an entry came with, that before an id, that before a key
    that was pinned and then set by hand (a manuscript older than the change still holds it), that before one
    computed of what was never captured.
    """
    found = read.snapshot_with_key(connection, key) or read.entry_with_key(connection, key)
    item = citation_item(connection, found, base_url) if found else _named(connection, key, base_url)
    item = item or _computed(connection, key, base_url)
    return replace(item, key=key) if item and bibliography.plain_key(key) == key else None


def named_item(connection: Connection, written: str, base_url: str | None) -> bibliography.Item | None:
    """What there is to cite of an id or passage as print has it.

    :raises BadId: it is mistyped.
    """
    passage = named_passage(written)
    if passage:
        return passage_item(connection, *passage, base_url)
    return citation_item(connection, parse_id(written), base_url)


def _named(connection: Connection, key: str, base_url: str | None) -> bibliography.Item | None:
    try:
        return named_item(connection, key, base_url)
    except BadId:
        return None


def _computed(connection: Connection, key: str, base_url: str | None) -> bibliography.Item | None:
    former = read.snapshot_once_with_key(connection, key)
    if former:
        return citation_item(connection, former, base_url)
    begins = _COMPUTED.fullmatch(key)
    for identifier in read.citable_beginning_with(connection, begins[1]) if begins else ():
        item = citation_item(connection, identifier, base_url)
        if item and item.key == key:
            return item
    return None
