"""What programs look for: the signposts of a landing page, the feed of new snapshots, rules for crawlers."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from archive.bibliography import FILES, is_public, printed_address
from archive.documents import described
from archive.documents.shape import hidden
from archive.index import read
from archive.memento import link
from archive.model import Metadata, Snapshot
from archive.site.answers import LONGEST_LINK, Answer, Site, document, headers
from archive.site.pages import held, raw
from archive.uri import is_web, parse_date, wire

ATOM = "http://www.w3.org/2005/Atom"
# What a reader of feeds fetches every hour: the newest, not all.
NEWEST = 50
# Before any page was captured; a feed must have a date, and none of ours is that of the day.
_NEVER = "1970-01-01T00:00:00Z"
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
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
    yield Signpost(f"{page}/raw", "item", raw.media_of(snapshot))
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
    """The newest snapshots as an Atom feed (RFC 4287); its date is that of the newest."""
    shown = [one for one in read.newest(site.index, NEWEST) if hidden(site.index, one.id) is None]
    root = etree.fromstring(f'<feed xmlns="{ATOM}"/>')
    _said(root, "id", site.base if site.base_url else "urn:pincite:feed")
    _said(root, "title", "New snapshots")
    _said(root, "updated", _moment(shown[0].date) if shown else _NEVER)
    _said(etree.SubElement(root, f"{{{ATOM}}}author"), "name", "Pincite")
    etree.SubElement(
        root, f"{{{ATOM}}}link", rel="self", href=f"{site.base}feed.atom", type="application/atom+xml"
    )
    etree.SubElement(root, f"{{{ATOM}}}link", rel="alternate", href=site.base, type="text/html")
    for one in shown:
        _entry(site, etree.SubElement(root, f"{{{ATOM}}}entry"), one)
    body: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return Answer(200, headers("application/atom+xml; charset=utf-8"), body)


def _entry(site: Site, entry: "etree._Element", snapshot: Snapshot) -> None:
    metadata, _ = described(site.index, snapshot.id)
    _said(entry, "id", f"urn:pincite:snapshot:{snapshot.id}")
    _said(entry, "title", metadata.title or snapshot.uri)
    _said(entry, "updated", _moment(snapshot.date))
    for name in metadata.authors:
        _said(etree.SubElement(entry, f"{{{ATOM}}}author"), "name", name)
    page = f"{site.base}snapshot/{snapshot.id}"
    _link(entry, "alternate", page, "text/html")
    if is_web(snapshot.uri):
        _link(entry, "via", wire(snapshot.uri))
    status = f", answered with status {snapshot.status}" if snapshot.status else ""
    _said(entry, "summary", f"{snapshot.uri} as captured on {snapshot.date}{status}.")


def _said(parent: "etree._Element", name: str, words: str) -> None:
    """An element with words; what no XML can hold is left out of them."""
    etree.SubElement(parent, f"{{{ATOM}}}{name}").text = _NOT_XML.sub("\ufffd", words)


def _link(parent: "etree._Element", rel: str, href: str, media: str | None = None) -> None:
    said = {"rel": rel, "href": href} | ({"type": media} if media else {})
    etree.SubElement(parent, f"{{{ATOM}}}link", said)


def _moment(date: str) -> str:
    """A WARC-Date as RFC 3339 wants it, whole."""
    return parse_date(date).strftime("%Y-%m-%dT%H:%M:%SZ")


def robots(site: Site, _names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """Rules for crawlers (RFC 9309): no tables, no copies of others' pages, no endless searches.

    Texts may be visited, so that crawlers see that they are not to be kept.
    """
    closed = ("archive", "-/", "web/", "timemap/", "warc/", "search", "snapshot/*/raw", "snapshot/*/page")
    rules = "".join(f"Disallow: {site.root}{path}\n" for path in (*closed, "snapshot/*/diff/"))
    return Answer(200, headers("text/plain; charset=utf-8"), f"User-agent: *\n{rules}".encode())
