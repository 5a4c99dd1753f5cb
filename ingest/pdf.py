"""A PDF to its text of record: pages parted by U+000C, paragraphs repaired, metadata. [pypdfium2]

page label "iv"  ->  Extraction.pages[0]        body.split("\\f")[0]  ->  its text
"""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from archive.errors import ExtractionFailed
from archive.model import Metadata, PageDate
from ingest.citations import is_source_heading
from ingest.extract.clean import clean, value
from ingest.extract.dates import iso_date
from ingest.extract.page import Extraction, Link, Links, Page
from ingest.extract.plain import tidy

EXTRACTOR = f"pypdfium2 {pypdfium2.PYPDFIUM_INFO.version}"
_MOST_PAGES = 3000
_LONGEST = 20_000_000
_DATE = re.compile(r"D?:?(\d{4})(\d{2})?(\d{2})?")
# Pdfium marks a hyphen at a line end that it would join with U+FFFE; others come as they were printed.
_SOFT_BREAK = re.compile(r"(?<=[^\W\d_])(?:\ufffe|\xad|-)\n(?=[a-zà-öø-ÿ])")
_HARD_BREAK = re.compile(r"(?<=\w)\ufffe\n?")
_FURNITURE_LINES = 2
_LIST_ITEM = re.compile(r"^\s*(?:[•·‣▪●*–—-]\s|\(?\d{1,3}[.)]\s|\[\d{1,3}\]\s)")
_NUMBER = re.compile(r"\d+")


def extract_pdf(page: Page) -> Extraction:
    """The text of a PDF with its page labels.

    :raises ExtractionFailed: it is encrypted, damaged, or holds no text (scanned pages).
    """
    try:
        document = pypdfium2.PdfDocument(page.payload)
    except pypdfium2.PdfiumError as error:
        raise ExtractionFailed(_reason(str(error))) from error
    try:
        return _read(document, page.uri)
    finally:
        document.close()


def _reason(message: str) -> str:
    lowered = message.lower()
    if "password" in lowered or "security" in lowered:
        return "pdf: encrypted"
    return f"pdf: damaged ({message})"[:200]


def _read(document: pypdfium2.PdfDocument, uri: str) -> Extraction:
    if len(document) > _MOST_PAGES:
        raise ExtractionFailed(f"pdf: {len(document)} pages, the limit is {_MOST_PAGES}")
    raw, targets = [], []
    for number in range(len(document)):
        try:
            words, links = _page(document, number)
        except pypdfium2.PdfiumError:
            # One damaged page loses its own text and no other's.
            words, links = "", []
        raw.append(words)
        targets.append(links)
        if sum(map(len, raw)) > _LONGEST:
            raise ExtractionFailed(f"pdf: too long, the limit is {_LONGEST} characters")
    texts = [repaired(words) for words in without_furniture(raw)]
    labels = tuple(document.get_page_label(number) or str(number + 1) for number in range(len(texts)))
    said = _metadata(document, raw)
    if not any(texts):
        return Extraction(
            EXTRACTOR, metadata=said, pages=labels, share=0.0, reason="pdf: no text (scanned pages?)"
        )
    body = "\f".join(texts)
    return Extraction(EXTRACTOR, body, said, (), labels, 1.0, None, Links(_links(texts, targets), uri=uri))


def _page(document: pypdfium2.PdfDocument, number: int) -> tuple[str, list[tuple[str, str]]]:
    page = document[number]
    try:
        text = page.get_textpage()
        try:
            return text.get_text_range(), list(_targets(document, page, text))
        finally:
            text.close()
    finally:
        page.close()


def _targets(
    document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage
) -> Iterator[tuple[str, str]]:
    """The page's link annotations: address and the words that they cover."""
    place, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    while pdfium.FPDFLink_Enumerate(page.raw, place, link):
        action = pdfium.FPDFLink_GetAction(link)
        rectangle = pdfium.FS_RECTF()
        if not action or not pdfium.FPDFLink_GetAnnotRect(link, rectangle):
            continue
        size = pdfium.FPDFAction_GetURIPath(document.raw, action, None, 0)
        buffer = ctypes.create_string_buffer(size)
        pdfium.FPDFAction_GetURIPath(document.raw, action, buffer, size)
        address = buffer.value.decode("utf-8", "replace")
        if address.startswith(("http://", "https://")):
            words = text.get_text_bounded(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
            yield address[:4000], words


def _links(texts: Sequence[str], targets: Sequence[list[tuple[str, str]]]) -> tuple[Link, ...]:
    """The links whose words are found on their page; the same words again are looked for behind them."""
    links = []
    offset = 0
    for text, found in zip(texts, targets, strict=True):
        at = 0
        for address, words in found:
            label = re.escape(" ".join(clean(words).split())).replace(r"\ ", r"\s+")
            match = re.compile(label).search(text, at) or re.compile(label).search(text) if label else None
            if match and match.end() > match.start():
                at = match.end()
                links.append(Link(match[0], address, offset + match.start(), offset + match.end()))
        offset += len(text) + 1
    return tuple(sorted(links, key=lambda link: link.start or 0))


def without_furniture(pages: Sequence[str]) -> list[str]:
    """Pages without the running heads and page numbers that most of them share."""
    lines = [words.replace("\r\n", "\n").replace("\r", "\n").split("\n") for words in pages]
    if len(lines) < 3:
        return ["\n".join(page) for page in lines]
    seen = Counter(
        shape for page in lines for shape in {_shape(line) for line in _edges(page) if line.strip()}
    )
    common = {shape for shape, count in seen.items() if count >= max(3, len(lines) * 0.5)}
    return ["\n".join(_without(page, common)) for page in lines]


def _edges(page: list[str]) -> list[str]:
    return page[:_FURNITURE_LINES] + page[-_FURNITURE_LINES:]


def _without(page: list[str], common: set[str]) -> list[str]:
    last = len(page) - _FURNITURE_LINES
    return [
        line for number, line in enumerate(page)
        if not ((number < _FURNITURE_LINES or number >= last) and _shape(line) in common)
    ]  # fmt: skip


def _shape(line: str) -> str:
    return _NUMBER.sub("0", " ".join(line.split()).casefold())


def repaired(words: str) -> str:
    """One page's lines as paragraphs: hyphens at line ends joined; a short line ends one."""
    words = _HARD_BREAK.sub("", _SOFT_BREAK.sub("", words))
    lines = clean(words).split("\n")
    full = sorted(len(line) for line in lines if line.strip())
    width = full[int(len(full) * 0.8)] if full else 0
    paragraphs: list[str] = []
    ended = True
    for line in lines:
        line = " ".join(line.split())
        if not line:
            ended = True
        elif paragraphs and not ended and _is_heading(line, paragraphs[-1], width):
            paragraphs.append(line)
            ended = True
        elif ended or not paragraphs or _LIST_ITEM.match(line):
            paragraphs.append(line)
            ended = _ends(line, width)
        else:
            paragraphs[-1] += " " + line
            ended = _ends(line, width)
    return tidy("\n\n".join(paragraphs))


def _is_heading(line: str, before: str, width: int) -> bool:
    """Whether a line that no gap sets apart is a heading: of sources, or short behind a full stop."""
    if is_source_heading(line):
        return True
    short = len(line) < width * 0.5 and len(line.split()) <= 8
    return short and before[-1:] in ".!?" and line[:1].isupper() and line[-1:].isalnum()


def _ends(line: str, width: int) -> bool:
    """Whether a line is the last of its paragraph: clearly shorter than the column."""
    short = len(line) < width * 0.75
    return short and (line[-1:] in '.!?:;”’")' or len(line) < width * 0.6)


def _metadata(document: pypdfium2.PdfDocument, texts: Sequence[str]) -> Metadata:
    said = document.get_metadata_dict(skip_empty=True)
    first = next((line for text in texts for line in text.splitlines() if line.strip()), "")
    title = said.get("Title")
    # Word processors write their own name or the file's into the title.
    if not title or re.search(
        r"^(?:microsoft word|untitled|slide 1)|\.(?:docx?|indd|tex|qxd|pptx?|pdf)$", title, re.IGNORECASE
    ):
        title = first if len(first) <= 200 else None
    return Metadata(
        title=value(title, 500),
        authors=tuple(
            name for part in re.split(r"\s*;\s*", said.get("Author", "")) if (name := value(part, 200))
        ),
        date=_date(said),
        description=value(said.get("Subject")),
    )


def _date(said: dict[str, str]) -> PageDate | None:
    written = said.get("CreationDate", "")
    match = _DATE.match(written)
    iso = iso_date("-".join(part for part in match.groups() if part)) if match and match[3] else None
    return PageDate(written[:80], iso, "pdf") if iso else None
