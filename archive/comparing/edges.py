"""Changes that could begin a few signs earlier or later are made to begin where a sentence does. Pure.

"here[. Its lamp was lit]." and "here.[ Its lamp was lit.]" take out the same; the second tells it.
"""

from collections.abc import Sequence

from archive.comparing.texts import Change

_FARTHEST = 80
_ENDS = frozenset('.!?…"”’»)。！？')


def settled(found: Sequence[Change], one: str, other: str) -> tuple[Change, ...]:
    """The same changes, what was only taken out or only put in moved to the best edge there is."""
    row = list(found)
    for at in range(1, len(row) - 1):
        change = row[at]
        if not change.same and (change.start == change.end or change.other_start == change.other_end):
            row[at - 1 : at + 2] = _moved(row[at - 1], change, row[at + 1], one, other)
    return tuple(row)


def _moved(before: Change, change: Change, after: Change, one: str, other: str) -> list[Change]:
    """Three neighbours, the change in the middle moved along."""
    whole = (one, change.start, change.end) if change.end > change.start else (
        other, change.other_start, change.other_end
    )  # fmt: skip
    bare = (other, change.other_start) if change.end > change.start else (one, change.start)
    least = min(before.end - before.start, before.other_end - before.other_start) - 1
    most = min(after.end - after.start, after.other_end - after.other_start) - 1
    ways = (*_ways(whole, bare, -1, least), 0, *_ways(whole, bare, 1, most))
    by = max(ways, key=lambda way: (_worth(whole[0], whole[1] + way), -abs(way)))
    start, end, there, there_end = (
        edge + by for edge in (change.start, change.end, change.other_start, change.other_end)
    )
    return [
        Change(before.start, before.end + by, before.other_start, before.other_end + by, same=True),
        Change(start, end, there, there_end, same=False),
        Change(after.start + by, after.end, after.other_start + by, after.other_end, same=True),
    ]


def _ways(whole: tuple[str, int, int], bare: tuple[str, int], step: int, most: int) -> list[int]:
    """How far it may move in one direction: as long as what is passed is the same on its other side."""
    (text, start, end), (beside, place) = whole, bare
    ways: list[int] = []
    for by in range(1, min(most, _FARTHEST) + 1):
        at = by - 1 if step > 0 else -by
        if not text[start + at] == text[end + at] == beside[place + at]:
            break
        ways.append(step * by)
    return ways


def _worth(text: str, at: int) -> int:
    """How good a place for a change to begin: before a paragraph, a sentence, a word, or in the midst."""
    if text[at - 1] == "\n":
        return 4
    if text[at - 1] in _ENDS and text[at : at + 1].isspace():
        return 3
    if text[at - 1].isspace():
        return 2 if text[at - 2 : at - 1] not in _ENDS else 3
    return int(text[at : at + 1].isspace())
