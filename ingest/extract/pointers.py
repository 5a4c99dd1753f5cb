"""What a page's markup knows of its citations: links, notes with markers, lists of sources. Pure."""

from dataclasses import replace

from archive.model import Metadata
from archive.uri import site
from ingest.extract.anchors import Anchors
from ingest.extract.barenotes import find_raised, find_sidenotes
from ingest.extract.links import joined
from ingest.extract.lost import lost_links
from ingest.extract.named import named_sources
from ingest.extract.notes import find_notes
from ingest.extract.page import Link, Links
from ingest.extract.places import Places
from ingest.extract.render import Rendered
from ingest.extract.sourcelists import find_source_lists

_MOST_LOST = 300
# A page that links its own site this often in running text is an encyclopedia's: such links cite nothing.
_ENCYCLOPEDIC = 60


def pointers(anchors: Anchors, rendered: Rendered, metadata: Metadata) -> Links:
    """The Links of a page, each at its place in the text of record."""
    places = Places(rendered)
    markers, notes, used = find_notes(anchors, places)
    lists = find_source_lists(anchors, places, notes)
    bare = [find_sidenotes(anchors, places, {note.label for note in notes})]
    if not notes:
        bare.append(find_raised(anchors.tree, places, lists))
    for more in bare:
        markers, notes, used = (*markers, *more[0]), (*notes, *more[1]), used | more[2]
    links = joined(_links(anchors, places, used), rendered.body)
    own = [link for link in links if not link.within and site(link.uri) == site(anchors.page)]
    if len(own) >= _ENCYCLOPEDIC:
        links = [replace(link, within="wiki") if link in own else link for link in links]
    return Links(
        tuple(links), markers, notes, lists, anchors.page, metadata.language or "", metadata.canonical or "",
        named_sources(anchors, places, metadata), lost_links(anchors, rendered, used),
    )  # fmt: skip


def _links(anchors: Anchors, places: Places, used: frozenset[int]) -> list[Link]:
    links = []
    lost = 0
    for anchor in anchors.all:
        if anchor.number in used or anchor.fragment or not anchor.label:
            continue
        span = places.of_link(anchor.number)
        if span is None and lost < _MOST_LOST and places.has(anchor.label) and not anchors.within(anchor):
            # Only where the extractor fell back to plain paragraphs are links lost whose words it kept.
            lost += 1
            span = places.by_words(anchor.element)
        if span is not None:
            links.append(Link(places.body[slice(*span)], anchor.uri, *span, anchors.within(anchor)))
    return sorted(links, key=lambda link: (link.start or 0, link.end or 0))
