"""Raised numbers of a page on paper: told by size and baseline, written as Unicode writes them. Pure.

work.        the reader of PDF breaks the line at a raised number,       "work.¹ It holds 4 million m³"
1            and takes the three of m³ for a three
It holds 4 million m3
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from ingest.citations.marks import DIGITS

_RAISE = str.maketrans("0123456789", DIGITS)
_NUMBER = re.compile(r"\d+")
# What may stand between raised numbers, and is raised with them.
_BETWEEN = ",;–-"
_BREAK = "\r\n"
_CLOSING = ".,;:!?)]”’»"
# In parts of the size of the letters beside it: how small a raised number is, and how high it stands.
_SMALLER, _LOWEST, _HIGHEST = 0.92, 0.12, 0.8
# Fonts have small raised digits of their own, which stand on no baseline.
_LIFTED = 0.15
_FARTHEST = 12


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character on its page, in points: left edge, baseline, height of its font, lower edge of its ink."""

    left: float
    base: float
    size: float
    low: float


Glyphs = Callable[[int], Glyph | None]


def with_raised(words: str, glyph: Glyphs) -> tuple[str, list[tuple[int, int, str]]]:
    """A page's words, each raised digit as such (no place moves), and its lines.

    ``glyph`` gives a character by its place in ``words``. A line is its span there, and what goes before
    it: a line end, or a blank or nothing where the page goes on in the same line.
    """
    shown = list(words)
    for found in _NUMBER.finditer(words):
        # The last digit tells: a number is raised as a whole, or a raised one stands behind it.
        for at in range(found.end() - 1, found.start() - 1, -1):
            if not _is_raised(words, at, glyph):
                break
            shown[at] = words[at].translate(_RAISE)
    text = "".join(shown)
    return text, list(_lines(text, glyph))


def _is_raised(words: str, at: int, glyph: Glyphs) -> bool:
    own = glyph(at)
    if own is None:
        return False
    if own.low - own.base > _LIFTED * own.size:
        return True
    places = [range(at - 1, at - _FARTHEST, -1)]
    if words[max(0, at - _FARTHEST) : at + 1].rstrip("0123456789")[-1:] in ("", "\n"):
        # At the head of its line it stands before the words that it is raised above.
        places.append(range(at + 1, at + _FARTHEST))
    beside = (glyph(one) for where in places if (one := _beside(words, where)) is not None)
    return any(_above(own, other) for other in beside if other)


def _beside(words: str, places: range) -> int | None:
    """The nearest character that is neither a blank nor part of a row of numbers."""
    for at in places:
        inside = 0 <= at < len(words) and not words[at].isspace() and not words[at].isdigit()
        if inside and not (words[at] in _BETWEEN and _between_numbers(words, at)):
            return at
    return None


def _between_numbers(words: str, at: int) -> bool:
    return words[at - 1 : at].isdigit() and words[at + 1 : at + 2].isdigit()


def _above(own: Glyph, other: Glyph) -> bool:
    rise = own.base - other.base
    return own.size < _SMALLER * other.size and _LOWEST * other.size < rise < _HIGHEST * other.size


def _lines(text: str, glyph: Glyphs) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    start, before = 0, "\n"
    while True:
        end = text.find(_BREAK, start)
        found.append((start, len(text) if end < 0 else end, before))
        if end < 0:
            return found
        start = end + len(_BREAK)
        before = _gap(text, end, start, glyph)


def _gap(text: str, end: int, start: int, glyph: Glyphs) -> str:
    """What stands for a break between two lines: nothing before a raised number, a blank behind one."""
    last, first = text[end - 1 : end], text[start : start + 1]
    if not (last and last in DIGITS) and not (first and first in DIGITS):
        return "\n"
    one, other = glyph(end - 1), glyph(start)
    if one is None or other is None or other.left < one.left:
        return "\n"
    if first in DIGITS and _above(other, one):
        return ""
    if not (last in DIGITS and _above(one, other)):
        return "\n"
    return "" if first in _CLOSING else " "
