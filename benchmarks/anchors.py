"""How safely passages are found again: random edits of texts full of look-alikes, each place tracked.

    python benchmarks/anchors.py [FILE.txt …] [--edits 10000] [--seed 1] [--quotation-alone]

Each try takes a text (made ones, where sentences differ by a name or a number and some stand twice, or the
files given), describes a passage, and edits the text one to six times: words and sentences are put in, taken
out, replaced and moved, paragraphs are copied, names and numbers changed, often in the passage itself or next
to it. Every code point is followed, so where the passage went is known.

The text in which the passage was described is at hand, as in the archive; --quotation-alone forgets it.

`right`: found at its place. `gone`: said to be gone, and it is. `lost`: said to be gone, though it stands
somewhere. `copy`: found in a copy of it, which is all that is left. `twin`: found elsewhere, where all that
was kept of the passage and its surroundings agrees, so nobody could tell. `elsewhere`: silently wrong.
"""

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from archive.anchor import describe, find
from archive.model import Passage

# A code point, where it stood in the text that was described, and what it is a copy of (None: put in later).
Marked = tuple[str, int | None, int | None]

_NAMES = ("Alpha", "Beta", "Gamma", "Anna Weber", "Tom Brown", "Kyiv", "Lima", "Oslo")
_FORMS = (
    "Team {name} won {number} medals in the games.",
    "Officials said that {number} people left {name} on Monday.",
    "{name} declined to comment.",
    "The report was published in {name}.",
    "He said that it was too late.",
    "In {name}, prices rose by {number} percent, the agency said.",
    "About {number} houses stand near {name}; most of them are empty.",
    "Read more.",
)
_SENTENCE = re.compile(r"[^.\n]+\.")
_WORD = re.compile(r"\w+")


def made(chance: random.Random) -> str:
    """A text of look-alike sentences; one in three paragraphs stands twice or nearly so."""

    def sentence() -> str:
        return chance.choice(_FORMS).format(name=chance.choice(_NAMES), number=chance.randint(2, 40))

    def paragraph() -> str:
        return " ".join(sentence() for _ in range(chance.randint(1, 5)))

    paragraphs = [paragraph() for _ in range(chance.randint(3, 9))]
    for _ in range(len(paragraphs) // 3):
        twin = chance.choice(paragraphs)
        if chance.random() < 0.7:
            twin = re.sub(r"\d+|Alpha|Kyiv|Beta", chance.choice(("7", "Gamma", "Lima")), twin, count=1)
        paragraphs.insert(chance.randint(0, len(paragraphs)), twin)
    return "\n\n".join(paragraphs)


def quoted(text: str, chance: random.Random) -> Passage:
    """A passage: mostly whole sentences, else a few words."""
    spans = [match.span() for match in _SENTENCE.finditer(text)]
    start, end = chance.choice(spans)
    start += len(text[start:end]) - len(text[start:end].lstrip())
    if chance.random() < 0.3:
        words = [word.span() for word in _WORD.finditer(text, start, end)]
        first = chance.randrange(len(words))
        last = min(len(words), first + chance.randint(1, 5)) - 1
        start, end = words[first][0], words[last][1]
    return describe(text, start, end)


def edited(text: list[Marked], near: int, chance: random.Random) -> list[Marked]:
    """The text after one edit; half of the edits fall in or next to the place ``near``."""
    plain = "".join(character for character, _, _ in text)
    spans = [match.span() for match in (_SENTENCE if chance.random() < 0.5 else _WORD).finditer(plain)]
    if not spans:
        return text
    start, end = chance.choice(spans)
    if chance.random() < 0.5:
        closest = min(range(len(spans)), key=lambda at: abs(spans[at][0] - near))
        start, end = spans[max(0, min(len(spans) - 1, closest + chance.choice((-2, -1, -1, 0, 1, 1, 2))))]
    how = chance.choice(("out", "out", "in", "replaced", "changed", "moved", "copied"))
    new: list[Marked] = [(c, None, None) for c in chance.choice((" now", " 12", f" {made(chance)[:60]}"))]
    if how == "out":
        return text[:start] + text[end:]
    if how == "in":
        return text[:end] + new + text[end:]
    if how == "replaced":
        return text[:start] + new + text[end:]
    if how == "changed":
        return text[:start] + _changed(text[start:end], chance) + text[end:]
    if how == "moved":
        rest = text[:start] + text[end:]
        at = chance.randint(0, len(rest))
        return rest[:at] + text[start:end] + rest[at:]
    begin, stop = plain.rfind("\n\n", 0, start) + 1, plain.find("\n\n", end)
    paragraph = text[begin + (begin > 0) : stop if stop >= 0 else len(text)]
    gap: list[Marked] = [("\n", None, None)] * 2
    copy: list[Marked] = [*gap, *((c, None, of) for c, _, of in paragraph), *gap]
    at = chance.choice([0, len(text), *(gap.start() for gap in re.finditer(r"\n\n", plain))])
    return text[:at] + copy + text[at:]


def _changed(piece: Sequence[Marked], chance: random.Random) -> list[Marked]:
    """A piece with another name or number."""
    plain = "".join(character for character, _, _ in piece)
    found = list(re.finditer(r"\d+|\b[A-Z]\w+", plain))
    if not found:
        return list(piece)
    one = chance.choice(found)
    other = str(chance.randint(2, 40)) if one[0].isdigit() else chance.choice(_NAMES)
    return [*piece[: one.start()], *((c, None, None) for c in other), *piece[one.end() :]]


def truth(text: Sequence[Marked], passage: Passage) -> tuple[int, int] | None:
    """Where the passage went, or None where it is not whole any more."""
    at = next((place for place, (_, was, _) in enumerate(text) if was == passage.start), None)
    length = passage.end - passage.start
    if at is None or [was for _, was, _ in text[at : at + length]] != list(range(passage.start, passage.end)):
        return None
    return at, at + length


def tried(text: str, chance: random.Random, known: bool = True) -> tuple[str, Passage, str]:
    """One try: what came of it, the passage, and the edited text."""
    passage = quoted(text, chance)
    marked: list[Marked] = list(zip(text, range(len(text)), range(len(text)), strict=True))
    near = passage.start
    for _ in range(chance.randint(1, 6)):
        marked = edited(marked, near, chance)
        place = truth(marked, passage)
        near = place[0] if place else min(near, len(marked))
    now = "".join(character for character, _, _ in marked)
    return outcome(marked, passage, text if known else None), passage, now


def outcome(marked: Sequence[Marked], passage: Passage, old: str | None) -> str:
    """The name of what came of a try."""
    text = "".join(character for character, _, _ in marked)
    found, right = find(text, passage, old), truth(marked, passage)
    if found == right:
        return "right" if found else "gone"
    if found is None:
        return "lost"
    whole = text.endswith(passage.prefix, 0, found[0]) and text.startswith(passage.suffix, found[1])
    descends = [of for _, _, of in marked[slice(*found)]] == list(range(passage.start, passage.end))
    if descends and not right:
        return "copy"
    return "twin" if whole else "elsewhere"


def run(
    source: Callable[[random.Random], str], tries: int, seed: int, known: bool = True
) -> Counter[str]:
    """How often each outcome came in so many tries; ``known``: the old text is at hand."""
    chance = random.Random(seed)
    return Counter(tried(source(chance), chance, known)[0] for _ in range(tries))


def main() -> None:
    """Print the outcomes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, metavar="FILE.txt")
    parser.add_argument("--edits", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quotation-alone", action="store_true", help="the old text is not at hand")
    given = parser.parse_args()
    texts = [path.read_text(encoding="utf-8") for path in given.paths]
    source = (lambda chance: chance.choice(texts)) if texts else made
    print(json.dumps(dict(sorted(run(source, given.edits, given.seed, not given.quotation_alone).items()))))


if __name__ == "__main__":
    main()
