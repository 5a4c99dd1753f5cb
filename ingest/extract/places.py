"""Where the words of an element of the page stand in the text of record. Pure.

By the number of a rendered link where there is one; else by the words around it, white space left out,
and only where they occur once.
"""

from bisect import bisect_left

from lxml.html import HtmlElement

from ingest.extract.render import Rendered

_BLOCKS = frozenset((
    "p", "li", "dd", "dt", "td", "th", "blockquote", "div", "section", "article", "h1", "h2", "h3", "h4",
    "h5", "h6", "figcaption", "pre", "body",
))  # fmt: skip
_BEFORE, _AFTER = 30, 20
_LONGEST_BLOCK = 20_000


class Places:
    """A rendered text made ready for look-ups."""

    def __init__(self, rendered: Rendered) -> None:
        self.body = rendered.body
        self._links: dict[int, tuple[int, int]] = {}
        for number, start, end in rendered.links:
            self._links.setdefault(number, (start, end))
        self._at = [place for place, symbol in enumerate(rendered.body) if not symbol.isspace()]
        self._squeezed = "".join(rendered.body.split())

    def of_link(self, number: int) -> tuple[int, int] | None:
        """Where the link with this number was rendered."""
        return self._links.get(number)

    def has(self, words: str) -> bool:
        """Whether words stand in the text at all."""
        return "".join(words.split()) in self._squeezed

    def by_words(self, element: HtmlElement) -> tuple[int, int] | None:
        """Where an inline element's words stand, told by what is around them in its block."""
        before, words, after = _around(element)
        if not words or len(before) + len(after) < 8:
            return None
        at = self._once(before[-_BEFORE:] + words + after[:_AFTER])
        return None if at is None else self._span(at + len(before[-_BEFORE:]), len(words))

    def behind(self, element: HtmlElement) -> int | None:
        """Where the text goes on after what stands before an element that was dropped."""
        before, _, after = _around(element)
        head, tail = before[-_BEFORE:], after[:_AFTER]
        if len(head) < 8:
            return None
        at = self._once(head + tail)
        if at is None:
            at = self._once(head)
        return None if at is None else self._span(at, len(head))[1]

    def of_text(self, text: str) -> tuple[int, int] | None:
        """Where a longer text stands, the last place if it occurs several times."""
        squeezed = "".join(text.split())
        if len(squeezed) < 3:
            return None
        at = self._squeezed.rfind(squeezed)
        return None if at < 0 else self._span(at, len(squeezed))

    def _once(self, squeezed: str) -> int | None:
        at = self._squeezed.find(squeezed)
        if at < 0 or self._squeezed.find(squeezed, at + 1) >= 0:
            return None
        return at

    def _span(self, at: int, length: int) -> tuple[int, int]:
        return self._at[at], self._at[at + length - 1] + 1

    def line_starts_at(self, place: int) -> bool:
        """Whether a place is the first word of its line."""
        index = bisect_left(self._at, place)
        return index == 0 or "\n" in self.body[self._at[index - 1] : place]


def block_of(element: HtmlElement) -> HtmlElement:
    """The nearest element around this one that is a block."""
    while element.tag not in _BLOCKS:
        parent = element.getparent()
        if parent is None:
            break
        element = parent
    return element


def _around(element: HtmlElement) -> tuple[str, str, str]:
    """Squeezed: the text before an element in its block, its own, the text behind it."""
    block = block_of(element)
    own = "".join("".join(element.itertext()).split())
    before: list[str] = []
    after: list[str] = []
    size = 0
    node = element
    while node is not block and size <= _LONGEST_BLOCK:
        parent = node.getparent()
        if parent is None:
            break
        head = (parent.text or "") + "".join(
            _text(sibling) for sibling in reversed(list(node.itersiblings(preceding=True)))
        )
        tail = (node.tail or "") + "".join(_text(sibling) for sibling in node.itersiblings())
        before.insert(0, "".join(head.split()))
        after.append("".join(tail.split()))
        size += len(head) + len(tail)
        node = parent
    return "".join(before), own, "".join(after)


def _text(element: HtmlElement) -> str:
    return "".join(element.itertext()) + (element.tail or "")
