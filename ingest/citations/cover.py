"""Which places of a text are covered by spans, asked tens of thousands of times. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

Span = tuple[int, int]


class Cover:
    """Spans of a text, merged; each question costs a look-up, however many spans there are.

    >>> cover = Cover([(5, 9), (0, 2), (8, 12)])
    >>> cover.holds(2), cover.holds(11), cover.meets(2, 5), cover.meets(2, 6)
    (False, True, False, True)
    """

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(span for span in spans if span[0] < span[1]):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def holds(self, place: int) -> bool:
        """Whether a place lies in some span."""
        return self.meets(place, place + 1)

    def meets(self, start: int, end: int) -> bool:
        """Whether some span has a place in common with this one."""
        return bisect_left(self._starts, end) > bisect_right(self._ends, start)
