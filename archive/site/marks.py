"""A text with its passages marked: cut into pieces that a template escapes one by one. Pure.

No HTML is made here. Marks never overlap: where two spans do, the earlier keeps its words and the later
takes what is left of it, so that every piece of the text appears exactly once.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from archive.anchor import paragraphs
from archive.model import Heading

# What the search puts around the words it found; control characters stand in no text of record.
OPEN, CLOSE = "\x02", "\x03"


@dataclass(frozen=True, slots=True)
class Span:
    """A span to be marked, in code points, and what it is called."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Words as they stand in the text; ``name`` where they are marked, ``first`` and ``last`` its ends."""

    text: str
    name: str | None = None
    first: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (``level`` 0) or heading (1 to 6, as its author ranked it) of a text.

    ``depth``: how many headings it stands under, a heading counting itself; no step is left out, however the
    author ranked them. ``page``: the label of the page that begins with it, in a paged text.
    """

    start: int
    end: int
    level: int
    depth: int
    page: str | None
    pieces: tuple[Piece, ...]


def pieces(text: str, start: int, end: int, spans: Iterable[Span]) -> tuple[Piece, ...]:
    """``text[start:end]`` cut at the edges of the spans.

    >>> [(piece.text, piece.name) for piece in pieces("abcdef", 0, 6, [Span(1, 3, "x"), Span(2, 4, "y")])]
    [('a', None), ('bc', 'x'), ('d', 'y'), ('ef', None)]
    """
    return tuple(_cut(text, start, end, sorted(spans, key=_order), set()))


def _order(span: Span) -> tuple[int, int, str]:
    return span.start, -span.end, span.name


def _cut(text: str, start: int, end: int, spans: Iterable[Span], seen: set[str]) -> Iterator[Piece]:
    at = start
    for span in spans:
        begin, stop = max(span.start, at), min(span.end, end)
        if begin >= stop:
            continue
        if begin > at:
            yield Piece(text[at:begin])
        yield Piece(text[begin:stop], span.name, span.name not in seen, stop == span.end)
        seen.add(span.name)
        at = stop
    if at < end:
        yield Piece(text[at:end])


def blocks(
    body: str, headings: Sequence[Heading], pages: Sequence[str], spans: Iterable[Span]
) -> tuple[Block, ...]:
    """A whole text as blocks: its paragraphs, each heading on a line of its own parted from them."""
    levels = {heading.start: min(max(heading.level, 1), 6) for heading in headings}
    waiting = sorted(spans, key=_order)
    seen: set[str] = set()
    made: list[Block] = []
    above: list[int] = []
    page = -1
    for start, end in _lines_parted(body, levels):
        while waiting and waiting[0].end <= start:
            waiting.pop(0)
        cut = tuple(_cut(body, start, end, list(_until(waiting, end)), seen))
        now = body.count("\f", 0, start) if pages else -1
        label = pages[now] if now != page and now < len(pages) else None
        level = levels.get(start, 0)
        if level:
            above = [*(one for one in above if one < level), level]
        made.append(Block(start, end, level, len(above), label, cut))
        page = now
    return tuple(made)


def excerpt(cut: Iterable[Block], names: Container[str]) -> tuple[Block, ...]:
    """Only the pieces with these names, the rest left out and shown as left out.

    >>> cut = blocks("ab cd\\n\\nef", (), (), [Span(3, 5, "x")])
    >>> [[piece.text for piece in block.pieces] for block in excerpt(cut, {"x"})]
    [[' … ', 'cd']]
    """
    kept = [replace(block, pieces=tuple(_kept(block.pieces, names))) for block in cut]
    return tuple(block for block in kept if any(piece.name for piece in block.pieces))


def _kept(pieces: Sequence[Piece], names: Container[str]) -> Iterator[Piece]:
    for wanted, run in groupby(pieces, lambda piece: piece.name is not None and piece.name in names):
        if wanted:
            yield from run
        elif any(piece.text.strip() for piece in run):
            yield Piece(" … ")


def _until(spans: Sequence[Span], end: int) -> Iterator[Span]:
    for span in spans:
        if span.start >= end:
            return
        yield span


def _lines_parted(body: str, levels: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Paragraphs, cut before and after each line that is a heading."""
    for start, end in paragraphs(body):
        at = start
        for heading in sorted(level for level in levels if start <= level < end):
            if body[at:heading].strip():
                yield at, at + len(body[at:heading].rstrip())
            stop = body.find("\n", heading, end)
            stop = end if stop < 0 else stop
            yield heading, stop
            at = stop + len(body[stop:end]) - len(body[stop:end].lstrip())
        if body[at:end].strip():
            yield at, end


def found(snippet: str) -> tuple[Piece, ...]:
    """A snippet of the search, with what was found named ``found``.

    >>> [(piece.text, piece.name) for piece in found("a \\x02b\\x03 c")]
    [('a ', None), ('b', 'found'), (' c', None)]
    """
    made: list[Piece] = []
    for number, part in enumerate(snippet.replace(CLOSE, OPEN).split(OPEN)):
        if part:
            made.append(Piece(part, "found", True) if number % 2 else Piece(part))
    return tuple(made)


def wherever(text: str, values: Iterable[str], name: str) -> Iterator[Span]:
    """Where values stand in a text as whole words: what agrees and what differs is marked in place.

    >>> list(wherever("14 of 1400 or 14", ["14"], "differs"))
    [Span(start=0, end=2, name='differs'), Span(start=14, end=16, name='differs')]
    """
    for value in sorted(set(filter(None, values)), key=lambda value: (-len(value), value)):
        at = text.find(value)
        while at >= 0:
            end = at + len(value)
            if not _inside_word(text, at) and not _inside_word(text, end):
                yield Span(at, end, name)
            at = text.find(value, at + 1)


def _inside_word(text: str, at: int) -> bool:
    """Whether an edge falls inside a word or a number such as 1,400."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before.isalnum() and after.isalnum():
        return True
    return _parts_number(text, at, before) or _parts_number(text, at - 1, after)


def _parts_number(text: str, separator: int, neighbour: str) -> bool:
    inside = 0 < separator < len(text) - 1 and text[separator] in ".,"
    return inside and neighbour.isdigit() and text[separator - 1].isdigit() and text[separator + 1].isdigit()
