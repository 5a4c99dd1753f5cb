"""Claims with people's marks, and the pages they were marked in (format of WiCE as JSON lines)."""

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from ingest.evidence import Source
from ingest.evidence.features import Measure, Measured
from ingest.evidence.query import Around, Query, Rarity
from ingest.evidence.source import Index

OTHERS = 3
# Short pages have so many sentences.
SHORT = (3, 8, 20)


class Page:
    """The page of one line: its sentences joined to a text, and the way back to their numbers."""

    def __init__(self, number: int | str, sentences: Sequence[str]) -> None:
        spans = []
        at = 0
        for sentence in sentences:
            spans.append((at, at + len(sentence)))
            at += len(sentence) + 1
        self.starts = [start for start, _ in spans]
        self.source = Source(f"page {number}", "\n".join(sentences), "en", tuple(spans))

    @cached_property
    def index(self) -> Index:
        """The page made ready."""
        return Index(self.source)

    def number(self, sentence: int) -> int:
        """The line's number of a sentence of the index, which cuts overlong ones."""
        return bisect_right(self.starts, self.index.spans[sentence][0]) - 1


class Case:
    """One claim with the page that it cites and the marked sets of sentences."""

    def __init__(self, number: int, line: dict[str, Any], weight: float = 1.0) -> None:
        self.line, self.weight = line, weight
        self.claim: str = line["claim"]
        self.page = Page(number, line["evidence"])
        self.sets = [frozenset(marked) for marked in line["supporting_sentences"] if marked]
        self.right = frozenset().union(*self.sets)
        meta = line.get("meta") or {}
        self.title: str = meta.get("claim_title") or ""
        section, before = meta.get("claim_section") or "", meta.get("claim_context") or ""
        self.around = Around(self.title, section, before)

    def ask(self, rarity: Rarity) -> Query:
        """The claim made ready among pages."""
        return rarity.query(self.claim, self.around)

    @cached_property
    def query(self) -> Query:
        """The claim made ready for its own page alone."""
        return self.ask(Rarity([self.page.index]))

    @cached_property
    def measured(self) -> list[Measured]:
        """The sentences of its own page."""
        return Measure(self.query, self.page.index, Rarity([self.page.index])).sentences()

    def rightness(self, sentence: int) -> float:
        """The share of the marked sets that hold a sentence."""
        number = self.page.number(sentence)
        return sum(number in marked for marked in self.sets) / (len(self.sets) or 1)

    def fit(self, sentences: Iterable[int]) -> tuple[float, float, float]:
        """F1, precision and recall of sentences of the index against the marked set that fits best."""
        return best_set({self.page.number(one) for one in sentences}, self.sets)

    def gain(self, chosen: Sequence[int], sentence: int) -> float:
        """What a further sentence gains of the set's F1; negative where it costs."""
        return self.fit([*chosen, sentence])[0] - self.fit(chosen)[0]

    @property
    def group(self) -> tuple[str, str]:
        """What must not stand on both sides of a fold: the page, and the article."""
        return "\n".join(self.line["evidence"][:8]), self.title

    def apart(self, other: "Case") -> bool:
        """Whether the other has another page and another article."""
        return self.group[0] != other.group[0] and (not self.title or self.title != other.title)


def best_set(chosen: set[int], marked: Iterable[Iterable[int]]) -> tuple[float, float, float]:
    """F1, precision and recall against the marked set that fits best."""
    best = (0.0, 0.0, 0.0)
    for wanted in filter(None, map(set, marked)):
        common = len(chosen & wanted)
        if common:
            precision, recall = common / len(chosen), common / len(wanted)
            best = max(best, (2 * precision * recall / (precision + recall), precision, recall))
    return best


def cases(file: Path, weight: float = 1.0) -> list[Case]:
    """The claims of a file that have a marked set."""
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    found = [Case(number, line, weight) for number, line in enumerate(lines)]
    return [case for case in found if case.sets]


def random_others(case: Case, found: Sequence[Case]) -> list[Case]:
    """Three cases further on with other pages and articles; spread over the file, always the same."""
    at = next(n for n, one in enumerate(found) if one is case)
    order = (found[(at + 37 * step) % len(found)] for step in range(1, len(found)))
    return [other for other, _ in zip((o for o in order if o.apart(case)), range(OTHERS), strict=False)]


def look_alikes(case: Case, found: Sequence[Case]) -> list[Case]:
    """The three cases whose pages, as a whole, have most of the claim's rare words."""
    words = [(word, weight) for word, weight in case.query.weights.items() if word in case.query.matter]
    by_page: dict[str, tuple[float, Case]] = {}
    for other in found:
        if other.apart(case):
            cover = sum(weight for word, weight in words if word in other.page.index.postings)
            by_page.setdefault(other.group[0], (cover, other))
    best = sorted(by_page.values(), key=lambda entry: -entry[0])
    return [other for _, other in best[:OTHERS]]


def cited_beside(case: Case, found: Sequence[Case]) -> list[Case]:
    """The cases of the same article with other pages: what else it cites is on the claim's subject, too."""
    others = (one for one in found if case.title and one.title == case.title)
    return [one for one in others if one.group[0] != case.group[0]]


def beside(case: Case, found: Sequence[Case]) -> Iterator[list[Case]]:
    """The pages that a claim is tried in beside its own: any, look-alikes."""
    yield random_others(case, found)
    yield look_alikes(case, found)


def short(case: Case, found: Sequence[Case]) -> Iterator[list[Index]]:
    """Short pages: the rows of sentences of its page that hold a marked set, and rows that hold none.

    Those are: a row of its own page away from all marks, which is on the subject, and of each of two
    look-alikes the row that has most of the claim's words.
    """
    near = min(case.sets, key=lambda marked: (max(marked) - min(marked), min(marked)))
    whole = len(case.line["evidence"])
    others = look_alikes(case, found)[:2]
    for size in SHORT:
        first = max(0, min((min(near) + max(near) - size) // 2, whole - size))
        marked = range(min(first, *near), max(first + size, max(near) + 1))
        away = [at for at in range(whole - size) if case.right.isdisjoint(range(at - 1, at + size + 1))]
        rows = [(case, marked)]
        rows += [(case, range(at, at + size)) for at in away[len(away) // 2 :][:1]]
        rows += [(other, _richest(case, other, size)) for other in others]
        yield [Page("short", [one.line["evidence"][n] for n in row if n < len(one.line["evidence"])]).index
               for one, row in rows]  # fmt: skip


def _richest(case: Case, other: Case, size: int) -> range:
    """The sentences in a row of another page that have most of the claim's words."""
    covers = Measure(case.query, other.page.index, Rarity([other.page.index])).covers
    starts = range(max(1, len(other.page.index.spans) - size + 1))
    first = max(starts, key=lambda at: (sum(covers.get(n, 0.0) for n in range(at, at + size)), -at))
    return range(other.page.number(first), other.page.number(first) + size)
