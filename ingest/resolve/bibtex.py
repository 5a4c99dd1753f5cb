"""BibTeX as far as titles and addresses need it: entries to their fields, LaTeX accents to letters. Pure.

    @string{ab = "Annual "}
    @online{key, title = {The {UN} in Per{\\'u}}, journal = ab # "Report", year = 2026}
"""

import re
import unicodedata
from collections.abc import Iterator

_ENTRY = re.compile(r"@\s*([A-Za-z]+)\s*([{(])")
_FIELD = re.compile(r"\s*,?\s*([^\s=,{}()\"#]+)\s*=\s*")
_WORD = re.compile(r"[^\s,{}()\"#]+")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MARKS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328", "r": "\u030a", "d": "\u0323",
}  # fmt: skip
_ACCENT = re.compile(r"\\(?:([\'`^\"~=.])\s*\{?\\?([A-Za-z])\}?|([cvuHkrd])(?:\s+|\s*\{)\\?([A-Za-z])\}?)")
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å",
    "AA": "Å", "i": "i", "j": "j", "textendash": "–", "textemdash": "—",
}  # fmt: skip
_LETTER = re.compile(r"\\(" + "|".join(sorted(_LETTERS, key=len, reverse=True)) + r")(?![A-Za-z])\s?")
_COMMAND = re.compile(r"\\[A-Za-z]+\*?\s*(?=\{)")
_VERBATIM = frozenset({"url", "doi", "howpublished", "eprint", "file"})


def entries(text: str) -> Iterator[dict[str, str]]:
    """The entries of a BibTeX file, each as its fields, names in lower case.

    :raises ValueError: an entry does not end.
    """
    macros = {month: month.capitalize() for month in _MONTHS}
    at = 0
    while match := _ENTRY.search(text, at):
        kind = match[1].lower()
        at = _end(text, match.end() - 1)
        body = text[match.end() : at - 1]
        if kind == "string":
            macros.update(_fields(body, macros))
        elif kind not in {"comment", "preamble"}:
            _, _, fields = body.partition(",")
            yield {name: _read(name, value) for name, value in _fields(fields, macros).items()}


def _end(text: str, start: int) -> int:
    """The place behind the bracket that closes the one at a place; only braces nest."""
    closing = "}" if text[start] == "{" else ")"
    depth = 0
    for match in re.compile(r"\\.|[{})]", re.DOTALL).finditer(text, start + 1):
        if match[0] == closing and depth == 0:
            return match.end()
        depth += {"{": 1, "}": -1}.get(match[0], 0)
    line = text.count("\n", 0, start) + 1
    raise ValueError(f"the BibTeX entry that begins on line {line} does not end")


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
    raise ValueError(f"a BibTeX value in quotation marks does not end: {body[start : start + 60]!r}")


def _read(name: str, value: str) -> str:
    """A value as people read it; addresses keep every mark but the escapes before ``_ % & #``."""
    if name in _VERBATIM:
        return re.sub(r"\\([_%&#~])", r"\1", " ".join(value.split()))
    value = _ACCENT.sub(_accented, value)
    value = _LETTER.sub(lambda match: _LETTERS[match[1]], value)
    value = _COMMAND.sub("", value)
    value = re.sub(r"\\([&%$#_{}])", r"\1", value.replace("---", "—").replace("--", "–").replace("~", " "))
    return " ".join(value.replace("{", "").replace("}", "").split())


def _accented(match: re.Match[str]) -> str:
    mark, letter = match[1] or match[3], match[2] or match[4]
    return unicodedata.normalize("NFC", letter + _MARKS[mark])
