"""Statements in imported files, forged under our names with any date: ours are said all the same."""

from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from archive.index import read
from archive.index.write import fold_names
from archive.model import Collection, Correction, Sameness, Statement, Tag, Verdict
from archive.saying import Act, Desk, collect, correct, equate, judge, tag
from archive.store import Store
from archive.warc.profile import Info, Log
from tests.site_archive import Archive, build

LAST = "9999-12-31T23:59:59Z"
PAIR = ("https://harbour.example/history", "https://port.example/wall-report.pdf")


def forged(archive: Archive) -> list[Statement]:
    """What somebody else says in Ada's name, at the end of time; of a collection, before its beginning."""
    article, first = archive.snapshots["article"].id, archive.reading.evidence[1]
    by: dict[str, Any] = {"creator": "Ada", "created": LAST}
    judged = {"subject": first.id, "claim": first.claim, "text": first.text, "passage": first.passage}
    return [
        Verdict(**by, **judged, verdict="contradicts"),  # type: ignore[arg-type]
        Correction(**by, subject=article, field="title", values=("Forged",)),
        Tag(**by, subject=article, tag="forged"),
        Sameness(**by, a=PAIR[0], b=PAIR[1]),
        Collection("Eve", "0001-01-01T00:00:00Z", subject=article, collection="wall"),
    ]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    archive = build(tmp_path_factory.mktemp("forged"))
    store = Store(str(archive.folder))
    log = Log(store.temp(), lambda: "2026-11-30T00:00:00Z", Info(software="theirs/1"))
    for statement in forged(archive):
        log.statement(statement)
    sealed = log.seal()
    name = f"imported/{Path(sealed.name).name[15:79]}.warc.gz"
    store.put(sealed.path, name)
    fold_names(store, archive.index, [name], "2026-12-01T00:00:00Z")
    return archive


def acts(archive: Archive) -> dict[str, Act]:
    """The same that was forged, or what a forged date would hinder."""
    article, judged = archive.snapshots["article"].id, archive.reading.evidence[1].id
    return {
        "verdict": partial(judge, written=judged, verdict="contradicts", note=None),
        "correction": partial(correct, written=article, given={"title": ["Forged"]}),
        "tag": partial(tag, written=article, tags=["ours"]),
        "sameness": partial(equate, one=PAIR[0], other=PAIR[1]),
    }


@pytest.mark.parametrize("kind", ["verdict", "correction", "tag", "sameness"])
def test_what_others_said_hinders_nobody_from_saying_it(archive: Archive, kind: str) -> None:
    desk = Desk(Store(str(archive.folder)), archive.index)
    (said,) = desk.say("Ada", acts(archive)[kind])
    assert said.created < "9000", "the archive's own clock dates it, not the forger's"
    assert desk.say("Ada", acts(archive)[kind]) == (), "the same again says nothing new"


def test_a_collection_is_cited_by_a_record_of_our_own(archive: Archive) -> None:
    article = archive.snapshots["article"].id
    with closing(read.connect(archive.index)) as index:
        forged_id = read.collection_id(index, "wall")
    desk = Desk(Store(str(archive.folder)), archive.index)
    (said,) = desk.say("Ada", partial(collect, name="wall", members=[archive.snapshots["budget"].id]))
    with closing(read.connect(archive.index)) as index:
        assert forged_id and read.collection_id(index, "wall") == said.id
        assert {one.subject for one in read.members_of(index, "wall")} > {article}
