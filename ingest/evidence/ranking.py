"""A source's sentences in order of closeness to a claim, and those that together bear it. Pure.

    1. each sentence measured (`features`), weighed by the model `rank`
    2. the closest taken; then, while the model `add` finds one that belongs to it, the next
    3. the model `source` says how likely it is that the claim is in this source at all
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, fsum, log, log1p
from operator import itemgetter

from ingest.evidence import features, presence
from ingest.evidence.features import Measure, Measured
from ingest.evidence.model import Model, read, shipped
from ingest.evidence.query import Query, Rarity
from ingest.evidence.source import Index

ADD = (
    "beside_first", "first_share", "gain", "gain_small", "repeats", "second", "third", "later", "adjoins",
    "near", "numbers", "cover", "title", "stub", "marked", "claim_length",
)  # fmt: skip
_ALSO = itemgetter(*map(features.NAMES.index, ("cover", "title", "stub", "marked")))
COMPUTED = {
    "rank": features.NAMES, "add": ADD, "source": presence.NAMES, "meant": (*presence.NAMES, *presence.MEANT),
}  # fmt: skip
SHIPPED = read(shipped(), COMPUTED)
# A set is grown from so many of the closest sentences, up to so many.
OPEN, MOST = 12, 5
# A sentence with this share of the claim has the claim, as far as words go.
WHOLE = 0.8


@dataclass(frozen=True, slots=True)
class Ranked:
    """A measured sentence and its closeness: a sum that orders the sentences of one source."""

    measured: Measured
    closeness: float

    @property
    def sentence(self) -> int:
        """Its number in the source."""
        return self.measured.sentence

    @property
    def words(self) -> frozenset[str]:
        """The claim's words that it holds."""
        return self.measured.words

    @property
    def quoted(self) -> bool:
        """Whether it holds a quotation of the claim."""
        return self.measured.quoted


@dataclass(frozen=True, slots=True)
class Found:
    """What a source has for a claim: its sentences, closest first; those chosen, with their probabilities.

    ``probability``: that the claim is in this source at all.
    """

    ranked: tuple[Ranked, ...]
    chosen: tuple[tuple[Ranked, float], ...]
    probability: float


def find(query: Query, index: Index, rarity: Rarity, model: Model = SHIPPED) -> Found:
    """The sentences of a source for a claim; nothing chosen where they have no word in common."""
    ranked = rank(query, index, rarity, model)
    chosen = choose(query, ranked, model)
    if not chosen:
        return Found((), (), 0.0)
    measured = [one.measured for one, _ in chosen], [one.measured for one in ranked]
    told = presence.features(query, index, *measured)
    also = presence.meant(query, index)
    probability = model.meant.probability([*told, *also]) if also else model.source.probability(told)
    return Found(tuple(ranked), tuple(chosen), probability)


def rank(query: Query, index: Index, rarity: Rarity, model: Model = SHIPPED) -> list[Ranked]:
    """The sentences of a source that have anything of the claim, closest first.

    Those that hold a quotation of the claim come before all others; ties go to the earlier sentence.
    """
    return order(Measure(query, index, rarity).sentences(), model)


def order(measured: Sequence[Measured], model: Model) -> list[Ranked]:
    """Measured sentences by closeness."""
    by_number = {one.sentence: Ranked(one, round(model.rank.value(one.features), 6)) for one in measured}
    ranked = [_behind(one, by_number) for one in by_number.values()]
    return sorted(ranked, key=lambda r: (not r.quoted, -r.closeness, r.sentence))


def _behind(one: Ranked, by_number: Mapping[int, Ranked]) -> Ranked:
    """A sentence behind its neighbour, where that has all it has of the claim, and almost the whole claim.

    Much of its closeness is then the neighbour's: "The board paid 15,000" came before the sentence that said
    for what. It changes no figure of WiCE.
    """
    beside = (by_number.get(one.sentence + away) for away in (-1, 1))
    whole = [other.closeness for other in beside if other and one.words < other.words and _whole(other)]
    limit = min(whole, default=one.closeness + 1)
    return one if one.closeness < limit else replace(one, closeness=round(limit - 1e-6, 6))


def _whole(one: Ranked) -> bool:
    return one.measured.of("cover") >= WHOLE


def choose(query: Query, ranked: Sequence[Ranked], model: Model = SHIPPED) -> list[tuple[Ranked, float]]:
    """The sentences that together bear the claim, the closest first, each with its probability in the set."""
    if not ranked:
        return []
    chosen = [(ranked[0], 1.0)]
    while len(chosen) < MOST:
        open_to = options(query, ranked, [one for one, _ in chosen])
        weighed = [(model.add.probability(features), -one.sentence, one) for features, one in open_to]
        best = max(weighed, key=lambda entry: entry[:2], default=None)
        if best is None or best[0] < model.add_from:
            break
        chosen.append((best[2], best[0]))
    return chosen


def options(
    query: Query, ranked: Sequence[Ranked], chosen: Sequence[Ranked]
) -> list[tuple[list[float], Ranked]]:
    """What may be added to the chosen: the features of each by ``ADD``, and the sentence."""
    held = frozenset().union(*(one.words for one in chosen))
    places = [one.sentence for one in chosen]
    first = ranked[0].closeness
    share = min(1.0, 1 / fsum(exp(max(-50.0, one.closeness - first)) for one in ranked[:OPEN]))
    turn = float(len(chosen) == 1), float(len(chosen) == 2), float(len(chosen) > 2)
    long = log1p(len(query.weights) / 20)
    found = []
    for one in ranked[:OPEN]:
        if one.sentence in places:
            continue
        words, added = one.words, one.words - held
        gain = query.cover(added)
        away = min(abs(one.sentence - place) for place in places)
        features = [
            max(-8.0, one.closeness - first),
            share,
            gain,
            log(gain + 0.01),
            query.cover(words & held) / (query.cover(words) or 1.0),
            *turn,
            float(away == 1),
            exp(-away / 5),
            float(len(query.numbers.words & added)),
            *_ALSO(one.measured.features),
            long,
        ]
        found.append((features, one))
    return found
