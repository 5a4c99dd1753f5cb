"""The JSON documents: their keys are a contract, and every noun has one."""

import json
from collections.abc import Iterator
from contextlib import closing

import pytest

from archive.bibliography import FORMATS
from archive.documents import (
    article_document,
    citation_item,
    noun_document,
    passage_document,
    reading_document,
)
from archive.index import read
from archive.index.read import Connection
from archive.model import grouped
from tests.site_archive import Archive, build

HEAD = ["uri", "snapshot", "text", "title", "reading", "claims", "evidence", "failure", "citations"]
CLAIM = ["id", "start", "end", "exact", "outcome", "citations", "verdicts", "evidence"]
EVIDENCE = [
    "id", "citation", "tied", "snapshot", "uri", "text", "start", "end", "exact", "prefix", "suffix",
    "how", "score", "signals", "verdicts",
]  # fmt: skip
CITATION = ["id", "kind", "label", "uri", "status", "reason", "snapshot"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return build(tmp_path_factory.mktemp("documents"))


@pytest.fixture
def index(archive: Archive) -> Iterator[Connection]:
    with closing(read.connect(archive.index)) as connection:
        yield connection


def test_an_articles_document_has_the_keys_of_the_contract(index: Connection, archive: Archive) -> None:
    told = article_document(index, archive.snapshots["article"].id)
    assert told is not None and [key for key in told if key in HEAD] == HEAD
    assert set(told) - set(HEAD) == {"method", "created"}
    assert [list(claim) for claim in told["claims"]] == [CLAIM] * 15
    passages = [evidence for claim in told["claims"] for evidence in claim["evidence"]]
    assert len(passages) == told["evidence"] == 13 and all(list(one) == EVIDENCE for one in passages)
    assert [list(citation) for citation in told["citations"]] == [CITATION] * 7
    assert json.loads(json.dumps(told)) == told


def test_offsets_in_a_document_lead_to_its_words(index: Connection, archive: Archive) -> None:
    told = article_document(index, archive.snapshots["article"].id)
    bodies = {text.id: text.body for text in archive.texts.values()}
    assert told is not None
    for claim in told["claims"]:
        assert bodies[told["text"]][claim["start"] : claim["end"]] == claim["exact"]
        for one in claim["evidence"]:
            assert bodies[one["text"]][one["start"] : one["end"]] == one["exact"]


def test_what_became_of_each_citation_is_told(index: Connection, archive: Archive) -> None:
    told = article_document(index, archive.snapshots["article"].id)
    assert told is not None
    fates = [(one["status"], one["reason"], one["snapshot"]) for one in told["citations"]]
    at = {name: snapshot.id for name, snapshot in archive.snapshots.items()}
    assert fates == [
        ("captured", None, at["harbour"]),
        ("captured", None, at["budget"]),
        ("failed", "http-404", at["lost"]),
        ("failed", "dns", None),
        ("captured", None, at["hostile"]),
        ("captured", None, at["port"]),
        ("unresolved", "no such title", None),
    ]


def test_a_citation_names_the_claims_that_its_author_tied_to_it(index: Connection, archive: Archive) -> None:
    for citation in archive.citations.values():
        told = noun_document(index, citation.id)
        tied = [one.claim for one in archive.reading.outcomes if citation.id in one.citations]
        assert told is not None and sorted(told["claims"]) == sorted(tied)
        assert told["citation"]["entry"].keys() == {
            "title", "authors", "date", "container", "doi", "arxiv", "isbn",
        }  # fmt: skip


def test_verdicts_stand_beside_what_they_judge(index: Connection, archive: Archive) -> None:
    told = article_document(index, archive.snapshots["article"].id)
    assert told is not None
    first = told["claims"][0]["evidence"][0]["verdicts"]
    assert [(one["creator"], one["verdict"]) for one in first] == [
        ("Ada", "supports"),
        ("<b>Ben</b>", "partly"),
    ]
    assert told["claims"][1]["evidence"][0]["verdicts"] == []


def test_every_noun_has_a_document_with_its_id(index: Connection, archive: Archive) -> None:
    tables = {"texts": "text", "claims": "claim", "citations": "citation", "evidence": "evidence"}
    tables |= {
        "readings": "reading",
        "failures": "failure",
        "resolutions": "resolution",
        "verdicts": "verdict",
    }
    for table, kind in tables.items():
        for (found,) in index.execute(f"SELECT id FROM {table}").fetchall():
            told = noun_document(index, found)
            assert told is not None and (told["kind"], told["id"]) == (kind, found)
            assert json.loads(json.dumps(told)) == told
    source = noun_document(index, archive.snapshots["harbour"].id)
    assert source is not None and source["kind"] == "snapshot"
    assert [citing["article"] for citing in source["cited_by"]] == [archive.snapshots["article"].id]
    assert noun_document(index, "860whmcefyfw8mb1") is None


def test_a_reading_gives_the_same_document_by_its_own_id(index: Connection, archive: Archive) -> None:
    told = reading_document(index, archive.reading.id)
    assert told == article_document(index, archive.snapshots["article"].id)


def test_a_passage_knows_its_place(index: Connection, archive: Archive) -> None:
    text = archive.texts["port"]
    start = text.body.index("voids")
    told = passage_document(index, text.id, start, start + 5)
    assert told is not None and (told["exact"], told["locator"]) == ("voids", "p. 2")
    assert passage_document(index, text.id, 5, 5) is None
    assert passage_document(index, archive.snapshots["port"].id, 0, 1) is None


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_whatever_stands_in_a_snapshot_is_cited_by_it(index: Connection, archive: Archive, form: str) -> None:
    base = "https://archive.example.edu"
    evidence, port = archive.reading.evidence[-3], archive.snapshots["port"]
    for found in (port.id, archive.texts["port"].id, evidence.id):
        item = citation_item(index, found, base)
        assert item is not None and f"{base}/{grouped(port.id)}" in FORMATS[form](item)
    assert citation_item(index, "860whmcefyfw8mb1", base) is None


def test_a_piece_of_evidence_is_cited_with_its_words_and_page(index: Connection, archive: Archive) -> None:
    evidence = archive.reading.evidence[-3].id
    item = citation_item(index, evidence, None)
    assert item is not None
    said = f"p. 2: “Soundings of 2019 found voids below the paving.” pincite:{grouped(evidence)}.\n"
    assert FORMATS["plain"](item).endswith(said)
