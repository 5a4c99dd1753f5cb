"""Rebuild: the same rows from the WARC files alone, put in place in one step, whatever was there before."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from archive.errors import IndexUnusable
from archive.index import VERSION, read, write
from archive.index.write import rebuild, tables
from archive.store import Store
from archive.warc.profile import Log
from tests.folds import dump
from tests.logs import INFO, an_exchange, http
from tests.nouns import DATE, a_text
from tests.test_write import check_search
from tests.whole_archive import NOW, Kept


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "archive")


def put_pages(kept: Kept, count: int) -> str:
    """Store one more file, with so many pages and their texts."""
    log = Log(kept.store.temp(), lambda: DATE, INFO)
    for nth in range(count):
        page = log.exchange(an_exchange(f"https://example.org/{nth}/new", http(b"<p>%d" % nth)))
        log.text(a_text(page, f"Page {nth} of many.\n\n" * 20))
    sealed = log.seal()
    kept.store.put(sealed.path, sealed.name)
    return sealed.name


def leftovers(kept: Kept) -> list[str]:
    return sorted(path.name for path in kept.folder.glob("archive.db.*"))


def test_the_same_rows_from_the_files_alone(kept: Kept) -> None:
    before = dump(kept.index)
    assert len(before["snapshots"]) == 4
    kept.index.unlink()
    report = rebuild(kept.store, kept.index, NOW)
    assert dump(kept.index) == before
    assert [file.name for file in report.files] == kept.store.names()
    assert all(file.records and not file.damage for file in report.files)
    assert leftovers(kept) == []
    check_search(kept.index)


def test_only_the_files_copied_elsewhere(kept: Kept, tmp_path: Path) -> None:
    before = dump(kept.index)
    shutil.copytree(kept.folder / "warcs", tmp_path / "elsewhere" / "warcs")
    index = tmp_path / "elsewhere" / "archive.db"
    rebuild(Store(str(tmp_path / "elsewhere")), index, NOW)
    assert dump(index) == before


def test_an_open_reader_sees_the_new_index_at_once(kept: Kept) -> None:
    kept.change("DELETE FROM tags")
    with closing(read.connect(kept.index)) as reader:
        assert reader.execute("SELECT count(*) FROM tags").fetchone() == (0,)
        file = os.stat(kept.index).st_ino
        rebuild(kept.store, kept.index, NOW)
        assert reader.execute("SELECT count(*) FROM tags").fetchone() == (1,)
        assert os.stat(kept.index).st_ino == file
        assert reader.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert leftovers(kept) == []


def test_a_reader_in_the_middle_of_a_query_keeps_what_it_reads(kept: Kept) -> None:
    with closing(read.connect(kept.index)) as reader:
        cursor = reader.execute("SELECT id FROM snapshots")
        first = cursor.fetchone()
        rebuild(kept.store, kept.index, NOW)
        assert len([first, *cursor.fetchall()]) == 4


def test_an_index_of_another_version_is_made_anew(kept: Kept) -> None:
    before = dump(kept.index)
    with closing(sqlite3.connect(kept.index)) as connection:
        connection.executescript(
            f"DROP TABLE tags; CREATE TABLE old (x); PRAGMA user_version = {VERSION + 7};"
        )
    rebuild(kept.store, kept.index, NOW)
    assert dump(kept.index) == before


@pytest.mark.parametrize("content", [b"", b"<!doctype html>" * 999, b"SQLite format 3\0" + b"\xff" * 9000])
def test_an_index_that_cannot_be_read_is_made_anew(kept: Kept, content: bytes) -> None:
    before = dump(kept.index)
    kept.index.write_bytes(content)
    rebuild(kept.store, kept.index, NOW)
    assert dump(kept.index) == before
    with closing(sqlite3.connect(kept.index)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_stale_log_is_not_replayed_over_the_new_file(kept: Kept) -> None:
    """A killed writer leaves a log; without its database it must not speak for another one."""
    log = kept.folder / "archive.db-wal"
    with closing(sqlite3.connect(kept.index, isolation_level=None)) as writer:
        writer.execute("UPDATE tags SET tag = 'stale'")
        stale = log.read_bytes()
    assert stale
    before = dump(kept.index)
    kept.index.unlink()
    log.write_bytes(stale)
    rebuild(kept.store, kept.index, NOW)
    assert [row for row in dump(kept.index)["tags"] if "stale" in row] == []
    assert dump(kept.index)["snapshots"] == before["snapshots"]


def test_what_is_stored_meanwhile_is_not_lost(kept: Kept) -> None:
    """Another command acknowledges a capture while the new index is being made from the files before it."""
    late: list[str] = []

    def meanwhile(_said: str) -> None:
        if not late:
            late.append(put_pages(kept, 1))
            write.fold_names(kept.store, kept.index, late, NOW)

    report = rebuild(kept.store, kept.index, NOW, meanwhile)
    assert late[0] in [file.name for file in report.files]
    with closing(read.connect(kept.index)) as index:
        assert index.execute("SELECT count(*) FROM snapshots WHERE file = ?", late).fetchone() == (1,)


def test_restricted_words_are_not_brought_back(kept: Kept) -> None:
    kept.restrict(kept.source[0])
    before = dump(kept.index)
    assert "said the warden" in kept.source[1].body
    kept.index.unlink()
    rebuild(kept.store, kept.index, NOW)
    assert dump(kept.index) == before
    assert b"said the warden" not in kept.index.read_bytes()


def test_a_writer_that_does_not_end_is_named(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_PATIENCE_SECONDS", 0.2)
    before = dump(kept.index)
    with closing(sqlite3.connect(kept.index, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(IndexUnusable, match="locked"):
            rebuild(kept.store, kept.index, NOW)
        writer.execute("ROLLBACK")
    assert dump(kept.index) == before
    assert leftovers(kept) == []


REBUILD = """
import sys
from pathlib import Path
from archive.index.write import rebuild
from archive.store import Store
print("ready", flush=True)
rebuild(Store(sys.argv[1]), Path(sys.argv[1]) / "archive.db", "2026-12-01T00:00:00Z")
print("done", flush=True)
"""


@pytest.mark.parametrize("moment", [0.02, 0.1, 0.2, 0.3, 0.4])
def test_killed_at_any_moment_it_leaves_the_old_index_whole(kept: Kept, moment: float) -> None:
    put_pages(kept, 150)
    kept.fold()
    before = dump(kept.index)
    root = Path(__file__).resolve().parent.parent
    command = [sys.executable, "-c", REBUILD, str(kept.folder)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root)
    assert child.stdout
    assert child.stdout.readline() == b"ready\n"
    time.sleep(moment)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    assert dump(kept.index) == before
    check_search(kept.index)
    kept.change("DELETE FROM tags")
    rebuild(kept.store, kept.index, NOW)
    assert dump(kept.index) == before
    assert leftovers(kept) == [], "what the killed one left is swept away"
