"""Other people's WARC and WACZ files in the archive: as they are, with the ids that anyone computes."""

import gzip
import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from archive.errors import UnsupportedFormat, UsageError
from archive.index import read
from ingest.capture import Tools
from ingest.importing import take_in
from ingest.report import FileReport
from tests.anyone import found_in, ids_in, intrinsic
from tests.index_rows import index_rows
from tests.program import pincite
from tests.warcs import chunked, gzipped, record, response, sha256, wacz
from tests.working import elsewhere, stored, working

HTML = "Content-Type: text/html; charset=utf-8"


def page(title: str, *paragraphs: str) -> bytes:
    """A page with enough words to be an article."""
    said = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title></head>'
        f"<body><article><h1>{title}</h1>{said}</article></body></html>"
    ).encode()


FERRY = page(
    "The ferry",
    "The ferry sank in the bay on a windy morning in 1911, and all 41 passengers lived to tell it.",
    "Its bell was found by divers in 1987 and hangs in the town hall of the harbour.",
)


def crawl(version: str = "1.1", body: bytes = FERRY, uri: str = "https://example.org/ferry") -> list[bytes]:
    """The records of a small crawl: a page in chunks, a redirect to it, its style sheet, a repetition."""
    made: dict[str, Any] = {"version": version}
    host = uri.rpartition("/")[0]
    head = f"HTTP/1.1 200 OK\r\n{HTML}\r\n\r\n".encode()
    repeated: dict[str, Any] = {
        "Content_Type": "application/http;msgtype=response",
        "WARC_Payload_Digest": sha256(body),
    }
    return [
        record(
            "warcinfo",
            b"software: harvester 7\r\n",
            uri=None,
            number=1,
            Content_Type="application/warc-fields",
            **made,
        ),
        response(
            chunked(body[:100], body[100:]),
            HTML,
            "Transfer-Encoding: chunked",
            uri=f"<{uri}>" if version == "1.0" else uri,
            number=2,
            **made,
        ),
        response(b"", "Location: /ferry", status="301 Moved", uri=f"{host}/old", number=3, **made),
        response(b"p {}", "Content-Type: text/css", uri=f"{host}/style.css", number=4, **made),
        record(
            "revisit",
            head,
            uri=uri,
            number=5,
            WARC_Date="2026-11-24T12:00:00Z",
            WARC_Refers_To_Target_URI=uri,
            WARC_Refers_To_Date="2026-11-22T12:00:00Z",
            **repeated,
            **made,
        ),
    ]


CONTAINERS: dict[str, Callable[[], bytes]] = {
    "old.warc": lambda: b"".join(crawl("1.0")),
    "new.warc": lambda: b"".join(crawl("1.1")),
    "old.warc.gz": lambda: gzipped(*crawl("1.0")),
    "new.warc.gz": lambda: gzipped(*crawl("1.1")),
    "package.wacz": lambda: wacz([("archive/data.warc.gz", gzipped(*crawl()))]),
}


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tools]:
    with working(tmp_path_factory.mktemp("warm")) as held:
        yield held


@pytest.fixture
def held(warm: Tools, tmp_path: Path) -> Tools:
    return elsewhere(warm, tmp_path / "archive")


def brought(held: Tools, path: Path, content: bytes) -> FileReport:
    """Import a file with this content."""
    path.write_bytes(content)
    (report,) = take_in(held, [path]).files
    return report


def asked(held: Tools, sql: str, *values: Any) -> list[Any]:
    with closing(sqlite3.connect(held.archive.index)) as connection:
        return connection.execute(sql, values).fetchall()


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_file_is_kept_as_it_is_and_its_pages_read(held: Tools, tmp_path: Path, name: str) -> None:
    path, content = tmp_path / name, CONTAINERS[name]()
    report = brought(held, path, content)
    kept = f"imported/{hashlib.sha256(content).hexdigest()}{name[name.index('.') :]}"
    assert report == FileReport(str(path), kept, 5, 3, 1, ())
    assert Path(held.archive.store, "warcs", kept).read_bytes() == content
    pages = asked(held, "SELECT id, origin, file, status FROM snapshots ORDER BY file, offset")
    (sheet,) = asked(held, "SELECT id, origin, file FROM requisites")
    ids = ids_in(path)
    assert [found[0] for found in pages] == [ids[0], ids[1], ids[3]] and sheet[0] == ids[2]
    assert ids[0] == intrinsic("snapshot", "https://example.org/ferry", "2026-11-22T12:00:00Z", sha256(FERRY))
    assert {found[1:3] for found in [*pages, sheet]} == {("imported", kept)}


@pytest.mark.parametrize("name", ["new.warc.gz", "package.wacz"])
def test_texts_stand_in_a_file_of_ours_that_names_the_import(held: Tools, tmp_path: Path, name: str) -> None:
    report = brought(held, tmp_path / name, CONTAINERS[name]())
    (own,) = [path for path in stored(held) if "imported" not in path.parts]
    info, conversion, fields = found_in(own)
    assert [record.type for record in (info, conversion, fields)] == ["warcinfo", "conversion", "metadata"]
    assert f"pincite-imports: {report.name}\r\n".encode() in info.block
    assert f"pincite-imported-as: {name}\r\n".encode() in info.block
    assert not info.field("WARC-Target-URI") and not info.field("WARC-Filename")
    (page_id, _, _) = [found[0] for found in asked(held, "SELECT id FROM snapshots ORDER BY offset")]
    assert conversion.field("Pincite-Snapshot") == fields.field("Pincite-Snapshot") == page_id
    assert conversion.field("WARC-Target-URI") == "https://example.org/ferry"
    assert "Its bell was found by divers in 1987" in conversion.block.decode()
    ((text, maker),) = asked(held, "SELECT id, extractor FROM texts")
    assert text == intrinsic("text", page_id, maker, sha256(conversion.block))


def test_words_of_an_import_are_found_and_a_repetition_shares_them(held: Tools, tmp_path: Path) -> None:
    brought(held, tmp_path / "new.warc.gz", CONTAINERS["new.warc.gz"]())
    with closing(read.connect(held.archive.index)) as connection:
        (hit,) = read.search(connection, '"found by divers"', 10).hits
        first, again = read.snapshots_of(connection, "https://example.org/ferry")
        moved = read.snapshots_of(connection, "https://example.org/old")[0]
        shared = read.text_in_use(connection, again.id)
        assert shared and shared == read.text_in_use(connection, first.id)
        assert (hit.kind, hit.snapshot, hit.title) == ("passage", first.id, "The ferry")
        assert shared.body[hit.start : hit.end].startswith("Its bell was found")
        assert read.last_hop(connection, moved.id).id == first.id


@pytest.mark.parametrize("name", ["new.warc", "package.wacz"])
def test_a_second_import_changes_nothing(held: Tools, tmp_path: Path, name: str) -> None:
    first = brought(held, tmp_path / name, CONTAINERS[name]())
    rows, files = index_rows(held.archive.index), stored(held)
    assert take_in(held, [tmp_path / name]).files == (first,)
    renamed = tmp_path / "the same under another name"
    (tmp_path / name).rename(renamed)
    (again,) = take_in(held, [renamed, renamed]).files[:1]
    assert (again.name, again.snapshots, again.texts) == (first.name, first.snapshots, first.texts)
    assert (stored(held), index_rows(held.archive.index)) == (files, rows)
    assert held.store.pending() == []


def test_the_same_records_in_two_files_are_the_same_nouns(held: Tools, tmp_path: Path) -> None:
    """Each file is counted whole, whichever of the two states the rows."""
    reports = [brought(held, tmp_path / name, CONTAINERS[name]()) for name in ("new.warc", "new.warc.gz")]
    assert {(one.records, one.snapshots, one.texts) for one in reports} == {(5, 3, 1)}
    assert asked(held, "SELECT count(*) FROM snapshots") == [(3,)]
    assert asked(held, "SELECT count(*) FROM texts") == [(1,)]


def damaged_member() -> tuple[bytes, int]:
    """The fourth of five gzip members is broken in its middle."""
    members = [gzip.compress(one, mtime=0) for one in crawl()]
    at = len(members[3]) // 2
    members[3] = members[3][:at] + b"\0\0\0\0" + members[3][at + 4 :]
    return b"".join(members), sum(map(len, members[:3]))


def garbage_between() -> tuple[bytes, int]:
    """Words between two records of a plain file."""
    parts = crawl()
    return b"".join((*parts[:3], b"not a record\r\n", *parts[3:])), sum(map(len, parts[:3]))


def cut_short() -> tuple[bytes, int]:
    """A download that ended early."""
    parts = [gzip.compress(one, mtime=0) for one in crawl()]
    return b"".join(parts)[:-20], sum(map(len, parts[:4]))


@pytest.mark.parametrize(
    ("make", "records", "snapshots"), [(damaged_member, 4, 3), (garbage_between, 5, 3), (cut_short, 4, 2)]
)
def test_what_is_whole_comes_in_and_what_is_not_is_named(
    held: Tools, tmp_path: Path, make: Callable[[], tuple[bytes, int]], records: int, snapshots: int
) -> None:
    content, offset = make()
    report = brought(held, tmp_path / "damaged.warc.gz", content)
    assert (report.records, report.snapshots, report.texts) == (records, snapshots, 1)
    assert [place.offset for place in report.damage] == [offset]
    assert asked(held, "SELECT damage FROM warcs WHERE name = ?", report.name) == [(1,)]


def test_damage_is_said_to_people_and_to_programs(tmp_path: Path) -> None:
    content, offset = damaged_member()
    path, archive = tmp_path / "damaged.warc.gz", tmp_path / "archive"
    path.write_bytes(content)
    assert pincite("init", archive).code == 0
    done = pincite("-A", archive, "import", path, "--json")
    (file,) = done.json["files"]
    assert done.code == 3
    assert file | {"name": None, "damage": None} == {
        "file": str(path), "name": None, "records": 4, "snapshots": 3, "texts": 1, "damage": None
    }  # fmt: skip
    assert [place["offset"] for place in file["damage"]] == [offset]
    again = pincite("-A", archive, "import", path)
    assert again.code == 3
    assert f"damaged at byte {offset}: {file['damage'][0]['detail']}" in again.out


ARC = b"filedesc://a.arc 0.0.0.0 20261122120000 text/plain 76\n1 0 x\nURL IP-address Archive-date\n\n"
OTHERS = {
    "crawl.arc": (ARC, "an ARC file"),
    "crawl.arc.gz": (gzipped(ARC), "an ARC file"),
    "crawl.warc.zst": (b"\x28\xb5\x2f\xfd\x04\x00", "a Zstandard file"),
    "dictionary.warc.zst": (b"\x5d\x2a\x4d\x18\x04\x00", "a Zstandard file"),
    "crawl.warc.lz4": (b"\x04\x22\x4d\x18\x64\x40", "an LZ4 file"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_formats_are_refused_by_name(held: Tools, tmp_path: Path, name: str) -> None:
    content, what = OTHERS[name]
    (tmp_path / name).write_bytes(content)
    good = tmp_path / "good.warc"
    good.write_bytes(CONTAINERS["new.warc"]())
    with pytest.raises(UnsupportedFormat, match=f"{name} is {what}") as refused:
        take_in(held, [good, tmp_path / name])
    assert "\n" not in str(refused.value)
    assert stored(held) == []


def test_a_refusal_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "crawl.arc").write_bytes(ARC)
    assert pincite("init", tmp_path / "archive").code == 0
    done = pincite("-A", tmp_path / "archive", "import", tmp_path / "crawl.arc")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("pincite: crawl.arc is an ARC file") and done.err.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "an empty file"),
        (b"<html><p>saved from a browser", "HTML"),
        (gzip.compress(b"just words"), "10 bytes that begin b'just words'"),
        (wacz([("word/document.xml", b"<w/>")]), "a zip without WARC files"),
        (wacz([("archive/data.warc.gz", gzipped(*crawl()))])[:-40], "a zip whose directory cannot be read"),
    ],
)
def test_a_file_without_any_record_is_not_kept(
    held: Tools, tmp_path: Path, content: bytes, found: str
) -> None:
    report = brought(held, tmp_path / "no.warc.gz", content)
    assert (report.name, report.records, report.snapshots, report.texts) == (None, 0, 0, 0)
    (place,) = report.damage
    assert place.offset == 0 and found in place.detail
    assert stored(held) == [] and held.store.pending() == []


def test_a_folder_or_no_file_stops_all(held: Tools, tmp_path: Path) -> None:
    good = tmp_path / "good.warc"
    good.write_bytes(CONTAINERS["new.warc"]())
    for wrong, said in ((tmp_path, "is a folder"), (tmp_path / "none.warc", "there is no file")):
        with pytest.raises(UsageError, match=said):
            take_in(held, [good, wrong])
    assert stored(held) == []
