"""What people say goes with the files: into a rebuilt index, into another archive, in any order."""

import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from archive.index import read
from archive.index.read import Connection
from archive.index.write import fold_names, rebuild
from archive.saying import (
    Desk,
    collect,
    correct,
    drop,
    equate,
    forget,
    judge,
    lift,
    remark,
    restrict,
    retract,
    tag,
    untag,
)
from archive.store import Store
from tests.index_rows import index_rows
from tests.site_archive import Archive, build
from tests.site_crawl import ask, opened

LATER = "2027-01-01T00:00:00Z"


@dataclass(frozen=True)
class Said:
    """An archive about which two people have said everything that can be said, some of it withdrawn."""

    archive: Archive
    note: str


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Said:
    archive = build(tmp_path_factory.mktemp("said"))
    minutes = count()
    noon = datetime(2026, 12, 1, 12, tzinfo=UTC)
    desk = Desk(
        Store(str(archive.folder)), archive.index, now=lambda: noon + timedelta(minutes=next(minutes))
    )
    of, evidence = archive.snapshots, archive.reading.evidence[1]
    port = of["port"].id
    for person, word, title in (("Ada", "supports", "The wall"), ("Ben", "contradicts", "The sea wall")):
        desk.say(person, partial(judge, written=evidence.id, verdict=word, note=f"by {person}"))
        desk.say(person, partial(correct, written=port, given={"title": [title], "date": ["2020"]}))
        desk.say(person, partial(tag, written=port, tags=["wall", person]))
        desk.say(person, partial(collect, name="thesis", members=[port, evidence.id]))
        desk.say(person, partial(remark, written=port, note=f"seen by {person}"))
    desk.say("Ben", partial(judge, written=evidence.claim, verdict="none", note=None))
    with closing(read.connect(archive.index)) as index:
        note = read.notes_on(index, port)[0].id
    desk.say("Ada", partial(forget, written=note), partial(untag, written=port, tags=["Ben"]))
    desk.say("Ada", partial(drop, name="thesis", members=[evidence.id]))
    desk.say("Ben", partial(retract, written=port, fields=["date"]))
    desk.say("Ben", partial(equate, one=of["harbour"].uri, other="https://mirror.example/history"))
    desk.say("Ada", partial(restrict, written=of["budget"].id, reason="asked", until=None))
    desk.say("Ada", partial(restrict, written=of["harbour"].id, reason="asked", until=None))
    desk.say("Ben", partial(lift, written=of["harbour"].id, reason="agreed"))
    return Said(archive, note)


def told(index: Connection, archive: Archive) -> list[object]:
    """All that stands, and in which order."""
    port, evidence = archive.snapshots["port"].id, archive.reading.evidence[1]
    return [
        [(one.creator, one.verdict, one.note) for one in
         read.verdicts_on(index, evidence.claim, evidence.text, evidence.passage)],
        [(one.creator, one.field, one.values) for one in read.corrections_on(index, port)],
        [(one.creator, one.tag) for one in read.tags_on(index, port)],
        [(one.creator, one.subject) for one in read.members_of(index, "thesis")],
        [(one.creator, one.note) for one in read.notes_on(index, port)],
        read.collection_id(index, "thesis"),
        [one.b for one in read.samenesses_of(index, archive.snapshots["harbour"].uri)],
    ]  # fmt: skip


def test_both_people_s_words_stand_in_order(said: Said) -> None:
    with closing(read.connect(said.archive.index)) as index:
        verdicts, corrections, tags, members, notes, *_ = told(index, said.archive)
    assert verdicts == [("Ada", "supports", "by Ada"), ("Ben", "contradicts", "by Ben")]
    assert corrections == [("Ada", "title", ("The wall",)), ("Ben", "title", ("The sea wall",))]
    assert sorted(tags) == [("Ada", "Ada"), ("Ada", "wall")]
    assert members == [("Ada", said.archive.snapshots["port"].id)]
    assert notes == [("Ben", "seen by Ben")]


def test_a_rebuild_gives_every_row_again(said: Said, tmp_path: Path) -> None:
    anew = tmp_path / "archive.db"
    rebuild(Store(str(said.archive.folder)), anew, LATER)
    assert index_rows(anew) == index_rows(said.archive.index)


@pytest.fixture(params=[False, True], ids=["in order", "backwards"])
def merged(said: Said, tmp_path: Path, request: pytest.FixtureRequest) -> Archive:
    """Another archive into which the files were copied, one after the other."""
    other = Store(str(tmp_path))
    names = sorted(Store(str(said.archive.folder)).names(), reverse=request.param)
    index = tmp_path / "archive.db"
    for name in names:
        copy = other.temp() / "copy"
        shutil.copyfile(said.archive.folder / "warcs" / name, copy)
        other.put(copy, name)
        fold_names(other, index, [name], LATER)
    return Archive(
        tmp_path,
        said.archive.snapshots,
        said.archive.texts,
        said.archive.citations,
        said.archive.reading,
        said.archive.failure,
    )


def test_in_another_archive_all_of_it_stands_the_same(said: Said, merged: Archive) -> None:
    assert index_rows(merged.index) == index_rows(said.archive.index)
    with closing(read.connect(merged.index)) as here, closing(read.connect(said.archive.index)) as there:
        assert told(here, merged) == told(there, said.archive)
    port = said.archive.snapshots["port"].id
    with opened(merged.folder) as here, opened(said.archive.folder) as there:
        for path in (
            f"/said/{port}",
            f"/said/{port}.json",
            f"/snapshot/{port}.bib",
            "/collection/thesis.json",
        ):
            assert ask(here, path).body == ask(there, path).body, path
        assert ask(here, f"/snapshot/{said.archive.snapshots['budget'].id}").status == 451
        assert ask(here, f"/snapshot/{said.archive.snapshots['harbour'].id}").status == 200
