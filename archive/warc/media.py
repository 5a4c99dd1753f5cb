"""What a payload is, by its bytes first, and its content codings taken off, never past a limit."""

import re
import sys
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

import brotli

from archive.errors import Damaged

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

HTML, XHTML, PDF, PLAIN = "text/html", "application/xhtml+xml", "application/pdf", "text/plain"
UNKNOWN = "application/octet-stream"
# How much of a payload is looked at; the WHATWG's sniffing standard takes 1,445 bytes.
HEAD = 8192

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"\x00\x00\x01\x00", "image/x-icon"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
    (b"OTTO", "font/otf"),
    (b"\x00\x01\x00\x00\x00", "font/ttf"),
    (b"OggS", "application/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"\x00asm", "application/wasm"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"PK\x03\x04", "application/zip"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"{\\rtf", "application/rtf"),
    (b"%!PS-", "application/postscript"),
)
_WORDS = {b"BM", b"OTTO", b"OggS", b"ID3", b"fLaC", b"wOFF", b"wOF2"}
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_FTYP = {b"avif": "image/avif", b"heic": "image/heic", b"mif1": "image/heif", b"M4A ": "audio/mp4"}
_CONTAINERS = {"application/zip", "application/gzip", "application/ogg", "video/webm"}
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# Bytes that no text has (WHATWG MIME Sniffing, "binary data byte"); ESC is one of ISO-2022-JP.
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_BEFORE_ROOT = re.compile(r"(?:\s+|<!--.*?-->|<\?.*?\?>)+", re.DOTALL)
_DOCTYPE = re.compile(r"<!doctype\s+([\w:-]+)[^>\[]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_ROOT = re.compile(r"<(?:[\w-]+:)?([\w-]+)[\s/>]")
_PAGE_TAGS = {"html", "head", "body", "title", "frameset"}
_HTML_TAGS = {"script", "iframe", "h1", "div", "font", "table", "a", "style", "b", "br", "p", "meta", "link"}
_TEXTUAL = re.compile(
    r"text/|.*[/+](?:xml|json)$|application/(?:x-)?(?:javascript|ecmascript|yaml|toml|sql)$"
)


def identify(head: bytes, stated: str | None) -> str:
    """The media type of a payload (content coding taken off) from its first bytes.

    What the server stated decides only what bytes cannot tell: which kind of text, which use of a zip.
    """
    said = (stated or "").partition(";")[0].strip().lower()
    said = said if re.fullmatch(r"[\w.+-]+/[\w.+-]+", said, re.ASCII) else ""
    head = head[:HEAD]
    if not head:
        return said or UNKNOWN
    known = _by_magic(head)
    if known:
        specific = known in _CONTAINERS and said and not _TEXTUAL.match(said) and said != UNKNOWN
        return said if specific else known
    text = _as_text(head)
    if text is not None:
        return _kind_of_text(text, said)
    if said == PDF and b"%PDF-" in head:
        return PDF
    return UNKNOWN if not said or _TEXTUAL.match(said) or said in (XHTML, PDF) else said


def _by_magic(head: bytes) -> str | None:
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _FTYP.get(head[8:12], "video/mp4")
    for magic, media in _MAGIC:
        # Some of these are words as well: then binary bytes must follow.
        if head.startswith(magic) and (magic not in _WORDS or _BINARY.search(head)):
            return media
    return None


def _as_text(head: bytes) -> str | None:
    """The bytes as text for looking at markup, or None where they are none."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    return None if _BINARY.search(head) else head.decode("latin-1")


def _kind_of_text(text: str, said: str) -> str:
    declared = text.lstrip().startswith("<?xml")
    start = _behind(_BEFORE_ROOT, text)
    doctype = _DOCTYPE.match(text, start)
    if doctype:
        start = _behind(_BEFORE_ROOT, text, doctype.end())
    tag = _ROOT.match(text, start)
    root = tag[1].lower() if tag else ""
    page = root in _PAGE_TAGS or bool(doctype and doctype[1].lower() == "html")
    if page and (declared or said == XHTML):
        return said if said in (HTML, XHTML) else XHTML
    if page or (root in _HTML_TAGS and said in ("", HTML, UNKNOWN)):
        return HTML
    if root == "svg":
        return "image/svg+xml"
    if declared and not _TEXTUAL.match(said):
        return "application/xml"
    return said if _TEXTUAL.match(said) else PLAIN


def _behind(pattern: re.Pattern[str], text: str, start: int = 0) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start


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


def media_type(label: str | None) -> str | None:
    """The media type of a Content-Type field without its parameters, in lower case.

    >>> media_type("Text/HTML; charset=utf-8")
    'text/html'
    """
    return (label or "").partition(";")[0].strip().lower() or None


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
