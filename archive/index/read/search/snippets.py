"""The part of a passage that shows best why it was found, with what was found marked. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence

OPEN, CLOSE = "\x02", "\x03"
LENGTH = 240
_BEFORE = 60
_MARKED = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")

Spans = Sequence[tuple[int, int]]


def snippet(marked: str, runs: Iterable[str] = (), literals: Iterable[re.Pattern[str]] = ()) -> str:
    """What to show of a passage.

    ``marked``: the passage with U+0002 and U+0003 around the words that FTS5 found; ``runs`` and
    ``literals``: what FTS5 cannot mark, letters of scripts without blanks and words with signs. Both marks
    stand in the answer; an ellipsis where the passage goes on.

    >>> snippet("a \\x02reef\\x03 in 珊瑚礁", ["珊瑚"]).translate({2: "[", 3: "]"})
    'a [reef] in [珊瑚]礁'
    """
    text = marked.replace(OPEN, "").replace(CLOSE, "")
    spans = _merged([*_from_marks(marked), *_from_words(text, runs, literals)])
    start = _start(text, spans)
    end = _whole_words(text, min(len(text), start + LENGTH), -1) if start + LENGTH < len(text) else len(text)
    return ("…" if start else "") + _with_marks(text, start, end, spans) + ("…" if end < len(text) else "")


def _from_marks(marked: str) -> Iterator[tuple[int, int]]:
    for nth, match in enumerate(_MARKED.finditer(marked)):
        start = match.start() - 2 * nth
        yield start, start + len(match[1])


def _from_words(
    text: str, runs: Iterable[str], literals: Iterable[re.Pattern[str]]
) -> Iterator[tuple[int, int]]:
    for pattern in (*(re.compile(re.escape(run)) for run in runs), *literals):
        yield from (match.span() for match in pattern.finditer(text))


def _merged(spans: Iterable[tuple[int, int]]) -> Spans:
    made: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


def _start(text: str, spans: Spans) -> int:
    """Where to begin: before the mark from which most different words follow within the length."""
    if len(text) <= LENGTH or not spans:
        return 0
    best, most = spans[0][0], 0
    first = 0
    for at, (start, _) in enumerate(spans):
        first = at
        within = {text[a:b].lower() for a, b in spans[first : first + 40] if b <= start + LENGTH - _BEFORE}
        if len(within) > most:
            best, most = start, len(within)
    start = max(0, min(best - _BEFORE, len(text) - LENGTH))
    return min(_whole_words(text, start, 1), best) if start else 0


def _whole_words(text: str, at: int, step: int) -> int:
    """The nearest edge of a word from a place on, within a word's length."""
    for moved in range(30):
        near = at + step * moved
        if not 0 < near < len(text) or text[near - 1].isspace() or text[near].isspace():
            return max(0, min(near, len(text)))
    return at


def _with_marks(text: str, start: int, end: int, spans: Spans) -> str:
    made, at = [], start
    for first, last in spans:
        first, last = max(first, at), min(last, end)
        if first < last:
            made += [text[at:first], OPEN, text[first:last], CLOSE]
            at = last
    return "".join([*made, text[at:end]])
