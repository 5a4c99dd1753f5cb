"""What visits brought, as rows: stored files, snapshots, requisites, failures, texts, passages. Pure."""

from collections.abc import Iterator
from dataclasses import asdict

from archive.anchor import paragraphs
from archive.index.fold.row import Row, Value, as_json, digits_of, key_of, place_of, record_of, source_of
from archive.index.pairs import pairs
from archive.model import Failure, Requisite, Snapshot, StoredWarc, Text
from archive.uri import site, urlkey


def warc(warc: StoredWarc) -> Iterator[Row]:
    """A stored file."""
    yield Row("warcs", {**asdict(warc), "file": warc.name, "offset": 0})


def snapshot(snapshot: Snapshot) -> Iterator[Row]:
    """A snapshot."""
    yield _answer("snapshots", snapshot)
    yield _recording(snapshot)


def requisite(requisite: Requisite) -> Iterator[Row]:
    """A requisite: the same columns as a snapshot, so that it may become one."""
    yield _answer("requisites", requisite.answer)
    yield _recording(requisite.answer)


def _answer(table: str, answer: Snapshot) -> Row:
    refers, how = answer.refers_to, answer.provenance
    return Row(
        table,
        {
            "id": answer.id,
            "uri": answer.uri,
            "urlkey": urlkey(answer.uri),
            "date": answer.date,
            "timestamp": digits_of(answer.date),
            "site": site(answer.uri),
            "digest": answer.digest,
            "record_type": answer.record_type,
            "record_id": answer.record_id,
            "status": answer.status,
            "mime": answer.mime,
            "media": answer.media,
            "payload_length": answer.payload_length,
            "redirects_to": answer.redirects_to,
            "redirects_urlkey": key_of(answer.redirects_to),
            "refers_to_id": refers.record_id if refers else None,
            "refers_to_uri": refers.uri if refers else None,
            "refers_to_date": refers.date if refers else None,
            "truncated": answer.truncated,
            "ip": answer.ip,
            "protocols": as_json(answer.protocols),
            "tls_version": how.tls_version if how else None,
            "cipher": how.cipher if how else None,
            "provenance": as_json(asdict(how)) if how else None,
            "origin": answer.origin.kind,
            "origin_detail": answer.origin.detail,
            "name": answer.name,
            "fault": answer.fault,
            **place_of(answer.place),
        },
    )


def _recording(answer: Snapshot) -> Row:
    """That a file records an answer. Another file may record the same; its row then stands for itself."""
    where = record_of(answer.place)
    return Row(
        "recordings", {"answer": answer.id, "urlkey": urlkey(answer.uri), "date": answer.date, **where}
    )


def failure(failure: Failure) -> Iterator[Row]:
    """A failure; the bytes of its request stay in the WARC."""
    values: dict[str, Value] = {
        "id": failure.id,
        "uri": failure.uri,
        "urlkey": urlkey(failure.uri),
        "date": failure.date,
        "timestamp": digits_of(failure.date),
        "site": site(failure.uri),
        "reason": failure.reason,
        "detail": failure.detail,
        "role": failure.role,
    }
    yield Row("failures", {**values, **place_of(failure.place)})


def text(text: Text) -> Iterator[Row]:
    """A text of record, and its paragraphs as passages for search."""
    said, date = text.metadata, text.metadata.date
    identifier = text.id
    values: dict[str, Value] = {
        "id": identifier,
        "snapshot": text.snapshot,
        "extractor": text.extractor,
        "digest": text.digest,
        "body": text.body,
        "reason": text.reason,
        "characters": len(text.body),
        "title": said.title,
        "authors": as_json(said.authors),
        "date": date.written if date else None,
        "date_iso": date.iso if date else None,
        "date_rule": date.rule if date else None,
        "site": said.site,
        "language": said.language,
        "licence": said.licence,
        "description": said.description,
        "canonical": said.canonical,
        "canonical_source": source_of(said.canonical),
        "doi": said.doi,
        "robots": as_json(said.robots),
        "share": text.share,
        "headings": as_json([[heading.start, heading.level] for heading in text.headings]),
        "pages": as_json(text.pages),
        "cite_key": text.cite_key,
    }
    yield Row("texts", {**values, **place_of(text.place)})
    where = record_of(text.place)
    for start, end in paragraphs(text.body):
        words: dict[str, Value] = {
            "text": identifier,
            "start": start,
            "end": end,
            "exact": text.body[start:end],
            "pairs": pairs(text.body[start:end]),
        }
        yield Row("passages", {**words, **where})
