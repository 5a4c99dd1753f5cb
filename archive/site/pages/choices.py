"""Which claims of an article are marked: all, or those of one outcome, with one difference, judged or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archive.model import Claim, Reading
from archive.site.pages.cards import Cards

# In the order in which they are offered; `matched` is where nothing differs.
OUTCOMES = (
    "matched",
    "differs",
    "nothing-found",
    "source-not-captured",
    "no-text",
    "not-compared",
    "uncited",
)
DIFFERENCES = ("value", "quotation", "lacking", "denial")
JUDGED = ("judged", "unjudged")


@dataclass(frozen=True, slots=True)
class Step:
    """Where a claim stands among those that are marked: its number from 1, and its neighbours in the text."""

    n: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be asked for with ``?show=``: the claims behind each word, where there are some."""

    members: Mapping[str, frozenset[str]]
    show: str | None

    def offered(self, group: Sequence[str]) -> list[tuple[str, int]]:
        """The words of a group that lead to claims, with how many."""
        return [(word, len(self.members[word])) for word in group if word in self.members]

    def marked(self, claims: Sequence[Claim], chosen: str | None) -> list[Claim]:
        """The claims to be marked, in the order of the text; the chosen one always."""
        ordered = sorted(claims, key=lambda claim: (claim.passage.start, claim.passage.end, claim.id))
        if self.show is None:
            return ordered
        wanted = self.members[self.show] | {chosen}
        return [claim for claim in ordered if claim.id in wanted]


def choices(reading: Reading, cards: Cards, asked: str | None) -> Choices:
    """What an article's reader may choose; ``asked``: what the address asks for."""
    found: dict[str, set[str]] = {}
    for claim in reading.claims:
        for word in _words_of(claim, cards):
            found.setdefault(word, set()).add(claim.id)
    members = {word: frozenset(ids) for word, ids in found.items()}
    return Choices(members, asked if asked in members else None)


def _words_of(claim: Claim, cards: Cards) -> list[str]:
    """The words that lead to a claim."""
    words = [cards.style(claim), "judged" if cards.judged(claim) else "unjudged"]
    best = cards.best(claim)
    if best:
        signals = best.signals
        seen = (signals.differ, signals.altered, signals.missing, signals.cues)
        words += [word for word, said in zip(DIFFERENCES, seen, strict=True) if said]
    return words


def steps(claims: Sequence[Claim]) -> dict[str, Step]:
    """Each claim's number and its neighbours."""
    ids = [claim.id for claim in claims]
    return {
        one: Step(n, ids[n - 2] if n > 1 else None, ids[n] if n < len(ids) else None)
        for n, one in enumerate(ids, start=1)
    }
