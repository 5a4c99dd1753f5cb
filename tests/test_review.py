"""An editor's report: each kind of remark where it belongs, nothing judged, as text, JSON, HTML and page."""

import io
import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from lxml import html as trees

from archive.index import read
from archive.index.read import Connection
from archive.index.write import fold_names
from archive.model import Exchange, Metadata, Provenance, Text
from archive.review import Remark, html, lines, review
from archive.saying import Desk, judge, restrict
from archive.store import Store
from archive.warc.profile import Info, Log
from tests.program import pincite
from tests.site_archive import Archive, build
from tests.site_crawl import ask, opened, words
from tests.site_story import HARBOUR


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The site's archive, with a verdict against, and a later visit that found a source changed."""
    made = build(tmp_path_factory.mktemp("review"))
    desk = Desk(Store(str(made.folder)), made.index)
    first = made.reading.evidence[0]
    desk.say("Ada <b>", partial(judge, written=first.id, verdict="contradicts", note="other boats"))
    desk.say("Ben", partial(judge, written=made.reading.claims[-1].id, verdict="none", note=None))
    visit_again(made, HARBOUR.replace("212 fishing boats", "about 200 fishing boats"))
    return made


def visit_again(archive: Archive, body: str) -> None:
    store = Store(str(archive.folder))
    log = Log(store.temp(), lambda: "2026-11-30T10:00:00Z", Info(software="test"))
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\n<p>2.".ljust(70)
    uri = archive.snapshots["harbour"].uri
    page = log.exchange(
        Exchange(uri, "2026-11-30T10:00:00Z", b"GET / HTTP/1.1\r\n\r\n", io.BytesIO(answer), None, (),
                 Provenance("page"))
    )  # fmt: skip
    log.text(Text(page.id, "trafilatura 2.3.1", body, Metadata("A short history")), page)
    sealed = log.seal()
    store.put(sealed.path, sealed.name)
    fold_names(store, archive.index, [sealed.name], "2026-12-01T00:00:00Z")


@pytest.fixture
def index(archive: Archive) -> Iterator[Connection]:
    with closing(read.connect(archive.index)) as connection:
        yield connection


def remarks(archive: Archive, index: Connection) -> dict[str, list[Remark]]:
    report = review(index, archive.snapshots["article"].id)
    assert report and report.exit_code == 3
    found: dict[str, list[Remark]] = defaultdict(list)
    for remark in report.remarks:
        found[remark.kind].append(remark)
    return found


def test_each_kind_of_remark_stands_where_it_belongs(archive: Archive, index: Connection) -> None:
    found = remarks(archive, index)
    labels = {citation.id: key for key, citation in archive.citations.items()}
    assert {labels[one.citation or ""]: one.detail for one in found["failed"]} == {
        "lost": "http-404", "gone": "dns",
    }  # fmt: skip
    assert [labels[one.citation or ""] for one in found["unresolved"]] == ["none"]
    assert any("15,000" in one.detail and "14,000" in one.detail for one in found["differs"])
    assert [one.detail for one in found["judged"]] == [
        "Ada <b> judged: contradicts: other boats", "Ben judged: none",
    ]  # fmt: skip
    uncited = {outcome.claim for outcome in archive.reading.outcomes if not outcome.citations}
    assert {one.claim for one in found["uncited"]} < uncited and found["uncited"]


def test_a_quotation_that_no_captured_source_has_is_named_once(archive: Archive, index: Connection) -> None:
    quoted = [one.detail for one in remarks(archive, index)["quotation"]]
    assert not any("begged for stone" in one for one in quoted), "it is there, word for word"
    assert len(quoted) == len(set(quoted))


def test_a_passage_that_its_source_has_no_more_is_named_with_the_newer_snapshot(
    archive: Archive, index: Connection
) -> None:
    changed = remarks(archive, index)["changed"]
    assert [one.claim for one in changed] == [archive.reading.claims[0].id]
    newer = read.snapshot(index, changed[0].snapshot or "")
    assert newer and newer.date == "2026-11-30T10:00:00Z" and "2026-11-30" in changed[0].detail


def test_two_people_are_counted(archive: Archive, index: Connection) -> None:
    report = review(index, archive.snapshots["article"].id)
    assert report and (report.judged, report.people) == (2, 4)
    assert any("2 of" in line and "4 people" in line for line in lines(report))


def test_the_html_is_whole_and_takes_no_word_for_markup(archive: Archive, index: Connection) -> None:
    report = review(index, archive.snapshots["article"].id)
    assert report
    page = trees.document_fromstring(html(report))
    assert page.xpath("//meta[@charset]") and not page.xpath("//b|//script|//img|//i")
    assert "Ada <b> judged" in page.text_content()
    assert len(page.xpath("//li")) == len(report.remarks)


def test_the_command_gives_text_json_html_and_an_exit_code(archive: Archive) -> None:
    article = archive.snapshots["article"].id
    told = pincite("-A", archive_folder(archive), "review", article, "--json")
    assert told.code == 3 and {one["kind"] for one in told.json["remarks"]} >= {"failed", "differs", "judged"}
    text = pincite("-A", archive_folder(archive), "review", article)
    assert text.code == 3 and "Sources changed since: 1" in text.out
    page = pincite("-A", archive_folder(archive), "review", article, "--html")
    assert page.code == 3 and page.out.startswith("<!doctype html>")
    unread = pincite("-A", archive_folder(archive), "review", archive.snapshots["harbour"].id)
    assert unread.code == 1 and "pincite annotate" in unread.err


def archive_folder(archive: Archive) -> Path:
    (archive.folder / "pincite.toml").touch()
    return archive.folder


def test_the_page_leads_to_each_claim(archive: Archive) -> None:
    article = archive.snapshots["article"].id
    with opened(archive.folder) as site:
        given = ask(site, f"/article/{article}/review")
        assert given.status == 200 and "Sources changed since (1)" in words(given)
        told = json.loads(ask(site, f"/article/{article}/review.json").body)
        assert f"?claim={told['remarks'][0]['claim']}#m-" in given.body.decode()
        assert ask(site, f"/article/{archive.snapshots['harbour'].id}/review").status == 404


def test_a_restricted_article_has_no_report(tmp_path: Path) -> None:
    made = build(tmp_path)
    desk = Desk(Store(str(made.folder)), made.index)
    desk.say("Ada", partial(restrict, written=made.snapshots["article"].id, reason="asked", until=None))
    with closing(read.connect(made.index)) as connection:
        assert review(connection, made.snapshots["article"].id) is None
    with opened(made.folder) as site:
        assert ask(site, f"/article/{made.snapshots['article'].id}/review").status == 451
