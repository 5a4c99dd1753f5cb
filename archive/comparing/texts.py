"""Two texts as one row of spans: what is the same, and what was changed between. Pure.

First paragraphs are aligned, then the words of what lies between those that are the same. Blanks count as
blanks, whichever they are: a page that was broken into lines anew says the same.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive.anchor import paragraphs
from archive.comparing.alignment import Run, align

# A number with what parts it, a run of blanks, a sign of a script that parts no words, a word, a mark.
_TOKEN = re.compile(
    r"\d+(?:[.,:]\d+)*|\s+|[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
    r"|[^\s\d!-/:-@\[-`{-~¡«»¿–—‘’“”„…、。「」\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+|.",
    re.DOTALL,
)
# Words that two changes leave between them are read more easily as changed with them.
_ISLAND = 24


@dataclass(frozen=True, slots=True)
class Change:
    """A span of one text and what stands for it in the other, in code points; either may be empty.

    ``same``: they say the same (but for which blanks part their words).
    """

    start: int
    end: int
    other_start: int
    other_end: int
    same: bool


def woven(one: str, other: str) -> tuple[Change, ...]:
    """Both texts whole, cut into what is the same and what is not, by turns."""
    here, there = _paragraphs(one), _paragraphs(other)
    whole = align(_keys(one, here), _keys(other, there))
    same = [_span(run, here, there) for run in whole]
    inner = [_words(one, other, gap) for gap in _gaps(same, len(one), len(other))]
    return tuple(_filled(_merged(sorted([*same, *(span for spans in inner for span in spans)])), one, other))


def reversed_changes(found: Iterable[Change]) -> tuple[Change, ...]:
    """The same changes, seen from the other text."""
    return tuple(Change(c.other_start, c.other_end, c.start, c.end, c.same) for c in found)


# A span in one text and one in the other: start, end, start, end.
_Pair = tuple[int, int, int, int]


def _paragraphs(text: str) -> list[int]:
    """Where the paragraphs begin and, last, where the text ends: nothing lies outside them."""
    starts = [start for start, _ in paragraphs(text)]
    return [0, *starts[1:], len(text)]


def _keys(text: str, edges: Sequence[int]) -> list[str]:
    return [" ".join(text[start:end].split()) for start, end in pairwise(edges)]


def _span(run: Run, here: Sequence[int], there: Sequence[int]) -> _Pair:
    return here[run.here], here[run.here + run.length], there[run.there], there[run.there + run.length]


def _gaps(same: Iterable[_Pair], length: int, other_length: int) -> Iterator[_Pair]:
    at, there = 0, 0
    for start, end, other_start, other_end in (*same, (length, length, other_length, other_length)):
        if start > at or other_start > there:
            yield at, start, there, other_start
        at, there = end, other_end


def _words(one: str, other: str, gap: _Pair) -> list[_Pair]:
    """What is the same within a gap between paragraphs, word by word."""
    here, there = _tokens(one, gap[0], gap[1]), _tokens(other, gap[2], gap[3])
    runs = align(_keys_of_words(one, here), _keys_of_words(other, there))
    return list(_without_islands([_span(run, here, there) for run in runs], gap))


def _tokens(text: str, start: int, end: int) -> list[int]:
    return [*(token.start() for token in _TOKEN.finditer(text, start, end)), end]


def _keys_of_words(text: str, edges: Sequence[int]) -> list[str]:
    words = (text[start:end] for start, end in pairwise(edges))
    return [" " if word.isspace() else word for word in words]


def _without_islands(spans: Sequence[_Pair], gap: _Pair) -> Iterator[_Pair]:
    """The spans without short ones that have more change on either side than they have words."""
    at, there = gap[0], gap[2]
    for number, (start, end, other_start, other_end) in enumerate(spans):
        follows = spans[number + 1] if number + 1 < len(spans) else (gap[1], gap[1], gap[3], gap[3])
        before = max(start - at, other_start - there)
        after = max(follows[0] - end, follows[2] - other_end)
        if end - start <= min(_ISLAND, before, after):
            continue
        yield start, end, other_start, other_end
        at, there = end, other_end


def _merged(spans: Iterable[_Pair]) -> Iterator[_Pair]:
    now: _Pair | None = None
    for span in spans:
        if now and (now[1], now[3]) == (span[0], span[2]):
            now = (now[0], span[1], now[2], span[3])
        else:
            if now:
                yield now
            now = span
    if now:
        yield now


def _filled(same: Iterable[_Pair], one: str, other: str) -> Iterator[Change]:
    at, there = 0, 0
    for start, end, other_start, other_end in (*same, (len(one), len(one), len(other), len(other))):
        if start > at or other_start > there:
            yield Change(at, start, there, other_start, same=False)
        if end > start or other_end > other_start:
            yield Change(start, end, other_start, other_end, same=True)
        at, there = end, other_end
