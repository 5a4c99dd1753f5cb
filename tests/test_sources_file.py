"""A person's file of titles and addresses: read in five forms, refused with what was found in it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import SettingsError
from ingest.resolve import read_sources

FORMS = {
    "yml": "A Report: https://example.org/a\n2026: https://example.org/b\n",
    "yaml": "- {title: A Report, url: https://example.org/a}\n- '2026': https://example.org/b\n",
    "csv": "Title;URL;Note\nA Report;https://example.org/a;x\n2026;https://example.org/b;\n",
    "tsv": "A Report\thttps://example.org/a\n2026\thttps://example.org/b\n",
    "json": '[{"title": "A Report", "URL": "https://example.org/a"}, {"title": "A book"},'
    ' {"title": "2026", "URL": "https://example.org/b"}]',
    "bib": '@string{o = "https://example.org/"}\n@comment{x}\n'
    "@online{k, title = {{A} Report}, url = o # {a}}\n"
    '@misc(l, title = "2026", howpublished = {\\url{https://example.org/b}}, year = 2026)\n'
    "@book{m, title={B}}",
    "ris": "TY  - ELEC\nTI  - A Report\nUR  - https://example.org/a\nER  - \n\n"
    "TY  - ELEC\nT1  - 2026\nUR  - https://example.org/b\nER  -\n",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("named", [True, False], ids=["by name", "by content"])
def test_a_file_of_sources_in_any_form(tmp_path: Path, form: str, named: bool) -> None:
    path = tmp_path / (f"sources.{form}" if named else "sources")
    path.write_bytes(b"\xef\xbb\xbf" + FORMS[form].replace("\n", "\r\n").encode())
    assert read_sources(path) == {"A Report": "https://example.org/a", "2026": "https://example.org/b"}


def test_a_doi_is_an_address(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    path.write_text('{"items": [{"title": "A Report", "DOI": "10.1000/182"}]}', "utf-8")
    assert read_sources(path) == {"A Report": "https://doi.org/10.1000/182"}


@pytest.mark.parametrize(
    ("written", "title"),
    [(r"{Th{\'e}} \emph{UN} in Per\'u", "Thé UN in Perú"),
     (r"Stra{\ss}e \& Weg -- 50\%", "Straße & Weg – 50%"),
     (r"G{\"o}del, {\AA}rhus", "Gödel, Århus"), (r"\c{c}a va", "ça va")],
)  # fmt: skip
def test_bibtex_titles_are_read_as_people_read_them(tmp_path: Path, written: str, title: str) -> None:
    path = tmp_path / "s.bib"
    entry = f"@online{{k,\n  title = {{{written}}},\n  url = {{https://example.org/a_b}},\n}}"
    path.write_text(entry, "utf-8")
    assert read_sources(path) == {title: "https://example.org/a_b"}


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [("s.yml", "A: [1", "cannot be read as YAML, CSV"), ("s.yml", "just words", "expected titles"),
     ("s.yml", "A: ftp://x.example/", "expected an http"), ("s.yml", "A: 5", "has int where an address"),
     ("s.yml", "A: https://a.example/\nA: https://b.example/", "stands twice"),
     ("s.yml", "", "expected titles"),
     ("s.yml", "A: https://a.example/\n a : https://b.example/", "cannot be read|has two addresses"),
     ("s.csv", "name,year\nA,2026\n", "expected columns title and url, found name, year"),
     ("s.csv", "title,url\nA\n", "row 1 has 1 columns"), ("s.csv", "", "expected columns"),
     ("s.json", "{", "cannot be read"), ("s.json", "[" * 100_000, "cannot be read"),
     ("s.json", '[{"title": "A book"}]', "names no title with an address"),
     ("s.json", "[3]", "expected entries"), ("s.ris", "hello", "names no title"),
     ("s.bib", "@online{k, title = {A", "begins on line 1 does not end")],
)  # fmt: skip
def test_a_bad_file_is_named_with_what_was_found(tmp_path: Path, name: str, text: str, message: str) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=message) as raised:
        read_sources(path)
    assert str(path) in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="No such file"):
        read_sources(tmp_path / "none.yml")
    with pytest.raises(SettingsError, match="directory"):
        read_sources(tmp_path)
    (tmp_path / "b.yml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="not UTF-8"):
        read_sources(tmp_path / "b.yml")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sources")


@given(text=st.text(max_size=200), suffix=st.sampled_from([".yml", ".csv", ".json", ".bib", ".ris", ""]))
def test_any_file_is_read_or_refused(folder: Path, text: str, suffix: str) -> None:
    path = folder / f"any{suffix}"
    path.write_text(text, "utf-8", errors="surrogatepass", newline="")
    try:
        assert read_sources(path)
    except SettingsError as error:
        assert str(path) in str(error)
