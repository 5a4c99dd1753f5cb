"""The page of a source that a person named: what is said of it, where it leads, and its entry whole."""

from collections.abc import Mapping

from archive.documents import noun_document
from archive.index import read
from archive.site.answers import Answer, Site, document, page
from archive.site.pages import held
from archive.site.pages.citing import of_noun


def entry(site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """An entry."""
    found = held.identifier(names["id"])
    shown = read.entry(site.index, found)
    if shown is None:
        raise held.unknown(found, "an entry")
    if names.get("ext"):
        return document(noun_document(site.index, found) or {})
    return page(
        site,
        "entry.html",
        title=shown.title or shown.uri or "A source without a title",
        entry=shown,
        stands=read.resolution_in_force(site.index, found),
        tags=read.tags_on(site.index, found),
        collections=read.collections_on(site.index, found),
        notes=read.notes_on(site.index, found),
        citing=of_noun(site, found, f"entry/{found}"),
        resolutions=read.resolutions_of(site.index, found),
    )
