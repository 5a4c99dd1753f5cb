"""The body of an answer without its codings, as far as a visit looks into it."""

import io

from archive.errors import PinciteError
from archive.warc.media import decode
from ingest.fetch.answer import body
from ingest.fetch.heard import Heard


def plain(heard: Heard, most: int) -> bytes:
    """The decoded body.

    :raises PinciteError: it is larger than this once decoded, or cannot be decoded.
    """
    encodings = ", ".join(heard.all("content-encoding")) or None
    return decode(io.BytesIO(body(heard.response, most)), encodings, most)


def looked_into(heard: Heard, most: int) -> bytes:
    """The same for a look: what cannot be decoded, or is larger than anybody reads, shows nothing."""
    try:
        return plain(heard, most)
    except PinciteError:
        return b""
