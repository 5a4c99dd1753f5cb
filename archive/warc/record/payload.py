"""The payload of a record: what the standard's payload digest counts, and whether it agrees."""

from dataclasses import dataclass
from typing import BinaryIO

from archive.warc.record.digests import agrees
from archive.warc.record.http import BadChunks, HttpHead, is_chunked, without_chunks
from archive.warc.record.spans import sha256, span


@dataclass(frozen=True, slots=True)
class Payload:
    """An entity's bytes: transfer coding removed, content coding kept.

    ``digest``: our own, ``sha256:<hex>``. ``fault``: what is wrong, in words, or None.
    ``holds``: False where the record states another digest than both readings of its body have.
    """

    body: BinaryIO
    length: int
    digest: str
    fault: str | None = None
    holds: bool = True


def payload_of(block: BinaryIO, length: int, head: HttpHead | None, stated: str | None) -> Payload:
    """The payload of a block; without an HTTP head the whole block.

    A stated digest is accepted over the body with chunks removed or as stored: others count the second.
    """
    stored, length = _stored_body(block, length, head)
    body, length, fault = _unchunked(stored, length, head)
    holds = not stated or _holds(stated, body, stored)
    if not holds:
        wrong = f"the payload does not match its digest {stated}"
        fault = f"{fault}; {wrong}" if fault else wrong
    return Payload(body, length, sha256(body), fault, holds)


def _holds(stated: str, body: BinaryIO, stored: BinaryIO) -> bool:
    if agrees(stated, body) is not False:
        return True
    return body is not stored and agrees(stated, stored) is True


def payload_digest(block: BinaryIO, length: int, head: HttpHead | None) -> str:
    """The payload digest to be stated for a block that is about to be written."""
    stored, length = _stored_body(block, length, head)
    body, _, _ = _unchunked(stored, length, head)
    return sha256(body)


def _stored_body(block: BinaryIO, length: int, head: HttpHead | None) -> tuple[BinaryIO, int]:
    size = head.size if head else 0
    return span(block, size, length - size), length - size


def _unchunked(stored: BinaryIO, length: int, head: HttpHead | None) -> tuple[BinaryIO, int, str | None]:
    if head is None or length == 0 or not is_chunked(head):
        return stored, length, None
    try:
        return without_chunks(stored)
    except BadChunks as wrong:
        return stored, length, f"its chunks cannot be read: {wrong}"
