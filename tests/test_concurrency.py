"""Several at one archive at once: writers beside writers, readers beside writers, readers that only read."""

import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.index_rows import index_rows
from tests.program import LOOPBACK, PINCITE, environment, pincite
from tests.serving import get, served
from tests.story import ARTICLE, tell
from tests.warcs import gzipped, response
from tests.web import Web

ALSO = ARTICLE.replace("The harbour is silting up", "Mud, and who removes it").replace("eleven", "twelve")


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as told:
        tell(told)
        told.page("/also", ALSO)
        yield told


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    assert pincite("init", tmp_path / "archive").code == 0
    return tmp_path / "archive"


def begin(archive: Path, *arguments: str | Path) -> "subprocess.Popen[bytes]":
    """Start a command and go on."""
    command = [*PINCITE, "-A", str(archive), *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())


def ingests(archive: Path, web: Web, *paths: str) -> "list[subprocess.Popen[bytes]]":
    rest = ("--resolver", "none", "--json", *LOOPBACK)
    return [begin(archive, "ingest", web.url(path), *rest) for path in paths]


def check_ended(processes: "list[subprocess.Popen[bytes]]", *codes: int) -> None:
    """All are waited for before any is judged, so that none outlives the test."""
    said = [process.communicate(timeout=120)[1].decode() for process in processes]
    assert [process.returncode for process in processes] == list(codes), said
    assert not [one for one in said if "Traceback" in one]


def check_whole(archive: Path) -> None:
    """Nothing is pending, left half written, or at odds with its record."""
    assert not [path for path in (archive / "pending").rglob("*") if path.is_file()]
    assert not list((archive / ".writing").iterdir())
    checked = pincite("-A", archive, "verify", "--json")
    assert (checked.code, checked.json["faults"]) == (0, [])
    before = index_rows(archive / "archive.db")
    assert pincite("-A", archive, "rebuild").code == 0
    assert index_rows(archive / "archive.db") == before


def test_two_ingests_of_two_articles(archive: Path, web: Web) -> None:
    check_ended(ingests(archive, web, "/article", "/also"), 3, 3)
    rows = index_rows(archive / "archive.db")
    assert {str(row[1]).removeprefix(web.url("")) for row in rows["articles"]} == {"/article", "/also"}
    files = list((archive / "warcs").rglob("*.warc.gz"))
    assert len(files) == len(rows["warcs"]) == len({row[0] for row in rows["warcs"]})
    records = Counter(row[8] for row in [*rows["snapshots"], *rows["requisites"]])
    assert set(records.values()) == {1}
    check_whole(archive)


def test_two_ingests_of_the_same_article(archive: Path, web: Web) -> None:
    """Both see an archive without it; both captures are kept, each whole, and the next finds one of them.

    Answers alike in the same second are the same snapshot: it stands in two files, and in one row.
    """
    check_ended(ingests(archive, web, "/article", "/article"), 3, 3)
    asked = web.asked("/article")
    again = pincite("-A", archive, "ingest", web.url("/article"), "--resolver", "none", "--json", *LOOPBACK)
    assert again.code == 3 and web.asked("/article") == asked
    rows = index_rows(archive / "archive.db")
    captured = [row for row in rows["snapshots"] if str(row[1]).endswith("/article")]
    assert 1 <= len(captured) <= asked <= 2
    assert again.json["articles"][0]["snapshot"] in {row[0] for row in captured}
    check_whole(archive)


def test_many_writers_of_every_kind(archive: Path, web: Web, tmp_path: Path) -> None:
    """Ingest, capture, import, rebuild and a search, all in the same second."""
    (tmp_path / "old.warc.gz").write_bytes(gzipped(response(b"<html><p>An old page about tides.")))
    started = [
        *ingests(archive, web, "/article"),
        begin(archive, "capture", web.url("/report"), *LOOPBACK),
        begin(archive, "import", tmp_path / "old.warc.gz"),
        begin(archive, "rebuild"),
        begin(archive, "search", "harbour"),
    ]
    check_ended(started, 3, 0, 0, 0, 0)
    rows = index_rows(archive / "archive.db")
    assert {origin for row in rows["snapshots"] for origin in row if origin in ("fetched", "imported")} == {
        "fetched", "imported",
    }  # fmt: skip
    check_whole(archive)


def test_an_open_server_shows_what_is_ingested(archive: Path, web: Web) -> None:
    with served(archive) as base:
        assert "silting" not in get(base + "/")[1]
        done = pincite(
            "-A", archive, "ingest", web.url("/article"), "--resolver", "none", "--json", *LOOPBACK
        )
        (article,) = done.json["articles"]
        assert "The harbour is silting up" in get(base + "/")[1]
        assert get(f"{base}/article/{article['snapshot']}")[0] == 200
        assert "eleven weeks" in get(f"{base}/search?q=eleven")[1].replace("<mark>", "").replace(
            "</mark>", ""
        )
        assert article["snapshot"] in get(f"{base}/archive/snapshots.json?_shape=array")[1]


def test_reading_writes_nothing(archive: Path, web: Web) -> None:
    """Readers leave every file as it is; the served index cannot be written to by anyone's SQL."""
    pincite("-A", archive, "ingest", web.url("/article"), "--resolver", "none", *LOOPBACK)
    (hit, *_) = pincite("-A", archive, "search", "dredged", "--json").json["results"]
    before = state(archive)
    for command in (("search", "harbour"), ("show", hit["snapshot"]), ("cite", hit["snapshot"]), ("stats",),
                    ("resolve",), ("verify",)):  # fmt: skip
        assert pincite("-A", archive, *command).code == 0, command
    assert state(archive) == before
    with served(archive) as base:
        for sql in ("DELETE+FROM+texts", "PRAGMA+user_version=9", "WITH+x+AS+(SELECT+1)+DELETE+FROM+texts"):
            assert get(f"{base}/archive.json?sql={sql}")[0] == 400
        for path in (
            "/",
            f"/snapshot/{hit['snapshot']}",
            f"/snapshot/{hit['snapshot']}/raw",
            "/archive/texts",
        ):
            assert get(base + path)[0] == 200
    assert state(archive) == before


def state(archive: Path) -> dict[str, Any]:
    """Every file of an archive, by name and bytes; of the log beside the index only that nothing is in it."""
    found: dict[str, Any] = {}
    for path in sorted(archive.rglob("*")):
        if path.is_file() and path.name not in ("archive.db-shm", "archive.db-wal"):
            found[str(path.relative_to(archive))] = path.read_bytes()
    log = archive / "archive.db-wal"
    return found | {"written": log.stat().st_size if log.exists() else 0}


def test_a_reader_with_a_long_breath_stops_no_writer(archive: Path, web: Web) -> None:
    """A transaction that reads all the while: the ingest goes on; its rows appear when the reader ends."""
    with closing(sqlite3.connect(f"file:{archive / 'archive.db'}?mode=ro", uri=True)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM snapshots").fetchone() == (0,)
        began = time.monotonic()
        check_ended(ingests(archive, web, "/article"), 3)
        assert time.monotonic() - began < 40
        assert reader.execute("SELECT count(*) FROM snapshots").fetchone() == (0,)
        reader.execute("COMMIT")
        assert reader.execute("SELECT count(*) FROM snapshots").fetchone() == (5,)
    check_whole(archive)


def test_a_writer_waits_for_another(archive: Path, web: Web) -> None:
    """Somebody holds the index for a while; the ingest waits, and nothing is lost."""
    script = (
        "import sqlite3, sys, time\n"
        "connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "connection.execute('BEGIN IMMEDIATE')\nprint('held', flush=True)\ntime.sleep(4)\n"
        "connection.execute('COMMIT')\n"
    )
    command = [sys.executable, "-c", script, str(archive / "archive.db")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout and holder.stdout.readline() == b"held\n"
        check_ended(ingests(archive, web, "/article"), 3)
    check_whole(archive)
