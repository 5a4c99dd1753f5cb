"""Ids in Datasette's own tables as links to our pages, with a title beside."""

import re

from archive.documents import title_of
from archive.errors import BadId
from archive.index import read
from archive.index.read import Connection
from archive.model import grouped, parse_id
from archive.site.pages.findings import where_in
from archive.site.publishing import AT_HOME, Publishing

_ID = re.compile(r"[0-9a-hjkmnp-tv-z]{16}")


def labelled(
    connection: Connection, value: str, publishing: Publishing = AT_HOME
) -> tuple[str, str, str] | None:
    """Path, id in groups, and a title for an id of this archive; None for any other value.

    A row that leads to a claim says its words only where the table of claims may be read.
    """
    if not _ID.fullmatch(value):
        return None
    try:
        path = where_in(connection, parse_id(value))
    except BadId:
        return None
    if path is None:
        return None
    shown = publishing.shows_table("claims") or read.kind_of(connection, value) != "claim"
    return path, grouped(value), title_of(connection, value) if shown else ""
