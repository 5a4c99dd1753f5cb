"""BibTeX and BibLaTeX: entries with their raw fields, and what they say. Pure.

    @string{ab = "Annual "}
    @online{key, title = {The {UN} in Per{\\'u}}, journal = ab # "Report", year = 2026}

bibtexparser reads neither joined strings nor entries in parentheses, and keeps no entry that lacks a brace
apart from the next; so this is our own, and its results are compared with bibtexparser's in the tests.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archive.bibliography.names import Name, parted, written
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
)
from ingest.library.latex import plain, verbatim

_ENTRY = re.compile(r"@[ \t]*([A-Za-z]+)\s*([{(])")
_NEXT = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+\s*[{(]", re.MULTILINE)
_FIELD = re.compile(r"\s*,?\s*([^\s=,{}()\"#]+)\s*=\s*")
_WORD = re.compile(r"[^\s,{}()\"#]+")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_VERBATIM = frozenset({"url", "doi", "howpublished", "eprint", "file", "archiveurl", "isbn"})
_TEX_URL = re.compile(r"\\url\s*\{([^}]*)\}|(https?://[^\s}]+)")
_TAKEN = frozenset({
    "author", "title", "year", "month", "day", "date", "url", "doi", "isbn", "keywords", "groups", "annote",
    "annotation", "archiveurl", "archivedate", "pincite",
})  # fmt: skip
# What our own export says in the places that styles print; it is no remark of a person.
_OURS = frozenset({"howpublished", "note", "addendum", "urldate", "organization"})


@dataclass(frozen=True, slots=True)
class Block:
    """An entry as it stands: its type and field names in lower case, values without their outer marks."""

    kind: str
    key: str
    fields: Mapping[str, str]
    raw: str
    line: int


def blocks(text: str) -> Iterator[Block | Fault]:
    """The entries of a file; one that does not end is a fault, and the next is looked for behind it."""
    macros = {month: month.capitalize() for month in _MONTHS}
    at, lines = 0, Lines(text)
    while match := _ENTRY.search(text, at):
        kind, line = match[1].lower(), lines.at(match.start())
        try:
            end = _end(text, match.end() - 1)
            body = text[match.end() : end - 1]
            if kind == "string":
                macros.update(_fields(body, macros))
            elif kind not in {"comment", "preamble"}:
                key, _, fields = body.partition(",")
                yield Block(kind, key.strip(), _fields(fields, macros), text[match.start() : end], line)
        except ValueError as error:
            yield Fault(line, f"the BibTeX entry that begins on line {line} {error}")
            following = _NEXT.search(text, match.end())
            end = following.start() if following else len(text)
        at = end


def entries(text: str) -> Iterator[dict[str, str]]:
    """The entries of a file, each as its fields as people read them.

    :raises ValueError: an entry does not end.
    """
    for block in blocks(text):
        if isinstance(block, Fault):
            raise ValueError(block.detail)
        yield {
            name: verbatim(value) if name in _VERBATIM else plain(value)
            for name, value in block.fields.items()
        }


def read(text: str) -> Read:
    """The entries of a BibTeX or BibLaTeX file."""
    for block in blocks(text):
        yield block if isinstance(block, Fault) else _imported(block)


def printed_address(howpublished: str) -> str:
    """The address that is printed for an entry, if any."""
    how = _TEX_URL.search(howpublished)
    return (how[1] or how[2]) if how else ""


def _imported(block: Block) -> Imported:
    fields = block.fields
    marked = fields.get("pincite", "").split()
    ours = bool(marked)
    noted = [name for name in fields if re.fullmatch(r"annot(?:e|ation)\d*", name)]
    if not ours:
        noted += [name for name in ("note", "addendum") if name in fields]
    taken = _TAKEN | set(noted) | ((_OURS - set(marked)) if ours else frozenset())
    return Imported(
        title=plain(fields.get("title", "")),
        form="biblatex" if _is_biblatex(block) else "bibtex",
        raw=block.raw,
        line=block.line,
        authors=tuple(map(written, people(fields.get("author", "")))),
        date=_date(fields),
        uri=address_of(
            verbatim(fields.get("url", "")),
            "" if ours else verbatim(printed_address(fields.get("howpublished", ""))),
        ),
        doi=doi_of(verbatim(fields.get("doi", ""))),
        isbn=isbn_of(verbatim(fields.get("isbn", ""))),
        key=block.key or None,
        tags=names(_listed(fields.get("keywords", ""))),
        collections=collection_names(_listed(fields.get("groups", ""))),
        notes=remarks("\n".join(map(plain, fields[name].splitlines())) for name in noted),
        archived=address_of(verbatim(fields.get("archiveurl", ""))),
        kind=block.kind,
        others=tuple((name, value) for name, value in fields.items() if name not in taken),
    )


def _is_biblatex(block: Block) -> bool:
    return block.kind == "online" or "date" in block.fields


def _listed(value: str) -> list[str]:
    """Words parted by commas; where there is none, by semicolons."""
    found = parted(value, ",")
    return [plain(word) for word in (found if len(found) > 1 else parted(value, ";"))]


def people(value: str) -> Iterator[Name]:
    """The names of a field, parted by ``and`` outside of braces; ``others`` is nobody.

    >>> [name.inverted for name in people("van der Berg, Anna and {WHO} and Jane Doe and others")]
    ['van der Berg, Anna', 'WHO', 'Doe, Jane']
    """
    depth = 0
    name: list[str] = []
    for word in re.split(r"([{}]|\s+)", value + " and "):
        if word.lower() == "and" and not depth:
            whole = "".join(name).strip()
            if whole and whole.lower() != "others":
                yield _person(whole)
            name = []
            continue
        depth = max(0, depth + {"{": 1, "}": -1}.get(word, 0))
        name.append(word)


def _person(whole: str) -> Name:
    parts = parted(whole)
    if len(parts) == 1:
        words = [word for word in parted(" ".join(whole.split()), " ") if word]
        if len(words) == 1:
            return Name(plain(whole))
        first = next((n for n, word in enumerate(words[1:-1], 1) if _is_small(word)), len(words) - 1)
        behind, given = words[first:], " ".join(words[:first])
        return _named(behind, "", plain(given))
    suffix = ", ".join(map(plain, parts[1:-1]))
    return _named(
        [word for word in parted(" ".join(parts[0].split()), " ") if word], suffix, plain(parts[-1])
    )


def _named(words: list[str], suffix: str, given: str) -> Name:
    """A name whose surname is in these words: small ones before the last are particles."""
    count = 0
    while count < len(words) - 1 and _is_small(words[count]):
        count += 1
    family, before = plain(" ".join(words[count:])), plain(" ".join(words[:count]))
    if not given or not family:
        return Name(" ".join(filter(None, (before, family, given))), suffix=suffix)
    return Name(family, given, before, suffix)


def _is_small(word: str) -> bool:
    return not word.startswith("{") and plain(word)[:1].islower()


def _date(fields: Mapping[str, str]) -> str | None:
    """``date``, else ``year`` with its month and day."""
    if date := plain(fields.get("date", "")):
        return date
    year = plain(fields.get("year", ""))
    month = one_line(fields.get("month", "")).strip("{}").lower()
    number = _MONTHS.index(month[:3]) + 1 if month[:3] in _MONTHS else int(month) if month.isdecimal() else 0
    if not re.fullmatch(r"\d{4}", year):
        return " ".join(filter(None, (plain(fields.get("month", "")), year))) or None
    if not 1 <= number <= 12:
        return " ".join(filter(None, (plain(fields.get("month", "")), year)))
    day = fields.get("day", "").strip()
    return f"{year}-{number:02}" + (f"-{int(day):02}" if day.isdecimal() and 0 < int(day) < 32 else "")


def _end(text: str, start: int) -> int:
    """The place behind the bracket that closes the one at a place; only braces nest."""
    closing = "}" if text[start] == "{" else ")"
    depth = 0
    for match in re.compile(r"\\.|[{})]", re.DOTALL).finditer(text, start + 1):
        if match[0] == closing and depth == 0:
            return match.end()
        depth += {"{": 1, "}": -1}.get(match[0], 0)
    raise ValueError("does not end")


def _fields(body: str, macros: dict[str, str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    at = 0
    while match := _FIELD.match(body, at):
        value, at = _value(body, match.end(), macros)
        fields.setdefault(match[1].lower(), value)
    return fields


def _value(body: str, at: int, macros: dict[str, str]) -> tuple[str, int]:
    """A value and the place behind it: pieces joined by ``#``."""
    pieces = []
    while at < len(body):
        if body[at] == "{":
            end = _end(body, at)
            pieces.append(body[at + 1 : end - 1])
        elif body[at] == '"':
            end = _closing_quote(body, at)
            pieces.append(body[at + 1 : end - 1])
        elif word := _WORD.match(body, at):
            end = word.end()
            pieces.append(macros.get(word[0].lower(), word[0]))
        else:
            break
        joined = re.compile(r"\s*#\s*").match(body, end)
        at = joined.end() if joined else end
        if not joined:
            break
    return "".join(pieces), at


def _closing_quote(body: str, start: int) -> int:
    depth = 0
    for match in re.compile(r"\\.|[{}\"]", re.DOTALL).finditer(body, start + 1):
        if match[0] == '"' and depth == 0:
            return match.end()
        depth += {"{": 1, "}": -1}.get(match[0], 0)
    raise ValueError(f"holds a value whose quotation mark is not closed: {body[start : start + 60]!r}")
