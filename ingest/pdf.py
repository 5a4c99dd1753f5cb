"""A PDF to its text of record: pages parted by U+000C, paragraphs repaired, metadata. [pypdfium2]

page label "iv"  ->  Extraction.pages[0]        body.split("\\f")[0]  ->  its text
"""

import ctypes
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from archive.errors import ExtractionFailed
from archive.model import Metadata, PageDate
from ingest.extract.clean import value
from ingest.extract.dates import iso_date
from ingest.extract.links import Target, placed
from ingest.extract.page import Extraction, Links, Page
from ingest.extract.paper import repaired, without_furniture
from ingest.extract.raised import Glyph, with_raised
from ingest.extract.references import Line, with_entries

EXTRACTOR = f"pypdfium2 {pypdfium2.PYPDFIUM_INFO.version}"
_MOST_PAGES = 3000
_LONGEST = 20_000_000
_DATE = re.compile(r"D?:?(\d{4})(\d{2})?(\d{2})?")
# "Appendix B-12" is a label; a prefix of 1 MB on each of 3,000 pages took 3 GB.
_LONGEST_LABEL = 80
# A link of more lines than this is none; points between a box's edge and its first character.
_MOST_BOXES = 50
# Links of one document, and letters that are looked through for them: each link is looked for among all of
# its page (20,000 links on one of 400,000 letters took all of the time, and the words were lost).
_MOST_LINKS = 20_000
_MOST_LOOKED_THROUGH = 200_000_000
# A box around a whole page is no link of its words.
_LONGEST_LINKED = 2_000
# Names of authors, all of them, as the document's information writes them.
_LONGEST_NAMES = 20_000
_REACH = 3.0


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


@dataclass(slots=True)
class _Left:
    """How many links may still be read, and how many letters looked through for them."""

    links: int
    letters: int


def _read(document: pypdfium2.PdfDocument, uri: str) -> Extraction:
    if len(document) > _MOST_PAGES:
        raise ExtractionFailed(f"pdf: {len(document)} pages, the limit is {_MOST_PAGES}")
    raw: list[list[Line]] = []
    targets: list[list[Target]] = []
    size, left = 0, _Left(_MOST_LINKS, _MOST_LOOKED_THROUGH)
    for number in range(len(document)):
        try:
            lines, links = _page(document, number, left)
        except pypdfium2.PdfiumError:
            # One damaged page loses its own text and no other's.
            lines, links = [], []
        raw.append(lines)
        targets.append(links)
        size += sum(len(line.text) for line in lines)
        if size > _LONGEST:
            raise ExtractionFailed(f"pdf: too long, the limit is {_LONGEST} characters")
    texts = [repaired("\n".join(lines)) for lines in with_entries(without_furniture(raw))]
    labels = _labels(document)
    said = _metadata(document, raw)
    if not any(texts):
        return Extraction(
            EXTRACTOR, metadata=said, pages=labels, share=0.0, reason="pdf: no text (scanned pages?)"
        )
    body = "\f".join(texts)
    return Extraction(EXTRACTOR, body, said, (), labels, 1.0, None, Links(placed(texts, targets), uri=uri))


def _labels(document: pypdfium2.PdfDocument) -> tuple[str, ...]:
    """What is printed for each page's number, as the document says; all are counted where one is none."""
    labels = []
    for number in range(len(document)):
        # In bytes of UTF-16, with a NUL behind.
        if pdfium.FPDF_GetPageLabel(document.raw, number, None, 0) > 2 * (_LONGEST_LABEL + 1):
            return tuple(str(number + 1) for number in range(len(document)))
        labels.append(document.get_page_label(number) or str(number + 1))
    return tuple(labels)


def _page(document: pypdfium2.PdfDocument, number: int, left: _Left) -> tuple[list[Line], list[Target]]:
    page = document[number]
    try:
        text = page.get_textpage()
        try:
            glyphs = _Glyphs(text)
            words, lines = with_raised(text.get_text_range(), glyphs)
            return list(_lines(glyphs, words, lines)), list(_targets((document, page, text), words, left))
        finally:
            text.close()
    finally:
        page.close()


class _Glyphs:
    """The characters of a page by their places in its words, each looked up once."""

    def __init__(self, text: pypdfium2.PdfTextPage) -> None:
        self._text = text
        self._known: dict[int, Glyph | None] = {}
        words = text.get_text_range()
        # Pdfium counts UTF-16: what stands beyond its first plane counts twice.
        self._wide = [place for place, symbol in enumerate(words) if symbol > "\uffff"]

    def __call__(self, at: int) -> Glyph | None:
        if at not in self._known:
            self._known[at] = self._found(at + bisect_left(self._wide, at))
        return self._known[at]

    def _found(self, unit: int) -> Glyph | None:
        x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
        index = pdfium.FPDFText_GetCharIndexFromTextIndex(self._text.raw, unit)
        if index < 0 or not pdfium.FPDFText_GetCharOrigin(self._text.raw, index, x, y):
            return None
        if not pdfium.FPDFText_GetLooseCharBox(self._text.raw, index, box):
            return None
        ink = [ctypes.c_double() for _ in range(4)]
        low = ink[2].value if pdfium.FPDFText_GetCharBox(self._text.raw, index, *ink) else y.value
        return Glyph(x.value, y.value, box.top - box.bottom, low)


def _lines(glyphs: _Glyphs, words: str, lines: Sequence[tuple[int, int, str]]) -> Iterator[Line]:
    """The lines of a page with their left edges and baselines; those are one that a raised number broke."""
    number = 0
    while number < len(lines):
        start, end, _ = lines[number]
        text = words[start:end]
        number += 1
        while number < len(lines) and lines[number][2] != "\n":
            begin, end, before = lines[number]
            text += before + words[begin:end]
            number += 1
        first = glyphs(start + len(text) - len(text.lstrip())) if text.strip() else None
        yield Line(text, first.left, first.base) if first else Line(text)


def _targets(
    of: tuple[pypdfium2.PdfDocument, pypdfium2.PdfPage, pypdfium2.PdfTextPage], words: str, left: _Left
) -> Iterator[Target]:
    """The page's link annotations: address, words under them, and where those stand."""
    place, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    document, page, text = of
    while left.links > 0 and left.letters > 0 and pdfium.FPDFLink_Enumerate(page.raw, place, link):
        action = pdfium.FPDFLink_GetAction(link)
        if not action:
            continue
        size = pdfium.FPDFAction_GetURIPath(document.raw, action, None, 0)
        buffer = ctypes.create_string_buffer(size)
        pdfium.FPDFAction_GetURIPath(document.raw, action, buffer, size)
        address = buffer.value.decode("utf-8", "replace")
        if not address.startswith(("http://", "https://")):
            continue
        for box in _boxes(link):
            left.letters -= len(words) + 1
            start, end = _under(text, box)
            under = words[start:end] or text.get_text_bounded(box.left, box.bottom, box.right, box.top)
            if len(under) <= _LONGEST_LINKED and left.links > 0:
                left.links -= 1
                yield Target(address[:4000], under, len("".join(words[:start].split())))


def _boxes(link: pdfium.FPDF_LINK) -> Iterator[pdfium.FS_RECTF]:
    """The boxes of an annotation: one a line where it says so, else the whole."""
    quad, whole = pdfium.FS_QUADPOINTSF(), pdfium.FS_RECTF()
    for number in range(min(_MOST_BOXES, pdfium.FPDFLink_CountQuadPoints(link))):
        if pdfium.FPDFLink_GetQuadPoints(link, number, quad):
            across, up = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            yield pdfium.FS_RECTF(min(across), max(up), max(across), min(up))
    if not pdfium.FPDFLink_CountQuadPoints(link) and pdfium.FPDFLink_GetAnnotRect(link, whole):
        yield whole


def _under(text: pypdfium2.PdfTextPage, box: pdfium.FS_RECTF) -> tuple[int, int]:
    """The span of the page's text on the middle line of a box, whose edges often cut into other lines.

    Empty where a box is wider or higher than its words.
    """
    middle, reach = (box.top + box.bottom) / 2, min(_REACH, (box.right - box.left) / 2)
    ends = [
        pdfium.FPDFText_GetCharIndexAtPos(text.raw, x, middle, reach, reach)
        for x in (box.left + reach, box.right - reach)
    ]
    if min(ends) < 0:
        return 0, 0
    first, last = (pdfium.FPDFText_GetTextIndexFromCharIndex(text.raw, index) for index in sorted(ends))
    return (first, last + 1) if first >= 0 else (0, 0)


def _metadata(document: pypdfium2.PdfDocument, pages: Sequence[Sequence[Line]]) -> Metadata:
    said = document.get_metadata_dict(skip_empty=True)
    first = next((line.text for page in pages for line in page if line.text.strip()), "")
    title = said.get("Title")
    # Word processors write their own name or the file's into the title.
    if not title or re.search(
        r"^(?:microsoft word|untitled|slide 1)|\.(?:docx?|indd|tex|qxd|pptx?|pdf)$", title, re.IGNORECASE
    ):
        title = first if len(first) <= 200 else None
    return Metadata(
        title=value(title, 500),
        authors=tuple(
            name
            for part in re.split(r"\s*;\s*", said.get("Author", "")[:_LONGEST_NAMES])
            if (name := value(part, 200))
        ),
        date=_date(said),
        description=value(said.get("Subject")),
    )


def _date(said: dict[str, str]) -> PageDate | None:
    written = said.get("CreationDate", "")
    match = _DATE.match(written)
    iso = iso_date("-".join(part for part in match.groups() if part)) if match and match[3] else None
    return PageDate(written[:80], iso, "pdf") if iso else None
