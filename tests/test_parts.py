"""Which parts belong to an archived page: what its own visit recorded, whatever comes later."""

from collections.abc import Sequence
from pathlib import Path

from archive.index import read
from archive.index.fold import Fact
from archive.model import Origin, Provenance, Reference, Requisite, Snapshot
from tests.captured import answer, place
from tests.folds import folded

PAGE = "https://news.example/wall"
SHEET = "https://cdn.example/s.css"
FIRST, SECOND, BATCH = "2026/11/22/a.warc.gz", "2026/11/23/b.warc.gz", "2026/11/24/c.warc.gz"
CRAWL, OTHER_CRAWL = "imported/" + "c" * 64 + ".warc.gz", "imported/" + "b" * 64 + ".warc.gz"


def page(file: str, nth: int, date: str, uri: str = PAGE) -> Snapshot:
    return answer(uri, place(file, nth), "page" + date, date=date, provenance=Provenance("page"))


def part(
    file: str, nth: int, date: str, body: str, via: str = PAGE, uri: str = SHEET, **more: object
) -> Requisite:
    told = {"date": date, "mime": "text/css", "provenance": Provenance("requisite", via=via), **more}
    return Requisite(answer(uri, place(file, nth), body, **told))


def crawled(file: str, nth: int, date: str, body: str, uri: str = SHEET) -> Requisite:
    said = {"date": date, "mime": "text/css", "origin": Origin("imported", "crawler")}
    return Requisite(answer(uri, place(file, nth), body, **said))


def crawled_page(file: str, date: str) -> Snapshot:
    return answer(PAGE, place(file, 1), "page", date=date, origin=Origin("imported", "crawler"))


def found(folder: Path, facts: Sequence[Fact], shown: Snapshot, uri: str = SHEET) -> str | None:
    with folded(folder / f"{len(facts)}.db", facts) as index:
        here = read.snapshot(index, shown.id)
        assert here
        return read.Parts(index, here).find(uri)


def test_a_page_has_the_parts_of_its_own_visit(tmp_path: Path) -> None:
    first, second = page(FIRST, 1, "2026-11-22T12:00:00Z"), page(SECOND, 1, "2026-11-23T12:00:00Z")
    old, new = part(FIRST, 2, "2026-11-22T12:00:02Z", "old"), part(SECOND, 2, "2026-11-23T12:00:01Z", "new")
    facts = [first, second, old, new]
    assert found(tmp_path, facts, first) == old.answer.id
    assert found(tmp_path, facts, second) == new.answer.id


def test_what_a_visit_did_not_bring_no_other_lends(tmp_path: Path) -> None:
    first, second = page(FIRST, 1, "2026-11-22T12:00:00Z"), page(SECOND, 1, "2026-11-22T12:00:05Z")
    lent = part(SECOND, 2, "2026-11-22T12:00:06Z", "new")
    near = crawled(CRAWL, 2, "2026-11-22T12:00:01Z", "theirs")
    lost = part(FIRST, 2, "2026-11-22T12:00:01Z", "not found", status=404)
    assert found(tmp_path, [first, second, lent, near, lost], first) is None


def test_in_a_batch_another_page_and_a_later_visit_lend_nothing(tmp_path: Path) -> None:
    first, other = page(BATCH, 1, "2026-11-24T12:00:00Z"), page(BATCH, 3, "2026-11-24T12:00:10Z", PAGE + "/2")
    again = page(BATCH, 5, "2026-11-24T12:00:20Z")
    facts = [
        first,
        part(BATCH, 2, "2026-11-24T12:00:09Z", "first"),
        other,
        part(BATCH, 4, "2026-11-24T12:00:19Z", "other", via=PAGE + "/2"),
        again,
        part(BATCH, 6, "2026-11-24T12:00:29Z", "again"),
    ]
    with folded(tmp_path / "a.db", facts) as index:
        for shown, own in ((first, facts[1]), (again, facts[5])):
            here = read.snapshot(index, shown.id)
            assert here and isinstance(own, Requisite)
            assert read.Parts(index, here).find(SHEET) == own.answer.id


def test_of_a_crawl_the_nearest_in_the_same_file_counts(tmp_path: Path) -> None:
    shown = crawled_page(CRAWL, "2019-01-01T12:00:00Z")
    before = crawled(CRAWL, 2, "2019-01-01T11:00:00Z", "before")
    after = crawled(CRAWL, 3, "2019-01-01T14:00:00Z", "after")
    nearer = crawled(OTHER_CRAWL, 2, "2019-01-01T12:00:00Z", "elsewhere")
    assert found(tmp_path, [shown, before, after, nearer], shown) == before.answer.id


def test_a_part_that_two_crawls_record_stays_with_both(tmp_path: Path) -> None:
    """Its row stands for the file with the smaller name, which holds another page."""
    shown, shared = (
        crawled_page(CRAWL, "2019-01-01T12:00:00Z"),
        crawled(CRAWL, 2, "2019-01-01T12:00:01Z", "s"),
    )
    copy = crawled(OTHER_CRAWL, 2, "2019-01-01T12:00:01Z", "s")
    assert found(tmp_path, [shown, shared, copy], shown) == shared.answer.id == copy.answer.id


def test_redirects_are_followed_within_the_visit(tmp_path: Path) -> None:
    shown = page(FIRST, 1, "2026-11-22T12:00:00Z")
    new = "https://cdn.example/v2/s.css"
    moved = part(FIRST, 2, "2026-11-22T12:00:01Z", "", status=302, redirects_to=new)
    sheet = part(FIRST, 3, "2026-11-22T12:00:02Z", "css", uri=new)
    assert found(tmp_path, [shown, moved, sheet], shown) == sheet.answer.id
    circle = part(FIRST, 2, "2026-11-22T12:00:01Z", "", status=302, redirects_to=SHEET)
    assert found(tmp_path, [shown, circle], shown) is None


def test_letters_of_an_address_count_where_both_are_there(tmp_path: Path) -> None:
    shown = page(FIRST, 1, "2026-11-22T12:00:00Z")
    small = part(FIRST, 2, "2026-11-22T12:00:01Z", "a", uri="https://cdn.example/a.png")
    large = part(FIRST, 3, "2026-11-22T12:00:02Z", "A", uri="https://cdn.example/A.png")
    assert found(tmp_path, [shown, small, large], shown, "https://cdn.example/A.png") == large.answer.id


def test_a_repeated_part_has_its_payload_where_it_is(tmp_path: Path) -> None:
    first = part(FIRST, 2, "2026-11-22T12:00:01Z", "css")
    again = part(
        SECOND,
        2,
        "2026-11-23T12:00:01Z",
        "css",
        record_type="revisit",
        refers_to=Reference("urn:uuid:elsewhere", SHEET, "2020-01-01T00:00:00Z"),
    )
    with folded(tmp_path / "a.db", [first, again]) as index:
        holder = read.requisite_payload(index, again.answer.id)
        assert holder and holder.id == first.answer.id
    with folded(tmp_path / "b.db", [again]) as index:
        assert read.requisite_payload(index, again.answer.id) is None
