"""A snapshot's landing page: what it is, how it came here, who cites it, how to cite it."""

import base64
import hashlib
import re
from collections.abc import Mapping

from archive import bibliography
from archive.documents import described, snapshot_document
from archive.index import read
from archive.index.read.pointers import stored_warc
from archive.model import Snapshot
from archive.site.answers import Answer, Site, document, page
from archive.site.pages import held

_PEM = re.compile(r"-----BEGIN CERTIFICATE-----(.+?)-----END CERTIFICATE-----", re.DOTALL)


def landing(site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """The landing page of a snapshot or requisite."""
    found = held.identifier(names["id"])
    snapshot = held.snapshot(site, found)
    if names.get("ext"):
        return document(snapshot_document(site.index, found) or {})
    metadata, key = described(site.index, found)
    item = bibliography.item(snapshot, metadata, site.base_url, key)
    is_page = read.snapshot(site.index, found) is not None
    holder = read.payload_of(site.index, found) if is_page else snapshot
    last = read.last_hop(site.index, found) if snapshot.redirects_to and is_page else None
    return page(
        site,
        "snapshot.html",
        title=metadata.title or snapshot.uri,
        snapshot=snapshot,
        is_page=is_page,
        metadata=metadata,
        text=read.text_in_use(site.index, found),
        item=item,
        citations={form: make(item) for form, make in bibliography.FORMATS.items()},
        holder=holder,
        last=last if last and last.id != found else None,
        warc=stored_warc(site.index, snapshot.place.file),
        imported_as=read.imported_as(site.index, snapshot.place.file),
        certificates=certificates(snapshot),
        cited_by=read.cited_by(site.index, found),
        readings=read.readings_of(site.index, found),
        visits=read.snapshots_of(site.index, snapshot.uri),
    )


def certificates(snapshot: Snapshot) -> list[str]:
    """SHA-256 fingerprints of the certificates that the server sent, leaf first."""
    kept = snapshot.provenance.certificates if snapshot.provenance else ()
    return [_fingerprint(body) for pem in kept for body in _PEM.findall(pem)]


def _fingerprint(body: str) -> str:
    try:
        der = base64.b64decode("".join(body.split()), validate=True)
    except ValueError:
        return "unreadable"
    return hashlib.sha256(der).hexdigest()
