"""Dates of a text, whole or in part, however they are written. Pure.

    January 3, 2026 = 3 January 2026 = 3rd of January 2026 = Jan. 3, 2026 = 2026-01-03 = 3. Januar 2026
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.evidence.numbers import Beside, around, near
from ingest.evidence.words import fold

_NAMES = """
january jan januar janvier enero gennaio janeiro januari января stycznia
february feb februar fevrier febrero febbraio fevereiro februari февраля lutego
march mar marz mars marzo marco maart марта marca
april apr avril abril aprile апреля kwietnia
may mai mayo maggio maio mei мая maja
june jun juni juin junio giugno junho июня czerwca
july jul juli juillet julio luglio julho июля lipca
august aug aout agosto augustus августа sierpnia
september sep sept septembre septiembre settembre setembro сентября wrzesnia
october oct oktober okt octobre octubre ottobre outubro октября pazdziernika
november nov novembre noviembre novembro
december dec dezember dez decembre diciembre dicembre dezembro декабря grudnia
"""
_BY_MONTH = enumerate(_NAMES.strip().splitlines(), start=1)
MONTHS = {name: month for month, names in _BY_MONTH for name in names.split()}
_MONTH = r"(?P<{0}>[^\W\d_]{{3,11}})\.?"
_JOIN = r"\s?(?:[-–—]|to|and|or|bis|und|et|y|e|au|al)\s?"
_DATE = re.compile(
    r"(?:\b|(?<=[\u3040-\u9fff]))(?:(?P<iy>\d{4})(?P<isep>[-/.])(?P<im>\d{2})(?P=isep)(?P<id>\d{2})(?:T\d\d(?::?\d\d){0,2}\w*)?"
    r"|(?P<decade>(?:1[5-9]|20)\d0)['’]?s"
    r"|(?P<century>[12]?\d)(?:st|nd|rd|th)[\s-]century"
    r"|(?P<na>\d{1,2})[./](?P<nb>\d{1,2})[./](?P<ny>\d{4})"
    r"|(?P<jy>\d{4})\s?年(?:\s?(?P<jm>\d{1,2})\s?月(?:\s?(?P<jd>\d{1,2})\s?日)?)?"
    r"|(?:(?P<bf>\d{1,2})(?:st|nd|rd|th|er|\.|º)?" + _JOIN + r")?"
    r"(?P<bd>\d{1,2})(?:st|nd|rd|th|er|\.|º)?\s(?:of\s|de\s)?"
    + _MONTH.format("bm")
    + r"(?:,?\s(?:de\s)?(?P<by>\d{4})|\s['’](?P<bs>\d{2}))?"
    r"|"
    + _MONTH.format("am")
    + r"\s(?:the\s)?(?P<ad>\d{1,2})(?:st|nd|rd|th)?(?!\d)"
    r"(?:" + _JOIN + r"(?P<af>\d{1,2})(?:st|nd|rd|th)?(?![\d:]))?(?:,?\s(?P<ay>\d{4}))?"
    r"|" + _MONTH.format("cm") + r",?\s(?:of\s|de\s)?(?P<cy>\d{4})"
    r"|(?P<mm>0[1-9]|1[0-2])/(?P<my>(?:19|20)\d\d)"
    r"|(?P<old>\d{1,4})\s(?P<era>B\.?C\.?(?:E\.?)?|A\.?D\.?|C\.?E\.?)(?!\w)"
    r"|A\.?D\.?\s(?P<after_christ>\d{1,4})"
    r"|(?P<year>1[5-9]\d\d|20\d\d)(?:[–-](?P<to>\d\d)(?!\d|-))?)(?:(?!\w)|(?<=[年月日]))"
)
_VERBS = frozenset({"march", "may"})
# What makes four digits an amount; anything else between 1500 and 2099 is taken for a year.
_COUNTED = re.compile(
    r"\s?%|\s?(?:k?m|kg|ft|mph|km/h)\b|\s(?:percent|per cent|people|persons|men|women|children|troops"
    r"|soldiers|dollars|euros|pounds|copies|votes|deaths|cases|jobs|miles|feet|metres|meters|kilomet\w+"
    r"|tons|tonnes|million|thousand)\b"
)
# A sum of money, or the decimals of a number: no year.
_SUM = re.compile(r"[$€£¥₹]\s?$|\d[.,]$")
_CENTURY = 100

Reading = tuple[int, int, int]
_Read = tuple[list[Reading], int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Day:
    """A date as written; ``readings``: (year, month, day) with 0 for what is not said.

    ``until``: the last year of a decade or a century, whose first year is the reading's; else 0.
    """

    text: str
    readings: frozenset[Reading]
    start: int
    end: int
    beside: Beside
    until: int = 0

    @property
    def near(self) -> frozenset[str]:
        """The words around, which tell what it dates."""
        return near(self.beside)

    def equals(self, other: "Day") -> bool:
        """Whether the other says this date, at least to the day, month or year that this one names."""
        pairs = ((mine, theirs) for mine in self.readings for theirs in other.readings)
        if self.until:
            return any(a[0] <= b[0] and (other.until or b[0]) <= self.until for a, b in pairs)
        return not other.until and any(_says(mine, theirs) for mine, theirs in pairs)

    def shared(self, other: "Day") -> int:
        """How many parts agree between two dates that are said to the same part, else -1."""
        if bool(self.until) != bool(other.until):
            return -1
        pairs = [(a, b) for a in self.readings for b in other.readings if _part(a) == _part(b)]
        return max((sum(x == y and x > 0 for x, y in zip(a, b, strict=True)) for a, b in pairs), default=-1)


def _part(reading: Reading) -> str:
    return "day" if reading[2] else "month" if reading[1] else "year"


def _says(mine: Reading, theirs: Reading) -> bool:
    for wanted, found in zip(mine, theirs, strict=True):
        # A source may leave out the year of a day, because its own date gives it.
        if wanted and found != wanted and not (found == 0 and wanted == mine[0] and mine[2] and theirs[2]):
            return False
    return True


def dates(text: str, language: str | None = None) -> list[Day]:
    """The dates of a text in order; 3.1.2026, and 3/1/2026 but in English, name the day first.

    "3–5 January 2026" and "1998–99" are two dates each.
    """
    found: list[Day] = []
    at = 0
    while match := _DATE.search(text, at):
        before, place = len(found), match.span()
        for readings, until, (start, end) in _read(match, text, language):
            if possible := frozenset(filter(_possible, readings)):
                written = text[start:end].rstrip(",. ")
                found.append(Day(written, possible, *place, around(text, *place), until))
        # What only looked like a date may hide one: "Unit 731 May 3".
        at = match.end() if len(found) > before else match.start() + 1
    return found


def _read(match: re.Match[str], text: str, language: str | None) -> Iterator[_Read]:
    """The dates of a match: what each may mean, the last year of a span of years, where it is written."""
    whole = match.span()
    if match["iy"] or match["jy"]:
        which = "i" if match["iy"] else "j"
        parts = (int(match[f"{which}{part}"] or 0) for part in "ymd")
        yield [(next(parts), next(parts), next(parts))], 0, whole
    elif match["ny"]:
        a, b, year = int(match["na"]), int(match["nb"]), int(match["ny"])
        code = (language or "en")[:2].lower()
        day_first = code != "en" or text[match.start("nb") - 1] == "."
        yield ([(year, b, a)] if day_first else [(year, b, a), (year, a, b)]), 0, whole
    elif match["my"]:
        yield [(int(match["my"]), int(match["mm"]), 0)], 0, whole
    else:
        yield from _years(match, text)
        yield from _of_a_month(match)


def _years(match: re.Match[str], text: str) -> Iterator[_Read]:
    start, whole = match.start(), match.span()
    if match["decade"]:
        yield [(int(match["decade"]), 0, 0)], int(match["decade"]) + 9, whole
    elif match["century"]:
        first = _CENTURY * (int(match["century"]) - 1) + 1
        yield [(first, 0, 0)], first + _CENTURY - 1, whole
    elif match["old"] or match["after_christ"]:
        year = int(match["old"] or match["after_christ"])
        yield [(-year if (match["era"] or "").startswith("B") else year, 0, 0)], 0, whole
    elif match["year"] and not _COUNTED.match(text, match.end()):
        if _SUM.search(text, max(0, start - 2), start):
            return
        year = int(match["year"])
        yield [(year, 0, 0)], 0, match.span("year")
        if match["to"] and int(match["to"]) > year % _CENTURY:
            yield [(year - year % _CENTURY + int(match["to"]), 0, 0)], 0, whole


def _of_a_month(match: re.Match[str]) -> Iterator[_Read]:
    for part in "bac":
        name = match[f"{part}m"]
        month = 0 if not name or name in _VERBS else MONTHS.get(fold(name), 0)
        if not month:
            continue
        year = int(match[f"{part}y"] or 0)
        if part == "b" and match["bs"]:
            year = 2000 + int(match["bs"])
        day = int(match[f"{part}d"]) if part != "c" else 0
        also = match[f"{part}f"] if part != "c" else None
        # Of two days the one beside the month is written with it, the other with all.
        own = {"a": (match.start(), match.end("ad")), "b": (match.start("bd"), match.end())}
        yield [(year, month, day)], 0, own[part] if also else match.span()
        if also:
            yield [(year, month, int(also))], 0, match.span()


def _possible(reading: Reading) -> bool:
    return reading[1] <= 12 and reading[2] <= 31
