"""Libraries of other programs: each form is known by its content, read whole, or refused with its line."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import UsageError
from ingest.library import Library, again, read_library

BIB = r"""@string{o = "https://example.org/"}
@article(wall, title = {{The} Wall -- {\"U}ber \& unter},
  author = "van der Berg, Anna and {A and B} and Jane Doe",
  year = 2024, month = mar, url = o # {a_b}, doi = {https://doi.org/10.1000/182}, keywords = {sea, {a, b}},
  journal = {Tides}, annote = {Read
twice.})
"""
RIS = """TY  - JOUR
AU  - van der Berg, Anna
AU  - A and B
AU  - Doe, Jane
TI  - The Wall – Über & unter
DA  - 2024/03//
UR  - https://example.org/a_b
DO  - 10.1000/182
ID  - wall
KW  - sea
KW  - a, b
N1  - Read
 twice.
T2  - Tides
ER  -
"""
CSL = json.dumps([
    {"id": "wall", "type": "article-journal", "title": "The Wall – Über & unter", "URL": "https://example.org/a_b",
     "author": [{"family": "Berg", "given": "Anna", "non-dropping-particle": "van der"},
                {"literal": "A and B"}, {"family": "Doe", "given": "Jane"}],
     "issued": {"date-parts": [["2024", 3]]}, "DOI": "10.1000/182", "custom": {"tags": ["sea", "a, b"]},
     "annote": "Read\ntwice.", "container-title": "Tides"}])  # fmt: skip
CSV = (
    "Key,Title,Author,Date,Url,DOI,Manual Tags,Notes,Publication Title\r\n"
    'wall,The Wall – Über & unter,"van der Berg, Anna; {A and B}; Doe, Jane",2024-03,https://example.org/a_b,'
    '10.1000/182,"sea; a, b","Read\ntwice.",Tides\r\n'
)
RDF = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:bib="http://purl.org/net/biblio#"
 xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:dc="http://purl.org/dc/elements/1.1/">
 <bib:Article rdf:about="https://example.org/a_b"><z:itemType>journalArticle</z:itemType>
  <dcterms:isReferencedBy rdf:resource="#item_2"/>
  <bib:authors><rdf:Seq>
   <rdf:li><foaf:Person><foaf:surname>van der Berg</foaf:surname><foaf:givenName>Anna</foaf:givenName></foaf:Person></rdf:li>
   <rdf:li><foaf:Person><foaf:surname>A and B</foaf:surname></foaf:Person></rdf:li>
   <rdf:li><foaf:Person><foaf:surname>Doe</foaf:surname><foaf:givenName>Jane</foaf:givenName></foaf:Person></rdf:li>
  </rdf:Seq></bib:authors>
  <dc:subject>sea</dc:subject><dc:subject><z:AutomaticTag><rdf:value>a, b</rdf:value></z:AutomaticTag></dc:subject>
  <dc:title>The Wall – Über &amp; unter</dc:title><dc:date>2024-03</dc:date>
  <dc:identifier>DOI 10.1000/182</dc:identifier><dc:description>Citation Key: wall</dc:description>
 </bib:Article>
 <bib:Memo rdf:about="#item_2"><rdf:value>&lt;p&gt;Read&lt;br/&gt;twice.&lt;/p&gt;</rdf:value></bib:Memo>
 <z:Collection rdf:about="#collection_1"><dc:title>My/thesis</dc:title>
  <dcterms:hasPart rdf:resource="https://example.org/a_b"/></z:Collection>
</rdf:RDF>
"""  # noqa: E501
FORMS = {"bibtex": BIB, "ris": RIS, "csl-json": CSL, "csv": CSV, "zotero-rdf": RDF}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_one_entry_says_the_same_in_every_form(form: str, encoding: str) -> None:
    library = read_library(FORMS[form].encode(encoding), "library")
    (one,) = library.entries
    assert library.form == form and library.faults == ()
    assert one.title == "The Wall – Über & unter"
    if form != "zotero-rdf":
        assert one.authors == ("van der Berg, Anna", "{A and B}", "Doe, Jane")
    assert (one.date, one.uri) == ("2024-03", "https://example.org/a_b")
    assert (one.doi, one.key) == ("10.1000/182", "wall")
    assert one.tags == ("sea", "a, b") and one.notes == ("Read\ntwice.",)
    assert "Tides" in one.raw or form == "zotero-rdf"
    assert one.collections == (("My-thesis",) if form == "zotero-rdf" else ())
    kept = again(one.form, one.raw)
    assert kept is None or (kept.others, kept.kind, kept.title) == (one.others, one.kind, one.title)
    assert (kept is None) == (form == "zotero-rdf")


def test_a_list_of_addresses() -> None:
    library = read_library(b"# mine\nhttps://example.org/a\n\nhere\n", "list.txt")
    assert [one.uri for one in library.entries] == ["https://example.org/a"]
    assert [(fault.line, fault.detail) for fault in library.faults] == [
        (4, "expected an address on the web, found 'here'")
    ]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [("a.bib", b"", "a.bib, line 1: it is empty; expected BibTeX"),
     ("a.bib", b"\n@misc{k, title = {A", "line 2: the BibTeX entry that begins on line 2 does not end"),
     ("a.bib", b"\n@misc{k, note = {A}}", "line 2: names no source"),
     ("a.ris", b"hello\n", "line 1: expected a RIS tag"), ("a.json", b"[\n{]", "line 2: expected JSON"),
     ("a.json", b'{"a": 1}', "line 1: names no source"), ("a.json", b"[" * 100_000, "recursion"),
     ("a.json", b"[\n3]", "line 2: item 1 is no object"),
     ("a.csv", b"a,b\n1,2\n", "line 1: expected a first line"),
     ("a.csv", b"title,url\na,b,c\n", "line 2: has 3 cells"),
     ("a.rdf", b"<a>\n<b></a>", "line 2: expected RDF"),
     ("a.rdf", b"<a/>", "expected items of Zotero RDF"), ("a", b"just words", "line 1: expected an address"),
     ("a.bib", b"\n\xff", "line 2: this is no UTF-8"), ("a.bib", b"\n\x00", "line 2: a NUL")],
)  # fmt: skip
def test_what_is_no_library_is_refused_with_its_line(name: str, data: bytes, message: str) -> None:
    with pytest.raises(UsageError, match=message) as raised:
        read_library(data, name)
    assert "\n" not in str(raised.value)


def test_no_file_is_read_and_no_entity_expanded() -> None:
    bomb = RDF.replace('"UTF-8"?>', '"UTF-8"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
    (one,) = read_library(bomb.replace("Über", "&x;").encode(), "a.rdf").entries
    assert "root" not in one.title


@given(
    text=st.text(max_size=200), suffix=st.sampled_from([".bib", ".ris", ".json", ".csv", ".rdf", ".txt", ""])
)
def test_any_file_is_read_or_refused(text: str, suffix: str) -> None:
    try:
        library = read_library(text.encode("utf-8", "surrogatepass"), f"any{suffix}")
    except UsageError as error:
        assert f"any{suffix}, line " in str(error)
    else:
        assert isinstance(library, Library) and library.entries
