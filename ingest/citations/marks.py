"""Numbers in square brackets that point into a list: ``[3]``, ``[4–6]``, ``[1, 2]``. Pure."""

import re
from collections.abc import Iterator, Sequence

from ingest.citations.cover import Cover

_MARK = re.compile(r"\[\s*(\d{1,3}(?:\s*[-–—,;]\s*\d{1,3}){0,9})\s*\]")
_RANGE = re.compile(r"(\d{1,3})\s*[-–—]\s*(\d{1,3})")
_WIDEST = 30
Mark = tuple[int, int, str, tuple[int, ...]]


def marks(body: str, spared: Sequence[tuple[int, int]] = ()) -> Iterator[Mark]:
    """Every mark outside the spared spans: start, end, as written, the numbers it names."""
    covered = Cover(spared)
    for match in _MARK.finditer(body):
        if not covered.holds(match.start()):
            yield match.start(), match.end(), match[0], numbers(match[1])


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
