"""Notes without links: sidenotes in the margin, and raised numbers with a numbered list below. Pure.

    south.<label for="sn-1" class="sidenote-number"></label><span class="sidenote">A note.</span>
    south.<sup>1</sup> …      <h2>Notes</h2> <ol><li>A note.</li></ol>
"""

from collections.abc import Iterator

from lxml.html import HtmlElement

from archive.uri import is_web
from ingest.citations.headings import is_source_heading
from ingest.extract.anchors import Anchors
from ingest.extract.clean import squeeze
from ingest.extract.page import Marker, Note
from ingest.extract.places import Places

_SIDE = frozenset(("sidenote", "marginnote", "side-note", "margin-note"))
_LONGEST = 1500
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
Found = tuple[list[Marker], list[Note], set[int]]


def find_bare_notes(anchors: Anchors, places: Places) -> Found:
    """Markers and notes that no link ties, and the numbers of the links inside those notes."""
    found: Found = ([], [], set())
    for number, element in enumerate(_sidenotes(anchors.tree), 1):
        span = places.of_text("".join(element.itertext()))
        at = span[0] if span else places.behind(element)
        if at is not None:
            _add(found, anchors, element, Marker(at, at, str(number), f"side-{number}"))
            if span:
                found[1][-1:] = [_placed(note, places) for note in found[1][-1:]]
    entries = _listed(anchors.tree)
    for sup in _raised(anchors.tree, len(entries)):
        number = int(squeeze("".join(sup.itertext())))
        span = places.by_words(sup)
        if span is not None:
            element = entries[number - 1]
            _add(found, anchors, element, Marker(*span, str(number), f"raised-{number}"))
            found[1][-1:] = [_placed(note, places) for note in found[1][-1:]]
    return found


def _add(found: Found, anchors: Anchors, element: HtmlElement, marker: Marker) -> None:
    markers, notes, used = found
    markers.append(marker)
    links = [anchors.by_element[a] for a in element.iter("a") if a in anchors.by_element]
    used |= {link.number for link in links}
    if all(note.key != marker.note for note in notes):
        uri = next((link.uri for link in links if is_web(link.uri)), "")
        label = squeeze("".join(element.itertext()))[:_LONGEST]
        notes.append(Note(marker.note, marker.mark, label, uri))


def _placed(note: Note, places: Places) -> Note:
    span = places.of_text(note.label) or (None, None)
    return Note(note.key, note.mark, note.label, note.uri, *span)


def _sidenotes(tree: HtmlElement) -> Iterator[HtmlElement]:
    for element in tree.iter("span", "aside", "small", "div"):
        words = _SIDE & set((element.get("class") or "").lower().split())
        if words and any(symbol.isalnum() for symbol in "".join(element.itertext())):
            yield element


def _listed(tree: HtmlElement) -> list[HtmlElement]:
    """The items of the last numbered list under a heading of sources."""
    for heading in reversed(list(tree.iter(*_HEADINGS))):
        if is_source_heading(squeeze("".join(heading.itertext()))[:120]):
            following = heading.getnext()
            if following is not None and following.tag == "ol":
                return list(following.iterchildren("li"))
    return []


def _raised(tree: HtmlElement, most: int) -> list[HtmlElement]:
    """Raised numbers that count from 1 as notes do; 10² and 5 m³ count nothing."""
    sups = [
        sup
        for sup in tree.iter("sup")
        if not len(sup) and (sup.text or "").strip().isdecimal() and 0 < int(sup.text or "") <= most
    ]
    numbers = [int(sup.text or "") for sup in sups]
    return sups if numbers[:1] == [1] and max(numbers) == len(set(numbers)) else []
