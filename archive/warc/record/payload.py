"""The payload of a record: what the standard's payload digest counts, and whether it agrees."""

from typing import BinaryIO

from archive.warc.record.digests import agrees
from archive.warc.record.http import BadChunks, is_chunked, without_chunks
from archive.warc.record.nouns import HttpHead, Payload, Record
from archive.warc.record.spans import sha256, span


def payload_of(record: Record) -> Payload:
    """The payload of a record; of a record without an HTTP head the whole block.

    A stated digest is accepted over the body with chunks removed or as stored: others count the second.
    A revisit's stated digest is that of bytes which lie elsewhere, so it is not compared here.
    """
    stored, length = _stored_body(record.block, record.block_length, record.http)
    body, length, fault = _unchunked(stored, length, record.http)
    stated = record.field("WARC-Payload-Digest")
    holds = not stated or record.type == "revisit" or _holds(stated, body, stored)
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
