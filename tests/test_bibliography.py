"""Citations of a snapshot, read back by other people's parsers, with hostile titles."""

import json
from dataclasses import replace

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given
from hypothesis import strategies as st

from archive.bibliography import FORMATS, Item, bibtex, cite_key, csl_json, item, plain, printed_address, ris
from archive.bibliography.words import one_line, person
from archive.model import Metadata, Origin, PageDate, Place, Snapshot

SNAPSHOT = Snapshot(
    uri="https://example.org/reef?b=1&c={x}",
    date="2026-11-22T12:00:00Z",
    digest="sha256:" + "5" * 64,
    record_type="response",
    record_id="urn:uuid:1",
    place=Place("a.warc.gz", 0, 9),
    origin=Origin("fetched"),
)
PAGE = Metadata(
    title="Great Barrier Reef",
    authors=("Jane Q. Doe", "Wikipedia contributors"),
    date=PageDate("5 March 2024", "2024-03-05", "meta"),
    site="Reef Watch",
    language="en",
)
BASE = "https://archive.example.edu"
ADDRESS = f"{BASE}/{printed_address(None, SNAPSHOT.id).removeprefix('pincite:')}"
ORIGINAL = "https://example.org/reef?b=1&c=%7Bx%7D"
HOSTILE = [
    r"Braces } and { and \input{/etc/passwd} \\ end",
    "50 % of “R&D” costs #1 $5 under_score ~tilde^caret",
    "two\nlines\r\nand\ttab\x00and nul",
    "title},\n  author = {Mallory",
    "\u202eright to left\u202c שלום עולם مرحبا",
    "TY  - JOUR\r\nER  - ",
    "@misc{evil, title={x}}",
    '"quoted" <b>bold</b>',
    "  ",
]
titles = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def read_bibtex(text: str) -> dict[str, str]:
    """The fields that bibtexparser reads of the only entry; with LaTeX's escapes undone."""
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    (entry,) = library.entries
    return {"key": entry.key, "type": entry.entry_type, **{f.key: str(f.value) for f in entry.fields}}


def titled(title: str | None, **changes: object) -> Item:
    return item(SNAPSHOT, replace(PAGE, title=title, **changes), BASE)  # type: ignore[arg-type]


def test_bibtex_carries_both_addresses() -> None:
    entry = bibtex(item(SNAPSHOT, PAGE, BASE))
    assert rf"howpublished = {{\url{{{ADDRESS}}}}}" in entry
    assert rf"note = {{Archived 2026-11-22 (UTC) from \url{{{ORIGINAL}}}}}" in entry
    assert "month = mar,\n" in entry
    read = read_bibtex(entry)
    assert (read["type"], read["year"], read["day"]) == ("misc", "2024", "5")
    assert read["author"] == "Doe, Jane Q. and Wikipedia contributors"
    assert "and {Wikipedia contributors}" in entry


def test_ris_carries_both_addresses() -> None:
    (record,) = rispy.loads(ris(item(SNAPSHOT, PAGE, BASE)))
    assert record["type_of_reference"] == "ELEC"
    assert record["title"] == "Great Barrier Reef"
    assert record["authors"] == ["Doe, Jane Q.", "Wikipedia contributors"]
    assert record["urls"] == [ADDRESS, ORIGINAL]
    assert (record["year"], record["date"], record["access_date"]) == ("2024", "2024/03/05/", "2026/11/22/")


def test_csl_json_names_the_snapshot_and_keeps_the_original() -> None:
    (entry,) = json.loads(csl_json(item(SNAPSHOT, PAGE, BASE)))
    assert (entry["type"], entry["URL"]) == ("webpage", ADDRESS)
    assert entry["author"] == [{"family": "Doe", "given": "Jane Q."}, {"literal": "Wikipedia contributors"}]
    assert entry["issued"] == {"date-parts": [[2024, 3, 5]]}
    assert entry["accessed"] == {"date-parts": [[2026, 11, 22]]}
    assert entry["custom"]["original-url"] == SNAPSHOT.uri
    assert entry["custom"]["archive-date"] == SNAPSHOT.date
    assert "archive" not in entry and "archive_location" not in entry


def test_plain_is_one_line_with_both_addresses() -> None:
    assert plain(item(SNAPSHOT, PAGE, BASE)) == (
        "Jane Q. Doe; Wikipedia contributors. “Great Barrier Reef”. Reef Watch, 2024-03-05. "
        f"{ORIGINAL}. Archived 2026-11-22 (UTC) at {ADDRESS}.\n"
    )


def test_a_pincite_has_its_locator_and_quotation() -> None:
    pincite = replace(item(SNAPSHOT, PAGE, BASE), locator="para. 7", quotation="It is\nlarge.")
    assert plain(pincite).endswith(" para. 7: “It is large.”\n")
    assert "; para. 7}" in bibtex(pincite)


@pytest.mark.parametrize(
    "base", [None, "", "http://127.0.0.1:8001", "http://localhost/x", "http://[::1]:80/"]
)
@pytest.mark.parametrize("form", sorted(FORMATS))
def test_without_a_public_base_no_address_is_made_up(form: str, base: str | None) -> None:
    text = FORMATS[form](item(SNAPSHOT, PAGE, base))
    assert "pincite:" in text and "no public address is set" in text
    assert "127.0.0.1" not in text and "localhost" not in text and "::1" not in text


@pytest.mark.parametrize(
    "base", ["http://0.0.0.0:8001", "http://[::ffff:127.0.0.1]/", "http://a.localhost", "ftp://x.org"]
)
def test_no_other_spelling_of_loopback_is_printed(base: str) -> None:
    assert printed_address(base, SNAPSHOT.id).startswith("pincite:")


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_a_supplied_copy_says_so(form: str) -> None:
    supplied = replace(SNAPSHOT, origin=Origin("supplied", "A. Archivist"))
    assert "copy supplied by A. Archivist" in FORMATS[form](item(supplied, PAGE, BASE))


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_survives_every_parser(title: str) -> None:
    cited = titled(title)
    # pylatexenc takes the right \\textasciicircum for the modifier letter of the same look.
    assert read_bibtex(bibtex(cited))["title"].replace("ˆ", "^") == cited.title
    (record,) = rispy.loads(ris(cited))
    assert (record["type_of_reference"], record["title"]) == ("ELEC", cited.title)
    assert json.loads(csl_json(cited))[0]["title"] == cited.title
    assert plain(cited).count("\n") == 1 and "\u202e" not in plain(cited)


@given(titles)
def test_any_title_stays_inside_its_bibtex_field(title: str) -> None:
    entry = bibtex(titled(title))
    depth = 0
    for number, symbol in enumerate(entry):
        depth += (symbol == "{") - (symbol == "}")
        assert depth > 0 or number < len("@misc") or number >= len(entry) - 2, (
            "a brace closed the entry early"
        )
    assert depth == 0 and set(read_bibtex(entry)) >= {"title", "howpublished", "note"}


@given(titles)
def test_any_title_stays_on_its_ris_line(title: str) -> None:
    records = rispy.loads(ris(titled(title)))
    assert [record["urls"] for record in records] == [[ADDRESS, ORIGINAL]]


def test_no_author_no_date_no_title() -> None:
    bare = item(SNAPSHOT, Metadata(), BASE)
    assert plain(bare).startswith("“[untitled: example.org]”. Undated. ")
    assert "author" not in read_bibtex(bibtex(bare)) and "year" not in bibtex(bare)
    (record,) = rispy.loads(ris(bare))
    assert "authors" not in record and "year" not in record
    assert "author" not in json.loads(csl_json(bare))[0]


@pytest.mark.parametrize(
    ("iso", "shown"), [("2024", "2024"), ("2024-03", "2024-03"), ("2024-13-40", "2024"), ("?", "undated")]
)
def test_a_date_is_only_as_exact_as_the_page_gives_it(iso: str, shown: str) -> None:
    cited = titled("T", date=PageDate(iso, iso, "meta"))
    assert f"Reef Watch, {shown}." in plain(cited)
    assert bibtex(cited) and ris(cited) and csl_json(cited)


def test_a_file_without_an_address_is_cited_by_its_digest_name() -> None:
    local = replace(SNAPSHOT, uri="ni:///sha-256;abc", record_type="resource")
    assert "ni:///sha-256;abc" in plain(item(local, Metadata(title="Minutes"), BASE))


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Doe, Jane", ("Doe", "Jane")),
        ("Jane Doe", ("Doe", "Jane")),
        ("Reuters", ("Reuters", "")),
        ("The Guardian", ("The Guardian", "")),
        ("Reef Watch", ("Reef Watch", "")),
        ("jane doe", ("jane doe", "")),
        ("Anna Maria van der Berg", ("Anna Maria van der Berg", "")),
    ],
)
def test_only_plain_names_are_split(name: str, parts: tuple[str, str]) -> None:
    assert person(name, "Reef Watch") == parts


def test_the_cite_key_is_safe_and_pinned() -> None:
    assert cite_key(PAGE, SNAPSHOT) == f"doe2024-{SNAPSHOT.id[:8]}"
    assert cite_key(Metadata(authors=("李小龙",)), SNAPSHOT) == f"examplend-{SNAPSHOT.id[:8]}"
    assert item(SNAPSHOT, PAGE, BASE, "mine2024").key == "mine2024"
    assert item(SNAPSHOT, PAGE, BASE, "a}, title={b").key == "atitleb"


@given(st.text(max_size=40))
def test_one_line_is_idempotent(value: str) -> None:
    assert one_line(one_line(value)) == one_line(value)
