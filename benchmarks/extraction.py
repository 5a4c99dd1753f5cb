"""How much text our extraction gets, how good it is, and what it costs beside the library alone.

    python benchmarks/extraction.py [FOLDER] [--json]       FOLDER holds pages.warc.gz and gold.jsonl

One run, one process: first a loop of the library's ``bare_extraction`` over the bytes, then ours over the
same. F1 is the overlap of words with the bodies that people wrote down; ``with`` and ``without`` are the
shares of their snippets that the text holds.
"""

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import trafilatura
from warcio.archiveiterator import ArchiveIterator

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ingest.citations import read_article
from ingest.extract import Page, extract

CORPUS = ROOT.parent / "shared/corpus"
Gold = dict[str, dict[str, object]]


def main() -> int:
    """Run both over a corpus and print their figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    arguments = parser.parse_args()
    if not (arguments.folder / "pages.warc.gz").exists():
        print(f"skipped: no pages.warc.gz in {arguments.folder}; name a corpus", file=sys.stderr)
        return 0
    pages, gold = read_pages(arguments.folder), read_gold(arguments.folder)
    extract(pages[0])
    figures = {
        "library": measured(pages, gold, library),
        "ours": measured(pages, gold, lambda page: extract(page).body),
        "ours and findings": measured(pages, gold, with_findings),
    }
    for name in list(figures)[1:]:
        figures[name]["ratio"] = round(figures[name]["seconds"] / figures["library"]["seconds"], 2)
    if arguments.json:
        print(json.dumps(figures, indent=1))
    else:
        for name, row in figures.items():
            print(f"{name:20}", *(f"{key} {value}" for key, value in row.items()), sep="  ")
    return 0


def read_pages(folder: Path) -> list[Page]:
    """Every response of the corpus as a page."""
    pages = []
    with (folder / "pages.warc.gz").open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response":
                stated = re.search(r"charset=([\w-]+)", record.http_headers.get_header("Content-Type") or "")
                uri = record.rec_headers.get_header("WARC-Target-URI")
                pages.append(Page(record.content_stream().read(), "text/html", stated and stated[1], uri))
    return pages


def read_gold(folder: Path) -> Gold:
    """What people wrote down, by address."""
    lines = (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["url"]: row for row in map(json.loads, lines)}


def library(page: Page) -> str:
    """The library's own text, with the metadata that it finds."""
    found = trafilatura.bare_extraction(page.payload, url=page.uri, with_metadata=True)
    return found.text or "" if found is not None and not isinstance(found, dict) else ""


def with_findings(page: Page) -> str:
    """Our text, after its claims and citations were read too."""
    found = extract(page)
    read_article("", found.body, found.headings, found.links)
    return found.body


def measured(pages: list[Page], gold: Gold, read: Callable[[Page], str]) -> dict[str, float]:
    """CPU seconds, share of pages with text, and how well the text agrees with the gold."""
    started = time.process_time()
    texts = {page.uri: read(page) for page in pages}
    seconds = time.process_time() - started
    with_text = sum(map(bool, texts.values())) / len(pages)
    return {"seconds": round(seconds, 2), "text": round(with_text, 4)} | scored(texts, gold)


def scored(texts: dict[str, str], gold: Gold) -> dict[str, float]:
    """Mean F1 against whole bodies; shares of wanted and unwanted snippets found."""
    overlaps = [f1(texts[uri], str(row["body"])) for uri, row in gold.items() if row.get("body")]
    lines = {uri: " ".join(text.split()) for uri, text in texts.items()}
    held = {
        key: [
            " ".join(str(snippet).split()) in lines[uri]
            for uri, row in gold.items()
            if isinstance(snippets := row.get(key), list)
            for snippet in snippets
        ]
        for key in ("with", "without")
    }
    return {"f1": round(sum(overlaps) / max(1, len(overlaps)), 4)} | {
        key: round(sum(found) / max(1, len(found)), 4) for key, found in held.items()
    }


def f1(text: str, wanted: str) -> float:
    """The harmonic mean of precision and recall over words, counted with their repetitions."""
    left, right = (Counter(re.findall(r"\w+", words.lower())) for words in (text, wanted))
    common = sum((left & right).values())
    return 2 * common / (sum(left.values()) + sum(right.values())) if common else 0.0


if __name__ == "__main__":
    sys.exit(main())
