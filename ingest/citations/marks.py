"""Numbers that point into a list: ``[3]``, ``[4–6]``, ``[1, 2]``, ``[5, p. 33]``; raised: ``²⁻⁴``. Pure."""

import re
from collections.abc import Iterator, Sequence

from ingest.citations.cover import Cover

_NUMBERS = r"\d{1,3}(?:\s*[-–—,;]\s*\d{1,3}){0,9}"
# Where in the source: a page, a chapter, a theorem.
_PART = (
    r"[,;:]\s*(?:pp?|fols?|ff?|vol|chap(?:ter)?|ch|sec(?:tion|t)?|sect|fig(?:ure)?|tab(?:le)?|eq|thm|theorem|lemma|"
    r"prop|cor|def|app(?:endix)?|art|para?|n|no|kap|abschn|abb|bd|pág|págs|seite|стр?|с)\b\.?[^\[\]\n]{1,40}|"
    r"[,;:]\s*(?:S\.|§{1,2})[^\[\]\n]{1,40}"
)
_MARK = re.compile(
    rf"\[\s*(?:(?:see|cf\.|e\.\s?g\.,?|vgl\.|siehe)\s+)?({_NUMBERS})\s*(?:{_PART})?\]", re.IGNORECASE
)
_RANGE = re.compile(r"(\d{1,3})\s*[-–—]\s*(\d{1,3})")
_TO = re.compile(r"\s?[-–—]\s?")
_WIDEST = 30
DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_LOWER = str.maketrans(f"{DIGITS}⁻", "0123456789-")
_RAISED = re.compile(
    rf"[{DIGITS}]{{1,3}}(?:[ \u202f]?[⁻,;–—-][ \u202f]?[{DIGITS}]{{1,3}}){{0,9}}(?![{DIGITS}\w])"
)
# What a raised 2 or 3 is a power of: a unit of length or time, a letter. Of ten any number is one.
_BASE = re.compile(r"(?:^|[\s\d/·×(])(?:[kcdmµμn]?m|ft|in|yd|mi|[^\W\d_])$")
_TEN = re.compile(r"(?<![\d.,])10$")
Mark = tuple[int, int, str, tuple[int, ...]]


def marks(body: str, spared: Sequence[tuple[int, int]] = ()) -> Iterator[Mark]:
    """Every mark outside the spared spans: start, end, as written, the numbers it names.

    >>> list(marks("see [2]–[4]"))
    [(4, 7, '[2]', (2,)), (8, 11, '[4]', (3, 4))]
    """
    covered = Cover(spared)
    end, last = 0, 0
    for match in _MARK.finditer(body):
        if covered.holds(match.start()):
            continue
        named = numbers(match[1])
        if last < named[0] <= last + _WIDEST and _TO.fullmatch(body, end, match.start()):
            named = (*range(last + 1, named[0]), *named)
        yield match.start(), match.end(), match[0], named
        end, last = match.end(), named[-1]


def raised_marks(body: str, spared: Sequence[tuple[int, int]] = ()) -> Iterator[Mark]:
    """The same of raised numbers behind a word or a stop: no power, and no number at the head of a note.

    >>> list(raised_marks("4 m³ fell.²,³ So"))
    [(10, 13, '²,³', (2, 3))]
    """
    covered = Cover(spared)
    for match in _RAISED.finditer(body):
        before = body[max(0, match.start() - 20) : match.start()]
        named = numbers(match[0].translate(_LOWER))
        if not covered.holds(match.start()) and before[-1:].strip() and not is_power(before, named):
            yield match.start(), match.end(), match[0], named


def is_power(before: str, named: Sequence[int]) -> bool:
    """Whether raised numbers behind these words are a power: 10⁶, 5 m³, x².

    >>> is_power("some 5 km", (2,)), is_power("in 1961", (2,)), is_power("of 10", (6,))
    (True, False, True)
    """
    return bool(_TEN.search(before) or (len(named) == 1 and named[0] in (2, 3) and _BASE.search(before)))


def numbers(written: str) -> tuple[int, ...]:
    """The numbers that the inside of a mark names.

    >>> numbers("1, 4–6")
    (1, 4, 5, 6)
    """
    named: list[int] = []
    for part in re.split(r"[,;]", written):
        match = _RANGE.fullmatch(part.strip())
        if match:
            first, last = int(match[1]), int(match[2])
            named.extend(range(first, last + 1) if first < last <= first + _WIDEST else (first, last))
        elif part.strip().isdigit():
            named.append(int(part))
    return tuple(named)
