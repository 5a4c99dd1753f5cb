"""The list of references at the end of a PDF: lines on paper to one line an entry. Pure.

    References                                        a heading alone on its line
    Berg, A. (2015). Counting the cranes of the       an entry begins further left than it goes on,
        northern harbours. Journal of Cranes, 4.      or with the next number, or behind a wider gap,
    [2] Lee, K. (2020). A crane again.                or else with a name, behind a line that ended one

Paper has no entries, only lines; what tells them apart is looked for in this order, once for a list.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.citations import is_source_heading
from ingest.citations.headings import ends_sources
from ingest.citations.marks import DIGITS

# Points (1/72 inch): what is still the same margin, the widest indent, the least step to another column.
_SAME = 3.0
_WIDEST_INDENT = 60.0
_COLUMN = 100.0
_GAP = 1.25
_NUMBER = re.compile(r"\s*(?:\[(\d{1,3})\]|\((\d{1,3})\)|(\d{1,3})[.)]?)\s+(?=\S)")
_FARTHEST = 3
_WORD = r"[^\W\d_a-z][\w’'-]+"
_NAME = re.compile(rf"{_WORD}(?:[ -]{_WORD}){{0,3}},? (?:[^\W\d_a-z]\.|[^\W\d_a-z]{{1,3}}\b|\(|{_WORD})")
_YEAR = re.compile(r"\b(?:1[5-9]\d\d|20\d\d)[a-z]?\b|n\.d\.|in press")
_ENDED = re.compile(r"[.)\]”\"]\s*$|https?://\S+\s*$|\b10\.\d{4,9}/\S+\s*$")
# What pdfium and word processors write for a word's break, and never at a blank.
_BROKEN = ("\ufffe", "\xad")
_LONGEST_ADDRESS = 4000
_OPEN_ADDRESS = re.compile(r"(?:https?://|www\.|\b10\.\d{4,9}/)\S*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line on its page: its words, its left edge and its baseline in points, None where not known."""

    text: str
    left: float | None = None
    top: float | None = None


@dataclass(frozen=True, slots=True)
class _At:
    """A line of the list: its page, its place on it, the line."""

    page: int
    nth: int
    line: Line


def with_entries(pages: Sequence[Sequence[Line]]) -> list[list[str]]:
    """The lines of each page's text; in lists of references each entry is one line between blank ones.

    An entry that goes on over a page stays in two pieces, each on its own page.
    """
    texts = [[line.text for line in page] for page in pages]
    for listed in _lists(pages):
        starts = _starts(listed)
        groups: list[list[_At]] = []
        for number, at in enumerate(listed):
            if number in starts or not groups or groups[-1][-1].page != at.page:
                groups.append([])
            groups[-1].append(at)
        for group in groups:
            first, *others = (at.nth for at in group)
            texts[group[0].page][first] = f"\n{joined([at.line.text for at in group])}\n"
            for nth in others:
                texts[group[0].page][nth] = ""
    return [[piece for text in page for piece in text.split("\n")] for page in texts]


def _lists(pages: Sequence[Sequence[Line]]) -> Iterator[list[_At]]:
    """The lines under each heading of sources, over all pages, up to what is no source any more."""
    found: list[_At] | None = None
    for page, lines in enumerate(pages):
        for nth, line in enumerate(lines):
            if found and _is_foot(line) and not _is_foot(found[0].line):
                break  # the notes at the foot of a page stand below its part of the list
            if is_source_heading(line.text):
                if found:
                    yield found
                found = []
            elif found is not None and ends_sources(line.text):
                yield found
                found = None
            elif found is not None and line.text.strip():
                found.append(_At(page, nth, line))
    if found:
        yield found


def _is_foot(line: Line) -> bool:
    return line.text.lstrip()[:1] in tuple(DIGITS)


def _starts(listed: Sequence[_At]) -> set[int]:
    """Which lines begin an entry."""
    for found in (_numbered(listed), _indented(listed), _parted(listed)):
        if len(found) > 1:
            return found
    return _named(listed)


def _numbered(listed: Sequence[_At]) -> set[int]:
    """Lines that begin with the next number; a page or year at the head of a line is not the next."""
    starts: set[int] = set()
    last = 0
    for number, at in enumerate(listed):
        match = _NUMBER.match(at.line.text)
        value = int(match[1] or match[2] or match[3]) if match else 0
        if last < value <= last + _FARTHEST if starts else value == 1:
            starts.add(number)
            last = value
    return starts if len(starts) > 1 and min(starts) == 0 else set()


def _indented(listed: Sequence[_At]) -> set[int]:
    """Lines further left than those that go on (a hanging indent), or further right (a first line's)."""
    offsets = _offsets(listed)
    if not offsets:
        return set()
    flush = {number for number, offset in enumerate(offsets) if offset < _SAME}
    inner = {number for number, offset in enumerate(offsets) if _SAME <= offset < _WIDEST_INDENT}
    if len(flush) + len(inner) < len(offsets) * 0.9 or not inner:
        return set()
    return flush if 0 in flush else inner


def _offsets(listed: Sequence[_At]) -> list[float]:
    """How far each line stands from the left edge of its column; empty where edges are not known."""
    columns: list[list[float]] = []
    last: _At | None = None
    for at in listed:
        left = at.line.left
        if left is None:
            return []
        if last is None or last.page != at.page or abs(left - (last.line.left or 0)) > _COLUMN:
            columns.append([])
        columns[-1].append(left)
        last = at
    return [left - edge for column in columns for edge in (min(column),) for left in column]


def _parted(listed: Sequence[_At]) -> set[int]:
    """Lines behind a wider gap than most; the first of a page or column stays what its words make it."""
    gaps = {}
    for number, (before, at) in enumerate(pairwise(listed), 1):
        if before.page == at.page and before.line.top is not None and at.line.top is not None:
            gap = before.line.top - at.line.top
            if gap > 0:
                gaps[number] = gap
    usual = median(gaps.values()) if gaps else 0.0
    wide = {number for number, gap in gaps.items() if gap > usual * _GAP}
    unknown = set(range(1, len(listed))) - set(gaps)
    return {0} | wide | (unknown & _named(listed)) if wide else set()


def _named(listed: Sequence[_At]) -> set[int]:
    """Lines that begin with a name, near a year, where the line before may have ended an entry."""
    texts = [at.line.text for at in listed]
    return {0} | {
        number
        for number in range(1, len(texts))
        if _NAME.match(texts[number])
        and _ENDED.search(texts[number - 1])
        and _YEAR.search(" ".join(texts[number : number + 3]))
    }


def joined(lines: Sequence[str]) -> str:
    """The lines of an entry as one: words and addresses that a line's end broke are whole again.

    >>> joined(["See https://doi.org/10.1000/", "crane.2010 for misunder-", "standings"])
    'See https://doi.org/10.1000/crane.2010 for misunderstandings'
    """
    pieces: list[str] = []
    # The last word so far: looking through all of a list that is one entry took 17 ms a line.
    tail = ""
    for line in filter(None, (" ".join(line.split()) for line in lines)):
        last, first, between = tail[-1:], line[:1], ""
        if _OPEN_ADDRESS.search(tail) and (last in "/-_=&?%" or (last == "." and not first.isupper())):
            pass
        elif pieces and (last in _BROKEN or (last == "-" and tail[-2:-1].isalpha() and first.islower())):
            pieces[-1], tail = pieces[-1][:-1], tail[:-1]
        elif not (re.search(r"\d[–-]$|\w-$", tail[-2:]) and first.isalnum()):  # "11–20", "Anglo-Norwegian"
            between = " " if pieces else ""
        pieces.append(between + line)
        tail = (tail + between + line).rpartition(" ")[2][-_LONGEST_ADDRESS:]
    return "".join(pieces)
