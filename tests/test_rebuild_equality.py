"""Rebuild equality (law 3) as a reader sees it: the same rows, and the same bytes of every page of ours."""

import os
import shutil
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from archive.model import Correction, Entry, Note, Resolution, Restriction, Tag, Verdict, grouped
from ingest.capture import Tools, log
from ingest.importing import take_in
from ingest.report import ArticleReport
from tests.crawling import Got, crawl
from tests.index_rows import Rows, index_rows
from tests.program import pincite, start
from tests.serving import get, served
from tests.warcs import record, response
from tests.web import Web
from tests.whole_story import live, put
from tests.working import elsewhere, stored, working

WORDS = ("harbour", "the", '"north quay"', "dredge", "mud authority", "nothing-of-the-kind", "14,000")
DATE = "2026-11-23T12:00:00Z"


@dataclass(frozen=True)
class Lived:
    """An archive with a history, what it held when it was served first, and who serves it."""

    folder: Path
    base: str
    article: str
    rows: dict[str, Rows]
    pages: dict[str, Got]

    @property
    def index(self) -> Path:
        return self.folder / "archive.db"


def say(held: Tools, article: ArticleReport) -> None:
    """What people put on record: judgements, a correction, a note, a restriction of a source."""
    rows = index_rows(held.archive.index)
    who: dict[str, Any] = {"creator": "Eve", "created": DATE}
    (interview,) = [row for row in rows["snapshots"] if str(row[1]).endswith("/interview")]
    with log(held) as writing:
        for claim in rows["claims"][:2]:
            writing.statement(Verdict(**who, subject=str(claim[0]), claim=str(claim[0]), verdict="none"))
        title = Correction(
            **who, subject=article.snapshot or "", field="title", values=("The silted harbour",)
        )
        writing.statement(title)
        for named in ("A talk", "A book"):
            entry = Entry(
                **who, title=named, authors=("{Harbour Office}", "Doe, Jane"), raw="@misc{k}", form="bibtex"
            )
            said = writing.statement(entry)
        settled = {"state": "none", "method": "person", "reason": "a talk", "person": True}
        writing.statement(Resolution(**who, **settled, citation=said.id, noun="entry"))
        writing.statement(Note(**who, subject=article.snapshot or "", note="Read twice."))
        writing.statement(Tag(**who, subject=article.snapshot or "", tag="harbours"))
        writing.statement(Restriction(**who, snapshot=str(interview[0]), reason="She asked for it."))


def import_some(held: Tools, warm: Tools, folder: Path) -> None:
    """Somebody's crawl, another archive whole, and files of our own, whose facts are then stated twice."""
    page = b"<html><title>Tides</title><p>The tides in the harbour are high in March, said the authority.</p>"
    old = [
        record("warcinfo", b"software: harvester 7\r\n", uri=None),
        response(page, "Content-Type: text/html"),
    ]
    (folder / "old.warc").write_bytes(b"".join(old))
    take_in(held, [folder / "old.warc", *stored(warm), *stored(held)[:3]])


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    folder = tmp_path_factory.mktemp("lived")
    with Web() as web, working(folder / "other") as warm:
        put(web)
        held = elsewhere(warm, folder / "archive")
        live(warm, web, folder)
        article = live(held, web, folder)
        say(held, article)
        import_some(held, warm, folder)
    with served(folder / "archive") as base:
        rows = index_rows(folder / "archive" / "archive.db")
        assert article.snapshot
        yield Lived(folder / "archive", base, article.snapshot, rows, all_pages(base, rows))


def all_pages(base: str, rows: dict[str, Rows]) -> dict[str, Got]:
    """Every page from the front page on, every noun by its printed id, every search."""
    ids = sorted({str(row[0]) for found in rows.values() for row in found if len(str(row[0])) == 16})
    searches = [f"/search{ext}?q={words.replace(' ', '+')}" for words in WORDS for ext in ("", ".json")]
    return crawl(base, [*(f"/{grouped(one)}" for one in ids), *searches])


def assert_same(found: dict[str, Got], pages: dict[str, Got]) -> None:
    assert found.keys() == pages.keys()
    differ = {path: (pages[path], found[path]) for path in pages if found[path] != pages[path]}
    assert not differ, list(differ.items())[:2]


def test_the_history_is_worth_comparing(lived: Lived) -> None:
    """All kinds of pages are there, and none of ours is an error by mistake."""
    empty = {name for name, rows in lived.rows.items() if not rows}
    assert empty <= {"samenesses", "standing_samenesses", "collections", "standing_collections",
                     "claims_not_compared",
                     "unresolved_citations", "conflicts", "claims_nothing_found"}  # fmt: skip
    rooms = {path.split("/")[1].partition("?")[0] for path in lived.pages}
    assert rooms >= {"", "article", "reading", "snapshot", "text", "passage", "claim", "evidence", "citation",
                     "record", "entry", "sources", "lost", "search", "search.json"}  # fmt: skip
    assert len(lived.pages) > 200
    # Where a link of an archived page leads that nobody captured, the page says so.
    fine = {path for path, got in lived.pages.items() if got.status == 404 and "/page/link/" in path}
    assert [p for p, got in lived.pages.items() if got.status not in (200, 302, 451) and p not in fine] == []
    restricted = [path for path, got in lived.pages.items() if got.status == 451]
    assert any(path.startswith("/snapshot/") for path in restricted)
    assert not [path for path in restricted if b"crew is small" in lived.pages[path].body]


def test_rebuilt_under_an_open_server(lived: Lived) -> None:
    """Readers see the old index until they see the new one, and never an error."""
    seen: list[tuple[str, int, str]] = []
    over = threading.Event()

    def read_on() -> None:
        while not over.is_set():
            paths = ("/", f"/article/{lived.article}", "/search?q=harbour")
            seen.extend((path, *get(lived.base + path)) for path in paths)

    reader = threading.Thread(target=read_on)
    reader.start()
    try:
        assert pincite("-A", lived.folder, "rebuild").code == 0
    finally:
        over.set()
        reader.join()
    assert len(seen) > 6
    for path, status, body in seen:
        assert (status, body.encode()) == (200, lived.pages[path].body), path
    assert index_rows(lived.index) == lived.rows
    assert_same(all_pages(lived.base, lived.rows), lived.pages)


def test_an_open_server_shows_the_new_index_at_once(lived: Lived) -> None:
    with closing(sqlite3.connect(lived.index)) as connection, connection:
        connection.execute("UPDATE texts SET title = 'Tampered with'")
        connection.execute("UPDATE corrections SET value = '[\"Tampered with\"]'")
        connection.execute("DELETE FROM failures")
    path = f"/article/{lived.article}"
    assert "Tampered with" in get(lived.base + path)[1]
    assert pincite("-A", lived.folder, "rebuild").code == 0
    assert get(lived.base + path) == (200, lived.pages[path].body.decode())
    assert index_rows(lived.index) == lived.rows


def test_an_index_of_another_version_is_told_and_made_anew(lived: Lived) -> None:
    with closing(sqlite3.connect(lived.index)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute(f"PRAGMA user_version = {version + 41}")
    status, said = get(lived.base + "/")
    assert status == 503 and "pincite rebuild" in said
    assert pincite("-A", lived.folder, "rebuild").code == 0
    assert get(lived.base + "/") == (200, lived.pages["/"].body.decode())
    assert index_rows(lived.index) == lived.rows


@pytest.mark.parametrize("moment", [0.0, 0.03, 0.1])
def test_a_killed_rebuild_leaves_the_old_index_whole(lived: Lived, moment: float) -> None:
    process = start("-A", lived.folder, "rebuild")
    deadline = time.monotonic() + 30
    while not list(lived.folder.glob("archive.db.rebuild-*")):
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.002)
    time.sleep(moment)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert index_rows(lived.index) == lived.rows
    for path in ("/", f"/article/{lived.article}", "/search?q=the"):
        assert get(lived.base + path) == (200, lived.pages[path].body.decode())
    with closing(sqlite3.connect(lived.index)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert pincite("-A", lived.folder, "rebuild").code == 0
    assert not list(lived.folder.glob("archive.db.rebuild-*"))
    assert index_rows(lived.index) == lived.rows


def test_deleted_and_made_anew(lived: Lived, tmp_path: Path) -> None:
    """The index gone, with or without what SQLite leaves beside it; another server on the new one."""
    copy = tmp_path / "archive"
    shutil.copytree(lived.folder, copy)
    (copy / "archive.db").unlink()
    done = pincite("-A", copy, "rebuild", "--json")
    assert (done.code, done.json["damage"]) == (0, [])
    assert index_rows(copy / "archive.db") == lived.rows
    with served(copy) as base:
        assert_same(all_pages(base, lived.rows), lived.pages)


def test_only_the_warcs_elsewhere(lived: Lived, tmp_path: Path) -> None:
    """The files alone, in another archive with another name and operator: a printed id leads to the same."""
    copy = tmp_path / "another machine" / "moved"
    assert pincite("init", copy, "--operator", "Somebody else").code == 0
    shutil.copytree(lived.folder / "warcs", copy / "warcs", dirs_exist_ok=True)
    assert pincite("-A", copy, "rebuild").code == 0
    assert index_rows(copy / "archive.db") == lived.rows
    with served(copy) as base:
        printed = f"/{grouped(lived.article).upper()}"
        found = crawl(base, [printed, *lived.pages])
        assert found.pop(printed).field("location") == f"/article/{lived.article}"
        assert_same(found, lived.pages)
