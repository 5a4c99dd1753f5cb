"""A page as a reader sees it without its furniture: what is left when no article can be told apart. Pure.

For a page of a few words the extractor gives every word of it in one paragraph, menus included; for one
too heavy to be searched it is not asked at all.
"""

import re
from copy import deepcopy

from lxml.html import HtmlElement

from ingest.extract.visible import visible

_FRAME = frozenset(("nav", "footer", "aside", "button", "dialog", "menu", "select", "noscript", "label"))
_ROLES = frozenset(("navigation", "search", "contentinfo", "complementary", "dialog", "alert", "menu"))
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|footer|sidebar|cookies?|consent|skip-?link|toolbar|"
    r"pagination|share|social|newsletter|search)(?:[\s_-]|$)",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)
# The frame that MediaWiki puts around every page; its short pages are all frame to the extractor.
_WIKI_FRAME = (
    "mw-jump-link", "mw-editsection", "printfooter", "catlinks", "navbox", "noprint", "toc",
    "vector-header-container", "mw-indicators", "mw-portlet", "vector-page-toolbar", "mw-footer",
    "vector-dropdown",
)  # fmt: skip
_WIKI_IDS = (
    "mw-navigation", "mw-head", "mw-panel", "mw-head-base", "mw-page-base", "siteSub", "contentSub",
    "contentSub2", "jump-to-nav", "footer", "toc", "catlinks", "p-search", "siteNotice",
)  # fmt: skip
WIKI_FRAME = [
    *(f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]" for name in _WIKI_FRAME),
    "//*[" + " or ".join(f"@id='{name}'" for name in _WIKI_IDS) + "]",
]
_MOSTLY = 0.9


def is_dump(body: HtmlElement, page: HtmlElement) -> bool:
    """Whether an article is nothing but the whole page's words in one paragraph."""
    if len(body) != 1 or len(body[0]):
        return False
    return len("".join((body[0].text or "").split())) >= visible(page) * _MOSTLY > 0


def without_frame(page: HtmlElement) -> HtmlElement:
    """A copy of a page's body without menus, footers and what is hidden; a frame around most words stays."""
    body = deepcopy(page)
    whole = visible(body)
    for element in [element for element in body.iterdescendants("*") if _is_frame(element)]:
        if element.getparent() is not None and visible(element) * 2 <= whole:
            element.drop_tree()
    return body


def _is_frame(element: HtmlElement) -> bool:
    if element.tag in _FRAME or element.get("role") in _ROLES or element.get("hidden") is not None:
        return True
    if element.get("aria-hidden") == "true" or _HIDDEN.search(element.get("style") or ""):
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag in ("div", "ul", "section", "header", "form") and bool(_NAMES.search(names))
