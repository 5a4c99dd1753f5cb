"""Dates of a text, whole or in part, however they are written. Pure.

    January 3, 2026 = 3 January 2026 = 3rd of January 2026 = Jan. 3, 2026 = 2026-01-03 = 3. Januar 2026
"""

import re
from dataclasses import dataclass

from ingest.evidence.numbers import near
from ingest.evidence.words import fold

_NAMES = """
january jan januar janvier enero gennaio janeiro januari
february feb februar fevrier febrero febbraio fevereiro februari
march mar marz mars marzo marco maart
april apr avril abril aprile
may mai mayo maggio maio mei
june jun juni juin junio giugno junho
july jul juli juillet julio luglio julho
august aug aout agosto augustus
september sep sept septembre septiembre settembre setembro
october oct oktober okt octobre octubre ottobre outubro
november nov novembre noviembre novembro
december dec dezember dez decembre diciembre dicembre dezembro
"""
_BY_MONTH = enumerate(_NAMES.strip().splitlines(), start=1)
MONTHS = {name: month for month, names in _BY_MONTH for name in names.split()}
_MONTH = r"(?P<{0}>[^\W\d_]{{3,11}})\.?"
_DATE = re.compile(
    r"\b(?:(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2})"
    r"|(?P<na>\d{1,2})[./](?P<nb>\d{1,2})[./](?P<ny>\d{4})"
    r"|(?P<bd>\d{1,2})(?:st|nd|rd|th|er|\.|º)?\s(?:of\s|de\s)?"
    + _MONTH.format("bm")
    + r"(?:,?\s(?:de\s)?(?P<by>\d{4}))?"
    r"|"
    + _MONTH.format("am")
    + r"\s(?P<ad>\d{1,2})(?:st|nd|rd|th)?(?!\d)(?:[–-]\d{1,2})?(?:,?\s(?P<ay>\d{4}))?"
    r"|" + _MONTH.format("cm") + r",?\s(?:of\s|de\s)?(?P<cy>\d{4})"
    r"|(?P<year>1[5-9]\d\d|20\d\d))\b"
)
_VERBS = frozenset({"march", "may"})
# What makes four digits an amount; anything else between 1500 and 2099 is taken for a year.
_COUNTED = re.compile(
    r"\s?%|\s?(?:k?m|kg|ft|mph|km/h)\b|\s(?:percent|per cent|people|persons|men|women|children|troops"
    r"|soldiers|dollars|euros|pounds|copies|votes|deaths|cases|jobs|miles|feet|metres|meters|kilomet\w+"
    r"|tons|tonnes|million|thousand)\b"
)


@dataclass(frozen=True, slots=True)
class Day:
    """A date as written; ``readings``: (year, month, day) with 0 for what is not said."""

    text: str
    readings: frozenset[tuple[int, int, int]]
    near: frozenset[str]
    start: int
    end: int

    def equals(self, other: "Day") -> bool:
        """Whether the other says this date, at least to the day, month or year that this one names."""
        return any(_says(mine, theirs) for mine in self.readings for theirs in other.readings)

    def shared(self, other: "Day") -> int:
        """How many parts agree between two dates that are said to the same part, else -1."""
        pairs = [(a, b) for a in self.readings for b in other.readings if _part(a) == _part(b)]
        return max((sum(x == y and x > 0 for x, y in zip(a, b, strict=True)) for a, b in pairs), default=-1)


def _part(reading: tuple[int, int, int]) -> str:
    return "day" if reading[2] else "month" if reading[1] else "year"


def _says(mine: tuple[int, int, int], theirs: tuple[int, int, int]) -> bool:
    for wanted, found in zip(mine, theirs, strict=True):
        # A source may leave out the year of a day, because its own date gives it.
        if wanted and found != wanted and not (found == 0 and wanted == mine[0] and mine[2] and theirs[2]):
            return False
    return True


def dates(text: str, language: str | None = None) -> list[Day]:
    """The dates of a text in order; 3.1.2026, and 3/1/2026 but in English, name the day first."""
    found = []
    at = 0
    while match := _DATE.search(text, at):
        readings = frozenset(reading for reading in _readings(match, text, language) if _possible(reading))
        if readings:
            around = near(text, match.start(), match.end())
            found.append(Day(match[0].rstrip(",. "), readings, around, match.start(), match.end()))
        # What only looked like a date may hide one: "Unit 731 May 3".
        at = match.end() if readings else match.start() + 1
    return found


def _readings(match: re.Match[str], text: str, language: str | None) -> list[tuple[int, int, int]]:
    if match["iy"]:
        return [(int(match["iy"]), int(match["im"]), int(match["id"]))]
    if match["ny"]:
        a, b, year = int(match["na"]), int(match["nb"]), int(match["ny"])
        code = (language or "en")[:2].lower()
        day_first = code != "en" or text[match.start("nb") - 1] == "."
        return [(year, b, a)] if day_first else [(year, b, a), (year, a, b)]
    if match["year"]:
        return [] if _COUNTED.match(text, match.end()) else [(int(match["year"]), 0, 0)]
    for part in "bac":
        if match[f"{part}m"]:
            name = match[f"{part}m"]
            month = 0 if name in _VERBS else MONTHS.get(fold(name), 0)
            day = int(match[f"{part}d"]) if part != "c" else 0
            return [(int(match[f"{part}y"] or 0), month, day)] if month else []
    return []


def _possible(reading: tuple[int, int, int]) -> bool:
    return reading[1] <= 12 and reading[2] <= 31
