"""By what a list of hits can be narrowed, with how many hits each choice leaves."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.index.read.search.pages import Page, Pages
from archive.index.read.search.query import Query

# A facet's values are counted among so many of the best hits: beyond, the page says so.
COUNTED = 500
_SHOWN = 8
_ORDER = ("kind", "is", "site", "year", "lang", "article")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: how many of the counted hits have it, and the question with it as a filter."""

    value: str
    label: str
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one filter; ``chosen`` where the question has it, ``without``: the question without."""

    key: str
    choices: tuple[Choice, ...]
    chosen: tuple[str, ...]
    without: str

    @property
    def narrows(self) -> bool:
        """Whether it offers anything: a choice that not all hits share, or the way back from one."""
        return bool(self.chosen) or len(self.choices) > 1


def facets(query: Query, found: Iterable[tuple[str, Page]], pages: Pages) -> tuple[Facet, ...]:
    """The facets of hits, each given by its kind and page. Equal counts are ordered by value."""
    counts: dict[str, Counter[str]] = {key: Counter() for key in _ORDER}
    for kind, page in found:
        for key, value in _values(kind, page):
            counts[key][value] += 1
    return tuple(_facet(query, key, counted, pages) for key, counted in counts.items())


def _values(kind: str, page: Page) -> Iterator[tuple[str, str]]:
    yield "kind", kind
    if page.citing:
        yield "is", "citing"
    if page.cited_by:
        yield "is", "cited"
    if page.site:
        yield "site", page.site
    if page.date:
        yield "year", page.date[:4]
    if page.language:
        yield "lang", page.language.partition("-")[0].lower()
    for article in page.articles:
        yield "article", article


def _facet(query: Query, key: str, counted: Counter[str], pages: Pages) -> Facet:
    chosen = query.values(key)
    best = sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:_SHOWN]
    choices = () if chosen else tuple(
        Choice(value, _label(key, value, pages), count, query.narrowed(key, value)) for value, count in best
    )  # fmt: skip
    return Facet(key, choices, tuple(_label(key, value, pages) for value in chosen), query.widened(key))


def _label(key: str, value: str, pages: Pages) -> str:
    if key != "article":
        return value
    page = pages.at(value)
    return pages.title(value) or (page.uri if page else value)
