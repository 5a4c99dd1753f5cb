"""The bytes of a payload exactly as its digest counts them, or a page that says why not."""

import hashlib
import re
from collections.abc import Mapping

from archive.errors import Damaged, StoreError
from archive.index import read
from archive.model import Snapshot, grouped
from archive.site.answers import ARCHIVED, Answer, Missing, Site, headers
from archive.site.pages import held
from archive.warc.record import record_at

_MEDIA = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+")
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


def raw(site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """The payload: Transfer-Encoding removed, Content-Encoding kept, as the payload digest counts it.

    Content-Encoding is told under another name, so that no client decodes the bytes on the way; an encoded
    payload has no media type that names what these bytes are. Always a download: in a tab of its own a page
    of others would have its links and forms at our address.
    """
    found = held.identifier(names["id"])
    snapshot = held.snapshot(site, found)
    held.whole(site, snapshot)
    holder = read.payload_of(site.index, found) if read.snapshot(site.index, found) else snapshot
    if holder is None:
        said = "This visit brought the same payload as an earlier one, which is not in this archive."
        raise Missing(404, "Payload elsewhere", said, f"Its digest: {snapshot.digest}")
    body, encoding = _payload(site, holder)
    media = "application/octet-stream" if encoding else _media(holder)
    suffix = "bin" if encoding else _SUFFIXES.get(media, "bin")
    said_headers = headers(media, ARCHIVED) | {
        "Content-Disposition": f'attachment; filename="{grouped(found)}.{suffix}"',
        "Cross-Origin-Resource-Policy": "same-origin",
        "ETag": f'"{holder.digest}"',
    }
    if encoding:
        said_headers["X-Archive-Orig-Content-Encoding"] = re.sub(r"[^\x21-\x7e ]", "", encoding)[:80]
    return Answer(200, said_headers, body)


def _payload(site: Site, holder: Snapshot) -> tuple[bytes, str | None]:
    try:
        with site.store.open(holder.place.file) as stream:
            record = record_at(stream, holder.place)
            body = record.payload().body.read()
            encoding = record.http.field("Content-Encoding") if record.http else None
    except (Damaged, StoreError) as error:
        raise Missing(500, "Cannot be read", f"The record cannot be read: {error}", _MEND) from error
    if "sha256:" + hashlib.sha256(body).hexdigest() != holder.digest:
        said = f"The stored payload does not match its digest {holder.digest}, so it is not served."
        raise Missing(500, "Not what was archived", said, _MEND)
    return body, encoding


_MEND = "`pincite verify` names every fault of the archive."


def _media(snapshot: Snapshot) -> str:
    """The media type that the server stated, or the one identified; never a header made of archived words."""
    stated = (snapshot.mime or "").partition(";")[0].strip().lower()
    media = stated if _MEDIA.fullmatch(stated) else snapshot.media or ""
    return media if _MEDIA.fullmatch(media) else "application/octet-stream"
