"""Citations for Typst: entries of a Hayagriva file, in the part of YAML that is JSON's. Pure."""

import json
import re
from collections.abc import Iterator

from archive.bibliography.items import Item
from archive.bibliography.names import Name
from archive.bibliography.said import archived, ended, iso, note
from archive.bibliography.words import one_line, safe_uri

# What a formattable string obeys: braces keep their words as written, dollars enclose formulas.
_OBEYED = re.compile(r"([\\{}$])")
# YAML 1.2, 5.1: what is not printable stands escaped; and what would turn or break the line.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def hayagriva(item: Item) -> str:
    """A ``web`` entry: ``url`` is the original with the day of capture, the archived address the container's.

    Of the styles that Typst carries (0.15) none prints ``note``, and IEEE, its default, neither ``archive``
    nor ``archive-location`` nor ``genre``; all print the container's title, so the archive stands there.
    """
    lines = "".join(f"  {name}: {value}\n" for name, value in _fields(item))
    return f"{_scalar(item.key)}:\n{lines}"


def _fields(item: Item) -> Iterator[tuple[str, str]]:
    yield "type", "web"
    yield "title", _verbatim(item.title)
    if item.authors:
        yield "author", f"[{', '.join(map(_name, item.authors))}]"
    if item.published:
        yield "date", _scalar(iso(item.published))
    if item.original:
        dated = f", date: {_scalar(item.kept.day)}" if item.kept else ""
        yield "url", f"{{value: {_scalar(safe_uri(item.original))}{dated}}}"
    container = " ".join(filter(None, (ended(item.site) if item.site else "", archived(item))))
    if container:
        yield "parent", f"{{type: web, title: {_verbatim(container)}}}"
    if item.language:
        yield "language", _scalar(item.language)
    # A DOI as serial number would be printed instead of the original address.
    doi = [f"DOI: {one_line(item.metadata.doi)}"] if item.metadata.doi else []
    yield "note", _verbatim(". ".join([*note(item), *doi]))


def _name(name: Name) -> str:
    """A person by his parts; what is no person's name whole, so that no comma in it parts it."""
    parts = {"name": name.family}
    if name.given:
        parts |= {"given-name": name.given, "prefix": name.particle, "suffix": name.suffix}
    return f"{{{', '.join(f'{key}: {_scalar(value)}' for key, value in parts.items() if value)}}}"


def _verbatim(words: str) -> str:
    """Words whose case and signs no style changes."""
    return _scalar("{" + _OBEYED.sub(r"\\\1", words) + "}")


def _scalar(value: str) -> str:
    """A string in double quotes as JSON and YAML both read it."""
    written = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda mark: f"\\u{ord(mark[0]):04x}", written)
