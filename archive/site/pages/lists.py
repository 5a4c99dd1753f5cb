"""Home, search, sources, and what is lost."""

from collections.abc import Mapping

from archive import uri
from archive.documents import named_passage, search_document
from archive.errors import BadId
from archive.index import read
from archive.model import parse_id
from archive.site import marks
from archive.site.answers import Answer, Site, document, page, redirect
from archive.site.pages.findings import where_in

LATEST = 20
A_PAGE = 20
SOURCES_A_PAGE = 100
# Beyond this many pages nobody reads, and every hit before them would be counted off each time.
LAST_PAGE = 50
LONGEST_QUERY = 500


def home(site: Site, _names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """Search, the latest articles, and how much is in here."""
    return page(
        site,
        "home.html",
        title="Pincite",
        articles=read.articles(site.index, LATEST),
        stats=read.stats(site.index),
    )


def search(site: Site, names: Mapping[str, str], asked: Mapping[str, str]) -> Answer:
    """Ranked passages and claims; a pasted id or address goes to what it names."""
    query = asked.get("q", "").strip()[:LONGEST_QUERY]
    number = page_number(asked)
    found = read.search(site.index, query, A_PAGE + 1, (number - 1) * A_PAGE) if query else []
    if names.get("ext"):
        return document(search_document(query, found[:A_PAGE]))
    path, remark = _pasted(site, query)
    if path:
        return redirect(site, path)
    return page(
        site,
        "search.html",
        title=f"{query} · Search" if query else "Search",
        query=query,
        remark=remark,
        hits=[(hit, marks.found(hit.snippet)) for hit in found[:A_PAGE]],
        number=number,
        more=len(found) > A_PAGE and number < LAST_PAGE,
    )


def _pasted(site: Site, query: str) -> tuple[str | None, str | None]:
    """Where a pasted id or address leads, or what to say of one that leads nowhere."""
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


def _looks_like_id(query: str) -> bool:
    """Whether somebody meant an id: one word with digits in it, as long as an id and its hyphens."""
    return query.lower().startswith("pincite:") or (
        len(query.split()) == 1 and 14 <= len(query) <= 24 and sum(symbol.isdigit() for symbol in query) > 2
    )


def page_number(asked: Mapping[str, str]) -> int:
    """Which page of a list an address asks for, from 1; the first where it asks for none."""
    written = asked.get("page", "1")
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 1
    return min(max(number, 1), LAST_PAGE)


def sources(site: Site, _names: Mapping[str, str], asked: Mapping[str, str]) -> Answer:
    """The cited addresses, the most cited first."""
    number = page_number(asked)
    found = read.sources(site.index, SOURCES_A_PAGE + 1, (number - 1) * SOURCES_A_PAGE)
    return page(
        site,
        "sources.html",
        title="Sources",
        sources=found[:SOURCES_A_PAGE],
        number=number,
        more=len(found) > SOURCES_A_PAGE and number < LAST_PAGE,
    )


def lost(site: Site, _names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """Cited sources that could not be captured or are gone, and citations that lead nowhere yet."""
    return page(
        site,
        "lost.html",
        title="Lost and unresolved",
        lost=read.lost(site.index),
        unresolved=read.unresolved(site.index),
    )
