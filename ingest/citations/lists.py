"""The trailing list of sources in a text: its heading, where it lies, its entries. Pure.

Sources:                      the heading, alone on its line (or ``Sources: A; B`` in one line)

2026 US regime change         an entry: a line with a bullet or number, a line, or a paragraph
• A title https://…           with or without an address
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from archive.model import Heading
from ingest.citations.bibliographic import read_entry
from ingest.citations.cover import Cover
from ingest.citations.entries import URL, has_bullet, points_somewhere, uri_of, without_bullet
from ingest.citations.headings import ends_sources, inline_heading, is_notes_heading, is_source_heading
from ingest.citations.marks import marks
from ingest.extract.page import Entry, Link

# A list before the first third of a text is not a trailing one ("Notes" at the head of a page is not).
_EARLIEST = 0.3
_SHORT = 1500
_ENTRY_LIMIT = 1200
# A paragraph of this length with this many sentences is prose: the list has ended before it.
_PROSE = 400
_SENTENCE_END = re.compile(r"[.!?][”’\"»)]?\s+[A-ZÀ-Þ“«]")
_FURNITURE = re.compile(
    r"^(?:click here|sign up|subscribe|share|tweet|follow|advertisement|all rights reserved|copyright|©|"
    r"cc[ -]by|read more|related|comments?|leave a|posted in|tagged|filed under|licen[cs]e|back to top|"
    r"retrieved from|print)\b|^(?:facebook|twitter|instagram|whatsapp|pinterest|linkedin|xing|e-?mail)$"
    r"|unless otherwise (?:noted|stated)|all rights reserved|community content is available",
    re.IGNORECASE,
)
# An entry on paper ends in a stop, a page, an address, a bracket.
_ENTRY_END = re.compile(r"[.)\]”\"]\s*$|\d\s*$|https?://\S+\s*$|\b10\.\d{4,9}/\S+\s*$")
_NUMBERED = re.compile(r"\s*\[\d{1,3}\]:?\s*\S")
_LINE = re.compile(r"[^\n\f]+")
# A link: where it begins in the text, its place among the links, its address, where it ends.
_Placed = tuple[int, int, str, int]


@dataclass(frozen=True, slots=True)
class Region:
    """Where a list of sources lies: its heading as written, the span with the heading, its entries."""

    heading: str
    start: int
    end: int
    entries: tuple[Entry, ...]

    @property
    def numbered(self) -> bool:
        """Whether its entries carry numbers as written."""
        return sum(1 for entry in self.entries if entry.number) * 2 > len(self.entries)


def find_lists(body: str, headings: Sequence[Heading], links: Sequence[Link] = ()) -> list[Region]:
    """The lists of sources in the last part of a text, in order."""
    earliest = int(len(body) * _EARLIEST) if len(body) > _SHORT else 1
    marked = {heading.start: heading.level for heading in headings}
    placed = _placed(links)
    lines = list(_LINE.finditer(body))
    regions: list[Region] = []
    for number, line in enumerate(lines):
        if line.start() < earliest or (regions and line.start() < regions[-1].end):
            continue
        if is_source_heading(line[0]):
            region = _below(body, (lines, number), marked, placed)
        else:
            region = _inline(body, line, placed)
        if region and region.entries:
            regions.append(region)
    return regions


def find_numbered(body: str, regions: Sequence[Region]) -> list[Region]:
    """The list without a heading that ends a text: its last lines, ``[1] …``, ``[2] …``, which marks name."""
    lines = [line for line in _LINE.finditer(body) if line[0].strip()]
    listed = list(takewhile(lambda line: _NUMBERED.match(line[0]), reversed(lines)))[::-1]
    if not listed or len(listed) == len(lines) or any(listed[0].start() < one.end for one in regions):
        return []
    entries = [entry for line in listed if (entry := _entry(body, *line.span()))]
    counted = [int(entry.number) for entry in entries if entry.number]
    named = {number for _, _, _, numbers in marks(body[: listed[0].start()]) for number in numbers}
    if counted != list(range(1, len(entries) + 1)) or not named & set(counted):
        return []
    return [Region("", listed[0].start(), listed[-1].end(), tuple(entries))]


def _inline(body: str, line: re.Match[str], placed: Sequence[_Placed]) -> Region | None:
    found = inline_heading(line[0])
    if not found or _SENTENCE_END.search(found[1]):
        return None
    heading, rest = found
    start = line.end() - len(line[0]) + line[0].index(rest)
    entries = [_entry(body, *span) for span in _pieces(body, start, start + len(rest), placed)]
    return Region(
        heading, line.start(), line.end(), tuple(_with_link(entry, placed) for entry in entries if entry)
    )


def _pieces(body: str, start: int, end: int, placed: Sequence[_Placed]) -> Iterator[tuple[int, int]]:
    """The entries in a line: semicolons part them, and commas where it holds several links."""
    first, behind = (bisect_left(placed, (place,)) for place in (start, end))
    linked = Cover((begin, stop) for begin, _, _, stop in placed[first:behind])
    marks = re.compile("[;；|,，、]" if behind - first > 1 else "[;；|]")
    for at in [mark.start() for mark in marks.finditer(body, start, end)]:
        if not linked.holds(at):
            yield start, at
            start = at + 1
    yield start, end


def _below(
    body: str, under: tuple[Sequence[re.Match[str]], int], marked: dict[int, int], placed: Sequence[_Placed]
) -> Region | None:
    """The list under a heading: of all lines the one with this number."""
    lines, number = under
    heading = lines[number]
    level = marked.get(_first_word(heading), 6)
    kept: list[re.Match[str]] = []
    for line in (lines[nth] for nth in range(number + 1, len(lines))):
        at = _first_word(line)
        if is_source_heading(line[0]) or (at in marked and marked[at] <= level) or _is_prose(line[0]):
            break
        if ends_sources(line[0]):
            break
        if at not in marked:
            kept.append(line)
    if not kept:
        return None
    entries = _strung(body, kept, placed) or [
        entry for span in _grouped(body, kept) if (entry := _entry(body, *span))
    ]
    name = heading[0].strip(" :*#\t-–•")
    linked = cited(name, [_with_link(entry, placed) for entry in entries])
    return Region(name, heading.start(), kept[-1].end(), linked)


def _strung(body: str, kept: Sequence[re.Match[str]], placed: Sequence[_Placed]) -> list[Entry]:
    """The titles of a list that is a single line, ``A title; another title; https://…``; else none.

    ``Berg, A.; Lie, B. (2015). Cranes.`` is one entry: its authors part likewise.
    """
    line = kept[0]
    if len(kept) > 1 or has_bullet(line[0]) or read_entry(line[0]).authors:
        return []
    entries = [_entry(body, *span) for span in _pieces(body, line.start(), line.end(), placed)]
    found = [entry for entry in entries if entry]
    return found if len(found) > 1 and all(" " in one.label or one.uri for one in found) else []


def _first_word(line: re.Match[str]) -> int:
    return line.start() + len(line[0]) - len(line[0].lstrip())


def _is_prose(line: str) -> bool:
    return (
        len(line) > _PROSE
        and len(_SENTENCE_END.findall(line)) >= 3
        and not has_bullet(line)
        and not uri_of(line)
        and not read_entry(line).authors
    )


def _grouped(body: str, lines: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """The spans of entries: a bullet begins one; without bullets each line is one, addresses join.

    What a page break cut in two is one entry.
    """
    bulleted = sum(1 for line in lines if has_bullet(line[0])) * 2 > len(lines)
    start, end = lines[0].span()
    for before, line in pairwise(lines):
        adjacent = not body[before.end() : line.start()].replace("\n", "", 1).strip(" ")
        goes_on = adjacent and body.count("\n", before.end(), line.start()) == 1
        joins = goes_on and (not has_bullet(line[0]) if bulleted else _only_address(line[0]))
        if joins or ("\f" in body[before.end() : line.start()] and _goes_on(before[0], line[0], bulleted)):
            end = line.end()
        else:
            yield start, end
            start, end = line.span()
    yield start, end


def _goes_on(before: str, line: str, bulleted: bool) -> bool:
    """Whether the first line of a page goes on with the entry that the page before ended in."""
    if has_bullet(line):
        return False
    return bulleted or not _ENTRY_END.search(before) or line.lstrip()[:1].islower()


def cited(heading: str, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries that are sources: no licence or call of the page, under "Notes" no mere remark."""
    kept = tuple(entry for entry in entries if not _FURNITURE.search(entry.label))
    if is_notes_heading(heading):
        kept = tuple(entry for entry in kept if entry.number or points_somewhere(entry.label, entry.uri))
        kept = kept if len(kept) > 1 or any(entry.number for entry in kept) else ()
    return kept


def _only_address(line: str) -> bool:
    match = URL.match(line.strip(" <>()[]"))
    return match is not None and len(match[0]) >= len(line.strip(" <>()[]")) - 1


def _entry(body: str, start: int, end: int) -> Entry | None:
    written = body[start:end]
    label, number, cut = without_bullet(written)
    if not any(symbol.isalnum() for symbol in label) or len(label) < 3 or len(label) > _ENTRY_LIMIT:
        return None
    begin = start + cut
    return Entry(" ".join(label.split()), uri_of(label), begin, begin + len(label), number)


def _placed(links: Sequence[Link]) -> list[_Placed]:
    """Where the links with a whole address begin, in text order; of those at one place in their own order."""
    given = ((link.start, nth, link.uri, link.end) for nth, link in enumerate(links) if "://" in link.uri)
    return sorted(
        (start, nth, uri, end) for start, nth, uri, end in given if start is not None and end is not None
    )


def _with_link(entry: Entry, placed: Sequence[_Placed]) -> Entry:
    """The entry with the address of the first link that stands in it, where it shows none itself."""
    if entry.start is None or entry.end is None:
        return entry
    first, behind = (bisect_left(placed, (place,)) for place in (entry.start, entry.end))
    inside = [(nth, uri) for _, nth, uri, _ in placed[first:behind]]
    return replace(entry, uri=min(inside)[1]) if inside else entry
