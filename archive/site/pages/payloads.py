"""A payload as it is stored, and as what it may be shown; who may have it is asked elsewhere (``held``)."""

import re
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO

from archive.errors import Damaged, StoreError
from archive.model import Snapshot, sha256_of
from archive.site.answers import Missing, Stream
from archive.store import Store
from archive.warc.media import PLAIN, UNKNOWN, decode
from archive.warc.record import record_at

_MEDIA = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+")
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
# Longer payloads are sent from a file, in pieces.
_IN_MEMORY = 1024 * 1024
FONTS = ("font/", "application/font", "application/x-font", "application/vnd.ms-fontobject")
_SHOWN = ("image/", "audio/", "video/", *FONTS)
# A page of more, unpacked, is a bomb or a dump of data; the bytes as archived can still be had.
_MOST = 32 * 1024 * 1024
_MEND = "`pincite verify` names every fault of the archive."


@dataclass(frozen=True, slots=True)
class Stored:
    """A payload as it is stored, which matches its digest: the bytes, and how the server described them."""

    holder: Snapshot
    body: bytes
    stream: Stream | None
    encoding: str | None
    charset: str | None


def payload(store: Store, holder: Snapshot) -> Stored:
    """The payload of the answer that holds it.

    :raises Missing: it cannot be read, or is not what was archived.
    """
    with ExitStack() as opened:
        try:
            stream = opened.enter_context(store.open(holder.place.file))
            record = record_at(stream, holder.place)
            payload = record.payload()
            short = payload.length <= _IN_MEMORY
            body = payload.body.read() if short else b""
            digest = sha256_of(body) if short else payload.digest
        except (Damaged, StoreError) as error:
            raise Missing(500, "Cannot be read", f"The record cannot be read: {error}", _MEND) from error
        if digest != holder.digest:
            said = f"The stored payload does not match its digest {holder.digest}, so it is not served."
            raise Missing(500, "Not what was archived", said, _MEND)
        encoding = record.http.field("Content-Encoding") if record.http else None
        described = record.http.field("Content-Type") if record.http else None
        charset = _CHARSET.search(described or "")
        long = None if short else Stream(payload.body, 0, payload.length, opened.pop_all().close)
        return Stored(
            holder,
            body,
            long,
            re.sub(r"[^\x21-\x7e ]", "", encoding)[:80] if encoding else None,
            charset[1] if charset else None,
        )


def media_of(snapshot: Snapshot) -> str:
    """The media type that the server stated, or the one identified; never a header made of archived words."""
    stated = (snapshot.mime or "").partition(";")[0].strip().lower()
    media = stated if _MEDIA.fullmatch(stated) else snapshot.media or ""
    return media if _MEDIA.fullmatch(media) else "application/octet-stream"


def part_media(holder: Snapshot) -> str | None:
    """The media type of a part, by its bytes where they tell; None where a page may not show it.

    A style sheet cannot be told by its bytes: its server has to say so. What a page is cannot be its part.
    """
    stated, media = media_of(holder), holder.media or ""
    if stated == "text/css" and media in ("text/css", PLAIN, ""):
        return "text/css"
    if media.startswith(_SHOWN):
        return media
    known_by_name = stated.startswith(_SHOWN) and media in ("", stated, UNKNOWN)
    return stated if known_by_name else None


def unpacked(stored: Stored) -> bytes:
    """The bytes with their content coding taken off.

    :raises Damaged: they cannot be unpacked, or are too many then.
    """
    try:
        body = stored.stream.file if stored.stream else BytesIO(stored.body)
        return decode(body, stored.encoding, _MOST)
    finally:
        close(stored)


def close(stored: Stored) -> None:
    """Let go of a payload that is not sent."""
    if stored.stream:
        stored.stream.close()
