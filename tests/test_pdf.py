"""PDF documents, written here byte by byte: pages, labels, paragraphs, links, and what cannot be read."""

import pytest

from ingest.extract import Extraction, Page, extract
from ingest.extract.paper import repaired, without_furniture
from ingest.extract.references import Line


def pdf(pages: list[list[str]], extra: str = "", info: str = "", annotations: str = "") -> bytes:
    """A PDF with these lines on its pages, in Helvetica, one line under the other."""
    objects = ["", f"<< /Type /Catalog /Pages 2 0 R {extra} >>", ""]
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    kids = []
    for lines in pages:
        words = "".join(f"({escaped(line)}) Tj T* " for line in lines)
        stream = f"BT /F1 12 Tf 14 TL 72 720 Td {words}ET"
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
        kids.append(f"{len(objects)} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {len(objects) - 1} 0 R"
            f" /Resources << /Font << /F1 3 0 R >> >> {annotations} >>"
        )
    objects[2] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< {info} >>")
    return assembled(objects)


def escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def assembled(objects: list[str]) -> bytes:
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects[1:], 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"<< /Size {len(objects)} /Root 1 0 R /Info {len(objects) - 1} 0 R >>"
    start = len(out)
    return (
        out
        + f"xref\n0 {len(objects)}\n0000000000 65535 f \n{table}".encode()
        + f"trailer\n{trailer}\nstartxref\n{start}\n%%EOF".encode()
    )


def lines(*words: str) -> list[Line]:
    return [Line(line) for text in words for line in text.split("\n")]


def read(payload: bytes) -> Extraction:
    return extract(Page(payload, "application/pdf", None, "https://example.org/a.pdf"))


LONG = "The committee met on the third of March and decided at last that the old crane"


def test_pages_are_parted_and_keep_their_labels() -> None:
    labels = "/PageLabels << /Nums [0 << /S /r >> 2 << /S /D /St 1 >>] >>"
    found = read(pdf([["Preface here."], ["More preface."], ["Chapter one."]], labels))
    assert found.body == "Preface here.\fMore preface.\fChapter one."
    assert found.pages == ("i", "ii", "1")
    assert found.reason is None
    assert found.extractor.startswith("pypdfium2 ")


def test_pages_without_labels_are_counted() -> None:
    assert read(pdf([["One."], ["Two."]])).pages == ("1", "2")


def test_an_empty_page_keeps_its_place() -> None:
    found = read(pdf([["One."], [], ["Three."]]))
    assert found.body == "One.\f\fThree."
    assert len(found.pages) == 3


def test_lines_become_paragraphs_and_hyphens_are_joined() -> None:
    found = read(pdf([[LONG, "of the har-", "bour should be broken up.", LONG, "was never seen again."]]))
    assert found.body == (f"{LONG} of the harbour should be broken up.\n\n{LONG} was never seen again.")


def test_what_the_document_says_of_itself() -> None:
    info = "/Title (On Cranes) /Author (Ada Berg; Bo Moe) /CreationDate (D:20240305101500+01'00')"
    said = read(pdf([["Some words."]], info=info)).metadata
    assert (said.title, said.authors) == ("On Cranes", ("Ada Berg", "Bo Moe"))
    assert said.date is not None
    assert (said.date.iso, said.date.rule) == ("2024-03-05", "pdf")


def test_a_title_from_a_word_processor_is_none() -> None:
    assert (
        read(pdf([["On Cranes", "", "Words."]], info="/Title (Microsoft Word - x.doc)")).metadata.title
        == "On Cranes"
    )


def test_links_stand_where_their_words_do() -> None:
    action = (
        "<< /Type /Annot /Subtype /Link /Rect [70 700 300 735] /A << /S /URI /URI (https://o.example/) >> >>"
    )
    found = read(pdf([["See the report."]], annotations=f"/Annots [{action}]"))
    (link,) = found.links.links
    assert (link.uri, link.label) == ("https://o.example/", "See the report.")
    assert found.body[link.start : link.end] == link.label


def test_running_heads_and_page_numbers_go() -> None:
    pages = [
        lines(f"Annual Report\nThe text of page {word}.\n{n}")
        for n, word in enumerate(("one", "two", "three", "four"))
    ]
    assert without_furniture(pages) == [
        lines(f"The text of page {word}.") for word in ("one", "two", "three", "four")
    ]


def test_a_page_alone_keeps_its_head() -> None:
    assert without_furniture([lines("Annual Report\nText.")]) == [lines("Annual Report\nText.")]


def test_list_items_keep_their_lines() -> None:
    assert repaired(f"{LONG}\n1. First item of it\n2. Second item of it").count("\n\n") == 2


def test_a_heading_of_sources_stands_alone() -> None:
    assert repaired(f"{LONG}\nwas {LONG[:60]}.\nReferences\n1. Berg 2010.").split("\n\n")[1] == "References"


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"%PDF-1.7\nnothing else", "pdf: damaged"),
        (b"not a pdf", "pdf: damaged"),
        (b"", "empty"),
        (pdf([[]]), "pdf: no text"),
        (pdf([["Words."]])[:200], "pdf: damaged"),
    ],
)
def test_what_cannot_be_read_says_why(payload: bytes, reason: str) -> None:
    found = read(payload)
    assert found.body == ""
    assert found.reason is not None
    assert found.reason.startswith(reason)
