"""Memento over HTTP beside pywb: ten thousand captures of one address, and the raw bytes of a 25 KB record.

    python benchmarks/memento.py [--captures 10000] [--venv FOLDER] [--json]

Both serve the same WARC file on loopback, in one run: the median time of a TimeGate, a TimeMap and a raw
record, and the CPU seconds that the server's processes took for each. pywb (GPL) is put into an environment
of its own, in FOLDER or in a temporary one, and is no dependency of ours.
"""

import argparse
import http.client
import io
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from archive.index.write import fold_names
from archive.model import Exchange, Provenance
from archive.store import Store
from archive.uri import warc_date
from archive.warc.profile import Info, Log
from tests.program import environment
from tests.serving import LOOPBACK, PINCITE, free_port

PAGE = "https://news.example/harbour?id=1"
SMALL = "https://press.example/25-kilobytes"
FIRST = datetime(2016, 1, 1, tzinfo=UTC)
TICKS = os.sysconf("SC_CLK_TCK")


def build(folder: Path, captures: int) -> Path:
    """An archive with so many captures of one address, six hours apart; gives its WARC file."""
    store, chance = Store(str(folder)), random.Random(4)
    words = ["".join(chance.choices("etaoinshrdlu", k=chance.randint(2, 9))) for _ in range(2000)]
    log = Log(store.temp(), lambda: "2026-11-22T12:00:00Z", Info("benchmark"))
    for number in range(captures):
        log.exchange(_visit(PAGE, number, b"<p>%d" % number))
    text = " ".join(chance.choices(words, k=4200)).encode()[: 25 * 1024 - 40]
    log.exchange(_visit(SMALL, captures, b"<!doctype html><title>25 kB</title><p>" + text))
    sealed = log.seal()
    store.put(sealed.path, sealed.name)
    fold_names(store, folder / "archive.db", [sealed.name], "2026-12-01T00:00:00Z")
    (folder / "pincite.toml").write_text("", encoding="utf-8")
    return folder / "warcs" / sealed.name


def _visit(uri: str, number: int, body: bytes) -> Exchange:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    date = warc_date(FIRST + timedelta(hours=6 * number))
    request = f"GET {uri} HTTP/1.1\r\nHost: {urlsplit(uri).hostname}\r\n\r\n".encode()
    return Exchange(uri, date, request, io.BytesIO(head + body), None, ("http/1.1",), Provenance("page"))


@contextmanager
def running(command: list[str], port: int, folder: Path) -> Iterator[int]:
    """A server for the length of a block; gives its process id."""
    with subprocess.Popen(
        command, cwd=folder, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            _await(server, port)
            yield server.pid
        finally:
            server.terminate()


def _await(server: "subprocess.Popen[bytes]", port: int) -> None:
    for _ in range(600):
        if server.poll() is not None:
            raise SystemExit(f"{server.args!r} ended with {server.returncode}")
        try:
            connection = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
            connection.connect()
            connection.close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"nothing answers at port {port}")


def cpu(process: int) -> float:
    """CPU seconds of a process and of those that it started."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS


def timed(port: int, process: int, path: str, times: int, **headers: str) -> dict[str, float]:
    """Median milliseconds of a request on one kept connection, and CPU milliseconds of the server for it."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=60)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    took = []
    for number in range(times + 3):
        if number == 3:
            before = cpu(process)
        began = time.perf_counter()
        connection.request("GET", path, headers=named)
        answer = connection.getresponse()
        body = answer.read()
        took.append((time.perf_counter() - began) * 1000)
        if answer.status >= 400:
            raise SystemExit(f"{path}: {answer.status} {body[:200]!r}")
    spent = (cpu(process) - before) / times * 1000
    connection.close()
    return {"ms": round(statistics.median(took[3:]), 2), "cpu_ms": round(spent, 2), "bytes": len(body)}


def measure(port: int, process: int, of: Callable[[str, str], str], captures: int) -> dict[str, object]:
    """The three kinds of request; ``of`` makes an address from what is asked for and an original."""
    moment = FIRST + timedelta(hours=3 * captures, minutes=7)
    wanted = moment.strftime("%a, %d %b %Y %H:%M:%S GMT")
    stamp = (FIRST + timedelta(hours=6 * captures)).strftime("%Y%m%d%H%M%S")
    many, few = (400, 20) if captures < 1000 else (200, 12)
    return {
        "timegate": timed(port, process, of("", PAGE), few * 5, Accept_Datetime=wanted),
        "timemap": timed(port, process, of("timemap/link/", PAGE), few),
        "raw": timed(port, process, of(f"{stamp}id_/", SMALL), many * 5),
    }


def pincite(folder: Path, captures: int) -> dict[str, object]:
    """Ours, served as people serve it."""
    port = free_port()

    def address(what: str, original: str) -> str:
        return f"/{what}{original}" if what.startswith("timemap") else f"/web/{what}{original}"

    command = [*PINCITE, "-A", str(folder), "serve", "--port", str(port)]
    with running(command, port, folder) as process:
        return measure(port, process, address, captures)


def pywb(warc: Path, home: Path, folder: Path, captures: int) -> dict[str, object]:
    """The reference, with its defaults, over the same file."""
    if not (home / "bin" / "wayback").exists():
        venv.create(home, with_pip=True)
        subprocess.run([home / "bin" / "pip", "install", "-q", "pywb"], check=True)
    tool = [home / "bin" / "wb-manager"]
    for step in (["init", "c"], ["add", "c", str(warc)]):
        subprocess.run([*tool, *step], cwd=folder, check=True, capture_output=True)
    port = free_port()
    command = [str(home / "bin" / "wayback"), "-b", LOOPBACK, "-p", str(port)]
    with running(command, port, folder) as process:
        return measure(port, process, lambda what, original: f"/c/{what}{original}", captures)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--captures", type=int, default=10_000)
    parser.add_argument("--venv", type=Path, help="where pywb's environment is, or is to be kept")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pywb").mkdir()
        warc = build(folder / "archive", asked.captures)
        figures = {"pincite": pincite(folder / "archive", asked.captures)}
        home = asked.venv or folder / "environment"
        figures["pywb"] = pywb(warc, home, folder / "pywb", asked.captures)
    ours, theirs = figures["pincite"], figures["pywb"]
    ratios = {name: round(ours[name]["cpu_ms"] / theirs[name]["cpu_ms"], 2) for name in ours}  # type: ignore[index]
    if asked.json:
        print(json.dumps({**figures, "cpu_ratio": ratios}))
        return
    for who, what in figures.items():
        for name, figure in what.items():
            print(f"{who:<8} {name:<9} {figure}")
    print(f"CPU of ours to theirs: {ratios}")


if __name__ == "__main__":
    main()
