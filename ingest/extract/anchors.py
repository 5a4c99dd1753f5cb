"""The links of a parsed page, numbered before the extractor runs and known again behind it. Pure.

The extractor keeps of a link only its target. For its run every target is a number of ours, by which
the rendered words lead back to the element with all that stands around it.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from lxml.html import HtmlElement

from archive.uri import join, site
from ingest.extract.clean import squeeze

_MOST = 20_000
_LABEL_LIMIT = 500
_LONGEST_ADDRESS = 4000
# How far up from a link the markup still speaks of that link, not of the page.
_REACH = 5
_LANDMARKS = {
    "nav": "navigation", "aside": "related", "footer": "navigation", "figcaption": "caption",
    "button": "share",
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
}  # fmt: skip
# Words in the class or id of an element around a link, each a whole word between blanks, - and _.
_NAMES = {
    "share": "share|sharing|social|sharedaddy|addtoany|follow-us",
    "tag": "tags?|tag-?list|tags-links|cat-links|categories|post-tags|topics?-list",
    "author": "byline|author-?(?:bio|box|info|name|link|card)?|post-author|vcard",
    "related": "related|recommend(?:ed|ations)?|read-?(?:more|next|also)|more-(?:stories|on|from)|teasers?"
    "|also-read|you-may",
    "advertisement": "ad|ads|advert(?:isement)?|sponsor(?:ed)?|promo(?:tion)?|newsletter|affiliate"
    "|[a-z]*-?disclosures?|card-feature",
    "navigation": "nav|navbar|navbox|navigation|menu|breadcrumbs?|toc|pagination|sidebar|mw-editsection|"
    "skip-link",
}
_NAMED = re.compile(
    "|".join(f"(?P<{part}>(?:^|[\\s_-])(?:{words})(?:[\\s_-]|$))" for part, words in _NAMES.items()),
    re.IGNORECASE,
)
_RELATIONS = {
    "author": "author", "tag": "tag", "category": "tag", "sponsored": "advertisement", "prev": "navigation",
    "next": "navigation", "home": "navigation",
}  # fmt: skip
# No teaser, author's box or advertisement has as many characters of paragraphs.
_PROSE = 1500
# A few sentences; and the parts of a page that are links and little else.
_SENTENCES = 250
_SPARSE = frozenset(("navigation", "tag", "share"))
_OUTER = frozenset(("body", "html", "article", "main"))


@dataclass(frozen=True)
class Anchor:
    """An ``<a href>``: its element, its address, the id it points to on the same page (or ``""``)."""

    number: int
    element: HtmlElement
    href: str
    base: str
    fragment: str

    @cached_property
    def uri(self) -> str:
        """Its absolute address, with the fragment as written."""
        before, hash_sign, fragment = self.href.partition("#")
        address = join(self.base, before)
        return (f"{address}#{fragment}" if hash_sign and fragment else address)[:_LONGEST_ADDRESS]

    @cached_property
    def label(self) -> str:
        """Its words on one line."""
        return squeeze("".join(self.element.itertext()))[:_LABEL_LIMIT]


class Anchors:
    """Every ``<a href>`` of a page, in the order of the page."""

    def __init__(self, tree: HtmlElement, base: str, page: str) -> None:
        self.tree, self.page = tree, page
        self.wiki = _is_mediawiki(tree)
        own = page.partition("#")[0]
        self.all: list[Anchor] = []
        for element in tree.iter("a"):
            href = element.get("href")
            if href is not None and len(self.all) < _MOST:
                self.all.append(_anchor(len(self.all), element, href.strip(), base, own))

    def run(self, number: int) -> tuple[str, str]:
        """The characters right before and behind a link in its run of text, ``""`` at an edge."""
        return _run(self.all[number].element) if 0 <= number < len(self.all) else ("", "")

    @cached_property
    def by_element(self) -> dict[HtmlElement, Anchor]:
        """Each link by its element."""
        return {anchor.element: anchor for anchor in self.all}

    @contextmanager
    def numbered(self) -> Iterator[None]:
        """While this holds, the targets of the tree's links are their numbers."""
        for anchor in self.all:
            anchor.element.set("href", f"urn:a:{anchor.number}")
        try:
            yield
        finally:
            for anchor in self.all:
                anchor.element.set("href", anchor.href)

    @cached_property
    def _prose(self) -> dict[HtmlElement, int]:
        """How many characters of the page's paragraphs each element holds."""
        held: dict[HtmlElement, int] = {}
        for paragraph in self.tree.iter("p"):
            length = sum(map(len, paragraph.itertext()))
            for element in (paragraph, *paragraph.iterancestors()):
                held[element] = held.get(element, 0) + length
        return held

    def _holds_the_article(self, element: HtmlElement) -> bool:
        """Whether much of the page's prose stands in an element: whatever its class says, it is the article.

        Frames are called "sidebar-fixed", "social-scroll" or "toc-title-2"; what belongs to a frame is short.
        """
        held = self._prose.get(element, 0)
        return held * 2 > self._prose.get(self.tree, 0) or (held > _PROSE and element.tag not in _LANDMARKS)

    def _is_prose(self, element: HtmlElement) -> bool:
        """Whether an element is mostly words of paragraphs, which no menu and no list of tags is."""
        linked = sum(len("".join(link.itertext())) for link in element.iter("a"))
        held = self._prose.get(element, 0)
        return held > _SENTENCES and linked * 4 < held and element.tag not in _LANDMARKS

    def within(self, anchor: Anchor) -> str:
        """The part of the page that a link belongs to, ``""`` in running text."""
        for word in (anchor.element.get("rel") or "").lower().split():
            if word in _RELATIONS:
                return _RELATIONS[word]
        element = anchor.element
        for _ in range(_REACH):
            if self._holds_the_article(element):
                break
            found = _part(element)
            if found and not (found in _SPARSE and self._is_prose(element)):
                return found
            parent = element.getparent()
            if parent is None or parent.tag in _OUTER:
                break
            element = parent
        return "wiki" if self.wiki and site(anchor.uri) == site(self.page) else ""


def _run(element: HtmlElement) -> tuple[str, str]:
    previous, parent = element.getprevious(), element.getparent()
    before = previous.tail if previous is not None else parent.text if parent is not None else ""
    before, after = before or "", element.tail or ""
    return (before[-1] if before.strip() else ""), (after[0] if after.strip() else "")


def _part(element: HtmlElement) -> str:
    landmark = _LANDMARKS.get(str(element.tag))
    if landmark:
        return landmark
    # A paragraph is running text whatever its class; only what holds the whole of it may speak.
    names = f"{element.get('class') or ''} {element.get('id') or ''}".strip()
    found = _NAMED.search(names) if names and element.tag != "p" else None
    if found and found.lastgroup:
        return found.lastgroup
    return "navigation" if (element.get("role") or "") == "navigation" else ""


def _anchor(number: int, element: HtmlElement, href: str, base: str, own: str) -> Anchor:
    before, hash_sign, fragment = href.partition("#")
    # A bare "#x" is this page whatever <base> says to it: pages with a base and footnotes mean that.
    same = bool(hash_sign) and (not before or join(base, before) == own)
    return Anchor(number, element, href, own if same and not before else base, fragment if same else "")


def _is_mediawiki(tree: HtmlElement) -> bool:
    return any(
        "mediawiki" in (meta.get("content") or "").lower()
        for meta in tree.iterfind(".//meta[@name]")
        if (meta.get("name") or "").lower() == "generator"
    )
