"""Other programs read what we write: FastWARC finds nothing wrong, warcio only what it reckons wrongly."""

import gzip
import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator

from archive.model import Failure
from archive.warc.profile import Log
from tests import logs, nouns
from tests.logs import PAGE, a_document, an_exchange, http, stored, written

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
# Everything that the standard forbids or demands by type of record (WARC 1.1, 5.1 to 5.21).
MUST_HAVE = {
    "request": {"WARC-Target-URI"},
    "response": {"WARC-Target-URI"},
    "resource": {"WARC-Target-URI"},
    "conversion": {"WARC-Target-URI"},
    "revisit": {"WARC-Target-URI", "WARC-Profile", "WARC-Payload-Digest"},
}
WITH_PAYLOAD_DIGEST = {"response", "resource", "revisit"}
REPEATABLE = {"WARC-Concurrent-To", "WARC-Protocol"}


def everything(log: Log) -> None:
    """Every kind of record that this archive writes, and answers of every shape."""
    page = log.exchange(an_exchange())
    source = log.exchange(an_exchange("https://example.org/source", chunked(PAGE)))
    packed = gzip.compress(PAGE)
    log.exchange(an_exchange("https://example.org/z", chunked(packed, b"Content-Encoding: gzip\r\n")))
    log.exchange(an_exchange("https://example.org/p", http(packed, "Content-Encoding: gzip")))
    log.exchange(an_exchange("https://example.org/cut", chunked(PAGE)[:-20], truncated="disconnect"))
    log.exchange(an_exchange("https://example.org/none", b""))
    log.exchange(an_exchange("http://[2001:db8::1]/", http(status="404 Not Found"), ip="2001:db8::1"))
    log.exchange(an_exchange("https://example.org/é?q=%2e", role="requisite"))
    log.exchange(an_exchange(date="2026-11-23T12:00:00Z"), {page.digest: page})
    log.document(a_document())
    log.failure(Failure("https://lost.example/", nouns.DATE, "timeout", "slow", request=logs.REQUEST))
    texts = log.text(nouns.a_text(page)), log.text(nouns.a_text(source, nouns.SOURCE))
    log.reading(nouns.a_reading((page, texts[0]), (source, texts[1])))


def chunked(body: bytes, fields: bytes = b"") -> bytes:
    """An answer in two chunks."""
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:10], body[10:]))
    return CHUNKED + fields + b"\r\n" + chunks + b"0\r\n\r\n"


def without_chunks(body: bytes) -> bytes:
    """A de-chunker that owes nothing to the one in the archive."""
    found = b""
    while match := re.match(rb"([0-9a-f]+)\r\n", body):
        start, size = match.end(), int(match[1], 16)
        found += body[start : start + size]
        body = body[start + size + 2 :]
    return found


def tool(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """What a program of this environment says."""
    command = [Path(sys.executable).parent / name, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("warcs"), everything)[0]


def test_fastwarc_finds_nothing_wrong(path: Path) -> None:
    found = tool("fastwarc", "check", "--quiet", path)
    assert found.returncode == 0, found.stdout + found.stderr


def test_warcio_complains_of_chunked_payloads_alone(path: Path) -> None:
    """warcio takes the digest over the chunks (its issue 74); an independent de-chunker agrees with ours."""
    found = tool("warcio", "check", "-v", path)
    blamed = re.findall(r"Record-ID <(\S+)> (\w+)\n    (.*(?:failed|error|exception).*)", found.stdout)
    with_chunks = {}
    for record in stored(path):
        if record.type == "response" and b"Transfer-Encoding: chunked" in record.block_bytes(200):
            body = record.block_bytes(10_000).split(b"\r\n\r\n", 1)[1]
            with_chunks[record.id] = "sha256:" + hashlib.sha256(without_chunks(body)).hexdigest()
            assert record.field("WARC-Payload-Digest") == with_chunks[record.id]
    assert len(with_chunks) == 3
    assert {identifier for identifier, _, _ in blamed} == set(with_chunks)
    for identifier, kind, words in blamed:
        assert (kind, words) == ("response", f"payload digest failed {with_chunks[identifier]}")


def test_fastwarc_reads_every_record(path: Path) -> None:
    with path.open("rb") as stream:
        found = [(str(r.record_id).strip("<>"), r.headers["WARC-Type"]) for r in ArchiveIterator(stream)]
    assert found == [(record.id, record.type) for record in stored(path)]


def test_every_record_is_to_the_letter_of_the_standard(path: Path) -> None:
    found = stored(path)
    assert {record.type for record in found} == {
        *("warcinfo", "request", "response", "revisit", "resource", "conversion", "metadata")
    }
    for record in found:
        names = [name for name, _ in record.fields]
        assert record.version == "1.1"
        assert not [name for name in names if names.count(name) > 1 and name not in REPEATABLE]
        assert MUST_HAVE.get(record.type, set()) <= set(names)
        assert ("WARC-Payload-Digest" in names) == (record.type in WITH_PAYLOAD_DIGEST)
        assert ("WARC-Warcinfo-ID" in names) == (record.type != "warcinfo")
        if record.type != "revisit":
            assert not {"WARC-Profile", "WARC-Refers-To-Target-URI", "WARC-Refers-To-Date"} & set(names)
        if record.type in ("warcinfo", "conversion", "continuation", "metadata"):
            assert "WARC-IP-Address" not in names
        if record.type == "warcinfo":
            assert not {"WARC-Target-URI", "WARC-Filename"} & set(names)
        for name, value in record.fields:
            if name.endswith("-Digest"):
                assert re.fullmatch(r"sha256:[0-9a-f]{64}", value)
            if name in ("WARC-Target-URI", "WARC-Refers-To-Target-URI"):
                assert not value.startswith("<")
            if name in ("WARC-Concurrent-To", "WARC-Refers-To", "WARC-Warcinfo-ID", "WARC-Record-ID"):
                assert re.fullmatch(r"<urn:uuid:[0-9a-f-]{36}>", value)


def test_references_lead_to_records_of_the_file(path: Path) -> None:
    found = stored(path)
    ids = {f"<{record.id}>" for record in found}
    assert len(ids) == len(found)
    names = ("WARC-Concurrent-To", "WARC-Refers-To", "WARC-Warcinfo-ID")
    named = {value for record in found for name, value in record.fields if name in names}
    assert named <= ids
