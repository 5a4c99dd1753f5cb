"""What an article cites by links: in its text, bare in it, in its markup alone, in what was dropped. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archive.model import Citation, CitationKind
from ingest.citations.bibliographic import read_entry
from ingest.citations.cover import Cover
from ingest.citations.entries import ARXIV, DOI, ISBN, URL, address, trimmed_url, uri_of
from ingest.citations.pointers import (
    Company,
    cites_bare,
    company,
    glossaries,
    is_citation,
    is_named_furniture,
)
from ingest.extract.page import Link, Links

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """A citation on its way, with the places in the text that point to it."""

    citation: Citation
    uses: tuple[Span, ...] = ()


def linked(text_id: str, body: str, links: Links, hidden: Sequence[Span]) -> Iterator[Found]:
    """The links of the text that cite, outside the hidden spans, and the addresses that stand in it bare."""
    covered, among = Cover(hidden), company(links, body)
    taken: list[Span] = list(hidden)
    for link in links.links:
        if link.start is None or link.end is None:
            continue
        span = (link.start, link.end)
        if not covered.holds(link.start) and is_citation(link, links, body, among):
            yield Found(_link(text_id, link), (span,))
        taken.append(span)
    yield from _bare(text_id, body, links, taken)


def named(text_id: str, links: Links, found: Sequence[Found]) -> Iterator[Found]:
    """What only the markup names, and nothing in the text has named already."""
    uris = {item.citation.uri for item in found if item.citation.uri}
    labels = "\n".join(_words(item.citation.label) for item in found)
    for source in links.named:
        title = _words(source.title)
        furniture = source.kind == "quotation" and is_named_furniture(source.uri)
        if furniture or source.uri in uris or (len(title) > 10 and title in labels):
            continue
        uris |= {source.uri} - {""}
        entry = read_entry(f"{source.label} {source.uri}".strip())
        if source.title:
            entry = replace(entry, title=source.title)
        use = () if source.start is None or source.end is None else ((source.start, source.end),)
        uri = source.uri or uri_of(source.label)
        yield Found(Citation(text_id, source.label, uri, kind=source.kind, entry=entry), use)


def lost(text_id: str, links: Links, found: Sequence[Found]) -> Iterator[Found]:
    """What the article links in words that the text of record does not have; it has no place there."""
    uris, among = {item.citation.uri for item in found}, Company(glossaries(links))
    for link, words in ((lost.link, lost.words) for lost in links.lost):
        if link.uri not in uris and is_citation(link, links, words, among):
            uris.add(link.uri)
            yield Found(replace(_link(text_id, link), start=None, end=None))


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _link(text_id: str, link: Link) -> Citation:
    return Citation(text_id, link.label, link.uri, start=link.start, end=link.end, entry=read_entry(link.uri))


def _bare(text_id: str, body: str, links: Links, taken: list[Span]) -> Iterator[Found]:
    """Addresses, DOIs, arXiv numbers and ISBNs that stand in the text as they are."""
    for pattern in (URL, DOI, ARXIV, ISBN):
        # What one pattern finds never overlaps, so only what was taken before it counts.
        covered = Cover(taken)
        for match in pattern.finditer(body):
            written = trimmed_url(match[0])
            start, end = match.start(), match.start() + len(written)
            if covered.meets(start, end) or len(written) < 10:
                continue
            taken.append((start, end))
            uri = address(written) if pattern is URL else uri_of(written)
            kind: CitationKind = "link" if pattern is URL else "identifier"
            if kind == "link" and not cites_bare(Link(written, uri, start, end), links, body):
                continue
            citation = Citation(
                text_id, written, uri, kind=kind, start=start, end=end, entry=read_entry(written)
            )
            yield Found(citation, ((start, end),))
