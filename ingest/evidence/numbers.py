"""Numbers of a text: value, kind, unit and the words around, however they are written. Pure.

    15,000 = 15 000 = 15.000 (where a dot parts thousands) = 15 thousand = fifteen thousand
    20% = 20 percent = one in five          $3 million = US$3,000,000, but not €3 million
    41 km = 41 kilometres = 25.5 miles      9 p.m. = 21:00          21st = twenty-first
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from ingest.evidence import spelt, units
from ingest.evidence.words import FUNCTION_WORDS, small, stems

_MAGNITUDE = {
    "dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "k": 1e3, "mn": 1e6, "m": 1e6, "bn": 1e9, "tn": 1e12,
    "tausend": 1e3, "mille": 1e3, "mila": 1e3, "mil": 1e3, "duizend": 1e3,
    "mio": 1e6, "millionen": 1e6, "millions": 1e6, "millones": 1e6, "millón": 1e6, "milioni": 1e6,
    "milhões": 1e6, "miljoen": 1e6, "mrd": 1e9, "milliarde": 1e9, "milliarden": 1e9, "milliards": 1e9,
    "miliardi": 1e9, "bilhões": 1e9, "miljard": 1e9, "lakh": 1e5, "crore": 1e7,
    "万": 1e4, "萬": 1e4, "億": 1e8, "亿": 1e8,
}  # fmt: skip
# Here and in `spelt` the patterns are small letters, and so is what they are searched in.
_MAGNITUDES = "|".join(sorted(_MAGNITUDE, key=len, reverse=True))
_NUMBER = re.compile(
    r"(?P<currency>us\$|[$€£¥₹]|\b(?:usd|eur|gbp|jpy|inr|rs)\b\.?)?\s?"
    r"(?=[\dadefnost])(?<![.,])(?:(?<!\w)|(?<=[\u3040-\u9fff]))"
    r"(?:(?P<digits>\d{1,3}(?:[,.'’ \u00a0\u2009\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
    rf"(?P<ordinal>st|nd|rd|th)?|(?P<spelt>{spelt.COUNT}))(?:\b|(?=(?:mn|bn|tn|m|k)\b|[\u3040-\u9fff]))"
    rf"(?:[\s-]?(?P<magnitude>{_MAGNITUDES})(?:\b|(?=[\u3040-\u9fff])))?"
    r"[\s-]?(?:(?P<points>percentage[\s-]points?\b|prozentpunkte?n?\b)"
    r"|(?P<percent>%|per\s?cent\b|prozent\b|procent\b|(?:pour\scent|por\sciento|por\scento|per\scento)\b))?"
    r"\s?(?P<after>euros?\b|(?:us\s|u\.s\.\s)?dollars?\b|pounds?\b|rupees?\b|yen\b|[€£$])?"
)
_CLOCK = re.compile(
    r"(?<![\w:.,])(?P<hour>[01]?\d|2[0-4])(?:(?P<mark>[:.])(?P<minute>[0-5]\d))?(?!\d|[:.]\d)"
    r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?"
)
_CURRENCY = {
    "us$": "$", "usd": "$", "dollar": "$", "us dollar": "$", "u.s. dollar": "$", "eur": "€", "euro": "€",
    "gbp": "£", "pound": "£", "jpy": "¥", "yen": "¥", "inr": "₹", "r": "₹", "rupee": "₹",
}  # fmt: skip
_MONEY = frozenset("$€£¥₹")
_ABOUT = re.compile(
    r"\b(?:about|around|some|nearly|almost|roughly|approximately|up to|an estimated|close to|under"
    r"|less than|fewer than|ca?\.|etwa|rund|fast|environ|cerca de|unos)\s*$"
)
_LEAST = re.compile(
    r"\b(?:over|more than|at least|upwards of|no fewer than|no less than|exceed(?:s|ed|ing)|mehr als"
    r"|über|plus de|más de)\s*$"
)
_MINUS = re.compile(r"(?:(?:^|(?<=[\s(]))(?P<minus>[-\u2212])|\b(?P<word>minus)\s)$")
# Between the two ends of a range, of which only the last may say what both are.
_RANGE = re.compile(r"\s?(?:to|[-–—]|and|or|bis|à)\s?")
# "About 15,000" may stand for 14,600 in the source, but not for 14,000; "over 15,000" for up to half more.
_ROUNDING, _MORE = 0.05, 1.5
# One unit told in another is rounded: 41 km are 25 or 25.5 miles; a share in percent likewise: 33 or 33.3.
_TOLD_OTHERWISE, _SHARE_POINTS = 0.02, 1.0
_THOUSANDS = re.compile(r"['’ \u00a0\u2009\u202f]")
# Languages that write 15,000 and 1.5; all others that are stated write 15.000 and 1,5.
_DOT_DECIMAL = frozenset({"en", "zh", "ja", "ko", "th", "he", "ms", "tl", "hi", "ur", "bn"})
_NEAR, _BESIDE = 3, 80
_SMALL = 100

Beside = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written; ``values`` has two where a dot may part thousands or decimals.

    ``kind``: percent, points, share, ordinal, clock (in minutes), a currency, or plain. ``least``: it is a
    lower bound ("over 15,000"). ``sure``: False for a word that may mean no number ("second").
    ``measure``: how many symbols of the text are a unit of measure behind the number.
    """

    text: str
    values: frozenset[float]
    kind: str
    about: bool
    start: int
    end: int
    beside: Beside
    unit: units.Unit | None = None
    least: bool = False
    sure: bool = True
    measure: int = 0

    @property
    def near(self) -> frozenset[str]:
        """The words around, which tell what it counts."""
        return near(self.beside)

    @property
    def bare(self) -> str:
        """The number as written, without the unit behind it."""
        return self.text[: len(self.text) - self.measure].rstrip()

    @property
    def family(self) -> str:
        """What it may be compared with: sums of money with each other, lengths with lengths."""
        if self.kind == "plain":
            return self.unit.quantity if self.unit else "plain"
        return "money" if self.kind in _MONEY else "percent" if self.kind == "share" else self.kind

    def outside(self, spans: Iterable[tuple[int, int]]) -> bool:
        """Whether it stands in none of these places."""
        return not any(start < self.end and self.start < end for start, end in spans)

    def equals(self, other: "Number") -> bool:
        """Whether both say the same amount of the same thing, as far as they say it."""
        if "share" in (self.kind, other.kind):
            return self._equals_share(other)
        if self.kind != other.kind and "plain" not in (self.kind, other.kind):
            return False
        if self.kind != other.kind and {self.kind, other.kind} & {"percent", "points", "ordinal", "clock"}:
            return False
        if self.unit and other.unit and self.unit != other.unit:
            return self._equals_measure(self.unit, other, other.unit)
        if self._measured != other._measured and self._small and not self.near & other.near:
            return False
        if self.values & other.values:
            return True
        return any(self._near_enough(a, b) for a in self.values for b in other.values)

    @property
    def _measured(self) -> bool:
        return self.unit is not None or self.kind in _MONEY

    @property
    def _small(self) -> bool:
        """So small that it is everywhere: 3 pounds are not said by "season 3"."""
        return all(abs(value) < _SMALL and value.is_integer() for value in self.values)

    def _near_enough(self, mine: float, theirs: float) -> bool:
        return (self.about and abs(mine - theirs) <= _ROUNDING * abs(mine)) or (
            self.least and mine <= theirs <= mine * _MORE
        )

    def _equals_measure(self, unit: units.Unit, other: "Number", of: units.Unit) -> bool:
        if unit.quantity != of.quantity:
            return False
        pairs = [(unit.base(a), of.base(b)) for a in self.values for b in other.values]
        return any(abs(a - b) <= _TOLD_OTHERWISE * abs(a) or self._near_enough(a, b) for a, b in pairs)

    def _equals_share(self, other: "Number") -> bool:
        if self.family != "percent" or other.family != "percent":
            return False
        mine, theirs = (
            {100 * value if one.kind == "share" else value for value in one.values} for one in (self, other)
        )
        return any(abs(a - b) < _SHARE_POINTS or self._near_enough(a, b) for a in mine for b in theirs)


def numbers(text: str, language: str | None = None, taken: Iterable[tuple[int, int]] = ()) -> list[Number]:
    """The numbers of a text in order, but for those inside the spans that are taken (dates)."""
    masked = list(taken)
    found: list[Number] = []
    for read in (_clocks, _shares, _ordinals, _counts):
        free = [one for one in read(text, language) if one.outside(masked)]
        masked += [(one.start, one.end) for one in free]
        found += free
    return _of_ranges(sorted(found, key=lambda one: one.start), text)


def _counts(text: str, language: str | None) -> Iterator[Number]:
    for match in _NUMBER.finditer(small(text)):
        group = "digits" if match["digits"] else "spelt"
        start, end, kind = match.start(group), match.end(), _kind(match)
        values, unit = _values(match, language), None
        if kind == "plain" and (measured := _unit(match, text)):
            unit, end = measured
        first = match.start()
        if minus := _MINUS.search(text, max(0, start - 6), start):
            values, first = frozenset(-value for value in values), minus.start(minus.lastgroup or 0)
        yield replace(
            _number(text, (first, end), values, kind, start), unit=unit, measure=max(0, end - match.end())
        )


def _unit(match: re.Match[str], text: str) -> tuple[units.Unit, int] | None:
    # "41 m" is a tower's height, "£41m" a sum, and "41m" may be either.
    if (match["magnitude"] or "").lower() == "m":
        return (units.METRE, match.end()) if match[0].rstrip()[-2:-1].isspace() else None
    return units.after(text, match.end())


def _clocks(text: str, language: str | None) -> Iterator[Number]:
    for match in _CLOCK.finditer(small(text)):
        hour, half = int(match["hour"]), (match["half"] or "").lower()
        if (half and not 1 <= hour <= 12) or (not half and match["mark"] != ":"):
            continue
        minutes = 60.0 * hour + int(match["minute"] or 0)
        if half:
            values = {minutes % 720 + (720 if half == "p" else 0)}
        else:
            # "10:30" may be of the evening.
            values = {minutes, minutes + 720} if 1 <= hour < 12 else {minutes}
        yield _number(text, match.span(), frozenset(values), "clock", match.start())


def _shares(text: str, language: str | None) -> Iterator[Number]:
    for match in spelt.SHARE.finditer(small(text)):
        value = spelt.share(match)
        if value is not None:
            end = match.end() - len(match["of"] or "")
            yield _number(text, (match.start(), end), frozenset({value}), "share", match.start())


def _ordinals(text: str, language: str | None) -> Iterator[Number]:
    for match in spelt.ORDINAL.finditer(small(text)):
        values = frozenset({spelt.ordinal(match)})
        yield replace(
            _number(text, match.span(), values, "ordinal", match.start()), sure=bool(match["tens"])
        )


def _number(text: str, span: tuple[int, int], values: frozenset[float], kind: str, start: int) -> Number:
    before = small(text[max(0, start - 24) : start].rstrip("$€£¥₹US "))
    piece = text[slice(*span)]
    written = piece.strip(" \u00a0\u2009\u202f")
    first, last = span[0] + piece.index(written), span[1]
    about, least = bool(_ABOUT.search(before)), bool(_LEAST.search(before))
    return Number(written, values, kind, about, first, last, around(text, first, last), least=least)


def _of_ranges(found: list[Number], text: str) -> list[Number]:
    """The numbers, where "5 to 10 percent" are both percent, and "3 to 4 million" may both be millions."""
    whole = list(found)
    for at, (first, last) in reversed(list(enumerate(pairwise(found)))):
        if not _RANGE.fullmatch(text, first.end, last.start) and first.end != last.start:
            continue
        after = whole[at + 1]
        if first.kind == "plain" and not first.unit and after.kind in {"percent", "points", *_MONEY}:
            whole[at] = replace(first, kind=after.kind)
        elif first.kind == "plain" and not first.unit and after.unit:
            whole[at] = replace(first, unit=after.unit)
        elif first.kind in _MONEY and after.kind == "plain" and not after.unit:
            whole[at + 1] = replace(after, kind=first.kind)
    return whole


def _values(match: re.Match[str], language: str | None) -> frozenset[float]:
    scales = {_MAGNITUDE[match["magnitude"].lower()]} if match["magnitude"] else {1.0}
    if (match["magnitude"] or "").lower() == "m" and not (match["currency"] or match["after"]):
        scales = {1.0} if match[0].rstrip()[-2:-1].isspace() else scales | {1.0}
    values = {spelt.count(match["spelt"])} if match["spelt"] else _readings(match["digits"], language)
    return frozenset(round(value * scale, 6) for value in values for scale in scales)


def _readings(digits: str, language: str | None) -> set[float]:
    """What a number may mean: 15.000 is fifteen thousand, or fifteen, where nothing says which."""
    bare = _THOUSANDS.sub("", digits)
    marks = [mark for mark in bare if mark in ".,"]
    if not marks:
        return {float(bare)}
    whole = float(bare.replace(",", "").replace(".", ""))
    decimal = float(re.sub(r"[.,](?=.*[.,])", "", bare).replace(",", "."))
    if len(marks) > 1:
        return {decimal if marks.count(marks[-1]) == 1 else whole}
    head, tail = bare.split(marks[0])
    if len(tail) != 3 or len(head) > 3 or head == "0":
        return {decimal}
    code = (language or "").replace("_", "-").split("-")[0].lower()
    if not code:
        return {whole} if marks[0] == "," else {whole, decimal}
    return {decimal if (marks[0] == ".") == (code in _DOT_DECIMAL) else whole}


def _kind(match: re.Match[str]) -> str:
    for kind in ("percent", "points", "ordinal"):
        if match[kind]:
            return kind
    sign = (match["currency"] or match["after"] or "").lower().rstrip(".").removesuffix("s")
    return _CURRENCY.get(sign, sign) or "plain"


def around(text: str, start: int, end: int) -> Beside:
    """What stands before and behind a place; of most numbers and dates it is never read."""
    return text[max(0, start - _BESIDE) : start], text[end : end + _BESIDE]


@lru_cache(maxsize=1024)
def near(beside: Beside) -> frozenset[str]:
    """The stems of the words of matter around a place: what a number counts, what a date dates."""
    before, after = ([stem for stem in stems(side) if _matter(stem)] for side in beside)
    return frozenset(before[-_NEAR:] + after[:_NEAR])


def _matter(stem: str) -> bool:
    return stem not in FUNCTION_WORDS and not stem[0].isdigit()
