"""The reader gives every whole record, never half a one, and goes on behind every damage."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import Damaged
from archive.model import Place
from archive.warc.record import record_at
from tests.warcs import gzipped, read, record, response


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
