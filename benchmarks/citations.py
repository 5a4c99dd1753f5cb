"""How well links that cite are told from all others: ours against what a careful reader marked.

    python benchmarks/citations.py [--json] [--missed]     --missed: each link on which the two differ

The labels (tests/eval/citations.json) name pages of ../shared/corpus by the SHA-256 of their bytes; the
pages are not ours to ship. `cited`: addresses that a reader called citations; `either`: addresses on which
readers would differ, counted neither for nor against. What a page shows in frames (films, posts) is no
link and was not labelled: it is not counted either. Precision and recall are over addresses, each once a
page (fragments left out). `held_out` is a third of the pages, at which nobody looked before the rules had
been made from the others (precision 0.929 and recall 0.833 then; two rules were widened after a look).
`fresh`: pages labelled when all rules were made; `unseen`: the first twelve of the rest by the SHA-256 of
"unseen" and their digest, labelled after `fresh` had been looked at (precision and recall 0.729 then).
Then by the SHA-256 of their names and digests: `wider`, thirty of any kind; `linked`, twenty of those with
three links or more inside paragraphs, as all that follow, for a page without links tells little; `again`,
twenty; `last`, twelve; `close` and `end`, fifteen each that nobody had skimmed. Each was labelled when the
rules had been made from those before it, and then gave precision and recall of 0.548 and 0.654, 0.912 and
0.949, 0.771 and 0.9, 0.921 and 1, 0.75 and 1, 0.826 and 0.991.
`strict` counts every `either` that we name as a mistake.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from archive.uri import is_web
from benchmarks.extraction import CORPUS, read_pages
from ingest.citations import read_article
from ingest.extract import Page, extract

PARTS = ("tuned_on", "held_out", "fresh", "unseen", "wider", "linked", "again", "last", "close", "end")
LABELS = ROOT / "tests" / "eval" / "citations.json"


@dataclass(frozen=True, slots=True)
class Judged:
    """One page: what was found and wanted, by the forms of addresses in which they are compared."""

    uri: str
    part: str
    right: frozenset[str]
    wrong: frozenset[str]
    missed: frozenset[str]
    doubtful: frozenset[str]


def main() -> int:
    """Judge every labelled page and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--missed", action="store_true", help="each link on which we differ from the reader")
    arguments = parser.parse_args()
    judged = judge(CORPUS)
    if not judged:
        print(f"skipped: no labelled page in {CORPUS}; the pages lie outside this checkout", file=sys.stderr)
        return 0
    figures = scores(judged)
    if arguments.json:
        print(json.dumps(figures | {"worst": worst(judged)}, indent=1))
        return 0
    for name, row in figures.items():
        print(f"{name:9}", *(f"{key} {value}" for key, value in row.items()), sep="  ")
    for line in worst(judged):
        print("worst   ", *line.values(), sep="  ")
    if arguments.missed:
        for page in judged:
            for sign, uris in (("found, not cited:", page.wrong), ("cited, not found:", page.missed)):
                for uri in sorted(uris):
                    print(page.part, page.uri, sign, uri)
    return 0


def judge(folder: Path) -> list[Judged]:
    """Every labelled page that is there, read and compared."""
    if not (folder / "pages.warc.gz").exists():
        return []
    labels = {row["sha256"]: row for row in json.loads(LABELS.read_text(encoding="utf-8"))["pages"]}
    judged = []
    for page in read_pages(folder):
        digest = hashlib.sha256(page.payload).hexdigest()
        if digest in labels:
            judged.append(_judged(page, labels[digest], _part(digest, labels[digest])))
    return judged


def _part(digest: str, label: dict[str, Any]) -> str:
    return str(label.get("part") or ("held_out" if int(digest, 16) % 3 == 0 else "tuned_on"))


def _judged(page: Page, label: dict[str, list[str]], part: str) -> Judged:
    extraction = extract(page)
    findings = read_article("t" * 16, extraction.body, extraction.headings, extraction.links)
    found = compared(citation.uri for citation in findings.citations)
    frames = compared(named.uri for named in extraction.links.named if named.kind == "embed")
    cited, either = compared(label["cited"]), compared(label.get("either", ()))
    return Judged(
        page.uri, part, found & cited, found - cited - either - frames, cited - found, found & either
    )


def compared(uris: Iterable[str]) -> frozenset[str]:
    """Addresses in the form in which they are compared: no scheme, fragment, final slash or escape."""
    forms = set()
    for uri in uris:
        if is_web(uri):
            form = unquote(uri.partition("#")[0].partition("://")[2]).rstrip("/")
            forms.add(form.removeprefix("www.").replace("dx.doi.org/", "doi.org/"))
    return frozenset(forms)


def scores(judged: list[Judged]) -> dict[str, dict[str, float]]:
    """Precision and recall over all pages, over those that were tuned on, and over those held out."""
    return {
        "all": _score(judged),
        **{part: _score([page for page in judged if page.part == part]) for part in PARTS},
        "strict": _score(judged, strict=True),
    }


def _score(judged: list[Judged], strict: bool = False) -> dict[str, float]:
    right = sum(len(page.right) for page in judged)
    wrong = sum(len(page.wrong) + (len(page.doubtful) if strict else 0) for page in judged)
    missed = sum(len(page.missed) for page in judged)
    return {
        "precision": round(right / max(1, right + wrong), 4),
        "recall": round(right / max(1, right + missed), 4),
        "pages": len(judged),
        "cited": right + missed,
        "found": right + wrong,
    }


def worst(judged: list[Judged], most: int = 10) -> list[dict[str, object]]:
    """The pages with the most mistakes."""
    ranked = sorted(judged, key=lambda page: -len(page.wrong) - len(page.missed))[:most]
    return [
        {"uri": page.uri, "wrong": len(page.wrong), "missed": len(page.missed), "right": len(page.right)}
        for page in ranked
        if page.wrong or page.missed
    ]


if __name__ == "__main__":
    sys.exit(main())
