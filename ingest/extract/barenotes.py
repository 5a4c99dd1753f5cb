"""Notes without links: beside or above the text, and raised numbers with a numbered list below. Pure.

    south.<label for="sn-1" class="sidenote-number"></label><span class="sidenote">A note.</span>
    south.<sup>1</sup><span class="footnote_tooltip">A note.</span>
    south.<sup>1,3–5</sup> …      <h2>Notes</h2> <ol><li>A note.</li></ol>      <p>1. A note.</p>
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from lxml.html import HtmlElement

from archive.uri import is_web
from ingest.citations.marks import is_power, numbers
from ingest.extract.anchors import Anchors
from ingest.extract.clean import squeeze
from ingest.extract.page import Entry, Marker, Note, SourceList
from ingest.extract.places import Places

# Tufte's pages, and two plug-ins of WordPress that show a note above its number.
_SIDE = frozenset((
    "sidenote", "marginnote", "side-note", "margin-note", "footnote_tooltip",
    "modern-footnotes-footnote__note",
))  # fmt: skip
_LONGEST = 1500
_NUMBERS = re.compile(r"[\[(]?\s*(\d{1,3}(?:\s*[-–—,;]\s*\d{1,3}){0,9})\s*[\])]?")
Found = tuple[list[Marker], list[Note], set[int]]


def find_sidenotes(anchors: Anchors, places: Places, known: Collection[str]) -> Found:
    """Notes that stand where they are used, and the numbers of the links inside; ``known``: other notes."""
    markers: list[Marker] = []
    notes: list[Note] = []
    used: set[int] = set()
    for number, element in enumerate(_sidenotes(anchors.tree), 1):
        span = places.of_text("".join(element.itertext()))
        label = squeeze("".join(element.itertext()))[:_LONGEST]
        at = span[0] if span else places.behind(element)
        if at is None or label in known:
            continue
        links = [anchors.by_element[a] for a in element.iter("a") if a in anchors.by_element]
        used |= {link.number for link in links}
        uri = next((link.uri for link in links if is_web(link.uri)), "")
        before = _number_before(element)
        place = places.by_words(before) if before is not None else None
        mark = str(number) if before is None else squeeze("".join(before.itertext()))
        markers.append(Marker(*(place or (at, at)), mark, f"side-{number}"))
        notes.append(Note(f"side-{number}", mark, label, uri, *(span or (None, None))))
    return markers, notes, used


def _sidenotes(tree: HtmlElement) -> Iterator[HtmlElement]:
    for element in tree.iter("span", "aside", "small", "div"):
        words = _SIDE & set((element.get("class") or "").lower().split())
        if words and any(symbol.isalnum() for symbol in "".join(element.itertext())):
            yield element


def _number_before(element: HtmlElement) -> HtmlElement | None:
    """The raised number right before a note, which shows it."""
    before = element.getprevious()
    if before is None or (before.tail or "").strip():
        return None
    return before if _NUMBERS.fullmatch(squeeze("".join(before.itertext())[:40])) else None


def find_raised(tree: HtmlElement, places: Places, lists: Sequence[SourceList]) -> Found:
    """Raised numbers and the entries that they name in the last numbered list of sources."""
    table = _table(lists)
    markers: list[Marker] = []
    notes: dict[int, Note] = {}
    for sup, named in _raised(tree, table):
        span = places.by_words(sup)
        for number in named if span is not None else ():
            entry, key = table[number], f"raised-{number}"
            markers.append(Marker(*(span or (0, 0)), str(number), key))
            notes.setdefault(number, Note(key, str(number), entry.label, entry.uri, entry.start, entry.end))
    return markers, list(notes.values()), set()


def _table(lists: Sequence[SourceList]) -> Mapping[int, Entry]:
    for listed in reversed(lists):
        table = {int(entry.number): entry for entry in listed.entries if entry.number.isdigit()}
        if 1 in table:
            return table
    return {}


def _raised(tree: HtmlElement, table: Mapping[int, Entry]) -> list[tuple[HtmlElement, tuple[int, ...]]]:
    """Raised numbers that count from 1 as notes do; 10² and 5 m³ count nothing."""
    found = []
    for sup in tree.iter("sup"):
        match = _NUMBERS.fullmatch(squeeze("".join(sup.itertext())[:60]))
        named = numbers(match[1]) if match and sup.find(".//a[@href]") is None else ()
        if named and all(number in table for number in named) and not is_power(_before(sup), named):
            found.append((sup, named))
    counted = [number for _, named in found for number in named]
    return found if counted[:1] == [1] and max(counted) == len(set(counted)) else []


def _before(sup: HtmlElement) -> str:
    previous, parent = sup.getprevious(), sup.getparent()
    before = previous.tail if previous is not None else parent.text if parent is not None else ""
    return (before or "")[-20:]
