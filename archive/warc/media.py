"""What a payload is, by its bytes before its label, and its bytes without content coding.

Both look at what a stranger sent: nothing here trusts a length, a label or a nesting depth.
"""

import re
import sys
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import brotli

from archive.errors import Damaged

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_PIECE = 64 * 1024
# RFC 9110 sets no limit; real answers have one coding, rarely two.
_DEEPEST = 4
_UNKNOWN = "application/octet-stream"

# First bytes of what is neither text nor markup; the longest that apply are asked first.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\x00\x00\x01\x00", "image/x-icon"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
    (b"\x00\x01\x00\x00\x00", "font/ttf"),
    (b"OTTO", "font/otf"),
    (b"OggS", "application/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x7fELF", "application/x-executable"),
    (b"MZ", "application/x-msdownload"),
)
_BOXES = {b"ftypavif": "image/avif", b"ftypheic": "image/heic"}
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# A first tag by which browsers know HTML (WHATWG MIME sniffing, section 7.1), a few later ones added.
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|script|iframe|h[1-6]|div|font|table|a|style|title|b|br|p|meta|link|main|"
    r"article|section|span|ul|ol|form|center|noscript)(?=[\s>/])",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"\s*(?:<!--.*?-->\s*|<\?.*?\?>\s*|<!doctype\s(?!html)[^>]*>\s*)*", re.DOTALL | re.IGNORECASE
)
_XHTML = re.compile(r"<html[^>]*\sxmlns\s*=\s*[\"']http://www\.w3\.org/1999/xhtml[\"']", re.IGNORECASE)
# Bytes that no text has (WHATWG MIME sniffing, section 3: binary data byte).
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
# Labels that say more than the bytes can: these are all plain text to look at.
_TEXT_LABELS = re.compile(
    r"text/(?!html)[\w.+-]+|application/(?:[\w.-]+\+)?(?:json|xml|javascript|x-javascript|ecmascript|rss|atom|yaml|"
    r"x-ndjson|ld\+json|warc-fields|sql|x-sh)|image/svg\+xml|message/[\w.+-]+",
    re.IGNORECASE,
)


def media_type(label: str | None) -> str | None:
    """The media type of a Content-Type field without its parameters, in lower case.

    >>> media_type("Text/HTML; charset=utf-8")
    'text/html'
    """
    bare = (label or "").partition(";")[0].strip().lower()
    return bare or None


def identify(head: bytes, stated: str | None) -> str:
    """The media type of a payload from its first bytes (64 kB are plenty); the label decides among texts.

    Bytes that say nothing give the label's type, or ``application/octet-stream``.
    """
    label = media_type(stated)
    found = _by_magic(head)
    if found:
        return found
    if not head:
        return label or _UNKNOWN
    text = _as_text(head)
    if text is None:
        return label if label and not _is_text(label) else _UNKNOWN
    return _kind_of_text(text, label)


def _by_magic(head: bytes) -> str | None:
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _BOXES.get(head[4:12], "video/mp4")
    # Some servers send blank lines before a PDF, and readers look for it in the first kilobyte.
    if b"%PDF-" in head[:1024] and not head[:1024].lstrip().startswith(b"<"):
        return "application/pdf"
    return next((media for magic, media in _MAGIC if head.startswith(magic)), None)


def _as_text(head: bytes) -> str | None:
    """The bytes read as text as far as sniffing needs, or None where they are binary."""
    for mark, charset in _MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(charset, "replace")
    if _BINARY.search(head[:1445]):
        return None
    return head.decode("latin-1")


def _kind_of_text(text: str, label: str | None) -> str:
    begin = text[(match.end() if (match := _COMMENTS.match(text)) else 0) :][:2048]
    if _HTML.match(begin) and not (label and label.startswith(("text/plain", "text/markdown"))):
        xml = label == "application/xhtml+xml" or (text.lstrip().startswith("<?xml") and _XHTML.search(text))
        return "application/xhtml+xml" if xml and label != "text/html" else "text/html"
    if re.match(r"<(?:\w+:)?svg[\s>]", begin, re.IGNORECASE):
        return "image/svg+xml"
    if label in ("text/html", "application/xhtml+xml"):
        return label
    if label and _TEXT_LABELS.fullmatch(label):
        return label
    if begin.startswith("<") and text.lstrip().startswith("<?xml"):
        return "application/xml"
    return "text/plain"


def _is_text(label: str) -> bool:
    return label.startswith("text/") or label == "application/xhtml+xml"


def decode(body: BinaryIO, encodings: str | None, limit: int) -> bytes:
    """A payload with its content codings removed, outermost last as the field names them.

    :raises Damaged: a coding is unknown or nested too deep, the data is broken, or there are more than
        ``limit`` bytes once decoded (a bomb is stopped at the limit, not after it).
    """
    names = [name.strip().lower() for name in (encodings or "").split(",")]
    wanted = [name for name in reversed(names) if name and name != "identity"]
    if len(wanted) > _DEEPEST:
        raise Damaged("payload", 0, f"{len(wanted)} content codings, the most that is read is {_DEEPEST}")
    body.seek(0)
    pieces: Iterator[bytes] = iter(lambda: body.read(_PIECE), b"")
    for name in wanted:
        decoder = _DECODERS.get(name)
        if decoder is None:
            raise Damaged("payload", 0, f"content coding {name[:40]!r} is unknown")
        pieces = decoder(pieces)
    return _collected(pieces, limit)


def _collected(pieces: Iterator[bytes], limit: int) -> bytes:
    whole = bytearray()
    for piece in pieces:
        whole += piece
        if len(whole) > limit:
            raise Damaged("payload", len(whole), f"more than {limit:,} bytes once decoded")
    return bytes(whole)


def _gzip(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Gzip members, one behind another; zeros behind the last are padding. A piece at a time."""
    inflate = zlib.decompressobj(31)
    for piece in pieces:
        rest = piece
        while rest:
            if inflate.eof:
                if not rest.startswith(b"\x1f\x8b"):
                    return
                inflate = zlib.decompressobj(31)
            yield _inflated(inflate, rest)
            rest = inflate.unused_data if inflate.eof else inflate.unconsumed_tail


def _inflated(inflate: Any, data: bytes) -> bytes:
    try:
        return bytes(inflate.decompress(data, _PIECE))
    except zlib.error as error:
        raise Damaged("payload", 0, f"broken gzip or deflate data: {error}") from error


def _deflate(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Deflate with the zlib head that RFC 9110 asks for, or bare as many servers send it."""
    inflate = None
    for piece in pieces:
        if inflate is None:
            # A zlib head: method 8, and the two bytes a multiple of 31 (RFC 1950, section 2.2).
            zlib_head = piece[0] & 15 == 8 and int.from_bytes(piece[:2], "big") % 31 == 0
            inflate = zlib.decompressobj(15 if zlib_head else -15)
        rest = piece
        while rest and not inflate.eof:
            yield _inflated(inflate, rest)
            rest = inflate.unconsumed_tail


def _brotli(pieces: Iterator[bytes]) -> Iterator[bytes]:
    stream = brotli.Decompressor()
    for piece in pieces:
        rest = piece
        while True:
            try:
                # The limit is a wish only: one call may give somewhat more, never without bound.
                yield stream.process(rest, output_buffer_limit=_PIECE)
            except brotli.error as error:
                raise Damaged("payload", 0, "broken brotli data") from error
            rest = b""
            if stream.can_accept_more_data() or stream.is_finished():
                break
        if stream.is_finished():
            return


def _zstandard(pieces: Iterator[bytes]) -> Iterator[bytes]:
    stream = zstd.ZstdDecompressor()
    for piece in pieces:
        rest = piece
        while rest or not stream.needs_input:
            try:
                yield stream.decompress(rest, _PIECE)
            except (zstd.ZstdError, EOFError) as error:
                raise Damaged("payload", 0, f"broken zstd data: {error}") from error
            if stream.eof:
                rest = stream.unused_data
                if not rest:
                    break
                stream = zstd.ZstdDecompressor()
            else:
                rest = b""


_DECODERS: dict[str, Callable[[Iterator[bytes]], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstandard,
}
