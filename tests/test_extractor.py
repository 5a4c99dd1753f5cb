"""Extraction in child processes: limits of time and memory, deaths, threads, a parent that is gone."""

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from ingest.extract import Extraction, Extractor, Page, extract
from tests.made_pages import BODY, page
from tests.source_tree import ROOT


def test_a_child_gives_what_this_process_gives() -> None:
    with Extractor(jobs=1) as extractor:
        pages = [page(BODY), Page(b"Plain\n\nText is here.", "text/plain", None, "ni:x")]
        assert [extractor.extract(one) for one in pages] == [extract(one) for one in pages]


def test_a_page_that_stalls_is_given_up_and_the_next_one_read() -> None:
    with Extractor(jobs=1, seconds=1) as extractor:
        # A ">" in a quoted value hides the attributes behind it from the guard.
        stalling = f"<div a='>' {' '.join(f'a{n}=1' for n in range(200_000))}>x</div>"
        started = time.monotonic()
        assert extractor.extract(page(stalling)).reason == "limit: time"
        assert time.monotonic() - started < 8
        assert extractor.extract(page(BODY)).reason is None


def test_a_page_that_bloats_is_given_up_and_the_next_one_read() -> None:
    with Extractor(jobs=1, memory_mb=400) as extractor:
        found = extractor.extract(page(b"<p>" + b"<i>x</i>" * 2_000_000))
        assert found.reason in ("limit: memory", "limit: time")
        assert extractor.extract(page(BODY)).reason is None


@pytest.mark.parametrize("seen_dead", [False, True], ids=["while-it-dies", "once-it-is-dead"])
def test_a_child_that_is_killed_loses_no_other_page(seen_dead: bool) -> None:
    with Extractor(jobs=1) as extractor:
        assert extractor.extract(page(BODY)).reason is None
        (child,) = children()
        os.kill(child, signal.SIGKILL)
        while seen_dead and not is_dead(child):
            time.sleep(0.01)
        assert extractor.extract(page(BODY)).reason is None
    # A pipe that nobody closed is a ResourceWarning here, and so an error.
    gc.collect()


def is_dead(pid: int) -> bool:
    """Whether this process has ended and only waits to be asked how."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(") ")[2][0] == "Z"


def test_many_threads_share_few_children() -> None:
    with Extractor(jobs=2) as extractor:
        found: list[Extraction] = []
        threads = [
            threading.Thread(target=lambda: found.append(extractor.extract(page(BODY)))) for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(children()) <= 2
        assert len({one.body for one in found}) == 1
        assert len(found) == 8
    assert children() == []


def test_children_die_with_their_parent() -> None:
    """Also with one that is killed and one whose child is busy with a page that never ends."""
    script = (
        "from tests.made_pages import *; from tests.test_extractor import *\n"
        "extractor = Extractor(jobs=1, seconds=60); extractor.extract(page(BODY))\n"
        "print(*children(), flush=True)\n"
        "extractor.extract(page(\"<div a='>' \" + ' '.join(f'a{n}=1' for n in range(300_000)) + '>x</div>'))"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent, parent.stdout:
        child = int(parent.stdout.readline())
        time.sleep(0.3)
        assert Path(f"/proc/{child}").exists()
        parent.kill()
    deadline = time.monotonic() + 20
    while Path(f"/proc/{child}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{child}").exists()


def children() -> list[int]:
    """The process ids of this process's extractors; other tests may have left children of other kinds."""
    tasks = Path("/proc/self/task")
    if not tasks.exists():
        pytest.skip("only Linux lists a process's children")
    every = [int(pid) for task in tasks.iterdir() for pid in read(task / "children").split()]
    return [pid for pid in every if b"ingest.extract.child" in read(Path(f"/proc/{pid}/cmdline"))]


def read(file: Path) -> bytes:
    """What the system says of a thread or a process; nothing of one that has just ended."""
    try:
        return file.read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""
