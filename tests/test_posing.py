"""Records that look like ours in files that we did not write: they fold where every id in them holds."""

import gzip
import io
import json
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model import (
    Failure,
    Note,
    Origin,
    Reading,
    Requisite,
    Snapshot,
    StoredWarc,
    Text,
    Verdict,
    exchange_uri,
    intrinsic_id,
    sha256_of,
    urn,
)
from archive.warc.annotation import reading_block, statement_block
from archive.warc.profile import facts
from archive.warc.record import records
from tests import nouns
from tests.logs import a_document, an_exchange, stated, written
from tests.test_texts import FULL
from tests.warcs import record, response

FILE = "imported/" + "e" * 64 + ".warc"
SOMEONE: dict[str, Any] = {"creator": "A. Reader", "created": nouns.DATE}
FIELDS = "application/warc-fields"
HTML = b"<html><title>x</title>"


def read(*content: bytes, file: str = FILE, refused: list[str] | None = None) -> list[Any]:
    """The facts of a file that is made of these records."""
    whole, why = b"".join(content), [] if refused is None else refused
    return list(facts(records(io.BytesIO(whole), file), file, len(whole), lambda _, wrong: why.append(wrong)))


def our_file(folder: Path) -> Path:
    """One of everything, as another archive that uses Pincite would give it away."""

    def write(log: Any) -> None:
        page = log.exchange(an_exchange())
        log.text(replace(FULL, snapshot=page.id))
        log.document(a_document())
        log.failure(Failure("https://lost.example/", nouns.DATE, "dns", "no such host"))
        log.statement(Note(**SOMEONE, subject=page.id, note="see there"))

    return written(folder, write)[0]


def test_our_records_fold_from_imported_files(tmp_path: Path) -> None:
    """The same ids wherever the file lies; the origin says whose they are."""
    path = our_file(tmp_path)
    ours, theirs = stated(path, "2026/11/22/x.warc.gz"), stated(path, FILE)
    assert [type(fact) for fact in theirs] == [Snapshot, Text, Snapshot, Failure, Note, StoredWarc]
    assert [fact.id for fact in ours[:-1]] == [fact.id for fact in theirs[:-1]]  # type: ignore[union-attr]
    assert {fact.place.file for fact in theirs[:-1]} == {FILE}  # type: ignore[union-attr]
    page, copy = theirs[0], theirs[2]
    assert isinstance(page, Snapshot)
    assert isinstance(copy, Snapshot)
    assert (page.origin, ours[0].origin) == (Origin("imported", "pincite 0.1.0"), Origin("fetched"))  # type: ignore[union-attr]
    assert page.provenance == an_exchange().provenance
    assert copy.origin == Origin("supplied", "A. Reader"), "a supplied copy never turns into a capture"


def json_record(uri: str, block: bytes, kind: str = "application/ld+json") -> bytes:
    return record("metadata", block, uri=uri, Content_Type=kind)


def a_reading() -> tuple[Reading, bytes]:
    page, source = nouns.a_page(), nouns.a_page("https://example.org/source", "its source")
    reading = nouns.a_reading((page, nouns.a_text(page)), (source, nouns.a_text(source, nouns.SOURCE)))
    return reading, reading_block(reading)


def test_a_reading_under_another_id_is_none() -> None:
    _, block = a_reading()
    refused: list[str] = []
    assert len(read(json_record(urn("reading", nouns.a_page().id), block), refused=refused)) == 1
    assert "which its block has" in refused[0]
    right = urn("reading", intrinsic_id("reading", sha256_of(block)))
    assert [type(fact) for fact in read(json_record(right, block))] == [Reading, StoredWarc]
    assert [type(fact) for fact in read(json_record(right, block, "text/html"))] == [StoredWarc]


def test_a_statement_of_another_kind_is_none() -> None:
    page = nouns.a_page().id
    block = statement_block(Verdict(**SOMEONE, subject=page, claim=page, verdict="none"))
    refused: list[str] = []
    name = urn("note", intrinsic_id("note", sha256_of(block)))
    assert len(read(json_record(name, block), refused=refused)) == 1
    assert refused == ["expected a note, found a verdict"]


@pytest.mark.parametrize(
    ("uri", "block", "why"),
    [
        ("urn:pincite:failure:x", b"{}", "expected a string"),
        ("urn:pincite:reading:x", b"[" * 50_000, "expected JSON"),
        ("urn:pincite:planet:x", b"{}", "says something of its own"),
        ("urn:pincite:", b"{}", "says something of its own"),
        (exchange_uri("urn:uuid:0"), b"{}", "says something of its own"),
    ],
)
def test_what_only_looks_like_ours_is_refused(uri: str, block: bytes, why: str) -> None:
    refused: list[str] = []
    assert [type(fact) for fact in read(json_record(uri, block), refused=refused)] == [StoredWarc]
    assert why in refused[0]


def beside(**block: Any) -> bytes:
    uri = exchange_uri("urn:uuid:00000000-0000-4000-8000-000000000001")
    return json_record(uri, json.dumps({"record": "x", **block}).encode(), "application/json")


@pytest.mark.parametrize(
    ("forged", "why"),
    [
        (beside(uri="https://bank.example/", role="page"), "to name it"),
        (beside(uri="https://example.org/", role="judge"), "one of page"),
        (beside(uri="https://example.org/", role="page", certificates="PEM"), "expected a list"),
        (beside(uri="https://example.org/", role="page", dns=["a\x00"]), "NUL"),
    ],
)
def test_a_provenance_that_does_not_hold_is_refused(forged: bytes, why: str) -> None:
    """The answer itself is judged by its own record, as if nothing stood behind it."""
    refused: list[str] = []
    (found, _) = read(response(HTML), forged, refused=refused)
    assert isinstance(found, Snapshot)
    assert (found.provenance, found.origin.kind) == (None, "imported")
    assert why in refused[0]


def test_a_provenance_counts_only_right_behind_its_answer() -> None:
    known = beside(uri="https://example.org/", role="robots")
    assert isinstance(read(response(HTML), known)[0], Requisite)
    assert isinstance(read(response(HTML), record("request", b"GET / HTTP/1.1\r\n\r\n"), known)[0], Snapshot)


def conversion(body: bytes, page: str) -> bytes:
    return record("conversion", body, Pincite_Snapshot=page)


def fields(page: str, *lines: str) -> bytes:
    block = "\r\n".join(lines).encode()
    return record("metadata", block, Pincite_Snapshot=page, Content_Type=FIELDS)


WORDS_PAGE = nouns.a_page().id
WORDS_ID = intrinsic_id("text", WORDS_PAGE, "maker 1", sha256_of(b"words"))
WORDS = conversion(b"words", WORDS_PAGE)


def known(last: str = "title: T\\n\\x", maker: str = "maker 1") -> bytes:
    return fields(WORDS_PAGE, f"text-id: urn:pincite:text:{WORDS_ID}", f"extractor: {maker}", last)


def test_words_and_metadata_make_a_text() -> None:
    found = read(WORDS, known())
    assert [type(fact) for fact in found] == [Text, StoredWarc]
    assert (found[0].metadata.title, found[0].place.offset) == ("T\n\\x", 0)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ([known()], "found that of"),
        ([conversion(b"other words", WORDS_PAGE), known()], "found that of"),
        ([conversion(b"words", nouns.a_page("https://other.example/").id), known()], "found that of"),
        ([WORDS, response(HTML), known()], "found that of"),
        ([conversion(b"wo\x02rds", WORDS_PAGE), known()], "control characters"),
        ([conversion(b"\xff", WORDS_PAGE), known()], "in UTF-8"),
        ([conversion(b"words", "0" * 15), known()], "an id has 16"),
        ([WORDS, known(maker="maker 2")], "found that of"),
        ([WORDS, known("headings: 99:1")], "headings"),
        ([WORDS, known("headings: 1:7")], "headings"),
        ([WORDS, known("title: \\u0000")], "NUL"),
        ([WORDS, known("title: \\ud800")], "surrogate"),
        ([WORDS, known("share: inf")], "share"),
        ([WORDS, known("share: lots")], "share"),
        (
            [WORDS, record("metadata", b"title: \xff", Pincite_Snapshot=WORDS_PAGE, Content_Type=FIELDS)],
            "in UTF-8",
        ),
    ],
)
def test_words_and_metadata_must_belong_together(content: list[bytes], why: str) -> None:
    refused: list[str] = []
    assert not [fact for fact in read(*content, refused=refused) if isinstance(fact, Text)]
    assert why in refused[0]


edits = st.tuples(st.integers(0, 2**20), st.binary(max_size=4), st.integers(0, 8))


@settings(max_examples=100, deadline=None)
@given(st.lists(edits, min_size=1, max_size=9))
def test_no_bytes_do_worse_than_give_no_fact(edits: list[tuple[int, bytes, int]]) -> None:
    """A file of ours with bytes replaced, taken away and put in between: an attacker, or a bad disk."""
    content = bytearray(every_record())
    for number, inserted, removed in edits:
        # Behind the first line: a file that begins as a zip is refused as such, and is another matter.
        at = 10 + number % (len(content) - 10)
        content[at : at + removed] = inserted
    found = read(bytes(content))
    assert isinstance(found[-1], StoredWarc)
    assert {getattr(fact, "answer", fact).place.file for fact in found[:-1]} <= {FILE}


@cache
def every_record() -> bytes:
    """One of everything, not compressed, so that an edit damages one value and not the whole member."""
    with tempfile.TemporaryDirectory() as folder:
        return gzip.decompress(our_file(Path(folder)).read_bytes()) + json_record("urn:pincite:x", b"{}")
