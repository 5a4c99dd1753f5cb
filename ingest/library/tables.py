"""CSV with a line of heads, Zotero's and our own; a list with an address a line. Pure."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence

from archive.bibliography.library import BETWEEN_NOTES, COLUMNS, unguarded
from archive.bibliography.names import parted, written
from archive.bibliography.words import one_line
from archive.uri import is_web
from ingest.library.bibtex import people
from ingest.library.entry import (
    Fault,
    Imported,
    Read,
    address_of,
    collection_names,
    doi_of,
    isbn_of,
    names,
    remarks,
)

# What the columns are called: by us, by Zotero, by people.
HEADS = {
    "title": ("title", "name", "label", "source", "ti"),
    "author": ("author", "authors", "creator"),
    "date": ("date", "published", "publication date", "publication year", "year"),
    "url": ("url", "uri", "address", "link", "href"),
    "doi": ("doi",),
    "isbn": ("isbn",),
    "key": ("key", "cite key", "citation key", "citekey", "id"),
    "tags": ("tags", "keywords", "keyword", "manual tags"),
    "collections": ("collections", "collection", "groups"),
    "notes": ("notes", "note", "annotation"),
    "archived": ("archive url", "archive-url", "archived"),
    "type": ("type", "item type"),
    "other": ("other",),
}


def delimiter(text: str) -> str:
    """What parts the columns: the mark that the first line has most of, a comma where it has none."""
    first = text.lstrip().split("\n", 1)[0]
    return max((",", ";", "\t"), key=first.count)


def heads(row: Sequence[str]) -> dict[str, int]:
    """Which of our columns stand where."""
    cells = [cell.strip().lower() for cell in row]
    found = {}
    for name, called in HEADS.items():
        place = next((cells.index(one) for one in called if one in cells), None)
        if place is not None:
            found[name] = place
    return found


def read(text: str) -> Read:
    """The rows of a CSV file."""
    try:
        yield from _rows(text)
    except csv.Error as error:
        yield Fault(1, f"expected CSV: {error}")


def _rows(text: str) -> Read:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text))
    first = next(rows, [])
    where = heads(first)
    ours = tuple(first) == tuple(COLUMNS)
    if not where.keys() & {"title", "url", "doi"}:
        shown = ", ".join(first)[:120] or "nothing"
        yield Fault(1, f"expected a first line with the columns title, author, date, url …, found {shown}")
        return
    line = rows.line_num + 1
    for row in rows:
        if any(cell.strip() for cell in row):
            if len(row) > len(first):
                yield Fault(line, f"has {len(row)} cells, but there are {len(first)} columns")
            else:
                yield _imported(line, first, where, [unguarded(cell) for cell in row] if ours else row)
        line = rows.line_num + 1


def _imported(line: int, first: Sequence[str], where: Mapping[str, int], row: Sequence[str]) -> Imported:
    def cell(name: str) -> str:
        place = where.get(name, len(row))
        return row[place] if place < len(row) else ""

    whole = dict(zip(first, row, strict=False))
    return Imported(
        title=one_line(cell("title")),
        form="csv",
        raw=json.dumps(whole, ensure_ascii=False),
        line=line,
        authors=tuple(written(name) for one in several(cell("author")) for name in people(one)),
        date=one_line(cell("date")) or None,
        uri=address_of(cell("url")),
        doi=doi_of(cell("doi")),
        isbn=isbn_of(cell("isbn")),
        key=one_line(cell("key")) or None,
        tags=names(several(cell("tags"))),
        collections=collection_names(several(cell("collections"))),
        notes=remarks(cell("notes").replace("\r\n", "\n").split(BETWEEN_NOTES)),
        archived=address_of(cell("archived")),
        kind=one_line(cell("type")),
        others=tuple({**_kept_others(cell("other")), **_unknown(whole, where)}.items()),
    )


def _unknown(whole: Mapping[str, str], where: Mapping[str, int]) -> dict[str, object]:
    return {
        head: value for n, (head, value) in enumerate(whole.items()) if n not in where.values() and value
    }


def _kept_others(cell: str) -> dict[str, object]:
    """What our own export keeps of columns that it does not have."""
    try:
        found = json.loads(cell) if cell.startswith("{") else {}
    except ValueError:
        return {"other": cell}
    return found if isinstance(found, dict) else {}


def kept(raw: str) -> Imported:
    """A row read once more from what was kept of it."""
    whole = json.loads(raw)
    first = list(whole)
    return _imported(0, first, heads(first), list(whole.values()))


def several(cell: str) -> list[str]:
    """The values in a cell: a line each, or parted by semicolons outside of braces."""
    return cell.splitlines() if "\n" in cell.strip(" ") else parted(cell, ";")


def addresses(text: str, takes: Callable[[str], bool] = is_web) -> Read:
    """A list: an address a line, ``#`` before what is none; its title is found when it is captured."""
    for number, line in enumerate(text.splitlines(), 1):
        said = line.strip()
        if said and not said.startswith("#"):
            if takes(said):
                yield Imported(said, "list", said, number, uri=said)
            else:
                yield Fault(number, f"expected an address on the web, found {said[:80]!r}")
