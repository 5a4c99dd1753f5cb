"""The pages by their addresses: a connection and a store in, whole answers out."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import parse_qs, unquote

from archive.bibliography import FILES
from archive.errors import IndexUnusable
from archive.index.read.ask import check
from archive.site.answers import Answer, Missing, Request, Site, document, headers, notice
from archive.site.pages import (
    article,
    citing,
    comparison,
    findings,
    gathered,
    lists,
    machines,
    mementos,
    named,
    raw,
    replay,
    reviewed,
    saying,
    search,
    snapshot,
    stored,
    texts,
)
from archive.site.render import STATIC, static

Page = Callable[[Site, Mapping[str, str], Mapping[str, str]], Answer]
Negotiated = Callable[[Site, Request, Mapping[str, str | None]], Answer]


def _static(_site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    kept = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Answer(200, headers(STATIC[names["file"]]) | kept, static(names["file"]))


_ID = r"(?P<id>[^/.]+)"
_GATHERED = r"(?P<gathered>[^/]+?)"
_EXT = r"(?P<ext>\.json)?"
_FORM = rf"\.(?P<form>{'|'.join(map(re.escape, FILES))})"
ROUTES: tuple[tuple[str, Page], ...] = (
    (r"^/(?P<ext>\.json)?$", lists.home),
    (rf"^/search{_EXT}$", search.search),
    (rf"^/lookup{_EXT}$", search.lookup),
    (rf"^/sources{_EXT}$", lists.sources),
    (rf"^/lost{_EXT}$", lists.lost),
    (rf"^/collections{_EXT}$", gathered.order),
    (rf"^/collection/{_GATHERED}\.atom$", gathered.collection_feed),
    (rf"^/collection/{_GATHERED}{_FORM}$", gathered.collection_file),
    (rf"^/collection/{_GATHERED}{_EXT}$", gathered.collection),
    (rf"^/tag/{_GATHERED}{_EXT}$", gathered.tagged),
    (r"^/feed\.atom$", machines.feed),
    (r"^/robots\.txt$", machines.robots),
    (rf"^/(?P<room>snapshot|article|claim|evidence|entry)/{_ID}{_FORM}$", citing.cited_file),
    (rf"^/passage/{_ID}/(?P<span>[0-9]+-[0-9]+){_FORM}$", citing.passage_file),
    (rf"^/snapshot/{_ID}/cite$", citing.cite_page),
    (rf"^/article/{_ID}/bibliography$", citing.sources_page),
    (rf"^/article/{_ID}/bibliography{_FORM}$", citing.sources_file),
    (rf"^/article/{_ID}{_EXT}$", article.article),
    (rf"^/article/{_ID}/review{_EXT}$", reviewed.reviewed),
    (rf"^/reading/{_ID}{_EXT}$", article.reading),
    (rf"^/snapshot/{_ID}/text{_EXT}$", texts.text_of_snapshot),
    (rf"^/snapshot/{_ID}/raw$", raw.raw),
    (rf"^/snapshot/{_ID}/screenshot$", raw.screenshot),
    (rf"^/snapshot/{_ID}/linkset\.json$", machines.linkset),
    (rf"^/snapshot/{_ID}/page{_EXT}$", replay.around),
    (rf"^/snapshot/{_ID}/visits{_EXT}$", snapshot.visits),
    (rf"^/snapshot/{_ID}/diff/(?P<other>[^/.]+){_EXT}$", comparison.diff),
    (rf"^/snapshot/{_ID}{_EXT}$", snapshot.landing),
    (r"^/warc/(?P<name>.+)$", stored.stored_file),
    (rf"^/text/{_ID}{_EXT}$", texts.text),
    (rf"^/passage/{_ID}/(?P<span>[0-9]+-[0-9]+){_EXT}$", texts.passage),
    (rf"^/claim/{_ID}{_EXT}$", findings.claim),
    (rf"^/evidence/{_ID}{_EXT}$", findings.evidence),
    (rf"^/citation/{_ID}{_EXT}$", findings.citation),
    (rf"^/entry/{_ID}{_EXT}$", named.entry),
    (rf"^/said/{_ID}{_EXT}$", saying.said),
    (rf"^/record/{_ID}{_EXT}$", findings.record),
    (rf"^/-/pincite/(?P<file>{'|'.join(map(re.escape, STATIC))})$", _static),
    # In print, with whatever print does to it. Shorter names are Datasette's, its database's among them.
    (rf"^/(?P<id>(?!archive$)[^/.]{{12,}})(?P<ext>\.json|{_FORM}|[.,;:]*)$", findings.any_noun),
)


# Addresses that end with an address, its query and all; they depend on headers too.
NEGOTIATED: tuple[tuple[str, Negotiated], ...] = (
    (
        r"^/web/(?P<time>[0-9]{4,14})(?:-(?P<id>[0-9a-z]{16}))?(?P<kind>[a-z]{2}_)?/(?P<original>.+)$",
        mementos.memento,
    ),
    (r"^/web/(?P<original>.+)$", mementos.timegate),
    (
        r"^/timemap/(?P<form>link|json|cdxj)/(?:(?P<since>[0-9]{14})-(?P<until>[0-9]{14})/)?(?P<original>.+)$",
        mementos.timemap,
    ),
    (r"^/snapshot/(?P<id>[^/.?]+)/page/frame(?:\?.*)?$", replay.frame),
    (r"^/snapshot/(?P<id>[^/.?]+)/page/part/(?P<part>[^/.?]+)$", replay.part),
    (r"^/snapshot/(?P<id>[^/.?]+)/page/link/(?P<original>.+)$", replay.follow),
)
PATTERNS = tuple(pattern for pattern, _ in (*NEGOTIATED, *ROUTES))


def answer(site: Site, request: Request) -> Answer:
    """The answer to a request, before what its conditions make of it (see ``conditions``)."""
    try:
        check_index(site)
        return _made(site, request)
    except Missing as missing:
        if request.path.endswith(".json") and not request.path.startswith("/web/"):
            told = {"error": missing.title, "said": list(missing.said), **missing.context}
            return document(told, missing.status)
        return notice(site, missing)


def _made(site: Site, request: Request) -> Answer:
    whole = f"{request.path}?{request.query}" if request.query else request.path
    for pattern, negotiate in NEGOTIATED:
        if match := re.match(pattern, whole):
            return negotiate(site, request, match.groupdict())
    for pattern, make in ROUTES:
        if match := re.match(pattern, request.path):
            names = {name: unquote(value or "") for name, value in match.groupdict().items()}
            asked = {key: values[0] for key, values in parse_qs(request.query, True).items()}
            return make(site, names, asked)
    raise Missing(404, "No such page", "There is no page at this address.")


def check_index(site: Site) -> None:
    """Whether the index is one that this version reads; it may be exchanged while the site is served."""
    try:
        check(site.index, Path("archive.db"))
    except IndexUnusable as error:
        raise Missing(503, "The index cannot be used", str(error)) from error
