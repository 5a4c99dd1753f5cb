"""What is written is read back byte for byte, by us and by other programs."""

import io
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator

from archive.errors import StoreError
from archive.warc.record import Draft, WarcWriter, record_at
from tests import warcs
from tests.warcs import chunked, read


def pinned_ids():
    numbers = count(1)
    return lambda: f"urn:uuid:00000000-0000-4000-8000-{next(numbers):012d}"


def written(path: Path, *drafts: Draft) -> WarcWriter:
    writer = WarcWriter(path, lambda: warcs.DATE, (("software", "test 1"), ("operator", "")), pinned_ids())
    for draft in drafts:
        writer.write(draft)
    return writer


HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Odd : caf\xe9\r\n\r\n"
WIRE = HEAD + chunked(b"hello ", b"world")
PAGE = "https://example.org/"
DRAFTS = (
    Draft("response", PAGE, warcs.DATE, "application/http;msgtype=response", WIRE),
    Draft("request", PAGE, warcs.DATE, "application/http;msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
    Draft(
        "revisit",
        "https://example.org/",
        warcs.DATE,
        "application/http;msgtype=response",
        b"HTTP/1.1 304 Not Modified\r\n\r\n",
        (("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/server-not-modified"),),
        "sha256:" + "0" * 64,
    ),
    Draft("resource", "urn:view:https://example.org/", warcs.DATE, "image/png", io.BytesIO(b"\x89PNG")),
    Draft("conversion", PAGE, warcs.DATE, "text/plain;charset=utf-8", "hello \u2013".encode()),
    Draft("metadata", "urn:pincite:x:1", warcs.DATE, "application/json", b"{}"),
)


def test_what_is_written_is_read_back_byte_for_byte(tmp_path: Path) -> None:
    sealed = written(tmp_path / "a", *DRAFTS).seal()
    found, damage = read(sealed.path.read_bytes())
    assert damage == []
    assert [r.type for r in found] == ["warcinfo", *(draft.type for draft in DRAFTS)]
    assert [r.remarks for r in found] == [()] * 7
    for item, draft in zip(found[1:], DRAFTS, strict=True):
        block = draft.block if isinstance(draft.block, bytes) else b"\x89PNG"
        assert item.block_bytes(9999) == block
        assert item.field("WARC-Block-Digest") == warcs.sha256(block)
        assert item.field("WARC-Warcinfo-ID") == f"<{found[0].id}>"
        assert item.version == "1.1"


def test_payload_digests_stand_where_the_profile_wants_them(tmp_path: Path) -> None:
    sealed = written(tmp_path / "a", *DRAFTS).seal()
    stated = {r.type: r.field("WARC-Payload-Digest") for r in read(sealed.path.read_bytes())[0]}
    assert stated == {
        "warcinfo": None,
        "request": None,
        "conversion": None,
        "metadata": None,
        "response": warcs.sha256(b"hello world"),
        "resource": warcs.sha256(b"\x89PNG"),
        "revisit": "sha256:" + "0" * 64,
    }


def test_a_sealed_file_is_named_by_its_bytes_and_not_inside(tmp_path: Path) -> None:
    sealed = written(tmp_path / "a", *DRAFTS).seal()
    content = sealed.path.read_bytes()
    digest = warcs.sha256(content).removeprefix("sha256:")
    assert sealed.name == f"2026/11/22/20261122120000-{digest}.warc.gz"
    assert sealed.size == len(content)
    info = read(content)[0][0]
    assert info.field("WARC-Filename") is None
    assert info.block_bytes(99) == b"software: test 1\r\n"


def test_the_same_drafts_give_the_same_file(tmp_path: Path) -> None:
    one, two = (written(tmp_path / name, *DRAFTS).seal() for name in "ab")
    assert one.path.read_bytes() == two.path.read_bytes()


def test_fastwarc_finds_nothing_wrong(tmp_path: Path) -> None:
    sealed = written(tmp_path / "a.warc.gz", *DRAFTS).seal()
    command = [Path(sys.executable).parent / "fastwarc", "check", sealed.path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    with sealed.path.open("rb") as stream:
        found = list(FastIterator(stream, verify_digests=True, parse_http=False))
        assert len(found) == 7


def test_warcio_reads_what_is_written(tmp_path: Path) -> None:
    sealed = written(tmp_path / "a", *DRAFTS).seal()
    with sealed.path.open("rb") as stream:
        found = [(r.rec_type, r.raw_stream.read()) for r in ArchiveIterator(stream, no_record_parse=True)]
    assert found[1] == ("response", WIRE)
    assert [kind for kind, _ in found] == ["warcinfo", *(draft.type for draft in DRAFTS)]


def test_places_of_written_records_lead_to_them(tmp_path: Path) -> None:
    writer = written(tmp_path / "a")
    places = [writer.write(draft) for draft in DRAFTS]
    sealed = writer.seal()
    with sealed.path.open("rb") as stream:
        for (record_id, place), draft in zip(places, DRAFTS, strict=True):
            found = record_at(stream, place)
            assert (found.id, found.type, found.place.length) == (record_id, draft.type, place.length)


@pytest.mark.parametrize("bad", ["a\r\nWARC-Type: response", "a\nb", "a\0b", "\udc80"])
def test_a_field_cannot_begin_another(tmp_path: Path, bad: str) -> None:
    writer = written(tmp_path / "a")
    with pytest.raises(StoreError, match="a WARC field"):
        writer.write(Draft("resource", bad, warcs.DATE, "text/plain", b""))
    assert len(read(writer.seal().path.read_bytes())[0]) == 1


def test_a_file_that_is_given_up_is_gone(tmp_path: Path) -> None:
    writer = written(tmp_path / "a", *DRAFTS)
    writer.discard()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_takes_the_half_record_back(tmp_path: Path) -> None:
    script = (
        "import resource, signal, sys, os\n"
        "from pathlib import Path\n"
        "from archive.errors import StoreError\n"
        "from archive.warc.record import WarcWriter, Draft\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "w = WarcWriter(Path(sys.argv[1]), lambda: '2026-11-22T12:00:00Z', (('software', 't'),))\n"
        "d = lambda block: Draft('resource', 'urn:x', '2026-11-22T12:00:00Z', 'text/plain', block)\n"
        "w.write(d(b'small'))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))\n"
        "try: w.write(d(os.urandom(1_000_000)))\n"
        "except StoreError as e: print(e)\n"
        "w.write(d(b'small again')); w.seal()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, tmp_path / "a"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent,
    )
    assert "File too large" in done.stdout
    found, damage = read((tmp_path / "a").read_bytes())
    assert damage == []
    assert [r.block_bytes(99) for r in found[1:]] == [b"small", b"small again"]
