"""What a page's markup knows of its citations: links, notes with markers, lists of sources. Pure."""

from ingest.extract.anchors import Anchors
from ingest.extract.notes import find_notes
from ingest.extract.page import Link, Links
from ingest.extract.places import Places
from ingest.extract.render import Rendered
from ingest.extract.sourcelists import find_source_lists

_MOST_LOST = 300


def pointers(anchors: Anchors, rendered: Rendered, language: str) -> Links:
    """The Links of a page, each at its place in the text of record."""
    places = Places(rendered)
    markers, notes, used = find_notes(anchors, places)
    links = []
    lost = 0
    for anchor in anchors.all:
        if anchor.number in used or anchor.fragment or not anchor.label:
            continue
        span = places.of_link(anchor.number)
        within = anchors.within(anchor)
        if span is None:
            lost += 1
            # Only where the extractor fell back to plain paragraphs are links lost whose words it kept.
            span = places.by_words(anchor.element) if not within and lost <= _MOST_LOST else None
        if span is not None:
            links.append(Link(rendered.body[slice(*span)], anchor.uri, *span, within))
    links.sort(key=lambda link: (link.start or 0, link.end or 0))
    return Links(
        tuple(links), markers, notes, find_source_lists(anchors, places, notes), anchors.page, language
    )
