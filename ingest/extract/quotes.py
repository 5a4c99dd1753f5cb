"""Quotations inside a sentence, ``<q>``: while the extractor runs they are words between marks. Pure.

The extractor would make a paragraph of its own of each, and the sentence around it would be three.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from lxml.html import HtmlElement


@contextmanager
def quoted_inline(tree: HtmlElement) -> Iterator[None]:
    """While this holds, each ``<q>`` without a paragraph in it is a ``<span>`` between quotation marks."""
    found = [element for element in tree.iter("q") if element.find(".//p") is None]
    before = [(element, element.text, element.tail) for element in found]
    for element in found:
        element.tag = "span"
        element.text = "“" + (element.text or "")
        element.tail = "”" + (element.tail or "")
    try:
        yield
    finally:
        for element, text, tail in before:
            element.tag, element.text, element.tail = "q", text, tail
