"""What comes in with a library or into a collection: by ingest, capture and import, through the program."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archive.index import read
from tests.program import LOOPBACK, pincite
from tests.story import tell
from tests.web import Web


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with Web() as served:
        tell(served)
        yield served


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    assert pincite("init", folder, "--operator", "Ada").code == 0
    return folder


def library(folder: Path, *addresses: str) -> Path:
    """A library with an entry for each address, one without any, and a place that nobody can read."""
    path = folder / "library.bib"
    entries = [f"@online{{k{n}, title = {{T{n}}}, url = {{{uri}}}}}" for n, uri in enumerate(addresses)]
    path.write_text("\n".join([*entries, "@book{b, title = {A book}}", "@misc{x, title = {"]), "utf-8")
    return path


def test_a_library_is_captured_into_a_collection(archive: Path, web: Web, tmp_path: Path) -> None:
    listed = library(tmp_path, web.url("/report"), web.url("/gone"))
    done = pincite("-A", archive, "capture", "-i", listed, web.url("/moved"), "--collection", "thesis",
                   "--by", "Jo", "--json", *LOOPBACK)  # fmt: skip
    assert done.code == 3, done.err
    came = {one["title"]: one["snapshot"] for one in done.json["articles"] if one["status"] == "captured"}
    assert came.keys() == {"Yearly report 2025", "The harbour master speaks"}
    with closing(read.connect(archive / "archive.db")) as connection:
        entries = {one.key: one for one in read.entries(connection)}
        leads = {key: read.resolution_in_force(connection, one.id) for key, one in entries.items()}
        members = {one.subject for one in read.members_of(connection, "thesis")}
    assert entries.keys() == {"k0", "k1", "b"} and {one.creator for one in entries.values()} == {"Jo"}
    assert leads["k0"] and leads["k0"].snapshot == came["Yearly report 2025"]
    assert leads["k1"] and (leads["k1"].state, leads["k1"].reason) == ("failed", "http-404")
    assert leads["b"] is None
    moved = came["The harbour master speaks"]
    assert members == {moved, *(one.id for one in entries.values())}, "an entry stands for what came of it"

    again = pincite("-A", archive, "capture", "-i", listed, "--collection", "thesis", "--by", "Jo", *LOOPBACK)
    assert "left out   line 4" in again.out and "1 without an address wait" in again.out
    with closing(read.connect(archive / "archive.db")) as connection:
        assert len(read.members_of(connection, "thesis")) == len(members)
        assert len(read.resolutions_of(connection, entries["k0"].id)) == 1


def test_the_addresses_of_a_library_are_ingested_as_articles(archive: Path, web: Web, tmp_path: Path) -> None:
    listed = library(tmp_path, web.url("/report"))
    done = pincite("-A", archive, "ingest", "-i", listed, "--resolver", "none", "--json", *LOOPBACK)
    (article,) = done.json["articles"]
    assert article["title"] == "Yearly report 2025" and article["reading"]
    with closing(read.connect(archive / "archive.db")) as connection:
        (named,) = read.entries_of(connection, article["snapshot"])
        entry = read.entry(connection, named)
    assert entry and entry.key == "k0"


def test_what_is_imported_goes_into_a_collection(archive: Path, web: Web, tmp_path: Path) -> None:
    assert pincite("-A", archive, "capture", web.url("/report"), web.url("/gone"), *LOOPBACK).code == 3
    files = sorted((archive / "warcs").rglob("*.warc.gz"))
    other = tmp_path / "other"
    done = pincite("-A", other, "import", *files, "--collection", "theirs")
    assert done.code == 0, done.err
    with closing(read.connect(other / "archive.db")) as connection:
        found = [read.snapshot(connection, one.subject) for one in read.members_of(connection, "theirs")]
    assert [one.uri for one in found if one] == [web.url("/report")], "an error page is no member"


def test_a_bad_name_of_a_collection_is_refused_before_anything_is_captured(archive: Path, web: Web) -> None:
    done = pincite("-A", archive, "capture", web.url("/report"), "--collection", "a/b", *LOOPBACK)
    assert done.code == 2 and "cannot name a collection" in done.err
    assert not list((archive / "warcs").rglob("*.warc.gz"))
