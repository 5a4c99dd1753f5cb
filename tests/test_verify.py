"""A whole archive has no faults; each thing that can stop holding is named, with its place."""

import gzip
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.model import Snapshot, Text
from archive.store import Store, imported_name, own_name
from archive.verify import verify
from tests import warcs
from tests.nouns import DATE
from tests.whole_archive import Kept

NOTE = (
    "INSERT INTO notes (id, subject, note, creator, created, file, offset, length) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "archive")


def test_a_whole_archive_has_no_faults(kept: Kept) -> None:
    report = verify(kept.store, kept.index)
    assert report.faults == ()
    assert report.checked.files == 3
    assert report.checked.records == 18 + 3 + 2
    # Two claims, one piece of evidence, two paragraphs in each of two texts.
    assert report.checked.quotations == 7
    with closing(sqlite3.connect(kept.index)) as connection:
        stated = connection.execute(
            "SELECT (SELECT count(*) FROM snapshots) + (SELECT count(*) FROM warcs)"
        ).fetchone()[0]
    assert report.checked.rows > stated == 4 + 3


def test_an_archive_without_anything_has_no_faults(tmp_path: Path) -> None:
    assert verify(Store(str(tmp_path)), tmp_path / "archive.db").faults == ()


def test_verify_writes_nothing(kept: Kept) -> None:
    before = {path: path.read_bytes() for path in sorted(kept.folder.rglob("*")) if path.is_file()}
    assert kept.faults() == []
    after = {path: path.read_bytes() for path in sorted(kept.folder.rglob("*")) if path.is_file()}
    assert {p: b for p, b in after.items() if not p.name.endswith(("-shm", "-wal"))} == before


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_changed_byte_of_any_file_is_found(kept: Kept, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(kept.store.names()))
    path = kept.path(name)
    whole = path.read_bytes()
    content = bytearray(whole)
    position = data.draw(st.integers(0, len(content) - 1))
    content[position] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    try:
        assert any(fault.file == name and fault.fault == "changed" for fault in kept.faults())
    finally:
        path.write_bytes(whole)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=3000), st.sampled_from(["warc", "warc.gz", "wacz"]))
def test_no_bytes_make_it_raise(kept: Kept, content: bytes, suffix: str) -> None:
    name = kept.put(content, suffix)
    try:
        assert any(fault.file == name for fault in kept.faults())
    finally:
        kept.path(name).unlink()


def test_a_cut_file_gives_offset_and_lost_rows(kept: Kept) -> None:
    path = kept.path(kept.main)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    kinds = kept.kinds()
    assert {"changed", "damaged", "row-without-record", "row-differs"} <= kinds


def test_a_file_that_is_gone_leaves_rows_without_record(kept: Kept) -> None:
    kept.path(kept.words).unlink()
    [fault] = kept.faults()
    assert (fault.file, fault.fault) == (kept.words, "row-without-record")
    assert "1 of tags" in fault.detail


def test_a_file_that_was_never_folded_misses_its_rows(kept: Kept) -> None:
    name = kept.put(warcs.gzipped(warcs.response(b"<p>new")))
    faults = kept.faults()
    assert {(fault.file, fault.fault) for fault in faults} == {(name, "row-missing")}
    kept.store.mark(name)
    assert kept.faults() == []


def test_a_file_under_a_wrong_name_is_named(kept: Kept) -> None:
    path = kept.store.temp() / "x"
    path.write_bytes(kept.path(kept.words).read_bytes())
    digest = warcs.sha256(path.read_bytes())[7:]
    kept.store.put(path, name := own_name("2020-01-01T00:00:00Z", digest))
    assert ("name", name) in {(fault.fault, fault.file) for fault in kept.faults()}
    other = kept.store.temp() / "y"
    other.write_bytes(warcs.gzipped(warcs.record()))
    kept.store.put(other, "other.warc.gz")
    assert ("name", "other.warc.gz") in {(fault.fault, fault.file) for fault in kept.faults()}


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (warcs.record(WARC_Block_Digest=warcs.sha256(b"other")), "block-digest"),
        (warcs.record(WARC_Payload_Digest=warcs.sha256(b"other")), "payload-digest"),
        (warcs.response(uri=None), "missing-field"),
        (warcs.record(end=b""), "bad-end"),
        (warcs.record() + b"garbage", "damaged"),
        (
            warcs.record("metadata", b"{}", uri="urn:pincite:tag:x", Content_Type="application/json"),
            "refused",
        ),
        (b"<html>Not found</html>", "damaged"),
        (b"\x28\xb5\x2f\xfd", "unreadable"),
    ],
)
def test_faults_of_imported_files_are_named_with_their_place(kept: Kept, content: bytes, fault: str) -> None:
    path = kept.store.temp() / "new"
    path.write_bytes(content)
    kept.store.put(path, name := imported_name(warcs.sha256(content)[7:], "warc"))
    found = [f for f in kept.faults() if f.fault == fault]
    assert [f.file for f in found] == [name]


@pytest.mark.parametrize(
    ("sql", "fault", "words"),
    [
        ("DELETE FROM tags", "row-missing", "no row in tags"),
        ("DELETE FROM passages WHERE start = 0", "row-missing", "no row in passages"),
        ("UPDATE snapshots SET status = 404 WHERE status = 200", "row-differs", "status: 404 is not 200"),
        ("UPDATE texts SET title = 'Another'", "row-differs", "title: 'Another' is not 'The ferry'"),
        ("UPDATE reading_evidence SET score = 0.5", "row-differs", "score: 0.5 is not 0.75"),
        ("UPDATE texts SET body = NULL", "row-differs", "body: None is not"),
        ("UPDATE tags SET id = id || 'x'", "row-without-record", "no record states the row tags"),
        ("UPDATE tags SET offset = offset + 1", "row-misplaced", "though this record comes first"),
        ("UPDATE tags SET offset = 0", "row-without-record", "no record states the row tags"),
        ("UPDATE warcs SET records = records + 1", "row-differs", "records"),
        ("UPDATE failures SET reason = 'tls'", "row-differs", "reason"),
        ("UPDATE requisites SET uri = 'https://other.example/'", "row-differs", "uri"),
        ("UPDATE claims SET exact = upper(exact)", "quotation", "claims"),
        ("UPDATE evidence SET start = start + 1", "quotation", "evidence"),
        ('UPDATE passages SET "end" = 99999', "quotation", "passages"),
    ],
)
def test_rows_that_differ_are_named(kept: Kept, sql: str, fault: str, words: str) -> None:
    kept.change(sql)
    assert any(found.fault == fault and words in found.detail for found in kept.faults()), kept.faults()


def test_a_row_of_nobody_is_found(kept: Kept) -> None:
    kept.change(
        NOTE,
        *("0123456789abcdef", "x", "forged", "Eve", DATE, kept.words, 10, 5),
    )
    [fault] = kept.faults()
    assert (fault.fault, fault.file, fault.offset) == ("row-without-record", kept.words, 10)


def test_many_rows_of_nobody_are_counted(kept: Kept) -> None:
    with closing(sqlite3.connect(kept.index)) as connection, connection:
        connection.executemany(
            NOTE,
            [(f"{n:016d}", "x", "forged", "Eve", DATE, kept.words, n, 5) for n in range(250)],
        )
    faults = kept.faults()
    assert len(faults) == 101
    assert any("nor 150 more rows of notes" in fault.detail for fault in faults)


def test_a_missing_or_broken_index_is_one_fault(kept: Kept) -> None:
    kept.index.unlink()
    for suffix in ("-wal", "-shm"):
        kept.index.with_name(kept.index.name + suffix).unlink(missing_ok=True)
    [fault] = kept.faults()
    assert (fault.fault, fault.file) == ("index", "archive.db")
    assert "pincite rebuild" in fault.detail
    kept.index.write_bytes(b"SQLite format 3\0" + b"nonsense" * 2000)
    [fault] = kept.faults()
    assert fault.fault == "index"


def test_a_page_of_the_index_that_is_overwritten_is_found(kept: Kept) -> None:
    content = bytearray(kept.index.read_bytes())
    content[4096 * 6 : 4096 * 9] = b"\xee" * 4096 * 3
    kept.index.write_bytes(content)
    assert "index" in kept.kinds()


@pytest.mark.parametrize("which", ["article", "source"])
def test_restricted_words_are_no_fault_but_their_presence_is(kept: Kept, which: str) -> None:
    page: Snapshot
    text: Text
    page, text = getattr(kept, which)
    kept.restrict(page)
    assert kept.faults() == []
    kept.change("UPDATE texts SET description = 'what it said' WHERE id = ?", text.id)
    [fault] = kept.faults()
    assert (fault.fault, fault.record) == ("restricted-words", text.id)


def test_restricted_passages_must_have_no_rows(kept: Kept) -> None:
    page, text = kept.article
    with closing(sqlite3.connect(kept.index)) as connection:
        found = connection.execute("SELECT * FROM passages WHERE text = ?", (text.id,)).fetchall()
    kept.restrict(page)
    kept.change(f"INSERT INTO passages VALUES ({', '.join('?' * len(found[0]))})", *found[0])
    assert "restricted-words" in kept.kinds()


def test_rows_from_several_records_of_one_fact_are_compared_with_the_first(kept: Kept) -> None:
    # The same bytes stored a second time under a later name: every fact has two records.
    content = kept.path(kept.main).read_bytes()
    again = gzip.compress(warcs.record("warcinfo", b"", uri=None), mtime=0) + content
    kept.put(again)
    kept.fold()
    assert [fault for fault in kept.faults() if fault.fault.startswith("row")] == []


def test_a_package_is_read_and_its_faults_are_named(kept: Kept) -> None:
    page = warcs.gzipped(warcs.response(b"<p>packed"))
    kept.put(warcs.wacz([("archive/data.warc.gz", page), ("pages/pages.jsonl", b"{}")]), "wacz")
    kept.fold()
    assert kept.faults() == []
    wrong = warcs.wacz([("archive/a.warc.gz", page)], hashes={"archive/a.warc.gz": warcs.sha256(b"x")})
    name = kept.put(wrong, "wacz")
    kept.fold()
    assert {(fault.file, fault.fault) for fault in kept.faults()} == {(name, "package-hash")}


def test_a_report_can_be_written_as_json(kept: Kept) -> None:
    from dataclasses import asdict

    kept.path(kept.words).unlink()
    document = json.loads(json.dumps(asdict(verify(kept.store, kept.index))))
    assert set(document) == {"checked", "faults"}
    assert set(document["checked"]) == {"files", "records", "rows", "quotations"}
    assert set(document["faults"][0]) == {"file", "offset", "record", "fault", "detail"}


def test_progress_is_told(kept: Kept) -> None:
    said: list[str] = []
    verify(kept.store, kept.index, said.append)
    assert said[-1] == "checked 3 of 3 files"
