"""A manuscript that was made HTML of by a reader of ours: to its text of record, with notes and links. Pure.

The readers write what other tools write: headings, paragraphs, ``<a role="doc-noteref" href="#fn-1">`` for
the use of a note, and the note as a block of that id; so pages and manuscripts are understood by one hand.
"""

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from archive.errors import ExtractionFailed
from archive.model import Metadata
from ingest.extract.anchors import Anchors
from ingest.extract.guard import LONGEST
from ingest.extract.html import parse
from ingest.extract.page import Extraction, Links, Page, SourceList
from ingest.extract.places import Places
from ingest.extract.pointers import pointers
from ingest.extract.render import render
from ingest.extract.sourcelists import entry_of

# How DPUB-ARIA calls an entry of a bibliography; Pandoc and our reader of Word say so.
ENTRY = "doc-biblioentry"
_MOST_ENTRIES = 2000


def written(html: str, page: Page, extractor: str, said: Metadata) -> Extraction:
    """The text of record of a manuscript's words as HTML.

    :raises ExtractionFailed: there are too many of them, or none.
    """
    if len(html) > LONGEST:
        raise ExtractionFailed(f"too long: {len(html)} characters, the limit is {LONGEST}")
    if not html.strip():
        raise ExtractionFailed("no text found")
    tree = parse(f"<html><body>{html}</body></html>")
    anchors = Anchors(tree, page.uri, page.uri)
    with anchors.numbered():
        body = tree.find("body")
        rendered = render(tree if body is None else body, anchors.run)
    if not rendered.body:
        return Extraction(extractor, metadata=said, share=0.0, reason="no text found")
    links = pointers(anchors, rendered, said)
    links = replace(links, lists=(*links.lists, *_bibliography(anchors, Places(rendered), links)))
    return Extraction(extractor, rendered.body, said, rendered.headings, (), 1.0, None, links)


def _bibliography(anchors: Anchors, places: Places, links: Links) -> Iterator[SourceList]:
    """The entries that the markup marks as such, under whatever heading, where they are not yet known."""
    known = {entry.label for found in links.lists for entry in found.entries}
    known |= {note.label for note in links.notes}
    marked = [
        one for one in anchors.tree.iter("*") if one.get("role") == ENTRY or one.get("class") == "csl-entry"
    ]
    targets = {anchor.element: anchor.uri for anchor in anchors.all if not anchor.fragment}
    found = (entry_of(one, "", targets, places, anchors.page) for one in marked[:_MOST_ENTRIES])
    entries = tuple(entry for entry in found if entry and entry.label not in known)
    if entries:
        yield SourceList("Bibliography", entries)


def use(key: str, shown: str, kind: str = "fn") -> str:
    """The use of a note or entry, as words that lead to it."""
    return f'<a role="doc-noteref" href="#{kind}-{escape(key)}">{escape(shown)}</a>'


def notes(texts: list[str]) -> str:
    """The notes of a manuscript, in the order of their numbers; ``texts`` are HTML."""
    listed = "".join(f'<li id="fn-{number}">{text}</li>' for number, text in enumerate(texts, 1))
    return f"<ol>{listed}</ol>" if listed else ""
