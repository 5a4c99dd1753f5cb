"""Whether a claim is in a source at all: what is measured of the sentences found for it. Pure.

Apart from the ranking, because the closest sentence of a source that is about something else is close, too.
"""

from collections.abc import Sequence
from math import exp, fsum, log1p

from ingest.evidence.features import Measured
from ingest.evidence.query import Query
from ingest.evidence.source import Index

NAMES = (
    "best_cover", "set_cover", "page_cover", "best_run", "best_pairs", "best_alike", "best_likeness",
    "quoted", "set_numbers", "no_number", "set_names", "no_name", "page_names", "title", "before",
    "words_in_common", "one_word", "weight_in_common", "second_cover", "claim_length", "page_length",
    "fresh_best", "fresh_set", "fresh_in_common", "no_fresh",
)  # fmt: skip
# What a sentence encoder says: how near the nearest sentence is to the claim, and to it after its title.
MEANT = ("meant", "meant_titled")
_MANY_WORDS = 8
# The weight of about two words: one word around a claim that is in a page, too, says little of it.
FEW = 8.0


def features(
    query: Query, index: Index, chosen: Sequence[Measured], ranked: Sequence[Measured]
) -> list[float]:
    """The features of a claim in a source by ``NAMES``; ``chosen``: the set, the closest first."""
    best = chosen[0]
    held = frozenset().union(*(one.words for one in chosen))
    there = index.postings.keys()
    on_page = there & query.weights.keys()
    in_common = len(query.matter & best.words)
    fresh = len(query.fresh.words & held)
    return [
        best.of("cover"),
        query.cover(held),
        query.cover(on_page),
        best.of("run"),
        best.of("pairs"),
        best.of("alike"),
        best.of("likeness"),
        float(any(one.quoted for one in chosen)),
        *query.numbers.part(held),
        *query.names.part(held),
        query.names.share(on_page),
        query.title.share(there & query.title.words, FEW),
        query.before.share(there & query.before.words, FEW),
        min(in_common, _MANY_WORDS) / _MANY_WORDS,
        exp(1 - in_common),
        log1p(fsum(query.weights[word] for word in best.words)),
        max((one.of("cover") for one in ranked[1:3]), default=0.0),
        log1p(len(query.weights) / 20),
        log1p(len(index.spans) / 50),
        query.fresh.share(best.words),
        query.fresh.share(held),
        min(fresh, _MANY_WORDS) / _MANY_WORDS,
        exp(-fresh),
    ]


def meant(query: Query, index: Index) -> list[float]:
    """The features of a claim in a source by ``MEANT``; none where no encoder reads the source."""
    return index.meant.likeness((query.text, query.titled)) if index.meant else []

