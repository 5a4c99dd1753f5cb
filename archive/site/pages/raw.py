"""The bytes of a payload exactly as its digest counts them, or a page that says why not."""

import re
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass

from archive.errors import Damaged, StoreError
from archive.index import read
from archive.memento import http_date, link
from archive.model import Snapshot, grouped, sha256_of
from archive.site.answers import ARCHIVED, Answer, Missing, Site, Stream, headers, not_indexed
from archive.site.pages import held
from archive.uri import timestamp
from archive.warc.record import record_at

_MEDIA = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+")
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_SUFFIXES = {
    "text/html": "html",
    "application/xhtml+xml": "xhtml",
    "application/pdf": "pdf",
    "text/plain": "txt",
    "text/markdown": "md",
    "text/css": "css",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/svg+xml": "svg",
}
# Longer payloads are sent from a file, in pieces.
_IN_MEMORY = 1024 * 1024
# For ever in a browser; caches that many share ask again each day, so that a restriction reaches them.
FOR_EVER = "public, max-age=31536000, s-maxage=86400, immutable"


@dataclass(frozen=True, slots=True)
class Stored:
    """A payload as it is stored, which matches its digest: the bytes, and how the server described them."""

    holder: Snapshot
    body: bytes
    stream: Stream | None
    encoding: str | None
    charset: str | None


def raw(site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """The payload: Transfer-Encoding removed, Content-Encoding kept, as the payload digest counts it."""
    found = held.identifier(names["id"])
    snapshot = held.snapshot(site, found)
    page = link(f"{site.base}snapshot/{found}", "collection", type="text/html")
    given = download(snapshot, stored(site, snapshot)).saying(Cache_Control=FOR_EVER, Link=page, Vary="")
    return not_indexed(given, snapshot.uri)


def screenshot(site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """The picture that was taken of a snapshot, where its own file holds one."""
    found = held.identifier(names["id"])
    picture = read.screenshot(site.index, held.snapshot(site, found))
    if picture is None:
        said = "No picture of this page was taken when it was captured, or none was kept beside it."
        raise Missing(404, "No screenshot", said, "Its page view shows it from what was archived.")
    stored_picture = stored(site, picture)
    said_too = {"Cache-Control": FOR_EVER, "ETag": f'"{picture.digest}"'}
    shown = headers(media_of(picture), ARCHIVED) | said_too
    return not_indexed(Answer(200, shown, stored_picture.body, stored_picture.stream), picture.uri)


def download(snapshot: Snapshot, found: Stored) -> Answer:
    """Stored bytes for a machine, or for a person's disk.

    Content-Encoding is told under another name, so that no client decodes the bytes on the way; an encoded
    payload has no media type that names what these bytes are. Always a download: in a tab of its own a page
    of others would have its links and forms at our address.
    """
    media = "application/octet-stream" if found.encoding else media_of(found.holder)
    suffix = "bin" if found.encoding else _SUFFIXES.get(media, "bin")
    said = headers(media, ARCHIVED) | {
        "Content-Disposition": f'attachment; filename="{grouped(snapshot.id)}.{suffix}"',
        "Cross-Origin-Resource-Policy": "same-origin",
        "Accept-Ranges": "bytes",
        "ETag": f'"{found.holder.digest}"',
    }
    if found.encoding:
        said["X-Archive-Orig-Content-Encoding"] = found.encoding
    with suppress(ValueError):  # the date of a foreign record may be none
        said["Last-Modified"] = http_date(timestamp(snapshot.date))
    return Answer(200, said, found.body, found.stream)


def stored(site: Site, snapshot: Snapshot) -> Stored:
    """The payload of a snapshot or requisite, read and compared with its digest.

    :raises Missing: it is not for everybody, not here, cannot be read, or is not what was archived.
    """
    held.whole(site, snapshot)
    repeats = snapshot.record_type == "revisit"
    holder = _holder(site, snapshot.id) if repeats else snapshot
    if holder is None:
        said = "This visit brought the same payload as an earlier one, which is not in this archive."
        raise Missing(404, "Payload elsewhere", said, f"Its digest: {snapshot.digest}")
    with ExitStack() as opened:
        try:
            stream = opened.enter_context(site.store.open(holder.place.file))
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


def _holder(site: Site, repetition: str) -> Snapshot | None:
    found = read.payload_of(site.index, repetition)
    return found or read.requisite_payload(site.index, repetition)


_MEND = "`pincite verify` names every fault of the archive."


def media_of(snapshot: Snapshot) -> str:
    """The media type that the server stated, or the one identified; never a header made of archived words."""
    stated = (snapshot.mime or "").partition(";")[0].strip().lower()
    media = stated if _MEDIA.fullmatch(stated) else snapshot.media or ""
    return media if _MEDIA.fullmatch(media) else "application/octet-stream"
