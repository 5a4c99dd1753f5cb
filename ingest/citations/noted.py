"""Where notes stand in a text and where they are used; what editors put behind a sentence. Pure."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ingest.citations.entries import points_somewhere
from ingest.extract.page import Links, Note

Span = tuple[int, int]
# The number of a note at the head of its line, with brackets and blanks.
_NUMBER = 8
_WIDEST = 30
_TO = re.compile(r"\]?\s?[-–—]\s?\[?")
_BESIDE = re.compile(r"\]?\s?[,;–—-]?\s?\[?")
_WORD = re.compile(r"[^\W\d_]{2}")
# What Wikipedia's editors put behind a sentence: words of nobody.
_REMARK = re.compile(
    r"\[(?:(?:citation|clarification|page|better source|non-primary source|verification|year|date) needed|"
    r"failed verification|original research\??|according to whom\?|by whom\?|who\?|when\?|where\?|which\?|"
    r"why\?|how\?|vague|dubious(?: . discuss)?|needs update|neutrality is disputed)\]",
    re.IGNORECASE,
)


def note_spans(links: Links, body: str) -> list[Span]:
    """Where the notes stand, each with its number where that begins its line."""
    spans = []
    for note in links.notes:
        if note.start is not None and note.end is not None:
            line = body.rfind("\n", 0, note.start) + 1
            numbered = note.start - line <= _NUMBER and not _WORD.search(body, line, note.start)
            spans.append((line if numbered else note.start, note.end))
    return spans


def sidenotes(links: Links, body: str) -> list[Span]:
    """Notes that stand in the middle of a paragraph, where a page shows them in its margin."""
    return [span for span in note_spans(links, body) if span[0] - body.rfind("\n", 0, span[0]) > 20]


def is_remark(note: Note) -> bool:
    """Whether a note cites nothing: of Wikipedia's notes, only those with letters can be such."""
    numbered = note.key.startswith("cite_note") and note.mark.strip("[]").isdecimal()
    return not numbered and not points_somewhere(note.label, note.uri)


def uses_of_notes(links: Links, body: str) -> dict[str, list[Span]]:
    """Where each note is used; what a mere remark in a note cites is cited where the remark is."""
    places: dict[str, list[Span]] = {}
    for marker in links.markers:
        places.setdefault(marker.note, []).append((marker.start, marker.end))
    for note, span in _between(links, body):
        places.setdefault(note, []).append(span)
    for remark in links.notes:
        if remark.start is None or remark.end is None or not is_remark(remark):
            continue
        for marker in links.markers:
            if remark.start <= marker.start <= remark.end and marker.note != remark.key:
                places[marker.note] += places.get(remark.key, [])
    return places


def _between(links: Links, body: str) -> Iterator[tuple[str, Span]]:
    """The notes that a range names whose two ends alone are linked: the second of ``[1–3]``."""
    numbered = {number: note.key for note in links.notes if (number := _number(note.mark))}
    for one, other in pairwise(links.markers):
        if _TO.fullmatch(body, one.end, other.start):
            first, last = _number(one.mark), _number(other.mark)
            for number in range(first + 1, last) if 0 < first < last <= first + _WIDEST else ():
                if number in numbered:
                    yield numbered[number], (one.start, other.end)


def _number(mark: str) -> int:
    bare = mark.strip("[]() ")
    return int(bare) if bare.isdecimal() and len(bare) < 4 else 0


def joined(spans: Iterable[Span], body: str) -> list[Span]:
    """Spans of marks with what stands between them and around them: commas, dashes, brackets."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif merged and _BESIDE.fullmatch(body, merged[-1][1], start):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def remarks(body: str) -> Iterator[Span]:
    """Where editors of a wiki ask for a source, a page, a name."""
    return (found.span() for found in _REMARK.finditer(body))
