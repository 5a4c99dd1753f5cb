"""Gzip members, one at a time: each unpacked on its own, so that damage in one ends with it."""

import zlib
from dataclasses import dataclass
from typing import BinaryIO

from archive.warc.record.spans import CHUNK, spool

MAGIC = b"\x1f\x8b\x08"
_GZIP = 31  # zlib's wbits for a gzip header and trailer
# Pages pack 3 to 20 times. Past this size and this ratio it is a bomb, meant to fill the disk.
_BOMB_SIZE, _BOMB_RATIO = 256 * 1024 * 1024, 100
# Where a member cannot be unpacked further, what came before is read in steps of this many bytes.
_STEP = 64


@dataclass(frozen=True, slots=True)
class Member:
    """A gzip member: its unpacked bytes, how many, and where the bytes behind it begin.

    ``fault``: why it could not be unpacked whole. ``torn``: the file ended before the member did, so that
    the bytes before are sound; otherwise some of them may be wrong as well.
    """

    start: int
    end: int
    content: BinaryIO
    size: int
    fault: str | None = None
    torn: bool = False


def unpack(stream: BinaryIO, start: int, limit: int) -> Member:
    """The gzip member at ``start``; never raises for bytes that are no gzip."""
    content, machine, at, size = spool(), zlib.decompressobj(_GZIP), start, 0
    waiting = b""
    while not machine.eof:
        if not waiting:
            stream.seek(at)
            # Most members are small: the first read of one takes a little, the others take more.
            waiting = stream.read(min(CHUNK if at > start else CHUNK // 4, limit - at))
            at += len(waiting)
            if not waiting:
                return Member(start, at, content, size, "gzip member cut short", torn=True)
        before = machine.copy()
        try:
            unpacked = machine.decompress(waiting, CHUNK)
        except zlib.error as wrong:
            size += _last_sound_bytes(before, waiting, content)
            return Member(start, at, content, size, f"gzip member cannot be unpacked ({_reason(wrong)})")
        waiting = machine.unconsumed_tail
        size += content.write(unpacked)
        if size > _BOMB_SIZE and size > _BOMB_RATIO * (at - start):
            return Member(start, at, content, size, "gzip member unpacks to over 100 times its size: a bomb")
    return Member(start, at - len(machine.unused_data), content, size)


def _last_sound_bytes(machine: "zlib._Decompress", waiting: bytes, content: BinaryIO) -> int:
    """What the failing call would have given had it been asked for less; zlib drops it with the error."""
    written = 0
    try:
        while piece := machine.decompress(waiting, _STEP):
            written += content.write(piece)
            waiting = machine.unconsumed_tail
    except zlib.error:
        return written
    return written


def _reason(wrong: zlib.error) -> str:
    return str(wrong).rpartition(": ")[2]


def begins_record(stream: BinaryIO, start: int) -> bool:
    """Whether a gzip member begins here whose content begins as a WARC record does."""
    stream.seek(start)
    return first_bytes(stream.read(4096), len(b"WARC/")) == b"WARC/"


def first_bytes(packed: bytes, length: int) -> bytes:
    """The first unpacked bytes of what may be a gzip member; empty where it is none."""
    try:
        return zlib.decompressobj(_GZIP).decompress(packed, length)
    except zlib.error:
        return b""
