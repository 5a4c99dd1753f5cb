"""Which record carries which fact: what Log writes, facts states, to the letter of the standard."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive.errors import PinciteError
from archive.model import (
    Failure,
    Origin,
    Reference,
    Requisite,
    Snapshot,
    StoredWarc,
    exchange_uri,
    sha256_of,
)
from archive.warc.profile import Log
from tests import logs, nouns
from tests.logs import PAGE, a_document, an_exchange, at, http, kept, stated, stored, written


def test_an_exchange_is_a_snapshot(tmp_path: Path) -> None:
    snapshot, found, name = kept(tmp_path, lambda log: log.exchange(an_exchange()))
    assert found[0] == at(name, snapshot)
    assert snapshot.digest == sha256_of(PAGE)
    assert snapshot.origin == Origin("fetched")
    assert (snapshot.status, snapshot.mime, snapshot.media) == (200, "text/html", "text/html")
    assert snapshot.provenance == an_exchange().provenance
    assert snapshot.protocols == ("http/1.1", "tls/1.3")
    assert found[1:] == [StoredWarc(name, found[1].size, 4, nouns.DATE, "pincite 0.1.0", "The Library")]


@pytest.mark.parametrize("role", ["requisite", "robots"])
def test_the_role_makes_a_requisite(tmp_path: Path, role: str) -> None:
    """Its bytes are HTML, but it was asked for as something else."""
    snapshot, found, name = kept(tmp_path, lambda log: log.exchange(an_exchange(role=role)))
    assert found[0] == Requisite(at(name, snapshot))


def test_a_page_may_be_an_image(tmp_path: Path) -> None:
    """What is cited is a page, whatever it is."""
    image = http(b"\x89PNG\r\n\x1a\n\x00\x00", media="image/png")
    snapshot, found, name = kept(tmp_path, lambda log: log.exchange(an_exchange(response=image)))
    assert found[0] == at(name, snapshot)
    assert snapshot.media == "image/png"


def test_what_belongs_together_says_so(tmp_path: Path) -> None:
    """Request and response name each other, share date and address, and are followed by their provenance."""
    path, _ = written(tmp_path, lambda log: log.exchange(an_exchange(truncated="time")))
    info, request, response, beside = stored(path)
    assert [record.type for record in (info, request, response, beside)] == [
        *("warcinfo", "request", "response", "metadata")
    ]
    assert request.field("WARC-Concurrent-To") == f"<{response.id}>"
    assert response.field("WARC-Concurrent-To") == f"<{request.id}>"
    assert beside.field("WARC-Concurrent-To") == f"<{response.id}>"
    assert {record.date for record in (request, response, beside)} == {nouns.DATE}
    assert beside.uri == exchange_uri(response.id)
    assert json.loads(beside.block_bytes(10_000))["uri"] == response.uri == request.uri
    for record in (request, response):
        assert record.field("WARC-IP-Address") == "192.0.2.1"
        assert [v for n, v in record.fields if n == "WARC-Protocol"] == ["http/1.1", "tls/1.3"]
        assert record.field("WARC-Cipher-Suite") == "TLS_AES_128_GCM_SHA256"
    assert response.field("WARC-Truncated") == "time"
    assert request.block_bytes(10_000) == logs.REQUEST
    assert response.block_bytes(10_000) == http()
    assert all(record.field("WARC-Warcinfo-ID") == f"<{info.id}>" for record in (request, response, beside))


def test_the_identified_type_is_sniffed_and_never_copied(tmp_path: Path) -> None:
    lies = an_exchange(response=http(media="image/png"))
    empty = an_exchange("https://example.org/b", http(b"", media="text/html"))
    honest = an_exchange("https://example.org/c")

    def write(log: Log) -> None:
        log.exchange(lies)
        log.exchange(empty)
        log.exchange(honest)

    responses = [r for r in stored(written(tmp_path, write)[0]) if r.type == "response"]
    assert [r.field("WARC-Identified-Payload-Type") for r in responses] == ["text/html", None, None]


def test_a_payload_is_without_chunks_and_still_packed(tmp_path: Path) -> None:
    body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    snapshot, found, name = kept(tmp_path, lambda log: log.exchange(an_exchange(response=head + body)))
    assert found[0] == at(name, snapshot)
    assert (snapshot.digest, snapshot.payload_length) == (sha256_of(PAGE), len(PAGE))


def test_a_repeated_answer_is_a_revisit(tmp_path: Path) -> None:
    first, _, _ = kept(tmp_path / "a", lambda log: log.exchange(an_exchange()))
    later = an_exchange("https://example.org/b", date="2026-11-23T12:00:00Z")
    again, found, name = kept(tmp_path / "b", lambda log: log.exchange(later, {first.digest: first}))
    assert found[0] == at(name, again)
    assert (again.record_type, again.status, again.digest) == ("revisit", 200, first.digest)
    assert (again.payload_length, again.media, again.truncated) == (0, None, None)
    assert again.refers_to == Reference(first.record_id, first.uri, first.date)
    assert again.id != first.id


def test_a_revisit_is_to_the_letter(tmp_path: Path) -> None:
    def write(log: Log) -> None:
        first = log.exchange(an_exchange())
        log.exchange(an_exchange(date="2026-11-23T12:00:00Z"), {first.digest: first})

    path, _ = written(tmp_path, write)
    (record,) = [record for record in stored(path) if record.type == "revisit"]
    profile = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert record.field("WARC-Profile") == profile
    assert record.field("WARC-Payload-Digest") == sha256_of(PAGE)
    assert record.field("WARC-Truncated") == "length"
    assert record.field("WARC-Refers-To-Target-URI") == "https://example.org/a"
    assert record.field("WARC-Refers-To-Date") == nouns.DATE
    assert record.block_bytes(10_000) == http().removesuffix(PAGE)


def test_a_revisit_of_a_revisit_refers_to_what_has_the_payload(tmp_path: Path) -> None:
    def write(log: Log) -> Snapshot:
        first = log.exchange(an_exchange())
        second = log.exchange(an_exchange(date="2026-11-23T12:00:00Z"), {first.digest: first})
        return log.exchange(an_exchange(date="2026-11-24T12:00:00Z"), {second.digest: second})

    third, found, _ = kept(tmp_path, write)
    assert third.record_type == "revisit"
    assert third.refers_to == Reference(found[0].record_id, found[0].uri, found[0].date)


@pytest.mark.parametrize(
    "change",
    [
        {"status": 404},
        {"truncated": "length"},
        {"fault": "the payload does not match its digest"},
        {"record_type": "resource", "status": None},
        {"digest": sha256_of(b"another")},
        {"record_type": "revisit"},
    ],
    ids=str,
)
def test_what_is_not_the_same_whole_answer_is_kept_whole(tmp_path: Path, change: dict[str, Any]) -> None:
    first, _, _ = kept(tmp_path / "a", lambda log: log.exchange(an_exchange()))
    earlier = {first.digest: replace(first, **change)}
    again, _, _ = kept(tmp_path / "b", lambda log: log.exchange(an_exchange(), earlier))
    assert again.record_type == "response"


def test_an_empty_answer_is_no_revisit(tmp_path: Path) -> None:
    empty = http(b"", "Location: /b", status="302 Found")
    first, _, _ = kept(tmp_path / "a", lambda log: log.exchange(an_exchange(response=empty)))
    assert first.redirects_to == "https://example.org/b"
    repeated, _, _ = kept(
        tmp_path / "b", lambda log: log.exchange(an_exchange(response=empty), {first.digest: first})
    )
    assert repeated.record_type == "response"


def test_a_supplied_copy_says_who_supplied_it(tmp_path: Path) -> None:
    snapshot, found, name = kept(tmp_path, lambda log: log.document(a_document()))
    assert found[0] == at(name, snapshot)
    assert snapshot.origin == Origin("supplied", "A. Reader")
    assert (snapshot.record_type, snapshot.name) == ("resource", "gone.html")


def test_a_document_is_a_page_whatever_its_type(tmp_path: Path) -> None:
    notes = a_document(uri="ni:///sha-256;abc", media="text/markdown", body=b"# Notes", supplied_by=None)
    snapshot, found, name = kept(tmp_path, lambda log: log.document(notes))
    assert found[0] == at(name, snapshot)
    assert (snapshot.media, snapshot.origin) == ("text/markdown", Origin("fetched"))


def test_a_failure_stands_behind_the_request_that_was_sent(tmp_path: Path) -> None:
    lost = Failure(
        "https://lost.example/", nouns.DATE, "timeout", "no answer for 20 seconds", "page", logs.REQUEST
    )
    failure, found, name = kept(tmp_path, lambda log: log.failure(lost))
    assert found[0] == at(name, replace(failure, request=None))
    path, _ = written(tmp_path, lambda log: log.failure(lost))
    _, request, record = stored(path)
    assert (request.type, request.block_bytes(1000)) == ("request", logs.REQUEST)
    assert record.field("WARC-Concurrent-To") == f"<{request.id}>"
    assert record.uri == f"urn:pincite:failure:{failure.id}"
    never_sent = replace(lost, request=None)
    assert [r.type for r in stored(written(tmp_path, lambda log: log.failure(never_sent))[0])] == [
        *("warcinfo", "metadata")
    ]


def test_a_reading_and_what_people_say_come_back(tmp_path: Path) -> None:
    page, source = nouns.a_page(), nouns.a_page("https://example.org/source", "its source")
    reading = nouns.a_reading((page, nouns.a_text(page)), (source, nouns.a_text(source, nouns.SOURCE)))
    said, found, name = kept(tmp_path, lambda log: log.reading(reading))
    assert found[0] == at(name, said)
    path, _ = written(tmp_path, lambda log: log.reading(reading))
    record = stored(path)[1]
    assert record.uri == f"urn:pincite:reading:{said.id}"
    assert (record.field("Content-Type") or "").startswith("application/ld+json")


def test_a_reading_that_names_what_it_does_not_hold_is_refused(tmp_path: Path) -> None:
    page = nouns.a_page()
    reading = nouns.a_reading((page, nouns.a_text(page)), (page, nouns.a_text(page, nouns.SOURCE)))
    log = Log(tmp_path, lambda: nouns.DATE, logs.INFO)
    with pytest.raises(PinciteError, match="among its sources"):
        log.reading(replace(reading, sources=()))
    log.discard()


def test_the_warcinfo_says_who_writes_and_how(tmp_path: Path) -> None:
    info = replace(
        logs.INFO, imports="imported/x.warc", imported_as="a\nb.warc", settings=(("resolver", "none"),)
    )
    path, name = written(tmp_path, lambda log: None, info)
    (record,) = stored(path)
    assert record.block_bytes(10_000).decode().split("\r\n") == [
        "software: pincite 0.1.0",
        "format: WARC File Format 1.1",
        "conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "operator: The Library",
        "http-header-user-agent: Pincite/0.1.0 (+https://example.org/)",
        "robots: ignore",
        "pincite-imports: imported/x.warc",
        "pincite-imported-as: a\\nb.warc",
        "pincite-resolver: none",
        "",
    ]
    (warc,) = stated(path, name)
    assert isinstance(warc, StoredWarc)
    assert (warc.imports, warc.imported_as) == ("imported/x.warc", "a\nb.warc")


def test_no_json_record_bears_a_page_address(tmp_path: Path) -> None:
    """CDX indexers would take it for a capture of the page."""

    def write(log: Log) -> None:
        page = log.exchange(an_exchange())
        log.document(a_document())
        log.failure(Failure("https://lost.example/", nouns.DATE, "dns", "no such host"))
        source = log.exchange(an_exchange("https://example.org/source"))
        texts = log.text(nouns.a_text(page)), log.text(nouns.a_text(source, nouns.SOURCE))
        log.reading(nouns.a_reading((page, texts[0]), (source, texts[1])))

    for record in stored(written(tmp_path, write)[0]):
        if "json" in (record.field("Content-Type") or ""):
            assert re.fullmatch(r"urn:pincite:[a-z]+:[0-9a-z-]+", record.uri or "")
