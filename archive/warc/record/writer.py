"""The one writer of WARC files: WARC/1.1, one gzip member per record, SHA-256 digests."""

import hashlib
import io
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.errors import StoreError
from archive.model import Place
from archive.store import own_name
from archive.warc.record.http import head_of
from archive.warc.record.nouns import Draft, Sealed
from archive.warc.record.payload import payload_digest
from archive.warc.record.spans import pieces, sha256, size_of

_VERSION = "WARC/1.1"
_WITH_PAYLOAD = ("response", "resource", "revisit")
# warcio writes the block of a revisit only as far as it has parsed HTTP fields itself, and parses the
# fields of a response anew: told that a record is of no such type, it writes every block byte for byte.
_AS_IT_IS = "block"


def new_record_id() -> str:
    """A Record-ID for a record that is about to be written."""
    return f"urn:uuid:{uuid4()}"


class _Writer(WARCWriter):  # type: ignore[misc]
    """warcio's writer, whose own digests are SHA-1, over chunks too, and on records that want none."""

    def ensure_digest(self, record: Any, block: bool = True, payload: bool = True) -> None:
        """Leave the fields alone: every digest is set before a record comes here."""


class WarcWriter:
    """One WARC file being written; the warcinfo record, which says who writes, comes first.

    ``now`` gives the warcinfo's WARC-Date, ``ids`` the Record-IDs: tests pin both.
    """

    def __init__(
        self,
        path: Path,
        now: Callable[[], str],
        info: tuple[tuple[str, str], ...],
        ids: Callable[[], str] = new_record_id,
    ) -> None:
        self._path, self._ids, self._date = path, ids, now()
        self._info_id: str | None = None
        try:
            self._file = path.open("xb")
        except OSError as wrong:
            raise StoreError(f"cannot write {path}: {wrong.strerror}") from wrong
        self._writer = _Writer(self._file, gzip=True, warc_version="1.1")
        block = "".join(f"{name}: {_one_line(value)}\r\n" for name, value in info if value).encode()
        self._info_id, _ = self.write(Draft("warcinfo", None, self._date, "application/warc-fields", block))

    @property
    def size(self) -> int:
        """Bytes written so far."""
        return self._file.tell()

    def write(self, draft: Draft) -> tuple[str, Place]:
        """Write one record; its Record-ID without brackets, and its place (the file has no name yet).

        A record that cannot be written whole leaves no trace.

        :raises StoreError: the disk is full or gone, or a field holds a line break.
        """
        record_id = self._ids()
        block = io.BytesIO(draft.block) if isinstance(draft.block, bytes) else draft.block
        length = size_of(block)
        fields = self._fields(draft, record_id, block, length)
        headers = StatusAndHeaders("", fields, protocol=_VERSION)
        record = ArcWarcRecord("warc", _AS_IT_IS, headers, block, None, draft.content_type, length)
        record.payload_length = length
        start = self._file.tell()
        try:
            self._writer.write_record(record)
        except OSError as wrong:
            self._take_back(start)
            raise StoreError(f"cannot write {self._path}: {wrong.strerror}") from wrong
        block.seek(0)
        return record_id, Place("", start, self._file.tell() - start)

    def _fields(self, draft: Draft, record_id: str, block: BinaryIO, length: int) -> list[tuple[str, str]]:
        fields = [("WARC-Type", draft.type), ("WARC-Record-ID", f"<{record_id}>"), ("WARC-Date", draft.date)]
        if draft.uri is not None:
            fields.append(("WARC-Target-URI", draft.uri))
        if self._info_id is not None:
            fields.append(("WARC-Warcinfo-ID", f"<{self._info_id}>"))
        fields += draft.fields
        if draft.type in _WITH_PAYLOAD and (digest := _payload_digest(draft, block, length)):
            fields.append(("WARC-Payload-Digest", digest))
        fields += [("WARC-Block-Digest", sha256(block)), ("Content-Type", draft.content_type)]
        return [(name, _one_line(value)) for name, value in fields]

    def _take_back(self, start: int) -> None:
        """Cut a half record off; the file stays whole up to the record before."""
        # What could not be written is dropped by the truncation.
        with suppress(OSError):
            self._file.flush()
        os.truncate(self._path, start)
        self._file.seek(start)

    def seal(self) -> Sealed:
        """Close the file, safe on disk; its name in the store comes from its warcinfo's date and its bytes.

        :raises StoreError: it could not be brought to the disk.
        """
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            digest = hashlib.sha256()
            with self._path.open("rb") as written:
                for piece in pieces(written):
                    digest.update(piece)
            return Sealed(self._path, own_name(self._date, digest.hexdigest()), self._path.stat().st_size)
        except OSError as wrong:
            raise StoreError(f"cannot finish {self._path}: {wrong.strerror}") from wrong

    def discard(self) -> None:
        """Give up the file and what is in it."""
        self._file.close()
        self._path.unlink(missing_ok=True)


def _payload_digest(draft: Draft, block: BinaryIO, length: int) -> str | None:
    if draft.payload_digest or draft.type == "revisit":
        return draft.payload_digest
    http = draft.content_type.lower().startswith("application/http")
    return payload_digest(block, length, head_of(block) if http else None)


def _one_line(value: str) -> str:
    """A field's value, refused where it would begin another field or cannot be UTF-8."""
    if "\r" in value or "\n" in value or "\x00" in value:
        raise StoreError(f"a WARC field cannot hold a line break: {value[:80]!r}")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise StoreError(f"a WARC field must be UTF-8: {value[:80]!r}") from None
    return value
