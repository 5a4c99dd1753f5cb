"""Cited passages found again in the words of a page, and marked there. Pure.

The text of record has other white space than the page, and elements stand inside a sentence: so both are
compared without any blank. A quotation that stands several times is told by what stands around it, and where
that does not tell either, it is not guessed.
"""

from bisect import bisect_right
from collections.abc import Sequence
from html import escape, unescape

from archive.model import Passage

PASSAGE = "pincite-passage"


def marked(out: list[str], spoken: Sequence[int], passages: Sequence[Passage]) -> tuple[bool, ...]:
    """Put ``<mark>`` around the passages in the pieces ``out[spoken…]``; which of them were found."""
    if not passages:
        return ()
    words = _Words(out, spoken)
    spans = [words.find(passage) for passage in passages]
    words.mark(out, sorted({span for span in spans if span}))
    return tuple(span is not None for span in spans)


class _Words:
    """The running words of a page without blanks, and from which piece each stems."""

    def __init__(self, out: Sequence[str], spoken: Sequence[int]) -> None:
        self._places = list(spoken)
        self._texts = [unescape(out[place]) for place in spoken]
        squeezed = ["".join(text.split()) for text in self._texts]
        self._starts, at = [], 0
        for text in squeezed:
            self._starts.append(at)
            at += len(text)
        self._all = "".join(squeezed)

    def find(self, passage: Passage) -> tuple[int, int] | None:
        """The span of a passage, where it can be told."""
        exact, before, after = (
            "".join(part.split()) for part in (passage.exact, passage.prefix, passage.suffix)
        )
        if not exact:
            return None
        found, at = list[int](), self._all.find(exact)
        while at >= 0 and len(found) < 1000:
            found.append(at)
            at = self._all.find(exact, at + 1)
        if len(found) > 1:
            agreeing = [(self._agrees(at, exact, before, after), at) for at in found]
            best = max(agreeing)[0]
            found = [at for agrees, at in agreeing if agrees == best and best]
        return (found[0], found[0] + len(exact)) if len(found) == 1 else None

    def _agrees(self, at: int, exact: str, before: str, after: str) -> int:
        return self._all.endswith(before, 0, at) + self._all.startswith(after, at + len(exact))

    def mark(self, out: list[str], spans: Sequence[tuple[int, int]]) -> None:
        """Write each piece that a span touches anew, the words of the span in ``<mark>``."""
        first = f' id="{PASSAGE}"'
        touched: dict[int, list[tuple[int, int]]] = {}
        for start, end in spans:
            piece = bisect_right(self._starts, start) - 1
            while piece < len(self._starts) and self._starts[piece] < end:
                touched.setdefault(piece, []).append((start - self._starts[piece], end - self._starts[piece]))
                piece += 1
        for piece, inside in sorted(touched.items()):
            out[self._places[piece]], first = _wrapped(self._texts[piece], inside, first)


def _wrapped(text: str, spans: Sequence[tuple[int, int]], first: str) -> tuple[str, str]:
    """A text with spans (counted without blanks) in ``<mark>``; ``first``: the attribute of the first one."""
    places = [at for at, symbol in enumerate(text) if not symbol.isspace()]
    written, at = [], 0
    for start, end in spans:
        inside = places[max(0, start) : max(0, end)]
        if not inside or inside[0] < at:
            continue
        written.append(escape(text[at : inside[0]], quote=False))
        at = inside[-1] + 1
        written.append(f"<mark data-pincite{first}>{escape(text[inside[0] : at], quote=False)}</mark>")
        first = ""
    return "".join((*written, escape(text[at:], quote=False))), first
