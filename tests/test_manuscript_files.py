"""Word and hostile manuscripts, as they are extracted: words or a reason, and nothing of this machine."""

import json
from pathlib import Path

import pytest

from archive.errors import UsageError
from ingest.documents import About, check
from tests.papers import docx, extracted, field, paragraph, run, zipped


def test_a_word_document_with_fields_notes_links_and_changes(tmp_path: Path) -> None:
    works = [{"itemData": {"DOI": "10.1000/a"}}, {"itemData": {"URL": "https://b.example/"}}]
    citation = f"ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps({'citationItems': works})}"
    body = (
        paragraph(run("A title of its own"), style="Titel")
        + paragraph(run("First part"), style="berschrift1")
        + paragraph(run("Says one "), field(citation, "(Doe 2020; Roe 2021)"), run(" here."))
        + paragraph(run("And "), field(' HYPERLINK "https://c.example/x" ', "the page"), run(" says more."),
                    '<w:r><w:footnoteReference w:id="2"/></w:r>')
        + paragraph("<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>")
        + paragraph(f"<w:ins>{run('new words')}</w:ins>")
        + f"<w:tbl><w:tr><w:tc>{paragraph(run('a'))}</w:tc><w:tc>{paragraph(run('b'))}</w:tc></w:tr></w:tbl>"
        + paragraph('<w:hyperlink r:id="r1">' + run("a link") + "</w:hyperlink>")
    )  # fmt: skip
    styles = (
        '<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>'
        '<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    )
    link = '<Relationship Id="r1" Target="https://d.example/" TargetMode="External"/>'
    note = f'<w:footnote w:id="2">{paragraph(run("See https://e.example/report of 2020."))}</w:footnote>'
    path = tmp_path / "a.docx"
    path.write_bytes(docx(body, styles=styles, footnotes=note, links=link))
    found = extracted(path)
    assert found.metadata.title == "A title of its own"
    assert [(one.label, one.uri) for one in found.links.links][:4] == [
        ("(Doe 2020", "https://doi.org/10.1000/a"), ("Roe 2021)", "https://b.example/"),
        ("the page", "https://c.example/x"), ("a link", "https://d.example/"),
    ]  # fmt: skip
    assert "new words" in found.body and "gone" not in found.body and "a | b" in found.body
    assert [note.label for note in found.links.notes] == ["See https://e.example/report of 2020."]


HOSTILE = {
    "deep.tex": b"\\emph{" * 20_000,
    "open.tex": b"\\begin{itemize}\\item $" * 10_000,
    "loop.tex": b"\\begin{filecontents}{a.tex}\n\\input{a}\\input{a}\n\\end{filecontents}\n\\input{a} Words.",
    "deep.md": b"[@" * 20_000 + b"\n\n```{=bibtex}\n@misc{" + b"{" * 20_000 + b"\n```\n",
    "bomb.docx": zipped({"word/document.xml": b"<a>" + b" " * 60_000_000}),
    "deep.docx": docx("<w:sdt>" * 200 + paragraph(run("Words.")) + "</w:sdt>" * 200),
    "empty.docx": zipped({"a": b""}),
    "empty.epub": zipped({"META-INF/container.xml": b"<x/>"}),
    "out.epub": zipped({
        "META-INF/container.xml": b'<x><rootfile full-path="../../etc/passwd"/></x>',
    }),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_manuscript_has_words_or_a_reason(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(HOSTILE[name])
    found = extracted(tmp_path / name)
    assert found.reason or found.body
    assert "root:" not in found.body


def test_a_file_that_only_calls_itself_word_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    with pytest.raises(UsageError, match="image/png"):
        check(str(path), About())
