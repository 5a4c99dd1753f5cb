"""What anyone computes from a WARC or WACZ file without Pincite: with FastWARC's reader and hashlib alone."""

import base64
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fastwarc.warc import ArchiveIterator

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
ANSWERS = ("response", "resource", "revisit")


@dataclass(frozen=True)
class Found:
    """A record as another reader gives it: its fields as written, and its block, byte for byte."""

    fields: list[tuple[str, str]]
    block: bytes

    def field(self, name: str) -> str:
        """The first value of a field; empty where there is none."""
        return next((value for given, value in self.fields if given.lower() == name.lower()), "")

    @property
    def type(self) -> str:
        return self.field("WARC-Type")

    @property
    def head(self) -> bytes:
        """The HTTP head, where the block is HTTP."""
        return re.split(rb"\r?\n\r?\n", self.block, maxsplit=1)[0]

    def _body_begins(self) -> int:
        blank = re.search(rb"\r?\n\r?\n", self.block)
        return blank.end() if blank else len(self.block)

    @property
    def payload(self) -> bytes:
        """The payload: of HTTP the body with its chunks joined, else the block."""
        if not self.field("Content-Type").lower().startswith("application/http"):
            return self.block
        body = self.block[self._body_begins() :]
        if not re.search(rb"(?im)^transfer-encoding:[^\r\n]*chunked", self.head):
            return body
        return without_chunks(body)


def without_chunks(body: bytes) -> bytes:
    """Chunks joined; a body that is not in chunks to its end, as it stands."""
    joined, rest = b"", body
    while match := re.match(rb"([0-9a-fA-F]+)[ \t]*(?:;[^\r\n]*)?\r\n", rest):
        size = int(match[1], 16)
        if size == 0:
            return joined
        joined += rest[match.end() : match.end() + size]
        rest = rest[match.end() + size :]
        if not rest.startswith(b"\r\n"):
            break
        rest = rest[2:]
    return body


def found_in(path: Path) -> list[Found]:
    """Every record of a file, as FastWARC reads it (warcio rewrites addresses with blanks in them)."""
    content = path.read_bytes()
    return [record for part in _warcs(content) for record in _records(part)]


def _warcs(content: bytes) -> Iterator[bytes]:
    if not content.startswith(b"PK"):
        yield content
        return
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if re.match(r"archive/.+\.warc(\.gz)?$", name):
                yield package.read(name)


def _records(content: bytes) -> Iterator[Found]:
    for record in ArchiveIterator(io.BytesIO(content), parse_http=False):
        yield Found(list(record.headers), record.reader.read())


def ids_in(path: Path) -> list[str]:
    """The id of every answer in a file, in order, page or not."""
    return [answer_id(record) for record in found_in(path) if record.type in ANSWERS]


def answer_id(record: Found) -> str:
    """The id of an answer: kind, target URI, date and payload digest, hashed."""
    uri, date = record.field("WARC-Target-URI"), record.field("WARC-Date")
    uri = uri[1:-1] if uri.startswith("<") and uri.endswith(">") else uri
    if record.type == "revisit":
        digest = _in_hex(record.field("WARC-Payload-Digest"))
    else:
        digest = "sha256:" + hashlib.sha256(record.payload).hexdigest()
    return intrinsic("snapshot", uri, date, digest)


def _in_hex(stated: str) -> str:
    algorithm, _, value = stated.partition(":")
    algorithm = algorithm.lower().replace("-", "")
    if algorithm == "sha1" and len(value) == 32:
        return f"sha1:{base64.b32decode(value).hex()}"
    return f"{algorithm}:{value.lower()}" if value else stated


def intrinsic(kind: str, *fields: str) -> str:
    """15 symbols from the top 75 bits of the SHA-256, and a Luhn check symbol in base 32."""
    bits = int.from_bytes(hashlib.sha256("\n".join((kind, *fields)).encode()).digest(), "big") >> 181
    values = [bits >> shift & 31 for shift in range(70, -1, -5)]
    total = 0
    for place, value in enumerate(reversed(values)):
        doubled = value * 2 if place % 2 == 0 else value
        total += doubled // 32 + doubled % 32
    return "".join(ALPHABET[value] for value in (*values, -total % 32))
