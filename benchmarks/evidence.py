"""How well passages are found: the shipped matcher on people's marks (format of WiCE as JSON lines).

    python benchmarks/evidence.py FILE.jsonl --json

Each line: `claim`, `evidence` (the sentences of the cited page), `supporting_sentences` (lists of indices,
each a valid set). hit@k: a marked sentence among the first k. set_*: the chosen set against the marked set
that it fits best. Claims without a marked set are left out of both. `kept_*` and `false_*`: the share of
marked claims that are linked to their own page, and of pages of three other claims that are linked falsely,
at the floor for sources that the author tied and for those of an article's list.
"""

import argparse
import json
import sys
import time
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from archive.model import Citation, Claim, Passage  # noqa: E402
from ingest.evidence import ArticleText, Source, match  # noqa: E402
from ingest.evidence.ranking import Rarity, choose, rank  # noqa: E402
from ingest.evidence.source import Index  # noqa: E402

DEFAULT = ROOT.parent / "shared" / "claims" / "wice-dev.jsonl"
OTHERS = 3


class Page:
    """The page of one line: its sentences joined to a text, and the way back to their numbers."""

    def __init__(self, number: int, sentences: Sequence[str]) -> None:
        spans = []
        at = 0
        for sentence in sentences:
            spans.append((at, at + len(sentence)))
            at += len(sentence) + 1
        self.starts = [start for start, _ in spans]
        self.source = Source(f"page {number}", "\n".join(sentences), "en", tuple(spans))
        self.index = Index(self.source)

    def number(self, sentence: int) -> int:
        """The line's number of a sentence of the index, which cuts overlong ones."""
        return bisect_right(self.starts, self.index.spans[sentence][0]) - 1


def best_set(chosen: set[int], marked: Sequence[Sequence[int]]) -> tuple[float, float, float]:
    """F1, precision and recall against the marked set that fits best."""
    best = (0.0, 0.0, 0.0)
    for wanted in filter(None, map(set, marked)):
        common = len(chosen & wanted)
        if common:
            precision, recall = common / len(chosen), common / len(wanted)
            best = max(best, (2 * precision * recall / (precision + recall), precision, recall))
    return best


def score(lines: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Every figure over the claims that have a marked set."""
    pages = [Page(number, line["evidence"]) for number, line in enumerate(lines)]
    marked = [number for number, line in enumerate(lines) if any(line["supporting_sentences"])]
    return ranked_right(lines, pages, marked) | linked(lines, pages, marked) | timed(lines)


def ranked_right(lines: Sequence[dict[str, Any]], pages: list[Page], marked: list[int]) -> dict[str, float]:
    """How often a marked sentence comes first, and how well the chosen set fits the marked one."""
    hits = dict.fromkeys((1, 3, 5), 0)
    reciprocal = 0.0
    sets = []
    for number in marked:
        line, page = lines[number], pages[number]
        query = Rarity([page.index]).query(line["claim"])
        ranked = rank(query, page.index)
        order = list(dict.fromkeys(page.number(r.sentence) for r in ranked))
        right = {index for group in line["supporting_sentences"] for index in group}
        place = next((n for n, sentence in enumerate(order, start=1) if sentence in right), None)
        for k in hits:
            hits[k] += place is not None and place <= k
        reciprocal += 1 / place if place else 0.0
        chosen = {page.number(r.sentence) for r in choose(query, ranked)}
        sets.append(best_set(chosen, line["supporting_sentences"]))
    count = len(marked) or 1
    found = {f"hit@{k}": hits[k] / count for k in hits} | {"mrr": reciprocal / count}
    fits = ("set_f1", "set_precision", "set_recall")
    found |= {name: sum(one[place] for one in sets) / count for place, name in enumerate(fits)}
    return found | {"claims": len(marked)}


def linked(lines: Sequence[dict[str, Any]], pages: list[Page], marked: list[int]) -> dict[str, float]:
    """What the floors keep of the true links, and let through of false ones."""
    kept = {"tied": 0, "listed": 0}
    false = {"tied": 0, "listed": 0}
    total = 0
    for number in marked:
        others = list(_others(lines, number))
        total += len(others)
        for how in kept:
            claim, strange = lines[number]["claim"], [pages[n].source for n in others]
            kept[how] += pages[number].source.text_id in _texts(claim, [pages[number].source, *strange], how)
            # Without its own page: beside a true passage a weak false one would not be shown anyway.
            false[how] += len(_texts(claim, strange, how))
    count = len(marked) or 1
    shares = {f"kept_{how}": kept[how] / count for how in kept}
    return shares | {f"false_{how}": false[how] / (total or 1) for how in false}


def _others(lines: Sequence[dict[str, Any]], number: int) -> Iterator[int]:
    """Three lines further on whose pages and subjects are other ones; spread over the file."""
    subject = (lines[number].get("meta") or {}).get("claim_title")
    taken = 0
    for step in range(1, len(lines)):
        other = (number + 37 * step) % len(lines)
        same_page = lines[other]["evidence"][:3] == lines[number]["evidence"][:3]
        same_subject = subject and (lines[other].get("meta") or {}).get("claim_title") == subject
        if other != number and not same_page and not same_subject:
            yield other
            taken += 1
            if taken == OTHERS:
                return


def _texts(claim: str, sources: Sequence[Source], how: str) -> set[str]:
    """The sources that a claim is linked to."""
    citations = [Citation("article", source.text_id) for source in sources]
    found = Claim("article", Passage(0, len(claim), claim))
    ties = [(found.id, citation.id) for citation in citations if how == "tied"]
    by_citation = dict(zip((citation.id for citation in citations), sources, strict=True))
    evidence, _ = match(ArticleText("article", claim, "en"), [found], citations, ties, by_citation)
    return {one.text for one in evidence}


def timed(lines: Sequence[dict[str, Any]]) -> dict[str, float]:
    """CPU per claim for all that `match` does, the index of the page and the signals included."""
    sources = [Page(number, line["evidence"]).source for number, line in enumerate(lines)]
    began = time.process_time()
    for line, source in zip(lines, sources, strict=True):
        _texts(line["claim"], [source], "tied")
    spent = time.process_time() - began
    return {"ms_per_claim": 1000 * spent / (len(lines) or 1)}


def main() -> int:
    """Print the figures of a file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    given = parser.parse_args()
    if not given.file.is_file():
        print(f"no file {given.file}: give one in the format of WiCE (see --help)", file=sys.stderr)
        return 0 if given.file == DEFAULT else 2
    lines = [json.loads(line) for line in given.file.read_text("utf-8").splitlines() if line.strip()]
    figures = {name: round(value, 4) for name, value in score(lines).items()}
    if given.json:
        print(json.dumps(figures))
    else:
        print("\n".join(f"{name:14} {value:g}" for name, value in figures.items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
