"""Plain text to a text of record: its lines as they are, its title, its headings. Pure."""

import re

from archive.anchor import paragraphs
from archive.model import Heading, Metadata
from archive.warc.media.encoding import decode
from ingest.citations.headings import is_source_heading
from ingest.extract.clean import clean, value
from ingest.extract.page import Extraction, Links, Page

EXTRACTOR = "pincite-plain 1"
_TITLE_LONGEST = 200
_HEADING_LONGEST = 90
_HEADING_WORDS = 12
_NO_HEADING = re.compile(
    r"[.!?…,;:。！？][”’\"»)]?$|^\s*(?:[•·‣▪●*+–—-]|\(?\d{1,3}[.)]|\[\d)\s|https?://|@|[|\t]"
)
# A first line that ends as a sentence does is the first sentence: a note without a title loses no claim.
_SENTENCE = re.compile(r"[^\W\d_]{3}[.。][”’\"»)]?$|[^\x00-\u2fff]{8}。$")
_SENTENCE_WORDS = 6
_BULLETED = re.compile(r"\s*(?:[•·‣▪●*+–—-]|\(?\d{1,3}[.)])\s")
_STOP = re.compile(r"[.!?…。！？:][”’\"»)]?(?:\s|$)|[^\x00-\u2fff]{12}")
_PROSE = 24
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")


def extract_plain(page: Page) -> Extraction:
    """The text of a plain-text payload; its first line is the title, unless it is a sentence."""
    body = tidy(clean(decode(page.payload, page.charset), keep_pages=True))
    if not body:
        return Extraction(EXTRACTOR, reason="empty")
    headings = _headings(body)
    title = value(body.partition("\n")[0], _TITLE_LONGEST) if _has_title(body) else None
    return Extraction(EXTRACTOR, body, Metadata(title=title), headings, share=1.0, links=Links(uri=page.uri))


def tidy(text: str) -> str:
    """Lines without trailing blanks, one blank line between paragraphs, none at the ends."""
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", lines).strip("\n").rstrip()


def _has_title(body: str) -> bool:
    first, _, rest = body.partition("\n")
    if _SENTENCE.search(first.strip()) and len(first.split()) >= _SENTENCE_WORDS:
        return False
    return 0 < len(first.strip()) <= _TITLE_LONGEST and bool(rest.strip())


def _headings(body: str) -> tuple[Heading, ...]:
    """The title, and the short lines without a stop that stand alone between longer paragraphs."""
    spans = list(paragraphs(body))
    found = []
    for number, (start, end) in enumerate(spans):
        line = body[start:end]
        if number == 0 and _has_title(body) and "\n" not in line:
            found.append(Heading(start, 1))
        elif is_source_heading(line) or (_is_heading(line) and _leads(body, spans[number + 1 :])):
            found.append(Heading(start, 2))
    return tuple(found)


def _is_heading(line: str) -> bool:
    if "\n" in line or len(line) > _HEADING_LONGEST or len(line.split()) > _HEADING_WORDS:
        return False
    return bool(line[:1].isupper() or line[:1].isdigit() or line[:1] in '“"¿«') and not _NO_HEADING.search(
        line
    )


def _leads(body: str, following: list[tuple[int, int]]) -> bool:
    """Whether prose or a list with bullets follows: a list of titles is no row of headings."""
    after = body[slice(*following[0])] if following else ""
    return bool(_BULLETED.match(after)) or (len(after) > _PROSE and bool(_STOP.search(after)))
