"""Citations for reference managers: RIS and CSL-JSON. Pure."""

from collections.abc import Iterator, Sequence
from typing import Any

from archive.bibliography.items import Item
from archive.bibliography.names import Name
from archive.bibliography.said import locator, note
from archive.bibliography.words import date_parts, json_text, one_line, safe_uri

ARCHIVE_NAME = "Pincite"


def ris(item: Item) -> str:
    """An ``ELEC`` record; the first ``UR`` is the snapshot, the second the original."""
    return "".join(f"{tag}  - {one_line(value)}\r\n" for tag, value in _ris_lines(item)) + "ER  - \r\n"


def _ris_lines(item: Item) -> Iterator[tuple[str, str]]:
    kept = item.kept
    yield from (("TY", "ELEC"), ("ID", item.key), ("TI", item.title))
    yield from (("AU", name.inverted) for name in item.authors)
    if item.site:
        yield "T2", item.site
    if item.published:
        parts = [f"{part:02}" for part in item.published]
        yield "PY", parts[0]
        yield "DA", "/".join([*parts, "", ""][:3]) + "/"
    if kept:
        yield "Y2", kept.day.replace("-", "/") + "/"
        if kept.has_web_address:
            yield "UR", kept.address
    if item.original:
        yield "UR", safe_uri(item.original)
    if kept:
        yield "DB", ARCHIVE_NAME
    if item.language:
        yield "LA", item.language
    yield from (("N1", said) for said in note(item))


def csl_json(items: Sequence[Item]) -> str:
    """A CSL-JSON array of ``webpage`` items: ``URL`` is the snapshot, ``custom`` keeps the original.

    ``archive`` stays unused: styles take it for a reading room. A locator belongs to the citation, not to
    the item; so that it is not lost it stands in ``custom`` and ``note``.
    """
    return json_text(list(map(csl_document, items)))


def csl_document(item: Item) -> dict[str, Any]:
    """One item of CSL-JSON."""
    kept = item.kept
    address = kept.address if kept and kept.has_web_address else safe_uri(item.original)
    document: dict[str, Any] = {
        "id": item.key,
        "type": "webpage",
        "title": item.title,
        "note": _csl_note(item),
    }
    optional = {
        "URL": address,
        "author": list(map(_csl_name, item.authors)),
        "container-title": item.site,
        "language": item.language,
        "issued": {"date-parts": [item.published]} if item.published else None,
        "accessed": {"date-parts": [date_parts(kept.date)]} if kept else None,
        "DOI": one_line(item.metadata.doi or ""),
        "custom": _custom(item),
    }
    return document | {key: value for key, value in optional.items() if value}


def _csl_note(item: Item) -> str:
    """All notes, the archive's first: citeproc takes a note that begins as ``Original: …`` for a variable."""
    said = note(item)
    return ". ".join([*said[1:], *said[:1]] if item.original else said)


def _custom(item: Item) -> dict[str, Any]:
    said: dict[str, Any] = {"original-url": item.original} if item.original else {}
    if item.kept:
        said |= {
            "archive-url": item.kept.address,
            "archive-date": item.kept.date,
            "archive-name": ARCHIVE_NAME,
            "digest": item.kept.digest,
        }
    if item.pinpoint:
        found = item.pinpoint.locator
        said |= {
            "passage-url": item.pinpoint.address,
            "locator": locator(found),
            "label": found.unit,
            "quote": item.pinpoint.quotation,
        }
    return said


def _csl_name(name: Name) -> dict[str, str]:
    if not name.given:
        return {"literal": name.family}
    parts = {"family": name.family, "given": name.given}
    parts |= {"non-dropping-particle": name.particle} if name.particle else {}
    return parts | ({"suffix": name.suffix} if name.suffix else {})
