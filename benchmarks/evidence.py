"""How well passages are found: the shipped matcher on people's marks (format of WiCE as JSON lines).

    python benchmarks/evidence.py FILE.jsonl --json [--cv] [--more FILE.jsonl …] [--semantic]

Each line: `claim`, `evidence` (the sentences of the cited page), `supporting_sentences` (lists of indices,
each a valid set). hit@k: a marked sentence among the first k. set_*: the chosen set against the marked set
that it fits best. Claims without a marked set are left out of both. `right_of_4_*`: the claim's own page has
the highest probability beside three others, any or look-alikes. `kept_at_1_percent`: the share of claims
that are linked to their own page where the floor lets through one in a hundred of any other pages;
`kept_at_1_in_1000`: likewise. `kept_*` and `false_*`: the same at the shipped floors, for sources that the
author tied and for listed ones; `akin_*`: the share of links to pages that the same article cites for another
claim. Some of these bear the claim as well, unmarked, so it is more than what is false.

`scored` says what was scored. `shipped`: the weights in the package; they were trained on WiCE's development
part among others, so on that file the figures flatter. `cross-validated`: weights trained anew for each of
five folds of whole pages and articles, on the other four and on the files of --more.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from archive.anchor import describe
from archive.model import Citation, Claim
from benchmarks.pages import Case, Page, cases, cited_beside, look_alikes, random_others
from ingest import semantic
from ingest.evidence import ArticleText, match, ranking
from ingest.evidence.meaning import Meaning
from ingest.evidence.model import Model, read
from ingest.evidence.query import Rarity

DEFAULT = ROOT.parent / "shared" / "claims" / "wice-dev.jsonl"
FOLDS = 5
SHARES = {"1_percent": 0.01, "1_in_1000": 0.001}


@dataclass(frozen=True, slots=True)
class Scored:
    """One claim: the place of its first marked sentence, its set's fit, and the probabilities of pages."""

    place: int | None
    fit: tuple[float, float, float]
    own: float
    any_other: tuple[float, ...]
    alone: float
    own_alike: float
    alike: tuple[float, ...]
    akin: tuple[float, ...]


def tried(case: Case, found: Sequence[Case], model: Model) -> Scored:
    """A claim on its own page, and beside other ones."""
    page = case.page
    alone = ranking.find(case.query, page.index, Rarity([page.index]), model)
    chosen = [page.number(one.sentence) for one, _ in alone.chosen]
    order = list(dict.fromkeys([*chosen, *(page.number(one.sentence) for one in alone.ranked)]))
    place = next((n for n, sentence in enumerate(order, start=1) if sentence in case.right), None)
    among = [chances(case, others(case, found), model) for others in (random_others, look_alikes)]
    fit = case.fit(one.sentence for one, _ in alone.chosen)
    akin = chances(case, cited_beside(case, found), model)[1:]
    return Scored(place, fit, among[0][0], among[0][1:], alone.probability, among[1][0], among[1][1:], akin)


def chances(case: Case, others: Sequence[Case], model: Model) -> tuple[float, ...]:
    """The probability of the claim's own page, then of the others, all searched together."""
    indexes = [case.page.index, *(other.page.index for other in others)]
    rarity = Rarity(indexes)
    query = case.ask(rarity)
    return tuple(ranking.find(query, index, rarity, model).probability for index in indexes)


def figures(scored: Sequence[Scored], linked_from: Mapping[str, float]) -> dict[str, float]:
    """Every figure over the claims that have a marked set."""
    count = len(scored) or 1
    places = [one.place or 10**9 for one in scored]
    found = {f"hit@{k}": sum(place <= k for place in places) / count for k in (1, 3, 5)}
    found["mrr"] = sum(1 / place for place in places if place < 10**9) / count
    for at, name in enumerate(("set_f1", "set_precision", "set_recall")):
        found[name] = sum(one.fit[at] for one in scored) / count
    found["right_of_4_any"] = sum(one.own > max(one.any_other, default=0.0) for one in scored) / count
    found["right_of_4_alike"] = sum(one.own_alike > max(one.alike, default=0.0) for one in scored) / count
    false = sorted((chance for one in scored for chance in one.any_other), reverse=True)
    akin = [chance for one in scored for chance in one.akin]
    for name, share in SHARES.items():
        floor = false[int(share * len(false))] if false else 0.0
        found[f"floor_at_{name}"] = floor
        found[f"kept_at_{name}"] = sum(one.own > floor for one in scored) / count
    for how, least in linked_from.items():
        found[f"kept_{how}"] = sum(one.own >= least for one in scored) / count
        found[f"false_{how}"] = sum(chance >= least for chance in false) / (len(false) or 1)
        found[f"akin_{how}"] = sum(chance >= least for chance in akin) / (len(akin) or 1)
    return found | {"claims": len(scored)}


def folds(found: Sequence[Case]) -> list[list[Case]]:
    """The cases in five parts: no page and no article stands in two of them."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for case in found:
        page, title = case.group
        parent[root(f"article {title}" if title else page)] = root(page)
    roots = sorted({root(case.group[0]) for case in found})
    random.Random(0).shuffle(roots)
    part = {name: number % FOLDS for number, name in enumerate(roots)}
    return [[case for case in found if part[root(case.group[0])] == number] for number in range(FOLDS)]


def cross_validated(
    found: Sequence[Case], more: Sequence[Case], meaning: Meaning | None
) -> list[Scored]:
    """Each claim scored by weights that were trained without its page and its article."""
    from benchmarks.train_evidence import trained

    scored: list[Scored] = []
    for held in folds(found):
        others = [case for case in found if case not in held]
        model = read(trained([*others, *more], meaning), ranking.COMPUTED)
        scored.extend(tried(case, held, model) for case in held)
    return scored


def linked(case: Case, page: Page) -> bool:
    """Whether all that `match` does, its signals included, links a claim to a page."""
    before = f"{case.around.before}\n\n"
    body = before + case.claim
    claim = Claim("article", describe(body, len(before), len(body)))
    citation = Citation("article", "page")
    article = ArticleText("article", body, "en", {claim.id: case.around.section}, case.title)
    ties = [(claim.id, citation.id)]
    return bool(match(article, [claim], [citation], ties, {citation.id: page.source})[0])


def timed(found: Sequence[Case]) -> dict[str, float]:
    """CPU per claim for all that `match` does, making the page ready included; and for 80 sentences of it.

    Taken before anything is scored: what the scoring keeps of every page would be gone through again and
    again by the collector of garbage.
    """
    told: dict[str, float] = {}
    for name, most in (("ms_per_claim", None), ("ms_per_80_sentences", 80)):
        pages = [(case, Page("timed", case.line["evidence"][:most])) for case in found]
        began = time.process_time()
        for case, page in pages:
            linked(case, page)
        told[name] = 1000 * (time.process_time() - began) / (len(found) or 1)
    return told


def further(files: Sequence[Path]) -> list[Case]:
    """The cases of further files to train on, with the weight that they have in training."""
    from benchmarks.train_evidence import FURTHER_FILES

    return [case for file in files for case in cases(file, FURTHER_FILES)]


def score(
    found: Sequence[Case], more: Sequence[Case] | None = None, meaning: Meaning | None = None
) -> dict[str, Any]:
    """All figures: of the shipped weights, or cross-validated where there are further cases (or none).

    ``meaning``: the sentence encoder that helps; the times are without it.
    """
    times = timed(found)
    for case in found:
        case.page.index.reader = meaning
    if more is None:
        scored = [tried(case, found, ranking.SHIPPED) for case in found]
    else:
        scored = cross_validated(found, more, meaning)
    told = figures(scored, ranking.SHIPPED.linked_from) | times
    how = "shipped" if more is None else "cross-validated"
    return {"scored": how} | {name: round(value, 4) for name, value in told.items()}


def main() -> int:
    """Print the figures of a file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--cv", action="store_true", help="train anew for each fold; scores the method")
    parser.add_argument("--more", nargs="*", type=Path, default=[], help="further files to train on")
    parser.add_argument("--semantic", action="store_true", help="with the encoder of the extra [semantic]")
    given = parser.parse_args()
    if not given.file.is_file():
        print(f"no file {given.file}: give one in the format of WiCE (see --help)", file=sys.stderr)
        return 0 if given.file == DEFAULT else 2
    encoder = semantic.encoder() if given.semantic else None
    told = score(cases(given.file), further(given.more) if given.cv else None, encoder)
    print(json.dumps(told) if given.json else "\n".join(f"{name:20} {told[name]}" for name in told))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
