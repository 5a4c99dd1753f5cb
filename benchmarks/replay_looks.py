"""How alike the page view is to the live page: real pages served on loopback, captured, seen in Chromium.

    python benchmarks/replay_looks.py [PAGES.warc.gz] [--pages 50] [--venv FOLDER] [--json]

Each page is served on loopback and captured by Pincite with what it needs; what lies on other hosts is there
for neither. Then both are photographed, and compared by structural similarity (SSIM, 1 is equal): the live
page with its scripts and without, the archived one as its frame shows it. Every request of the browser for
anything but the archive is counted while it shows the archived page: there must be none. The library for
the similarity (scikit-image) is put into an environment of its own, in FOLDER or in a temporary one.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser
from playwright.sync_api import TimeoutError as TookTooLong

from archive.model import Snapshot
from archive.warc.media import HTML
from archive.warc.record import Record, records
from ingest.capture import capture_uri
from tests.browser import opened_page, running_chromium
from tests.serving import served
from tests.web import Web, answer
from tests.working import working

_LIKENESS = """
import sys
from skimage.color import rgb2gray
from skimage.io import imread
from skimage.metrics import structural_similarity
one, other = (rgb2gray(imread(name)[..., :3]) for name in sys.argv[1:])
print(structural_similarity(one, other, data_range=1.0))
"""
# What the banner leaves of the window is not compared: the frame's own address is photographed.
WIDTH = 1280
_PATIENCE = 8000.0


def real_pages(warc: Path, most: int) -> Iterator[tuple[bytes, str]]:
    """The HTML of a file's responses, from different places of it, with the charset stated."""
    with warc.open("rb") as stream:
        found = [
            (record.payload().body.read(), record.http.field("Content-Type") or HTML)
            for record in records(stream, warc.name)
            if isinstance(record, Record) and record.type == "response" and record.http
        ]
    step = max(1, len(found) // most)
    yield from found[::step][:most]


def captured(folder: Path, web: Web, pages: Sequence[tuple[bytes, str]]) -> list[Snapshot]:
    """The pages, served and captured one by one."""
    snapshots = []
    with working(folder) as held:
        for number, (body, media) in enumerate(pages):
            web.raw(f"/{number}.html", answer(200, body, {"Content-Type": media}))
            captured = capture_uri(held, web.url(f"/{number}.html"))
            if captured.snapshot:
                snapshots.append(captured.snapshot)
            print(f"captured {number + 1} of {len(pages)}", file=sys.stderr)
    return snapshots


def photographed(
    browser: Browser, address: str, script: bool, framed: bool
) -> tuple[bytes | None, list[str]]:
    """A picture of a page (None where its scripts let none be taken), and what the browser asked for."""
    asked: list[str] = []
    with opened_page(browser, WIDTH, script=script) as page:
        page.on("request", lambda request: asked.append(request.url))
        if framed:
            plain = {"Accept": "text/html"}
            page.route("**/page/frame", lambda route: route.fulfill(response=route.fetch(headers=plain)))
        # A live page's scripts may wait for hosts that are not there, and for ever.
        with suppress(TookTooLong):
            page.goto(address, wait_until="load", timeout=_PATIENCE)
        try:
            return page.screenshot(animations="disabled", timeout=_PATIENCE), asked
        except TookTooLong:
            return None, asked


def likeness(home: Path, pairs: Sequence[tuple[bytes, bytes]]) -> list[float]:
    """Structural similarity of each two pictures of one size, in grey."""
    if not (home / "bin" / "python").exists():
        venv.create(home, with_pip=True)
        subprocess.run([home / "bin" / "pip", "install", "-q", "scikit-image"], check=True)
    found = []
    with tempfile.TemporaryDirectory() as name:
        files = [Path(name, "one.png"), Path(name, "other.png")]
        for pair in pairs:
            for file, picture in zip(files, pair, strict=True):
                file.write_bytes(picture)
            command = [home / "bin" / "python", "-c", _LIKENESS, *files]
            found.append(float(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    return found


def compared(browser: Browser, base: str, snapshot: Snapshot, home: Path) -> dict[str, object]:
    """One page: how alike, and what was asked for outside the archive."""
    shown, asked = photographed(browser, f"{base}/snapshot/{snapshot.id}/page/frame", False, True)
    outside = [uri for uri in asked if not uri.startswith((base, "data:"))]
    ways = {"scripts": True, "no_scripts": False}
    live = [photographed(browser, snapshot.uri, on, False)[0] for on in ways.values()]
    said: dict[str, float | None] = {}
    for way, picture in zip(ways, live, strict=True):
        both = [(picture, shown)] if picture and shown else []
        said[way] = round(likeness(home, both)[0], 4) if both else None
    return {"page": snapshot.uri.rpartition("/")[2], **said, "outside": len(outside)}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("warc", nargs="?", type=Path, default=ROOT.parent / "shared/corpus/pages.warc.gz")
    parser.add_argument("--pages", type=int, default=50)
    parser.add_argument("--venv", type=Path, help="where that environment is, or is to be kept")
    parser.add_argument("--json", action="store_true")
    said = parser.parse_args()
    if not said.warc.exists():
        print(f"skipped: {said.warc} is not here; name a WARC of real pages")
        return
    with tempfile.TemporaryDirectory() as name, Web() as web, running_chromium() as browser:
        folder = Path(name)
        snapshots = captured(folder, web, list(real_pages(said.warc, said.pages)))
        with served(folder, cwd=ROOT) as base:
            home = said.venv or folder / "environment"
            figures = [compared(browser, base, one, home) for one in snapshots]
    for figure in () if said.json else figures:
        print(figure)
    total: dict[str, object] = {
        "pages": len(figures),
        "outside": sum(int(str(one["outside"])) for one in figures),
    }
    for way in ("scripts", "no_scripts"):
        values = sorted(float(str(one[way])) for one in figures if one[way] is not None)
        total[way] = {
            "median": statistics.median(values),
            "lowest": values[0],
            "over_0.9": sum(v > 0.9 for v in values),
        }
    print(json.dumps({**total, "each": figures} if said.json else total))


if __name__ == "__main__":
    main()
