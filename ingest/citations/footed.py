"""Notes at the foot of a page or at the end, by raised numbers: ``work.¹``, ``¹ Moe, Cranes``. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.citations.entries import uri_of
from ingest.citations.marks import DIGITS, raised_marks
from ingest.extract.page import Links, Marker, Note

_FOOT = re.compile(rf"(?:^|(?<=\f))([{DIGITS}]{{1,3}})[ \t]?(?=\w|[“\"«(‘„])([^\n\f]+)", re.MULTILINE)
_LONGEST = 1500
_LOWER = str.maketrans(DIGITS, "0123456789")


def with_feet(body: str, links: Links) -> Links:
    """The pointers of a text with the notes that begin with a raised number, on each page perhaps with 1.

    Nothing is added where the markup has told the notes.
    """
    feet = [foot for foot in _FOOT.finditer(body) if len(foot[2]) <= _LONGEST]
    if links.notes or not feet:
        return links
    used = list(raised_marks(body, [foot.span() for foot in feet]))
    last: dict[int, int] = {}
    notes: list[Note] = []
    markers: list[Marker] = []
    for foot in feet:
        number = int(foot[1].translate(_LOWER))
        key = f"foot-{foot.start()}"
        found = _between(used, number, last.get(number, 0), foot.start())
        page = body.rfind("\f", 0, foot.start())
        # A note at the foot of a page is that of its page, where it is used there.
        found = [span for span in found if span[0] > page] or found
        if found:
            markers += [Marker(start, end, foot[1], key) for start, end in found]
            label = " ".join(foot[2].split())
            notes.append(Note(key, foot[1], label, uri_of(label), foot.start(2), foot.end(2)))
            last[number] = foot.end()
    return replace(links, notes=tuple(notes), markers=tuple(sorted(markers, key=lambda one: one.start)))


def _between(
    used: Sequence[tuple[int, int, str, tuple[int, ...]]], number: int, first: int, behind: int
) -> list[tuple[int, int]]:
    """Where a number is used in a part of the text."""
    return [(start, end) for start, end, _, named in used if first <= start < behind and number in named]
