"""Numbers of a text: value, kind and the words around, however they are written. Pure.

    15,000 = 15 000 = 15.000 (where a dot parts thousands) = 15 thousand = fifteen thousand
    20% = 20 percent = 20 per cent          $3 million = US$3,000,000
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.evidence.words import FUNCTION_WORDS, tokens

_ONES = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen
"""
_UNITS = _ONES.split()
_BY_TEN = "zero ten twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = _BY_TEN.split()[2:]
_SPELT = {word: value for value, word in enumerate(_UNITS)} | {"dozen": 12}
_SPELT |= {word: 10 * value for value, word in enumerate(_TENS, start=2)}
_MAGNITUDE = {
    "dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "k": 1e3, "mn": 1e6, "m": 1e6, "bn": 1e9, "tn": 1e12,
    "tausend": 1e3, "mille": 1e3, "mila": 1e3, "mil": 1e3, "duizend": 1e3,
    "mio": 1e6, "millionen": 1e6, "millions": 1e6, "millones": 1e6, "millón": 1e6, "milioni": 1e6,
    "milhões": 1e6, "miljoen": 1e6, "mrd": 1e9, "milliarde": 1e9, "milliarden": 1e9, "milliards": 1e9,
    "miliardi": 1e9, "bilhões": 1e9, "miljard": 1e9,
}  # fmt: skip
_SPELT_RE = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_UNITS[1:10])}))?|{'|'.join(_UNITS[2:])}|dozen)"
_MAGNITUDES = "|".join(sorted(_MAGNITUDE, key=len, reverse=True))
_NUMBER = re.compile(
    r"(?P<currency>US\$|[$€£¥₹])?\s?"
    r"(?<![\w.,])(?:(?P<digits>\d{1,3}(?:[,.'’ \u00a0\u2009\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
    rf"(?P<ordinal>st|nd|rd|th)?|(?P<spelt>{_SPELT_RE}))(?:\b|(?=(?:mn|bn|tn|m|k)\b))"
    rf"(?:[\s-]?(?P<magnitude>{_MAGNITUDES})\b)?"
    r"\s?(?P<percent>%|per\s?cent\b|percentage points?\b|prozent\b|procent\b"
    r"|(?:pour\scent|por\sciento|por\scento|per\scento)\b)?"
    r"\s?(?P<after>euros?\b|dollars?\b|pounds?\b|€|£)?",
    re.IGNORECASE,
)
_CURRENCY = {"US$": "$", "dollar": "$", "euro": "€", "pound": "£"}
_ABOUT = re.compile(
    r"\b(?:about|around|some|nearly|almost|roughly|approximately|over|more than|up to|an estimated|close to"
    r"|ca?\.)\s*$",
    re.IGNORECASE,
)
# "About 15,000" may stand for 14,600 in the source, but not for 14,000.
_ROUNDING = 0.05
_THOUSANDS = re.compile(r"^\d{1,3}(?:([,.'’ \u00a0\u2009\u202f])\d{3})+$")
# Languages that write 15,000 and 1.5; all others that are stated write 15.000 and 1,5.
_DOT_DECIMAL = frozenset({"en", "zh", "ja", "ko", "th", "he", "ms", "tl", "hi", "ur", "bn"})
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written; ``values`` has two where a dot may part thousands or decimals."""

    text: str
    values: frozenset[float]
    kind: str
    about: bool
    near: frozenset[str]
    start: int
    end: int

    def equals(self, other: "Number") -> bool:
        """Whether both say the same amount of the same kind, as far as they say it."""
        if self.kind != other.kind and {self.kind, other.kind} & {"percent", "ordinal"}:
            return False
        if self.values & other.values:
            return True
        return self.about and any(abs(a - b) <= _ROUNDING * abs(a) for a in self.values for b in other.values)


def numbers(text: str, language: str | None = None, taken: Iterable[tuple[int, int]] = ()) -> list[Number]:
    """The numbers of a text in order, but for those inside the spans that are taken (dates)."""
    masked = list(taken)
    found = []
    for match in _NUMBER.finditer(text):
        group = "digits" if match["digits"] else "spelt"
        start, end = match.start(group), match.end(group)
        if any(a < end and start < b for a, b in masked):
            continue
        written = match[0].strip(" \u00a0\u2009\u202f-")
        about = bool(_ABOUT.search(text[max(0, start - 24) : start].rstrip("$€£¥₹US ")))
        around, values = near(text, start, match.end()), _values(match, language)
        found.append(Number(written, values, _kind(match), about, around, start, match.end()))
    return found


def _values(match: re.Match[str], language: str | None) -> frozenset[float]:
    scales = {_MAGNITUDE[match["magnitude"].lower()]} if match["magnitude"] else {1.0}
    # "41 m" is a tower's height, "£41m" a sum, and "41m" may be either.
    if (match["magnitude"] or "").lower() == "m" and not (match["currency"] or match["after"]):
        scales = {1.0} if match[0].rstrip()[-2:-1].isspace() else scales | {1.0}
    if match["spelt"]:
        parts = re.split(r"[- ]", match["spelt"].lower())
        return frozenset(sum(_SPELT[part] for part in parts) * scale for scale in scales)
    values = _readings(match["digits"], language)
    return frozenset(round(value * scale, 6) for value in values for scale in scales)


def _readings(digits: str, language: str | None) -> set[float]:
    """What a number may mean: 15.000 is fifteen thousand, or fifteen, where nothing says which."""
    bare = re.sub(r"['’ \u00a0\u2009\u202f]", "", digits)
    dot_decimal = float(bare.replace(",", "")) if bare.count(".") <= 1 else None
    comma_decimal = float(bare.replace(".", "").replace(",", ".")) if bare.count(",") <= 1 else None
    thousands = _THOUSANDS.match(digits)
    code = (language or "").split("-")[0].lower()
    if code:
        first, second = (dot_decimal, comma_decimal) if code in _DOT_DECIMAL else (comma_decimal, dot_decimal)
        return {first if first is not None else second or 0.0}
    if thousands and thousands[1] == ",":
        return {dot_decimal or 0.0}
    return {value for value in (dot_decimal, comma_decimal) if value is not None}


def _kind(match: re.Match[str]) -> str:
    if match["percent"]:
        return "percent"
    if match["ordinal"]:
        return "ordinal"
    sign = match["currency"] or (match["after"] or "").lower().removesuffix("s")
    return _CURRENCY.get(sign.upper() if sign.upper() in _CURRENCY else sign, sign) or "plain"


def near(text: str, start: int, end: int) -> frozenset[str]:
    """The stems of the words of matter around a place: what a number counts, what a date dates."""
    before = [t.stem for t in tokens(text[max(0, start - 80) : start]) if _matter(t.stem)]
    after = [t.stem for t in tokens(text[end : end + 80]) if _matter(t.stem)]
    return frozenset(before[-_NEAR:] + after[:_NEAR])


def _matter(stem: str) -> bool:
    return stem not in FUNCTION_WORDS and not stem[0].isdigit()
