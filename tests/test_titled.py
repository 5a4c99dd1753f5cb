"""A title that the archive has: visited again when old, searched as it is when gone, and no news twice."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from archive.index import read
from archive.model import Resolution
from ingest.capture import Tools, index
from ingest.importing import take_in
from ingest.pipeline import About, capture, ingest
from ingest.report import CitationReport
from tests.story import REPORT
from tests.warcs import gzipped, record, response
from tests.web import Web, answer
from tests.working import chosen, elsewhere, working

ARTICLE = """The harbour authority dredged 15,000 tonnes of mud from the basin in 2025, says its report.

Sources:

Yearly report 2025
"""
HTML = "Content-Type: text/html; charset=utf-8"


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tools]:
    with working(tmp_path_factory.mktemp("warm")) as held:
        yield held


@pytest.fixture
def held(warm: Tools, tmp_path: Path) -> Tools:
    return elsewhere(warm, tmp_path / "archive")


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as told:
        told.page("/report", REPORT)
        yield told


@pytest.fixture
def article(tmp_path: Path) -> str:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, "utf-8")
    return str(path)


def cited(held: Tools, article: str) -> CitationReport:
    (report,) = ingest(held, [article], About(), None).articles
    (citation,) = report.citations
    return citation


def said(held: Tools, citation: CitationReport) -> list[Resolution]:
    with index(held) as connection:
        return read.resolutions_of(connection, citation.id)


def imports(held: Tools, folder: Path, uri: str) -> None:
    info = record("warcinfo", b"software: x\r\n", uri=None, Content_Type="application/warc-fields", number=9)
    page = response(REPORT.encode(), HTML, uri=uri, number=1, WARC_Date="2021-03-04T05:06:07Z")
    path = folder / "theirs.warc.gz"
    path.write_bytes(gzipped(info, page))
    assert not take_in(held, [path]).files[0].damage


def test_a_page_of_that_title_is_visited_again_only_when_it_is_old(
    held: Tools, web: Web, article: str
) -> None:
    capture(held, [web.url("/report")], None)
    first = cited(held, article)
    assert (first.status, first.uri, web.asked("/report")) == ("unchanged", web.url("/report"), 1)
    cited(held, article)
    assert len(said(held, first)) == 1, "the same answer again is no news"
    cited(chosen(held, max_age=timedelta(0)), article)
    assert web.asked("/report") == 2


def test_where_the_page_is_gone_what_the_archive_has_is_searched(held: Tools, web: Web, article: str) -> None:
    capture(held, [web.url("/report")], None)
    first = cited(held, article)
    web.raw("/report", answer(404, b"gone"))
    again = cited(chosen(held, max_age=timedelta(0)), article)
    assert (again.status, again.snapshot) == ("unchanged", first.snapshot)
    assert said(held, first)[0].steps[-1].answered == "not captured: http-404; what is here is searched"


def test_an_imported_page_of_that_title_is_searched_and_said_to_be_imported(
    held: Tools, article: str, tmp_path: Path
) -> None:
    imports(held, tmp_path, "http://quay.example/report")
    found = cited(chosen(held, max_age=timedelta(0)), article)
    assert (found.status, found.uri) == ("unchanged", "http://quay.example/report")
    (step,) = said(held, found)[0].steps
    assert (step.method, step.answered) == ("archive-title", "http://quay.example/report (imported)")


def test_an_imported_page_does_not_come_before_one_of_ours(
    held: Tools, web: Web, article: str, tmp_path: Path
) -> None:
    imports(held, tmp_path, "http://quay.example/report")
    capture(held, [web.url("/report")], None)
    found = cited(held, article)
    assert found.uri == web.url("/report")
    assert [near.uri for near in said(held, found)[0].candidates] == ["http://quay.example/report"]
