"""Home, sources, and what is lost."""

from collections.abc import Mapping

from archive.documents import home_document, lost_document, sources_document
from archive.index import read
from archive.site.answers import Answer, Site, document, page

LATEST = 20
SOURCES_A_PAGE = 100
# Beyond this many pages nobody reads, and every hit before them would be counted off each time.
LAST_PAGE = 50


def home(site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """Search, the latest articles, and how much is in here."""
    articles, stats = read.articles(site.index, LATEST), read.stats(site.index)
    if names.get("ext"):
        return document(home_document(articles, stats))
    return page(
        site,
        "home.html",
        title="Pincite",
        articles=articles,
        stats=stats,
        collections=read.collections(site.index),
    )


def page_number(asked: Mapping[str, str]) -> int:
    """Which page of a list an address asks for, from 1; the first where it asks for none."""
    written = asked.get("page", "1")
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 1
    return min(max(number, 1), LAST_PAGE)


def sources(site: Site, names: Mapping[str, str], asked: Mapping[str, str]) -> Answer:
    """The cited addresses, the most cited first."""
    number = page_number(asked)
    found = read.sources(site.index, SOURCES_A_PAGE + 1, (number - 1) * SOURCES_A_PAGE)
    shown, more = found[:SOURCES_A_PAGE], len(found) > SOURCES_A_PAGE and number < LAST_PAGE
    if names.get("ext"):
        return document(sources_document(shown, number, more))
    return page(site, "sources.html", title="Sources", sources=shown, number=number, more=more)


def lost(site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """Cited sources that could not be captured or are gone, and citations that lead nowhere yet."""
    gone, unresolved = read.lost(site.index), read.unresolved(site.index)
    entries = read.unresolved_entries(site.index)
    if names.get("ext"):
        return document(lost_document(gone, unresolved, entries))
    return page(
        site,
        "lost.html",
        title="Lost and unresolved",
        lost=gone,
        unresolved=unresolved,
        entries=entries,
    )
