"""Which sentences of an article assert something: the claims. Pure.

1. sentences, line by line; lines that are headings are left out, and so is what lists of sources hold
2. an item of a list without its bullet; a line of a table cell by cell
3. what asserts nothing is left out     (assertion)
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from archive.model import Heading
from ingest.citations.assertion import asserts
from ingest.citations.cover import Cover
from ingest.citations.entries import has_bullet, without_bullet
from ingest.sentences import Span, spans

# How a text of record parts the cells of a table's line.
_CELLS = re.compile(r"\s+\|\s+")
_FULL_STOP = re.compile(r"[.!。！][”’\"»)\]]*$")
# A cell of fewer words is a name or a figure, whatever ends it.
_SHORTEST_CELL = 6


def claims(
    body: str, headings: Sequence[Heading], hidden: Sequence[Span], masked: str, language: str
) -> list[Span]:
    """The spans of the sentences that assert something.

    ``masked`` is the body with the markers of notes blanked out, so that they end no sentence and
    belong to none; ``hidden`` are spans (lists of sources, notes) that hold no claims.
    """
    starts = {heading.start for heading in headings}
    covered = Cover(hidden)
    return [
        (start, end)
        for start, end, line, alone in _sentences(masked, starts, language)
        if not covered.holds(start)
        and asserts(masked[start:end], line, alone, language, masked[start:end] != body[start:end])
    ]


def _sentences(masked: str, headings: set[int], language: str) -> Iterator[tuple[int, int, str, bool]]:
    """Each sentence with the line it stands in, and whether it is that line's only sentence."""
    lines = [match.span() for match in re.finditer(r"[^\n\f]+", masked)]
    found = spans(masked, language)
    at = 0
    for begin, stop in lines:
        inside: list[Span] = []
        while at < len(found) and found[at][0] < stop:
            inside.append(found[at])
            at += 1
        line = masked[begin:stop]
        first = begin + len(line) - len(line.lstrip())
        if first in headings:
            continue
        if _CELLS.search(line):
            yield from ((start, end, masked[start:end], False) for start, end in _in_cells(masked, inside))
            continue
        for start, end in _without_bullet(masked, inside):
            yield start, end, line, len(inside) == 1


def _in_cells(masked: str, inside: list[Span]) -> Iterator[Span]:
    """The sentences of a table's line: those that fill a cell, or a part of one, and end there."""
    for start, end in inside:
        edges = [start, *(at for cell in _CELLS.finditer(masked, start, end) for at in cell.span()), end]
        for begin, stop in zip(edges[::2], edges[1::2], strict=True):
            words = masked[begin:stop].split()
            if len(words) >= _SHORTEST_CELL and _FULL_STOP.search(masked[begin:stop].rstrip()):
                yield begin, begin + len(masked[begin:stop].rstrip())


def _without_bullet(masked: str, inside: list[Span]) -> Iterator[Span]:
    """The sentences of a line, the first one without its bullet or number."""
    for index, (start, end) in enumerate(inside):
        if index == 0 and has_bullet(masked[start:end]):
            rest, _, cut = without_bullet(masked[start:end])
            if rest:
                yield start + cut, start + cut + len(rest)
        elif any(symbol.isalnum() for symbol in masked[start:end]):
            yield start, end


def section_of(start: int, body: str, headings: Sequence[Heading]) -> str | None:
    """The words of the heading that a place in the text stands under; None before the first."""
    number = bisect_right(headings, start, key=lambda heading: heading.start) - 1
    if number < 0 or (headings[number].start == _first(body) and headings[number].level == 1):
        return None
    begin = headings[number].start
    end = body.find("\n", begin)
    return body[begin : end if end >= 0 else len(body)].strip() or None


def _first(body: str) -> int:
    return len(body) - len(body.lstrip())
