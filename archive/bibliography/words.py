"""Archived words made safe to print: one line, no stray directions, dates as exact as they are. Pure.

Everything archived is hostile until escaped: a title may hold braces, newlines or right-to-left marks.
"""

import json
import re
import unicodedata
from typing import Any
from urllib.parse import quote

# Embeddings, overrides and isolates: one left open in a title would turn the address after it around.
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# RFC 3986 reserved and unreserved characters, and % itself; all else is percent-encoded.
_URI_SAFE = "%:/?#[]@!$&'()*+,;=-._~"
# What a terminal obeys, and marks that turn the direction of what stands behind them.
_STEERING = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
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


def json_text(document: Any) -> str:
    """A document as JSON, each control character and mark of direction in it as an escape.

    >>> json_text({"a": "ä\\u202e"})
    '{\\n  "a": "ä\\\\u202e"\\n}\\n'
    """
    written = json.dumps(document, ensure_ascii=False, indent=2)
    return _STEERING.sub(lambda mark: f"\\u{ord(mark[0]):04x}", written) + "\n"


def safe_uri(uri: str) -> str:
    """An address with everything that RFC 3986 does not allow in one percent-encoded.

    >>> safe_uri("https://example.org/a b?c={d}")
    'https://example.org/a%20b?c=%7Bd%7D'
    """
    return quote(uri.encode("utf-8", "replace"), safe=_URI_SAFE)


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
