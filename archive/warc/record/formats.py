"""What a file is by its first bytes; its name is not asked."""

import re
from typing import BinaryIO

from archive.errors import Damaged, UnsupportedFormat
from archive.warc.record import members

_WHAT_TO_DO = "expected WARC (plain or gzip) or WACZ: convert it first"
_OTHERS = {
    b"filedesc:": "an ARC file",
    b"\x28\xb5\x2f\xfd": "a Zstandard file",
    b"\x5d\x2a\x4d\x18": "a Zstandard file with a dictionary",
    b"\x04\x22\x4d\x18": "an LZ4 file",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ\x00": "an XZ file",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip file",
    b"%PDF-": "a PDF file",
}
# An ARC record begins with URL, address, 14 digits, type and length; a file cut in its middle begins so too.
_ARC_LINE = re.compile(rb"\S+ \d{1,3}(?:\.\d{1,3}){3} \d{14} \S+ \d+\n")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


def is_zip(stream: BinaryIO) -> bool:
    """Whether the stream begins as a zip file does (a WACZ is one); it is left at its start."""
    head = stream.read(4)
    stream.seek(0)
    return head in _ZIP


def refuse_other_formats(stream: BinaryIO, name: str) -> None:
    """Raise for a file whose bytes say that it is of another kind.

    :raises UnsupportedFormat: naming the format that was found.
    """
    head = stream.read(4096)
    stream.seek(0)
    if head.startswith(members.MAGIC):
        head = members.first_bytes(head, 2048)
    if _ARC_LINE.match(head):
        raise UnsupportedFormat(f"{name} is an ARC file; {_WHAT_TO_DO}")
    for magic, what in _OTHERS.items():
        if head.startswith(magic):
            raise UnsupportedFormat(f"{name} is {what}; {_WHAT_TO_DO}")
    if head.startswith(_ZIP):
        raise UnsupportedFormat(f"{name} is a zip file; expected WARC here (a WACZ is opened as one)")


def expect_warc(stream: BinaryIO, name: str) -> None:
    """Raise unless the first bytes are those of a WARC or WACZ file; the stream is left at its start.

    :raises UnsupportedFormat: another archive format, named.
    :raises Damaged: something else, named.
    """
    if is_zip(stream):
        return
    refuse_other_formats(stream, name)
    head = stream.read(4096)
    stream.seek(0)
    packed = head.startswith(members.MAGIC)
    begin = members.first_bytes(head, 512) if packed else head[:512]
    if begin.startswith(b"WARC/"):
        return
    what = "broken gzip" if packed and not begin else found(begin, len(begin), not any(begin))
    raise Damaged(name, 0, f"expected a WARC record, found {what}")


def found(begin: bytes, length: int, all_zero: bool) -> str:
    """What stands where a record was expected, in words."""
    if not begin:
        return "an empty file"
    if all_zero:
        return f"{length} zero bytes"
    begin = begin[:length]
    lowered = begin.lstrip().lower()
    if lowered.startswith((b"<!doctype html", b"<html")):
        return f"HTML ({length} bytes)"
    if not begin.strip(b"\r\n"):
        return f"{length} bytes of line ends"
    return f"{length} bytes that begin {begin[:24]!r}"
