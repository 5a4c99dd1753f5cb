"""The weights of the linear models, as `benchmarks/train_evidence.py` wrote them. Pure.

    rank    which sentence of a source is closest to a claim
    add     whether a further sentence belongs to the set that bears it
    source  whether the claim is in this source at all, as a probability
    meant   the same, where a sentence encoder reads the source as well
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from math import exp, fsum, sqrt
from operator import mul


@dataclass(frozen=True, slots=True)
class Linear:
    """A weighted sum of named features."""

    names: tuple[str, ...]
    weights: tuple[float, ...]
    bias: float = 0.0

    def value(self, features: Sequence[float]) -> float:
        """The sum for features that stand in the order of the names."""
        return fsum((self.bias, *map(mul, self.weights, features)))

    def probability(self, features: Sequence[float]) -> float:
        """The sum as a probability."""
        return probability(self.value(features))


def probability(value: float) -> float:
    """The logistic of a sum, without overflow."""
    return 1 / (1 + exp(-max(-60.0, min(60.0, value))))


@dataclass(frozen=True, slots=True)
class Model:
    """All that was trained. ``add_from``: the least probability with which a sentence is added.

    ``linked_from``: the least probability of a source, by how the author tied it, for a link to be shown.
    """

    rank: Linear
    add: Linear
    source: Linear
    meant: Linear
    add_from: float
    linked_from: Mapping[str, float]

    def floor(self, tied: str, tried: int) -> float:
        """The least probability of a link, where so many sources are tried.

        The author's own are all meant. Of the others, each try may be wrong: the odds that are asked for grow
        with the root of their number. Of 60 claims of WiCE tried in all that their articles cite, 3.4 pages,
        that keeps 56 instead of 57 and links 19 to other pages instead of 27; growing with the number itself
        it would keep 54 and link 12.
        """
        odds = self.linked_from[tied] / (1 - self.linked_from[tied])
        odds *= 1.0 if tied == "author" else sqrt(tried)
        return odds / (1 + odds)


def read(data: Mapping[str, object], features: Mapping[str, Sequence[str]]) -> Model:
    """A model from its data; ``features``: the names that the code computes, by model."""
    linear: dict[str, Linear] = {}
    for name, computed in features.items():
        weights = data[name]
        assert isinstance(weights, dict) and set(weights) <= {*computed, "bias"}, name
        ordered = tuple(float(weights.get(feature, 0.0)) for feature in computed)
        linear[name] = Linear(tuple(computed), ordered, float(weights.get("bias", 0.0)))
    add_from, linked = data["add_from"], data["linked_from"]
    assert isinstance(add_from, float) and isinstance(linked, dict)
    return Model(linear["rank"], linear["add"], linear["source"], linear["meant"], add_from, linked)


def shipped() -> Mapping[str, object]:
    """The data that ships in the package."""
    found: Mapping[str, object] = json.loads(files(__package__).joinpath("weights.json").read_text("utf-8"))
    return found
