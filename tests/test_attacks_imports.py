"""What a hostile file that somebody imports cannot change: what the archive's own pages say."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from archive.index import read
from archive.model import Correction, Restriction, Statement, intrinsic_id, sha256_of, urn
from archive.saying import Desk, lift, restrict
from archive.warc.annotation import statement_block
from ingest.capture import Captured, Tools, fresh, index
from ingest.importing import take_in
from ingest.pipeline import About, ingest
from ingest.report import ArticleReport
from tests.story import tell
from tests.warcs import gzipped, record, response
from tests.web import Web
from tests.working import chosen, working

HTML = "Content-Type: text/html"
FORGED = (
    b"<html><title>Forged</title><body><article><p>%d. No harbour was ever dredged by anybody.</p></article>"
)
FAR = "2099-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with Web() as told:
        tell(told)
        yield told


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tools]:
    with working(tmp_path_factory.mktemp("attacked")) as tools:
        yield tools


@pytest.fixture(scope="module")
def article(held: Tools, web: Web) -> ArticleReport:
    (read_one,) = ingest(held, [web.url("/article")], About(), None).articles
    return read_one


def imports(held: Tools, folder: Path, *records: bytes) -> None:
    path = folder / "hostile.warc.gz"
    path.write_bytes(gzipped(*records))
    assert not take_in(held, [path]).files[0].damage


def said(statement: Statement) -> bytes:
    block, kind = statement_block(statement), type(statement).__name__.lower()
    name = urn(kind, intrinsic_id(kind, sha256_of(block)))
    return record("metadata", block, uri=name, Content_Type="application/ld+json")


def found(held: Tools, uri: str) -> Captured:
    captured = fresh(held, uri)
    assert captured and captured.snapshot and captured.text
    return captured


def test_a_redirect_of_ours_never_ends_at_a_forged_page(
    held: Tools, web: Web, article: ArticleReport, tmp_path: Path
) -> None:
    """It had only to bear the redirect's own second to be nearest in date, and was then a fresh source."""
    before = found(held, web.url("/moved"))
    with index(held) as connection:
        (hop,) = read.snapshots_of(connection, web.url("/moved"))
    forged = [
        response(FORGED % n, HTML, uri=web.url("/interview"), number=n, WARC_Date=hop.date) for n in range(5)
    ]
    imports(held, tmp_path, *forged)
    assert before.snapshot and before.snapshot.origin.kind == "fetched"
    assert found(held, web.url("/moved")).snapshot == before.snapshot
    assert found(chosen(held, max_age=None), web.url("/moved")).snapshot == before.snapshot


def test_an_imported_page_behind_our_redirect_is_used_only_where_imports_are(
    held: Tools, web: Web, tmp_path: Path
) -> None:
    web.moved("/to-refused", "http://127.0.0.1:1/page")
    with index(held) as connection:
        assert not read.snapshots_of(connection, web.url("/to-refused"))
    assert ingest(held, [web.url("/to-refused")], About(), None).articles[0].failure
    with index(held) as connection:
        (hop,) = read.snapshots_of(connection, web.url("/to-refused"))
    imports(held, tmp_path, response(FORGED % 9, HTML, uri="http://127.0.0.1:1/page", WARC_Date=hop.date))
    assert fresh(held, web.url("/to-refused")) is None
    assert found(chosen(held, max_age=None), web.url("/to-refused")).text
    with index(held) as connection:
        assert read.latest_good(connection, web.url("/to-refused"), None, imported=False) is None
        assert read.latest_good(connection, web.url("/to-refused"), None, imported=True)


def test_no_import_makes_our_source_a_lost_one(
    held: Tools, web: Web, article: ArticleReport, tmp_path: Path
) -> None:
    with index(held) as connection:
        before = read.lost(connection)
    assert [one.uri for one in before] == [web.url("/gone")]
    imports(
        held,
        tmp_path,
        response(b"gone", HTML, status="404 Not Found", uri=web.url("/report"), WARC_Date=FAR),
        response(b"gone", HTML, status="404 Not Found", uri=web.url("/interview"), number=2, WARC_Date=FAR),
        response(FORGED % 3, HTML, uri=web.url("/gone"), number=3, WARC_Date=FAR),
    )
    with index(held) as connection:
        after = read.lost(connection)
    assert [(one.uri, one.reason, one.snapshot) for one in after] == [
        (one.uri, one.reason, one.snapshot) for one in before
    ]


def test_what_is_said_in_an_import_changes_no_page_of_ours(
    held: Tools, article: ArticleReport, tmp_path: Path
) -> None:
    """A forged correction gave every citation of our snapshot another author."""
    subject = article.snapshot or ""
    eve: dict[str, Any] = {"creator": "Ada", "created": FAR}
    with index(held) as connection:
        before = read.description(connection, subject)
    imports(
        held,
        tmp_path,
        said(Correction(**eve, subject=subject, field="author", values=("Eve",))),
        said(Correction(**eve, subject=subject, field="title", values=("Forged",))),
        said(Restriction(**eve, snapshot=subject, reason="hide it")),
    )
    with index(held) as connection:
        assert read.description(connection, subject) == before
        assert before and before.authors == ("Ada Keel",)
        assert read.restricted(connection, subject) is None


def test_the_same_bytes_in_an_import_are_hidden_with_ours_and_hide_nothing_of_ours(
    held: Tools, article: ArticleReport, tmp_path: Path
) -> None:
    """A crawl of another tool brought back the words of a restricted page, as an answer of its own."""
    words = "<html><title>Mill</title><body><article><p>The zanthoxylum mill had nine wheels.</p></article>"
    uri = "https://mill.example/"
    imports(held, tmp_path, response(words.encode(), HTML, uri=uri, WARC_Date="2020-01-01T00:00:00Z"))
    again = {"uri": uri, "number": 2, "WARC_Date": "2021-01-01T00:00:00Z"}
    desk = Desk(held.store, held.archive.index)
    with index(held) as connection:
        (first,) = read.snapshots_of(connection, uri)
    desk.say("Ada", partial(restrict, written=first.id, reason="an order", until=None))
    imports(
        held,
        tmp_path,
        response(words.encode(), HTML, **again),
        response(words.encode(), HTML, uri="https://other.example/", number=3),
        response(b"", "Location: /a", status="302 Found", uri=uri, number=4),
    )
    with index(held) as connection:
        visits = read.snapshots_of(connection, uri)
        hidden = {one.date[:4]: read.restricted(connection, one.id) for one in visits}
        assert hidden["2020"] and hidden["2021"] == hidden["2020"]
        (twin,) = (one for one in visits if one.date.startswith("2021"))
        (other,) = read.snapshots_of(connection, "https://other.example/")
        assert read.restricted(connection, other.id) is None
        bodies = [text.body for one in (first, twin) if (text := read.text_in_use(connection, one.id))]
        assert bodies == ["", ""] and len(read.search(connection, "zanthoxylum", 9).hits) == 1
    desk.say("Ada", partial(lift, written=twin.id, reason="settled"))
    with index(held) as connection:
        assert read.restricted(connection, first.id) is read.restricted(connection, twin.id) is None
        assert len(read.search(connection, "zanthoxylum", 9).hits) == 3
