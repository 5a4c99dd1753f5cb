"""What people have judged of a reading, and where they disagree. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archive.model import Reading, Verdict

_FOR = ("supports", "partly")


@dataclass(frozen=True, slots=True)
class Judged:
    """The claims that people have judged, those on which they disagree, and how many people they are."""

    claims: frozenset[str]
    disputed: frozenset[str]
    people: int


def judged(reading: Reading, verdicts: Mapping[str, tuple[Verdict, ...]]) -> Judged:
    """Who has judged a reading; ``verdicts``: of each person the last, by the id of claim or evidence.

    People disagree on a claim where they judge one passage differently, or where one finds support for it
    and another says that no source gives any (as in the view ``conflicts``).
    """
    claim_of = {one.id: one.claim for one in reading.evidence}
    known = {claim.id for claim in reading.claims}
    by_claim: dict[str, list[Verdict]] = {}
    disputed: set[str] = set()
    for subject, said in verdicts.items():
        claim = claim_of.get(subject, subject)
        by_claim.setdefault(claim, []).extend(said)
        if disagree(said):
            disputed.add(claim)
    for claim, every in by_claim.items():
        against = {one.creator for one in every if one.verdict == "none"}
        supporting = {one.creator for one in every if one.verdict in _FOR}
        if any(one != other for one in against for other in supporting):
            disputed.add(claim)
    people = {one.creator for claim in by_claim.keys() & known for one in by_claim[claim]}
    return Judged(frozenset(by_claim.keys() & known), frozenset(disputed & known), len(people))


def disagree(verdicts: Iterable[Verdict]) -> bool:
    """Whether the last verdicts of several people on one thing differ; ``verdicts``: the latest last."""
    last = {one.creator: one.verdict for one in verdicts}
    return len(set(last.values())) > 1
