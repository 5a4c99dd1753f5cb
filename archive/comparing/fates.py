"""What became of a cited passage in another text of the same source: unchanged, moved, changed or gone. Pure.

That is about words alone: whether an edited sentence still bears on a claim, a person judges.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from archive import anchor
from archive.comparing.texts import Change
from archive.model import Passage

State = Literal["unchanged", "moved", "ambiguous", "changed", "gone"]
# Fewer words than this stand in many texts by chance: then their surroundings must be found as well.
_TELLING_WORDS = 5
# A passage of which less is left at its place is another sentence in its stead.
_KEPT = 0.4


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a passage.

    ``start``, ``end``: where it, or what became of it, stands in the other text; None for one that is gone,
    and for one whose words stand anew in several places, of which none is surely theirs.
    ``changes``: the passage alone, beside what stands there now.
    """

    state: State
    start: int | None = None
    end: int | None = None
    changes: tuple[Change, ...] = ()


def fate(found: Sequence[Change], one: str, other: str, passage: Passage) -> Fate:
    """What became of a passage of ``one`` in ``other``; ``found``: their changes."""
    parts = _within(found, one, other, passage)
    span = _covered(parts)
    if parts and all(part.same for part in parts):
        return Fate("unchanged", span[0], span[1], parts)
    places = _elsewhere(found, one, other, passage)
    if places:
        return Fate("moved", *places[0]) if len(places) == 1 else Fate("ambiguous")
    kept = sum(_letters(one[part.start : part.end]) for part in parts if part.same)
    if kept and kept >= _KEPT * _letters(passage.exact):
        return Fate("changed", span[0], span[1], parts)
    return Fate("gone")


def _within(found: Sequence[Change], one: str, other: str, passage: Passage) -> tuple[Change, ...]:
    """The changes within a passage, those at its edges cut there."""
    first = bisect_right(found, passage.start, key=lambda change: change.start) - 1
    parts = []
    for change in found[max(first, 0) :]:
        if change.start >= passage.end:
            break
        start, end = max(change.start, passage.start), min(change.end, passage.end)
        # What was put in right before the passage is not part of it; what was put in between its words is.
        if end > start or passage.start < change.start:
            begin = change.other_start if start == change.start else _image(change, start, one, other)
            stop = change.other_end if end == change.end else _image(change, end, one, other)
            parts.append(Change(start, end, begin, stop, change.same))
    return tuple(parts)


def _image(change: Change, at: int, one: str, other: str) -> int:
    """Where a place inside a change stands in the other text; between replaced words, in proportion."""
    length, other_length = change.end - change.start, change.other_end - change.other_start
    if length == other_length:
        return change.other_start + at - change.start
    if not change.same:
        return _edge(other, change.other_start + (at - change.start) * other_length // length, change)
    place = _after_letters(other, change.other_start, _letters(one[change.start : at]))
    return _after_blanks(other, place) if one[at - 1].isspace() else place


def _edge(text: str, at: int, change: Change) -> int:
    """The next edge of a word."""
    while change.other_start < at < change.other_end and text[at - 1].isalnum() and text[at].isalnum():
        at += 1
    return at


def _letters(text: str) -> int:
    """How many signs there are that are not blank."""
    return sum(map(len, text.split()))


def _after_letters(text: str, start: int, wanted: int) -> int:
    """The place right after so many signs that are not blank."""
    at = start
    while at < len(text) and wanted > 0:
        wanted -= not text[at].isspace()
        at += 1
    return at


def _after_blanks(text: str, at: int) -> int:
    return len(text) - len(text[at:].lstrip())


def _covered(parts: Sequence[Change]) -> tuple[int, int] | tuple[None, None]:
    return (parts[0].other_start, parts[-1].other_end) if parts else (None, None)


def _elsewhere(
    found: Sequence[Change], one: str, other: str, passage: Passage
) -> Sequence[tuple[int, int]]:
    """Where the very words stand in the other text: with all their surroundings, else where they are new.

    What both texts have at one place was there before: it is another copy and not this one. At most two.
    """
    place = anchor.find(other, passage, one)
    if place:
        return [place]
    places: list[tuple[int, int]] = []
    if len(passage.exact.split()) < _TELLING_WORDS:
        return places
    start = other.find(passage.exact)
    while start >= 0 and len(places) < 2:
        end = start + len(passage.exact)
        if not _stood(found, start, end):
            places.append((start, end))
        start = other.find(passage.exact, end)
    return places


def _stood(found: Sequence[Change], start: int, end: int) -> bool:
    """Whether a span of the other text is wholly what both texts have."""
    at = bisect_right(found, start, key=lambda change: change.other_start) - 1
    return found[at].same and end <= found[at].other_end
