"""The page view of real pages beside pywb's rewritten pages, each page asked for once: CPU of both servers.

    python benchmarks/replay.py PAGES.warc.gz [--pages 200] [--venv FOLDER] [--json]

Both serve the same WARC file on loopback, in one run. ``frame`` is the rewritten page alone, ``view`` with
the page around it, as a reader asks for both. pywb (GPL) is put into an environment of its own, in FOLDER or
in a temporary one, and is no dependency of ours.
"""

import argparse
import http.client
import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from archive.index.write import fold_names
from archive.model import grouped
from archive.store import Store
from benchmarks.memento import cpu, running
from tests.serving import LOOPBACK, PINCITE, free_port
from tests.warcs import sha256

# What a server does once and not for each page.
WARM = 5
Page = tuple[str, str, str]


def build(folder: Path, warc: Path, most: int) -> list[Page]:
    """An archive that holds the file; the id, time and address of its HTML pages of status 200."""
    store = Store(str(folder))
    copy = store.temp() / "copy"
    shutil.copyfile(warc, copy)
    name = f"imported/{sha256(warc.read_bytes()).removeprefix('sha256:')}.warc.gz"
    store.put(copy, name)
    fold_names(store, folder / "archive.db", [name], "2026-12-01T00:00:00Z")
    (folder / "pincite.toml").write_text("", encoding="utf-8")
    sql = """SELECT id, timestamp, uri FROM snapshots WHERE media LIKE '%html%' AND fault IS NULL
             AND coalesce(status, 200) = 200 GROUP BY uri ORDER BY id LIMIT ?"""
    with closing(sqlite3.connect(folder / "archive.db")) as index:
        return list(index.execute(sql, (most + WARM,)))


def asked(port: int, process: int, paths: Sequence[str]) -> dict[str, float]:
    """CPU milliseconds of the server for a path, each asked for once on one connection; and the bytes."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=60)
    size, before = 0, 0.0
    for number, path in enumerate(paths):
        if number == WARM:
            size, before = 0, cpu(process)
        connection.request("GET", path)
        answer = connection.getresponse()
        size += len(answer.read())
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")
    spent, count = cpu(process) - before, len(paths) - WARM
    connection.close()
    return {"cpu_ms": round(spent / count * 1000, 2), "kb": round(size / count / 1000, 1)}


def pincite(folder: Path, pages: Sequence[Page]) -> dict[str, dict[str, float]]:
    """Ours, served as people serve it."""
    port = free_port()
    with running([*PINCITE, "-A", str(folder), "serve", "--port", str(port)], port, folder) as process:
        kinds = {"frame": "/snapshot/{}/page/frame", "around": "/snapshot/{}/page"}
        return {
            kind: asked(port, process, [form.format(grouped(one)) for one, _, _ in pages])
            for kind, form in kinds.items()
        }


def pywb(warc: Path, home: Path, folder: Path, pages: Sequence[Page]) -> dict[str, dict[str, float]]:
    """The reference, with its defaults, over the same file."""
    if not (home / "bin" / "wayback").exists():
        venv.create(home, with_pip=True)
        subprocess.run([home / "bin" / "pip", "install", "-q", "pywb"], check=True)
    for step in (["init", "c"], ["add", "c", str(warc)]):
        subprocess.run([home / "bin" / "wb-manager", *step], cwd=folder, check=True, capture_output=True)
    port = free_port()
    command = [str(home / "bin" / "wayback"), "-b", LOOPBACK, "-p", str(port)]
    with running(command, port, folder) as process:
        kinds = {"frame": "/c/{}mp_/{}", "around": "/c/{}/{}"}
        return {
            kind: asked(port, process, [form.format(time, uri) for _, time, uri in pages])
            for kind, form in kinds.items()
        }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("warc", nargs="?", type=Path, default=ROOT.parent / "shared/corpus/pages.warc.gz")
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--venv", type=Path, help="where pywb's environment is, or is to be kept")
    parser.add_argument("--json", action="store_true")
    said = parser.parse_args()
    if not said.warc.exists():
        print(f"skipped: {said.warc} is not here; name a WARC of real pages")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pywb").mkdir()
        pages = build(folder / "archive", said.warc, said.pages)
        figures = {"pincite": pincite(folder / "archive", pages)}
        figures["pywb"] = pywb(said.warc, said.venv or folder / "environment", folder / "pywb", pages)
    cost = {who: {kind: what[kind]["cpu_ms"] for kind in what} for who, what in figures.items()}
    ratios = {"frame": round(cost["pincite"]["frame"] / cost["pywb"]["frame"], 2)}
    ratios["view"] = round(sum(cost["pincite"].values()) / sum(cost["pywb"].values()), 2)
    if said.json:
        print(json.dumps({"pages": len(pages) - WARM, **figures, "cpu_ratio": ratios}))
        return
    for who, what in figures.items():
        for kind, figure in what.items():
            print(f"{who:<8} {kind:<7} {figure}")
    print(f"CPU of ours to theirs over {len(pages) - WARM} pages: {ratios}")


if __name__ == "__main__":
    main()
