"""Content codings taken off a payload, in pieces and never past a limit."""

import sys
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

import brotli

from archive.errors import Damaged
from archive.warc.media.identify import HEAD, UNKNOWN, identify

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


class TooLarge(Damaged):
    """A payload unpacks to more than it may: a bomb, or a page too long to read."""


class _Machine(Protocol):
    """What zlib, brotli and zstd are made to look like."""

    def more(self, packed: bytes) -> Iterator[bytes]:
        """The bytes that these packed ones give, in pieces."""

    def done(self) -> bool:
        """Whether the packed bytes ended where they may."""


_PIECE = 64 * 1024
_MEMBER = b"\x1f\x8b"


class _Zlib:
    """gzip (several members are one body) and both things that are called deflate."""

    def __init__(self, wbits: int) -> None:
        self._wbits, self._machine = wbits, zlib.decompressobj(wbits)
        self._between = b""

    def more(self, packed: bytes) -> Iterator[bytes]:
        packed = self._between + packed
        while packed:
            if self._machine.eof:
                if self._wbits != _GZIP or not _begins_member(packed):
                    return  # what stands behind the end is dropped, as browsers do
                if len(packed) < len(_MEMBER):
                    self._between = packed
                    return
                self._between, self._machine = b"", zlib.decompressobj(self._wbits)
            yield self._machine.decompress(packed, _PIECE)
            packed = self._machine.unused_data if self._machine.eof else self._machine.unconsumed_tail

    def done(self) -> bool:
        return self._machine.eof


def _begins_member(packed: bytes) -> bool:
    return packed.startswith(_MEMBER) or _MEMBER.startswith(packed)


class _Brotli:
    def __init__(self) -> None:
        self._machine = brotli.Decompressor()

    def more(self, packed: bytes) -> Iterator[bytes]:
        # can_accept_more_data() says True though output waits (brotli 1.2.1): ask until nothing comes.
        while not self._machine.is_finished():
            piece = self._machine.process(packed, output_buffer_limit=_PIECE)
            if not piece:
                return
            yield piece
            packed = b""

    def done(self) -> bool:
        return bool(self._machine.is_finished())


class _Zstd:
    # RFC 9659 allows 8 MiB of window in HTTP; 128 MiB is what the command line tool reads unasked.
    _WINDOW = 27

    def __init__(self) -> None:
        self._machine = self._new()

    def _new(self) -> "zstd.ZstdDecompressor":
        return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: self._WINDOW})

    def more(self, packed: bytes) -> Iterator[bytes]:
        while True:
            if self._machine.eof:
                packed = self._machine.unused_data or packed
                if not packed:
                    return
                self._machine = self._new()
            yield self._machine.decompress(packed, _PIECE)
            packed = b""
            if self._machine.needs_input:
                return

    def done(self) -> bool:
        return self._machine.eof


_GZIP, _WRAPPED, _RAW = 31, 15, -15
_ERRORS = (zlib.error, brotli.error, zstd.ZstdError, EOFError)


def _deflate(begin: bytes) -> _Machine:
    """RFC 9110 says zlib, some servers send the bare stream: the first two bytes tell them apart."""
    wrapped = len(begin) > 1 and begin[0] & 15 == 8 and (begin[0] << 8 | begin[1]) % 31 == 0
    return _Zlib(_WRAPPED if wrapped else _RAW)


_CODINGS: dict[str, Callable[[bytes], _Machine]] = {
    "gzip": lambda begin: _Zlib(_GZIP),
    "x-gzip": lambda begin: _Zlib(_GZIP),
    "deflate": _deflate,
    "br": lambda begin: _Brotli(),
    "zstd": lambda begin: _Zstd(),
}


def decode(body: BinaryIO, encodings: str | None, limit: int) -> bytes:
    """A body with its content codings taken off, the last applied first.

    A body that is said to be packed and is plain text or an image all the same stays as it is: some
    recorders unpack and keep the field.

    :raises TooLarge: it has, at any stage, more than ``limit`` bytes.
    :raises Damaged: a coding is unknown, or its bytes are broken or cut short.
    """
    body.seek(0)
    content = body.read(limit + 1)
    for coding in _codings(encodings):
        content = _unpacked(content, coding, limit)
    if len(content) > limit:
        raise TooLarge("payload", 0, f"has more than {limit} bytes")
    return content


def _unpacked(packed: bytes, coding: str, limit: int) -> bytes:
    if coding not in _CODINGS:
        known = ", ".join(_CODINGS)
        raise Damaged("payload", 0, f"content coding {coding[:40]!r} is unknown; expected one of {known}")
    if not packed:
        return b""
    content, machine, at = bytearray(), _CODINGS[coding](packed[:2]), 0
    try:
        for at in range(0, len(packed), _PIECE):
            for piece in machine.more(packed[at : at + _PIECE]):
                content += piece
                if len(content) > limit:
                    raise TooLarge("payload", at, f"unpacks to more than {limit} bytes")
    except _ERRORS as wrong:
        if not content and identify(packed, None) not in (UNKNOWN, "application/gzip"):
            return packed
        raise Damaged("payload", at, f"its {coding} bytes cannot be unpacked: {wrong}") from wrong
    if not machine.done():
        raise Damaged("payload", len(packed), f"its {coding} bytes are cut short")
    return bytes(content)


def first_bytes(body: BinaryIO, encodings: str | None) -> bytes:
    """As much of a body with its content codings taken off as ``identify`` looks at.

    What cannot be unpacked any further ends it: what came before still tells what the payload is.
    """
    body.seek(0)
    content = body.read(_PIECE)
    for coding in _codings(encodings):
        content = _begin(content, coding)
    return content[:HEAD]


def _begin(packed: bytes, coding: str) -> bytes:
    content = bytearray()
    if coding not in _CODINGS or not packed:
        return b""
    try:
        for piece in _CODINGS[coding](packed[:2]).more(packed):
            content += piece
            if len(content) >= _PIECE:
                break
    except _ERRORS:
        if not content and identify(packed, None) not in (UNKNOWN, "application/gzip"):
            return packed
    return bytes(content)


def _codings(encodings: str | None) -> list[str]:
    """The content codings that a field names, the last applied first."""
    named = [coding.strip().lower() for coding in (encodings or "").split(",")]
    return [coding for coding in reversed(named) if coding not in ("", "identity", "none")]
