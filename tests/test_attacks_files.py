"""PDF and Office files made to bloat, loop or reach out: each ends in words or a reason, within limits."""

import io
import warnings
import zipfile
import zlib

import pytest

from archive.warc.record import Damage, Record, wacz_records
from ingest.extract import Extraction, Extractor, Page, extract
from ingest.extract.references import Line, with_entries
from tests.papers import docx, field, paragraph, run, zipped
from tests.test_pdf import assembled, pdf, read
from tests.warcs import gzipped, record
from tests.warcs import wacz as packaged

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HELLO = "BT /F1 12 Tf 72 720 Td (Hello there reader.) Tj ET"
LINK = "<< /Type /Annot /Subtype /Link /Rect [70 {} 300 {}] /A << /S /URI /URI (https://o.example/{}) >> >> "


def with_parts(pages: str = "/Kids [5 0 R] /Count 1", stream: str = HELLO, **more: str) -> bytes:
    """A PDF of one page and its content, with parts of it replaced."""
    resources = "/Resources << /Font << /F1 3 0 R >> /XObject << /X 6 0 R >> >>"
    return assembled([
        "",
        f"<< /Type /Catalog /Pages 2 0 R {more.get('catalog', '')} >>",
        f"<< /Type /Pages {pages} >>",
        more.get("font", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"),
        more.get("content", f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream"),
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R {resources} >>",
        f"<< /Subtype /Form /BBox [0 0 9 9] {resources} /Length 5 >>\nstream\n/X Do\nendstream",
        "<< >>",
    ])  # fmt: skip


LOOPS = {
    "a tree of pages that holds itself": with_parts("/Kids [2 0 R 5 0 R 2 0 R] /Count 3"),
    "two thousand million pages, it says": with_parts("/Kids [5 0 R] /Count 2000000000"),
    "fewer pages than none": with_parts("/Kids [5 0 R] /Count -5"),
    "a content whose length is itself": with_parts(
        content=f"<< /Length 4 0 R >>\nstream\n{HELLO}\nendstream"
    ),
    "a content made of itself": with_parts(content="[4 0 R 4 0 R]"),
    "a drawing that draws itself": with_parts(stream=f"/X Do {HELLO}"),
    "an outline without end": with_parts(catalog="/Outlines 1 0 R /First 1 0 R /Next 1 0 R"),
    "a font that is its own encoding": with_parts(
        font="<< /Type /Font /Subtype /Type0 /Encoding 3 0 R /DescendantFonts [3 0 R] /ToUnicode 3 0 R >>"
    ),
    "a table of objects that comes before itself": with_parts().replace(b"/Root", b"/Prev 1200 /Root"),
    "a label of a thousand million letters": with_parts(
        catalog="/PageLabels << /Nums [0 << /S /a /St 2147483000 >>] >>"
    ),
}


@pytest.mark.parametrize("name", LOOPS)
def test_a_pdf_that_leads_to_itself_ends_in_words_or_a_reason(name: str) -> None:
    found = read(LOOPS[name])
    assert found.reason or "Hello there reader." in found.body
    assert len(found.pages) <= 3000 and all(len(label) <= 80 for label in found.pages)


def test_more_pages_than_anyone_prints_are_named() -> None:
    assert read(with_parts(f"/Kids [{'5 0 R ' * 3001}] /Count 3001")).reason == (
        "pdf: 3001 pages, the limit is 3000"
    )


def test_a_bomb_in_a_pdf_is_a_limit_and_the_next_page_is_read() -> None:
    """Pdfium aborts where it is refused memory: that is no riddle for who reads the report."""
    packed = zlib.compress(b"q " * 20_000_000, 9)
    content = (
        f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n{packed.decode('latin-1')}\nendstream"
    )
    bomb = with_parts(content="@").replace(b"@", content.encode("latin-1"))
    assert len(bomb) < 100_000
    with Extractor(jobs=1, memory_mb=400) as extractor:
        assert extractor.extract(Page(bomb, "application/pdf", None, "ni:x")).reason == "limit: memory"
        assert extractor.extract(Page(pdf([["Words."]]), "application/pdf", None, "ni:x")).body == "Words."


def test_labels_of_a_book_s_length_are_none() -> None:
    labels = f"/PageLabels << /Nums [0 << /S /D /P ({'x' * 5000}) >>] >>"
    assert read(pdf([["One."], ["Two."]], labels)).pages == ("1", "2")


@pytest.mark.parametrize(("limit", "links"), [("_MOST_LINKS", 3), ("_MOST_LOOKED_THROUGH", 1)])
def test_links_without_number_cost_no_words(limit: str, links: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"ingest.pdf.{limit}", 3 if limit == "_MOST_LINKS" else 1)
    lines = [f"Line {number} of the page." for number in range(6)]
    drawn = "".join(LINK.format(717 - 14 * n, 729 - 14 * n, n) for n in range(6))
    found = read(pdf([lines, lines], annotations=f"/Annots [{drawn}]"))
    assert len(found.links.links) == links
    assert found.body.count("Line 5 of the page.") == 2


def test_a_box_around_a_page_is_no_link_of_its_words() -> None:
    lines = [f"Line {number} of the page." for number in range(200)]
    drawn = LINK.format(-3000, 800, 1) + LINK.format(717, 729, 2)
    (link,) = read(pdf([lines], annotations=f"/Annots [{drawn}]")).links.links
    assert (link.label, link.uri) == ("Line 0 of the page.", "https://o.example/2")


def test_authors_without_number_are_read_as_far_as_anyone_would() -> None:
    said = read(pdf([["Words."]], info=f"/Author ({'Ada Berg;' * 100_000})")).metadata
    assert 1000 < len(said.authors) < 10_000


def word(document: str | bytes, method: int = zipfile.ZIP_DEFLATED) -> Extraction:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as target:
        target.writestr("word/document.xml", document)
    return extract(Page(made.getvalue(), WORD, None, "ni:x"))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_no_document_is_packed_with_is_not_unpacked(method: int) -> None:
    """500 bytes of bzip2 become 512 MB, however little was asked for."""
    assert word(b" " * 1_000_000, method).reason == (
        "not unpacked: word/document.xml is neither stored nor deflated"
    )


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x "&b;&b;&b;&b;">',
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!ENTITY % p SYSTEM "file:///etc/passwd"> %p; <!ENTITY x "%p;">',
    ],
    ids=["laughs", "file", "parameter"],
)
def test_entities_of_a_document_become_nothing(declared: str) -> None:
    whole = docx(paragraph(run("Hello "), "<w:r><w:t>&x;</w:t></w:r>", run("reader.")))
    with zipfile.ZipFile(io.BytesIO(whole)) as parts:
        xml = parts.read("word/document.xml").decode()
    found = word(f"<!DOCTYPE w [{declared}]>{xml}")
    assert found.body == "Hello reader."


def test_parts_without_number_and_parts_that_lead_out() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as target:
            for _ in range(20_001):
                target.writestr("word/document.xml", "")
    reason = extract(Page(made.getvalue(), WORD, None, "ni:x")).reason
    assert reason == "20001 parts, the limit is 20000"
    link = '<Relationship Id="r1" Target="../../../../../etc/passwd"/>'
    out = docx(paragraph('<w:hyperlink r:id="r1">' + run("a link") + "</w:hyperlink>"), links=link)
    assert extract(Page(out, WORD, None, "ni:x")).body == "a link"


def test_a_bomb_within_a_bomb_is_never_opened() -> None:
    inner = zipped({"word/document.xml": b" " * 5_000_000})
    outer = zipped({"word/document.xml": zipped({"word/document.xml": inner})})
    reason = extract(Page(outer, WORD, None, "ni:x")).reason
    assert reason == "no Word document: it has no word/document.xml"


def test_a_citation_that_never_ends_costs_no_words() -> None:
    """Each beginning was looked from to the end of them all: 300,000 took all of the time."""
    whole = docx(paragraph(field("CSL_CITATION {" * 50_000, "(Doe 2020)"), run(" said so.")))
    found = extract(Page(whole, WORD, None, "ni:x"))
    assert found.body == "(Doe 2020) said so."


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_package_s_own_notes_are_not_unpacked_whatever_they_are_packed_with(method: int) -> None:
    whole = packaged([("archive/data.warc.gz", gzipped(record("warcinfo", b"software: x\r\n", uri=None)))])
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(made, "w") as target:
        for part in source.infolist():
            stored = part.filename.startswith("archive/")
            target.writestr(part.filename, source.read(part), zipfile.ZIP_STORED if stored else method)
    found = list(wacz_records(made, "a.wacz"))
    assert [one.type for one in found if isinstance(one, Record)] == ["warcinfo"]
    told = [one.detail for one in found if isinstance(one, Damage)]
    assert told == ["datapackage.json cannot be read: it is neither stored nor deflated"]


def test_xml_that_needs_more_memory_than_there_is_says_so() -> None:
    """libxml2 calls it an unknown error in line 0."""
    whole = zipped({"word/document.xml": b"<w xmlns:w='x'>" + b"<w:p/>" * 4_000_000 + b"</w>"})
    with Extractor(jobs=1, memory_mb=400) as extractor:
        assert extractor.extract(Page(whole, WORD, None, "ni:x")).reason == "limit: memory"


def test_a_list_of_sources_that_is_one_entry_is_joined_word_by_word() -> None:
    """All of an entry was looked through once a line, and all of a column: 100,000 lines took hours."""
    lines = [f"and crane {number} of the har-" if number % 2 else "bour" for number in range(20_000)]
    page = [Line("References", 72, 700), *(Line(line, 72.0, 690.0) for line in lines)]
    (_, whole) = filter(None, with_entries([page])[0])
    assert (
        whole.startswith("bour and crane 1 of the harbour and crane 3 of the harbour") and "- " not in whole
    )
