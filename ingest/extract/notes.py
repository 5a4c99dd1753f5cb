"""Footnotes, endnotes and numbered references of a page, by the links between a marker and its note. Pure.

    … said the minister.<sup id="cite_ref-1"><a href="#cite_note-1">[1]</a></sup>     a marker
    <li id="cite_note-1"><a href="#cite_ref-1">^</a> <cite>…</cite></li>     its note, with a back-link

A marker points down the page to an element that stands in a block of its own; one note may have many.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from archive.uri import is_web, site
from ingest.extract.anchors import Anchor, Anchors
from ingest.extract.clean import squeeze
from ingest.extract.page import Marker, Note
from ingest.extract.places import Places

_NOTE_BLOCKS = frozenset((
    "li", "dd", "tr", "aside", "p", "div", "section", "blockquote", "td", "span", "cite",
))  # fmt: skip
_TOO_LONG = 6000
_LABEL_LIMIT = 1500
_SHORT_MARK = re.compile(
    r"[\[(]*\s*(?:\d{1,3}|[a-zA-Z]{1,2}|[ivx]{1,5}|[*†‡§¶#]{1,3}|(?:note|fn|n|nb|"
    r"ref)\.? ?\d{1,3})\s*[\])]*",
    re.IGNORECASE,
)
_MARKED = re.compile(
    r"foot-?note|note-?ref|fn-?ref|ref-?erence|cite|citation|end-?note|noteref|sdfootnote|ftnref",
    re.IGNORECASE,
)
_NOTE_ID = re.compile(
    r"^(?:_?ftn|_?edn|_?fn|foot|end|note|cite|ref|reference|citation|bib|b|cr|r|n|c)[-_:.]?.{0,20}\d|"
    r"^CITEREF|note|footnote|^fn|^ref|^cit|^bib",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"^[\^↩↑⏎⤴⬆↵▲←︎️\s\d.a-z\[\]()]{0,6}$|back|zurück|jump up|return to|retour|volver", re.IGNORECASE
)
_LEADING_MARK = re.compile(
    r"^(?:\(\s*\)\s*|\[\s*\]\s*|[\^↩↑]\s*|[\[(]?\s*(?:\d{1,3}|[*†‡§])\s*[\]).:]?\s+|\[\d{1,3}\]\s*|(?:[a-z]\s){2,}|"
    r"Jump up to:\s*)+"
)
_WIKI_PAGE = re.compile(r"/wiki/(?:[^?#]*_\(identifier\)|Special:|[^/?#:]{2,20}:)")
_TRAILING_BACK = re.compile(r"[\s\^↩↑⏎⤴⬆↵︎️]+$")
Found = tuple[tuple[Marker, ...], tuple[Note, ...], frozenset[int]]


@dataclass(frozen=True, slots=True)
class _Use:
    """A link that is the marker of a note: the link, the element it points to, the note's block."""

    anchor: Anchor
    target: HtmlElement
    block: HtmlElement


def find_notes(anchors: Anchors, places: Places) -> Found:
    """The markers and notes of a page, and the numbers of all links that belong to either."""
    targets = _targets(anchors)
    uses = list(_uses(anchors, targets))
    if not uses:
        return (), (), frozenset()
    keys = {use.anchor.fragment: use for use in reversed(uses)}
    notes = [
        note for note in (_note(anchors, key, use, targets, places) for key, use in keys.items()) if note
    ]
    notes.sort(key=lambda note: _first_use(uses, note.key))
    known = {note.key for note in notes}
    markers = [marker for use in uses if use.anchor.fragment in known and (marker := _marker(use, places))]
    markers.sort(key=lambda marker: (marker.start, marker.end))
    blocks = {use.block for use in uses if use.anchor.fragment in known}
    used = {use.anchor.number for use in uses if use.anchor.fragment in known}
    used |= {anchor.number for anchor in anchors.all if _inside(anchor.element, blocks)}
    return tuple(markers), tuple(notes), frozenset(used)


def _first_use(uses: Iterable[_Use], key: str) -> int:
    return next(number for number, use in enumerate(uses) if use.anchor.fragment == key)


def _targets(anchors: Anchors) -> dict[str, tuple[HtmlElement, int]]:
    """The elements that links of the page point to by id or name, with their place in the page."""
    wanted = {anchor.fragment for anchor in anchors.all if anchor.fragment}
    found: dict[str, tuple[HtmlElement, int]] = {}
    if wanted:
        for order, element in enumerate(anchors.tree.iter("*")):
            for name in (element.get("id"), element.get("name")):
                if name in wanted and name is not None:
                    found.setdefault(name, (element, order))
    return found


def _uses(anchors: Anchors, targets: dict[str, tuple[HtmlElement, int]]) -> Iterator[_Use]:
    places = _orders(anchors, targets)
    for anchor in anchors.all:
        found = targets.get(anchor.fragment)
        if found is None or places[anchor.number] > found[1] or not _looks_like_marker(anchor, found[0]):
            continue
        block = _note_block(found[0])
        if block is not None and not _inside(anchor.element, {block}):
            yield _Use(anchor, found[0], block)


def _orders(anchors: Anchors, targets: dict[str, tuple[HtmlElement, int]]) -> dict[int, int]:
    """The place in the page of every link that points to a target."""
    pointing = {anchor.element: anchor.number for anchor in anchors.all if anchor.fragment in targets}
    return {
        pointing[element]: order
        for order, element in enumerate(anchors.tree.iter("*"))
        if element in pointing
    }


def _looks_like_marker(anchor: Anchor, target: HtmlElement) -> bool:
    role = " ".join(anchor.element.get(name) or "" for name in ("role", "rel", "epub:type"))
    if "backlink" in role or not anchor.label:
        return False
    if "noteref" in role or "footnote" in role or anchor.fragment.startswith("cite_note"):
        return True
    near = [anchor.element, anchor.element.getparent()]
    raised = any(element is not None and element.tag == "sup" for element in near)
    classed = any(element is not None and _MARKED.search(element.get("class") or "") for element in near)
    short = bool(_SHORT_MARK.fullmatch(anchor.label))
    named = bool(_NOTE_ID.search(anchor.fragment))
    if short:
        return raised or classed or named
    # An author–year reference "(Smith 2010)" points to an entry of the bibliography.
    return (
        len(anchor.label) <= 60
        and named
        and bool(re.search(r"\d{4}", anchor.label))
        and target.tag in _NOTE_BLOCKS
    )


def _note_block(target: HtmlElement) -> HtmlElement | None:
    """The block that holds a note: around its target, small enough to be one."""
    element: HtmlElement | None = target
    while element is not None and (
        element.tag not in _NOTE_BLOCKS or (element.tag in ("span", "cite", "td") and _in_block(element))
    ):
        element = element.getparent()
    if element is None or element.tag == "body":
        return None
    if element.tag == "dt":
        element = element.getnext()
    return element if element is not None and len("".join(element.itertext())) <= _TOO_LONG else None


def _in_block(element: HtmlElement) -> bool:
    return any(parent.tag in ("li", "dd", "tr", "p", "aside") for parent in element.iterancestors())


def _inside(element: HtmlElement, blocks: set[HtmlElement]) -> bool:
    return element in blocks or any(parent in blocks for parent in element.iterancestors())


def _marker(use: _Use, places: Places) -> Marker | None:
    span = places.of_link(use.anchor.number)
    if span is None:
        behind = places.behind(_raised(use.anchor.element))
        if behind is None:
            return None
        span = (behind, behind)
    return Marker(span[0], span[1], use.anchor.label, use.anchor.fragment)


def _raised(element: HtmlElement) -> HtmlElement:
    parent = element.getparent()
    return parent if parent is not None and parent.tag in ("sup", "span") and len(parent) == 1 else element


def _note(
    anchors: Anchors, key: str, use: _Use, targets: dict[str, tuple[HtmlElement, int]], places: Places
) -> Note | None:
    others = {element for element, _ in targets.values() if element is not use.target}
    text, elements = _words(use, others)
    label = _TRAILING_BACK.sub("", _LEADING_MARK.sub("", squeeze(text)))[:_LABEL_LIMIT]
    if not any(symbol.isalnum() for symbol in label):
        return None
    uri = _address(anchors, elements) or _through(anchors, elements, targets)
    span = places.of_text(label)
    mark = use.anchor.label
    # "[1" and "3]": brackets around several links belong to none of them.
    mark = mark if mark.count("[") == mark.count("]") else mark.strip("[]")
    return Note(key, mark, label, uri, *(span or (None, None)))


def _words(use: _Use, others: set[HtmlElement]) -> tuple[str, list[HtmlElement]]:
    """The words of a note without its back-links, and its links; notes in one block are parted."""
    shared = any(element in others for element in use.block.iter("*")) and use.block is not use.target
    pieces: list[str] = []
    elements: list[HtmlElement] = []
    _gather(use.block, pieces, elements)
    if not shared:
        return "".join(pieces), elements
    pieces, elements = [], []
    for node in [use.target, *use.target.itersiblings()]:
        if node is not use.target and (
            node in others or any(inner in others for inner in node.iter("*")) or node.tag == "br"
        ):
            break
        _gather(node, pieces, elements)
        pieces.append(node.tail or "")
    return "".join(pieces), elements


def _gather(element: HtmlElement, pieces: list[str], links: list[HtmlElement]) -> None:
    """The text of an element and its links, without back-links, scripts and styles; without recursion."""
    skipped: set[HtmlElement] = set()
    for node in element.iter("*"):
        parent = node.getparent()
        if (
            (node is not element and parent in skipped)
            or node.tag in ("script", "style")
            or _is_back_link(node)
        ):
            skipped.add(node)
        elif node.tag == "a":
            links.append(node)
    pieces.extend(_texts(element, skipped))


def _texts(element: HtmlElement, skipped: set[HtmlElement]) -> Iterator[str]:
    stack: list[tuple[HtmlElement, bool]] = [(element, False)]
    while stack:
        node, done = stack.pop()
        if done:
            yield node.tail or ""
            continue
        if node is not element:
            stack.append((node, True))
        if node not in skipped:
            yield node.text or ""
            stack.extend((child, False) for child in reversed(node))
            if node.tag in ("p", "div", "li", "br"):
                yield " "


def _is_back_link(node: HtmlElement) -> bool:
    names = f"{node.get('class') or ''} {node.get('role') or ''}"
    if "backlink" in names or "footnote-back" in names or "reversefootnote" in names:
        return True
    if node.tag != "a" or "#" not in (node.get("href") or ""):
        return False
    href = node.get("href") or ""
    return href.startswith("#") and bool(_BACK.search("".join(node.itertext()).strip()))


def _address(anchors: Anchors, elements: list[HtmlElement]) -> str:
    """The first link to another site, else the first link of the note.

    A wiki's own pages in a note are about its author, its publisher or what an ISBN is: none is the source.
    """
    known = anchors.by_element
    uris = [known[element].uri for element in elements if element in known and not known[element].fragment]
    web = [uri for uri in uris if is_web(uri)]
    own = [uri for uri in web if not anchors.wiki and not _WIKI_PAGE.search(uri)]
    return next((uri for uri in web if site(uri) != site(anchors.page)), own[0] if own else "")


def _through(
    anchors: Anchors, elements: list[HtmlElement], targets: dict[str, tuple[HtmlElement, int]]
) -> str:
    """The address of the bibliography's entry that a short note ("Smith 2010, p. 5") points to."""
    for element in elements:
        fragment = (element.get("href") or "").removeprefix("#")
        if fragment in targets:
            block = _note_block(targets[fragment][0])
            if block is not None:
                found = _address(anchors, list(block.iter("a")))
                if found:
                    return found
    return ""
