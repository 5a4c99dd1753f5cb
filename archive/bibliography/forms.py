"""The forms of a citation: BibTeX, RIS, CSL-JSON and plain text. Pure."""

import json
from collections.abc import Callable, Iterator

from archive.bibliography.items import Item
from archive.bibliography.words import date_parts, one_line, person, safe_uri

ARCHIVE_NAME = "Pincite"
# LaTeX's own escapes \{ and \} would be miscounted: BibTeX counts braces even after a backslash.
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\ensuremath{\lbrace}",
    "}": r"\ensuremath{\rbrace}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{symbol: "\\" + symbol for symbol in "#$%&_"},
}
_ENDS = (".", "?", "!", "…")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def bibtex(item: Item) -> str:
    """A ``@misc`` entry for classic BibTeX: the snapshot in ``howpublished``, the original in ``note``."""
    fields = [
        ("author", " and ".join(_bibtex_name(name, item.site) for name in item.authors)),
        ("title", "{" + _latex(item.title) + "}"),
        ("organization", _latex(item.site)),
        *_bibtex_date(item.published),
        ("howpublished", _url(item.address) if item.has_web_address else _latex(item.address)),
        ("note", _bibtex_note(item)),
        ("language", _latex(item.language)),
    ]
    body = ",\n".join(f"  {name} = {_value(name, value)}" for name, value in fields if value)
    return f"@misc{{{item.key},\n{body}\n}}\n"


def ris(item: Item) -> str:
    """An ``ELEC`` record; the first ``UR`` is the snapshot, the second the original."""
    return "".join(f"{tag}  - {one_line(value)}\r\n" for tag, value in _ris_lines(item)) + "ER  - \r\n"


def csl_json(item: Item) -> str:
    """A CSL-JSON array of one ``webpage``; ``archive`` stays unused: styles take it for a reading room."""
    document: dict[str, object] = {
        "id": item.key,
        "type": "webpage",
        "title": item.title,
        "accessed": {"date-parts": [date_parts(item.day)]},
        "URL": item.address if item.has_web_address else safe_uri(item.original),
        "note": _note(item),
        "custom": {
            "original-url": item.original,
            "archive-url": item.address,
            "archive-date": item.captured,
            "archive-name": ARCHIVE_NAME,
            "digest": item.digest,
        },
    }
    if item.authors:
        document["author"] = [_csl_name(name, item.site) for name in item.authors]
    if item.published:
        document["issued"] = {"date-parts": [item.published]}
    document |= {
        key: value for key, value in (("container-title", item.site), ("language", item.language)) if value
    }
    return json.dumps([document], ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def plain(item: Item) -> str:
    """One line for a footnote: author, title, site, date, original address, archived address."""
    published = "-".join(f"{part:02}" for part in item.published) or ("undated" if item.site else "Undated")
    parts = [
        "; ".join(item.authors),
        f"“{item.title}”",
        ", ".join(filter(None, (item.site, published))),
        safe_uri(item.original),
        _archived(item),
    ]
    if item.quotation:
        parts.append(f"{item.locator or 'passage'}: “{one_line(item.quotation)}”")
    return "".join(part if part.rstrip("”")[-1:] in _ENDS else part + "." for part in _spaced(parts)) + "\n"


FORMATS: dict[str, Callable[[Item], str]] = {
    "plain": plain,
    "bibtex": bibtex,
    "ris": ris,
    "csl-json": csl_json,
}


def _spaced(parts: list[str]) -> Iterator[str]:
    for number, part in enumerate(filter(None, parts)):
        yield f" {part}" if number else part


def _archived(item: Item) -> str:
    said = f"Archived {item.day} (UTC) "
    said += f"at {item.address}" if item.has_web_address else f"as {item.address} (no public address is set)"
    return f"{said}; {item.remark}" if item.remark else said


def _note(item: Item) -> str:
    said = f"Original: {safe_uri(item.original)} . {_archived(item)}. Digest of the payload: {item.digest}"
    return f"{said}. {item.locator}" if item.locator else said


def _bibtex_note(item: Item) -> str:
    note = f"Archived {item.day} (UTC) from {_url(item.original)}"
    if not item.has_web_address:
        note += "; no public address is set"
    return note + "".join(f"; {_latex(extra)}" for extra in (item.remark, item.locator) if extra)


def _bibtex_date(published: tuple[int, ...]) -> Iterator[tuple[str, str]]:
    for name, part in zip(("year", "month", "day"), published, strict=False):
        yield name, _MONTHS[part - 1] if name == "month" else str(part)


def _value(name: str, value: str) -> str:
    """A field's value; months are BibTeX's own macros and stand without braces."""
    return value if name == "month" else "{" + value + "}"


def _ris_lines(item: Item) -> Iterator[tuple[str, str]]:
    yield from (("TY", "ELEC"), ("ID", item.key), ("TI", item.title))
    for name in item.authors:
        surname, given = person(name, item.site)
        yield "AU", f"{surname}, {given}" if given else surname
    if item.site:
        yield "T2", item.site
    if item.published:
        parts = [f"{part:02}" for part in item.published]
        yield "PY", parts[0]
        yield "DA", "/".join([*parts, "", ""][:3]) + "/"
    yield "Y2", item.day.replace("-", "/") + "/"
    if item.has_web_address:
        yield "UR", item.address
    yield "UR", safe_uri(item.original)
    yield "DB", ARCHIVE_NAME
    if item.language:
        yield "LA", item.language
    yield "N1", _note(item)


def _bibtex_name(name: str, site: str) -> str:
    surname, given = person(name, site)
    return f"{_latex(surname)}, {_latex(given)}" if given else "{" + _latex(surname) + "}"


def _csl_name(name: str, site: str) -> dict[str, str]:
    surname, given = person(name, site)
    return {"family": surname, "given": given} if given else {"literal": surname}


def _latex(value: str) -> str:
    return "".join(_LATEX.get(symbol, symbol) for symbol in one_line(value))


def _url(uri: str) -> str:
    return rf"\url{{{safe_uri(uri)}}}"
