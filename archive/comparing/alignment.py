"""Two sequences aligned: the runs that stand in both, in order, at a cost linear in their length. Pure.

Ends that are alike are set aside; what is left is searched for a shortest edit (Myers 1986) as long as that
is cheap, else parted at what stands once in both ("patience"). Where neither helps, all of it is replaced:
a hostile pair costs a poorer answer, never a longer wait. The standard library's difflib is quadratic, and
cubic at worst.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

# Steps of a search for a shortest edit: some for each element, and enough for a paragraph rewritten whole.
STEPS_EACH, STEPS_MORE = 8, 4_000
# How often a region is parted at its landmarks, and those between them at theirs.
DEEPEST = 12


class Run(NamedTuple):
    """So many elements alike: where they begin in the one sequence and in the other."""

    here: int
    there: int
    length: int


class _Region(NamedTuple):
    """A part of both sequences that is yet to be aligned."""

    start: int
    end: int
    other_start: int
    other_end: int
    depth: int


def align(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[Run]:
    """The runs that stand in both sequences, in order; runs that touch in both are one."""
    waiting = [_Region(0, len(one), 0, len(other), 0)]
    found: list[Run] = []
    while waiting:
        region = waiting.pop()
        ends, inner = _alike_at_ends(one, other, region)
        found += ends
        if inner.start == inner.end or inner.other_start == inner.other_end:
            continue
        runs = _shortest(one, other, inner)
        if runs is None:
            runs = _landmarks(one, other, inner) if inner.depth < DEEPEST else []
            waiting += _between(runs, inner) if runs else []
        found += runs
    return list(_joined(sorted(found)))


def _alike_at_ends(
    one: Sequence[Hashable], other: Sequence[Hashable], region: _Region
) -> tuple[list[Run], _Region]:
    start, end, there, there_end, depth = region
    while start < end and there < there_end and one[start] == other[there]:
        start, there = start + 1, there + 1
    while start < end and there < there_end and one[end - 1] == other[there_end - 1]:
        end, there_end = end - 1, there_end - 1
    head = Run(region.start, region.other_start, start - region.start)
    tail = Run(end, there_end, region.end - end)
    return [run for run in (head, tail) if run.length], _Region(start, end, there, there_end, depth)


def _shortest(one: Sequence[Hashable], other: Sequence[Hashable], region: _Region) -> list[Run] | None:
    """The runs of a shortest edit of a region, or None where finding one costs too many steps."""
    start, end, there, there_end, _ = region
    width, height = end - start, there_end - there
    steps = STEPS_EACH * (width + height) + STEPS_MORE
    reached, history = {1: 0}, []
    for edits in range(width + height + 1):
        history.append(dict(reached))
        steps -= 2 * edits + 1  # the copy of what was reached counts too
        for diagonal in range(-edits, edits + 1, 2):
            down = diagonal == -edits or (
                diagonal != edits and reached.get(diagonal - 1, -1) < reached.get(diagonal + 1, -1)
            )
            x = reached[diagonal + 1] if down else reached[diagonal - 1] + 1
            while x < width and 0 <= x - diagonal < height and one[start + x] == other[there + x - diagonal]:
                x, steps = x + 1, steps - 1
            reached[diagonal] = x
            if x >= width and x - diagonal >= height:
                return _traced(history, region)
        if steps < 0:
            return None
    return None


def _traced(history: list[dict[int, int]], region: _Region) -> list[Run]:
    """The runs along the way back from the end, from what each number of edits had reached."""
    x, y = region.end - region.start, region.other_end - region.other_start
    runs: list[Run] = []
    for edits in range(len(history) - 1, -1, -1):
        reached, diagonal = history[edits], x - y
        down = diagonal == -edits or (
            diagonal != edits and reached.get(diagonal - 1, -1) < reached.get(diagonal + 1, -1)
        )
        before = diagonal + 1 if down else diagonal - 1
        from_x = reached.get(before, 0) if edits else 0
        begin = (from_x if down else from_x + 1) if edits else 0
        if x > begin:
            runs.append(Run(region.start + begin, region.other_start + begin - diagonal, x - begin))
        x, y = from_x, from_x - before
    return runs


def _landmarks(one: Sequence[Hashable], other: Sequence[Hashable], region: _Region) -> list[Run]:
    """What stands once in both halves of a region, as far as it keeps its order: the longest such row."""
    begin, end = region.other_start, region.other_end
    here, there = Counter(one[region.start : region.end]), Counter(other[begin:end])
    places = {other[at]: at for at in range(begin, end) if there[other[at]] == 1}
    shared = [
        (at, places[one[at]])
        for at in range(region.start, region.end)
        if here[one[at]] == 1 and one[at] in places
    ]
    return [Run(at, place, 1) for at, place in _rising(shared)]


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest row of pairs whose second members rise as the first do."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        rank = bisect_left(ends, place)
        before.append(last[rank - 1] if rank else -1)
        if rank == len(ends):
            ends.append(place)
            last.append(number)
        else:
            ends[rank], last[rank] = place, number
    row, at = [], last[-1] if last else -1
    while at >= 0:
        row.append(pairs[at])
        at = before[at]
    return row[::-1]


def _between(runs: list[Run], region: _Region) -> Iterator[_Region]:
    here, there = region.start, region.other_start
    for run in (*runs, Run(region.end, region.other_end, 0)):
        if run.here > here or run.there > there:
            yield _Region(here, run.here, there, run.there, region.depth + 1)
        here, there = run.here + run.length, run.there + run.length


def _joined(runs: list[Run]) -> Iterator[Run]:
    now: Run | None = None
    for run in runs:
        if now and (now.here + now.length, now.there + now.length) == (run.here, run.there):
            now = Run(now.here, now.there, now.length + run.length)
        else:
            if now:
                yield now
            now = run
    if now:
        yield now
