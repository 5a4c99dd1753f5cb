"""One record in plain bytes: its head, where its block lies, and whether it ends where it says.

WARC/1.1 CRLF
name: value CRLF …
CRLF
block (Content-Length bytes)
CRLF CRLF
"""

from collections import Counter
from dataclasses import dataclass
from typing import BinaryIO

from archive.errors import Damaged
from archive.uri import parse_date, without_brackets
from archive.warc.record.fields import MOST, VERSION_LINE, FieldLines, field_lines, first_field

VERSIONS = ("0.17", "0.18", "1.0", "1.1")
MANDATORY = ("WARC-Record-ID", "Content-Length", "WARC-Date", "WARC-Type")
# WARC 1.1, 5.13: these records speak of an address; the others may.
WITH_URI = ("response", "resource", "request", "revisit", "conversion", "continuation")
# WARC 1.1, 4: no other field may be repeated; WARC-Protocol is a proposed one in wide use.
_REPEATABLE = {"warc-concurrent-to", "warc-protocol"}
_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Head:
    """Version and fields of a record, and what is odd about how they are written."""

    version: str
    fields: tuple[tuple[str, str], ...]
    size: int
    remarks: tuple[str, ...]

    def field(self, name: str) -> str | None:
        """The first value of a field, or None."""
        return first_field(self.fields, name)

    @property
    def record_id(self) -> str | None:
        """The Record-ID without its angle brackets."""
        stated = self.field("WARC-Record-ID")
        return without_brackets(stated) if stated else None


@dataclass(frozen=True, slots=True)
class Frame:
    """A whole record: its offsets in what was read; ``fault``: kind and detail of a lesser fault."""

    start: int
    end: int
    head: Head
    block_start: int
    block_length: int
    fault: tuple[str, str] | None = None


class Unframed(Damaged):
    """No whole record begins here. ``beyond``: where it ends, if known; ``read``: bytes that were read."""

    def __init__(
        self, offset: int, detail: str, head: Head | None = None, beyond: int | None = None, read: int = 0
    ) -> None:
        super().__init__("", offset, detail)
        self.record = head.record_id if head else None
        self.beyond, self.read = beyond, head.size if head else read


def frame(region: BinaryIO, start: int, size: int) -> Frame:
    """The record that begins at ``start`` of a region of ``size`` bytes.

    :raises Unframed: it has no usable head, is cut short, or does not end where it says.
    """
    head = _head(region, start)
    block_start = start + head.size
    length = _length(head, start)
    if block_start + length > size:
        there = size - block_start
        raise Unframed(start, f"record cut short: {there} of {length} bytes of its block are there", head)
    end, fault = _end(region, start, head, block_start + length)
    missing = [name for name in MANDATORY if not head.field(name)]
    if missing:
        raise Unframed(start, f"the record has no {', no '.join(missing)}", head, end)
    if fault is None and head.field("WARC-Type") in WITH_URI and not head.field("WARC-Target-URI"):
        fault = ("missing-field", f"a {head.field('WARC-Type')} record without WARC-Target-URI")
    return Frame(start, end, head, block_start, length, fault)


def _head(region: BinaryIO, start: int) -> Head:
    region.seek(start)
    first = region.readline(80)
    version = VERSION_LINE.match(first)
    if version is None:
        raise Unframed(start, f"no WARC version line, found {first[:40]!r}")
    written = version[1].decode()
    if written not in VERSIONS:
        raise Unframed(start, f"WARC/{written} is not a version that is read ({', '.join(VERSIONS)})")
    rest = field_lines(region)
    size = len(first) + rest.size
    if not rest.closed:
        cut = "is longer than 1 MiB" if rest.size >= MOST else "is cut short"
        raise Unframed(start, f"the head of the record {cut}", read=size)
    return Head(written, rest.fields, size, _remarks(rest, rest.bare or not first.endswith(b"\r\n")))


def _remarks(rest: FieldLines, bare: bool) -> tuple[str, ...]:
    found, fields = [], rest.fields
    if bare:
        found.append("lines of the head end in LF without CR")
    if rest.odd:
        found.append("a line of the head is not a field")
    times = Counter(name.lower() for name, _ in fields)
    found += [f"field {name} is repeated" for name, n in times.items() if n > 1 and name not in _REPEATABLE]
    uri = first_field(fields, "WARC-Target-URI") or ""
    if uri.startswith("<") and uri.endswith(">"):
        found.append("angle brackets around WARC-Target-URI")
    if " " in uri:
        found.append("a blank in WARC-Target-URI")
    if not _is_date(first_field(fields, "WARC-Date") or ""):
        found.append("WARC-Date is no date of the W3C form")
    return tuple(found)


def _is_date(written: str) -> bool:
    try:
        parse_date(written)
    except ValueError:
        return False
    return True


def _length(head: Head, start: int) -> int:
    stated = {value for name, value in head.fields if name.lower() == "content-length"}
    if len(stated) != 1:
        found = f"two of them: {', '.join(sorted(stated))}" if stated else "none"
        raise Unframed(start, f"expected one Content-Length, found {found}", head)
    written = stated.pop()
    # Eighteen digits are an exabyte; int() of a longer one is an attack, not a length.
    if not (written.isascii() and written.isdigit() and len(written) <= 18):
        raise Unframed(start, f"no usable Content-Length, found {written[:40]!r}", head)
    return int(written)


def _end(region: BinaryIO, start: int, head: Head, end: int) -> tuple[int, tuple[str, str] | None]:
    """Where the record ends, line ends included; other line ends than the standard's are a lesser fault.

    They are more than that where the right ones stand a little before or behind: then the length lies.
    """
    before = min(len(_END), end - start - head.size)
    region.seek(end - before)
    around = region.read(before + 16)
    tail = around[before:]
    if tail.startswith(_END):
        return end + len(_END), None
    behind = tail.lstrip(b"\r\n")
    ends = tail[: len(tail) - len(behind)]
    if _END in around[: before + len(ends)] or not b"WARC/".startswith(behind[:5]):
        found = f"expected two line ends behind the block, found {tail[:8]!r}"
        detail = f"Content-Length does not lead to the end of the record: {found}"
        raise Unframed(start, detail, head)
    return end + len(ends), ("bad-end", f"expected two line ends behind the record, found {ends!r}")
