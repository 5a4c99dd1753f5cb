"""Atom feeds (RFC 4287): what is told goes in, the document comes out. Pure: no date is that of the day."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from archive.uri import parse_date

ATOM = "http://www.w3.org/2005/Atom"
# Before anything happened; a feed must have a date.
_NEVER = "1970-01-01T00:00:00Z"
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: ``page`` tells of it, ``via`` is the address it is about."""

    id: str
    title: str
    date: str
    page: str
    summary: str
    authors: tuple[str, ...] = ()
    via: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """Where a feed is, and the page that it follows."""

    id: str
    title: str
    address: str
    page: str


def atom(feed: Feed, entries: Iterable[Entry]) -> bytes:
    """The document of a feed; its date is that of its newest entry."""
    told = list(entries)
    root = etree.fromstring(f'<feed xmlns="{ATOM}"/>')
    _said(root, "id", feed.id)
    _said(root, "title", feed.title)
    _said(root, "updated", max((_moment(one.date) for one in told), default=_NEVER))
    _said(etree.SubElement(root, f"{{{ATOM}}}author"), "name", "Pincite")
    _link(root, "self", feed.address, "application/atom+xml")
    _link(root, "alternate", feed.page, "text/html")
    for one in told:
        _entry(etree.SubElement(root, f"{{{ATOM}}}entry"), one)
    body: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return body


def _entry(entry: "etree._Element", told: Entry) -> None:
    _said(entry, "id", told.id)
    _said(entry, "title", told.title)
    _said(entry, "updated", _moment(told.date))
    for name in told.authors:
        _said(etree.SubElement(entry, f"{{{ATOM}}}author"), "name", name)
    _link(entry, "alternate", told.page, "text/html")
    if told.via:
        _link(entry, "via", told.via)
    _said(entry, "summary", told.summary)


def _said(parent: "etree._Element", name: str, words: str) -> None:
    """An element with words; what no XML can hold is left out of them."""
    etree.SubElement(parent, f"{{{ATOM}}}{name}").text = _NOT_XML.sub("\ufffd", words)


def _link(parent: "etree._Element", rel: str, href: str, media: str | None = None) -> None:
    said = {"rel": rel, "href": href} | ({"type": media} if media else {})
    etree.SubElement(parent, f"{{{ATOM}}}link", said)


def _moment(date: str) -> str:
    """A WARC-Date as RFC 3339 wants it, whole."""
    return parse_date(date).strftime("%Y-%m-%dT%H:%M:%SZ")
