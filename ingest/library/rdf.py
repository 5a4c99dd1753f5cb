"""Zotero RDF: items with what they refer to, and the collections that they are in."""

import re
from collections.abc import Iterator

from lxml import etree, html

from archive.bibliography.names import Name, written
from archive.bibliography.words import one_line
from ingest.library.entry import (
    Fault,
    Imported,
    Read,
    address_of,
    collection_names,
    doi_of,
    isbn_of,
    names,
    remarks,
)

_SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "z": "http://www.zotero.org/namespaces/export#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "bib": "http://purl.org/net/biblio#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "link": "http://purl.org/rss/1.0/modules/link/",
}
_ABOUT = f"{{{_SPACES['rdf']}}}about"
_RESOURCE = f"{{{_SPACES['rdf']}}}resource"
_CITE_KEY = re.compile(r"^\s*citation key\s*:\s*(\S+)\s*$", re.IGNORECASE | re.MULTILINE)
Element = etree._Element


def read(data: bytes) -> Read:
    """The items of a Zotero RDF file; nothing outside of it is loaded, no entity expanded."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        yield Fault(error.lineno or 1, f"expected RDF (XML): {' '.join(str(error.msg).split())}")
        return
    about = {one.get(_ABOUT): one for one in root if one.get(_ABOUT)}
    gathered = _gathered(root)
    found = False
    for item in root:
        kind = _first(item, "z:itemType/text()")
        if kind and kind != "attachment" and item.tag != f"{{{_SPACES['bib']}}}Memo":
            found = True
            yield _imported(item, kind, about, gathered)
    if not found:
        yield Fault(1, "expected items of Zotero RDF (with z:itemType), found none")


def _ask(element: Element, path: str) -> list[object]:
    found = element.xpath(path, namespaces=_SPACES)
    return list[object](found) if isinstance(found, list) else []


def _texts(element: Element, path: str) -> list[str]:
    return [str(one) for one in _ask(element, path)]


def _first(element: Element, path: str) -> str:
    return next((one for one in map(one_line, _texts(element, path)) if one), "")


def _gathered(root: Element) -> dict[str, list[str]]:
    """The collections that each item is named in."""
    found: dict[str, list[str]] = {}
    for collection in _ask(root, "z:Collection"):
        assert isinstance(collection, etree._Element)
        name = _first(collection, "dc:title/text()")
        for part in _texts(collection, "dcterms:hasPart/@rdf:resource"):
            found.setdefault(part, []).append(name)
    return found


def _imported(
    item: Element, kind: str, about: dict[str | None, Element], gathered: dict[str, list[str]]
) -> Imported:
    named = item.get(_ABOUT) or ""
    parts = [about[one] for one in map(str, _ask(item, ".//@rdf:resource")) if one in about]
    identifiers = _texts(item, "dc:identifier/text()")
    numbers = [one for part in (item, *parts) for one in _texts(part, "dc:identifier/text()")]
    extra = "\n".join(_texts(item, "dc:description/text()"))
    cited = _CITE_KEY.search(extra)
    return Imported(
        title=_first(item, "dc:title/text()"),
        form="zotero-rdf",
        raw="\n".join(etree.tostring(one, encoding="unicode", with_tail=False) for one in (item, *parts)),
        line=_line(item),
        authors=tuple(map(written, _people(item))),
        date=_first(item, "dc:date/text()") or None,
        uri=address_of(*_texts(item, "dc:identifier/dcterms:URI/rdf:value/text()"), named, *identifiers),
        doi=next((doi for one in numbers if (doi := doi_of(one.removeprefix("DOI ")))), None),
        isbn=next((isbn_of(one[5:].split()[0]) for one in numbers if re.match(r"ISBN \S", one)), None),
        key=_first(item, "z:citationKey/text()") or (cited[1] if cited else None),
        tags=names(_texts(item, "dc:subject/text() | dc:subject/z:AutomaticTag/rdf:value/text()")),
        collections=collection_names(gathered.get(named, [])),
        notes=remarks(_note(part) for part in parts if part.tag == f"{{{_SPACES['bib']}}}Memo"),
        kind=kind,
    )


def _people(item: Element) -> Iterator[Name]:
    for person in _ask(item, "bib:authors/rdf:Seq/rdf:li/*"):
        assert isinstance(person, etree._Element)
        family, given = _first(person, "foaf:surname/text()"), _first(person, "foaf:givenName/text()")
        family = family or _first(person, "foaf:name/text()")
        if family or given:
            yield Name(family, given) if family and given else Name(family or given)


def _line(item: Element) -> int:
    line: object = item.sourceline
    return line if isinstance(line, int) else 0


def _note(memo: Element) -> str:
    """A note's words; Zotero keeps them as HTML."""
    written_as = "\n".join(_texts(memo, "rdf:value/text()"))
    if "<" not in written_as:
        return written_as
    lines = re.sub(r"(?i)<br\s*/?>|</p>", r"\g<0>" + "\n", written_as)
    return str(html.fragment_fromstring(lines, create_parent="div").text_content())
