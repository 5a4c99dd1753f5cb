"""Entries of a library's file: what a citation says, and how people ordered it, so that it comes back. Pure.

Not to be printed but to be read again, by us and by others: tags, collections, remarks and numbers stand
where each form has a place for them. ``pincite`` marks what our readers must not take for a person's remark.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from archive.bibliography import latex as tex
from archive.bibliography.interchange import ARCHIVE_NAME, csl_document
from archive.bibliography.items import Item
from archive.bibliography.names import written
from archive.bibliography.said import iso
from archive.bibliography.words import date_parts, json_text, one_line, safe_uri
from archive.model import grouped

# What would end an address in BibTeX.
_ADDRESS_ENDS = re.compile(r"[{}\\\s]")
BETWEEN_NOTES = "\n\n* * *\n\n"
COLUMNS = (
    "key", "type", "title", "author", "date", "url", "archive url", "doi", "isbn", "tags", "collections",
    "notes", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shelved:
    """An item and what a library says of it besides.

    ``date``: as given; ``kind`` and ``others``: its type, and the fields that have no place here, in the form
    that is written; ``archived``: the address of a snapshot that it came with.
    """

    item: Item
    date: str = ""
    isbn: str = ""
    tags: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    archived: str = ""
    kind: str = ""
    others: tuple[tuple[str, object], ...] = ()

    @property
    def title(self) -> str:
        """The title; empty where there is none."""
        return one_line(self.item.metadata.title or "")

    @property
    def doi(self) -> str:
        """The DOI; empty where there is none."""
        return one_line(self.item.metadata.doi or "")

    @property
    def original(self) -> str:
        """The address of the original as its author or archivist wrote it; empty where there is none."""
        return one_line(self.item.original)

    @property
    def snapshot(self) -> str:
        """The address of its snapshot, here or where it came from; empty where there is none."""
        kept = self.item.kept
        return kept.address if kept else self.archived

    @property
    def dates(self) -> list[tuple[int, ...]]:
        """Its date, or the two of a span, in their parts; none where it is written otherwise."""
        parts = list(map(date_parts, self.date.split("/")))
        exact = "/".join(map(iso, parts)) == self.date and all(parts) and len(parts) < 3
        return parts if exact else []


def bibtex(one: Shelved) -> str:
    """A BibTeX entry: whatever classic styles print, and the fields that reference managers read."""
    dated = [("date", tex.latex(one.date))] if len(one.dates) != 1 else []
    if not re.match(r"\d{4}", one.date):
        dated = [("year", tex.latex(one.date))]
    split = list(tex.split_date(one.dates[0])) if one.dates else []
    own = [*split, *dated, *tex.kept_fields(one.item), *_common(one)]
    return _tex_entry(one, "misc", own)


def biblatex(one: Shelved) -> str:
    """A BibLaTeX entry."""
    kept = one.item.kept
    own = [
        ("date", tex.latex(one.date)),
        ("urldate", kept.day if kept and one.item.original else ""),
        ("addendum", tex.addendum(one.item)),
        *_common(one),
    ]
    return _tex_entry(one, "online" if one.item.original else "misc", own)


def _common(one: Shelved) -> Iterator[tuple[str, str]]:
    kept = one.item.kept
    yield "url", _ADDRESS_ENDS.sub(lambda mark: f"%{ord(mark[0]):02X}", one.original)
    yield "doi", tex.latex(one.doi)
    yield "isbn", tex.latex(one.isbn)
    yield "keywords", ", ".join(map(_protected, one.tags))
    yield "groups", ", ".join(map(_protected, one.collections))
    yield "archiveurl", safe_uri(one.snapshot) if one.snapshot else ""
    yield "archivedate", kept.day if kept else ""
    for number, note in enumerate(one.notes, 1):
        lines = "\n".join(map(tex.latex, note.split("\n")))
        yield f"annote{number if number > 1 else ''}", lines


def _protected(word: str) -> str:
    return "{" + tex.latex(word) + "}" if re.search("[,;{}]", word) else tex.latex(word)


def _tex_entry(one: Shelved, kind: str, own: Iterable[tuple[str, str]]) -> str:
    """Fields that came with it stand as they came; ``pincite`` names those that ours would have been."""
    others = [(name, _balanced(str(value))) for name, value in one.others]
    names = {name for name, _ in others}
    mine = [(name, value) for name, value in own if name not in names]
    theirs = sorted(names & {"howpublished", "note", "addendum", "urldate", "organization"})
    mark = ("pincite", " ".join([grouped(one.item.id), *theirs]))
    titled = [("title", "{" + tex.latex(one.title) + "}")] if one.title else []
    authors = [("author", tex.people(one.item.authors))]
    return tex.entry(one.kind or kind, one.item.key, [*authors, *titled, *mine, *others, mark])


def _balanced(value: str) -> str:
    depth = 0
    for symbol in value:
        depth += {"{": 1, "}": -1}.get(symbol, 0)
        if depth < 0:
            break
    return tex.latex(value) if depth else value


def ris(one: Shelved) -> str:
    """A RIS record: ``UR`` the original, ``L2`` the snapshot, ``LB`` each collection."""
    lines = [*_ris(one), *((tag, str(value)) for tag, value in one.others)]
    return "".join(f"{tag}  - {_ris_value(value)}\r\n" for tag, value in lines if value) + "ER  - \r\n"


def _ris_value(value: str) -> str:
    """Lines after the first begin with a blank, so that none is taken for a tag."""
    return "\r\n ".join(map(one_line, value.split("\n")))


def _ris(one: Shelved) -> Iterator[tuple[str, str]]:
    item = one.item
    usual = "ELEC" if item.original else "BOOK" if one.isbn else "GEN"
    yield from (("TY", one.kind or usual), ("ID", item.key), ("TI", one.title))
    yield from (("AU", _ris_name(name.surname, name.given, name.suffix)) for name in item.authors)
    yield from _ris_date(one)
    yield from (("UR", one.original), ("DO", one.doi), ("SN", one.isbn))
    if one.snapshot:
        day = item.kept.day.replace("-", "/") + "/" if item.kept else ""
        yield from (("L2", one.snapshot), ("Y2", day), ("DB", ARCHIVE_NAME))
    yield from (("KW", tag) for tag in one.tags)
    yield from (("LB", name) for name in one.collections)
    yield from (("N1", note) for note in one.notes)


def _ris_name(surname: str, given: str, suffix: str) -> str:
    """A name without a comma is an organisation's; braces protect a comma within a part."""
    parts = (surname, given, suffix) if suffix else (surname, given) if given else (surname,)
    return ", ".join(f"{{{part}}}" if "," in part else part for part in parts)


def _ris_date(one: Shelved) -> Iterator[tuple[str, str]]:
    if not one.dates:
        yield "DA", f"///{one.date}" if one.date else ""
        return
    first = [f"{part:02}" for part in one.dates[0]]
    until = f"to {iso(one.dates[1])}" if len(one.dates) > 1 else ""
    yield "PY", f"{one.dates[0][0]:04}"
    yield "DA", "/".join([*first, "", ""][:3]) + "/" + until


def csl_json(one: Shelved) -> str:
    """One CSL-JSON item, without the list around it."""
    others = {name: value for name, value in one.others if name != "custom"}
    document: dict[str, Any] = others | csl_document(one.item)
    for name, value in (
        ("title", one.title), ("type", one.kind or "webpage"), ("note", "\n\n".join(one.notes)),
        ("DOI", one.doi), ("ISBN", one.isbn), ("keyword", ", ".join(one.tags)), ("issued", _csl_date(one)),
    ):  # fmt: skip
        document.pop(name, None)
        document |= {name: value} if value else {}
    theirs = dict(one.others).get("custom")
    document["custom"] = {
        **(theirs if isinstance(theirs, dict) else {}),
        **document.get("custom", {}),
        **({"archive-url": one.archived} if one.archived and not one.item.kept else {}),
        "tags": list(one.tags),
        "collections": list(one.collections),
        "notes": list(one.notes),
    }
    return json_text(document).rstrip("\n")


def _csl_date(one: Shelved) -> dict[str, Any] | None:
    if one.dates:
        return {"date-parts": [list(parts) for parts in one.dates]}
    return {"raw": one.date} if one.date else None


def row(one: Shelved) -> str:
    """A line of CSV, of the columns in ``COLUMNS``."""
    others = dict(one.others)
    other = json.dumps(others, ensure_ascii=False) if others else ""
    cells = (
        one.item.key, one.kind, one.title, _cell(map(written, one.item.authors)), one.date, one.original,
        one.snapshot, one.doi, one.isbn, _cell(one.tags), _cell(one.collections),
        BETWEEN_NOTES.join(one.notes), other,
    )  # fmt: skip
    return _csv(cells)


def _cell(values: Iterable[str]) -> str:
    """Several values in a cell: parted by semicolons, or where one holds such a mark, a line each."""
    held = list(values)
    plain = not any(re.search("[;{}]", value) for value in held)
    return "; ".join(held) if plain else "".join(f"{value}\n" for value in held)


def _csv(cells: Iterable[str]) -> str:
    line = io.StringIO(newline="")
    csv.writer(line).writerow(map(guarded, cells))
    return line.getvalue()


# What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection), behind blanks too. It takes
# each line of a cell for a row where its locale parts columns by another mark than ours.
_FORMULA = "(?='*[^\\S\\n\\r]*[=+\\-@\uff1d\uff0b\uff0d\uff20])"
_BEGINS = re.compile(rf"(\A|[\n\r]){_FORMULA}")
_GUARDED = re.compile(rf"(\A|[\n\r])'{_FORMULA}")


def guarded(cell: str) -> str:
    """A cell that no spreadsheet computes: an apostrophe stands before what begins like a formula.

    >>> guarded("=1+1"), guarded("1+1"), guarded("'-")
    ("'=1+1", '1+1', "''-")
    """
    return _BEGINS.sub(r"\1'", cell)


def unguarded(cell: str) -> str:
    """The cell that ``guarded`` was given.

    >>> unguarded("'=1+1"), unguarded("1+1"), unguarded("''-")
    ('=1+1', '1+1', "'-")
    """
    return _GUARDED.sub(r"\1", cell)


@dataclass(frozen=True, slots=True)
class LibraryForm:
    """A form of a whole file: what stands before, between and behind its entries."""

    make: Callable[[Shelved], str]
    before: str = ""
    between: str = ""
    behind: str = ""


LIBRARY_FORMS = {
    "bibtex": LibraryForm(bibtex, between="\n"),
    "biblatex": LibraryForm(biblatex, between="\n"),
    "ris": LibraryForm(ris, between="\r\n"),
    "csl-json": LibraryForm(csl_json, "[\n", ",\n", "\n]\n"),
    "csv": LibraryForm(row, _csv(COLUMNS)),
}


def library(shelved: Iterable[Shelved], name: str) -> Iterator[str]:
    """A library's file piece by piece, no two entries with the same key."""
    form = LIBRARY_FORMS[name]
    used: set[str] = set()
    yield form.before
    for number, one in enumerate(shelved):
        key = one.item.key
        numbered = (f"{key}-{again}" for again in count(2))
        while key.lower() in used:
            key = next(numbered)
        used.add(key.lower())
        yield (form.between if number else "") + form.make(replace(one, item=replace(one.item, key=key)))
    yield form.behind
