"""A passage of a text: make it, find it again, does it still hold, link to it. Pure.

Offsets count code points. A passage is a position and a quotation with its surroundings
(Web Annotation TextPositionSelector and TextQuoteSelector). The texts of record never change, so
position and quotation together are the truth; finding it again in *another* text takes an exact
match with all its surroundings, or words that can be no others, or nothing: a fuzzy one that silently
lands on a look-alike sentence with another name or number is worse than none (hypothesis/client#7571).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from archive.model import Passage

# Surroundings kept with a quotation. 32 code points told apart all repeated sentences of the corpus.
WIDTH = 32
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*|\f")
# A text fragment names its first and last words beyond this many (WICG/scroll-to-text-fragment).
_WORDS_WHOLE = 10
_WORDS_ENDS = 4
# So many words that stood and stand but once are found where one side agrees so far, and of either side,
# wider, so many of the words are left: the same sentence may have been typed anew elsewhere.
_TELLING_WORDS, _BESIDE, _WIDE, _LEFT = 4, 16, 100, 0.5
_WORDS = re.compile(r"\w+")
# Names and numbers: what a look-alike has otherwise.
_TELLING = re.compile(r"\b[^\W\d_a-z]\w*(?:\s+[^\W\d_a-z]\w*)*|\d[\d.,]*")


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


def find(text: str, passage: Passage, old: str | None = None) -> tuple[int, int] | None:
    """Where a passage stands in a text that may have been edited elsewhere, or None.

    1. At its place, with all its surroundings. 2. Else where it stands with all of them, if only there.
    3. Where the ``old`` text is at hand, in which it was described: where its words stand, if they stood
       once there and stand once here, most of what stood beside them still does, and neither text has a
       look-alike of them with other names or numbers.

    The same words in other surroundings may be said of another: "won 3 medals", its own sentence being gone.
    Nor is one of two copies guessed. Of 3,000 hostile edits, the only or best place was silently wrong 577
    times; one agreeing side and the rest of the sentence on the other, 186 times; this, only where a
    twin agrees in all that was kept, surroundings included. The price: without the old text a passage is
    called gone when the words right beside it were edited (`benchmarks/anchors.py`).
    """
    if holds(text, passage) and _at_home(text, passage):
        return passage.start, passage.end
    words = passage.prefix + passage.exact + passage.suffix
    place = text.find(words) if passage.exact else -1
    if place >= 0 and text.find(words, place + 1) < 0:
        start = place + len(passage.prefix)
        return start, start + len(passage.exact)
    return None if place >= 0 or old is None else _alone(text, passage, old)


def _alone(text: str, passage: Passage, old: str) -> tuple[int, int] | None:
    """Where words stand that stood once and stand once, and have no look-alike."""
    start = text.find(passage.exact) if passage.exact else -1
    if start < 0 or text.find(passage.exact, start + 1) >= 0:
        return None
    first = old.find(passage.exact)
    if first != passage.start or old.find(passage.exact, first + 1) >= 0:
        return None
    if len(passage.exact.split()) < _TELLING_WORDS or not _among_its_own(text, start, passage, old):
        return None
    form = _TELLING.sub("@", passage.exact)
    alike = (_TELLING.sub("@", one) for one in (text, old))
    return None if any(one.count(form) > 1 for one in alike) else (start, start + len(passage.exact))


def _among_its_own(text: str, start: int, passage: Passage, old: str) -> bool:
    """Whether words stand beside what they stood beside: at once on one side, most words on both."""
    end = start + len(passage.exact)
    here = text[max(0, start - _WIDE) : start], text[end : end + _WIDE]
    there = old[max(0, passage.start - _WIDE) : passage.start], old[passage.end : passage.end + _WIDE]
    before, after = there[0][-_BESIDE:], there[1][:_BESIDE]
    at_once = (bool(before) and here[0].endswith(before)) or (bool(after) and here[1].startswith(after))
    return at_once and all(_words_left(*side) >= _LEFT for side in zip(there, here, strict=True))


def _words_left(there: str, here: str) -> float:
    words = Counter(_WORDS.findall(there))
    left = words & Counter(_WORDS.findall(here))
    return left.total() / words.total() if words else float(not here.strip())


def _at_home(text: str, passage: Passage) -> bool:
    """Whether all surroundings stand around the passage's place, and the text's edge where one was short."""
    before, after = passage.prefix, passage.suffix
    agree = text.endswith(before, 0, passage.start) and text.startswith(after, passage.end)
    first = len(before) == WIDTH or len(before) == passage.start
    last = len(after) == WIDTH or passage.end + len(after) == len(text)
    return agree and first and last


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


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a passage stands in its text: on which page, by its printed label, or in which paragraph."""

    unit: Literal["page", "paragraph"]
    first: str
    last: str

    def __str__(self) -> str:
        """As print says it: ``p. 14``, ``pp. 14–15``, ``para. 7``, ``paras. 7–9``."""
        one, several = ("p.", "pp.") if self.unit == "page" else ("para.", "paras.")
        return f"{one} {self.first}" if self.first == self.last else f"{several} {self.first}–{self.last}"


def locate(text: str, pages: Sequence[str], start: int, end: int) -> Locator:
    """Where ``text[start:end]`` stands: its page in a paged text, else its paragraph."""
    start, end = next(_trimmed(text, start, end), (start, end))
    if pages:
        page = text.count("\f", 0, start)
        ends = (page, page + text.count("\f", start, end))
        return Locator("page", *(pages[n] if n < len(pages) else str(n + 1) for n in ends))
    number = max(1, sum(1 for begin, _ in paragraphs(text[: start + 1]) if begin <= start))
    more = max(0, sum(1 for _ in paragraphs(text[start:end])) - 1)
    return Locator("paragraph", str(number), str(number + more))


def locator(text: str, pages: Sequence[str], start: int, end: int | None = None) -> str:
    """Where a passage stands, as print says it: ``p. 14`` in a paged text, else ``para. 7``."""
    return str(locate(text, pages, start, start + 1 if end is None else end))
