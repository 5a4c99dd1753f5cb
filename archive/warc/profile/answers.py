"""An answer as its record tells it: its identity, what it is, and whether it is a page.

In a file without our records, the record alone decides what is a page (DESIGN, section 3): see ``is_page``.
"""

from dataclasses import replace
from typing import Literal, cast

from archive.model import Origin, Provenance, Reference, Snapshot
from archive.uri import join, without_brackets
from archive.warc.media import HTML, PDF, PLAIN, UNKNOWN, XHTML, first_bytes, identify, media_type
from archive.warc.record import Payload, Record, canonical_digest
from archive.warc.record.digests import agrees

_NOT_MODIFIED = 304
ANSWERS = ("response", "resource", "revisit")
_PAGES = (HTML, XHTML, PDF, PLAIN)
# By the type that its server states, the target of a redirect or revisit that is no page.
_NO_PAGES = ("image/", "font/", "audio/", "video/", "application/font", "application/x-font", "text/css")
_SCRIPTS = ("javascript", "ecmascript", "jscript")
# What was asked for on a network, or given as a file; `urn:`, `dns:`, `metadata:` … name a tool's own notes.
_SCHEMES = ("http", "https", "ftp", "ni", "file")


def answer(record: Record, origin: Origin, payload: Payload | None = None) -> Snapshot:
    """The snapshot (or requisite) that a response, resource or revisit is. Its target URI must be there.

    ``payload``: the record's, where it is at hand.
    """
    revisit = record.type == "revisit"
    payload = None if revisit else payload or record.payload()
    stated = _mime(record)
    return Snapshot(
        uri=record.uri or "",
        date=record.date,
        digest=payload.digest if payload else canonical_digest(record.field("WARC-Payload-Digest") or ""),
        record_type=cast(Literal["response", "resource", "revisit"], record.type),
        record_id=record.id,
        place=record.place,
        origin=origin,
        status=record.http.status if record.http else None,
        mime=stated,
        media=identify(_begin(record, payload), stated) if payload else None,
        payload_length=payload.length if payload else 0,
        redirects_to=_redirects_to(record),
        refers_to=_reference(record) if revisit else None,
        # A revisit always says that it is cut: it holds the head alone.
        truncated=None if revisit else _plain(record.field("WARC-Truncated")),
        ip=_plain(record.field("WARC-IP-Address")),
        protocols=tuple(filter(None, map(_plain, _all(record, "WARC-Protocol")))),
        fault=_fault(record, payload.fault if payload else None),
    )


def sniffed(record: Record, payload: Payload) -> str | None:
    """What the bytes alone say that the payload is: never what its server says."""
    begin = _begin(record, payload)
    media = identify(begin, None) if begin else UNKNOWN
    return media if media != UNKNOWN else None


def _begin(record: Record, payload: Payload) -> bytes:
    return first_bytes(payload.body, _encodings(record))


def is_page(answer: Snapshot) -> bool:
    """Whether an answer is a page by its own record.

    A response or resource whose identified type is HTML, XHTML, PDF or plain text; and every redirect or
    revisit whose stated type is not that of a style sheet, script, image, font or medium.
    """
    if answer.uri.partition(":")[0].lower() not in _SCHEMES:
        return False
    if answer.record_type == "revisit" or answer.redirects_to is not None:
        return not _is_dressing(answer.mime or "")
    return answer.media in _PAGES


def _is_dressing(mime: str) -> bool:
    return mime.startswith(_NO_PAGES) or mime.endswith(_SCRIPTS)


def _mime(record: Record) -> str | None:
    """The media type as stated, without its parameters."""
    stated = record.http.field("Content-Type") if record.http else record.field("Content-Type")
    media = media_type(stated)
    # Of an answer whose HTTP cannot be read, the record says only that it ought to be HTTP.
    return None if media == "application/http" else _plain(media)


def _encodings(record: Record) -> str | None:
    """Every content coding; a server may name them in several fields."""
    if record.http is None:
        return None
    named = (value for name, value in record.http.fields if name.lower() == "content-encoding")
    return ", ".join(named) or None


def _redirects_to(record: Record) -> str | None:
    http = record.http
    if http is None or http.status is None or not 300 <= http.status < 400 or http.status == _NOT_MODIFIED:
        return None
    location = _plain(http.field("Location"))
    return join(record.uri or "", location) if location else None


def _reference(record: Record) -> Reference:
    refers = record.field("WARC-Refers-To")
    uri = record.field("WARC-Refers-To-Target-URI")
    return Reference(
        without_brackets(refers) if refers else None,
        without_brackets(uri) if uri else None,
        record.field("WARC-Refers-To-Date"),
    )


def _fault(record: Record, fault: str | None) -> str | None:
    stated = record.field("WARC-Block-Digest")
    if stated and agrees(stated, record.block) is False:
        wrong = f"the block does not match its digest {stated}"
        return f"{fault}; {wrong}" if fault else wrong
    return fault


def _all(record: Record, name: str) -> list[str]:
    return [value for given, value in record.fields if given.lower() == name.lower()]


def _plain(value: str | None) -> str | None:
    """A field's value without control characters; None for nothing."""
    return "".join(symbol for symbol in value or "" if symbol.isprintable() or symbol == " ").strip() or None


def known(answer: Snapshot, provenance: Provenance, origin: Origin) -> Snapshot:
    """An answer with what is known of its exchange; a page that sends its visitor on is a redirect too."""
    onward = answer.redirects_to or provenance.refreshes_to
    return replace(answer, provenance=provenance, origin=origin, redirects_to=onward)
