"""What programs look for: the signposts of a landing page, the feed of new snapshots, rules for crawlers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.bibliography import FILES, is_public, printed_address
from archive.documents import described
from archive.documents.shape import hidden
from archive.index import read
from archive.memento import link
from archive.model import Metadata, Snapshot
from archive.site.answers import LONGEST_LINK, Answer, Site, document, headers
from archive.site.feeds import Entry, Feed, atom
from archive.site.pages import held
from archive.site.pages.payloads import media_of
from archive.uri import is_web, wire

# What a reader of feeds fetches every hour: the newest, not all.
NEWEST = 50
_TYPES = ("https://schema.org/AboutPage", "https://schema.org/WebPage")


@dataclass(frozen=True, slots=True)
class Signpost:
    """A typed link of FAIR Signposting: where it leads, what that is to the page, of which media type."""

    target: str
    rel: str
    media: str | None = None


def signposts(site: Site, snapshot: Snapshot, metadata: Metadata) -> Iterator[Signpost]:
    """The links of a landing page: how to cite it, what describes it, what it is about."""
    page = f"{site.base}snapshot/{snapshot.id}"
    public = site.base_url and is_public(site.base_url)
    yield Signpost(printed_address(site.base_url, snapshot.id) if public else page, "cite-as")
    for extension, made in FILES.items():
        yield Signpost(f"{page}.{extension}", "describedby", made.media.partition(";")[0])
    yield Signpost(f"{page}/raw", "item", media_of(snapshot))
    for kind in _TYPES:
        yield Signpost(kind, "type")
    licence = metadata.licence or ""
    if is_web(licence) and len(licence) < LONGEST_LINK and len(licence.split()) == 1:
        yield Signpost(wire(licence), "license")
    yield Signpost(f"{page}/linkset.json", "linkset", "application/linkset+json")


def signposted(site: Site, given: Answer, snapshot: Snapshot, metadata: Metadata) -> Answer:
    """A landing page with its signposts as a header."""
    links = [
        link(one.target, one.rel, **({"type": one.media} if one.media else {}))
        for one in signposts(site, snapshot, metadata)
    ]
    return given.saying(Link=", ".join(filter(None, [given.headers.get("Link"), *links])))


def linkset(site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """The signposts of a landing page and those that lead back to it, as one document (RFC 9264)."""
    found = held.identifier(names["id"])
    snapshot = held.snapshot(site, found)
    metadata, _ = described(site.index, found)
    page = f"{site.base}snapshot/{found}"
    back = {"href": page, "type": "text/html"}
    own: dict[str, object] = {"anchor": page}
    others: list[dict[str, object]] = []
    ways = {"item": "collection", "describedby": "describes"}
    for one in signposts(site, snapshot, metadata):
        if one.rel == "linkset":
            continue
        told = {"href": one.target} | ({"type": one.media} if one.media else {})
        listed = own.setdefault(one.rel, [])
        assert isinstance(listed, list)
        listed.append(told)
        if one.rel in ways:
            others.append({"anchor": one.target, ways[one.rel]: [back]})
    return document({"linkset": [own, *others]}).saying(Content_Type="application/linkset+json")


def feed(site: Site, _names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """The newest snapshots as an Atom feed; its date is that of the newest."""
    told = Feed(
        site.base if site.base_url else "urn:pincite:feed",
        "New snapshots",
        f"{site.base}feed.atom",
        site.base,
    )
    shown = [one for one in read.newest(site.index, NEWEST) if hidden(site.index, one.id) is None]
    return feed_file(told, [_entry(site, one) for one in shown])


def feed_file(told: Feed, entries: Sequence[Entry]) -> Answer:
    """A feed as what is sent."""
    return Answer(200, headers("application/atom+xml; charset=utf-8"), atom(told, entries))


def _entry(site: Site, snapshot: Snapshot) -> Entry:
    metadata, _ = described(site.index, snapshot.id)
    status = f", answered with status {snapshot.status}" if snapshot.status else ""
    return Entry(
        id=f"urn:pincite:snapshot:{snapshot.id}",
        title=metadata.title or snapshot.uri,
        date=snapshot.date,
        page=f"{site.base}snapshot/{snapshot.id}",
        summary=f"{snapshot.uri} as captured on {snapshot.date}{status}.",
        authors=metadata.authors,
        via=wire(snapshot.uri) if is_web(snapshot.uri) else None,
    )


def robots(site: Site, _names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """Rules for crawlers (RFC 9309): no tables, no copies of others' pages, no endless searches.

    Texts may be visited, so that crawlers see that they are not to be kept.
    """
    closed = ("archive", "-/", "web/", "timemap/", "warc/", "search", "snapshot/*/raw", "snapshot/*/page")
    rules = "".join(f"Disallow: {site.root}{path}\n" for path in (*closed, "snapshot/*/diff/"))
    return Answer(200, headers("text/plain; charset=utf-8"), f"User-agent: *\n{rules}".encode())
