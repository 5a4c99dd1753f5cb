"""Readings by another method: a new one beside the old; people's words carry over to what still stands."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive import anchor
from archive.index import read
from archive.model import Evidence, Reading, Text, Verdict
from ingest import pipeline
from ingest.capture import Tools, log
from ingest.documents import About
from ingest.evidence import METHOD
from ingest.settling import Said, settle
from tests.program import pincite
from tests.serving import get, served
from tests.story import tell
from tests.web import Web
from tests.working import working

FORMER = "pincite-lexical 1"
THEN = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Tools]:
    with working(tmp_path / "archive") as tools:
        yield tools


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as served_web:
        tell(served_web)
        yield served_web


def at(held: Tools, minutes: int) -> Tools:
    """The same tools at a later hour."""
    return replace(held, now=lambda: THEN + timedelta(minutes=minutes))


def reading_of(held: Tools, identifier: str) -> Reading:
    with closing(read.connect(held.archive.index)) as connection:
        found = read.reading(connection, identifier)
    assert found
    return found


def text_of(held: Tools, identifier: str) -> Text:
    with closing(read.connect(held.archive.index)) as connection:
        found = read.text(connection, identifier)
    assert found
    return found


def former(held: Tools, made: Reading) -> Reading:
    """What an older method would have made of it: the same passages but the first, which is longer."""
    first, *rest = [replace(one, method=FORMER) for one in made.evidence]
    body = text_of(held, first.text).body
    other = anchor.describe(body, first.passage.start, first.passage.end - 5)
    evidence = (replace(first, passage=other), *rest)
    return replace(made, method=FORMER, created=at(held, 10).date(), evidence=evidence, id="", place=None)


def verdict(evidence: Evidence, word: Any, created: str) -> Verdict:
    return Verdict(
        creator="Ada", created=created, subject=evidence.id, verdict=word, claim=evidence.claim,
        text=evidence.text, passage=evidence.passage, note="read twice",
    )  # fmt: skip


@pytest.fixture
def judged(held: Tools, web: Web) -> tuple[Tools, str, Reading]:
    """An article that an older method read, with three verdicts on that reading: the article's snapshot."""
    (report,) = pipeline.ingest(at(held, 0), [web.url("/article")], About(), None).articles
    assert report.reading and report.snapshot
    old = former(held, reading_of(held, report.reading))
    with log(at(held, 10)) as writing:
        old = writing.reading(old)
        moved, stands = old.evidence[0], old.evidence[-1]
        writing.statement(verdict(moved, "unrelated", at(held, 11).date()))
        writing.statement(verdict(stands, "partly", at(held, 11).date()))
        writing.statement(verdict(stands, "supports", at(held, 12).date()))
        none = next(one.claim for one in old.outcomes if one.outcome != "matched")
        writing.statement(
            Verdict(creator="Ben", created=at(held, 12).date(), subject=none, verdict="none", claim=none)
        )
    return held, report.snapshot, reading_of(held, old.id)


def shown(held: Tools, identifier: str) -> Any:
    return pincite("-A", Path(held.archive.store), "show", identifier, "--json").json


def words(shown_evidence: dict[str, Any]) -> list[str]:
    return [said["verdict"] for said in shown_evidence["verdicts"]]


def test_verdicts_carry_over_to_the_passages_that_still_stand(judged: tuple[Tools, str, Reading]) -> None:
    held, article, old = judged
    (report,) = pipeline.annotate(at(held, 20), article, latest=False).articles
    assert report.reading and report.reading != old.id
    new = reading_of(held, report.reading)
    assert (new.method, old.method) == (METHOD, FORMER)
    assert not {one.id for one in new.evidence} & {one.id for one in old.evidence}
    document = shown(held, article)
    assert document["reading"] == new.id
    carried = {
        (one["claim"], each["start"], each["end"]): words(each)
        for one in ({**claim, "claim": claim["id"]} for claim in document["claims"])
        for each in one["evidence"]
    }
    last = old.evidence[-1]
    assert carried.pop((last.claim, last.passage.start, last.passage.end)) == ["supports"]
    assert set(map(tuple, carried.values())) == {()}, "a judgement on another span is not this one's"
    none = [words(claim) for claim in document["claims"] if claim["verdicts"]]
    assert none == [["none"]]


def test_the_old_reading_keeps_its_address_and_its_verdicts(judged: tuple[Tools, str, Reading]) -> None:
    held, article, old = judged
    (report,) = pipeline.annotate(at(held, 20), article, latest=False).articles
    document = shown(held, old.id)
    assert document["method"] == FORMER
    assert words(shown(held, old.evidence[0].id)) == ["unrelated"]
    assert words(shown(held, old.evidence[-1].id)) == ["supports"]
    new = next(
        one for one in reading_of(held, report.reading or "").evidence
        if (one.claim, one.passage) == (old.evidence[-1].claim, old.evidence[-1].passage)
    )  # fmt: skip
    assert words(shown(held, new.id)) == ["supports"]
    with served(Path(held.archive.store)) as base:
        status, page = get(f"{base}/reading/{old.id}")
        assert (status, FORMER in page) == (200, True)
        status, page = get(f"{base}/article/{article}")
        assert status == 200
        assert METHOD in page
        assert "read twice" in page or "supports" in page


def test_counts_and_conflicts_see_a_carried_verdict(judged: tuple[Tools, str, Reading]) -> None:
    held, article, old = judged
    pipeline.annotate(at(held, 20), article, latest=False)
    last = old.evidence[-1]
    with log(at(held, 30)) as writing:
        other = replace(verdict(last, "contradicts", at(held, 30).date()), creator="Cid")
        writing.statement(other)
    with closing(read.connect(held.archive.index)) as connection:
        (row,) = read.articles(connection, 10, 0)
        assert row.judged == 3
        query = "SELECT verdict, other_verdict FROM conflicts WHERE claim = ?"
        found = [set(pair) for pair in connection.execute(query, (last.claim,))]
    assert found == [{"supports", "contradicts"}]


def test_a_persons_resolution_stands_in_every_later_reading(
    judged: tuple[Tools, str, Reading], web: Web
) -> None:
    held, article, old = judged
    gone = next(one for one in old.citations if one.label == "published two years ago")
    settle(at(held, 20), Said(gone.id, None, "it was never printed", "Ada"))
    (report,) = pipeline.annotate(at(held, 30), article, latest=True).articles
    assert {each.label: each.status for each in report.citations}["published two years ago"] == "settled"
    (again,) = pipeline.ingest(at(held, 40), [web.url("/article")], About(), None).articles
    assert {each.label: each.status for each in again.citations}["published two years ago"] == "settled"
    assert again.reading == report.reading


def test_the_same_method_writes_no_second_reading(held: Tools, web: Web) -> None:
    (report,) = pipeline.ingest(at(held, 0), [web.url("/article")], About(), None).articles
    assert report.snapshot
    (again,) = pipeline.annotate(at(held, 5), report.snapshot, latest=False).articles
    assert again.reading == report.reading
