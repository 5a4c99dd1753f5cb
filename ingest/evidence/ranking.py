"""A source's sentences in order of closeness to a claim, and those that together bear it. Pure.

    score = cover of the sentence + a share of what its neighbours add + a share of the word pairs it keeps
            - a little for length, and where it is no sentence

Cover is the share of the claim's words, weighted by rarity among the sentences of all sources, that a
sentence has. It ranks better than BM25 and than every sentence embedding that was tried. The numbers
below were set by hand, from a handful of round values, on WiCE's development part.
"""

import heapq
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum, log

from ingest.evidence.quotations import LONG, plain, quotations
from ingest.evidence.source import Index
from ingest.evidence.words import FUNCTION_WORDS, Token, tokens

NEIGHBOURS = 0.3
PAIRS = 0.2
LENGTH = 0.02
USUAL_LENGTH = 25
# A line of one to three words is a label, a button or a name standing alone.
STUB, STUB_WORDS = 0.1, 4
# A line without a stop is a heading or a caption, which names what the text then says.
HEADING, _STOPS = 0.03, ".!?…:;。！？”’\")]»"
FUNCTION_SHARE = 0.1
NUMBER_SHARE = 1.5
NAME_SHARE = 1.3
# Only the sentences with the best cover are looked at closely; keeps long sources cheap.
CLOSER = 60


@dataclass(frozen=True, slots=True)
class Query:
    """A claim made ready: its words with their weights, its word pairs, its longer quotations."""

    text: str
    words: tuple[Token, ...]
    weights: dict[str, float]
    pairs: dict[tuple[str, str], float]
    total: float
    quotations: tuple[str, ...]
    matter: frozenset[str]

    def cover(self, words: Iterable[str]) -> float:
        """The weighted share of the claim's words that these are."""
        return fsum(self.weights[word] for word in words) / self.total


@dataclass(frozen=True, slots=True)
class Ranked:
    """A sentence of a source, by number, and how close it is to a claim."""

    sentence: int
    score: float
    cover: float
    quoted: bool
    words: frozenset[str]


class Rarity:
    """How rare each word is among the sentences of all sources of an article."""

    def __init__(self, indexes: Iterable[Index]) -> None:
        self._having: Counter[str] = Counter()
        self._sentences = 0
        for index in indexes:
            self._sentences += len(index.spans)
            for word, places in index.postings.items():
                self._having[word] += len(places)

    def weight(self, token: Token, first: bool) -> float:
        """The weight of a claim's word; a capital at the claim's start says nothing."""
        rare = log(1 + (self._sentences + 0.5) / (self._having[token.stem] + 0.5))
        if token.stem in FUNCTION_WORDS:
            return FUNCTION_SHARE * rare
        return rare * (NUMBER_SHARE if token.number else NAME_SHARE if token.capital and not first else 1)

    def query(self, claim: str) -> Query:
        """A claim made ready for ranking."""
        words = tuple(tokens(claim))
        weights: dict[str, float] = {}
        for number, token in enumerate(words):
            weights[token.stem] = max(weights.get(token.stem, 0.0), self.weight(token, number == 0))
        following = pairwise(token.stem for token in words)
        pairs = {pair: min(weights[pair[0]], weights[pair[1]]) for pair in following}
        quoted = tuple(q for q in map(plain, quotations(claim)) if len(q) >= LONG)
        matter = frozenset(weights) - FUNCTION_WORDS
        return Query(claim, words, weights, pairs, fsum(weights.values()) or 1.0, quoted, matter)


def rank(query: Query, index: Index) -> list[Ranked]:
    """The sentences of a source that have anything of the claim, closest first.

    Those that hold a quotation of the claim come before all others; ties go to the earlier sentence.
    """
    covers = _covers(query, index)
    quoting = _quoting(query, index)
    closer = set(heapq.nsmallest(CLOSER, covers, key=lambda n: (-covers[n], n))) | quoting
    ranked = [_closely(query, index, covers, number, number in quoting) for number in closer]
    return sorted(ranked, key=lambda r: (not r.quoted, -r.score, r.sentence))


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


def _closely(query: Query, index: Index, covers: dict[int, float], number: int, quoted: bool) -> Ranked:
    words = index.words[number]
    held = frozenset(word for word in words if word in query.weights)
    beside = [set(index.words[n]) - held for n in (number - 1, number + 1) if n in covers]
    # fsum, because the order of a set differs between runs and a plain sum would with it.
    added = fsum(query.weights[word] for words in beside for word in words if word in query.weights)
    kept = {pair for pair in pairwise(words) if pair in query.pairs}
    pairs = fsum(query.pairs[pair] for pair in kept) / (sum(query.pairs.values()) or 1.0)
    cover = covers.get(number, 0.0)
    score = cover + NEIGHBOURS * added / query.total + PAIRS * pairs
    score -= LENGTH * log(1 + len(words) / USUAL_LENGTH) + (STUB if len(words) < STUB_WORDS else 0.0)
    score -= 0.0 if index.ends_with(number, _STOPS) else HEADING
    return Ranked(number, round(max(0.0, min(1.0, score)), 4), round(min(1.0, cover), 4), quoted, held)


# Choosing a set: a sentence is added while it brings this much of the claim that the chosen ones lack,
# and is at least this close beside the best one.
GAIN = 0.04
BESIDE_BEST = 0.5
MOST = 4


def choose(query: Query, ranked: Sequence[Ranked]) -> list[Ranked]:
    """The sentences that together bear the claim, the closest first; empty where nothing ranked."""
    chosen = list(ranked[:1])
    while chosen and len(chosen) < MOST:
        held = frozenset().union(*(r.words for r in chosen))
        open_to = [r for r in ranked if r not in chosen and r.score >= BESIDE_BEST * chosen[0].score]
        gains = [(_gain(query, r, held), r) for r in open_to]
        adding = [(gain + r.score, -r.sentence, r) for gain, r in gains if gain >= GAIN]
        if not adding:
            break
        chosen.append(max(adding, key=lambda entry: entry[:2])[2])
    return chosen


def _gain(query: Query, ranked: Ranked, held: frozenset[str]) -> float:
    return fsum(query.weights[word] for word in ranked.words - held) / query.total
