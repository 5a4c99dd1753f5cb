"""Forty sources on forty hosts, each a second for its page: how long one ingest takes, and how much memory.

    python benchmarks/ingest.py [--json]

The bare minimum is the second that every host takes, once for the article and once for all sources.
Memory is the peak of the sum over all processes of the run, as proportional set size.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.program import LOOPBACK, PINCITE, environment, pincite
from tests.web import Call, Web, answer

SOURCES = 40
SECONDS = 1.0
HTML = {"Content-Type": "text/html; charset=utf-8"}


def _slow(body: bytes) -> "object":
    def handle(call: Call) -> None:
        call.sleep(SECONDS)
        call.send(answer(200, body, HTML))

    return handle


def _source(number: int) -> bytes:
    sentences = " ".join(
        f"In {year} district {number} counted {number * 37 + year % 100} households near the river."
        for year in range(1980, 2020)
    )
    return (
        f"<!doctype html><html lang=en><title>District {number}</title><body><article>"
        f"<h1>District {number}</h1><p>{sentences}</p></article>".encode()
    )


def _article(webs: list[Web]) -> bytes:
    claims = "".join(
        f"<p>In 2019 district {number} counted {number * 37 + 19} households near the river, "
        f'<a href="{web.url("/source")}">as district {number} reports</a>.</p>'
        for number, web in enumerate(webs)
    )
    head = "<!doctype html><html lang=en><title>Counts</title>"
    return f"{head}<article><h1>Counts</h1>{claims}</article>".encode()


def _memory(process: int) -> int:
    """Proportional set size of a process and all below it, in bytes."""
    listed = subprocess.run(
        ["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout
    parents = {int(pid): int(parent) for pid, parent in (line.split() for line in listed.splitlines())}
    family, total = {process}, 0
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    for pid in family:
        try:
            rolled = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        total += next(int(line.split()[1]) for line in rolled.splitlines() if line.startswith("Pss:")) * 1024
    return total


def measure() -> dict[str, float]:
    """One ingest into a fresh archive."""
    with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        webs = [stack.enter_context(Web(f"127.0.0.{number + 2}")) for number in range(SOURCES)]
        for number, web in enumerate(webs):
            web.on("/source", _slow(_source(number)))
        webs[0].page("/article", _article(webs))
        archive = Path(folder) / "archive"
        pincite("init", archive)
        command = [*PINCITE, "-A", str(archive), "ingest", webs[0].url("/article"), "--jobs", "40", "--json",
                   "--resolver", "none", *LOOPBACK]  # fmt: skip
        began, peak, over = time.monotonic(), [0], threading.Event()
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment()
        )
        watch = threading.Thread(target=_watch, args=(process.pid, peak, over))
        watch.start()
        out, _ = process.communicate()
        seconds = time.monotonic() - began
        over.set()
        watch.join()
        (article,) = json.loads(out)["articles"]
        captured = sum(each["status"] == "captured" for each in article["citations"])
        return {"seconds": round(seconds, 2), "peak_mb": round(peak[0] / 1e6, 1), "captured": captured,
                "evidence": article["evidence"], "exit": process.returncode,
                "ratio_to_bare_waiting": round(seconds / SECONDS, 2)}  # fmt: skip


def _watch(process: int, peak: list[int], over: threading.Event) -> None:
    while not over.wait(0.1):
        peak[0] = max(peak[0], _memory(process))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true")
    asked, figures = parser.parse_args(), measure()
    print(
        json.dumps(figures)
        if asked.json
        else "\n".join(f"{name:<24} {figure}" for name, figure in figures.items())
    )


if __name__ == "__main__":
    main()
