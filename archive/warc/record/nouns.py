"""What a WARC file is made of, as this house reads and writes it: records, damage, drafts."""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from archive.model import Place
from archive.warc.record.fields import first_field
from archive.warc.record.http import HttpHead
from archive.warc.record.payload import Payload, payload_of


@dataclass(frozen=True, slots=True)
class Record:
    """One whole record, as written.

    ``id`` and ``uri`` come without angle brackets. ``block`` is seekable; it can be read as long as the
    stream is open that it was read from. ``remarks``: what is odd in it, though it can be read.
    """

    place: Place
    version: str
    type: str
    id: str
    date: str
    uri: str | None
    fields: tuple[tuple[str, str], ...]
    block: BinaryIO
    block_length: int
    http: HttpHead | None = None
    remarks: tuple[str, ...] = ()

    def field(self, name: str) -> str | None:
        """The first value of a WARC field, or None."""
        return first_field(self.fields, name)

    def block_bytes(self, limit: int) -> bytes:
        """The first ``limit`` bytes of the block."""
        self.block.seek(0)
        return self.block.read(limit)

    def payload(self) -> Payload:
        """The payload, its digest by our own reckoning, and what is wrong with it.

        A revisit's stated digest is that of bytes which lie elsewhere, so it is not compared here.
        """
        stated = None if self.type == "revisit" else self.field("WARC-Payload-Digest")
        return payload_of(self.block, self.block_length, self.http, stated)


@dataclass(frozen=True, slots=True)
class Damage:
    """A place in a file that is not as it should be; what is whole around it is still read."""

    offset: int
    detail: str
    record: str | None = None
    fault: str = "damaged"


@dataclass(frozen=True, slots=True)
class Draft:
    """A record to be written. ``fields`` stand behind those that every record has.

    ``payload_digest``: of a revisit, the digest of what it repeats; of a response or resource it is
    computed by the writer where it is not given.
    """

    type: str
    uri: str | None
    date: str
    content_type: str
    block: BinaryIO | bytes
    fields: tuple[tuple[str, str], ...] = ()
    payload_digest: str | None = None


@dataclass(frozen=True, slots=True)
class Sealed:
    """A WARC file that is finished: where it lies for now, its name in the store, its size in bytes."""

    path: Path
    name: str
    size: int
