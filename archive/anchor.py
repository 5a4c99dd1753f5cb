"""A passage of a text: make it, find it again, does it still hold, link to it. Pure.

Offsets count code points. A passage is a position and a quotation with its surroundings
(Web Annotation TextPositionSelector and TextQuoteSelector). The texts of record never change, so
position and quotation together are the truth; finding it again in *another* text takes an exact
match or nothing: a fuzzy one that silently lands on a look-alike sentence with another name or
number is worse than none (hypothesis/client#7571).
"""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from archive.model import Passage

# Surroundings kept with a quotation. 32 code points told apart all repeated sentences of the corpus.
WIDTH = 32
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*|\f")
# A text fragment names its first and last words beyond this many (WICG/scroll-to-text-fragment).
_WORDS_WHOLE = 10
_WORDS_ENDS = 4


def describe(text: str, start: int, end: int) -> Passage:
    """The passage ``text[start:end]`` with its surroundings.

    :raises ValueError: the span is empty or lies outside the text.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no such span: {start}–{end} in a text of {len(text)} characters")
    return Passage(start, end, text[start:end], text[max(0, start - WIDTH) : start], text[end : end + WIDTH])


def holds(text: str, passage: Passage) -> bool:
    """Whether the quotation stands at its place."""
    return bool(passage.exact) and text[passage.start : passage.end] == passage.exact


def find(text: str, passage: Passage) -> tuple[int, int] | None:
    """Where a passage stands in a text that may have been edited elsewhere, or None.

    1. at its place, with its surroundings; 2. the only place where the quotation stands;
    3. of several, the one whose surroundings agree best, where it is ahead of all others.
    """
    if holds(text, passage) and _agreement(text, passage, passage.start) == _whole(text, passage):
        return passage.start, passage.end
    places = list(_occurrences(text, passage.exact))
    if len(places) > 1:
        ranked = sorted(((_agreement(text, passage, place), place) for place in places), reverse=True)
        places = [ranked[0][1]] if ranked[0][0] > ranked[1][0] else []
    return (places[0], places[0] + len(passage.exact)) if places else None


def _whole(text: str, passage: Passage) -> int:
    """The agreement of a text with itself: all surroundings, and the edges that it stands at."""
    edges = (not passage.prefix and passage.start == 0) + (not passage.suffix and passage.end == len(text))
    return len(passage.prefix) + len(passage.suffix) + edges


def _occurrences(text: str, exact: str) -> Iterator[int]:
    at = text.find(exact) if exact else -1
    while at >= 0:
        yield at
        at = text.find(exact, at + 1)


def _agreement(text: str, passage: Passage, start: int) -> int:
    """How many code points of the surroundings agree, counted outwards from the quotation."""
    end = start + len(passage.exact)
    before = _common(reversed(text[max(0, start - len(passage.prefix)) : start]), reversed(passage.prefix))
    after = _common(iter(text[end : end + len(passage.suffix)]), iter(passage.suffix))
    at_edge = (not passage.prefix and start == 0) + (not passage.suffix and end == len(text))
    return before + after + at_edge


def _common(left: Iterator[str], right: Iterator[str]) -> int:
    count = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        count += 1
    return count


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The spans of a text's paragraphs: parted by blank lines and page breaks, trimmed, none empty."""
    start = 0
    for gap in _BLANK_LINE.finditer(text):
        yield from _trimmed(text, start, gap.start())
        start = gap.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    if start < end:
        yield start, end


def context(text: str, start: int, end: int, width: int = 280) -> tuple[str, str]:
    """What stands before and after a span, up to ``width`` code points, cut at a blank."""
    before, after = text[max(0, start - width) : start], text[end : end + width]
    if start > width and text[start - width - 1] != " " and " " in before:
        before = before[before.index(" ") + 1 :]
    if end + width < len(text) and text[end + width] != " " and " " in after:
        after = after[: after.rindex(" ")]
    return before, after


def fragment(passage: Passage) -> str:
    """``#:~:text=…`` for a link to the live page, as browsers read it."""
    words = passage.exact.split()
    parts = [" ".join(words)]
    if len(words) > _WORDS_WHOLE or "\n" in passage.exact:
        parts = [" ".join(words[:_WORDS_ENDS]), " ".join(words[-_WORDS_ENDS:])]
    return "#:~:text=" + ",".join(quote(part, safe="").replace("-", "%2D") for part in parts)


def locator(text: str, pages: Sequence[str], start: int) -> str:
    """Where a passage stands, as print says it: ``p. 14`` in a paged text, else ``para. 7``."""
    if pages:
        page = text.count("\f", 0, start)
        return f"p. {pages[page]}" if page < len(pages) else f"p. {page + 1}"
    return f"para. {max(1, sum(1 for begin, _ in paragraphs(text[: start + 1]) if begin <= start))}"
