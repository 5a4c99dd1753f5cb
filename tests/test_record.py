"""The reader gives every whole record and names every damage; the writer's files hold for other readers."""

import base64
import gzip
import hashlib
import io
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from archive.errors import Damaged, StoreError, UnsupportedFormat
from archive.model import Place
from archive.warc.record import (
    Damage,
    Draft,
    WarcWriter,
    canonical_digest,
    expect_warc,
    record_at,
    records,
)
from tests import warcs
from tests.warcs import chunked, gzipped, read, record, response

# -- reading -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["0.17", "0.18", "1.0", "1.1"])
@pytest.mark.parametrize("pack", [lambda *r: b"".join(r), gzipped])
def test_whole_records_are_read_in_order_with_their_places(version, pack) -> None:
    pieces = [record(number=n, block=b"block %d" % n, version=version) for n in range(3)]
    content = pack(*pieces)
    found, damage = read(content)
    assert damage == []
    assert [r.block_bytes(99) for r in found] == [b"block 0", b"block 1", b"block 2"]
    assert {r.version for r in found} == {version}
    stored = [pack(piece) for piece in pieces]
    assert [r.place.length for r in found] == [len(piece) for piece in stored]
    assert [content[r.place.offset :][: r.place.length] for r in found] == stored


@pytest.mark.parametrize("pack", [lambda *r: b"".join(r), gzipped, lambda *r: gzipped(b"".join(r))])
def test_a_record_is_found_again_at_its_place(pack) -> None:
    content = pack(*(record(number=n, block=b"%d" % n * 3000) for n in range(5)))
    for item in read(content)[0]:
        again = record_at(io.BytesIO(content), item.place)
        assert (again.id, again.block_bytes(9999)) == (item.id, item.block_bytes(9999))
        assert again.place == item.place


def test_a_record_is_not_found_at_another_place() -> None:
    content = gzipped(record(), record(number=2))
    with pytest.raises(Damaged, match="no record begins here"):
        record_at(io.BytesIO(content), Place("x", 5, 50))


def test_fields_are_found_whatever_their_case_and_brackets_come_off() -> None:
    [found], damage = read(record(uri="<https://example.org/a b>", WARC_IP_Address="192.0.2.1"))
    assert damage == []
    assert found.field("warc-ip-address") == "192.0.2.1"
    assert found.uri == "https://example.org/a b"
    assert found.id == "urn:uuid:00000000-0000-4000-8000-000000000001"
    assert found.remarks == ("angle brackets around WARC-Target-URI", "a blank in WARC-Target-URI")


def test_odd_but_readable_heads_are_remarked() -> None:
    [found], damage = read(record(line=b"\n", WARC_Date="2008-10-294T05:21:46-0700"))
    assert damage == []
    assert "lines of the head end in LF without CR" in found.remarks
    assert "WARC-Date is no date of the W3C form" in found.remarks


def test_a_response_without_target_uri_is_read_and_its_fault_named() -> None:
    [found], [damage] = read(response(uri=None))
    assert found.uri is None
    assert (damage.fault, damage.record) == ("missing-field", found.id)


def test_a_field_in_latin_1_gives_no_lone_surrogate() -> None:
    content = record(Title="x").replace(b"Title: x", "Title: caf\xe9".encode("latin-1"))
    assert read(content)[0][0].field("title") == "café"


@pytest.mark.parametrize(
    ("broken", "detail"),
    [
        (record(Content_Length="7"), "does not lead to the end"),
        (record(Content_Length="3"), "does not lead to the end"),
        (record(Content_Length="99999999"), "cut short"),
        (record(Content_Length="-1"), "no usable Content-Length"),
        (record(Content_Length="9" * 5000), "no usable Content-Length"),
        (record(Content_Length="six"), "no usable Content-Length"),
        (record(without=("Content-Length",)), "expected one Content-Length"),
        (record(without=("WARC-Date",)), "no WARC-Date"),
        (record(without=("WARC-Record-ID", "WARC-Type")), "no WARC-Record-ID, no WARC-Type"),
        (record(version="9.9"), "WARC/9.9 is not a version"),
        (b"garbage in between\r\n", "begin b'garbage in between"),
        (b"<!DOCTYPE html><p>no WARC", "HTML"),
        (b"\0" * 5000, "5000 zero bytes"),
        (b"WARC/1.1\r\nX: " + b"x" * 2_000_000 + b"\r\n", "longer than 1 MiB"),
    ],
)
@pytest.mark.parametrize("pack", [lambda *r: b"".join(r), gzipped])
def test_whole_records_around_damage_are_not_lost(broken, detail, pack) -> None:
    before, after = record(number=1), record(number=3)
    found, damage = read(pack(before, broken, after))
    assert [r.id[-1] for r in found] == ["1", "3"]
    assert damage[0].offset == len(pack(before))
    assert detail in damage[0].detail


@pytest.mark.parametrize("end", [b"", b"\r\n", b"\n\n", b"\r\n\r\n\r\n"])
@pytest.mark.parametrize("pack", [lambda *r: b"".join(r), gzipped])
def test_a_whole_block_with_other_line_ends_is_kept_and_named(end, pack) -> None:
    found, damage = read(pack(record(number=1, end=end), record(number=2)))
    assert [r.id[-1] for r in found] == ["1", "2"]
    assert len(damage) == 1
    assert "line ends" in damage[0].detail


def test_several_records_in_one_member_are_damage_but_read() -> None:
    content = gzipped(record(number=1) + record(number=2)) + gzipped(record(number=3))
    found, damage = read(content)
    assert [r.id[-1] for r in found] == ["1", "2", "3"]
    assert [d.detail for d in damage] == ["more than one record in one gzip member (not seekable)"]
    assert len({r.place for r in found}) == 3


@given(st.integers(1, 400), st.data())
def test_a_torn_tail_gives_all_before_it_and_no_half_record(lost: int, data: st.DataObject) -> None:
    pack = data.draw(st.sampled_from([lambda *r: b"".join(r), gzipped]))
    whole = [record(number=n, block=b"%d" % n * 50) for n in range(4)]
    content = pack(*whole)
    cut = content[: -min(lost, len(content) - 1)]
    found, damage = read(cut)
    ends = [len(pack(*whole[: n + 1])) for n in range(4)]
    expected = sum(end <= len(cut) for end in ends)
    # A record whose line ends alone are missing is whole.
    assert expected <= len(found) <= expected + 1
    assert all(r.block_bytes(99) == b"%d" % n * 50 for n, r in enumerate(found))
    assert len(cut) in ends or damage


@given(st.data())
def test_a_flipped_byte_loses_at_most_its_own_record_and_its_neighbour(data: st.DataObject) -> None:
    whole = [record(number=n, block=b"%d" % n * 200) for n in range(5)]
    content = bytearray(gzipped(*whole))
    position = data.draw(st.integers(0, len(content) - 1))
    content[position] ^= data.draw(st.integers(1, 255))
    found, _ = read(bytes(content))
    start = 0
    for number, piece in enumerate(whole):
        end = start + len(gzipped(piece))
        if not start <= position < end:
            assert any(r.block_bytes(999) == b"%d" % number * 200 for r in found), number
        start = end


def test_a_zero_filled_tail_is_named() -> None:
    found, [damage] = read(gzipped(record()) + b"\0" * 100_000)
    assert len(found) == 1
    assert "100000 zero bytes" in damage.detail


def test_a_torn_member_gives_the_whole_records_before_the_tear() -> None:
    inside = b"".join(record(number=n, block=bytes(range(256)) * n) for n in range(1, 9))
    packed = gzipped(inside)
    found, damage = read(packed[: len(packed) - 20])
    assert damage[0].detail == "gzip member cut short"
    assert [r.block_bytes(9999) for r in found[:6]] == [bytes(range(256)) * n for n in range(1, 7)]


def test_a_gzip_bomb_is_named_and_does_not_fill_the_disk() -> None:
    machine_full = gzip.compress(b"\0" * 400_000_000, 1)
    found, damage = read(machine_full + gzipped(record()))
    assert len(found) == 1
    assert "a bomb" in damage[0].detail


def test_members_that_hold_members_do_not_cost_the_square() -> None:
    # Each begins like a record, never ends, and has all that follow in its stored (unpacked) data.
    start = b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + b"\x01\xff\xff\0\0" + b"WARC/1.1\r\n"
    content = start * 20_000
    found, damage = read(content)
    assert found == []
    assert damage


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"filedesc://x.arc 0.0.0.0 20140301000000 text/plain 1\n", "an ARC file"),
        (gzipped(b"filedesc://x.arc 0.0.0.0 20140301000000 text/plain 1\n"), "an ARC file"),
        (b"http://a.example/ 192.0.2.7 20140301000000 text/html 5\nabcde\n", "an ARC file"),
        (b"\x28\xb5\x2f\xfd123", "a Zstandard file"),
        (b"\x04\x22\x4d\x18123", "an LZ4 file"),
        (b"PK\x03\x04", "a zip file"),
    ],
)
def test_other_formats_are_named_by_their_bytes(content: bytes, what: str) -> None:
    with pytest.raises(UnsupportedFormat, match=what):
        read(content)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "an empty file"),
        (b"<html><p>Not found", "HTML"),
        (b"\0" * 600, "zero bytes"),
        (b"\x93\x11\x07", "3 bytes that begin"),
        (gzipped(b"<html>"), "HTML"),
        (b"\x1f\x8b\x08\xff\xff\xff\xff", "broken gzip"),
    ],
)
def test_what_is_no_warc_is_named(content: bytes, what: str) -> None:
    with pytest.raises(Damaged, match=what):
        expect_warc(io.BytesIO(content), "x.warc")
    assert [type(item) for item in records(io.BytesIO(content), "x.warc")] == [Damage]


def test_memory_stays_flat_with_a_large_block(tmp_path: Path) -> None:
    path = tmp_path / "large.warc.gz"
    block = bytes(range(256)) * 4096 * 64  # 64 MiB
    path.write_bytes(gzip.compress(record("response", b"HTTP/1.1 200 OK\r\n\r\n" + block), 1))
    script = (
        "import sys\n"
        "from archive.warc.record import records\n"
        "with open(sys.argv[1], 'rb') as s:\n"
        "    [r] = list(records(s, 'x')); print(r.payload().length)\n"
        "[most] = [line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')]\n"
        "print(most)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, path],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent,
    )
    length, kilobytes = map(int, done.stdout.split())
    assert length == len(block)
    assert kilobytes < 60_000


# -- payloads ----------------------------------------------------------------------------------------


def payload_of(body: bytes, *fields: str, **rest: object):
    [found], _ = read(response(body, *fields, **rest))
    payload = found.payload()
    return payload.body.read(), payload


def test_chunks_come_off_and_content_coding_stays() -> None:
    packed = gzip.compress(b"<p>hello</p>", mtime=0)
    body, payload = payload_of(
        chunked(packed[:5], packed[5:]), "Transfer-Encoding: chunked", "Content-Encoding: gzip"
    )
    assert body == packed
    assert (payload.digest, payload.length, payload.fault) == (warcs.sha256(packed), len(packed), None)


@given(st.binary(max_size=300), st.lists(st.integers(1, 40)))
def test_any_cut_into_chunks_gives_the_body_back(content: bytes, sizes: list[int]) -> None:
    pieces, rest = [], content
    for size in sizes:
        pieces.append(rest[:size])
        rest = rest[size:]
    body, payload = payload_of(chunked(*filter(None, [*pieces, rest])), "Transfer-Encoding: chunked")
    assert (body, payload.fault) == (content, None)


@pytest.mark.parametrize(
    ("stored", "body", "fault"),
    [
        (b"no chunks at all", b"no chunks at all", "expected the size of a chunk"),
        (b"5\r\nhelloXX\r\n", b"5\r\nhelloXX\r\n", "expected the end of a chunk"),
        (b"-5\r\nhello", b"-5\r\nhello", "expected the size of a chunk"),
        (b"5\r\nhello\r\nffffffffffffffffff\r\n", b"5\r\nhello\r\nffffffffffffffffff\r\n", "size of a chunk"),
        (b"5\r\nhel", b"hel", "ends within a chunk"),
        (b"5\r\nhello\r\n", b"hello", "before its last chunk"),
        (b"5;x=y\r\nhello\r\n0\r\nTrailer: 1\r\n\r\n", b"hello", None),
        (b"5\nhello\n0\n\n", b"hello", None),
        (b"5\r\nhello\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n\r\nsecond", b"hello", "behind the last chunk"),
        (b"", b"", None),
    ],
)
def test_bad_chunks_are_a_fault_and_the_body_stays(stored: bytes, body: bytes, fault: str | None) -> None:
    found, payload = payload_of(stored, "Transfer-Encoding: chunked")
    assert found == body
    assert payload.digest == warcs.sha256(body)
    assert (fault in payload.fault) if fault else payload.fault is None


def test_interim_heads_are_not_the_answer() -> None:
    interim = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
    block = interim + b"HTTP/1.1 404 No\r\n\r\nbody"
    [found], _ = read(record("response", block))
    assert found.http is not None
    assert (found.http.status, found.http.start_line) == (404, "HTTP/1.1 404 No")
    assert found.payload().body.read() == b"body"


@pytest.mark.parametrize("spelled", ["sha1:{b32}", "sha1:{hex}", "SHA-1:{hex}", "sha256:{h256}", "md5:{md5}"])
def test_a_stated_digest_is_accepted_over_either_reading_however_spelled(spelled: str) -> None:

    stored = chunked(b"hello")
    for counted in (b"hello", stored):
        sha1 = hashlib.sha1(counted)
        stated = spelled.format(
            b32=base64.b32encode(sha1.digest()).decode(),
            hex=sha1.hexdigest(),
            h256=hashlib.sha256(counted).hexdigest().upper(),
            md5=hashlib.md5(counted).hexdigest(),
        )
        _, payload = payload_of(stored, "Transfer-Encoding: chunked", WARC_Payload_Digest=stated)
        assert payload.holds
    _, payload = payload_of(b"other", WARC_Payload_Digest=stated)
    assert not payload.holds
    assert "does not match its digest" in (payload.fault or "")


def test_a_revisits_digest_is_not_compared_with_its_own_block() -> None:
    [found], _ = read(record("revisit", b"HTTP/1.1 200 OK\r\n\r\n", WARC_Payload_Digest="sha1:" + "A" * 32))
    assert found.payload().fault is None


def test_digests_are_one_value_however_written() -> None:
    hexadecimal = "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709"
    assert canonical_digest("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ") == hexadecimal
    assert canonical_digest("SHA-1: 2jmj7l5rSw0yVb/vlWAYkK/YBwk=") == hexadecimal
    assert canonical_digest("sha1:nonsense") == "sha1:nonsense"


# -- writing -----------------------------------------------------------------------------------------


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
