"""Citations for LaTeX: BibTeX and BibLaTeX entries. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence

from archive.bibliography.items import Item
from archive.bibliography.names import Name
from archive.bibliography.said import NO_ADDRESS, iso, locator
from archive.bibliography.words import one_line, safe_uri

# LaTeX's own escapes \{ and \} would be miscounted: BibTeX counts braces even after a backslash.
_LATEX = {
    "\0": "{}",
    "\\": r"\textbackslash{}",
    "{": r"\ensuremath{\lbrace}",
    "}": r"\ensuremath{\rbrace}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{symbol: "\\" + symbol for symbol in "#$%&_"},
}
# Between these LaTeX would make one sign of two: '' a closing quotation mark, -- a dash, ?` an upturned mark.
_LIGATURES = re.compile(r"(?<=')(?=')|(?<=[`?!])(?=`)|(?<=-)(?=-)|(?<=<)(?=<)|(?<=>)(?=>)|(?<=,)(?=,)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Language tags as babel names languages; another tag is left out, since babel stops at one it does not know.
_BABEL = {
    "ar": "arabic", "cs": "czech", "da": "danish", "de": "ngerman", "el": "greek", "en": "english",
    "es": "spanish", "fi": "finnish", "fr": "french", "he": "hebrew", "hu": "magyar", "it": "italian",
    "nl": "dutch", "no": "norsk", "nb": "norsk", "pl": "polish", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sv": "swedish", "tr": "turkish", "uk": "ukrainian",
}  # fmt: skip


def bibtex(item: Item) -> str:
    """A ``@misc`` entry for classic BibTeX: the snapshot in ``howpublished``, the original in ``note``."""
    fields = [
        *_described(item),
        *split_date(item.published),
        *kept_fields(item),
    ]
    return entry("misc", item.key, fields)


def kept_fields(item: Item) -> list[tuple[str, str]]:
    """Where it is kept, in the fields that classic styles print."""
    where = item.original if item.kept is None else item.kept.address
    return [
        ("organization", latex(item.site)),
        ("howpublished", _address(where)),
        ("note", _joined([*_note(item), *_pinned(item)])),
        ("language", latex(item.language)),
    ]


def addendum(item: Item) -> str:
    """Where it is kept and which passage is meant, as standard styles of BibLaTeX print it."""
    return _joined([*_archived(item), *map(latex, item.remarks), *_pinned(item)])


def biblatex(item: Item) -> str:
    """An ``@online`` entry for BibLaTeX: ``url`` the original, ``urldate`` the capture.

    Standard styles print ``addendum``, so the snapshot stands there; ``archiveurl`` and ``archivedate`` are
    for those who have declared them (a data model file). Biber leaves alone what it does not know.
    """
    kept = item.kept
    fields = [
        *_described(item),
        ("organization", latex(item.site)),
        ("date", iso(item.published)),
        ("url", safe_uri(item.original) if item.original else ""),
        ("urldate", kept.day if kept and item.original else ""),
        ("addendum", addendum(item)),
        ("archiveurl", safe_uri(kept.address) if kept and kept.has_web_address else ""),
        ("archivedate", kept.day if kept and kept.has_web_address else ""),
        ("langid", _BABEL.get(item.language.partition("-")[0].lower(), "")),
    ]
    return entry("online", item.key, fields)


def latex(value: str) -> str:
    """Words as LaTeX prints them, on one line."""
    return "".join(_LATEX.get(symbol, symbol) for symbol in _LIGATURES.sub("\0", one_line(value)))


def entry(kind: str, key: str, fields: Iterable[tuple[str, str]]) -> str:
    """An entry with those of its fields that hold something."""
    body = ",\n".join(f"  {name} = {_value(name, value)}" for name, value in fields if value)
    return f"@{kind}{{{key},\n{body}\n}}\n"


def _value(name: str, value: str) -> str:
    """A field's value; months are BibTeX's own macros and stand without braces."""
    return value if name == "month" else "{" + value + "}"


def _described(item: Item) -> Iterator[tuple[str, str]]:
    yield "author", people(item.authors)
    # In braces of its own: styles that put titles in lower case leave it as the page wrote it.
    yield "title", "{" + latex(item.title) + "}"


def people(names: Sequence[Name]) -> str:
    """Names as BibTeX parts them."""
    return " and ".join(map(_name, names))


# What BibTeX would part a name at, or take for a particle.
_PARTED = re.compile(r",|\band\b|\bothers\b", re.IGNORECASE)


def _name(name: Name) -> str:
    """``von Last, Jr, First``; what is no person's name in braces, so that no "and" in it parts it."""
    if not name.given:
        return "{" + latex(name.family) + "}"
    family = "{" + latex(name.family) + "}" if _is_small(name.family) else _protected(name.family)
    surname = f"{_protected(name.particle)} {family}" if name.particle else family
    return ", ".join(filter(None, (surname, _protected(name.suffix), _protected(name.given))))


def _protected(part: str) -> str:
    return "{" + latex(part) + "}" if _PARTED.search(part) else latex(part)


def _is_small(family: str) -> bool:
    """Whether a surname begins as a particle does; in braces it is none."""
    return any(word[:1].islower() for word in family.split()[:-1])


def split_date(published: tuple[int, ...]) -> Iterator[tuple[str, str]]:
    """A date in the three fields of classic BibTeX."""
    for name, part in zip(("year", "month", "day"), published, strict=False):
        yield name, _MONTHS[part - 1] if name == "month" else str(part)


def _note(item: Item) -> Iterator[str]:
    if item.kept:
        original = f" from {_address(item.original)}" if item.original else ""
        yield f"Archived {item.kept.day} (UTC){original}"
        if not item.kept.has_web_address:
            yield NO_ADDRESS
    yield from map(latex, item.remarks)


def _archived(item: Item) -> Iterator[str]:
    if item.kept:
        place = "at" if item.kept.has_web_address else "as"
        yield f"Archived {item.kept.day} (UTC) {place} {_address(item.kept.address)}"
        if not item.kept.has_web_address:
            yield NO_ADDRESS


def _pinned(item: Item) -> Iterator[str]:
    if item.pinpoint:
        words = item.pinpoint.quotation
        place = latex(locator(item.pinpoint.locator))
        yield f"{place}: ``{latex(words)}''" if words else place
        yield f"passage {_address(item.pinpoint.address)}"


def _joined(parts: list[str]) -> str:
    return "; ".join(parts)


def _address(address: str) -> str:
    """``\\url`` for an address, words for what only names the snapshot."""
    return (
        latex(address)
        if address.startswith("pincite:")
        else rf"\url{{{safe_uri(address)}}}"
        if address
        else ""
    )
