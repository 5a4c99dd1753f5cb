"""Number words to values: counts, ordinals and shares, as English writes them. Pure.

    one hundred and twenty thousand -> 120,000      twenty-first -> 21      two thirds of, 1 in 4 -> a share
"""

import re

_ONES = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen
"""
_UNITS = _ONES.split()
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUE = {word: float(value) for value, word in enumerate(_UNITS)} | {"a": 1.0, "an": 1.0}
_VALUE |= {word: 10.0 * value for value, word in enumerate(_TENS, start=2)}
_HUNDREDS = {"dozen": 12.0, "hundred": 1e2}
_THOUSANDS = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_TEN = "|".join(_TENS)
_SMALL = rf"(?:(?:{_TEN})(?:[-\s](?:{'|'.join(_UNITS[1:10])}))?|{'|'.join(_UNITS[1:])})"
_LARGE = "|".join((*_HUNDREDS, *_THOUSANDS))
# "One" and "a" alone count nothing that a reader would look for.
COUNT = (
    rf"(?:(?!(?:one)\b(?![-\s](?:{_LARGE})\b)){_SMALL}|an?(?=\s(?:{_LARGE})\b)|dozen)\b"
    rf"(?:[-\s](?:{_LARGE})\b(?:\s(?:and\s)?{_SMALL}\b)?)*"
)
_NTHS = """
first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
fifteenth sixteenth seventeenth eighteenth nineteenth
"""
_NTH = {word: float(value) for value, word in enumerate(_NTHS.split(), start=1)}
_NTH |= {f"{word[:-1]}ieth": _VALUE[word] for word in _TENS}
# Such a word alone is everywhere; with tens before it, it is a number like another.
ORDINAL = re.compile(rf"\b(?:(?P<tens>{_TEN})[-\s])?(?P<nth>{'|'.join(_NTH)})\b")
_PART = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10,
}  # fmt: skip
_SIGNS = {"½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅛": 1 / 8}
_FEW = rf"(?:{'|'.join(_UNITS[1:11])}|\d{{1,2}})"
# What a place must begin with stands first, and only then what may not stand before it: it fails sooner.
SHARE = re.compile(
    rf"(?P<sign>[{''.join(_SIGNS)}])(?<![\d.,].)(?!\w)"
    rf"|\b(?:(?P<times>an?|{'|'.join(_UNITS[1:10])})[-\s](?P<part>{'|'.join(_PART)})(?P<more>s)?\b"
    r"(?P<of>\sof\b)?"
    r"|(?P<half>half)(?=\s(?:of|the|its|his|her|their|all|that|those)\b)"
    r"|(?P<above>\d)/(?P<below>[2-9])(?<![/.,]\d/\d)(?![\w/]|[.,]\d)"
    rf"|(?<![.,-])(?P<some>{_FEW})\s(?:in|out\sof)\s(?:every\s)?(?P<all>{_FEW}|100)\b(?![.,]?\d))"
)


def count(words: str) -> float:
    """The value of number words that ``COUNT`` matches."""
    whole = current = 0.0
    for word in re.split(r"[-\s]+", words.lower()):
        if word in _HUNDREDS:
            current = (current or 1.0) * _HUNDREDS[word]
        elif word in _THOUSANDS:
            whole, current = whole + (current or 1.0) * _THOUSANDS[word], 0.0
        else:
            current += _VALUE.get(word, 0.0)
    return whole + current


def ordinal(match: re.Match[str]) -> float:
    """The value of an ``ORDINAL``."""
    return _VALUE.get((match["tens"] or "").lower(), 0.0) + _NTH[match["nth"].lower()]


def share(match: re.Match[str]) -> float | None:
    """The value of a ``SHARE``; None where its words mean something else ("a third man", "a quarter")."""
    if match["sign"]:
        return _SIGNS[match["sign"]]
    if match["half"]:
        return 0.5
    if match["part"]:
        several = bool(match["more"]) or match["part"].lower() == "halves"
        if not (match["of"] or several) or (match["times"].lower() in ("a", "an")) == several:
            return None
        return _VALUE[match["times"].lower()] / _PART[match["part"].lower()]
    if match["above"]:
        return _least(float(match["above"]) / float(match["below"]))
    some, of = (_few(match[name]) for name in ("some", "all"))
    return _least(some / of) if of else None


def _few(word: str) -> float:
    return float(word) if word.isdigit() else _VALUE[word.lower()]


def _least(value: float) -> float | None:
    return value if 0 < value < 1 else None
