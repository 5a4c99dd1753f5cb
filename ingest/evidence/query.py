"""A claim made ready for ranking: its words with their weights, and the words around it. Pure."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Set
from dataclasses import dataclass
from itertools import pairwise
from math import fsum, log
from typing import Generic, TypeVar

from archive.quotations import LONG, plain, quotations
from ingest.evidence.source import Index
from ingest.evidence.words import FUNCTION_WORDS, stems, tokens

FUNCTION_SHARE = 0.1
NUMBER_SHARE = 1.5
NAME_SHARE = 1.3
# What stands before a claim says whom "he" and "the operation" mean; further back it says other things.
NEAR_BEFORE = 600

Weights = dict[str, float]
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Around:
    """What a claim stands in: the article's title, the section's heading, the text before."""

    title: str = ""
    section: str = ""
    before: str = ""


class Weighed(Generic[K]):
    """Words, or pairs of them, with their weights; summed once, because each sentence asks for its share."""

    __slots__ = ("_weights", "_whole", "words")

    def __init__(self, weights: Mapping[K, float]) -> None:
        self.words = frozenset(weights)
        self._weights = weights
        self._whole = fsum(weights.values())

    def share(self, present: Set[K], few: float = 0.0) -> float:
        """The weighted share of them that is present; as if there were some more that are not, by weight."""
        there = self.words & present
        return fsum(map(self._weights.__getitem__, there)) / (self._whole + few) if there else 0.0

    def part(self, present: Set[K]) -> tuple[float, float]:
        """The share of them that is present, and whether there are some and none is."""
        share = self.share(present)
        return share, float(not share and bool(self.words))


@dataclass(frozen=True, slots=True)
class Query:
    """A claim made ready; the weights are by stem.

    ``numbers`` and ``names`` are those among the words; ``title``, ``section`` and ``before`` hold the words
    around the claim that it lacks itself, ``around`` all three; ``fresh`` are its words of matter that do
    not stand around it: the others say what the whole article is about. ``titled``: the claim after the
    article's title, which says whom "he" means. ``follows``: where in the claim each word stands, by order.
    """

    text: str
    titled: str
    weights: Weights
    pairs: Weighed[tuple[str, str]]
    numbers: Weighed[str]
    names: Weighed[str]
    title: Weighed[str]
    section: Weighed[str]
    before: Weighed[str]
    around: frozenset[str]
    follows: dict[str, list[int]]
    quotations: tuple[str, ...]
    total: float
    matter: frozenset[str]
    fresh: Weighed[str]

    def cover(self, words: Iterable[str]) -> float:
        """The weighted share of the claim's words that these are."""
        # fsum, because the order of a set differs between runs and a plain sum would with it.
        return fsum(map(self.weights.__getitem__, words)) / self.total


class Rarity:
    """How rare each word is among the sentences of all sources of an article."""

    def __init__(self, indexes: Iterable[Index]) -> None:
        having: dict[str, int] = {}
        self._sentences = 0
        for index in indexes:
            self._sentences += len(index.spans)
            counted = {word: len(places) for word, places in index.postings.items()}
            for word in having.keys() & counted.keys():
                counted[word] += having[word]
            having |= counted
        # A few counts stand for all words: each is weighed once.
        rare = {count: self._weigh(count) for count in set(having.values())}
        self._known: Weights = {word: rare[count] for word, count in having.items()}
        for word in FUNCTION_WORDS & having.keys():
            self._known[word] *= FUNCTION_SHARE

    def of(self, word: str) -> float:
        """The weight of a word by its rarity; a word of the language's grammar has little."""
        known = self._known.get(word)
        if known is None:
            rare = self._weigh(0)
            known = self._known[word] = FUNCTION_SHARE * rare if word in FUNCTION_WORDS else rare
        return known

    def sum_of(self, words: Collection[str]) -> float:
        """The weights of words, summed; at once where all are of these sources, as a sentence's are."""
        try:
            return fsum(map(self._known.__getitem__, words))
        except KeyError:
            return fsum(map(self.of, words))

    def _weigh(self, count: int) -> float:
        return log(1 + (self._sentences + 0.5) / (count + 0.5))

    def query(self, claim: str, around: Around | None = None) -> Query:
        """A claim made ready for ranking."""
        weights: Weights = {}
        numbers: Weights = {}
        names: Weights = {}
        follows: dict[str, list[int]] = {}
        words = tokens(claim)
        for place, token in enumerate(words):
            weight, stem = self.of(token.stem), token.stem
            follows.setdefault(stem, []).append(place)
            if token.number:
                numbers[stem] = weight
            # A capital at the claim's start says nothing.
            elif token.capital and place and stem not in FUNCTION_WORDS:
                names[stem] = weight
            share = NUMBER_SHARE if stem in numbers else NAME_SHARE if stem in names else 1.0
            weights[stem] = max(weights.get(stem, 0.0), share * weight)
        following = pairwise(token.stem for token in words)
        matter = frozenset(weights) - FUNCTION_WORDS
        given = around or Around()
        texts = given.title, given.section, given.before[-NEAR_BEFORE:]
        beside = [frozenset(stems(text)) for text in texts]
        title, section, before = (self._weighed(words - FUNCTION_WORDS - weights.keys()) for words in beside)
        fresh = matter.difference(*beside)
        return Query(
            text=claim,
            titled=f"{given.title}. {claim}" if given.title else claim,
            weights=weights,
            pairs=Weighed({pair: min(weights[pair[0]], weights[pair[1]]) for pair in following}),
            numbers=Weighed(numbers),
            names=Weighed(names),
            title=title,
            section=section,
            before=before,
            around=frozenset().union(title.words, section.words, before.words),
            follows=follows,
            quotations=tuple(q for q in map(plain, quotations(claim)) if len(q) >= LONG),
            total=fsum(weights.values()) or 1.0,
            matter=matter,
            fresh=Weighed({word: weights[word] for word in fresh}),
        )

    def _weighed(self, words: Iterable[str]) -> Weighed[str]:
        return Weighed({word: self.of(word) for word in words})
