"""An EPUB to its text of record: its documents in their order, as one page with one set of notes. Pure."""

import re
from html import escape
from urllib.parse import unquote

from lxml import etree
from lxml.html import HtmlElement

from archive.errors import ExtractionFailed
from archive.model import Metadata, PageDate
from archive.uri import is_web
from archive.warc.media.encoding import decode
from ingest.extract.clean import squeeze, value
from ingest.extract.dates import iso_date
from ingest.extract.guard import disarmed
from ingest.extract.html import parse
from ingest.extract.page import Extraction, Page
from ingest.extract.written import written
from ingest.zipped import Parts, attribute, beside, children, local

EXTRACTOR = "pincite-epub 1"
_CONTAINER = "META-INF/container.xml"
_MEDIA = ("application/xhtml+xml", "text/html")
_MOST = 5000


def extract_epub(page: Page) -> Extraction:
    """The text of an EPUB.

    :raises ExtractionFailed: it is damaged, encrypted, too large, or no EPUB.
    """
    with Parts(page.payload) as parts:
        container = parts.xml(_CONTAINER)
        root = next(container.iter("{*}rootfile"), None) if container is not None else None
        package = attribute(root, "full-path") if root is not None else ""
        tree = parts.xml(package)
        if tree is None:
            raise ExtractionFailed("no EPUB: it names no package of documents")
        names = _spine(tree, package)
        numbers = {name: number for number, name in enumerate(names)}
        html = "".join(_document(parts, name, numbers) for name in names)
        return written(html, page, EXTRACTOR, _said(tree))


def _spine(tree: etree._Element, package: str) -> list[str]:
    """The parts that are read, in their order; the table of contents is none of them."""
    items = {attribute(item, "id"): item for item in tree.iter("{*}item")}
    found: dict[str, None] = {}
    for reference in tree.iter("{*}itemref"):
        item = items.get(attribute(reference, "idref"))
        if item is None or attribute(item, "media-type") not in _MEDIA:
            continue
        if "nav" not in attribute(item, "properties").split():
            found[beside(package, unquote(attribute(item, "href")))] = None
    return list(found)[:_MOST]


def _document(parts: Parts, name: str, numbers: dict[str, int]) -> str:
    """One document as a part of the page: its ids told apart from those of the others."""
    payload = parts.read(name)
    if not payload or not payload.strip():
        return ""
    tree = parse(disarmed(decode(payload, None)))
    body = tree.find("body")
    body = tree if body is None else body
    number = numbers[name]
    for element in body.iter("*"):
        for key in ("id", "name"):
            if element.get(key):
                element.set(key, f"d{number}-{element.get(key)}")
        if element.tag == "a" and element.get("href"):
            _lead(element, name, numbers)
    inside = escape(body.text or "") + "".join(
        etree.tostring(child, method="html", encoding="unicode") for child in body
    )
    return f'<div id="d{number}-">{inside}</div>'


def _lead(link: HtmlElement, name: str, numbers: dict[str, int]) -> None:
    """A link into the book leads within the page, one to the web stays, any other leads nowhere."""
    href = (link.get("href") or "").strip()
    if is_web(href):
        return
    path, _, fragment = href.partition("#")
    target = beside(name, unquote(path)) if path else name
    if target in numbers:
        link.set("href", f"#d{numbers[target]}-{fragment}")
    else:
        del link.attrib["href"]


def _said(tree: etree._Element) -> Metadata:
    """What the package says of the book (Dublin Core)."""
    found: dict[str, list[str]] = {}
    for block in children(tree, "metadata"):
        for one in block:
            found.setdefault(local(one), []).append(squeeze(one.text or ""))
    first = {name: next(filter(None, values), "") for name, values in found.items()}
    date = first.get("date", "")
    iso = iso_date(date) if date else None
    doi = re.search(r"10\.\d{4,9}/\S+", " ".join(found.get("identifier", ())))
    return Metadata(
        title=value(first.get("title"), 500),
        authors=tuple(name for one in found.get("creator", ()) if (name := value(one, 200))),
        date=PageDate(date, iso, "meta") if iso else None,
        site=value(first.get("publisher"), 200),
        # Tools without a setting write that of the program, "C".
        language=value(first.get("language"), 20) if len(first.get("language", "")) > 1 else None,
        description=value(first.get("description")),
        doi=doi[0] if doi else None,
    )
