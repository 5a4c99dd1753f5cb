"""Spans of a file as files of their own, and spooled files that close themselves."""

import hashlib
import io
import os
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

CHUNK = 64 * 1024
# Blocks up to this size stay in memory; longer ones lie in a nameless file.
IN_MEMORY = 1024 * 1024


class Spool(SpooledTemporaryFile[bytes]):
    """A temporary file, in memory while it is small, gone when nobody holds it any more."""

    def __init__(self) -> None:
        super().__init__(max_size=IN_MEMORY)

    def __del__(self) -> None:
        self.close()


class _Span(io.RawIOBase):
    """Part of a seekable file, read by seeking first, so that several parts can be read in turn."""

    def __init__(self, whole: BinaryIO, start: int, length: int) -> None:
        self._whole, self._start, self._length, self._at = whole, start, length, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        origin = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._length}[whence]
        self._at = max(0, origin + offset)
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        wanted = min(len(buffer), self._length - self._at)
        if wanted <= 0:
            return 0
        self._whole.seek(self._start + self._at)
        found = self._whole.read(wanted)
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)


def span(whole: BinaryIO, start: int, length: int) -> BinaryIO:
    """The bytes ``start`` to ``start + length`` of ``whole`` as a seekable file; ``whole`` must stay open."""
    return io.BufferedReader(_Span(whole, start, length), CHUNK)


def spool() -> BinaryIO:
    """An empty temporary file for bytes of any length."""
    return cast(BinaryIO, Spool())


def pieces(stream: BinaryIO, length: int | None = None) -> Iterator[bytes]:
    """What is left of a stream (or ``length`` bytes of it) in pieces, so that memory stays flat."""
    left = length
    while left is None or left > 0:
        piece = stream.read(CHUNK if left is None else min(CHUNK, left))
        if not piece:
            return
        if left is not None:
            left -= len(piece)
        yield piece


def sha256(stream: BinaryIO) -> str:
    """``sha256:<hex>`` over the whole of a seekable stream, which is left at its start."""
    stream.seek(0)
    digest = hashlib.sha256()
    for piece in pieces(stream):
        digest.update(piece)
    stream.seek(0)
    return f"sha256:{digest.hexdigest()}"


def size_of(stream: BinaryIO) -> int:
    """The length of a seekable stream, which is left at its start."""
    length = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    return length
