"""The strict reader: whole records, in order, and every place that is not as it should be.

Gzip members and plain records are both read, whatever the file is called. Behind damage it goes on at the
next member or `WARC/` line, so that whole records are not lost; a record that is not whole is never given.

A member with several records cannot be entered in its middle. Its records are read all the same, and get
the member's offset plus 0, 1, 2 … as their places, so that places differ and keep the order of the file;
``record_at`` looks backwards for the member that such a place lies in.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from archive.errors import Damaged
from archive.model import Place
from archive.uri import without_brackets
from archive.warc.record import members
from archive.warc.record.digests import agrees
from archive.warc.record.formats import expect_warc, found, refuse_other_formats
from archive.warc.record.framing import Frame, Unframed, frame
from archive.warc.record.http import head_of
from archive.warc.record.members import Member
from archive.warc.record.nouns import Damage, Record
from archive.warc.record.spans import CHUNK, size_of, span

__all__ = ["expect_warc", "read_span", "record_at", "records"]

_NEXT_RECORD = re.compile(rb"WARC/\d\.\d{1,2}\r?\n")
_NEXT_EITHER = re.compile(rb"WARC/\d\.\d{1,2}\r?\n|\x1f\x8b\x08")
_HTTP = ("application/http", "message/http")
_LONGEST = len(b"WARC/1.11\r\n")
# What failed is looked through again for whole records behind the tear. A file made so that each failure
# contains the next would cost the square of its length: past this many times its length it is not done.
_MOST_REREAD = 8
# A few kilobytes can unpack to a million broken heads; nobody reads a million complaints.
_MOST_FAULTS = 1000


def records(stream: BinaryIO, file: str) -> Iterator[Record | Damage]:
    """Every whole record of a WARC file, plain or gzip, and every damage, in the order of the file.

    :raises UnsupportedFormat: the file is of another format (ARC, zstd, lz4, zip …), named by its bytes.
    """
    size = size_of(stream)
    refuse_other_formats(stream, file)
    if size == 0:
        yield Damage(0, "expected WARC records, found an empty file")
    yield from read_span(stream, file, 0, size)


def record_at(stream: BinaryIO, place: Place) -> Record:
    """The record at a place that ``records`` gave.

    :raises Damaged: there is no whole record at that place (any more).
    """
    size = size_of(stream)
    stream.seek(place.offset)
    if stream.read(5) == b"WARC/":
        try:
            return _record(stream, frame(stream, place.offset, size), place)
        except Unframed as wrong:
            raise Damaged(place.file, place.offset, wrong.detail) from None
    for start in _members_before(stream, place.offset):
        member = members.unpack(stream, start, size)
        if start == place.offset or member.end == place.offset + place.length:
            return _nth(member, place.offset - start, place)
    raise Damaged(place.file, place.offset, "no record begins here")


def _nth(member: Member, n: int, place: Place) -> Record:
    frames = (item for item in _walk(member.content, member.size) if isinstance(item, Frame))
    for number, item in enumerate(frames):
        if number == n and _sound(member, item):
            return _record(member.content, item, place)
    raise Damaged(place.file, place.offset, member.fault or "no whole record in this gzip member")


def _members_before(stream: BinaryIO, offset: int) -> Iterator[int]:
    """Where members begin, at ``offset`` and then backwards, as far as record numbers may reach."""
    end = offset + len(members.MAGIC)
    for low in range(offset, max(-1, offset - 256 * CHUNK), -CHUNK):
        start = max(0, low - CHUNK)
        stream.seek(start)
        piece = stream.read(end - start)
        at = len(piece)
        while (at := piece.rfind(members.MAGIC, 0, at + 2)) >= 0:
            # What stands at the place itself is told its faults; further back it must look like a member.
            if start + at == offset or members.begins_record(stream, start + at):
                yield start + at
        end = start + len(members.MAGIC) - 1
        if start == 0:
            return


def read_span(stream: BinaryIO, file: str, start: int, end: int) -> Iterator[Record | Damage]:
    """The records between two offsets of a file; their places are offsets in the whole file."""
    # One window for all steps: its buffer serves many small records, whatever else reads the stream.
    whole = span(stream, 0, end)
    at, effort = start, _Effort(end - start)
    while at < end:
        whole.seek(at)
        if whole.read(len(members.MAGIC)) != members.MAGIC:
            item, beyond = _step(whole, at, end, (_NEXT_EITHER, effort))
            place = Place(file, at, beyond - at)
            yield from [item] if isinstance(item, Damage) else _given(stream, item, place)
            at = beyond
            continue
        member = members.unpack(whole, at, end)
        yield from _of_member(member, file)
        if member.fault is None:
            at = member.end
            continue
        at = _next(whole, effort.resume(at, member.end), end, _NEXT_EITHER)


def _of_member(member: Member, file: str) -> Iterator[Record | Damage]:
    """What a member holds: one record, if all is well."""
    length = member.end - member.start
    if member.fault:
        yield Damage(member.start, member.fault)
    several = False
    number = faults = 0
    for item in _walk(member.content, member.size):
        if isinstance(item, Damage):
            faults += 1
            if faults > _MOST_FAULTS:
                yield Damage(
                    member.start, f"over {_MOST_FAULTS} faults in one gzip member: its rest is not read"
                )
                return
            if not member.fault:
                yield Damage(member.start, item.detail, item.record, item.fault)
            continue
        if not several and not member.fault and item.end < member.size and _more(member.content, item.end):
            several = True
            yield Damage(member.start, "more than one record in one gzip member (not seekable)")
        place = Place(file, member.start + number, max(0, length - number))
        number += 1
        if _sound(member, item):
            yield from _given(member.content, item, place)


def _more(content: BinaryIO, end: int) -> bool:
    content.seek(end)
    return content.read(5) == b"WARC/"


def _sound(member: Member, item: Frame) -> bool:
    """Whether a record in a member is as it was written: of a faulty one its own digest must say so."""
    if not member.fault or member.torn:
        return True
    stated = item.head.field("WARC-Block-Digest")
    return bool(stated and agrees(stated, span(member.content, item.block_start, item.block_length)))


def _walk(region: BinaryIO, size: int) -> Iterator[Frame | Damage]:
    at, how = 0, (_NEXT_RECORD, _Effort(size))
    if size == 0:
        yield Damage(0, "an empty gzip member")
    while at < size:
        item, at = _step(region, at, size, how)
        yield item


class _Effort:
    """How often bytes may be read again behind a failure."""

    def __init__(self, size: int) -> None:
        self._left = _MOST_REREAD * size

    def resume(self, failed: int, reached: int) -> int:
        """Where to look on: right behind where the failure began, or behind all that it read."""
        self._left -= reached - failed
        return failed + 1 if self._left > 0 else max(failed + 1, reached)


def _step(
    region: BinaryIO, at: int, size: int, how: tuple[re.Pattern[bytes], _Effort]
) -> tuple[Frame | Damage, int]:
    """The record or damage at ``at``, and where to go on."""
    following, effort = how
    region.seek(at)
    begin = region.read(512)
    if begin.startswith(b"WARC/"):
        try:
            item = frame(region, at, size)
        except Unframed as wrong:
            beyond = wrong.beyond or _next(region, effort.resume(at, at + wrong.read), size, following)
            return Damage(at, wrong.detail, wrong.record), beyond
        return item, item.end
    beyond = _next(region, at, size, following)
    what = found(begin, beyond - at, _all_zero(region, at, beyond))
    return Damage(at, f"no WARC version line, found {what}"), beyond


def _next(stream: BinaryIO, start: int, end: int, following: re.Pattern[bytes]) -> int:
    """Where the next record or member may begin, at or behind ``start``; ``end`` where none does."""
    at, kept = start, b""
    while at < end:
        stream.seek(at)
        piece = stream.read(min(CHUNK, end - at))
        if not piece:
            return end
        held = kept + piece
        for match in following.finditer(held):
            begin = at - len(kept) + match.start()
            if match[0] != members.MAGIC or members.begins_record(stream, begin):
                return begin
        at += len(piece)
        # One byte less than a whole line, so that no match is found a second time.
        kept = held[-(_LONGEST - 1) :]
    return end


def _all_zero(stream: BinaryIO, start: int, end: int) -> bool:
    stream.seek(start)
    at = start
    while at < end:
        piece = stream.read(min(CHUNK, end - at))
        if not piece or piece.count(0) != len(piece):
            return False
        at += len(piece)
    return True


def _given(content: BinaryIO, item: Frame, place: Place) -> Iterator[Record | Damage]:
    record = _record(content, item, place)
    if item.fault:
        yield Damage(place.offset, item.fault[1], record.id, item.fault[0])
    yield record


def _record(content: BinaryIO, item: Frame, place: Place) -> Record:
    head = item.head
    block = span(content, item.block_start, item.block_length)
    uri = head.field("WARC-Target-URI")
    kind = head.field("WARC-Type") or ""
    media = (head.field("Content-Type") or "").lower()
    # Without a type the kind of record says it; the fields of the message then show whether it is one.
    is_http = media.startswith(_HTTP) or (not media and kind in ("request", "response", "revisit"))
    return Record(
        place=place,
        version=head.version,
        type=kind,
        id=head.record_id or "",
        date=head.field("WARC-Date") or "",
        uri=without_brackets(uri) if uri else None,
        fields=head.fields,
        block=block,
        block_length=item.block_length,
        http=head_of(block, kind == "request") if is_http else None,
        remarks=head.remarks,
    )
