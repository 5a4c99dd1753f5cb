"""What a page's JSON-LD says of its article (schema.org). Pure."""

import json
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

_LONGEST = 500_000
_DEEPEST = 12
_MOST = 400
_ARTICLES = frozenset((
    "Article", "NewsArticle", "BlogPosting", "Report", "ScholarlyArticle", "AnalysisNewsArticle",
    "OpinionNewsArticle", "ReportageNewsArticle", "ReviewNewsArticle", "BackgroundNewsArticle",
    "TechArticle", "SocialMediaPosting", "LiveBlogPosting", "AdvertiserContentArticle",
    "MedicalScholarlyArticle", "SatiricalArticle", "DiscussionForumPosting", "Review", "Recipe",
))  # fmt: skip
_PAGES = frozenset((
    "WebPage", "ItemPage", "AboutPage", "FAQPage", "CreativeWork", "VideoObject", "Book", "Dataset",
    "PodcastEpisode",
))  # fmt: skip


def article_object(tree: HtmlElement) -> dict[str, Any]:
    """The object that describes the page's article, else the page, else nothing (an empty dict)."""
    objects = [item for script in _scripts(tree) for item in _objects(script)]
    for types in (_ARTICLES, _PAGES):
        found = [item for item in objects if types & set(_types(item))]
        # A list page describes its teasers too: several articles and none of them says it is the page.
        main = [item for item in found if "mainEntityOfPage" in item or "articleBody" in item] or found
        if main:
            return main[0]
    return {}


def citing_objects(tree: HtmlElement) -> list[dict[str, Any]]:
    """The objects that describe an article or page and say what it cites."""
    objects = (item for script in _scripts(tree) for item in _objects(script))
    return [item for item in objects if item.get("citation") and (_ARTICLES | _PAGES) & set(_types(item))]


def _scripts(tree: HtmlElement) -> Iterator[Any]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text and len(script.text) <= _LONGEST:
            try:
                yield json.loads(script.text, strict=False)
            except (ValueError, RecursionError):
                # A page's broken JSON-LD says nothing; its other tags still speak.
                continue


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a document, outermost first, bounded."""
    queue: list[tuple[Any, int]] = [(value, 0)]
    seen = 0
    while queue and seen < _MOST:
        item, depth = queue.pop(0)
        seen += 1
        if isinstance(item, dict):
            yield item
            children = list(item.values())
        else:
            children = item if isinstance(item, list) else []
        if depth < _DEEPEST:
            queue.extend((child, depth + 1) for child in children if isinstance(child, (dict, list)))


def _types(item: dict[str, Any]) -> list[str]:
    kind = item.get("@type")
    return [str(name).rpartition("/")[2] for name in (kind if isinstance(kind, list) else [kind]) if name]


def text_of(value: Any) -> str | None:
    """A value as words: a string, the first of a list, the ``name`` or ``@id`` of an object."""
    if isinstance(value, list):
        return next((text for item in value if (text := text_of(item))), None)
    if isinstance(value, dict):
        return (
            text_of(value.get("name"))
            or text_of(value.get("@value"))
            or text_of(value.get("url") or value.get("@id"))
        )
    return value.strip() or None if isinstance(value, str) else None


def names_of(value: Any) -> list[str]:
    """The names of people or organisations, in order."""
    items = value if isinstance(value, list) else [value]
    return [name for item in items if (name := text_of(item.get("name") if isinstance(item, dict) else item))]
