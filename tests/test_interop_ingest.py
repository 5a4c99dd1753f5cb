"""What a whole ingest leaves behind, in the eyes of other programs: FastWARC, warcio, a CDX indexer."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from ingest.capture import Tools
from tests.anyone import ANSWERS, Found, answer_id, found_in
from tests.index_rows import index_rows
from tests.warcs import sha256
from tests.web import Web
from tests.whole_story import CHUNKED, live, put
from tests.working import stored, working

# What WARC 1.1 demands and forbids by type of record (6.2 to 6.9), beside the four fields of every record.
ALWAYS = {"WARC-Record-ID", "Content-Length", "WARC-Date", "WARC-Type", "Content-Type", "WARC-Block-Digest"}
DEMANDED = {
    "response": {"WARC-Target-URI", "WARC-Payload-Digest", "WARC-IP-Address", "WARC-Concurrent-To"},
    "request": {"WARC-Target-URI", "WARC-IP-Address", "WARC-Concurrent-To"},
    "resource": {"WARC-Target-URI", "WARC-Payload-Digest"},
    "revisit": {"WARC-Target-URI", "WARC-Profile", "WARC-Payload-Digest", "WARC-Refers-To-Target-URI",
                "WARC-Refers-To-Date", "WARC-Truncated"},
    "conversion": {"WARC-Target-URI", "WARC-Refers-To", "Pincite-Snapshot"},
    "metadata": {"WARC-Target-URI"},
    "warcinfo": set(),
}  # fmt: skip
FORBIDDEN = {
    "warcinfo": {"WARC-Target-URI", "WARC-IP-Address", "WARC-Filename", "WARC-Concurrent-To"},
    "conversion": {"WARC-IP-Address"},
}
ONLY_REVISITS = {"WARC-Profile", "WARC-Refers-To-Target-URI", "WARC-Refers-To-Date"}
REPEATABLE = {"WARC-Concurrent-To", "WARC-Protocol"}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Tools, list[Path]]]:
    folder = tmp_path_factory.mktemp("interop")
    with Web() as web, working(folder / "archive") as held:
        put(web)
        live(held, web, folder)
        yield held, stored(held)


@pytest.fixture(scope="module")
def whole(files: tuple[Tools, list[Path]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All files in one: WARC files may be put behind each other."""
    path = tmp_path_factory.mktemp("whole") / "whole.warc.gz"
    path.write_bytes(b"".join(one.read_bytes() for one in files[1]))
    return path


@pytest.fixture(scope="module")
def records(whole: Path) -> list[Found]:
    return found_in(whole)


def tool(name: str, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    """What a program of this environment says."""
    command = [Path(sys.executable).parent / name, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_the_story_has_every_kind_of_record(files: tuple[Tools, list[Path]], records: list[Found]) -> None:
    kinds = [record.type for record in records]
    assert set(kinds) == set(DEMANDED)
    assert kinds.count("warcinfo") == len(files[1]) >= 8
    assert {kind for kind in DEMANDED if kinds.count(kind) == 1} <= {"revisit", "resource"}
    rows = index_rows(files[0].archive.index)
    statuses = {row[9] for row in rows["snapshots"]}
    assert {200, 301, 404, None} <= statuses
    assert len(rows["requisites"]) >= 3 and len(rows["failures"]) == 1
    assert {str(row[11]) for row in rows["snapshots"]} >= {"text/html", "application/pdf", "None"}
    assert len(rows["readings"]) == 2
    assert {"Eve", "pincite"} == {str(row[-5]).partition(" ")[0] for row in rows["resolutions"]}


def test_fastwarc_finds_nothing_wrong(whole: Path) -> None:
    found = tool("fastwarc", "check", "--quiet", whole)
    assert found.returncode == 0, found.stdout + found.stderr


def test_warcio_reads_every_record(files: tuple[Tools, list[Path]], records: list[Found]) -> None:
    read = []
    for path in files[1]:
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream):
                record.content_stream().read()
                read.append((record.rec_type, record.rec_headers.get_header("WARC-Record-ID")))
    assert read == [(record.type, record.field("WARC-Record-ID")) for record in records]


def in_chunks(records: list[Found]) -> dict[str, str]:
    """Responses that came in chunks, and the digest that an independent de-chunker gives their payloads."""
    found = {}
    for record in records:
        if record.type == "response" and CHUNKED.encode() in record.head:
            assert record.block.endswith(b"0\r\n\r\n") and not record.payload.endswith(b"0\r\n\r\n")
            found[record.field("WARC-Record-ID").strip("<>")] = sha256(record.payload)
    return found


def test_warcio_complains_of_chunked_payloads_alone(whole: Path, records: list[Found]) -> None:
    """warcio takes the digest over the chunks (its issue 74)."""
    said = tool("warcio", "check", "-v", whole).stdout
    blamed = dict(re.findall(r"Record-ID <(\S+)> \w+\n    (.*(?:failed|error|exception).*)", said))
    chunks = in_chunks(records)
    assert len(chunks) == 2
    assert blamed == {name: f"payload digest failed {digest}" for name, digest in chunks.items()}


def test_fastwarc_reckons_chunked_payloads_alone_otherwise(
    whole: Path, records: list[Found], tmp_path: Path
) -> None:
    """FastWARC too takes payload digests over the chunks; of responses it confirms every other one.

    Of resources and revisits it finds no payload digest right, warcio's own ones included.
    """
    tool("fastwarc", "check", "--quiet", "--verify-payloads", "--output", tmp_path / "said", whole)
    said = dict(re.findall(r"<(\S+)>: (.+)", (tmp_path / "said").read_text()))
    expected = {
        record.field("WARC-Record-ID").strip("<>"): "OK, PAYLOAD_OK"
        for record in records
        if record.type == "response"
    }
    assert {name: said[name] for name in expected} == expected | dict.fromkeys(
        in_chunks(records), "OK, PAYLOAD_FAIL"
    )


def test_every_record_is_to_the_letter_of_the_standard(records: list[Found]) -> None:
    for record in records:
        names = [name for name, _ in record.fields]
        assert set(names) >= ALWAYS | DEMANDED[record.type], record.fields
        assert not set(names) & FORBIDDEN.get(record.type, set()), record.fields
        assert not [name for name in names if names.count(name) > 1 and name not in REPEATABLE]
        assert record.type == "revisit" or not set(names) & ONLY_REVISITS
        assert ("WARC-Warcinfo-ID" in names) == (record.type != "warcinfo")
        assert ("WARC-Payload-Digest" in names) == (record.type in ANSWERS)
        assert record.field("WARC-Block-Digest") == sha256(record.block)
        assert int(record.field("Content-Length")) == len(record.block)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z", record.field("WARC-Date"))
        assert not record.field("WARC-Target-URI").startswith("<")
        if record.type in ("response", "resource"):
            assert record.field("WARC-Payload-Digest") == sha256(record.payload)


def test_records_of_one_exchange_share_its_date(records: list[Found]) -> None:
    by_id = {record.field("WARC-Record-ID"): record for record in records}
    assert len(by_id) == len(records)
    for record in records:
        for name in ("WARC-Concurrent-To", "WARC-Refers-To", "WARC-Warcinfo-ID"):
            for other in (value for given, value in record.fields if given == name):
                assert other in by_id, (name, other)
                if name == "WARC-Concurrent-To":
                    assert by_id[other].field("WARC-Date") == record.field("WARC-Date")


def test_no_index_takes_our_notes_for_a_page(records: list[Found], whole: Path) -> None:
    """JSON records stand under names of their own, never under an address."""
    notes = [record for record in records if "json" in record.field("Content-Type")]
    assert {json.loads(record.block) is None for record in notes} == {False}
    assert len(notes) >= 15
    assert all(record.field("WARC-Target-URI").startswith("urn:pincite:") for record in notes)
    listed = tool("cdxj-indexer", whole).stdout.splitlines()
    addresses = [json.loads(line.split(" ", 2)[2])["url"] for line in listed]
    answers = [record.field("WARC-Target-URI") for record in records if record.type in ANSWERS]
    assert sorted(uri for uri in addresses if not uri.startswith("urn:")) == sorted(answers)


def test_ids_are_those_that_anyone_computes(files: tuple[Tools, list[Path]], records: list[Found]) -> None:
    rows = index_rows(files[0].archive.index)
    stated = {str(row[0]) for table in ("snapshots", "requisites") for row in rows[table]}
    assert stated == {answer_id(record) for record in records if record.type in ANSWERS}
