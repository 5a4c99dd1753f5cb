"""Law 12: after a kill at any moment nothing acknowledged is lost, nothing is doubled."""

import os
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.program import LOOPBACK, PINCITE, environment, pincite, start
from tests.story import REPORT, tell
from tests.web import Web

# Seconds into an ingest that takes about three: during start, fetching, writing, folding, reading.
MOMENTS = (0.2, 0.5, 0.8, 1.1, 1.4, 1.7, 2.0, 2.3, 2.6, 3.0)


def acknowledged(archive: Path) -> set[str]:
    """The WARC files that are stored and not pending."""
    stored = {path.name for path in (archive / "warcs").rglob("*.warc.gz")}
    return stored - {path.name for path in (archive / "pending").rglob("*.warc.gz")}


def folded(archive: Path) -> set[str]:
    with closing(sqlite3.connect(archive / "archive.db")) as connection:
        return {Path(name).name for (name,) in connection.execute("SELECT name FROM warcs")}


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_and_taken_up_again(tmp_path: Path, moment: float) -> None:
    archive = tmp_path / "archive"
    assert pincite("init", archive).code == 0
    with Web() as web:
        tell(web)
        command = ("-A", archive, "ingest", web.url("/article"), "--resolver", "none", *LOOPBACK, "--json")
        process = start(*command)
        time.sleep(moment)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        whole = acknowledged(archive)
        assert whole <= folded(archive)
        done = pincite(*command)
        assert done.code == 3, done.err
        assert whole <= acknowledged(archive) == folded(archive)
        # A mark may outlive the kill for a day, but only that of a file which was never stored.
        marked = {path.name for path in (archive / "pending").rglob("*.warc.gz")}
        assert not marked & {path.name for path in (archive / "warcs").rglob("*.warc.gz")}
        checked = pincite("-A", archive, "verify", "--json")
        assert checked.json["faults"] == []
        with closing(sqlite3.connect(archive / "archive.db")) as connection:
            visited = Counter(
                uri for (uri,) in connection.execute("SELECT uri FROM snapshots WHERE status = 200")
            )
        assert set(visited.values()) == {1}, visited


def test_interrupted_by_its_user(tmp_path: Path) -> None:
    """Ctrl-C while a source does not answer: a word, exit code 130, at once; what was captured is kept."""
    archive = tmp_path / "archive"
    assert pincite("init", archive).code == 0
    with Web() as web:
        tell(web)
        web.on("/report", lambda call: call.sleep(60) and None)
        arguments = ("-A", str(archive), "ingest", web.url("/article"), "--resolver", "none", *LOOPBACK)
        command = [*PINCITE, *arguments]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
        ) as process:
            wait_until(lambda: web.asked("/report") and len(acknowledged(archive)) >= 2)
            process.send_signal(signal.SIGINT)
            # Well before the source, which takes a minute; a busy machine may need seconds to end a process.
            _, said = process.communicate(timeout=25)
        assert process.returncode == 130
        assert b"stopped: what was captured is kept" in said and b"Traceback" not in said
        kept = acknowledged(archive)
        assert kept <= folded(archive)
        web.page("/report", REPORT)
        assert pincite(*arguments, "--json").code == 3
        assert kept <= folded(archive)


def wait_until(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)
