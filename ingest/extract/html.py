"""An HTML page to its text of record: parsed once, searched once, rendered by us.

bytes -> characters -> tree -> links numbered -> article (trafilatura) -> text, links, metadata
"""

import re
from dataclasses import replace

from lxml.etree import LxmlError, ParserError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from archive.errors import ExtractionFailed
from archive.uri import join
from archive.warc.media.encoding import decode
from ingest.extract.anchors import Anchors
from ingest.extract.backlinks import without_arrows
from ingest.extract.clean import UNWANTED
from ingest.extract.guard import LONGEST, disarmed, is_heavy
from ingest.extract.metadata import metadata
from ingest.extract.page import Extraction, Page
from ingest.extract.pointers import pointers
from ingest.extract.quotes import quoted_inline
from ingest.extract.render import Rendered, render
from ingest.extract.tree import EXTRACTOR, Article, article
from ingest.extract.visible import visible
from ingest.extract.whole import WIKI_FRAME, is_dump, without_frame

_WHOLE = "pincite-whole 1"
_CONTROL = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bBeEfF]|1[0-9a-fA-F]))(?:;|(?![0-9a-fA-F]))"
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>", re.IGNORECASE)


def extract_html(page: Page) -> Extraction:
    """The article of an HTML page, or the whole page's words where it is too heavy to be searched.

    :raises ExtractionFailed: no tree or no text could be made of it.
    """
    source = disarmed(decode(page.payload, page.charset))
    if len(source) > LONGEST:
        raise ExtractionFailed(f"too long: {len(source)} characters, the limit is {LONGEST}")
    tree = parse(source)
    without_arrows(tree)
    base = _base(tree, page.uri)
    anchors = Anchors(tree, base, page.uri)
    said = metadata(tree, base, page.uri)
    with anchors.numbered(), quoted_inline(tree):
        frame = WIKI_FRAME if anchors.wiki else []
        found = None if is_heavy(source) else article(tree, page.uri, frame)
        extractor = _WHOLE if found is None else EXTRACTOR
        found = found or Article(without_frame(_body(tree)))
        if is_dump(found.body, _body(tree)):
            found = replace(found, body=without_frame(_body(tree)))
        rendered = render(found.body, anchors.run)
    whole = said.with_guesses(found, tree)
    if not rendered.body:
        return Extraction(extractor, metadata=whole, share=0.0, reason="no text found")
    return Extraction(
        extractor, rendered.body, whole, rendered.headings, (), _share(rendered, tree), None,
        pointers(anchors, rendered, whole),
    )  # fmt: skip


def parse(source: str) -> HtmlElement:
    """The tree of a page.

    :raises ExtractionFailed: there is none (no element at all).
    """
    # A control character, written or by number, would make the extractor give up the whole page.
    source = _CONTROL.sub("", UNWANTED.sub("", _DECLARATION.sub("", source, count=1)))
    # Comments would cut the text around them in two; a page's own charset no longer holds for our UTF-8.
    parser = HTMLParser(
        collect_ids=False, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        return document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (LxmlError, ParserError, ValueError) as error:
        # libxml2 out of memory: lxml has no words for that.
        if "unknown error" in str(error):
            raise MemoryError from error
        raise ExtractionFailed(f"not parsed: {error}"[:200]) from error


def _body(tree: HtmlElement) -> HtmlElement:
    body = tree.find("body")
    return tree if body is None else body


def _base(tree: HtmlElement, uri: str) -> str:
    element = tree.find(".//base[@href]")
    return uri if element is None else join(uri, element.get("href") or "")


def _share(rendered: Rendered, tree: HtmlElement) -> float:
    kept, whole = len("".join(rendered.body.split())), visible(_body(tree))
    return round(min(1.0, kept / whole), 4) if whole else 0.0
