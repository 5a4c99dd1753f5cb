"""A parsed page to the body of its article. [trafilatura]

One run with links on the page's own tree (which it copies, so the page stays whole). Never with
``deduplicate``: that keeps state between pages, and the same bytes would give another text.
"""

import logging
from dataclasses import dataclass
from importlib.metadata import version

import trafilatura
from lxml.etree import LxmlError, _Element
from lxml.html import HtmlElement

from archive.errors import ExtractionFailed

EXTRACTOR = f"trafilatura {version('trafilatura')}"
# The library warns of every page that it discards; the reason goes into the record instead.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Article:
    """The body that the library found, and its guesses about the page."""

    body: _Element
    title: str | None = None
    author: str | None = None
    date: str | None = None
    site: str | None = None
    description: str | None = None
    licence: str | None = None


def article(page: HtmlElement, uri: str, frame: list[str]) -> Article | None:
    """The article of a page, or None where the library finds none; ``frame``: XPaths of what is cut first.

    :raises ExtractionFailed: the library stumbled over the page.
    """
    try:
        found = trafilatura.bare_extraction(
            page,
            url=uri,
            include_links=True,
            include_tables=True,
            include_comments=False,
            with_metadata=True,
            prune_xpath=frame or None,
        )
    except (LxmlError, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError) as error:
        raise ExtractionFailed(f"extractor: {type(error).__name__}: {error}"[:200]) from error
    if found is None or isinstance(found, dict):
        return None
    return Article(
        found.body, found.title, found.author, found.date, found.sitename, found.description, found.license
    )
