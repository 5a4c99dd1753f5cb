"""Links of the article in words that the extractor dropped: later sections, short lines, lists. Pure.

    <div class="story">  <p>kept</p>  <p>dropped <a>…</a></p>  </div>     beside what was kept
    <div class="story">  <p>dropped <a>…</a></p>  </div>                  or framed as what was kept

The extractor keeps what it scores highest. What stands in the same element as its paragraphs, or in one
with the same names around it, is of the article as much as they are. No block is read twice, and of one
only as much as tells it: the cost grows with the page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from ingest.extract.anchors import Anchor, Anchors
from ingest.extract.clean import squeeze
from ingest.extract.page import Link, Lost
from ingest.extract.places import block_of
from ingest.extract.render import Rendered

Frame = tuple[str, ...]

_BLOCKS = ("p", "li", "dd", "blockquote")
_ENTRIES = frozenset((*_BLOCKS, "h2", "h3", "h4", "h5", "h6"))
_WITHIN_LISTS = frozenset(("ul", "ol", "dl", "li", "dd"))
# As many characters of a line are enough to know it again; more of a block is not read to measure it.
_HEAD, _LEAST, _MEASURED = 40, 25, 1000
# What a frame must hold of the kept text to be the article's: a caption or a note of the author is less.
_PROSE = 300
_LEVELS = 3
_LONGEST = 4000
_ROW_WORDS = 3
_MOST = 500


@dataclass(frozen=True, slots=True)
class _Article:
    """Where the article is: the elements that hold its text directly, and the names around such."""

    homes: frozenset[HtmlElement]
    frames: frozenset[Frame]

    def has(self, block: HtmlElement) -> bool:
        home = _home(block)
        return home in self.homes or _frame(home) in self.frames


def lost_links(anchors: Anchors, rendered: Rendered, used: frozenset[int]) -> tuple[Lost, ...]:
    """The links of the article's own blocks that the text of record does not have, in page order."""
    kept = used | {number for number, _, _ in rendered.links}
    missing = (anchor for anchor in anchors.all if anchor.number not in kept and not anchor.fragment)
    article = _article(anchors, rendered.body)
    lost: list[Lost] = []
    for block, linking in groupby(missing, key=lambda anchor: block_of(anchor.element)):
        if block.tag in _ENTRIES and len(lost) < _MOST and article.has(block):
            lost += _in_block(block, list(linking), anchors)
    return tuple(lost[:_MOST])


def _article(anchors: Anchors, body: str) -> _Article:
    """Where the paragraphs stand whose words the text of record has."""
    heads = {head for line in body.split("\n") if len(head := _head(line.removeprefix("- "))) >= _LEAST}
    held: dict[HtmlElement, int] = {}
    framed: dict[Frame, int] = {}
    for block in anchors.tree.iter(*_BLOCKS):
        if _head(_beginning(block, 4 * _HEAD)) in heads:
            home, length = _home(block), len(_beginning(block, _MEASURED))
            frame = _frame(home)
            held[home] = held.get(home, 0) + length
            framed[frame] = framed.get(frame, 0) + length
    least = min(_PROSE, len(body) // 4)
    named = {frame for frame in framed if any("." in name for name in frame)}
    return _Article(
        frozenset(home for home, length in held.items() if length >= least),
        frozenset(frame for frame in named if framed[frame] >= least),
    )


def _head(text: str) -> str:
    return "".join(text[: 4 * _HEAD].split())[:_HEAD]


def _beginning(block: HtmlElement, most: int) -> str:
    """The first words of a block, so many characters or some more."""
    pieces: list[str] = []
    length = 0
    for piece in block.itertext():
        pieces.append(piece if pieces else piece.lstrip())
        length += len(pieces[-1])
        if length >= most:
            break
    return "".join(pieces)


def _home(block: HtmlElement) -> HtmlElement:
    """What holds a block, or the list that it is in."""
    home = block.getparent()
    while home is not None and home.tag in _WITHIN_LISTS:
        home = home.getparent()
    return block if home is None else home


def _frame(home: HtmlElement) -> Frame:
    """The names of an element and of those around it."""
    names: list[str] = []
    element: HtmlElement | None = home
    while element is not None and len(names) < _LEVELS:
        said = " ".join((element.get("class") or "").split())
        names.append(f"{element.tag}.{said}" if said else str(element.tag))
        element = element.getparent()
    return tuple(names)


def _in_block(block: HtmlElement, linking: list[Anchor], anchors: Anchors) -> Iterator[Lost]:
    """The links of one block with its words on one line."""
    words = squeeze("".join(block.itertext()))
    if len(words) > _LONGEST or _is_row(words, block):
        return
    places = _places(block)
    at = 0
    for anchor in filter(lambda anchor: anchor.label, linking):
        start = words.find(anchor.label, max(at, places.get(anchor.element, 0) - 1))
        if start >= 0:
            at = start + len(anchor.label)
            yield Lost(Link(anchor.label, anchor.uri, start, at, anchors.within(anchor)), words)


def _is_row(words: str, block: HtmlElement) -> bool:
    """Whether a block is a row of short links and nothing else: "Article  PubMed  Google Scholar"."""
    labels = [squeeze("".join(link.itertext())) for link in block.iter("a")]
    if len(labels) < 2 or any(len(label.split()) > _ROW_WORDS for label in labels):
        return False
    return _said(words) <= sum(map(_said, labels))


def _said(text: str) -> int:
    return sum(map(str.isalnum, text))


def _places(block: HtmlElement) -> dict[HtmlElement, int]:
    """How long the squeezed text of a block is where each of its links begins."""
    places: dict[HtmlElement, int] = {}
    length = 0
    for event, node in iterwalk(block, events=("start", "end")):
        if event == "start" and node.tag == "a":
            places[node] = length
        text = node.text if event == "start" else (node.tail if node is not block else "")
        length += len(squeeze(text or ""))
    return places
