"""Lists of sources in a page's markup, where the extractor may have dropped them. Pure.

<h2>Sources</h2> <ul><li><a href="…">A title</a></li> …</ul>       a heading, then a list or paragraphs
"""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from archive.uri import is_web, site
from ingest.citations.entries import without_bullet
from ingest.citations.headings import is_source_heading
from ingest.extract.anchors import Anchors
from ingest.extract.clean import squeeze
from ingest.extract.page import Entry, Note, SourceList
from ingest.extract.places import Places

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_MAYBE_HEADINGS = frozenset(
    ("p", "strong", "b", "summary", "dt", "div", "span", "button", "legend", "caption")
)
_LISTS = frozenset(("ul", "ol", "dl", "table"))
_ITEM = {"ul": "li", "ol": "li", "dl": "dd", "table": "tr"}
_LONGEST_HEADING = 120
_LONGEST_ENTRY = 1200
_MOST_ENTRIES = 500
_BACK = re.compile(r"^[\s\^↩↑⏎]+|[\s\^↩↑⏎]+$")


def find_source_lists(anchors: Anchors, places: Places, notes: tuple[Note, ...]) -> tuple[SourceList, ...]:
    """The lists under headings such as "Sources", each entry with its place where its words were kept."""
    known = {anchor.element: anchor.uri for anchor in anchors.all if not anchor.fragment}
    noted = {note.label for note in notes}
    found = []
    for element in list(anchors.tree.iter(*_HEADINGS, *_MAYBE_HEADINGS)):
        heading = _heading(element)
        if heading:
            entries = tuple(
                entry
                for block, number in _blocks(element)
                if (entry := entry_of(block, number, known, places, anchors.page))
                and entry.label not in noted
            )
            if entries:
                found.append(SourceList(heading, entries[:_MOST_ENTRIES]))
    return tuple(found)


def _heading(element: HtmlElement) -> str:
    """The words of an element that is nothing but a heading over sources."""
    if len(element) > 4:
        return ""
    text = _words(element)
    if not text or not is_source_heading(text):
        return ""
    inner = element.getparent()
    # <h2><span>Sources</span></h2>: the outer one speaks.
    return (
        "" if inner is not None and inner.tag in _HEADINGS | {"p", "summary"} and _same(inner, text) else text
    )


def _same(element: HtmlElement, text: str) -> bool:
    return _words(element) == text


def _words(element: HtmlElement) -> str:
    """The words of an element if they are few, else ``""``: wrappers of whole pages are not read."""
    if not len(element):
        text = element.text or ""
        return squeeze(text) if len(text) <= _LONGEST_HEADING else ""
    text = ""
    for piece in element.itertext():
        text += piece
        if len(text) > _LONGEST_HEADING:
            return ""
    return squeeze(text)


def _blocks(heading: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """The elements that hold one entry each, behind a heading."""
    start: HtmlElement | None = heading
    for _ in range(3):
        if start is None or start.tag == "body":
            return
        if start.getnext() is not None:
            break
        start = start.getparent()
    if start is None:
        return
    for sibling in start.itersiblings():
        if sibling.tag in _HEADINGS or sibling.find(".//h2") is not None or _heading(sibling):
            return
        yield from _items(sibling)


def _items(block: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    lists = [block] if block.tag in _LISTS else list(block.iter(*_LISTS))
    if lists:
        for inner in lists:
            for number, item in enumerate(inner.iter(_ITEM[str(inner.tag)]), 1):
                yield item, str(number) if inner.tag == "ol" else ""
    elif block.tag == "p":
        yield block, ""
    else:
        for paragraph in block.iter("p"):
            yield paragraph, ""


def entry_of(
    block: HtmlElement, number: str, known: dict[HtmlElement, str], places: Places, page: str
) -> Entry | None:
    """What an entry of a list says, None for nothing; ``known``: the addresses of links."""
    # As the text of record parts the cells of a row.
    parts = [row for row in block.iterchildren("td", "th") if "".join(row.itertext()).strip()] or [block]
    words = " | ".join(squeeze("".join(part.itertext())) for part in parts)
    label, written, _ = without_bullet(_BACK.sub("", words))
    if len(label) < 3 or len(label) > _LONGEST_ENTRY or not any(symbol.isalnum() for symbol in label):
        return None
    uris = [known[link] for link in block.iter("a") if link in known and is_web(known[link])]
    uri = next((uri for uri in uris if site(uri) != site(page)), uris[0] if uris else "")
    span = places.of_text(label)
    return Entry(label, uri, span[0] if span else None, span[1] if span else None, written or number)
