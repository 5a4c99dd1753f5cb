"""Search, and the look-up of an address: is this page here, and who cites it?"""

from collections.abc import Mapping

from archive import uri
from archive.documents import lookup_document, named_passage, search_document
from archive.errors import BadId
from archive.index import read
from archive.index.read import Hit
from archive.index.read.search import FILTERS
from archive.model import parse_id
from archive.site import choices, marks
from archive.site.answers import Answer, Site, document, page, redirect
from archive.site.pages.findings import where_in
from archive.site.publishing import LONGEST_QUOTATION

A_PAGE = 20
LONGEST_QUERY = 500
LONGEST_ADDRESS = 4_000


def search(site: Site, names: Mapping[str, str], asked: Mapping[str, str]) -> Answer:
    """Ranked passages and claims with facets; a pasted id or address goes to what it names.

    ``from``: where a page begins, as the page before it says; no page costs more than the first.
    """
    query = asked.get("q", "").strip()[:LONGEST_QUERY]
    after = asked.get("from", "")
    found = read.search(site.index, query, A_PAGE, after, faceted=True)
    if names.get("ext"):
        return document(search_document(query, found))
    path, remark = _pasted(site, query) if query else (None, None)
    if path:
        return redirect(site, path)
    return page(
        site,
        "search.html",
        title=f"{query} · Search" if query else "Search",
        query=query,
        after=after,
        remarks=[*([remark] if remark else []), *found.complaints],
        found=found,
        hits=[(hit, address_of(site, hit), marks.found(hit.snippet)) for hit in found.hits],
        filters=FILTERS,
        choices=choices,
    )


def address_of(site: Site, hit: Hit) -> str:
    """Where a hit is read; of a long passage the public is shown the beginning."""
    if hit.kind == "claim":
        return f"article/{hit.snapshot}?claim={hit.id}#m-{hit.id}"
    whole = site.publishing.shows_whole(hit.uri)
    end = hit.end if whole else min(hit.end, hit.start + LONGEST_QUOTATION)
    return f"passage/{hit.id}/{hit.start}-{end}#passage"


def _pasted(site: Site, query: str) -> tuple[str | None, str | None]:
    """Where a pasted id or address leads, or what to say of one that leads nowhere."""
    query = _without_base(site, query)
    if uri.is_web(query) and len(query.split()) == 1:
        visits = read.snapshots_of(site.index, query)
        best = read.latest_good(site.index, query, None, imported=True) or (visits[-1] if visits else None)
        return (
            (where_in(site.index, best.id), None)
            if best
            else (None, "No snapshot of this address is in this archive.")
        )
    try:
        passage = named_passage(query)
        if passage:
            return f"passage/{passage[0]}/{passage[1]}-{passage[2]}", None
        found = parse_id(query)
    except BadId as error:
        return None, str(error) if _looks_like_id(query) else None
    path = where_in(site.index, found)
    return path, None if path else "This is a well-formed id, but not of anything in this archive."


def _without_base(site: Site, query: str) -> str:
    """What an address of this archive names, the present or a former one; any other query as it is."""
    for base in filter(None, (site.base_url, *site.former)):
        under = f"{base.rstrip('/')}/"
        if query.startswith(under):
            return query.removeprefix(under).partition("#")[0]
    return query


def _looks_like_id(query: str) -> bool:
    """Whether somebody meant an id: one word with digits in it, as long as an id and its hyphens."""
    return query.lower().startswith("pincite:") or (
        len(query.split()) == 1 and 14 <= len(query) <= 24 and sum(symbol.isdigit() for symbol in query) > 2
    )


def lookup(site: Site, names: Mapping[str, str], asked: Mapping[str, str]) -> Answer:
    """``?url=``: the snapshots of an address, and the articles that cite it, captured or not."""
    address = asked.get("url", "").strip()[:LONGEST_ADDRESS]
    visits = read.snapshots_of(site.index, address) if address else []
    citing = read.cited_address(site.index, address) if address else []
    if names.get("ext"):
        return document(lookup_document(site.index, address, visits, citing))
    return page(
        site,
        "lookup.html",
        title="Is this page here?",
        address=address,
        visits=visits,
        citing=citing,
        read_as=[visit.id for visit in visits if read.newest_reading(site.index, visit.id)],
    )
