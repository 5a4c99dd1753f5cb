"""What is no WARC is named by its bytes, and no file makes the reader slow, large or silent."""

import gzip
import io
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import Damaged, UnsupportedFormat
from archive.warc.record import Damage, expect_warc, record_at, records, wacz_records
from archive.warc.record.formats import is_zip
from tests.warcs import gzipped, read, record, response, sha256, wacz


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


def test_a_million_broken_heads_are_not_a_million_complaints() -> None:
    found, damage = read(gzipped(b"WARC/1.1\r\n" * 1_000_000) + gzipped(record()))
    assert len(found) == 1
    assert len(damage) == 1001
    assert "its rest is not read" in damage[-1].detail


@pytest.mark.parametrize(
    "content",
    [
        b"\x1f\x8b\x08" * 100_000,
        b"WARC/1.1\r\n" * 30_000,
        b"x: WARC/1.1\r\n" * 30_000,
        b"WARC/1.1\r\n" + b"a:\r\n" * 260_000,
        b"WARC/1.1\r\na:b\r\n" + b" \r\n" * 340_000,
        b"".join(b"WARC/1.1\r\nContent-Length: %d\r\n\r\n" % (300_000 - n) for n in range(9_000)),
    ],
)
def test_hostile_bytes_cost_time_in_proportion(content: bytes) -> None:
    """Each of these took the square of its length in some reader; a minute would be a hang."""
    began = time.monotonic()
    assert read(content)[0] == []
    assert time.monotonic() - began < 20


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


WHOLE = (
    gzipped(*(record(number=n, block=b"%d" % n * 300) for n in range(4))),
    b"".join(response(b"<p>%d" % n, number=n) for n in range(4)),
    gzipped(b"".join(record(number=n, WARC_Block_Digest=sha256(b"x"), block=b"x") for n in range(4))),
    wacz([("archive/a.warc.gz", gzipped(response(b"<p>one"), record(number=2)))]),
)
JUNK = (b"\0" * 9, b"\r\n", b"\x1f\x8b\x08", b"WARC/1.1\r\n", b"Content-Length: 5\r\n", b"\xff\xfe", b"")


@settings(max_examples=300)
@given(st.data())
def test_no_change_makes_the_reader_raise_or_give_what_it_cannot_find_again(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(WHOLE)))
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(content)))
        content[at : at + data.draw(st.sampled_from([0, 1, 4, 100]))] = data.draw(st.sampled_from(JUNK))
    stream = io.BytesIO(bytes(content))
    try:
        items = list((wacz_records if is_zip(stream) else records)(stream, "x"))
    except UnsupportedFormat:
        return
    for item in items:
        if isinstance(item, Damage):
            assert 0 <= item.offset <= len(content)
        else:
            item.payload()
            again = record_at(stream, item.place)
            assert (again.fields, again.block_bytes(9999)) == (item.fields, item.block_bytes(9999))


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
