"""A body tree to the text of record, noting while it writes where each link and heading stands. Pure.

    paragraph, heading, quotation, table, list   parted by a blank line
    list item, table row, line break             a line of its own ("- item", "cell | cell")

Takes the extractor's own element names (``head``, ``item``, ``ref`` …) and HTML's alike. Every run of
white space becomes one blank except in preformatted text, whose lines stay.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml.etree import _Element, iterwalk

from archive.model import Heading
from ingest.extract.clean import UNWANTED, composed

Run = Callable[[int], tuple[str, str]]

_HEADING = re.compile(r"^h[1-6]$")
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "details", "div", "dl",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head",
    "header", "hr", "html", "list", "main", "nav", "ol", "p", "pre", "quote", "section", "summary",
    "table", "ul",
))  # fmt: skip
_LINES = frozenset(("dd", "dt", "item", "li", "row", "tr"))
_ITEMS = frozenset(("item", "li"))
_CELLS = frozenset(("cell", "td", "th"))
_SKIPPED = frozenset((
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "select", "textarea",
    "title",
))  # fmt: skip
_WHITE = re.compile(r"[\s\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text with its headings, and where each numbered link stands (number, start, end), in order."""

    body: str
    headings: tuple[Heading, ...]
    links: tuple[tuple[int, int, int], ...]


def render(tree: _Element, run: Run = lambda _: ("", "")) -> Rendered:
    """The text of a body tree. Links are those whose target ends in digits: their numbers are kept.

    ``run``: by number, what the page had right before and behind a link in the same run of text. The
    extractor makes a paragraph of its own of a link that stands in a bare ``<div>``; this mends it.
    """
    writer = _Writer(run)
    walk = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if element.tag in _SKIPPED:
                walk.skip_subtree()
            else:
                writer.open(element)
                writer.text(element.text)
        else:
            if element.tag not in _SKIPPED:
                writer.close(element)
            if element is not tree:
                writer.text(element.tail)
    return writer.finish()


class _Writer:
    """The text so far, and what the next word will put before itself: blanks, breaks, a bullet."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._glued = False
        self._pieces: list[str] = []
        self._length = 0
        self._breaks = 0
        self._blank = False
        self._prefix = ""
        self._items = 0
        self._cells = 0
        self._verbatim = 0
        self._row_begun = False
        self._headings: list[list[int]] = []
        self._links: list[list[int]] = []
        self._open: list[tuple[_Element, list[int]]] = []

    def open(self, element: _Element) -> None:
        """What stands before an element's words."""
        tag = str(element.tag)
        before, _ = self._torn(element)
        if before:
            self._breaks, self._blank = 0, before.isspace()
        elif (tag in _BLOCKS or tag in _LINES) and not self._glued:
            self._break(element)
        if tag in ("lb", "br"):
            self._line_break()
        elif tag in _CELLS:
            self._cells += 1
            if self._row_begun:
                self._prefix = " | "
        elif tag in ("row", "tr"):
            self._row_begun = False
        elif tag in _ITEMS:
            self._items += 1
            self._prefix = "- "
        elif tag == "head" or _HEADING.match(tag):
            level = (element.get("rend") or tag)[1:]
            self._mark(element, self._headings, int(level) if level in "123456" and level else 2)
        elif tag in ("ref", "a"):
            self._open_link(element)
        if _is_verbatim(element):
            self._verbatim += 1

    def close(self, element: _Element) -> None:
        """What stands behind an element's words."""
        tag = str(element.tag)
        if tag in _CELLS:
            self._cells -= 1
        elif tag in _ITEMS:
            self._items -= 1
            self._prefix = ""
        elif tag in ("row", "tr"):
            self._row_begun, self._prefix = False, ""
        _, after = self._torn(element)
        if after:
            self._glued, self._blank = True, after.isspace()
        elif tag in _BLOCKS or tag in _LINES:
            self._break(element)
        if _is_verbatim(element):
            self._verbatim -= 1
        if self._open and self._open[-1][0] is element:
            self._open.pop()

    def text(self, text: str | None) -> None:
        """Words of the page: white space is a wish for one blank."""
        if not text:
            return
        text = UNWANTED.sub("", text)
        if self._verbatim and not self._cells:
            self._lines(text)
            return
        words = _WHITE.sub(" ", text)
        if words.startswith(" "):
            self._blank = True
        if words.strip(" "):
            self._write(words.strip(" "))
            self._blank = words.endswith(" ")

    def finish(self) -> Rendered:
        """The text in NFC with its spans."""
        text = "".join(self._pieces)
        marks = sorted({place for entry in self._links + self._headings for place in entry[1:] if place >= 0})
        body, moved = composed(text, marks)
        at = dict(zip(marks, moved, strict=True))
        starts = ((at[entry[1]], entry[0]) for entry in self._headings if entry[1] >= 0)
        headings = tuple(Heading(start, level) for start, level in starts if _begins_line(body, start))
        links = tuple((entry[0], at[entry[1]], at[entry[2]]) for entry in self._links if entry[1] >= 0)
        return Rendered(body, headings, links)

    def _torn(self, element: _Element) -> tuple[str, str]:
        """What the page had around a paragraph that holds only a link torn out of its text."""
        if element.tag != "p" or len(element) != 1 or element[0].tag != "ref":
            return "", ""
        if (element.text or "").strip() or (element[0].tail or "").strip():
            return "", ""
        return self._run(_number(element[0]))

    def _open_link(self, element: _Element) -> None:
        number = _number(element)
        if number >= 0:
            self._mark(element, self._links, number)

    def _mark(self, element: _Element, kept: list[list[int]], what: int) -> None:
        entry = [what, -1, -1]
        kept.append(entry)
        self._open.append((element, entry))

    def _break(self, element: _Element) -> None:
        if self._cells:
            self._blank = True
        elif element.tag in _LINES or self._items:
            self._breaks = max(self._breaks, 1)
        else:
            self._breaks = 2

    def _line_break(self) -> None:
        if self._cells or any(entry in self._headings for _, entry in self._open):
            self._blank = True
        else:
            self._breaks = min(2, self._breaks + 1) if not self._items else max(self._breaks, 1)

    def _lines(self, text: str) -> None:
        for number, line in enumerate(re.split(r"\r\n?|[\n\x85\u2028\u2029]", text)):
            if number:
                self._breaks = max(1, min(2, self._breaks + 1))
            if line.strip():
                self._write(line.rstrip().replace("\t", "    "))

    def _write(self, words: str) -> None:
        if not self._length:
            before = ""
        elif self._breaks:
            before = "\n" * self._breaks
        else:
            before = " " if self._blank and not self._prefix.startswith(" ") else ""
        before += self._prefix
        self._breaks, self._blank, self._prefix, self._glued = 0, False, "", False
        start = self._length + len(before)
        self._pieces += [before, words]
        self._length = start + len(words)
        self._row_begun = self._cells > 0
        for _, entry in self._open:
            if entry[1] < 0:
                entry[1] = start
            entry[2] = self._length


def _number(link: _Element) -> int:
    number = (link.get("target") or link.get("href") or "").rpartition(":")[2]
    return int(number) if number.isdigit() else -1


def _is_verbatim(element: _Element) -> bool:
    return element.tag in ("pre", "code") and (element.tag == "pre" or "\n" in (element.text or "").strip())


def _begins_line(body: str, start: int) -> bool:
    """Whether a place is the first of a line or of a list's item: words behind another cell head nothing."""
    before = body[max(0, start - 3) : start]
    return before.endswith("\n") or before in ("", "- ", "\n- ")
