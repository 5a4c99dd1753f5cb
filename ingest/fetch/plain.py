"""The body of an answer without its codings, as far as a visit looks into it."""

import zlib

from archive.errors import PinciteError
from ingest.fetch.answer import body
from ingest.fetch.heard import Heard


def plain(heard: Heard, most: int) -> bytes:
    """The decoded body.

    :raises PinciteError: it is larger than this once decoded, or cannot be decoded.
    """
    encodings = ", ".join(heard.all("content-encoding")) or None
    return decode(body(heard.response, most), encodings, most)


def looked_into(heard: Heard, most: int) -> bytes:
    """The same for a look: what cannot be decoded, or is larger than anybody reads, shows nothing."""
    try:
        return plain(heard, most)
    except PinciteError:
        return b""


def decode(data: bytes, encodings: str | None, limit: int) -> bytes:
    """Stands in until the archive's own decoder is there."""
    if encodings in ("gzip", "x-gzip"):
        return zlib.decompressobj(47).decompress(data, limit)
    if encodings == "deflate":
        return zlib.decompressobj().decompress(data, limit)
    return data
