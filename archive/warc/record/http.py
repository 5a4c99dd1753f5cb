"""HTTP messages as they stand in a block: the final head behind interim ones, and chunks taken off."""

import re
from dataclasses import dataclass
from typing import BinaryIO

from archive.warc.record.fields import MOST, field_lines, first_field, text
from archive.warc.record.spans import pieces, spool

_MOST_CHUNK_LINE = 16 * 1024
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?!\d)")
_REQUEST = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+[ \t]+\S.*$")
_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;.*)?\r?\n?$", re.DOTALL)
_BLANK = (b"\r\n", b"\n", b"")
# 101 ends the talk in HTTP: what follows it is another protocol, not a second head.
_SWITCHING = 101


@dataclass(frozen=True, slots=True)
class HttpHead:
    """Start line and fields of an HTTP message; of an answer the final head, behind interim ones.

    ``size``: bytes of all heads, the body begins at ``block[size:]``. ``status`` is None in a request.
    """

    start_line: str
    status: int | None
    fields: tuple[tuple[str, str], ...]
    size: int = 0

    def field(self, name: str) -> str | None:
        """The first value of a field, or None."""
        return first_field(self.fields, name)


class BadChunks(ValueError):
    """A body that is said to be chunked, and is not."""


def head_of(block: BinaryIO, request: bool = False) -> HttpHead | None:
    """The head of the message in a block; of an answer the final one. None where it is not HTTP."""
    block.seek(0)
    size = 0
    head = None
    while True:
        following = _one_head(block, MOST - size, request)
        if following is None:
            break
        head = HttpHead(following.start_line, following.status, following.fields, size + following.size)
        size = head.size
        if head.status is None or not 100 <= head.status < 200 or head.status == _SWITCHING:
            break
    block.seek(0)
    return head


def _one_head(block: BinaryIO, limit: int, request: bool) -> HttpHead | None:
    start = block.readline(max(0, limit))
    match = _STATUS.match(start)
    # Some browsers' recorders begin a request with a status line: its fields are a request's all the same.
    if match is None and not (request and _REQUEST.match(start.rstrip(b"\r\n"))):
        return None
    following = field_lines(block, limit - len(start))
    size = len(start) + following.size
    if size >= limit:
        return None
    status = int(match[1]) if match and not request else None
    return HttpHead(text(start.strip()), status, following.fields, size)


def is_chunked(head: HttpHead) -> bool:
    """Whether the outermost transfer coding is ``chunked``."""
    codings = ",".join(value for name, value in head.fields if name.lower() == "transfer-encoding")
    return codings.rsplit(",", 1)[-1].strip().lower() == "chunked"


def without_chunks(body: BinaryIO) -> tuple[BinaryIO, int, str | None]:
    """A chunked body with its chunks taken off: the bytes, how many, and a fault where they end early.

    :raises BadChunks: a chunk's size cannot be read or its data does not end where it says.
    """
    plain, length = spool(), 0
    while True:
        line = body.readline(_MOST_CHUNK_LINE)
        if not line:
            if length == 0:
                raise BadChunks("no chunk")
            return plain, length, "the chunked body ends before its last chunk"
        size = _SIZE.match(line)
        if size is None:
            raise BadChunks(f"expected the size of a chunk, found {line[:20]!r}")
        left = int(size[1], 16)
        if left == 0:
            return plain, length, _behind_last(body)
        copied = _copy(body, plain, left)
        length += copied
        if copied < left:
            return plain, length, "the chunked body ends within a chunk"
        # A cut may fall between the data and the line end that closes it: the loop then finds the end.
        if (end := body.readline(2)) not in _BLANK:
            raise BadChunks(f"expected the end of a chunk, found {end!r}")


def _copy(source: BinaryIO, target: BinaryIO, length: int) -> int:
    return sum(target.write(piece) for piece in pieces(source, length))


def _behind_last(body: BinaryIO) -> str | None:
    """Trailers belong to the message, a second answer behind them does not: it is told, not kept."""
    while body.readline(_MOST_CHUNK_LINE) not in _BLANK:
        continue
    return "bytes behind the last chunk" if body.read(1) else None
