"""Where notes stand in a text and where they are used; what editors put behind a sentence. Pure."""

import re
from collections.abc import Iterator

from ingest.citations.entries import points_somewhere
from ingest.extract.page import Links, Note

Span = tuple[int, int]
# The number of a note at the head of its line, with brackets and blanks.
_NUMBER = 8
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


def uses_of_notes(links: Links) -> dict[str, list[Span]]:
    """Where each note is used; what a mere remark in a note cites is cited where the remark is."""
    places: dict[str, list[Span]] = {}
    for marker in links.markers:
        places.setdefault(marker.note, []).append((marker.start, marker.end))
    for remark in links.notes:
        if remark.start is None or remark.end is None or not is_remark(remark):
            continue
        for marker in links.markers:
            if remark.start <= marker.start <= remark.end and marker.note != remark.key:
                places[marker.note] += places.get(remark.key, [])
    return places


def remarks(body: str) -> Iterator[Span]:
    """Where editors of a wiki ask for a source, a page, a name."""
    return (found.span() for found in _REMARK.finditer(body))
