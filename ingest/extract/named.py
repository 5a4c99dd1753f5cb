"""Sources that only the markup names: quotations' addresses, embedded posts, reference tags, COinS. Pure.

<blockquote cite="https://…">      <blockquote class="twitter-tweet">…<a href="https://…/status/1">
<meta name="citation_reference" content="citation_title=…;citation_doi=…">
<span class="Z3988" title="rft.atitle=…&amp;rft_id=info:doi/…">      JSON-LD: {"citation": …}
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs

from lxml.html import HtmlElement

from archive.model import Metadata
from archive.uri import is_web, join, site
from ingest.extract.anchors import Anchors
from ingest.extract.clean import squeeze
from ingest.extract.embeds import embedded
from ingest.extract.jsonld import citing_objects, names_of, text_of
from ingest.extract.page import Named
from ingest.extract.places import Places

_MOST = 500
_LONGEST_LABEL = 500
_POST = re.compile(
    r"(?:twitter|x)\.com/\w+/status/\d+|instagram\.com/(?:p|reel)/|tiktok\.com/@[^/]+/video/|"
    r"facebook\.com/[^/]+/(?:posts|videos)/|bsky\.app/profile/[^/]+/post/|reddit\.com/r/\w+/comments/|"
    r"threads\.(?:net|com)/@[^/]+/post/|/@[\w.]+(?:@[\w.]+)?/\d{10,}"
)
_ADDRESSES = ("fulltext_html_url", "abstract_html_url", "public_url", "url", "pdf_url")
_HREF = re.compile(r"<a\s[^<>]{0,200}?href=[\"']([^\"'<>\s]{1,2000})", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2500}>")
_PERMALINKS = ("data-instgrm-permalink", "data-href", "cite")


def named_sources(anchors: Anchors, places: Places, data: Metadata) -> tuple[Named, ...]:
    """What the markup alone names, each with the place of the words that it belongs to."""
    found: dict[tuple[str, str], Named] = {}
    for named in (
        *_quoted(anchors, places),
        *embedded(anchors.tree, anchors.page, places),
        *_reference_tags(anchors.tree),
        *_linked_data(anchors.tree),
        *_coins(anchors.tree, data.title or ""),
    ):
        if len(found) < _MOST and named.label:
            found.setdefault((named.label, named.uri), named)
    return tuple(found.values())


def _quoted(anchors: Anchors, places: Places) -> Iterator[Named]:
    for quote in anchors.tree.iter("blockquote", "q"):
        links = [anchors.by_element[a] for a in quote.iter("a") if a in anchors.by_element]
        post = next((uri for uri in _permalinks(quote, links, anchors.page) if _POST.search(uri)), "")
        at = _place(quote, places)
        if post:
            yield Named(_attribution(quote) or post, post, "embed", "", *at)
            continue
        cited = join(anchors.page, quote.get("cite") or "") if quote.get("cite") else ""
        if is_web(cited):
            yield Named(_attribution(quote) or cited, cited, "quotation", "", *at)
        for link in links:
            # The extractor drops who said it; the words quoted must have stayed.
            lost = places.of_link(link.number) is None
            lost = lost and (not anchors.within(link) or _is_attribution(link.element, quote))
            if lost and at[0] is not None and is_web(link.uri) and site(link.uri) != site(anchors.page):
                yield Named(link.label or link.uri, link.uri, "quotation", "", *at)


def _is_attribution(link: HtmlElement, quote: HtmlElement) -> bool:
    """Whether a link stands in the foot or the ``<cite>`` of its own quotation."""
    parents = list(link.iterancestors("cite", "footer", "figcaption", "blockquote"))
    return parents[:1] != [quote] and quote in parents


def _permalinks(quote: HtmlElement, links: list[Any], page: str) -> Iterator[str]:
    for name in _PERMALINKS:
        if quote.get(name):
            yield join(page, quote.get(name) or "")
    # The last link of a post is its date; those before it are the post's own.
    yield from (link.uri for link in reversed(links))


def _attribution(quote: HtmlElement) -> str:
    """What stands in a quotation behind the quoted paragraphs, or in its ``<cite>``."""
    said = quote.find(".//cite")
    if said is None:
        said = quote.find(".//footer")
    if said is not None:
        return squeeze("".join(said.itertext()))[:_LONGEST_LABEL]
    paragraphs = quote.findall("p")
    if not paragraphs:
        return ""
    pieces = [paragraphs[-1].tail or ""]
    for sibling in paragraphs[-1].itersiblings():
        pieces += ["".join(sibling.itertext()), sibling.tail or ""]
    return squeeze("".join(pieces)).strip(" —–-")[:_LONGEST_LABEL]


def _place(quote: HtmlElement, places: Places) -> tuple[int | None, int | None]:
    first = quote.find(".//p")
    words = "".join((quote if first is None else first).itertext())
    return places.of_text(words) or (None, None)


def _reference_tags(tree: HtmlElement) -> Iterator[Named]:
    for meta in tree.iter("meta"):
        if (meta.get("name") or "").lower() == "citation_reference":
            content = squeeze(meta.get("content") or "")
            fields = [part.partition("=") for part in re.split(r";\s*(?=citation_)", content)]
            table: dict[str, list[str]] = {}
            for name, equals, value in fields:
                if equals and name.strip().startswith("citation_"):
                    table.setdefault(name.strip().removeprefix("citation_"), []).append(value.strip())
            if not table:
                yield Named(content[:_LONGEST_LABEL], "", "list", "")
                continue
            year = (table.get("publication_date") or table.get("year") or [""])[0][:4]
            title = (table.get("title") or [""])[0]
            container = next((table[k][0] for k in ("journal_title", "inbook_title") if k in table), "")
            label = _label(table.get("author", []), year, title, container)
            uri = _doi(table.get("doi", [])) or _address(table)
            yield Named(label or uri, uri, "list", title)


def _linked_data(tree: HtmlElement) -> Iterator[Named]:
    given = [item["citation"] for item in citing_objects(tree)]
    for item in (one for cited in given for one in (cited if isinstance(cited, list) else [cited])):
        if isinstance(item, str) and item.strip():
            label, uri = _written(item)
            yield Named(label[:_LONGEST_LABEL], uri, "list", "")
        elif isinstance(item, dict):
            title = squeeze(text_of(item.get("name") or item.get("headline")) or "")
            year = str(text_of(item.get("datePublished")) or "")[:4]
            uris = [text_of(item.get(key)) or "" for key in ("url", "@id", "sameAs")]
            uri = next((uri for uri in uris if is_web(uri)), "")
            label = _label(names_of(item.get("author") or []), year, title, "")
            yield Named(label or uri, uri, "list", title)


def _written(citation: str) -> tuple[str, str]:
    """A citation as words and address; sites put their markup into such strings: ``&lt;a href=…``."""
    said = unescape(citation)
    linked = _HREF.search(said)
    label = squeeze(_TAG.sub("", said))
    uri = linked[1] if linked else citation.strip()
    return label, uri if is_web(uri) else ""


def _coins(tree: HtmlElement, own: str) -> Iterator[Named]:
    for span in tree.iter("span"):
        if "Z3988" in (span.get("class") or "").split():
            table = parse_qs(span.get("title") or "")
            title = squeeze(_of(table, "atitle", "btitle", "title"))
            # Blogs describe themselves in the same way.
            if title and title != squeeze(own):
                ids = table.get("rft_id", [])
                dois = [uri.removeprefix("info:doi/") for uri in ids if uri.startswith("info:doi/")]
                uri = next((uri for uri in ids if is_web(uri)), "") or _doi(dois)
                name = ", ".join(filter(None, [_of(table, "aulast"), _of(table, "aufirst")]))
                container = _of(table, "jtitle") if "rft.atitle" in table else ""
                label = _label(table.get("rft.au") or [name], _of(table, "date")[:4], title, container)
                yield Named(label, uri, "list", title)


def _of(table: dict[str, list[str]], *names: str) -> str:
    return next((table[f"rft.{name}"][0] for name in names if f"rft.{name}" in table), "")


def _label(authors: list[str], year: str, title: str, container: str) -> str:
    said = f"{'; '.join(filter(None, authors))} ({year})" if year else "; ".join(filter(None, authors))
    return squeeze(". ".join(filter(None, [said.strip(), title, container])))[:_LONGEST_LABEL]


def _address(table: dict[str, list[str]]) -> str:
    """The address that a reference tag gives itself, or its arXiv number's."""
    given = (table[name][0] for name in _ADDRESSES if name in table)
    arxiv = table.get("arxiv_id", [""])[0].removeprefix("arXiv:")
    return next((uri for uri in given if is_web(uri)), f"https://arxiv.org/abs/{arxiv}" if arxiv else "")


def _doi(dois: list[str]) -> str:
    return f"https://doi.org/{dois[0]}" if dois and dois[0].startswith("10.") else ""
