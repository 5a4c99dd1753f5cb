"""A payload as an extractor wants it: chunks and content coding removed, media type and charset named."""

import re
from contextlib import closing
from typing import BinaryIO

from archive.errors import Damaged, ExtractionFailed, PinciteError
from archive.model import Document, Exchange, Place, Snapshot
from archive.store import Store
from archive.warc.media import decode
from archive.warc.record import HttpHead, Payload, Record, head_of, record_at
from ingest.extract import Page

# A page that is larger than this once decoded is a bomb or a data dump, not an article (HAZARDS: 300 kB
# of brotli become 3 GB).
LARGEST = 50_000_000
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';,]+)", re.IGNORECASE)


def exchange_page(snapshot: Snapshot, exchange: Exchange) -> Page:
    """The page of an exchange that was just recorded as ``snapshot``.

    :raises ExtractionFailed: it cannot be decoded, or is too large once it is.
    """
    block = exchange.response
    length = block.seek(0, 2)
    block.seek(0)
    head = head_of(block)
    answer = Record(
        Place("", 0, 0), "WARC/1.1", "response", "", exchange.date, exchange.uri, (), block, length, head
    )
    return _page(snapshot, answer.payload(), head)


def document_page(snapshot: Snapshot, document: Document) -> Page:
    """The page of a file that a person gave."""
    return Page(document.body, document.media, None, snapshot.uri)


def stored_page(store: Store, snapshot: Snapshot) -> Page:
    """The page of a snapshot that lies in the store.

    :raises Damaged: its payload does not match its digest.
    :raises ExtractionFailed: it cannot be decoded, or is too large once it is.
    """
    with closing(store.open(snapshot.place.file)) as stream:
        return record_page(snapshot, record_at(stream, snapshot.place))


def record_page(snapshot: Snapshot, record: Record) -> Page:
    """The page of a record that is being read."""
    payload = record.payload()
    if payload.digest != snapshot.digest:
        found = f"the payload has {payload.digest}, expected {snapshot.digest}"
        raise Damaged(snapshot.place.file, snapshot.place.offset, found)
    return _page(snapshot, payload, record.http)


def _page(snapshot: Snapshot, payload: Payload, head: HttpHead | None) -> Page:
    stated = (head.field("Content-Type") if head else None) or ""
    charset = _CHARSET.search(stated)
    body = _decoded(payload.body, head.field("Content-Encoding") if head else None)
    return Page(body, snapshot.media or "", charset[1] if charset else None, snapshot.uri)


def _decoded(body: BinaryIO, encodings: str | None) -> bytes:
    body.seek(0)
    try:
        return decode(body, encodings, LARGEST)
    except PinciteError as error:
        raise ExtractionFailed(f"decoding: {error}") from error
