"""Titles compared: what makes two of them equal, and how like two others are. Pure.

    ‘2026 Venezuela–United States conflict - Wikipedia’  =  "2026 Venezuela-United States conflict"
"""

import re
import unicodedata
from difflib import SequenceMatcher

from ingest.evidence.words import FUNCTION_WORDS, stems

# From here on a found title is the title that was asked for, otherwise spelt; below it is a near miss.
FLOOR = 0.9
_NEAR_MISS = 0.89
# Signs that make a title another one: C# and C, A+ and A.
_SIGNS = re.compile(r"[^\w\s'\"().,:;!?-]")
_LONGEST = 300
_DASHES = re.compile(r"\s*[\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d-]+\s*")
_SINGLE = re.compile(r"[‘’‚‛′`´]")
_DOUBLE = re.compile(r"[“”„‟«»″]|''")
_SITE = re.compile(r"\s+[-\u2010-\u2015|]\s+wikipedia(?:,? the free encyclopa?edia)?\s*$", re.IGNORECASE)
_DISAMBIGUATION = re.compile(
    r"\((?:disambiguation|begriffsklärung|homonymie|desambiguación)\)\s*$", re.IGNORECASE
)


def clean(title: str) -> str:
    """A title as a wiki has it: one line, without the site's name behind it and marks around it."""
    line = " ".join(_without_controls(title).split())
    line = _SITE.sub("", line).strip()
    if len(line) > 2 and line[0] in "“\"«„" and line[-1] in "”\"»“":
        line = line[1:-1].strip()
    return line[:_LONGEST]


def _without_controls(text: str) -> str:
    return "".join(mark for mark in text if mark.isspace() or unicodedata.category(mark)[0] != "C")


def normal(title: str) -> str:
    """What equal titles have in common: compatibility forms, case, dashes, quotation marks, blanks.

    >>> normal("United States–Venezuela  Relations - Wikipedia")
    'united states-venezuela relations'
    """
    text = clean(unicodedata.normalize("NFKC", title).replace("_", " "))
    text = _DOUBLE.sub('"', _SINGLE.sub("'", text))
    return _DASHES.sub("-", text).strip(" .-").casefold()


def similarity(asked: str, found: str) -> float:
    """How like two titles are, 0 to 1; at least FLOOR only where they have the same words in order.

    Letters alone would take "2025 strike" for "2026 strike".
    """
    a, b = normal(asked), normal(found)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    alike = SequenceMatcher(None, a, b, autojunk=False).ratio()
    if _matter(a) and _matter(a) == _matter(b) and _SIGNS.findall(a) == _SIGNS.findall(b):
        return round(max(FLOOR, alike), 3)
    return round(min(_NEAR_MISS, alike), 3)


def _matter(title: str) -> list[str]:
    return [stem for stem in stems(title) if stem not in FUNCTION_WORDS]


def names_several(title: str) -> bool:
    """Whether a title says of itself that it is a page of several meanings."""
    return bool(_DISAMBIGUATION.search(title))


def spellings(title: str) -> list[str]:
    """Other spellings that a wiki may have a title under: dashes for hyphens, straight marks, a capital."""
    straight = _SINGLE.sub("'", _DOUBLE.sub('"', title))
    hyphens = re.sub("[\u2010-\u2015\u2212]", "-", straight)
    dashes = re.sub(r"(?<=\w)-(?=\w)", "–", hyphens)
    capital_after = re.sub(r"(?<=\w)[-–](?=[A-ZÀ-Þ])", "–", hyphens)
    found = dict.fromkeys((hyphens, capital_after, dashes, straight))
    return [spelling for spelling in found if spelling != title]
