"""Every address that the site answers, made from its routes: for tests that look for what must be nowhere."""

import re
from collections.abc import Iterator
from itertools import product

from archive.site.answers import Site
from archive.site.pages import NEGOTIATED, ROUTES
from tests.site_crawl import crawl

# What each part of an address may be. A new route with a part of its own says here how it is asked.
PARTS: dict[str, tuple[str, ...]] = {
    "ext": ("", ".json"),
    "span": ("0-40",),
    "file": ("site.css",),
    "room": ("snapshot", "article", "claim", "evidence"),
    "form": ("bib", "jsonld"),
    "gathered": ("all",),
}


def ids(site: Site) -> tuple[str, ...]:
    tables = ("snapshots", "requisites", "texts", "claims", "citations", "evidence", "readings", "verdicts")
    tables = (*tables, "failures")
    return tuple(found for name in tables for (found,) in site.index.execute(f"SELECT id FROM {name}"))


def parts_of(pattern: str) -> Iterator[str | tuple[str]]:
    """A route's pattern as plain pieces and, in tuples, the names of its parts."""
    at = 0
    for match in re.finditer(r"\(\?P<(\w+)>", pattern):
        if match.start() < at:
            continue
        yield pattern[at : match.start()]
        yield (match[1],)
        at, depth = match.end(), 1
        while depth:
            escaped = pattern[at] == "\\"
            depth += {"(": 1, ")": -1}.get(pattern[at], 0) if not escaped else 0
            at += 2 if escaped else 1
        at += len(pattern) > at and pattern[at] in "?*"
    yield pattern[at:]


def addresses(pattern: str, site: Site) -> Iterator[str]:
    """Every address of a route that this archive can be asked for."""
    snapshots = tuple(found for (found,) in site.index.execute("SELECT id FROM snapshots"))
    files = tuple(found for (found,) in site.index.execute("SELECT name FROM warcs"))
    known = PARTS | {"id": ids(site), "other": snapshots, "name": files}
    choices = [
        known[piece[0]] if isinstance(piece, tuple) else (re.sub(r"[\^$]|\\", "", piece),)
        for piece in parts_of(pattern)
    ]
    made = ["".join(chosen) for chosen in product(*choices)]
    assert all(re.match(pattern, path) for path in made), f"say in PARTS how {pattern} is asked"
    yield from made


# The routes that end with an address, by the name of what answers them.
ENDING_WITH_AN_ADDRESS = {
    "memento": (
        "/web/{time}/{uri}",
        "/web/{time}id_/{uri}",
        "/web/{time}-{id}/{uri}",
        "/web/{time}-{id}id_/{uri}",
    ),
    "timegate": ("/web/{uri}",),
    "timemap": ("/timemap/link/{uri}", "/timemap/json/{uri}", "/timemap/cdxj/{uri}"),
    "frame": ("/snapshot/{id}/page/frame",),
    "part": ("/snapshot/{id}/page/part/{id}",),
    "follow": ("/snapshot/{id}/page/link/{uri}",),
}


def negotiated(site: Site) -> Iterator[str]:
    """Every address of those routes; a new one says above how it is asked."""
    assert {make.__name__ for _, make in NEGOTIATED} == set(ENDING_WITH_AN_ADDRESS)
    for identifier, time, uri in site.index.execute(
        "SELECT id, timestamp, uri FROM snapshots UNION SELECT id, timestamp, uri FROM requisites"
    ).fetchall():
        for forms in ENDING_WITH_AN_ADDRESS.values():
            yield from (form.format(id=identifier, time=time, uri=uri) for form in forms)


def found_in(site: Site, looked_for: tuple[str, ...]) -> dict[str, set[str]]:
    """Which of the words each address gives away, over every route and all that can be reached by links."""
    paths = [path for pattern, _ in ROUTES for path in addresses(pattern, site)] + list(negotiated(site))
    given = {at: answer.body for at, answer in crawl(site, *paths).items()}
    seen = {at: {word for word in looked_for if word.encode() in body} for at, body in given.items()}
    return {at: found for at, found in seen.items() if found}
