"""WARC files that we did not write: what is a page, by the record alone; and records that pose as ours."""

import gzip
import io
from dataclasses import replace
from typing import Any

import pytest

from archive.model import (
    Origin,
    Reference,
    Requisite,
    Snapshot,
    StoredWarc,
    intrinsic_id,
    sha256_of,
)
from archive.warc.profile import facts
from archive.warc.record import records
from tests import nouns
from tests.logs import stated
from tests.source_tree import ROOT
from tests.warcs import gzipped, record, response

FILE = "imported/" + "e" * 64 + ".warc"
SAMPLES = ROOT.parent / "shared" / "samples"
SOMEONE: dict[str, Any] = {"creator": "A. Reader", "created": nouns.DATE}
FIELDS = "application/warc-fields"
HTML, PNG = b"<html><title>x</title>", b"\x89PNG\r\n\x1a\n\x00"


def read(*content: bytes, file: str = FILE, refused: list[str] | None = None) -> list[Any]:
    """The facts of a file that is made of these records."""
    whole, why = b"".join(content), [] if refused is None else refused
    return list(facts(records(io.BytesIO(whole), file), file, len(whole), lambda _, wrong: why.append(wrong)))


def only(*content: bytes) -> Snapshot | Requisite:
    """The one answer in a file."""
    (found, _) = read(*content)
    assert isinstance(found, Snapshot | Requisite)
    return found


def redirect(media: str) -> bytes:
    return response(b"", f"Content-Type: {media}", "Location: ../b#top", status="302 Found")


def revisit(*fields: str, **more: Any) -> bytes:
    head = "\r\n".join(("HTTP/1.1 200 OK", *fields)).encode() + b"\r\n\r\n"
    http = {"Content_Type": "application/http; msgtype=response"}
    return record("revisit", head, **(http | more))


@pytest.mark.parametrize(
    "content",
    [
        response(HTML, "Content-Type: text/html"),
        response(HTML, "Content-Type: image/png"),
        response(HTML, "Content-Type: text/html", status="404 Not Found"),
        response(b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">'),
        response(b"%PDF-1.4 ..."),
        response(b"just words", "Content-Type: text/plain; charset=utf-8"),
        response(gzip.compress(HTML), "Content-Encoding: gzip", "Content-Type: text/html"),
        response(gzip.compress(HTML)[:30], "Content-Encoding: gzip", "Content-Type: text/html"),
        record("resource", HTML, Content_Type="text/html"),
        record("resource", b"words", Content_Type="text/plain", uri="ftp://example.org/README"),
        redirect("text/html"),
        redirect("application/json"),
        response(b"", "Location: /b", status="301 Moved Permanently"),
        revisit("Content-Type: text/html"),
        revisit(),
        record("revisit", b"", Content_Type="application/http"),
    ],
)
def test_a_page_by_its_record(content: bytes) -> None:
    assert isinstance(only(content), Snapshot)


@pytest.mark.parametrize(
    "content",
    [
        response(PNG, "Content-Type: text/html"),
        response(b"body { color: red }", "Content-Type: text/css"),
        response(b"alert(1)", "Content-Type: application/javascript"),
        response(b'{"a": 1}', "Content-Type: application/json"),
        response(b"wOFF\x00\x01", "Content-Type: font/woff"),
        record("resource", PNG, Content_Type="image/png"),
        record("resource", b"words", Content_Type="text/plain", uri="urn:text:https://example.org/"),
        record("resource", b"words", Content_Type="text/plain", uri="metadata://gnu.org/software/wget/log"),
        record("response", b"20261122 1 2", Content_Type="text/dns", uri="dns:example.org"),
        redirect("image/png"),
        redirect("text/css"),
        redirect("text/javascript; charset=utf-8"),
        revisit("Content-Type: font/woff2"),
        revisit("Content-Type: video/mp4"),
    ],
)
def test_a_requisite_by_its_record(content: bytes) -> None:
    assert isinstance(only(content), Requisite)


def test_promoting_a_requisite_changes_no_address() -> None:
    found = only(response(PNG, "Content-Type: image/png"))
    assert isinstance(found, Requisite)
    assert found.answer.id == intrinsic_id("snapshot", "https://example.org/", nouns.DATE, sha256_of(PNG))


def test_a_redirect_leads_to_an_absolute_address() -> None:
    found = only(response(b"", "Location: ../b?c=1#top", status="302 Found", uri="https://example.org/x/y/z"))
    assert isinstance(found, Snapshot)
    assert found.redirects_to == "https://example.org/x/b?c=1"


def test_only_a_redirect_has_a_next_hop() -> None:
    for status in ("201 Created", "304 Not Modified"):
        found = only(response(HTML, "Location: /b", status=status))
        assert isinstance(found, Snapshot)
        assert found.redirects_to is None


@pytest.mark.parametrize(
    ("stated", "digest"),
    [
        ("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        ("SHA-1:DA39A3EE5E6B4B0D3255BFEF95601890AFD80709", "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        ("odd:thing", "odd:thing"),
        ("", ""),
    ],
)
def test_a_revisit_has_the_digest_that_it_states(stated: str, digest: str) -> None:
    fields = {"WARC_Payload_Digest": stated} if stated else {}
    refers = {"WARC_Refers_To_Target_URI": "<http://example.org/>", "WARC_Refers_To_Date": nouns.DATE}
    found = only(revisit("Content-Type: text/html", WARC_Truncated="length", **fields, **refers))
    assert isinstance(found, Snapshot)
    assert found.digest == digest
    assert found.refers_to == Reference(None, "http://example.org/", nouns.DATE)
    assert (found.media, found.payload_length, found.truncated, found.status) == (None, 0, None, 200)


def test_a_digest_that_does_not_match_is_a_fault() -> None:
    """The id is made of what is there, not of what is stated; the fault says so wherever it is shown."""
    sound = only(response(HTML))
    for field in ("WARC_Payload_Digest", "WARC_Block_Digest"):
        found = only(response(HTML, **{field: "sha256:" + "0" * 64}))
        assert isinstance(found, Snapshot)
        assert isinstance(sound, Snapshot)
        assert "does not match its digest" in (found.fault or "")
        assert (found.id, sound.fault) == (sound.id, None)


def test_an_imported_answer_names_its_maker() -> None:
    info = record(
        "warcinfo", b"software: wget 1.21\nformat: WARC\n", uri=None, Content_Type="application/warc-fields"
    )
    found = read(gzipped(info, response(HTML)))
    assert found[0].origin == Origin("imported", "wget 1.21")
    assert found[1] == replace(found[1], name=FILE, records=2, software="wget 1.21", imports=None)


def test_a_foreign_warcinfo_cannot_claim_an_import() -> None:
    info = record("warcinfo", b"pincite-imports: imported/x\r\nsoftware: \xff\x00\\u0000\r\n", uri=None)
    (warc,) = read(info)
    assert (warc.imports, warc.software) == (None, "ÿ \\u0000")


def test_damage_is_counted_and_passed_over() -> None:
    found = read(response(HTML), b"garbage\r\n", response(HTML, number=2, uri="https://example.org/b"))
    assert [type(fact) for fact in found] == [Snapshot, Snapshot, StoredWarc]
    assert (found[2].records, found[2].damage) == (2, 1)


def test_what_no_file_should_hold_is_passed_over() -> None:
    odd = [
        response(HTML, uri=None),
        record("conversion", b"words", uri="https://example.org/"),
        record("metadata", b"via: https://example.org/", Content_Type="application/warc-fields"),
        record("continuation", b"more"),
        record("surprise", b"?"),
    ]
    found = read(*odd)
    assert [type(fact) for fact in found] == [StoredWarc]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample files lie in ../shared, which is not here")
def test_no_sample_of_other_projects_poses_as_ours() -> None:
    for path in sorted([*SAMPLES.glob("*.warc"), *SAMPLES.glob("*.warc.gz")]):
        refused: list[str] = []
        found = stated(path, FILE, refused)
        assert isinstance(found[-1], StoredWarc)
        assert not refused
        assert all(isinstance(fact, Snapshot | Requisite) for fact in found[:-1])
