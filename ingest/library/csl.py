"""CSL-JSON: a list of items, as Zotero, Pandoc and citeproc write it. Pure."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from archive.bibliography.names import Name, written
from archive.bibliography.words import one_line
from ingest.library.entry import (
    Fault,
    Imported,
    Lines,
    Read,
    address_of,
    collection_names,
    doi_of,
    isbn_of,
    names,
    remarks,
    span,
)

_OUR_CUSTOM = frozenset({
    "original-url", "archive-url", "archive-date", "archive-name", "digest", "tags", "collections", "notes",
})  # fmt: skip
_BLANK = re.compile(r"[ \t\r\n]*")
_TAKEN = frozenset({
    "id", "type", "title", "author", "issued", "URL", "DOI", "ISBN", "keyword", "note", "annote", "custom",
})  # fmt: skip


def items(text: str) -> Iterator[tuple[int, str, Any] | Fault]:
    """The members of a list (or of ``{"items": […]}``), each with its line and as it stands."""
    start = _BLANK.match(text)
    at = start.end() if start else 0
    if text[at : at + 1] == "{":
        opening = re.compile(r'\{\s*(?:"(?:config|version|next)"\s*:[^\[\]]*,\s*)?"items"\s*:\s*').match(
            text, at
        )
        if opening is None:
            text, at = f"[{text}]", 0
        else:
            at = opening.end()
    if text[at : at + 1] != "[":
        yield Fault(1, f"expected a list of CSL-JSON items, found {text[at : at + 40]!r}")
        return
    yield from _members(text, at + 1)


def _members(text: str, at: int) -> Iterator[tuple[int, str, Any] | Fault]:
    decoder, lines = json.JSONDecoder(), Lines(text)
    while True:
        at = _after_blanks(text, at)
        if text[at : at + 1] == "]":
            return
        line = lines.at(at)
        try:
            found, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            yield Fault(error.lineno, f"expected JSON: {error.msg} (column {error.colno})")
            return
        except (RecursionError, ValueError) as error:
            yield Fault(line, f"expected JSON: {str(error)[:80] or 'it is nested too deeply'}")
            return
        yield line, text[at:end], found
        at = _after_blanks(text, end)
        if text[at : at + 1] not in (",", "]"):
            yield Fault(lines.at(at), f"expected , or ] behind an item, found {text[at : at + 20]!r}")
            return
        at += text[at] == ","


def _after_blanks(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def read(text: str) -> Read:
    """The items of a CSL-JSON file."""
    for number, item in enumerate(items(text), 1):
        if isinstance(item, Fault):
            yield item
        elif not isinstance(item[2], dict):
            yield Fault(item[0], f"item {number} is no object: {item[1][:60]!r}")
        else:
            yield _imported(*item)


def _imported(line: int, raw: str, item: Mapping[str, Any]) -> Imported:
    custom = item["custom"] if isinstance(item.get("custom"), dict) else {}
    noted = _texts(custom.get("notes")) or [_text(item.get("note")), _text(item.get("annote"))]
    ours = "archive-url" in custom or "notes" in custom
    if ours and not _texts(custom.get("notes")):
        noted = []
    people = item.get("author")
    return Imported(
        title=one_line(_text(item.get("title"))),
        form="csl-json",
        raw=raw,
        line=line,
        authors=tuple(
            written(name) for one in (people if isinstance(people, list) else []) for name in _name(one)
        ),
        date=_date(item.get("issued")),
        uri=address_of(_text(custom.get("original-url")), "" if ours else _text(item.get("URL"))),
        doi=doi_of(_text(item.get("DOI"))),
        isbn=isbn_of(_text(item.get("ISBN"))),
        key=one_line(_text(item.get("id"))) or None,
        tags=names(_texts(custom.get("tags")) or re.split("[,;]", _text(item.get("keyword")))),
        collections=collection_names(_texts(custom.get("collections"))),
        notes=remarks(noted),
        archived=address_of(_text(custom.get("archive-url"))),
        kind=_text(item.get("type")),
        others=tuple(_others(item, custom, ours)),
    )


def _others(item: Mapping[str, Any], custom: dict[str, Any], ours: bool) -> Iterator[tuple[str, Any]]:
    for name, value in item.items():
        if name not in _TAKEN and not (ours and name == "accessed"):
            yield name, value
    theirs = {name: value for name, value in custom.items() if name not in _OUR_CUSTOM}
    if theirs:
        yield "custom", theirs


def _text(value: object) -> str:
    return value if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""


def _texts(value: object) -> list[str]:
    return [_text(one) for one in value] if isinstance(value, list) else []


def _name(said: object) -> Iterator[Name]:
    if not isinstance(said, dict):
        return
    part = {name: one_line(_text(value)) for name, value in said.items() if isinstance(name, str)}
    particle = " ".join(filter(None, (part.get("dropping-particle"), part.get("non-dropping-particle"))))
    family, given = part.get("family", ""), part.get("given", "")
    whole = part.get("literal") or (f"{particle} {family}{given}".strip() if not (family and given) else "")
    if whole:
        yield Name(whole)
    elif family:
        yield Name(family, given, particle, part.get("suffix", ""))


def _date(issued: object) -> str | None:
    if not isinstance(issued, dict):
        return one_line(_text(issued)) or None
    parts = issued.get("date-parts")
    dates = [_iso(one) for one in parts if isinstance(one, list)] if isinstance(parts, list) else []
    said = one_line(_text(issued.get("raw")) or _text(issued.get("literal")))
    return span(dates) or said or None


def _iso(parts: list[object]) -> str:
    numbers = [int(text) for text in map(_text, parts) if re.fullmatch(r"\d{1,4}", text)]
    if not numbers or not numbers[0]:
        return ""
    shown = [f"{numbers[0]:04}"]
    for number, most in zip(numbers[1:3], (12, 31), strict=False):
        if not 1 <= number <= most:
            break
        shown.append(f"{number:02}")
    return "-".join(shown)
