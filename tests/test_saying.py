"""What people say, through the one door: checked, written once, in order, never over another's words."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from archive.documents import described
from archive.errors import BadId, NotFound, PinciteError, UsageError
from archive.index import read
from archive.index.read import Connection
from archive.index.write import rebuild
from archive.model import Correction, Statement, Verdict, grouped
from archive.saying import (
    Desk,
    collect,
    correct,
    drop,
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

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return build(tmp_path)


@pytest.fixture
def desk(archive: Archive) -> Desk:
    return Desk(Store(str(archive.folder)), archive.index, "Harbour Library", lambda: NOON)


@pytest.fixture
def index(archive: Archive) -> Iterator[Connection]:
    with closing(read.connect(archive.index)) as connection:
        yield connection


def names(desk: Desk) -> set[str]:
    return set(desk.store.names())


def test_the_last_verdict_of_each_person_counts_and_all_stay(
    desk: Desk, archive: Archive, index: Connection
) -> None:
    evidence = archive.reading.evidence[1]
    for by, word in (("Ada", "supports"), ("Ben", "contradicts"), ("Ada", "partly")):
        desk.say(by, partial(judge, written=evidence.id, verdict=word, note=None))
    said = read.verdicts_of(index, archive.reading.id)[evidence.id]
    assert [(one.creator, one.verdict) for one in said] == [("Ben", "contradicts"), ("Ada", "partly")]
    every = read.verdicts_on(index, evidence.claim, evidence.text, evidence.passage)
    assert [one.verdict for one in every] == ["supports", "contradicts", "partly"]
    assert every[0].created < every[2].created, "all was said within one second"


def test_a_verdict_says_in_full_what_was_judged(desk: Desk, archive: Archive) -> None:
    evidence, claim = archive.reading.evidence[0], archive.reading.claims[0]
    (said,) = desk.say("Ada", partial(judge, written=grouped(evidence.id), verdict="mentions", note=" Hm. "))
    assert isinstance(said, Verdict)
    assert (said.claim, said.text, said.passage) == (evidence.claim, evidence.text, evidence.passage)
    assert said.note == "Hm."
    (none,) = desk.say("Ada", partial(judge, written=claim.id, verdict="none", note=None))
    assert isinstance(none, Verdict) and (none.subject, none.text) == (claim.id, None)


def test_what_was_said_before_is_not_written_again(desk: Desk, archive: Archive) -> None:
    article = archive.snapshots["article"].id
    acts: list[Any] = [
        partial(judge, written=archive.reading.evidence[0].id, verdict="unrelated", note="why"),
        partial(correct, written=article, given={"title": ["Walls"], "author": ["A. B. and {C}"]}),
        partial(tag, written=article, tags=["sea", "wall", "sea"]),
        partial(collect, name="thesis", members=[article]),
        partial(remark, written=article, note="Read\ntwice."),
        partial(restrict, written=article, reason="asked", until="2027-01-01"),
    ]
    said = desk.say("Ada", *acts)
    assert [type(one).__name__ for one in said] == [
        "Verdict", "Correction", "Correction", "Tag", "Tag", "Collection", "Note", "Restriction",
    ]  # fmt: skip
    before = names(desk)
    again = [act for act in acts[1:] if act.func is not remark]  # the remark is hidden with the article now
    assert desk.say("Ada", *again) == () and names(desk) == before


Refused = Callable[[Archive], tuple[Any, type[PinciteError], str]]


def snapshot(archive: Archive, name: str = "article") -> str:
    return archive.snapshots[name].id


REFUSED: dict[str, Refused] = {
    "support of a claim": lambda a: (
        partial(judge, written=a.reading.claims[0].id, verdict="supports", note=None),
        UsageError, "a claim with none"),
    "none of evidence": lambda a: (
        partial(judge, written=a.reading.evidence[0].id, verdict="none", note=None),
        UsageError, "evidence with one of"),
    "a verdict on a snapshot": lambda a: (
        partial(judge, written=snapshot(a), verdict="supports", note=None), UsageError, "found a snapshot"),
    "a mistyped id": lambda a: (
        partial(tag, written=snapshot(a)[:-1] + "!", tags=["x"]), BadId, "is not an id"),
    "an unknown id": lambda a: (
        partial(tag, written="860w-hmce-fyfw-8mb1", tags=["x"]), NotFound, "not of anything"),
    "a field that is none": lambda a: (
        partial(correct, written=snapshot(a), given={"colour": ["red"]}), UsageError, "cannot be corrected"),
    "a date that is none": lambda a: (
        partial(correct, written=snapshot(a), given={"date": ["2026-02-30"]}), UsageError, "write 2024"),
    "two titles": lambda a: (
        partial(correct, written=snapshot(a), given={"title": ["x", "y"]}), UsageError, "takes one value"),
    "a language that is none": lambda a: (
        partial(correct, written=snapshot(a), given={"language": ["good English"]}), UsageError, "language"),
    "a key with braces": lambda a: (
        partial(correct, written=snapshot(a), given={"key": ["a{b"]}), UsageError, "no cite key"),
    "no key": lambda a: (
        partial(correct, written=snapshot(a), given={"key": [""]}), UsageError, "cannot be empty"),
    "a brace never closed": lambda a: (
        partial(correct, written=snapshot(a), given={"author": ["{WHO"]}), UsageError, "never closed"),
    "a correction of a claim": lambda a: (
        partial(correct, written=a.reading.claims[0].id, given={"title": ["x"]}), UsageError, "is a claim"),
    "an undo of nothing": lambda a: (
        partial(retract, written=snapshot(a), fields=["title"]), NotFound, "has not been corrected"),
    "an empty tag": lambda a: (partial(tag, written=snapshot(a), tags=[" "]), UsageError, "expected a tag"),
    "a tag that is not there": lambda a: (
        partial(untag, written=snapshot(a), tags=["x"]), NotFound, "it has none"),
    "a collection with a slash": lambda a: (
        partial(collect, name="a/b", members=[snapshot(a)]), UsageError, "cannot name a collection"),
    "a member that is none": lambda a: (
        partial(drop, name="thesis", members=[snapshot(a)]), NotFound, "not in the collection"),
    "half a surrogate pair": lambda a: (
        partial(remark, written=snapshot(a), note="\ud800"), UsageError, "no text"),
    "a note that is none": lambda a: (partial(forget, written=snapshot(a)), UsageError, "not a note"),
    "a day that is over": lambda a: (
        partial(restrict, written=snapshot(a), reason="x", until="2026-12-01"), UsageError, "not after"),
    "a day that is none": lambda a: (
        partial(restrict, written=snapshot(a), reason="x", until="soon"), UsageError, "no day"),
    "nothing to lift": lambda a: (
        partial(lift, written=snapshot(a), reason="x"), NotFound, "no restriction hides"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_said_is_refused_and_nothing_is_written(
    desk: Desk, archive: Archive, case: str
) -> None:
    act, error, words = REFUSED[case](archive)
    before = names(desk)
    good = partial(tag, written=snapshot(archive), tags=["first"])
    with pytest.raises(error, match=words):
        desk.say("Ada", good, act)
    assert names(desk) == before and not list(desk.store.temp().iterdir())


def test_the_latest_correction_counts_and_what_was_extracted_stays_beside_it(
    desk: Desk, archive: Archive, index: Connection
) -> None:
    page, text = snapshot(archive), archive.texts["article"].id
    desk.say("Ada", partial(correct, written=page, given={"title": ["One"], "date": ["2025"]}))
    desk.say("Ben", partial(correct, written=page, given={"title": ["Two"], "author": [""]}))
    metadata, _ = described(index, page)
    assert (metadata.title, metadata.authors) == ("Two", ())
    assert metadata.date and (metadata.date.iso, metadata.date.rule) == ("2025", "given")
    extracted = read.text(index, text)
    assert extracted and extracted.metadata.title == "What the harbour wall cost, and who paid"
    assert [one.values for one in read.corrections_on(index, page, "title")] == [("One",), ("Two",)]

    desk.say("Eve", partial(retract, written=page, fields=["title"]))
    metadata, _ = described(index, page)
    assert metadata.title == "What the harbour wall cost, and who paid" and metadata.authors == ()
    desk.say("Ada", partial(correct, written=page, given={"title": ["One"]}))
    assert described(index, page)[0].title == "One", "an undone correction can be made again"


def test_a_cite_key_names_one_source(desk: Desk, archive: Archive, index: Connection) -> None:
    article, budget = snapshot(archive), snapshot(archive, "budget")
    pinned = described(index, budget)[1]
    assert pinned
    desk.say("Ada", partial(correct, written=article, given={"key": ["wall:2026"]}))
    assert described(index, article)[1] == "wall:2026"
    for key in ("wall:2026", pinned):
        with pytest.raises(UsageError, match="a key names one source only"):
            desk.say("Ada", partial(correct, written=snapshot(archive, "harbour"), given={"key": [key]}))
    desk.say("Ada", partial(correct, written=article, given={"title": ["Another"], "date": ["1999"]}))
    assert described(index, article)[1] == "wall:2026", "a key is never changed by another correction"
    desk.say("Ada", partial(correct, written=budget, given={"key": ["budget"]}))
    desk.say("Ada", partial(correct, written=article, given={"key": [pinned]}))
    assert described(index, article)[1] == pinned, "a key that was given up can be taken"


@pytest.mark.parametrize("written", ["text", "reading"])
def test_a_text_and_a_reading_mean_their_snapshot(desk: Desk, archive: Archive, written: str) -> None:
    named = {"text": archive.texts["article"].id, "reading": archive.reading.id}[written]
    (said,) = desk.say("Ada", partial(correct, written=named, given={"site": ["Courier"]}))
    assert isinstance(said, Correction) and said.subject == snapshot(archive)


def test_tags_notes_and_collections_come_and_go(desk: Desk, archive: Archive, index: Connection) -> None:
    claim, article = archive.reading.claims[0].id, snapshot(archive)
    for by, tags, note in (("Ada", ["sea", "wall"], "A"), ("Ben", ["storm"], "B")):
        desk.say(by, partial(tag, written=claim, tags=tags), partial(remark, written=claim, note=note))
    desk.say("Ada", partial(collect, name="my thesis", members=[claim, article, claim]))
    assert [one.tag for one in read.tags_on(index, claim)] == ["sea", "wall", "storm"]
    assert [(one.creator, one.note) for one in read.notes_on(index, claim)] == [("Ada", "A"), ("Ben", "B")]
    assert [one.subject for one in read.members_of(index, "my thesis")] == [claim, article]
    assert [(one.name, one.count) for one in read.collections(index)] == [("my thesis", 2)]

    first = read.notes_on(index, claim)[0]
    desk.say("Eve", partial(untag, written=claim, tags=["wall"]), partial(forget, written=first.id))
    desk.say("Eve", partial(drop, name="my thesis", members=[claim]))
    assert [one.tag for one in read.tags_on(index, claim)] == ["sea", "storm"]
    assert [one.note for one in read.notes_on(index, claim)] == ["B"]
    assert [one.subject for one in read.members_of(index, "my thesis")] == [article]
    with pytest.raises(NotFound, match="taken away before"):
        desk.say("Eve", partial(forget, written=first.id))
    assert read.statement(index, first.id) == first, "its record stays"


def test_a_restriction_hides_and_its_end_shows_again(desk: Desk, archive: Archive, index: Connection) -> None:
    budget, text = snapshot(archive, "budget"), archive.texts["budget"].id
    desk.say("Counsel", partial(restrict, written=budget, reason="an order", until=None))
    hidden = read.text(index, text)
    assert hidden and (hidden.body, hidden.reason) == ("", "restricted")
    desk.say("Counsel", partial(lift, written=budget, reason="the order was lifted"))
    assert read.text(index, text) == read_with_place(archive, index, text)
    assert read.restricted(index, budget) is None


def read_with_place(archive: Archive, index: Connection, text: str) -> Any:
    stored = read.text(index, text)
    return replace(archive.texts["budget"], place=stored.place if stored else None)


def test_a_restriction_ends_on_its_day(desk: Desk, archive: Archive, index: Connection) -> None:
    budget = snapshot(archive, "budget")
    desk.say("Counsel", partial(restrict, written=budget, reason="embargo", until="2027-06-01"))
    assert read.restricted(index, budget)
    later = replace(desk, now=lambda: datetime(2027, 6, 1, tzinfo=UTC))
    later.say("Ada", partial(tag, written=snapshot(archive), tags=["x"]))
    assert read.restricted(index, budget) is None


def everything(archive: Archive) -> list[Any]:
    article, budget = snapshot(archive), snapshot(archive, "budget")
    return [
        partial(judge, written=archive.reading.evidence[0].id, verdict="contradicts", note="no"),
        partial(correct, written=article, given={"title": ["T"], "author": ["{A and B}", "C D; E F"]}),
        partial(tag, written=article, tags=["x", "y"]),
        partial(collect, name="c", members=[article, budget]),
        partial(remark, written=budget, note="n"),
        partial(restrict, written=snapshot(archive, "hostile"), reason="r", until=None),
    ]


def test_all_of_it_survives_a_rebuild(desk: Desk, archive: Archive) -> None:
    desk.say("Ada", *everything(archive))
    desk.say("Ben", partial(untag, written=snapshot(archive), tags=["x"]))
    before = index_rows(archive.index)
    archive.index.unlink()
    rebuild(desk.store, archive.index, "2026-12-01T12:00:00Z", lambda _: None)
    assert index_rows(archive.index) == before


def test_all_of_it_is_found_in_an_archive_that_imports_it(
    desk: Desk, archive: Archive, tmp_path_factory: pytest.TempPathFactory
) -> None:
    said = desk.say("Ada", *everything(archive))
    other = Store(str(tmp_path_factory.mktemp("other")))
    index = Path(str(tmp_path_factory.mktemp("index"))) / "archive.db"
    for name in desk.store.names():
        copy = other.temp() / "copy"
        copy.write_bytes((archive.folder / "warcs" / name).read_bytes())
        other.put(copy, f"imported/{Path(name).name[15:79]}.warc.gz")
    rebuild(other, index, "2026-12-01T12:00:00Z", lambda _: None)
    with closing(read.connect(index)) as connection:
        found = [read.statement(connection, one.id) for one in said]
    assert all(one and one.place and one.place.file.startswith("imported/") for one in found)
    assert [stripped(one) for one in found if one] == [stripped(one) for one in said]


def stripped(statement: Statement) -> Statement:
    return replace(statement, place=None)
