"""What is measured between a claim and the sentences of a source, one number each. Pure.

Words are weighted by their rarity among all sentences; every share is of the claim's weight. Only the
sentences with the best cover are looked at closely, which keeps long sources cheap.
"""

import heapq
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass
from math import exp, fsum, log, log1p, sqrt

from ingest.evidence.query import Query, Rarity, Weights
from ingest.evidence.source import BEGINNING, FORMS_FROM, Index
from ingest.evidence.words import FUNCTION_WORDS

CLOSER = 30
# A line of one to three words is a label, a button or a name standing alone.
STUB_WORDS = 4
USUAL_LENGTH = 25
# A line without a stop is a heading or a caption, which names what the text then says.
_STOPS = ".!?…:;。！？”’\")]»"
_MARKS = "#("
_SATURATION, _LENGTH_SHARE = 1.2, 0.6  # BM25's k1 and b
# Words that begin alike are taken for forms of one: prisoner and prison, organise and organize.
_ALIKE_LETTERS, _ALIKE_SHARE = 5, 0.6
# A sentence is read with two on either side; a cover of nothing still has a logarithm.
_AROUND, _COVER_FLOOR = (-2, -1, 1, 2), 0.02
_NONE: frozenset[str] = frozenset()
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
        self._held, self.covers = _covers(query, index)
        self.quoting = _quoting(query, index)
        self._alike = _alike(query.weights, index)
        self._forms = frozenset(self._alike)
        self._best = max(self.covers.values(), default=0.0) or 1.0

    def sentences(self) -> list[Measured]:
        """The sentences that have anything of the claim, the best covered of them, in text order."""
        best = heapq.nsmallest(CLOSER, self.covers, key=lambda n: (-self.covers[n], n))
        runs = [(number, *self._runs(number)) for number in sorted({*best, *self.quoting})]
        best_pairs = max((pairs for _, _, pairs in runs), default=0.0) or 1.0
        return [self._sentence(number, run, pairs, best_pairs) for number, run, pairs in runs]

    def _sentence(self, number: int, run: float, pairs: float, best_pairs: float) -> Measured:
        query, words, held_by = self.query, self.index.words[number], self._held.get
        present, held = frozenset(words), held_by(number, _NONE)
        near, (first, last) = present & query.around, self.index.ends(number)
        far_before, before, after, far_after = (held_by(number + away, _NONE) for away in _AROUND)
        cover, covered_by = self.covers.get(number, 0.0), self.covers.get
        weight = self.rarity.sum_of(present) or 1.0
        features = (
            cover,
            cover / self._best,
            cover * cover,
            self._bm25(words, len(present), held, cover),
            pairs,
            run / query.total,
            *query.numbers.part(held),
            *query.names.part(held),
            self._alike_share(present, held),
            covered_by(number - 1, 0.0),
            covered_by(number + 1, 0.0),
            query.cover(before - held),
            query.cover(after - held),
            query.title.share(near),
            query.section.share(near),
            query.before.share(near),
            log1p(len(words) / USUAL_LENGTH),
            float(len(words) < STUB_WORDS),
            float(last not in _STOPS),
            float(first in _MARKS),
            cover * query.total / sqrt(query.total * weight),
            number / len(self.index.spans),
            exp(-number / 4),
            float(number in self.quoting),
            float(bool(words) and words[0] in _POINTING),
            query.cover(held.union(far_before, before, after, far_after)),
            log(cover + _COVER_FLOOR),
            pairs / best_pairs,
        )
        return Measured(number, frozenset(held), number in self.quoting, features)

    def _runs(self, number: int) -> tuple[float, float]:
        """What claim and sentence share in the same order: the heaviest run's weight; the share of pairs."""
        best, weights = 0.0, self.query.weights
        pairs: set[tuple[str, str]] = set()
        runs: dict[int, float] = {}
        last = ""
        words = self.index.words[number]
        for word, places in zip(words, map(self.query.follows.get, words), strict=True):
            if places is None:
                if runs:
                    runs = {}
                continue
            going = dict.fromkeys(places, weights[word])
            for place in places:
                if place - 1 in runs:
                    going[place] += runs[place - 1]
                    pairs.add((last, word))
            best = max(best, *going.values())
            runs, last = going, word
        return best, self.query.pairs.share(pairs)

    def _bm25(self, words: Sequence[str], different: int, held: Set[str], cover: float) -> float:
        length = 1 - _LENGTH_SHARE + _LENGTH_SHARE * len(words) / self.index.usual_length

        def saturated(times: int) -> float:
            return times * (_SATURATION + 1) / (times + _SATURATION * length)

        once = saturated(1)
        if different == len(words):
            return cover * once
        weights, often = self.query.weights, words.count
        more = [weights[word] * (saturated(often(word)) - once) for word in held if often(word) > 1]
        return cover * once + fsum(more) / self.query.total

    def _alike_share(self, present: frozenset[str], held: Set[str]) -> float:
        added = [
            max((weight for word, weight in self._alike[other] if word not in held), default=0.0)
            for other in present & self._forms
        ]
        return fsum(added) / self.query.total if added else 0.0


def _covers(query: Query, index: Index) -> tuple[dict[int, set[str]], dict[int, float]]:
    """By sentence: the claim's words that it holds, and their weighted share."""
    held: defaultdict[int, set[str]] = defaultdict(set)
    covers: defaultdict[int, float] = defaultdict(float)
    for word, weight in query.weights.items():
        for number in index.postings.get(word, ()):
            held[number].add(word)
            covers[number] += weight
    return dict(held), {number: weight / query.total for number, weight in covers.items()}


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
