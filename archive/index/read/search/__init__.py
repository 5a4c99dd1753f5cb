"""Search over paragraphs of texts and claims of the newest readings: ranked, filtered, counted."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import cast

from archive.index.read.ask import Connection, row, value
from archive.index.read.search.facets import COUNTED, Choice, Facet, facets
from archive.index.read.search.forms import forms_in
from archive.index.read.search.members import Members, members
from archive.index.read.search.pages import Page, Pages, Sieve
from archive.index.read.search.query import FILTERS, Query, among, parse
from archive.index.read.search.ranking import Kind, Match, Place, Ranking
from archive.index.read.search.snippets import snippet

__all__ = ["COUNTED", "FILTERS", "Choice", "Facet", "Found", "Hit", "among", "parse", "search"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage (``id`` is the text's) or a claim. ``score``: higher is better.

    In ``snippet`` U+0002 and U+0003 stand around the words that were found.
    """

    kind: Kind
    id: str
    snapshot: str
    title: str | None
    uri: str
    start: int
    end: int
    snippet: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, best first.

    ``after``: where the next page begins, None at the end. ``facets`` count among the best ``counted`` hits;
    ``capped`` where there are more. ``complaints``: what of the question makes no sense.
    """

    hits: tuple[Hit, ...]
    after: str | None = None
    facets: tuple[Facet, ...] = ()
    counted: int = 0
    capped: bool = False
    complaints: tuple[str, ...] = ()


def search(connection: Connection, text: str, limit: int, after: str = "", faceted: bool = False) -> Found:
    """What holds all words of a question, on the pages that its filters ask for.

    Paragraphs of the texts in use, and claims of the newest readings; equal scores are ordered by id, so that
    an index that was made anew gives the same. ``after``: the place that an earlier page gave.
    """
    query = parse(text)
    matching = query.match(forms_in(connection))
    if not matching:
        return Found((), complaints=query.complaints)
    looking = _Looking.at(connection, query, matching)
    place = Place.parse(after)
    counted = list(islice(looking.hits(None), COUNTED + 1)) if faceted else []
    of_page = counted if faceted and place is None and limit < COUNTED else looking.hits(place)
    kept = list(islice(of_page, limit + 1))
    shown = kept[:limit]
    last = str(Place.of(shown[-1][0])) if len(kept) > limit else None
    sides = [(match.kind, page) for match, page in counted[:COUNTED]]
    return Found(
        hits=tuple(looking.hit(match, page) for match, page in shown),
        after=last,
        facets=facets(query, sides, looking.pages) if faceted else (),
        counted=len(sides),
        capped=len(counted) > COUNTED,
        complaints=query.complaints,
    )


# A claim counts in the newest reading of the first article that has it.
_ARTICLE = """SELECT r.snapshot FROM reading_claims q JOIN newest_readings r ON r.reading = q.reading
    WHERE q.claim = ? ORDER BY r.snapshot LIMIT 1"""
_TABLES = {"passage": ("passages", "passages_fts"), "claim": ("claims", "claims_fts")}


@dataclass(frozen=True, slots=True)
class _Looking:
    """One question on its way: its ranking, what it lets through, and the pages met so far."""

    connection: Connection
    query: Query
    ranking: Ranking
    sieve: Sieve
    gathered: tuple[Members, ...]
    pages: Pages

    @classmethod
    def at(cls, connection: Connection, query: Query, matching: str) -> "_Looking":
        sieve, pages = Sieve.of(connection, query), Pages(connection)
        gathered = [members(connection, key, named) for key in ("in", "tag") if (named := query.values(key))]
        near = sieve.texts(connection, pages.corrected)
        sets = [one.texts for one in gathered] + ([] if near is None else [frozenset(near)])
        texts = sorted(frozenset.intersection(*sets)) if sets else None
        kinds = cast(tuple[Kind, ...], query.values("kind") or ("passage", "claim"))
        ranking = Ranking(connection, matching, kinds, None if texts is None else json.dumps(texts))
        return cls(connection, query, ranking, sieve, tuple(gathered), pages)

    def hits(self, place: Place | None) -> Iterator[tuple[Match, Page]]:
        """What counts, in order, with its page: asked only as far as somebody reads."""
        literals = [one.literal for one in self.query.wanted if one.literal]
        for match in self.ranking.after(place):
            page = self._page(match)
            if page is None or not self._passes(match, page):
                continue
            if not literals or all(literal.search(self._exact(match)) for literal in literals):
                yield match, page

    def _passes(self, match: Match, page: Page) -> bool:
        return self.sieve.passes(page) and all(one.has(match, page.snapshot) for one in self.gathered)

    def _page(self, match: Match) -> Page | None:
        """The page of what is current; None for superseded texts and older readings."""
        if match.kind == "passage":
            return self.pages.of(match.text)
        article = value(self.connection, _ARTICLE, match.id)
        return self.pages.at(article) if article else None

    def _exact(self, match: Match) -> str:
        sql = f"SELECT exact FROM {_TABLES[match.kind][0]} WHERE n = ?"
        return value(self.connection, sql, match.n) or ""

    def hit(self, match: Match, page: Page) -> Hit:
        fts = _TABLES[match.kind][1]
        sql = f"""SELECT highlight({fts}, 0, char(2), char(3)) AS marked FROM {fts}
            WHERE {fts} MATCH ?1 AND rowid = ?2"""
        found = row(self.connection, sql, self.ranking.match, match.n)
        assert found is not None
        runs = [run for one in self.query.wanted for run in one.runs]
        literals = [one.literal for one in self.query.wanted if one.literal]
        return Hit(
            kind=match.kind,
            id=match.id,
            snapshot=page.snapshot,
            title=self.pages.title(page.snapshot),
            uri=page.uri,
            start=match.start,
            end=match.end,
            snippet=snippet(found["marked"], runs, literals),
            score=match.score,
        )
