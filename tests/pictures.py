"""Pictures of every kind of page for `docs/pictures/`, light and dark, from an archive that is served for it.

    python -m tests.pictures ARCHIVE

ARCHIVE is that of `make demo`; `make pictures` makes it. What changed between two snapshots is shown on the
archive that the tests of the site write, one of whose sources was edited.
"""

import io
import re
import sys
import tempfile
from collections.abc import Mapping
from itertools import product
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser import Scheme, opened_page, running_chromium
from tests.serving import get, served
from tests.site_archive import build
from tests.source_tree import ROOT

FOLDER = ROOT / "docs" / "pictures"
# Text on few grounds: more colours are not seen, fewer make letters ragged.
COLOURS = 32
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def main() -> None:
    """Take every picture anew."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_chromium() as browser:
        written = build(Path(folder), revisited=True)
        (Path(folder) / "pincite.toml").write_text("", encoding="utf-8")
        with served(written.folder, cwd=ROOT) as base:
            one, later = (written.snapshots[name].id for name in ("harbour", "later"))
            pictured(browser, base, {"diff": f"/snapshot/{one}/diff/{later}"})
        with served(Path(sys.argv[1]), cwd=ROOT) as base:
            pictured(browser, base, found(base))


def pictured(browser: Browser, base: str, addresses: Mapping[str, str]) -> None:
    """Each page wide, those that are read most on a phone too."""
    for scheme, width in product(SCHEMES, (1280, 360)):
        with opened_page(browser, width, scheme) as page:
            for name, address in addresses.items():
                if width == 1280 or name in ("article", "snapshot"):
                    taken(page, base + address, f"{name}-{width}-{scheme}")


def found(base: str) -> dict[str, str]:
    """The address of a page of each kind, as a reader would come to it."""
    article = first(base, "/", r"/article/\w+")
    shown = get(base + article)[1]
    differs = re.search(r'class="claim differs"[^>]*href="#c-(\w+)"', shown)
    claim = differs[1] if differs else first(base, article, r"#c-(\w+)")
    source = first(base, f"/claim/{claim}", r"/snapshot/\w+")
    passage = first(base, f"/claim/{claim}", r"/passage/\w+/\d+-\d+")
    return {
        "home": "/",
        "article": f"{article}?claim={claim}#m-{claim}",
        "snapshot": source,
        "passage": f"{passage}#passage",
        "search": "/search?q=petrels",
        "lost": "/lost",
    }


def first(base: str, page: str, pattern: str) -> str:
    """The first address of a page that has a pattern (or the pattern's group)."""
    match = re.search(pattern, get(base + page)[1])
    if match is None:
        raise SystemExit(f"{page} leads to nothing like {pattern}: is this the archive of `make demo`?")
    return match[match.lastindex or 0]


def taken(page: Page, address: str, name: str) -> None:
    """One picture, in few colours."""
    page.goto(address)
    image = Image.open(io.BytesIO(page.screenshot()))
    small = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
