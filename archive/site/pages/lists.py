"""Home, sources, and what is lost."""

from collections.abc import Mapping

from archive.index import read
from archive.site.answers import Answer, Site, page

LATEST = 20
SOURCES_A_PAGE = 100
# Beyond this many pages nobody reads, and every hit before them would be counted off each time.
LAST_PAGE = 50


def home(site: Site, _names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """Search, the latest articles, and how much is in here."""
    return page(
        site,
        "home.html",
        title="Pincite",
        articles=read.articles(site.index, LATEST),
        stats=read.stats(site.index),
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
