"""Which reader takes a page, by its media type. Pure."""

import re

from archive.errors import ExtractionFailed
from ingest.extract.page import Extraction, Page

_HTML = ("text/html", "application/xhtml+xml")
_MARKDOWN = ("text/markdown", "text/x-markdown")
_LATEX = ("text/x-tex", "application/x-tex", "application/x-latex")
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EPUB = "application/epub+zip"
_MARKDOWN_NAME = re.compile(r"\.(?:md|markdown|mdown|mkd)$", re.IGNORECASE)


def extract(page: Page) -> Extraction:
    """The text of record of a page with what it says of itself; a page without text says why.

    Never raises for what a page holds: whatever a reader stumbles over becomes ``reason``.
    """
    media = page.media.partition(";")[0].strip().lower()
    try:
        return _read(media, page)
    except ExtractionFailed as failure:
        return Extraction(_name(media), reason=failure.reason)
    except MemoryError:
        return Extraction(_name(media), reason="limit: memory")
    except RecursionError:
        return Extraction(_name(media), reason="limit: nesting")


def _read(media: str, page: Page) -> Extraction:
    # Loaded at need: a child that reads plain text has no use for trafilatura's 20 MB.
    if not page.payload.strip():
        raise ExtractionFailed("empty")
    if media in _HTML:
        from ingest.extract.html import extract_html

        return extract_html(page)
    if media == "application/pdf":
        from ingest.pdf import extract_pdf

        return extract_pdf(page)
    if media in _MARKDOWN or (media == "text/plain" and _MARKDOWN_NAME.search(page.uri)):
        from ingest.extract.markdown import extract_markdown

        return extract_markdown(page)
    if media == "text/plain":
        from ingest.extract.plain import extract_plain

        return extract_plain(page)
    if media in (_DOCX, _EPUB) or media in _LATEX:
        return _manuscript(media, page)
    raise ExtractionFailed(f"not a text: {media or 'unknown type'}")


def _manuscript(media: str, page: Page) -> Extraction:
    if media == _DOCX:
        from ingest.extract.word import extract_word

        return extract_word(page)
    if media == _EPUB:
        from ingest.extract.epub import extract_epub

        return extract_epub(page)
    from ingest.extract.latex import extract_latex

    return extract_latex(page)


def _name(media: str) -> str:
    return {"application/pdf": "pypdfium2", "text/plain": "pincite-plain 1"}.get(media, "pincite 1")
