"""A title asked of a MediaWiki through its API: exact title, redirect, then search.

    https://www.mediawiki.org/wiki/API:Query

The answer of a wiki is material, not truth: every field of it is checked before it is used.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, Protocol
from urllib.parse import urlencode

from archive.errors import PinciteError
from archive.model import Candidate, Step
from archive.uri import is_web, join
from ingest.resolve.titles import FLOOR, clean, names_several, normal, similarity, spellings

How = Literal["mediawiki-title", "mediawiki-redirect", "mediawiki-search"]
# A page's title, address and two properties take under 1 kB; five of them never a megabyte.
LARGEST = 1_000_000
MOST_FOUND = 5
# After this many visits in a row that brought nothing, a wiki is not asked again in this run.
PATIENCE = 2
SEVERAL = "is a page of several meanings"
# What no title can hold; the API would read it as several titles, a section or a template.
_IMPOSSIBLE = frozenset("|<>[]{}#\n\t")


class Answer(Protocol):
    """What a visit to the API brings."""

    @property
    def status(self) -> int:
        """The HTTP status."""

    @property
    def body(self) -> bytes:
        """The payload, decoded."""


class ResolverFailed(PinciteError):
    """The resolver brought no answer that could be read; says which, and what it did instead."""


class SearchRefused(ResolverFailed):
    """The wiki has no such search (Wikipedia's has none for titles alone)."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page that a wiki has."""

    title: str
    uri: str
    several: bool


@dataclass(frozen=True, slots=True)
class Revision:
    """A state of a page: its number, since when it stood (UTC), and whether it stands today."""

    number: int
    date: str
    uri: str
    current: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a wiki has for a title: its page, and how it was found; else near misses."""

    page: Page | None
    how: How | None
    steps: tuple[Step, ...]
    candidates: tuple[Candidate, ...] = ()


class MediaWiki:
    """One wiki's API. ``get`` visits an address; it raises a ``PinciteError`` where nothing comes back."""

    def __init__(self, api: str, get: Callable[[str], Answer]) -> None:
        self.api = api
        self._get = get
        self._failures = 0
        self._known: dict[str, Found] = {}

    def find(self, title: str) -> Found:
        """The page with a title.

        1. the title as written, redirects followed    2. other spellings of it
        3. search; a hit is taken only where it has the same words, all others are candidates

        :raises ResolverFailed: the wiki did not answer, or not as a wiki does.
        """
        if title not in self._known:
            self._known[title] = self._found(title)
        return self._known[title]

    def revision(self, title: str, date: str) -> Revision | None:
        """The revision of a page that stood at the end of a day, or at an instant with its zone.

        :raises ResolverFailed: the wiki did not answer, or the date names no day.
        """
        asked = {"titles": title, "prop": "info|revisions", "rvprop": "ids|timestamp", "rvdir": "older",
                 "rvlimit": "1", "rvstart": _instant(date)}  # fmt: skip
        pages = self._query(asked).get("pages")
        for page in pages if isinstance(pages, list) else []:
            if isinstance(page, dict) and (found := _newest(self.api, page)):
                return found
        return None

    def _found(self, title: str) -> Found:
        steps: list[Step] = []
        for asked in ([title], spellings(title)):
            possible = [spelling for spelling in asked if not _IMPOSSIBLE & set(spelling)]
            if possible and (found := self._titled(possible, steps)):
                return Found(found[0], found[1], tuple(steps))
        return self._searched(title, steps)

    def _titled(self, titles: Sequence[str], steps: list[Step]) -> tuple[Page, How] | None:
        query = self._query({"titles": "|".join(titles), "redirects": "1"})
        moves = _moves(query.get("normalized")), _moves(query.get("redirects"))
        pages = {page.title: page for page in self._pages(query)}
        for title in titles:
            reached, how = _follow(title, *moves)
            page = pages.get(reached) if reached else None
            if page and not page.several:
                steps.append(Step(how, title, f"{page.title} <{page.uri}>"))
                return page, how
            answered = f"{page.title} {SEVERAL}" if page else "no such page"
            steps.append(Step("mediawiki-title", title, answered))
        return None

    def _searched(self, title: str, steps: list[Step]) -> Found:
        # Words only: quotation marks, hyphens and colons are operators of the search.
        words = " ".join("".join(mark if mark.isalnum() else " " for mark in normal(title)).split())
        near: dict[str, Candidate] = {}
        # Wikipedia's search looks at titles and texts together, MediaWiki's own at one of them.
        for what in ("text", "title") if words else ():
            hits = self._hits(title, words, what)
            told = "; ".join(f"{hit.title} ({hit.score:g})" for hit in hits) or "nothing"
            steps.append(Step("mediawiki-search", words, told))
            near |= {hit.uri: hit for hit in hits}
            taken = [hit for hit in hits if hit.score >= FLOOR]
            if len(taken) == 1:
                page = Page(taken[0].title, taken[0].uri, several=False)
                rest = tuple(hit for hit in near.values() if hit != taken[0])
                return Found(page, "mediawiki-search", tuple(steps), rest)
        return Found(None, None, tuple(steps), tuple(sorted(near.values(), key=_closest)))

    def _hits(self, title: str, words: str, what: str) -> list[Candidate]:
        """What a search finds, closest title first; pages of several meanings are no answers."""
        asked = {"generator": "search", "gsrsearch": words, "gsrwhat": what, "gsrlimit": str(MOST_FOUND)}
        try:
            query = self._query(asked | {"redirects": "1"})
        except SearchRefused:
            return []
        pages = [page for page in self._pages(query) if not page.several]
        return sorted((Candidate(p.uri, p.title, similarity(title, p.title)) for p in pages), key=_closest)

    def _query(self, asked: dict[str, str]) -> Mapping[str, object]:
        if self._failures >= PATIENCE:
            raise ResolverFailed(f"{self.api} was not asked again after {PATIENCE} failures in a row")
        parameters = {
            "action": "query", "format": "json", "formatversion": "2",
            "prop": "info|pageprops", "inprop": "url", "ppprop": "disambiguation",
        } | asked  # fmt: skip
        address = f"{self.api}{'&' if '?' in self.api else '?'}{urlencode(parameters)}"
        try:
            answer = self._get(address)
        except PinciteError as error:
            self._failures += 1
            raise ResolverFailed(f"{self.api} could not be asked: {error}") from error
        self._failures = 0
        return _read(self.api, answer)

    def _pages(self, query: Mapping[str, object]) -> Iterator[Page]:
        """The pages that exist, in the wiki's order, each with an address that can be visited."""
        pages = query.get("pages")
        for page in pages if isinstance(pages, list) else []:
            if not isinstance(page, dict) or {"missing", "invalid", "special", "interwiki"} & page.keys():
                continue
            title, uri = page.get("title"), page.get("canonicalurl") or page.get("fullurl")
            if not isinstance(title, str) or not isinstance(uri, str):
                continue
            properties = page.get("pageprops")
            several = isinstance(properties, dict) and "disambiguation" in properties
            uri = join(self.api, uri)
            if is_web(uri) and clean(title):
                yield Page(clean(title), uri, several or names_several(title))


def _instant(date: str) -> str:
    """The last second at which a revision may have been read: no zone is invented for a bare day."""
    try:
        moment = datetime.fromisoformat(date)
    except ValueError as error:
        raise ResolverFailed(f"{date!r} names no day") from error
    if moment.tzinfo is None:
        return f"{moment.date().isoformat()}T23:59:59Z"
    try:
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except OverflowError as error:
        raise ResolverFailed(f"{date!r} lies outside of the calendar") from error


def _newest(api: str, page: Mapping[str, object]) -> Revision | None:
    """The first revision that an answer lists, with its own address."""
    listed, uri = page.get("revisions"), page.get("canonicalurl") or page.get("fullurl")
    first = listed[0] if isinstance(listed, list) and listed else None
    if not isinstance(first, dict) or not isinstance(uri, str):
        return None
    number, date = first.get("revid"), first.get("timestamp")
    address = join(api, uri)
    if not isinstance(number, int) or not isinstance(date, str) or not is_web(address):
        return None
    # Not `index.php?title=…&oldid=…`: robots.txt of Wikipedia and of many wikis closes that path.
    own = f"{address}{'&' if '?' in address else '?'}oldid={number}"
    return Revision(number, clean(date), own, number == page.get("lastrevid"))


def _read(api: str, answer: Answer) -> Mapping[str, object]:
    """The ``query`` part of an answer; empty where the wiki found nothing at all.

    :raises ResolverFailed: it is not what a MediaWiki API answers.
    """
    if answer.status != 200:
        raise ResolverFailed(f"{api} answered with HTTP status {answer.status}")
    if len(answer.body) > LARGEST:
        raise ResolverFailed(f"{api} answered with {len(answer.body)} bytes; some hundred were expected")
    try:
        said = json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise ResolverFailed(f"{api} did not answer in JSON: give the address of a wiki's api.php") from error
    if isinstance(said, dict) and isinstance(fault := said.get("error"), dict):
        kind = SearchRefused if str(fault.get("code", "")).endswith("-disabled") else ResolverFailed
        raise kind(f"{api} answered: {clean(str(fault.get('info') or fault.get('code')))}")
    query = said.get("query", {}) if isinstance(said, dict) else None
    if not isinstance(query, dict):
        raise ResolverFailed(f"{api} did not answer as a MediaWiki: give the address of a wiki's api.php")
    return query


def _closest(candidate: Candidate) -> tuple[float, str]:
    return -candidate.score, candidate.title


def _moves(listed: object) -> dict[str, str]:
    """Which title was changed to which, as ``normalized`` and ``redirects`` list it."""
    moves = {}
    for move in listed if isinstance(listed, list) else []:
        ends = (move.get("from"), move.get("to")) if isinstance(move, dict) else (None, None)
        if isinstance(ends[0], str) and isinstance(ends[1], str):
            moves[ends[0]] = ends[1]
    return moves


def _follow(
    title: str, normalized: Mapping[str, str], redirects: Mapping[str, str]
) -> tuple[str | None, How]:
    """The title at the end of the moves; None where the wiki changed it to another title."""
    reached = normalized.get(title, title)
    # "C#" becomes "C", "fr:Paris" leaves the wiki: normalising must not change what is named.
    if normal(reached) != normal(title):
        return None, "mediawiki-title"
    seen = {reached}
    while (onward := redirects.get(reached)) and onward not in seen:
        reached = onward
        seen.add(reached)
    return clean(reached), "mediawiki-redirect" if len(seen) > 1 else "mediawiki-title"
