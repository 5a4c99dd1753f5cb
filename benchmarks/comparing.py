"""How long two texts take to be compared, and that twice the text takes about twice as long.

    python benchmarks/comparing.py [--characters 1000000]

Pairs: an edited text (a word in a hundred), the same in other paragraphs, an unrelated one, and one word
repeated against two (the worst for searches of a shortest edit). Prints seconds for half and the whole, and
their ratio: 2 is linear, 4 is quadratic.
"""

import argparse
import json
import random
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from archive.comparing import changes

_WORDS = [f"w{number}" for number in range(5_000)]


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--characters", type=int, default=1_000_000)
    length = asked.parse_args().characters
    figures = {}
    for kind in ("edited", "in other paragraphs", "unrelated", "one word"):
        half, whole = (seconds(*pair(kind, size)) for size in (length // 2, length))
        figures[kind] = {"half": round(half, 2), "whole": round(whole, 2), "ratio": round(whole / half, 1)}
    print(json.dumps(figures, indent=2))


def seconds(one: str, other: str) -> float:
    """CPU time of one comparison."""
    began = time.process_time()
    changes(one, other)
    return time.process_time() - began


def pair(kind: str, length: int) -> tuple[str, str]:
    """Two texts of about so many characters."""
    if kind == "one word":
        return "a " * (length // 2), "a b " * (length // 4)
    text = written(1, length)
    if kind == "edited":
        dice = random.Random(2)
        return text, " ".join("edited" if dice.random() < 0.01 else word for word in text.split(" "))
    return text, text.replace("\n\n", " ") if kind == "in other paragraphs" else written(3, length)


def written(seed: int, length: int) -> str:
    """Words in sentences in paragraphs."""
    dice = random.Random(seed)
    gaps = [" "] * 30 + [". "] * 3 + ["\n\n"]
    return "".join(dice.choice(_WORDS) + dice.choice(gaps) for _ in range(length // 6))


if __name__ == "__main__":
    main()
