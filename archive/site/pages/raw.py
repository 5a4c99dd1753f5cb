"""The bytes of a payload exactly as its digest counts them, or a page that says why not."""

from collections.abc import Mapping
from contextlib import suppress

from archive.index import read
from archive.memento import http_date, link
from archive.model import Snapshot, grouped
from archive.site.answers import ARCHIVED, Answer, Missing, Site, headers, not_indexed
from archive.site.pages import held
from archive.site.pages.payloads import Stored, media_of, payload
from archive.uri import timestamp

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
# For ever in a browser; caches that many share ask again each day, so that a restriction reaches them.
FOR_EVER = "public, max-age=31536000, s-maxage=86400, immutable"


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
    return payload(site.store, holder)


def _holder(site: Site, repetition: str) -> Snapshot | None:
    found = read.payload_of(site.index, repetition)
    return found or read.requisite_payload(site.index, repetition)
