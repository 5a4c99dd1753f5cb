"""The records that carry our facts, as drafts: types, addresses and fields, to the letter of WARC 1.1."""

import io
from dataclasses import replace
from uuid import uuid4

from archive.model import Exchange, Failure, Place, Reference, Snapshot, urn
from archive.warc.record import Draft, Record, head_of
from archive.warc.record.spans import size_of

JSON = "application/json"
_ANNOTATION = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
_REQUEST = "application/http;msgtype=request"
_RESPONSE = "application/http;msgtype=response"
_SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"

Fields = tuple[tuple[str, str], ...]


def new_id() -> str:
    """A Record-ID."""
    return f"urn:uuid:{uuid4()}"


def concurrent(record_id: str) -> Fields:
    """That a record belongs to the same event as another."""
    return (("WARC-Concurrent-To", f"<{record_id}>"),)


def _connection(exchange: Exchange) -> Fields:
    """What is known of the socket; WARC-Protocol (repeated) and WARC-Cipher-Suite are proposed fields."""
    cipher = exchange.provenance.cipher
    return (
        *((("WARC-IP-Address", exchange.ip),) if exchange.ip else ()),
        *(("WARC-Protocol", protocol) for protocol in exchange.protocols),
        *((("WARC-Cipher-Suite", cipher),) if cipher else ()),
    )


def request(exchange: Exchange, response_id: str) -> Draft:
    """What was asked."""
    fields = (*concurrent(response_id), *_connection(exchange))
    return Draft("request", exchange.uri, exchange.date, _REQUEST, exchange.request, fields)


def sent(failure: Failure, request: bytes) -> Draft:
    """What was asked when nothing came back."""
    return Draft("request", failure.uri, failure.date, _REQUEST, request)


def response(exchange: Exchange, request_id: str) -> Draft:
    """What was answered, every byte of it."""
    cut = ((("WARC-Truncated", exchange.truncated),)) if exchange.truncated else ()
    fields = (*concurrent(request_id), *_connection(exchange), *cut)
    return Draft("response", exchange.uri, exchange.date, _RESPONSE, exchange.response, fields)


def identified(draft: Draft, answer: Snapshot, media: str | None) -> Draft:
    """A response or resource with its payload's digest, and its type where the bytes tell another one.

    Not where they tell the same as the server: for the sake of this field ReplayWeb.page (2.5.3) forgets the
    charset that the server stated, and shows such pages garbled.
    """
    found = (("WARC-Identified-Payload-Type", media),) if media and media != answer.mime else ()
    return replace(draft, payload_digest=answer.digest, fields=(*draft.fields, *found))


def repeated(heard: Snapshot, earlier: Snapshot | None) -> Reference | None:
    """The record that an answer repeats, if the earlier one is whole, sound, and was answered alike.

    The same bytes under another status are no repetition: a page that is gone must not count as good.
    """
    if earlier is None or heard.payload_length == 0 or heard.status is None:
        return None
    sound = not (heard.truncated or heard.fault or earlier.truncated or earlier.fault)
    if not sound or heard.status != earlier.status or heard.digest != earlier.digest:
        return None
    if earlier.record_type == "revisit":
        return earlier.refers_to if earlier.refers_to and earlier.refers_to.uri else None
    return Reference(earlier.record_id, earlier.uri, earlier.date)


def revisit(draft: Draft, record: Record, digest: str, reference: Reference) -> Draft:
    """An answer whose payload lies elsewhere: its head alone, which the standard calls truncated."""
    fields = (
        *draft.fields,
        ("WARC-Profile", _SAME_PAYLOAD),
        *((("WARC-Refers-To", f"<{reference.record_id}>"),) if reference.record_id else ()),
        *((("WARC-Refers-To-Target-URI", reference.uri),) if reference.uri else ()),
        *((("WARC-Refers-To-Date", reference.date),) if reference.date else ()),
        ("WARC-Truncated", "length"),
    )
    head = record.block_bytes(record.http.size if record.http else 0)
    return replace(draft, type="revisit", block=head, fields=fields, payload_digest=digest)


def conversion(page: Snapshot, date: str, body: bytes) -> Draft:
    """The words of a text of record."""
    return Draft("conversion", _one_line(page.uri), date, "text/plain;charset=utf-8", body, _refers_to(page))


def fields(page: Snapshot, date: str, block: bytes) -> Draft:
    """What is known of a text of record, or why there is none."""
    return Draft("metadata", _one_line(page.uri), date, "application/warc-fields", block, _refers_to(page))


def _refers_to(page: Snapshot) -> Fields:
    """Which record, for others; which snapshot, for us: Record-IDs of other people's files repeat."""
    known = page.record_id.isascii() and page.record_id.isprintable() and page.record_id
    refers = (("WARC-Refers-To", f"<{page.record_id}>"),) if known else ()
    return (*refers, ("Pincite-Snapshot", page.id))


def _one_line(uri: str) -> str:
    """An address as other people's records may hold it, without what would break a field."""
    return uri.replace("\r", "%0D").replace("\n", "%0A").replace("\x00", "%00")


def json(kind: str, identifier: str, date: str, block: bytes) -> Draft:
    """A JSON record. Never under a page's address: CDX indexers would take it for a capture of the page."""
    return Draft("metadata", urn(kind, identifier), date, JSON, block)


def annotation(kind: str, identifier: str, date: str, block: bytes) -> Draft:
    """A reading, or what somebody says: a JSON-LD record under its own name."""
    return Draft("metadata", urn(kind, identifier), date, _ANNOTATION, block)


def as_record(draft: Draft, record_id: str) -> Record:
    """A draft as it will be read again, so that writer and reader make the same fact of it."""
    block = io.BytesIO(draft.block) if isinstance(draft.block, bytes) else draft.block
    length = size_of(block)
    stated = (("WARC-Payload-Digest", draft.payload_digest),) if draft.payload_digest else ()
    return Record(
        place=Place("", 0, 0),
        version="1.1",
        type=draft.type,
        id=record_id,
        date=draft.date,
        uri=draft.uri,
        fields=(*draft.fields, *stated, ("Content-Type", draft.content_type)),
        block=block,
        block_length=length,
        http=head_of(block) if draft.content_type == _RESPONSE else None,
    )
