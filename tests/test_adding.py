"""Sources by hand: named, captured, settled, ordered; on every page and in the log for good."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archive.documents import citation_item, noun_document
from archive.index import read
from archive.index.write import rebuild
from archive.model import Entry, Resolution
from archive.saying import Desk, collect, tag
from ingest.adding import Order, Source, add, faults_of, of_library
from ingest.capture import Tools, index
from ingest.library import read_library
from ingest.settling import Said, settle, unresolved
from tests.index_rows import index_rows
from tests.program import LOOPBACK, pincite
from tests.story import tell
from tests.web import Web
from tests.working import copied, elsewhere, working


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with Web() as served:
        tell(served)
        yield served


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tools]:
    with working(tmp_path_factory.mktemp("warm") / "archive") as held:
        yield held


@pytest.fixture
def held(warm: Tools, tmp_path: Path) -> Tools:
    return elsewhere(warm, tmp_path / "archive")


def entry(title: str = "A source", **said: object) -> Entry:
    return Entry(creator="", created="", title=title, **said)  # type: ignore[arg-type]


ADA = Order("Ada", ("tides",), ("thesis",), ("Read twice.",))


def test_a_source_is_captured_before_anything_cites_it(held: Tools, web: Web) -> None:
    source = Source(ADA.named(entry("Its report", authors=("{Port Office}",), uri=web.url("/report"))))
    (found,) = add(held, [source], ADA, capture=True).entries
    assert (found.new, found.status) == (True, "captured") and found.snapshot
    with index(held) as connection:
        document = noun_document(connection, found.id)
        item = citation_item(connection, found.id, "https://archive.example.edu")
        (said,) = read.resolutions_of(connection, found.id)
        assert read.statement(connection, said.id) == said and said.noun == "entry"
        assert read.entries_of(connection, found.snapshot) == [found.id]
    assert document and item and item.kept
    assert document["tags"] == ["tides"] and document["collections"] == ["thesis"]
    assert document["notes"] == ["Read twice."] and document["snapshot"] == found.snapshot
    assert item.title == "Its report" and [name.natural for name in item.authors] == ["Port Office"]

    names = set(held.store.names())
    (again,) = add(held, [source], ADA, capture=True).entries
    assert not again.new and again.status == "unchanged" and again.id == found.id
    assert set(held.store.names()) == names, "said twice is said once"


def test_what_fails_is_named_and_settled_by_a_copy(held: Tools, web: Web, tmp_path: Path) -> None:
    sources = [Source(Order("Ada").named(entry(path, uri=web.url(path)))) for path in ("/gone", "/report")]
    found = add(held, sources, Order("Ada"), capture=True)
    assert found.exit_code == 3
    assert [(one.status, one.reason) for one in found.entries] == [("failed", "http-404"), ("captured", None)]
    copy = tmp_path / "gone.html"
    copy.write_text("<title>Currents</title><p>The currents in the bay run north in winter.</p>", "utf-8")
    (settled,) = settle(held, Said(found.entries[0].id, str(copy), None, "Eve")).entries  # type: ignore[union-attr]
    assert settled.status == "captured" and settled.snapshot
    with index(held) as connection:
        snapshot = read.snapshot(connection, settled.snapshot)
        history = read.resolutions_of(connection, settled.id)
    assert snapshot and snapshot.origin.kind == "supplied" and snapshot.uri == web.url("/gone")
    assert [(one.creator, one.state) for one in history] == [("Eve", "resolved"), ("Ada", "failed")]


def test_a_source_without_an_address_waits_until_it_is_settled(held: Tools) -> None:
    (one,) = add(held, [Source(ADA.named(entry(isbn="9780306406157")))], ADA, capture=True).entries
    assert (one.status, one.reason) == ("unresolved", "it has no address")
    assert [waiting["id"] for waiting in unresolved(held.archive)["entries"]] == [one.id]
    (settled,) = settle(held, Said(one.id, None, "a talk", "Eve")).entries  # type: ignore[union-attr]
    assert (settled.status, settled.reason) == ("settled", "a talk")
    assert unresolved(held.archive)["entries"] == []


def test_a_persons_file_is_a_copy_of_the_address(held: Tools, web: Web, tmp_path: Path) -> None:
    copy = tmp_path / "scan.txt"
    copy.write_text("What the sea took in 1953.", "utf-8")
    source = Source(Order("Ada").named(entry("The sea", uri=web.url("/scan"))), str(copy))
    (found,) = add(held, [source], Order("Ada"), capture=True).entries
    with index(held) as connection:
        snapshot = read.snapshot(connection, found.snapshot or "")
        assert snapshot and (snapshot.uri, snapshot.origin.detail) == (web.url("/scan"), "Ada")


def test_one_bad_entry_keeps_no_other_out(held: Tools) -> None:
    long = Order("Ada", notes=("x" * 30_000,)).named(entry("Too long"))
    found = add(held, [Source(long, line=7), Source(ADA.named(entry("Good")))], ADA, capture=False)
    assert [one.title for one in found.entries] == ["Good"] and found.exit_code == 3
    assert found.faults[0].line == 7 and "at most 20,000 characters" in found.faults[0].detail


LIBRARY = b"""@article{wall, title = {The wall}, author = {Doe, Jane}, journal = {Tides}, year = 2024}
@misc{broken, title = {No end
@misc{k2, title = {Second}, keywords = {a, b}}
"""


def test_a_library_goes_in_and_adds_only_what_is_new(held: Tools) -> None:
    def took(data: bytes) -> list[bool]:
        library = read_library(data, "l.bib")
        found = add(held, of_library(library, ADA), ADA, False, faults_of(library))
        assert [(fault.line, "does not end" in fault.detail) for fault in found.faults] == [(2, True)]
        return [one.new for one in found.entries]

    assert took(LIBRARY) == [True, True]
    names = set(held.store.names())
    assert took(LIBRARY.replace(b"title = {The wall}", b"title =    {The wall}")) == [False, False]
    assert set(held.store.names()) == names
    assert took(LIBRARY.replace(b"{Tides}", b"{Tides}, abstract = {Stones.}")) == [True, False]


def test_all_of_it_survives_a_rebuild_and_an_import(
    held: Tools, web: Web, warm: Tools, tmp_path: Path
) -> None:
    library = read_library(LIBRARY, "l.bib")
    sources = [*of_library(library, ADA), Source(ADA.named(entry("Report", uri=web.url("/report"))))]
    found = add(held, sources, ADA, capture=True)
    desk = Desk(held.store, held.archive.index)
    ids = [one.id for one in found.entries]
    desk.say("Ben", lambda c, v: tag(c, v, ids[0], ["late"]), lambda c, v: collect(c, v, "two", ids))
    before = index_rows(held.archive.index)
    held.archive.index.unlink()
    rebuild(held.store, held.archive.index, held.date(), lambda _: None)
    assert index_rows(held.archive.index) == before

    other = elsewhere(warm, tmp_path / "other")
    copied(held, other)
    rebuild(other.store, other.archive.index, held.date(), lambda _: None)
    for name in ("entries", "tags", "collections", "notes", "resolutions"):
        assert index_rows(other.archive.index)[name] == before[name] != []


def test_a_resolution_names_what_it_is_of(held: Tools) -> None:
    from archive.warc.annotation import statement_block, statement_of

    said = Resolution(
        creator="Ada", created="2026-12-01T12:00:00Z", citation="860whmcefyfw8mb1", noun="entry",
        person=True, state="none", method="person", reason="a talk",
    )  # fmt: skip
    block = statement_block(said)
    assert b"urn:pincite:entry:860whmcefyfw8mb1" in block
    read_back = statement_of(block)
    assert isinstance(read_back, Resolution) and read_back.noun == "entry"


def test_the_program_adds_and_shows(tmp_path: Path, web: Web) -> None:
    folder = tmp_path / "archive"
    said = ("--author", "Doe, Jane and {A and B}", "--date", "2024", "--key", "report24", "--tag", "x")
    done = pincite("-A", folder, "add", "The report", *said, "--url", web.url("/report"), *LOOPBACK, "--json")
    assert done.code == 0, done.err
    (one,) = done.json["entries"]
    shown = pincite("-A", folder, "show", one["id"], "--json").json
    assert shown["authors"] == ["Doe, Jane", "{A and B}"] and shown["key"] == "report24"
    cited = pincite("-A", folder, "cite", one["id"], "--format", "bibtex").out
    assert "@misc{report24," in cited and "author = {Doe, Jane and {A and B}}" in cited
    for wrong, message in (
        (["--isbn", "123"], "no ISBN"), (["--doi", "x"], "no DOI"), (["--date", "May"], "no date"),
        (["--url", "x"], "no address"), (["-i", folder / "pincite.toml"], "by its title"),
    ):  # fmt: skip
        refused = pincite("-A", folder, "add", "T", *wrong)
        assert refused.code == 2 and message in refused.err
    (folder / "l.bib").write_bytes(LIBRARY)
    done = pincite("-A", folder, "add", "-i", folder / "l.bib", "--no-capture", "--by", "Jo")
    assert done.code == 3 and "left out   line 2" in done.out and "2 wait in" in done.out
    assert "Second" in pincite("-A", folder, "resolve").out
    with closing(read.connect(folder / "archive.db")) as connection:
        assert {one.creator for one in read.entries(connection)} == {"Jo", "the operator of this archive"}
