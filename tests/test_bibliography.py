"""Citations of a snapshot, read back by other people's parsers, with hostile titles."""

import json
import re
import warnings
from dataclasses import replace

import bibtexparser
import pytest
import rispy
import yaml
from hypothesis import given
from hypothesis import strategies as st

from archive.anchor import describe
from archive.bibliography import (
    FORMATS,
    STYLES,
    as_written,
    biblatex,
    bibtex,
    cite_key,
    csl_json,
    form,
    hayagriva,
    item,
    passage_address,
    plain,
    printed_address,
    ris,
    together,
)
from archive.bibliography.words import one_line
from archive.model import Bibliographic, Citation, Metadata, Origin, PageDate
from ingest.cli import consult
from ingest.cli.output import readable
from tests.cited import (
    ADDRESS,
    ALL,
    BASE,
    HOSTILE,
    ORIGINAL,
    PAGE,
    SNAPSHOT,
    TEXT,
    pinned,
    read_bibtex,
    titled,
    titles,
)


def test_bibtex_carries_both_addresses() -> None:
    entry = bibtex(item(SNAPSHOT, PAGE, BASE))
    assert rf"howpublished = {{\url{{{ADDRESS}}}}}" in entry
    assert rf"note = {{Archived 2026-11-22 (UTC) from \url{{{ORIGINAL}}}}}" in entry
    assert "month = mar,\n" in entry
    read = read_bibtex(entry)
    assert (read["type"], read["year"], read["day"]) == ("misc", "2024", "5")
    assert read["author"] == "Doe, Jane Q. and Wikipedia contributors"
    assert "and {Wikipedia contributors}" in entry


def test_biblatex_is_online_with_the_day_of_capture_and_prints_the_snapshot() -> None:
    entry = biblatex(item(SNAPSHOT, PAGE, BASE))
    assert rf"addendum = {{Archived 2026-11-22 (UTC) at \url{{{ADDRESS}}}}}" in entry
    assert rf"url = {{{ORIGINAL}}}," in entry
    read = read_bibtex(entry)
    assert (read["type"], read["urldate"]) == ("online", "2026-11-22")
    assert (read["date"], read["archiveurl"], read["archivedate"]) == ("2024-03-05", ADDRESS, "2026-11-22")
    assert (read["langid"], read["organization"]) == ("english", "Reef Watch")


def test_ris_carries_both_addresses() -> None:
    (record,) = rispy.loads(ris(item(SNAPSHOT, PAGE, BASE)))
    assert record["type_of_reference"] == "ELEC"
    assert record["title"] == "Great Barrier Reef"
    assert record["authors"] == ["Doe, Jane Q.", "Wikipedia contributors"]
    assert record["urls"] == [ADDRESS, ORIGINAL]
    assert (record["year"], record["date"], record["access_date"]) == ("2024", "2024/03/05/", "2026/11/22/")


def test_csl_json_names_the_snapshot_and_keeps_the_original() -> None:
    (entry,) = json.loads(csl_json([item(SNAPSHOT, PAGE, BASE)]))
    assert (entry["type"], entry["URL"]) == ("webpage", ADDRESS)
    assert entry["author"] == [{"family": "Doe", "given": "Jane Q."}, {"literal": "Wikipedia contributors"}]
    assert entry["issued"] == {"date-parts": [[2024, 3, 5]]}
    assert entry["accessed"] == {"date-parts": [[2026, 11, 22]]}
    assert entry["custom"]["original-url"] == SNAPSHOT.uri
    assert entry["custom"]["archive-date"] == SNAPSHOT.date
    assert "archive" not in entry and "archive_location" not in entry


@pytest.mark.parametrize(
    "base", [None, "", "http://127.0.0.1:8001", "http://localhost/x", "http://[::1]:80/"]
)
@pytest.mark.parametrize("name", ALL)
def test_without_a_public_base_no_address_is_made_up(name: str, base: str | None) -> None:
    for cited in (item(SNAPSHOT, PAGE, base), pinned(item(SNAPSHOT, PAGE, base), base)):
        said = form(name)(cited).replace("\\-", "-").replace("\\:", ":")
        assert "pincite:" in said
        assert "no public address is set" in said or name == "jsonld"
        assert "127.0.0.1" not in said and "localhost" not in said and "::1" not in said


@pytest.mark.parametrize(
    "base", ["http://0.0.0.0:8001", "http://[::ffff:127.0.0.1]/", "http://a.localhost", "ftp://x.org"]
)
def test_no_other_spelling_of_loopback_is_printed(base: str) -> None:
    assert printed_address(base, SNAPSHOT.id).startswith("pincite:")
    assert passage_address(base, TEXT, 0, 1).startswith("pincite:")


@pytest.mark.parametrize("name", ALL)
def test_a_supplied_copy_says_so(name: str) -> None:
    supplied = replace(SNAPSHOT, origin=Origin("supplied", "A. Archivist"))
    assert "opy supplied by A. Archivist" in form(name)(item(supplied, PAGE, BASE))


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_survives_every_parser(title: str) -> None:
    cited = titled(title)
    for make in (bibtex, biblatex):
        # pylatexenc takes the right \\textasciicircum for the modifier letter of the same look.
        assert read_bibtex(make(cited))["title"].replace("ˆ", "^") == cited.title
    (record,) = rispy.loads(ris(cited))
    assert (record["type_of_reference"], record["title"]) == ("ELEC", cited.title)
    assert json.loads(csl_json([cited]))[0]["title"] == cited.title
    for name in (*STYLES, "plain", "wikipedia", "markdown", "robust-link"):
        said = form(name)(cited)
        assert said.count("\n") == 1 and "\u202e" not in said, name


@given(titles)
def test_any_title_is_one_string_of_hayagriva_that_no_sign_opens(title: str) -> None:
    cited = titled(title)
    ((key, entry),) = yaml.safe_load(hayagriva(cited)).items()
    shown = re.sub(r"\\(.)", r"\1", entry["title"][1:-1])
    assert (key, shown) == (cited.key, cited.title)
    assert not re.search(r"(?<!\\)(?:\\\\)*[{}$]", entry["title"][1:-1])


def test_hayagriva_has_the_original_as_address_and_the_archive_where_typst_prints_it() -> None:
    ((_, entry),) = yaml.safe_load(hayagriva(item(SNAPSHOT, PAGE, BASE))).items()
    assert entry["url"] == {"value": ORIGINAL, "date": "2026-11-22"} and entry["date"] == "2024-03-05"
    assert entry["parent"]["title"] == f"{{Reef Watch. Archived 2026-11-22 (UTC) at {ADDRESS}}}"
    assert entry["author"] == [{"name": "Doe", "given-name": "Jane Q."}, {"name": "Wikipedia contributors"}]


@given(titles)
def test_any_title_stays_inside_its_bibtex_field(title: str) -> None:
    for entry, name in ((bibtex(titled(title)), "@misc"), (biblatex(titled(title)), "@online")):
        depth = 0
        for number, symbol in enumerate(entry):
            depth += (symbol == "{") - (symbol == "}")
            assert depth > 0 or number < len(name) or number >= len(entry) - 2, (
                "a brace closed the entry early"
            )
        assert depth == 0 and "title" in read_bibtex(entry)


@given(titles)
def test_any_title_stays_on_its_ris_line(title: str) -> None:
    records = rispy.loads(ris(titled(title)))
    assert [record["urls"] for record in records] == [[ADDRESS, ORIGINAL]]


def test_no_author_no_date_no_title() -> None:
    bare = item(SNAPSHOT, Metadata(), BASE)
    assert plain(bare).startswith("“[untitled: example.org]”. Undated. ")
    assert STYLES["apa"](bare).startswith("[untitled: example.org]. (n.d.). https://example.org/")
    assert STYLES["chicago"](bare).startswith("“[untitled: example.org].” N.d. https://example.org/")
    assert "author" not in read_bibtex(bibtex(bare)) and "year" not in bibtex(bare)
    (record,) = rispy.loads(ris(bare))
    assert "authors" not in record and "year" not in record
    assert "author" not in json.loads(csl_json([bare]))[0]


@pytest.mark.parametrize(
    ("iso", "shown"), [("2024", "2024"), ("2024-03", "2024-03"), ("2024-13-40", "2024"), ("?", "undated")]
)
def test_a_date_is_only_as_exact_as_the_page_gives_it(iso: str, shown: str) -> None:
    cited = titled("T", date=PageDate(iso, iso, "meta"))
    assert f"Reef Watch, {shown}." in plain(cited)
    assert all(form(name)(cited) for name in ALL)
    assert read_bibtex(biblatex(cited)).get("date") == (None if shown == "undated" else shown)


def test_the_cite_key_is_safe_and_pinned() -> None:
    assert cite_key(PAGE, SNAPSHOT) == f"doe2024-{SNAPSHOT.id[:8]}"
    assert cite_key(Metadata(authors=("李小龙",)), SNAPSHOT) == f"examplend-{SNAPSHOT.id[:8]}"
    assert item(SNAPSHOT, PAGE, BASE, "mine2024").key == "mine2024"
    assert item(SNAPSHOT, PAGE, BASE, "a}, title={b").key == "atitleb"


def test_a_list_has_no_two_equal_keys() -> None:
    cited = [item(SNAPSHOT, PAGE, BASE, key) for key in ("a", "A", "a-2", "b")]
    library = bibtexparser.parse_string(together(cited, "bibtex"))
    assert library.failed_blocks == []
    keys = [entry.key for entry in library.entries]
    assert len({key.lower() for key in keys}) == 4 and keys[0] == "a" and keys[2:] == ["a-2", "b"]
    assert len(rispy.loads(together(cited, "ris"))) == len(json.loads(together(cited, "csl-json"))) == 4


@pytest.mark.parametrize("name", ALL)
def test_a_source_that_nobody_captured_stands_as_its_author_wrote_it(name: str) -> None:
    entry = Bibliographic(
        title="The Wall and the Sea", authors=("Ada Byron",), date="1931", container="Pier Press"
    )
    written = as_written(
        Citation("t" * 16, "The Wall…", kind="list", entry=entry), None, "no address of it is known"
    )
    said = form(name)(written)
    assert "The Wall and the Sea" in said
    assert "1931" in said or name == "robust-link"
    assert "o address of it is known" in said
    assert "http" not in said.replace("https://schema.org", "") and "rchived" not in said


@given(st.text(max_size=40))
def test_one_line_is_idempotent(value: str) -> None:
    assert one_line(one_line(value)) == one_line(value)


@pytest.mark.parametrize("title", HOSTILE)
def test_citeproc_prints_title_and_snapshot(title: str) -> None:
    """citeproc-py with the style that it brings; it warns of what it does not know."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        citeproc = pytest.importorskip("citeproc", reason="the test group has citeproc-py")
        reader = pytest.importorskip("citeproc.source.json").CiteProcJSON

        cited = titled(title)
        source = reader(json.loads(csl_json([cited])))
        style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
        made = citeproc.CitationStylesBibliography(style, source, citeproc.formatter.plain)
        made.register(citeproc.Citation([citeproc.CitationItem(cited.key)]))
        (line,) = [str(entry) for entry in made.bibliography()]
    assert line.startswith("Doe, J.Q. and Wikipedia contributors (2024)") and ADDRESS in line
    assert cited.title in line


@pytest.mark.parametrize("title", HOSTILE)
@pytest.mark.parametrize("name", ALL)
def test_no_form_steers_a_terminal(name: str, title: str) -> None:
    """The command prints them as they stand, so that RIS keeps its line ends and JSON its selectors."""
    words = describe(f"one {title} two\u202e", 0, len(title) + 9)
    cited = pinned(titled(title))
    assert cited.pinpoint
    said = form(name)(replace(cited, pinpoint=replace(cited.pinpoint, passage=words)))
    assert readable(said.replace("\r\n", "\n")) == said.replace("\r\n", "\n")


def test_the_command_offers_every_form_there_is() -> None:
    assert (set(consult.FORMATS), set(consult.STYLES)) == (set(FORMATS), set(STYLES))
