"""How well sentences are split: F1 on sentence ends of treebanks in CoNLL-U, beside other libraries.

    python benchmarks/sentences.py FILE.conllu … [--misses 40] [--json]

The running text is made anew from the `# text` lines: those of one paragraph (`# newpar`, `# newdoc`) joined
with a blank, paragraphs parted by a blank line. Ours is given a whole file at once; each library is given
one paragraph after the other, so that none is charged for paragraph breaks that it does not know.

An end is counted by the number of printed characters before it, so blanks count for nothing.
`f1`: all ends, as treebanks are scored. `inner`: without the last one of each paragraph, which is a gift.
`bare`: the share of marked ends with no stop before them (lines of mails and headings that were joined with a
blank above); what reads stops only can reach a recall of one less that share.
A library that is not installed is left out. pysbd, syntok, nltk (with its
data), nupunkt and blingfire are compared where they are found; the program needs none of them.
"""

import argparse
import importlib
import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ingest.sentences import spans

STOPPED = re.compile(r"[.!?…][^\w\s]*(?:\s?\[\w+\])*$")
# A paragraph to its sentences.
Splitter = Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Figures:
    """What one splitter reached on one file."""

    splitter: str
    f1: float
    precision: float
    recall: float
    inner: float
    mchar_per_s: float


def paragraphs(path: Path) -> list[list[str]]:
    """The sentences of a treebank by paragraphs; blanked-out texts are left out."""
    found: list[list[str]] = [[]]
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(("# newdoc", "# newpar")) and "newpar_block" not in line:
            found.append([])
        elif line.startswith("# text = "):
            sentence = line.removeprefix("# text = ").strip()
            if sentence.strip("_ "):
                found[-1].append(sentence)
    return [paragraph for paragraph in found if paragraph]


def printed(text: str) -> int:
    """How many characters of a text are not blank."""
    return len("".join(text.split()))


def ends(sentences: Iterable[str], before: int = 0) -> Iterator[int]:
    """Where each sentence ends, in printed characters."""
    for sentence in sentences:
        before += printed(sentence)
        yield before


def marked(found: Sequence[Sequence[str]]) -> tuple[set[int], set[int]]:
    """The ends that people marked, and those among them that end a paragraph."""
    right = list(ends(sentence for paragraph in found for sentence in paragraph))
    return set(right), set(ends("".join(paragraph) for paragraph in found))


def bare(found: Sequence[Sequence[str]]) -> float:
    """The share of marked ends, the last of each paragraph aside, that no stop is seen at."""
    inner = [sentence for paragraph in found for sentence in paragraph[:-1]]
    count = sum(map(len, found)) or 1
    return sum(not STOPPED.search(sentence) for sentence in inner) / count


def ours(found: Sequence[Sequence[str]]) -> tuple[set[int], float]:
    """The ends that we find in the whole text, and the CPU time."""
    text = "\n\n".join(" ".join(paragraph) for paragraph in found)
    began = time.process_time()
    split = spans(text)
    took = time.process_time() - began
    return set(ends(text[start:end] for start, end in split)), took


def theirs(splitter: Splitter, found: Sequence[Sequence[str]]) -> tuple[set[int], float]:
    """The ends that a library finds, paragraph by paragraph, and the CPU time."""
    texts = [" ".join(paragraph) for paragraph in found]
    began = time.process_time()
    split = [list(splitter(text)) for text in texts]
    took = time.process_time() - began
    reached: set[int] = set()
    before = 0
    for text, pieces in zip(texts, split, strict=True):
        reached.update(ends(pieces, before))
        before += printed(text)
    return reached, took


def f1(got: set[int], right: set[int]) -> tuple[float, float, float]:
    """F1, precision and recall."""
    common = len(got & right)
    precision, recall = common / (len(got) or 1), common / (len(right) or 1)
    return 2 * precision * recall / ((precision + recall) or 1), precision, recall


def others() -> dict[str, Splitter]:
    """The libraries that are installed, each as a function from a paragraph to its sentences."""
    makers: dict[str, Callable[[Any], Splitter]] = {
        "sentencex": lambda library: lambda text: library.segment("en", text),
        "pysbd": lambda library: library.Segmenter(language="en", clean=False).segment,
        "syntok.segmenter": _syntok,
        "nltk.tokenize.punkt": lambda library: library.PunktTokenizer("english").tokenize,
        "nupunkt": lambda library: library.sent_tokenize,
        "blingfire": lambda library: lambda text: library.text_to_sentences(text).split("\n"),
    }
    found: dict[str, Splitter] = {}
    for name, make in makers.items():
        try:
            found[name.partition(".")[0]] = make(importlib.import_module(name))
        except (ImportError, LookupError):
            print(f"left out: {name} is not installed here, or without its data", file=sys.stderr)
    return found


def _syntok(library: Any) -> Splitter:
    def split(text: str) -> Iterator[str]:
        for paragraph in library.process(text):
            for sentence in paragraph:
                yield "".join(token.spacing + token.value for token in sentence)

    return split


def compared(path: Path) -> tuple[list[Figures], list[list[str]], set[int]]:
    """The figures of all splitters on one file, its paragraphs, and our ends."""
    found = paragraphs(path)
    right, last = marked(found)
    size = sum(map(len, (" ".join(paragraph) for paragraph in found)))
    results = {"ours": ours(found)}
    results |= {name: theirs(splitter, found) for name, splitter in others().items()}
    rows = []
    for name, (got, took) in results.items():
        inner = f1(got - last, right - last)[0]
        rows.append(Figures(name, *f1(got, right), inner, size / 1e6 / (took or 1e-9)))
    return rows, found, results["ours"][0]


def misses(found: Sequence[Sequence[str]], got: set[int]) -> Iterator[str]:
    """Each end that was not found (-) or found where none is (+), with the words around it (at ¦)."""
    right, _ = marked(found)
    text = " ".join(" ".join(paragraph) for paragraph in found)
    places: dict[int, int] = {}
    count = 0
    for at, character in enumerate(text):
        if not character.isspace():
            count += 1
            places[count] = at + 1
    for end in sorted(got ^ right):
        at = places[end]
        sign = "+" if end in got else "-"
        yield f"{sign} …{text[max(0, at - 60) : at]}¦{text[at : at + 45]}…"


def main() -> None:
    """Print the figures, and where asked for what is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path, metavar="FILE.conllu")
    parser.add_argument("--misses", type=int, default=0, help="print so many misses of ours")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    report: dict[str, Any] = {}
    for path in given.paths:
        rows, found, got = compared(path)
        report[path.name] = [asdict(row) for row in rows]
        if not given.json:
            size = f"{sum(map(len, found))} sentences, {len(found)} paragraphs"
            print(f"\n{path.name}: {size}, bare {bare(found):.3f}")
            print(f"{'':12}{'F1':>8}{'prec':>8}{'recall':>8}{'inner':>8}{'Mchar/s':>10}")
            for row in rows:
                values = "".join(f"{value:8.4f}" for value in (row.f1, row.precision, row.recall, row.inner))
                print(f"{row.splitter:12}{values}{row.mchar_per_s:10.2f}")
        for number, miss in enumerate(misses(found, got)):
            if number < given.misses:
                print(miss)
    if given.json:
        print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
