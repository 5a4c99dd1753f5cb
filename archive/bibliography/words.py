"""Archived words made safe to print: one line, no stray directions, people's names in two parts. Pure.

Everything archived is hostile until escaped: a title may hold braces, newlines or right-to-left marks.
"""

import re
import unicodedata
from urllib.parse import quote

# Embeddings, overrides and isolates: one left open in a title would turn the address after it around.
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# RFC 3986 reserved and unreserved characters, and % itself; all else is percent-encoded.
_URI_SAFE = "%:/?#[]@!$&'()*+,;=-._~"
# A name with one of these words is an organisation's: it is never split into given name and surname.
_CORPORATE = frozenset(
    {"agency", "association", "board", "bureau", "committee", "contributors", "council", "department"}
    | {"desk", "editor", "editorial", "editors", "group", "institute", "journal", "magazine", "ministry"}
    | {"network", "news", "office", "press", "reporters", "service", "society", "staff", "team", "the"}
    | {"times", "university"}
)
_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-])*")
_ISO_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")


def one_line(value: str) -> str:
    """One line of text that leaves the words around it alone.

    >>> one_line("a\\n\\u202eb\\x00 ")
    'a b'
    """
    kept = (
        " " if unicodedata.category(symbol) in {"Cc", "Zl", "Zp"} else symbol
        for symbol in value
        if symbol not in _BIDI_CONTROLS and unicodedata.category(symbol) != "Cs"
    )
    return " ".join("".join(kept).split())


def safe_uri(uri: str) -> str:
    """An address with everything that RFC 3986 does not allow in one percent-encoded.

    >>> safe_uri("https://example.org/a b?c={d}")
    'https://example.org/a%20b?c=%7Bd%7D'
    """
    return quote(uri.encode("utf-8", "replace"), safe=_URI_SAFE)


def person(name: str, site: str | None = None) -> tuple[str, str]:
    """Surname and given names; all in the first, and none given, where it is not plainly a person's name.

    >>> person("Jane Q. Doe"), person("Wikipedia contributors")
    (('Doe', 'Jane Q.'), ('Wikipedia contributors', ''))
    """
    name = one_line(name)
    if name.count(",") == 1:
        surname, given = (part.strip() for part in name.split(","))
        return (surname, given) if surname and given else (name, "")
    words = name.split()
    plainly = 2 <= len(words) <= 3 and all(_NAME_WORD.fullmatch(w) and w[0].isupper() for w in words)
    if not plainly or name == site or not _CORPORATE.isdisjoint(name.lower().split()):
        return name, ""
    return words[-1], " ".join(words[:-1])


def date_parts(iso: str) -> tuple[int, ...]:
    """Year, month and day of an ISO date, as many as it has.

    >>> date_parts("2024-03-05T10:00"), date_parts("2024-13-05"), date_parts("spring")
    ((2024, 3, 5), (2024,), ())
    """
    found = _ISO_DATE.match(iso)
    return tuple(int(part) for part in found.groups() if part) if found else ()


def plain_letters(name: str) -> str:
    """A name as lower-case ASCII letters and digits.

    >>> plain_letters("Ångström & Söhne")
    'angstromsohne'
    """
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", folded.lower())
