"""Train the weights that the matcher ships with, from people's marks (format of WiCE as JSON lines).

    python benchmarks/train_evidence.py FILE.jsonl [MORE.jsonl …] --out ingest/evidence/weights.json

Four linear models, one after the other, each by Newton's method with a penalty on large weights:
`rank` (of a page's sentences, which are marked: softmax over the page), `add` (does a sentence belong to the
set: yes or no), `source` (is the claim in this page or in another one: yes or no), `meant` (the same with
what the encoder of the extra `[semantic]` says, which must be installed to write weights; it takes minutes).
Claims of the first file count whole, those of further files a quarter.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.pages import Case, beside, cases, short
from ingest import semantic
from ingest.evidence import presence, ranking
from ingest.evidence.features import NAMES, Measure
from ingest.evidence.meaning import Meaning
from ingest.evidence.model import Model, read
from ingest.evidence.query import Query, Rarity

# How hard large weights are penalised, on features brought to one scale.
RANK_PENALTY, ADD_PENALTY, SOURCE_PENALTY = 10.0, 2.0, 3.0
FURTHER_FILES = 0.25
# A choice that changes nothing of the set's fit still says a little.
LEAST_STAKE = 0.03
# Where a further sentence gains more than it costs; nothing here is tuned.
ADD_FROM = 0.5
# From here on, fewer than one in a hundred of other pages are linked: 0.28 in cross-validation. Where the
# author tied no source to the claim all of them are tried, and the more tries, the more often one is wrong.
LINKED_FROM = {"author": 0.32, "article": 0.45}
Vector = list[float]
# The loss at some weights, its slope and its curvature.
Step = tuple[float, Vector, list[Vector]]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of which some are right: features, and how right each is (0 to 1); ``weight`` of the whole."""

    rows: list[Sequence[float]]
    right: list[float]
    weight: float


def scale(groups: Sequence[Group]) -> tuple[Vector, Vector]:
    """Mean and spread of each feature."""
    rows = [row for group in groups for row in group.rows]
    means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    spreads = [
        sqrt(sum((value - mean) ** 2 for value in column) / len(rows)) or 1.0
        for column, mean in zip(zip(*rows, strict=True), means, strict=True)
    ]
    return means, spreads


def scaled(groups: Sequence[Group], means: Vector, spreads: Vector) -> list[Group]:
    """The groups with every feature on one scale."""
    return [
        Group(
            [[(x - m) / s for x, m, s in zip(row, means, spreads, strict=True)] for row in group.rows],
            group.right,
            group.weight,
        )
        for group in groups
    ]


def solve(matrix: list[Vector], right: Vector) -> Vector:
    """The solution of a symmetric positive system, by Cholesky's decomposition."""
    size = len(right)
    lower = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest = matrix[i][j] - sum(a * b for a, b in zip(lower[i][:j], lower[j][:j], strict=True))
            lower[i][j] = sqrt(rest) if i == j else rest / lower[j][j]
    half: Vector = []
    for i in range(size):
        half.append((right[i] - sum(a * b for a, b in zip(lower[i], half, strict=False))) / lower[i][i])
    found = [0.0] * size
    for i in reversed(range(size)):
        found[i] = (half[i] - sum(lower[k][i] * found[k] for k in range(i + 1, size))) / lower[i][i]
    return found


def outer(matrix: list[Vector], row: Sequence[float], weight: float) -> None:
    """Add the weighted square of a row to the lower half of a matrix."""
    for i, x in enumerate(row):
        if x:
            at, share = matrix[i], weight * x
            for j in range(i + 1):
                at[j] += share * row[j]


def softmax_step(groups: Sequence[Group], weights: Vector) -> Step:
    """Loss, slope and curvature where the right rows are to come first in their groups."""
    size, loss = len(weights), 0.0
    slope, curve = [0.0] * size, [[0.0] * size for _ in range(size)]
    for group in groups:
        sums = [sum(map(float.__mul__, weights, row)) for row in group.rows]
        top = max(sums)
        shares = [exp(one - top) for one in sums]
        whole, right = sum(shares), sum(group.right)
        mean = [0.0] * size
        for row, share, wanted in zip(group.rows, shares, group.right, strict=True):
            part = share / whole
            missing = group.weight * (wanted / right - part)
            loss -= group.weight * wanted / right * log(max(part, 1e-300))
            for i, x in enumerate(row):
                slope[i] += missing * x
                mean[i] += part * x
            if part > 1e-4:
                outer(curve, row, group.weight * part)
        outer(curve, mean, -group.weight)
    return loss, slope, curve


def logistic_step(groups: Sequence[Group], weights: Vector) -> Step:
    """Loss, slope and curvature where each row has a yes or no; the last weight is the bias."""
    size, loss = len(weights), 0.0
    slope, curve = [0.0] * size, [[0.0] * size for _ in range(size)]
    for group in groups:
        for row, wanted in zip(group.rows, group.right, strict=True):
            whole = [*row, 1.0]
            chance = 1 / (1 + exp(-max(-30.0, min(30.0, sum(map(float.__mul__, weights, whole))))))
            missing = group.weight * (wanted - chance)
            loss -= group.weight * (wanted * log(chance) + (1 - wanted) * log(1 - chance))
            for i, x in enumerate(whole):
                slope[i] += missing * x
            outer(curve, whole, group.weight * chance * (1 - chance))
    return loss, slope, curve


def newton(groups: Sequence[Group], softmax: bool, penalty: float, rounds: int = 60) -> tuple[Vector, float]:
    """Weights and bias for features as they are, found on features brought to one scale."""
    means, spreads = scale(groups)
    ready = scaled(groups, means, spreads)
    step = softmax_step if softmax else logistic_step
    held = [2 * penalty] * len(means) + ([] if softmax else [1e-6])
    weights = [0.0] * len(held)
    loss, slope, curve = penalised(step(ready, weights), weights, held)
    for _ in range(rounds):
        change = solve(curve, slope)
        share, before = 1.0, loss
        # A whole step may overshoot, and then swing to and fro for ever: it is halved until it helps.
        while True:
            further = [w + share * c for w, c in zip(weights, change, strict=True)]
            loss, slope, curve = penalised(step(ready, further), further, held)
            if loss <= before or share < 1e-6:
                break
            share /= 2
        weights = further
        if before - loss < 1e-4:
            break
    plain = [w / s for w, s in zip(weights, spreads, strict=False)]
    bias = 0.0 if softmax else weights[-1] - sum(w * m for w, m in zip(plain, means, strict=True))
    return plain, bias


def penalised(step: Step, weights: Vector, held: Vector) -> Step:
    """A step with the penalty on large weights."""
    loss, slope, curve = step
    for i, (weight, hold) in enumerate(zip(weights, held, strict=True)):
        loss += hold * weight * weight / 2
        slope[i] -= hold * weight
        curve[i][i] += hold
        for j in range(i):
            curve[j][i] = curve[i][j]
    return loss, slope, curve


def rank_groups(found: Sequence[Case]) -> Iterator[Group]:
    """One group a claim: the measured sentences of its page."""
    for case in found:
        measured = case.measured
        right = [case.rightness(one.sentence) for one in measured]
        if any(right):
            yield Group([one.features for one in measured], right, case.weight)


def add_groups(found: Sequence[Case], model: Model) -> Iterator[Group]:
    """The choices on the way to a set: at each step what could be added, and whether that makes it better.

    A choice weighs what it gains or loses of the set's fit (F1), so the model learns to stop where a
    further sentence costs more than it brings: on WiCE's test part, which no weight has seen, F1 of the set
    rose from 0.744 to 0.760 by this alone. Two ways are gone: by the best gain, and by closeness.
    """
    for case in found:
        ranked = ranking.order(case.measured, model)
        seen: set[tuple[float, ...]] = set()
        for by_gain in (True, False):
            chosen = ranked[:1]
            while chosen and len(chosen) < ranking.MOST:
                open_to = ranking.options(case.query, ranked, chosen)
                gains = [case.gain([c.sentence for c in chosen], one.sentence) for _, one in open_to]
                for (row, _), gain in zip(open_to, gains, strict=True):
                    if tuple(row) not in seen:
                        seen.add(tuple(row))
                        yield Group([row], [float(gain > 0)], case.weight * (abs(gain) + LEAST_STAKE))
                closeness = [features[0] for features, _ in open_to]
                order = list(zip(gains, closeness, strict=True)) if by_gain else [(c, c) for c in closeness]
                best = max(range(len(order)), key=order.__getitem__, default=None)
                if best is None or (by_gain and gains[best] <= 0):
                    break
                chosen = [*chosen, open_to[best][1]]


def source_groups(found: Sequence[Case], model: Model, meaning: Meaning | None = None) -> Iterator[Group]:
    """Each claim in its own page, and in three others: yes and no; and the same with short pages.

    Half of the times nothing is known of the words around it: an article's sources are on one subject,
    which its title does not tell apart.
    """
    for case in found:
        own = case.page.index
        pages = [[own, *(other.page.index for other in others)] for others in beside(case, found)]
        for indexes, known in ((i, k) for i in [*pages, *short(case, found)] for k in (True, False)):
            rarity = Rarity(indexes)
            query = case.ask(rarity) if known else rarity.query(case.claim)
            for index in indexes:
                index.reader = meaning
            rows = [presence_row(query, index, rarity, model) for index in indexes]
            kept = [(row, float(n == 0)) for n, row in enumerate(rows) if row is not None]
            yield Group([row for row, _ in kept], [right for _, right in kept], case.weight / 2)


def presence_row(query: Query, index: Any, rarity: Rarity, model: Model) -> list[float] | None:
    """The features of a claim in a page; None where they have no word in common."""
    ranked = ranking.order(Measure(query, index, rarity).sentences(), model)
    chosen = [one.measured for one, _ in ranking.choose(query, ranked, model)]
    if not chosen:
        return None
    told = presence.features(query, index, chosen, [one.measured for one in ranked])
    return [*told, *presence.meant(query, index)]


def trained(found: Sequence[Case], meaning: Meaning | None = None) -> dict[str, Any]:
    """The data of a model, trained on these cases; `meant` is nothing where no encoder is given."""
    nothing = {name: dict.fromkeys(names, 0.0) for name, names in ranking.COMPUTED.items()}
    data: dict[str, Any] = {**nothing, "add_from": ADD_FROM, "linked_from": LINKED_FROM}
    data["rank"] = named(NAMES, *newton(list(rank_groups(found)), True, RANK_PENALTY))
    groups = list(add_groups(found, read(data, ranking.COMPUTED)))
    data["add"] = named(ranking.ADD, *newton(groups, False, ADD_PENALTY))
    groups = list(source_groups(found, read(data, ranking.COMPUTED)))
    data["source"] = named(presence.NAMES, *newton(groups, False, SOURCE_PENALTY))
    return data if meaning is None else data | {"meant": meant(found, data, meaning)}


def meant(found: Sequence[Case], data: Mapping[str, Any], meaning: Meaning) -> dict[str, float]:
    """The weights of `meant`, for the other models as they are."""
    groups = list(source_groups(found, read(data, ranking.COMPUTED), meaning))
    return named(ranking.COMPUTED["meant"], *newton(groups, False, SOURCE_PENALTY))


def named(names: Sequence[str], weights: Vector, bias: float) -> dict[str, float]:
    """Weights by name, as short as they may be."""
    return {name: round(w, 3) for name, w in zip(names, weights, strict=True)} | {"bias": round(bias, 3)}


def main() -> int:
    """Train on files and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "ingest" / "evidence" / "weights.json")
    parser.add_argument("--only-meant", action="store_true", help="keep the other models as they are")
    given = parser.parse_args()
    if not given.files:
        print("nothing trained: name the files to train from (see --help)")
        return 0
    found = [
        case
        for n, file in enumerate(given.files)
        for case in cases(file, FURTHER_FILES if n else 1.0)
    ]
    encoder = semantic.encoder()
    if given.only_meant:
        data = json.loads(given.out.read_text("utf-8"))
        data["meant"] = meant(found, data, encoder)
    else:
        data = trained(found, encoder)
    given.out.write_text(json.dumps(data, indent=1) + "\n", "utf-8")
    print(f"{given.out}: from {len(found)} claims with marks")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
