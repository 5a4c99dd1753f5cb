"""The scores that were accepted last, and what to say of new ones: none may sink unnoticed.

    python -m tests.eval.gate                     what the matcher scores now, beside what was accepted
    python -m tests.eval.gate --accept            write the scores down; refused where one has sunk
    python -m tests.eval.gate --accept --lower "why"   the same, with the reason kept beside them

A corpus is known by its digest and its counts, so a changed claim cannot pass for a changed score.
"""

import argparse
import hashlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.evidence import score
from benchmarks.pages import cases
from tests.source_tree import ROOT

HERE = Path(__file__).parent
ACCEPTED = HERE / "evidence.json"
CORPORA = {
    "claims.jsonl": HERE / "claims.jsonl",
    "wice-dev.jsonl": ROOT.parent / "shared" / "claims" / "wice-dev.jsonl",
}
# Nothing lower is accepted, whatever the reason.
FLOORS: dict[str, dict[str, float]] = {
    "claims.jsonl": {
        "hit@1": 0.95, "hit@3": 0.99, "set_f1": 0.85, "right_of_4_alike": 0.95, "kept_at_1_percent": 0.95,
    },
    "wice-dev.jsonl": {
        "hit@1": 0.88, "hit@3": 0.98, "set_f1": 0.74, "right_of_4_alike": 0.96, "kept_at_1_percent": 0.95,
    },
}  # fmt: skip
KEPT = ("hit@1", "hit@3", "hit@5", "mrr", "set_f1", "set_precision", "set_recall",
        "right_of_4_any", "right_of_4_alike", "kept_at_1_percent")  # fmt: skip
# The scores are the same on every run; this is for the last digit of another machine's logarithm.
TOLERANCE = 0.002
# A gain beyond this is to be written down, or the next loss of it would pass.
GAIN = 0.01


def measured(corpus: Path) -> dict[str, Any]:
    """A corpus by its digest and counts, and what the shipped matcher scores on it."""
    found = cases(corpus)
    told = score(found)
    return {
        "sha256": hashlib.sha256(corpus.read_bytes()).hexdigest(),
        "claims": len(found),
        "pages": len({case.group[0] for case in found}),
        "scores": {name: told[name] for name in KEPT},
    }


def complaints(
    accepted: Mapping[str, Any], now: Mapping[str, Any], floors: Mapping[str, float]
) -> list[str]:
    """What is wrong with new scores: each a sentence that says what was expected and found."""
    found = [
        f"the corpus has other {name}: {accepted[name]} accepted, {now[name]} found; accept it anew"
        for name in ("sha256", "claims", "pages")
        if accepted[name] != now[name]
    ]
    for name, before in accepted["scores"].items():
        after = now["scores"][name]
        if after < before - TOLERANCE:
            found.append(f"{name} has sunk from {before} to {after}")
        elif after > before + GAIN:
            found.append(f"{name} has risen from {before} to {after}: accept it, so that it stays")
    found += [
        f"{name} is {now['scores'][name]}, under the floor of {floor}"
        for name, floor in floors.items()
        if now["scores"][name] < floor
    ]
    return found


def accept(scores: Mapping[str, Any], reason: str | None) -> str | None:
    """Write new scores down; or what stands against it."""
    before = json.loads(ACCEPTED.read_text("utf-8")) if ACCEPTED.is_file() else {"corpora": {}}
    sunk = [
        f"{corpus}: {complaint}"
        for corpus, now in scores.items()
        if corpus in before["corpora"]
        for complaint in complaints(before["corpora"][corpus], now, {})
        if "sunk" in complaint
    ]
    low = [f"{c}: {x}" for c, now in scores.items() for x in complaints(now, now, FLOORS[c])]
    if low or (sunk and not reason):
        return "\n".join([*low, *sunk, "Not accepted. A sunk score needs --lower with its reason."])
    lowered = [*before.get("lowered", []), *([{"what": sunk, "why": reason}] if sunk else [])]
    data = {"corpora": before["corpora"] | dict(scores), "lowered": lowered}
    beside = ACCEPTED.with_suffix(".new")
    beside.write_text(json.dumps(data, indent=1) + "\n", "utf-8")
    os.replace(beside, ACCEPTED)
    return None


def main() -> int:
    """Measure, and accept if told to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--accept", action="store_true")
    parser.add_argument("--lower", metavar="WHY")
    given = parser.parse_args()
    scores = {name: measured(path) for name, path in CORPORA.items() if path.is_file()}
    print(json.dumps(scores, indent=1))
    refused = accept(scores, given.lower) if given.accept else None
    if refused:
        print(refused, file=sys.stderr)
    return 1 if refused else 0


if __name__ == "__main__":
    raise SystemExit(main())
