"""What an HTML page says of itself, and which rule gave its date. Pure.

Date ladder, each rung only when the one above gives none:

    1. json-ld   datePublished of the article     2. meta   article:published_time and its like
    3. time      <time> that the article marks    4. address   /2024/03/05/ in the URL
    5. guess     the extractor's own search (which would let the URL beat the tags, and take © 2018)
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from archive.model import Metadata, PageDate
from archive.uri import is_web, join
from ingest.extract.clean import squeeze, value
from ingest.extract.dates import date_in_address, iso_date, visits
from ingest.extract.jsonld import article_object, names_of, text_of
from ingest.extract.tree import Article

_DATE_TAGS = (
    "citation_publication_date", "citation_date", "citation_online_date", "article:published_time",
    "og:article:published_time", "og:published_time", "datepublished", "dc.date.issued", "dcterms.issued",
    "dc.date.created", "dcterms.created", "dcterms.date", "dc.date", "prism.publicationdate",
    "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date",
    "publication_date", "publicationdate", "article_date_original", "originalpublicationdate",
    "article.published", "article:published", "date", "dcsext.articlefirstpublished",
    "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "bt:pubdate", "rnews:datepublished",
    "shareaholic:article_published_time", "release_date", "timestamp", "article:post_date",
    "weibo:article:create_at", "displaydate",
)
_SITE_TAGS = ("og:site_name", "citation_journal_title", "dc.publisher")
_DESCRIPTION_TAGS = ("description", "og:description", "twitter:description", "dc.description")
_LICENCE_TAGS = ("dcterms.license", "dc.rights", "dcterms.rights")
_TITLE_TAGS = ("og:title", "dc.title", "dcterms.title", "twitter:title")
_AUTHOR_TAGS = (
    "citation_author", "parsely-author", "sailthru.author", "article:author", "author", "dc.creator",
    "dcterms.creator", "byl",
)
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_DOI_TAGS = (
    "citation_doi", "prism.doi", "bepress_citation_doi", "dc.identifier", "dcterms.identifier",
    "dc.identifier.doi", "doi", "publication_doi",
)
_PUBLISHED = re.compile(
    r"publish|posted|entry-date|post-date|pubdate|article-?date|dateline|datum|date-?created", re.IGNORECASE
)
_UPDATED = re.compile(r"updat|modif|edited", re.IGNORECASE)
_NOT_THE_ARTICLE = frozenset(("aside", "nav", "footer"))
_TEASER = re.compile(
    r"teaser|related|recommend|comment|sidebar|widget|card|promo|most-?read|latest", re.IGNORECASE
)
_LANGUAGE = re.compile(r"^[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8})*$")
_MOST_AUTHORS = 50
_MOST_HEADINGS = 20
_LONGEST_TITLE = 2000
_ROBOTS = ("robots", "googlebot", "bingbot", "archive", "archiver")


@dataclass(frozen=True, slots=True)
class Said:
    """What the page's tags say; the extractor's guesses fill the gaps."""

    metadata: Metadata

    def with_guesses(self, article: Article, tree: HtmlElement) -> Metadata:
        """The metadata with what only the extractor's search of the page found.

        A day on which the page says that one of its sources was read is no day of the page.
        """
        said = self.metadata
        day, guess = said.date, iso_date(article.date or "")
        if day is None and guess and guess not in visits(tree.text_content()):
            day = PageDate(article.date or guess, guess, "guess")
        return replace(
            said,
            title=said.title or value(article.title, 500),
            authors=said.authors or _people(article.author),
            date=day,
            site=said.site or value(article.site, 200),
            licence=said.licence or value(article.licence, 300),
            description=said.description or value(article.description),
        )


def metadata(tree: HtmlElement, base: str, uri: str) -> Said:
    """Title, authors, date with its rule, site, language and the rest, as the page's own tags give them."""
    tags = _tags(tree)
    data = article_object(tree)
    canonical = _link(tree, "canonical", base)
    return Said(
        Metadata(
            title=_title(tree, tags, data),
            authors=_authors(tags, data),
            date=_date(tree, tags, data, uri),
            site=value(_first(tags, *_SITE_TAGS) or text_of(data.get("publisher")), 200),
            language=_language(tree, tags, data),
            licence=value(_licence(tree, tags, data, base), 300),
            description=value(_first(tags, *_DESCRIPTION_TAGS) or text_of(data.get("description"))),
            canonical=canonical if canonical and is_web(canonical) else None,
            doi=_doi(tags, canonical or ""),
            robots=_robots(tags),
        )
    )


def _licence(tree: HtmlElement, tags: dict[str, list[str]], data: dict[str, Any], base: str) -> str | None:
    return _link(tree, "license", base) or text_of(data.get("license")) or _first(tags, *_LICENCE_TAGS)


def _tags(tree: HtmlElement) -> dict[str, list[str]]:
    """The page's meta tags: lower-case name, property or itemprop to its values in order."""
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        content = meta.get("content")
        if content and content.strip():
            for attribute in ("name", "property", "itemprop", "http-equiv"):
                name = (meta.get(attribute) or "").strip().lower()
                if name:
                    found.setdefault(name, []).append(content.strip())
    return found


def _first(tags: dict[str, list[str]], *names: str) -> str | None:
    return next((tags[name][0] for name in names if name in tags), None)


def _title(tree: HtmlElement, tags: dict[str, list[str]], data: dict[str, Any]) -> str | None:
    """A heading of the page that its ``<title>`` or tags repeat; else what they say.

    Of 356 titles that people wrote down this gives 280 exactly, the tags alone 242; the headline of
    Wikipedia's JSON-LD is a description, and a page's name in the tags often has the site's name behind it.
    """
    declared = [_first(tags, "citation_title"), text_of(data.get("headline")), _first(tags, *_TITLE_TAGS)]
    name = tree.find(".//title")
    repeated = [*declared, "".join(name.itertext()) if name is not None else None]
    known = [_words(text) for text in repeated if text]
    shown = []
    for heading in islice(tree.iter("h1"), _MOST_HEADINGS):
        words = squeeze("".join(heading.itertext())[:_LONGEST_TITLE])
        if len(_words(words)) > 3 and any(_words(words) in text for text in known):
            shown.append(words)
    best = max(shown, key=len, default=None)
    return value(declared[0] or best or declared[1] or declared[2], 500)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text[:_LONGEST_TITLE].casefold()))


def _authors(tags: dict[str, list[str]], data: dict[str, Any]) -> tuple[str, ...]:
    for names in (tags.get("citation_author", []), names_of(data.get("author"))):
        people = _unique(names)
        if people:
            return people
    for tag in _AUTHOR_TAGS[1:]:
        people = tuple(name for written in tags.get(tag, []) for name in _people(written))
        if people:
            return people[:_MOST_AUTHORS]
    return ()


def _people(written: str | None) -> tuple[str, ...]:
    """Names in one string, parted by semicolons or "and"; a byline's "by" and addresses are left out."""
    parts = re.split(r"\s*;\s*|\s+(?:and|und|et|y)\s+|\s*\|\s*", written or "")
    return _unique(
        [re.sub(r"^(?:by|von|par|por|di|door)\s+", "", part.strip(), flags=re.IGNORECASE) for part in parts]
    )


def _unique(names: list[str]) -> tuple[str, ...]:
    kept = {
        name: None
        for written in names
        if (name := value(written, 200))
        and "://" not in name
        and "@" not in name
        and any(map(str.isalpha, name))
    }
    return tuple(kept)[:_MOST_AUTHORS]


def _date(tree: HtmlElement, tags: dict[str, list[str]], data: dict[str, Any], uri: str) -> PageDate | None:
    """The publication date by the first rung of the ladder that gives one."""
    for key in ("datePublished", "dateCreated", "uploadDate"):
        found = _page_date(text_of(data.get(key)), "json-ld")
        if found:
            return found
    for tag in _DATE_TAGS:
        for written in tags.get(tag, []):
            found = _page_date(written, "meta")
            if found:
                return found
    for written in _times(tree):
        found = _page_date(written, "time")
        if found:
            return found
    address = date_in_address(uri)
    return PageDate(address[0], address[1], "address") if address else None


def _page_date(written: str | None, rule: str) -> PageDate | None:
    iso = iso_date(written) if written else None
    return PageDate(value(written, 80) or "", iso, rule) if iso else None


def _times(tree: HtmlElement) -> Iterator[str]:
    """Dates that an element of the article is marked with: first those named as published."""
    marked = [
        element
        for element in tree.iter("time", "abbr", "span", "meta")
        if (element.tag == "time" or element.get("itemprop") == "datePublished") and not _of_another(element)
    ]
    named = [element for element in marked if _names_publication(element)]
    plain = [element for element in marked if element not in named and not _UPDATED.search(_names(element))]
    for element in named + plain[:1]:
        written = (
            element.get("datetime")
            or element.get("content")
            or element.get("title")
            or "".join(element.itertext())
        )
        if written:
            yield written


def _names(element: HtmlElement) -> str:
    parent = element.getparent()
    outer = parent.get("class") or "" if parent is not None and len(parent) <= 3 else ""
    return f"{element.get('class') or ''} {element.get('itemprop') or ''} {outer}"


def _names_publication(element: HtmlElement) -> bool:
    return element.get("pubdate") is not None or (
        bool(_PUBLISHED.search(_names(element))) and not _UPDATED.search(element.get("class") or "")
    )


def _of_another(element: HtmlElement) -> bool:
    """Whether an element belongs to a teaser, a comment or the page's frame rather than to the article."""
    articles = 0
    for parent in element.iterancestors():
        articles += parent.tag == "article"
        if parent.tag in _NOT_THE_ARTICLE or parent.tag == "li" or articles > 1:
            return True
        if parent.tag in ("div", "section", "article") and _TEASER.search(
            f"{parent.get('class') or ''} {parent.get('id') or ''}"
        ):
            return True
    return False


def _language(tree: HtmlElement, tags: dict[str, list[str]], data: dict[str, Any]) -> str | None:
    candidates = (
        tree.get("lang"), tree.get("{http://www.w3.org/XML/1998/namespace}lang"), tree.get("xml:lang"),
        _first(tags, "content-language", "language", "dc.language", "dcterms.language", "citation_language"),
        text_of(data.get("inLanguage")), _first(tags, "og:locale"),
    )  # fmt: skip
    for written in candidates:
        written = (written or "").partition(",")[0].strip()
        if _LANGUAGE.match(written):
            return written.replace("_", "-")
    return None


def _link(tree: HtmlElement, relation: str, base: str) -> str | None:
    for element in tree.iter("link", "a"):
        if relation in (element.get("rel") or "").lower().split() and element.get("href"):
            return value(join(base, element.get("href") or ""), 2000)
    return None


def _doi(tags: dict[str, list[str]], canonical: str) -> str | None:
    candidates = [written for tag in _DOI_TAGS for written in tags.get(tag, [])]
    for written in [*candidates, canonical if "doi.org/" in canonical else ""]:
        match = _DOI.search(written)
        if match:
            return value(match[0].rstrip(".,;)"), 300)
    return None


def _robots(tags: dict[str, list[str]]) -> tuple[str, ...]:
    words = [
        word.strip().lower()
        for tag in _ROBOTS
        for written in tags.get(tag, [])
        for word in written[:500].split(",")
    ]
    return tuple(dict.fromkeys(word[:60] for word in words if word))[:30]
