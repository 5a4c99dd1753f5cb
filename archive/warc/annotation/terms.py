"""The vocabulary of our JSON-LD: the W3C's terms, ours beside them, what all blocks share. Pure."""

from typing import Any

from archive.model import Passage, urn
from archive.warc.annotation.nodes import Json, Node, must

_ORDERED = (
    "agree",
    "altered",
    "authors",
    "candidates",
    "citations",
    "cues",
    "differ",
    "labels",
    "missing",
    "quoted",
    "sources",
    "steps",
    "values",
    "words_missing",
)
# The order of our lists means something, and JSON-LD keeps none unless it is told to.
CONTEXT: list[Any] = [
    "http://www.w3.org/ns/anno.jsonld",
    {"pincite": "urn:pincite:term:", "sameAs": "http://www.w3.org/2002/07/owl#sameAs"}
    | {f"pincite:{key}": {"@container": "@list"} for key in _ORDERED},
]
# The address of the record that holds the block: a reference to nothing is a reference to it (RFC 3986, 4.4).
THIS = ""


def agent(name: str, person: bool) -> Json:
    """Who says it: a person or a program."""
    return {"type": "Person" if person else "Software", "name": name}


def agent_of(node: Node) -> tuple[str, bool]:
    """The name of who says it, and whether that is a person."""
    kind = node.text("type")
    must(kind in ("Person", "Software"), f"a Person or Software as creator, found {kind[:40]!r}")
    return node.text("name"), kind == "Person"


def specific(text: str, selectors: list[Json]) -> Json:
    """A part of a text."""
    return {"type": "SpecificResource", "source": urn("text", text), "selector": selectors}


def position(start: int, end: int) -> Json:
    """Where a part stands, in code points."""
    return {"type": "TextPositionSelector", "start": start, "end": end}


def passage(text: str, passage: Passage) -> Json:
    """A passage: where it stands, and the words themselves with what surrounds them."""
    quotation = {
        "type": "TextQuoteSelector",
        "exact": passage.exact,
        "prefix": passage.prefix,
        "suffix": passage.suffix,
    }
    return specific(text, [position(passage.start, passage.end), quotation])


def position_of(node: Node) -> tuple[int, int]:
    """Start and end of a position selector."""
    must(node.text("type") == "TextPositionSelector", "a TextPositionSelector")
    start, end = node.integer("start"), node.integer("end")
    must(start <= end, f"a span that does not end before it starts, found {start}–{end}")
    return start, end


def passage_of(node: Node) -> tuple[str, Passage]:
    """A passage and the text that it stands in."""
    selectors = node.nodes("selector")
    must(len(selectors) == 2, "a position and a quotation")
    start, end = position_of(selectors[0])
    quotation = selectors[1]
    must(quotation.text("type") == "TextQuoteSelector", "a TextQuoteSelector")
    exact = quotation.text("exact")
    span = f"{start}–{end}"
    must(0 < len(exact) == end - start, f"a quotation as long as its span {span}, found {len(exact)}")
    text = node.identifier("source", "text")
    return text, Passage(start, end, exact, quotation.text("prefix"), quotation.text("suffix"))
