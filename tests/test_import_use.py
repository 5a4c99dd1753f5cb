"""What was imported, at work: cited, read, searched, shown; and one archive's findings in another."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archive.index import read
from archive.model import Metadata, Snapshot, Text
from ingest.capture import Tools, index, log
from ingest.importing import take_in
from ingest.pipeline import About, annotate, ingest
from ingest.report import ArticleReport
from ingest.settling import Said, settle
from tests.index_rows import Rows, index_rows
from tests.program import pincite
from tests.serving import get, served
from tests.story import ARTICLE, INTERVIEW, REPORT, tell
from tests.warcs import gzipped, record, response
from tests.web import Web
from tests.working import chosen, copied, elsewhere, stored, working

HTML = "Content-Type: text/html; charset=utf-8"
HOST = "http://quay.example"


def story(host: str, *pages: tuple[str, str]) -> bytes:
    """Pages as another program archived them years ago."""
    info = record(
        "warcinfo", b"software: harvester 7\r\n", uri=None, Content_Type="application/warc-fields", number=99
    )
    kept = [
        response(body.encode(), HTML, uri=host + path, number=n, WARC_Date="2021-03-04T05:06:07Z")
        for n, (path, body) in enumerate(pages)
    ]
    moved = response(b"", "Location: /interview", status="301 Moved", uri=host + "/moved", number=50,
                     WARC_Date="2021-03-04T05:06:06Z")  # fmt: skip
    return gzipped(info, moved, *kept)


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
        tell(told)
        yield told


def imports(held: Tools, path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert not take_in(held, [path]).files[0].damage


def one(held: Tools, source: str) -> ArticleReport:
    (article,) = ingest(held, [source], About(), None).articles
    return article


def of_address(held: Tools, uri: str) -> list[Snapshot]:
    with index(held) as connection:
        return read.snapshots_of(connection, uri)


def test_an_imported_source_is_used_where_any_age_will_do(held: Tools, web: Web, tmp_path: Path) -> None:
    url = web.url("")
    imports(held, tmp_path / "old.warc.gz", story(url, ("/report", REPORT), ("/interview", INTERVIEW)))
    article = one(chosen(held, max_age=None), web.url("/article"))
    assert [web.asked(path) for path in ("/article", "/report", "/moved", "/interview")] == [1, 0, 0, 0]
    cited = {citation.label: citation for citation in article.citations}
    report = cited["its yearly report"]
    assert (report.status, report.snapshot) == ("unchanged", of_address(held, web.url("/report"))[0].id)
    followed = cited["an interview with Radio Quay"]
    assert (followed.status, followed.snapshot) == (
        "unchanged", of_address(held, web.url("/interview"))[0].id,
    )  # fmt: skip
    assert article.evidence >= 2
    with index(held) as connection:
        assert read.snapshot(connection, report.snapshot or "").origin.kind == "imported"  # type: ignore[union-attr]


def test_an_imported_source_is_captured_anew_by_default(held: Tools, web: Web, tmp_path: Path) -> None:
    imports(held, tmp_path / "old.warc.gz", story(web.url(""), ("/report", REPORT)))
    article = one(held, web.url("/article"))
    assert web.asked("/report") == 1
    old, new = of_address(held, web.url("/report"))
    assert (old.origin.kind, new.origin.kind) == ("imported", "fetched")
    assert {c.snapshot for c in article.citations if c.label == "its yearly report"} == {new.id}


@pytest.mark.parametrize("command", ["ingest", "annotate"])
def test_an_article_inside_an_import_is_read(held: Tools, tmp_path: Path, command: str) -> None:
    imports(held, tmp_path / "old.warc.gz", story(HOST, ("/article", ARTICLE), ("/report", REPORT),
                                                  ("/interview", INTERVIEW)))  # fmt: skip
    (page,) = of_address(held, HOST + "/article")
    if command == "ingest":
        article = one(chosen(held, max_age=None), HOST + "/article")
        told = {citation.label: citation.status for citation in article.citations}
        assert (told.pop("published two years ago"), set(told.values())) == ("failed", {"unchanged"})
        assert article.evidence >= 2
    else:
        (article,) = annotate(held, page.id, latest=False).articles
        assert {citation.status for citation in article.citations} == {"unresolved"}
    assert (article.snapshot, article.title) == (page.id, "The harbour is silting up")
    assert article.claims >= 5 and len(article.citations) == 3
    with index(held) as connection:
        assert read.newest_reading(connection, page.id) == article.reading


def test_the_page_of_an_import_says_so(tmp_path: Path) -> None:
    """By the program: imported, searched, shown and served, with the name that the file came with."""
    archive, path = tmp_path / "archive", tmp_path / "harbour 2021.warc.gz"
    path.write_bytes(story(HOST, ("/report", REPORT)))
    assert pincite("init", archive).code == 0
    assert pincite("-A", archive, "import", path).code == 0
    (hit,) = pincite("-A", archive, "search", "14,000 tonnes", "--json").json["results"]
    shown = pincite("-A", archive, "show", hit["snapshot"], "--json").json
    assert shown["origin"] == {"kind": "imported", "detail": "harvester 7"}
    assert shown["imported_as"] == "harbour 2021.warc.gz"
    assert shown["place"]["file"].startswith("imported/")
    with served(archive) as base:
        status, page = get(f"{base}/snapshot/{hit['snapshot']}")
        assert status == 200
        assert "harbour 2021.warc.gz" in page and "harvester 7" in page and "Imported" in page
        assert get(f"{base}/snapshot/{hit['snapshot']}.json")[1].strip().startswith('{\n  "kind": "snapshot"')


KEPT = ("snapshots", "requisites", "failures", "texts", "readings", "claims", "citations", "evidence",
        "resolutions")  # fmt: skip


def test_another_archives_findings_keep_their_ids(warm: Tools, web: Web, tmp_path: Path) -> None:
    first, second = elsewhere(warm, tmp_path / "first"), elsewhere(warm, tmp_path / "second")
    article = one(first, web.url("/article"))
    report = take_in(second, stored(first))
    assert report.exit_code == 0
    assert sum(file.texts for file in report.files) >= 3
    here, there = index_rows(second.archive.index), index_rows(first.archive.index)
    for table in KEPT:
        assert [row[0] for row in here[table]] == [row[0] for row in there[table]], table
    with index(second) as connection:
        page = read.snapshot(connection, article.snapshot or "")
        assert page and page.origin.kind == "imported" and page.origin.detail.startswith("pincite ")
        assert read.newest_reading(connection, page.id) == article.reading
        (head,) = read.readings_of(connection, page.id)
        assert head.imported
        text = read.text_in_use(connection, page.id)
        assert text and text.id == article.text and text.place and "imported/" in text.place.file
        states = read.citation_states(connection, article.reading or "")
        assert sorted(state.status for state in states) == ["captured", "captured", "failed"]
    # Its texts came along: nothing was derived a second time.
    assert not [row for row in here["texts"] if "imported/" not in str(row)]


def test_what_is_imported_never_outranks_what_is_the_archives_own(
    warm: Tools, web: Web, tmp_path: Path
) -> None:
    first, second = elsewhere(warm, tmp_path / "first"), elsewhere(warm, tmp_path / "second")
    article = one(first, web.url("/article"))
    copied(first, second)
    second.shelf.fold(second.store.names())
    before = set(first.store.names())
    report = next(citation for citation in article.citations if citation.label == "its yearly report")
    settle(first, Said(report.id, None, "it was never printed", "Eve"))
    with index(first) as connection:
        page = read.snapshot(connection, article.snapshot or "")
        assert page
        newer = read.newest_reading(connection, page.id)
    with log(first) as writing:
        writing.text(Text(page.id, "another 9", "Words of another extractor.", Metadata(title="Else")), page)
    later = [path for path in stored(first) if str(path.relative_to(path.parents[3])) not in before]
    assert len(later) >= 2
    assert take_in(second, later).exit_code == 0
    with closing(read.connect(second.archive.index)) as connection:
        assert article.reading != newer
        assert read.newest_reading(connection, page.id) == article.reading
        assert [head.id for head in read.readings_of(connection, page.id)] == [article.reading, newer]
        said = read.resolutions_of(connection, report.id)
        assert [one.person for one in said] == [False, True]
        states = {s.citation.id: s.status for s in read.citation_states(connection, article.reading or "")}
        assert states[report.id] == "captured"
        text = read.text_in_use(connection, page.id)
        assert text and text.id == article.text
        assert read.kind_of(connection, newer or "") == "reading"
        described = read.description(connection, page.id)
        assert described and described.title == "The harbour is silting up"


def test_what_a_person_says_in_an_imported_file_settles_nothing_here(
    warm: Tools, web: Web, tmp_path: Path
) -> None:
    first, second = elsewhere(warm, tmp_path / "first"), elsewhere(warm, tmp_path / "second")
    article = one(first, web.url("/article"))
    report = next(citation for citation in article.citations if citation.label == "its yearly report")
    settle(first, Said(report.id, None, "it was never printed", "Eve"))
    assert take_in(second, stored(first)).exit_code == 0
    read_here = one(chosen(second, max_age=None), web.url("/article"))
    told = {citation.label: citation.status for citation in read_here.citations}
    assert read_here.snapshot == article.snapshot
    assert told["its yearly report"] == "unchanged"
    with index(second) as connection:
        said = read.resolutions_of(connection, report.id)
        ours, eves, *_ = said
        assert (ours.person, ours.place and ours.place.imported) == (False, False)
        assert (eves.person, eves.place and eves.place.imported) == (True, True)


def test_a_snapshot_of_our_own_stays_our_own(warm: Tools, web: Web, tmp_path: Path) -> None:
    """The very same file once as our own and once as somebody's: the rows of ours stand."""
    first, second = elsewhere(warm, tmp_path / "first"), elsewhere(warm, tmp_path / "second")
    one(first, web.url("/article"))
    copied(first, second)
    second.shelf.fold(second.store.names())
    own = but_warcs(second)
    take_in(second, stored(first))
    assert but_warcs(second) == own
    # In the other order too: what was imported first becomes our own when our own file is folded.
    third = elsewhere(warm, tmp_path / "third")
    take_in(third, stored(first))
    copied(first, third)
    third.shelf.fold(third.store.names())
    assert but_warcs(third) == own


def but_warcs(held: Tools) -> dict[str, Rows]:
    """Every table and view but the lists of files, and of what each records."""
    rows = index_rows(held.archive.index)
    del rows["warcs"], rows["recordings"]
    return rows
