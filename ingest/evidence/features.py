"""What is measured between a claim and the sentences of a source, one number each. Pure.

Words are weighted by their rarity among all sentences; every share is of the claim's weight. Only the
sentences with the best cover are looked at closely, which keeps long sources cheap.
"""

import heapq
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, fsum, log, log1p, sqrt

from ingest.evidence.query import Query, Rarity, Weights
from ingest.evidence.source import BEGINNING, FORMS_FROM, Index
from ingest.evidence.words import FUNCTION_WORDS

CLOSER = 40
# A line of one to three words is a label, a button or a name standing alone.
STUB_WORDS = 4
USUAL_LENGTH = 25
# A line without a stop is a heading or a caption, which names what the text then says.
_STOPS = ".!?…:;。！？”’\")]»"
_SATURATION, _LENGTH_SHARE = 1.2, 0.6  # BM25's k1 and b
# Words that begin alike are taken for forms of one: prisoner and prison, organise and organize.
_ALIKE_LETTERS, _ALIKE_SHARE = 5, 0.6
# A sentence is read with two on either side; a cover of nothing still has a logarithm.
_AROUND, _COVER_FLOOR = (-2, -1, 1, 2), 0.02
_POINTING = frozenset({"he", "she", "it", "they", "his", "her", "their", "this", "the"})

NAMES = (
    "cover", "cover_beside_best", "cover_squared", "bm25", "pairs", "run", "numbers", "no_number", "names",
    "no_name", "alike", "cover_before", "cover_after", "added_before", "added_after", "title", "section",
    "before", "length", "stub", "no_stop", "marked", "likeness", "position", "early", "quoted", "pointing",
    "cover_around", "cover_log", "pairs_beside_best",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """A sentence of a source, by number, the claim's words that it holds, and its features by ``NAMES``."""

    sentence: int
    words: frozenset[str]
    quoted: bool
    features: tuple[float, ...]

    def of(self, name: str) -> float:
        """One feature."""
        return self.features[_PLACE[name]]


_PLACE = {name: place for place, name in enumerate(NAMES)}


class Measure:
    """A claim against one source."""

    def __init__(self, query: Query, index: Index, rarity: Rarity) -> None:
        self.query, self.index, self.rarity = query, index, rarity
        self.covers = _covers(query, index)
        self.quoting = _quoting(query, index)
        self._alike = _alike(query.weights, index)
        self._held: dict[int, frozenset[str]] = {}
        self._pairs: dict[int, float] = {}
        self._best = max(self.covers.values(), default=0.0) or 1.0
        self._best_pairs = 0.0

    def sentences(self) -> list[Measured]:
        """The sentences that have anything of the claim, the best covered of them, in text order."""
        best = heapq.nsmallest(CLOSER, self.covers, key=lambda n: (-self.covers[n], n))
        closer = sorted({*best, *self.quoting})
        self._pairs = {number: self._pairs_share(self.index.words[number]) for number in closer}
        self._best_pairs = max(self._pairs.values(), default=0.0) or 1.0
        return [self._sentence(number) for number in closer]

    def held(self, number: int) -> frozenset[str]:
        """The claim's words that a sentence holds; none where there is no such sentence."""
        found = self._held.get(number)
        if found is None:
            found = self._held[number] = (
                frozenset(self.index.words[number]) & self.query.weights.keys()
                if number in self.covers
                else frozenset()
            )
        return found

    def _sentence(self, number: int) -> Measured:
        query, words = self.query, self.index.words[number]
        present = frozenset(words)
        held = self.held(number)
        cover = self.covers.get(number, 0.0)
        weight = self.rarity.sum_of(present) or 1.0
        features = (
            cover,
            cover / self._best,
            cover * cover,
            self._bm25(words, held),
            self._pairs[number],
            self._run(words) / query.total,
            *_part(query.numbers, held),
            *_part(query.names, held),
            self._alike_share(present, held),
            *self._beside(number, held),
            _share(query.title, present),
            _share(query.section, present),
            _share(query.before, present),
            log1p(len(words) / USUAL_LENGTH),
            float(len(words) < STUB_WORDS),
            float(not self.index.ends_with(number, _STOPS)),
            float(self.index.begins_with(number, "#(")),
            cover * query.total / sqrt(query.total * weight),
            number / len(self.index.spans),
            exp(-number / 4),
            float(number in self.quoting),
            float(bool(words) and words[0] in _POINTING),
            query.cover(held.union(*(self.held(number + away) for away in _AROUND))),
            log(cover + _COVER_FLOOR),
            self._pairs[number] / self._best_pairs,
        )
        return Measured(number, held, number in self.quoting, features)

    def _pairs_share(self, words: Sequence[str]) -> float:
        pairs = self.query.pairs
        there = pairs.keys() & set(pairwise(words))
        return fsum(map(pairs.__getitem__, there)) / fsum(pairs.values()) if there else 0.0

    def _bm25(self, words: Sequence[str], held: frozenset[str]) -> float:
        length = 1 - _LENGTH_SHARE + _LENGTH_SHARE * len(words) / self.index.usual_length
        often = Counter([word for word in words if word in held])
        weighed = (
            self.query.weights[word] * times * (_SATURATION + 1) / (times + _SATURATION * length)
            for word, times in often.items()
        )
        return sum(weighed) / self.query.total

    def _run(self, words: Sequence[str]) -> float:
        """The weight of the longest run of words that claim and sentence share in the same order."""
        best = 0.0
        follows, weights = self.query.follows, self.query.weights
        runs: dict[int, float] = {}
        for word in words:
            places = follows.get(word)
            if places is None:
                runs = {}
                continue
            runs = {place: runs.get(place - 1, 0.0) + weights[word] for place in places}
            best = max(best, *runs.values())
        return best

    def _alike_share(self, present: frozenset[str], held: frozenset[str]) -> float:
        added = [
            max((weight for word, weight in self._alike[other] if word not in held), default=0.0)
            for other in present
            if other in self._alike
        ]
        return fsum(added) / self.query.total

    def _beside(self, number: int, held: frozenset[str]) -> tuple[float, float, float, float]:
        """What the neighbours cover, and what they add to the sentence."""
        before, after = number - 1, number + 1
        return (
            self.covers.get(before, 0.0), self.covers.get(after, 0.0),
            self._added(before, held), self._added(after, held),
        )  # fmt: skip

    def _added(self, number: int, held: frozenset[str]) -> float:
        return self.query.cover(self.held(number) - held)


def _covers(query: Query, index: Index) -> dict[int, float]:
    covers: dict[int, float] = {}
    for word, weight in query.weights.items():
        for number in index.postings.get(word, ()):
            covers[number] = covers.get(number, 0.0) + weight
    return {number: weight / query.total for number, weight in covers.items()}


def _quoting(query: Query, index: Index) -> set[int]:
    """The sentences that hold a quotation of the claim, whole or the part of it that lies in them."""
    found: set[int] = set()
    for quotation in query.quotations:
        for start, end in index.plain.find(quotation):
            first = bisect_right(index.spans, start, key=lambda span: span[1])
            found.update(range(first, bisect_left(index.spans, end, key=lambda span: span[0])))
    return found


def _alike(weights: Weights, index: Index) -> dict[str, list[tuple[str, float]]]:
    """The source's words that begin as one of the claim's does, with that word and its weight."""
    found: dict[str, list[tuple[str, float]]] = {}
    for word, weight in weights.items():
        if len(word) < FORMS_FROM or word[0].isdigit() or word in FUNCTION_WORDS:
            continue
        for other in index.beginnings.get(word[:BEGINNING], ()):
            same = _same_beginning(word, other)
            enough = min(_ALIKE_LETTERS, _ALIKE_SHARE * max(len(word), len(other)))
            if other != word and same >= enough:
                found.setdefault(other, []).append((word, weight))
    return found


def _same_beginning(a: str, b: str) -> int:
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _share(weights: Mapping[str, float], present: frozenset[str]) -> float:
    there = weights.keys() & present
    return fsum(map(weights.__getitem__, there)) / fsum(weights.values()) if there else 0.0


def _part(weights: Weights, held: frozenset[str]) -> tuple[float, float]:
    """The share of the claim's numbers (or names) that is here, and whether it has some and none is."""
    share = _share(weights, held)
    return share, float(bool(weights) and not share)
