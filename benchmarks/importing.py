"""Importing real pages beside a bare loop of trafilatura over them: CPU seconds of both, in one run.

    python benchmarks/importing.py PAGES.warc.gz [--json]

The loop is `bare_extraction(bytes, url=…, with_metadata=True)` over every response, in one process.
The import is `pincite import` into a fresh archive: reading, extraction under limits in child
processes, WARC writing, folding, full-text index.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.program import PINCITE, environment, pincite

LOOP = """
import sys
from trafilatura import bare_extraction
from warcio.archiveiterator import ArchiveIterator
found = pages = 0
with open(sys.argv[1], "rb") as stream:
    for record in ArchiveIterator(stream):
        if record.rec_type == "response":
            pages += 1
            document = bare_extraction(record.content_stream().read(),
                                       url=record.rec_headers["WARC-Target-URI"], with_metadata=True)
            found += bool(document and document.text)
print(pages, found)
"""


def _timed(command: list[str]) -> tuple[float, float, str]:
    """CPU seconds of a command and its children, wall seconds, and what it printed."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.monotonic() - began, done.stdout


def measure(pages: Path) -> dict[str, float]:
    """Both ways over the same file."""
    bare, _, said = _timed([sys.executable, "-c", LOOP, str(pages)])
    total, found = map(int, said.split())
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive"
        pincite("init", archive)
        cpu, wall, out = _timed([*PINCITE, "-A", str(archive), "import", str(pages), "--json"])
    (file,) = json.loads(out)["files"]
    return {"pages": total, "texts": file["texts"], "share": round(file["texts"] / total, 4),
            "texts_of_bare_loop": found, "cpu": round(cpu, 1), "wall": round(wall, 1),
            "cpu_of_bare_loop": round(bare, 1), "ratio": round(cpu / bare, 2)}  # fmt: skip


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pages", nargs="?", type=Path, default=ROOT.parent / "shared/corpus/pages.warc.gz")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if not asked.pages.exists():
        print(f"skipped: {asked.pages} is not here; name a WARC of real pages")
        return
    figures = measure(asked.pages)
    print(
        json.dumps(figures)
        if asked.json
        else "\n".join(f"{name:<24} {figure}" for name, figure in figures.items())
    )


if __name__ == "__main__":
    main()
