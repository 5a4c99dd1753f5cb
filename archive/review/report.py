"""What an editor should look at in an article, found in its newest reading and in what people said of it.

Nothing here judges: a remark says what was looked for, where, and what was found.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from archive.index import read
from archive.index.read import CitationState, Connection
from archive.model import Claim, ClaimOutcome, Evidence, Reading, Verdict
from archive.quotations import LONG, Plain, plain, quotations
from archive.review.changes import Changes
from archive.review.judged import judged

RemarkKind = Literal[
    "uncited", "failed", "unresolved", "quotation", "differs", "judged", "disputed", "changed"
]
KINDS: dict[RemarkKind, str] = {
    "uncited": "Claims without a citation",
    "failed": "Citations whose source could not be captured",
    "unresolved": "Citations that lead nowhere yet",
    "quotation": "Quotations that are not in the captured sources",
    "differs": "Numbers, dates and quotations that differ",
    "judged": "Verdicts against",
    "disputed": "Claims on which people disagree",
    "changed": "Sources changed since",
}
_ELSEWHERE = {
    "nothing-found": ", and no such passage was found in the captured sources of the article",
    "source-not-captured": ", and the sources of the article are not captured",
    "no-text": ", and no text could be made of the article's sources",
    "not-compared": ", and the article's sources are in another language",
}
AGAINST = ("contradicts", "unrelated", "none")


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at: in words, and the ids of what it is about.

    ``words``: the claim's or the citation's own words; ``detail``: what was found.
    """

    kind: RemarkKind
    words: str
    detail: str
    claim: str | None = None
    citation: str | None = None
    evidence: str | None = None
    snapshot: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """The report on one article; ``remarks`` by kind, in text order.

    ``judged``: how many claims people have judged, and ``people`` how many they are;
    ``disputed``: on how many claims they disagree.
    """

    article: str
    uri: str
    title: str | None
    reading: str
    claims: int
    judged: int
    people: int
    disputed: int
    remarks: tuple[Remark, ...]

    @property
    def exit_code(self) -> int:
        """3 where there is something to look at."""
        return 3 if self.remarks else 0


def review(connection: Connection, snapshot_id: str) -> Review | None:
    """The report on an article; None where it has no reading, or must not be shown."""
    found = read.newest_reading(connection, snapshot_id)
    reading = read.reading(connection, found) if found else None
    if reading is None:
        return None
    seen = _Seen(connection, reading)
    description = read.description(connection, snapshot_id)
    remarks = [*seen.of_claims(), *seen.of_citations(), *seen.of_sources()]
    order = list(KINDS)
    return Review(
        article=snapshot_id,
        uri=reading.article.uri,
        title=description.title if description else None,
        reading=reading.id,
        claims=len(reading.claims),
        judged=len(seen.judged.claims),
        people=seen.judged.people,
        disputed=len(seen.judged.disputed),
        remarks=tuple(sorted(remarks, key=lambda remark: order.index(remark.kind))),
    )


class _Seen:
    """A reading as the report looks at it; each source text is made plain once."""

    def __init__(self, connection: Connection, reading: Reading) -> None:
        self.connection, self.reading = connection, reading
        self.states = {state.citation.id: state for state in read.citation_states(connection, reading.id)}
        self.verdicts = read.verdicts_of(connection, reading.id)
        self._outcomes = {outcome.claim: outcome for outcome in reading.outcomes}
        self._evidence: dict[str, list[Evidence]] = {}
        for one in sorted(reading.evidence, key=lambda e: (e.rank, -e.score, e.id, e.citation)):
            self._evidence.setdefault(one.claim, []).append(one)
        self._plain: dict[str, Plain | None] = {}
        self.judged = judged(reading, self.verdicts)

    def of_claims(self) -> Iterator[Remark]:
        """What is to be said of each claim."""
        for claim in self.reading.claims:
            outcome = self._outcomes.get(claim.id) or ClaimOutcome(claim.id, "uncited")
            best = self._evidence.get(claim.id, [])[:1]
            if not outcome.citations and outcome.outcome != "matched":
                detail = f"the author ties no source to it{_ELSEWHERE.get(outcome.outcome, '')}"
                yield Remark("uncited", claim.passage.exact, detail, claim=claim.id)
            yield from self._differing(claim, best)
            yield from self._missing_quotations(claim, outcome, best)
            yield from self._against(claim)
            yield from self._disputed(claim)

    def _differing(self, claim: Claim, best: list[Evidence]) -> Iterator[Remark]:
        for one in best:
            pairs = [*one.signals.differ, *one.signals.altered]
            if pairs:
                detail = "; ".join(f"{ours} ↔ {theirs}" for ours, theirs in pairs)
                yield Remark(
                    "differs",
                    claim.passage.exact,
                    f"in the article ↔ in the source: {detail}",
                    claim=claim.id,
                    evidence=one.id,
                    citation=one.citation,
                )

    def _missing_quotations(
        self, claim: Claim, outcome: ClaimOutcome, best: list[Evidence]
    ) -> Iterator[Remark]:
        altered = {ours for one in best for ours, _ in one.signals.altered}
        sources = self._sources(outcome)
        for quoted in quotations(claim.passage.exact):
            wanted = plain(quoted)
            if len(wanted) < LONG or quoted in altered or not sources:
                continue
            if not any(source.find(wanted) for source in sources):
                where = "cited here" if outcome.citations else "of the article"
                yield Remark(
                    "quotation",
                    claim.passage.exact,
                    f"“{quoted}” stands word for word in none of the captured sources {where}",
                    claim=claim.id,
                )

    def _sources(self, outcome: ClaimOutcome) -> list[Plain]:
        """The texts of the sources that are cited for a claim, or of all where none is."""
        cited = [self.states[one] for one in outcome.citations if one in self.states]
        texts = (
            {state.text for state in cited if state.text}
            if outcome.citations
            else {source.text for source in self.reading.sources}
        )
        return [made for text in sorted(texts) if (made := self._made_plain(text))]

    def _made_plain(self, text_id: str) -> Plain | None:
        if text_id not in self._plain:
            text = read.text(self.connection, text_id)
            self._plain[text_id] = Plain(text.body) if text and text.body else None
        return self._plain[text_id]

    def _disputed(self, claim: Claim) -> Iterator[Remark]:
        if claim.id in self.judged.disputed:
            about = [claim.id, *dict.fromkeys(one.id for one in self._evidence.get(claim.id, ()))]
            said = [one for subject in about for one in self.verdicts.get(subject, ())]
            detail = "; ".join(f"{one.creator}: {one.verdict}" for one in said)
            yield Remark("disputed", claim.passage.exact, detail, claim=claim.id)

    def _against(self, claim: Claim) -> Iterator[Remark]:
        said: list[tuple[str | None, Verdict]] = [(None, one) for one in self.verdicts.get(claim.id, ())]
        for evidence in self._evidence.get(claim.id, ()):
            said += [(evidence.id, one) for one in self.verdicts.get(evidence.id, ())]
        for subject, verdict in dict.fromkeys(said):
            if verdict.verdict in AGAINST:
                why = f": {verdict.note}" if verdict.note else ""
                detail = f"{verdict.creator} judged: {verdict.verdict}{why}"
                yield Remark("judged", claim.passage.exact, detail, claim=claim.id, evidence=subject)

    def of_citations(self) -> Iterator[Remark]:
        """Citations that lead to nothing that could be read."""
        for state in self.states.values():
            if state.status == "failed":
                yield self._lost(state, "failed", state.reason or "not captured")
            elif state.status == "unresolved":
                yield self._lost(state, "unresolved", state.reason or "not looked for")

    def _lost(self, state: CitationState, kind: RemarkKind, detail: str) -> Remark:
        words = state.citation.label or state.citation.uri
        return Remark(kind, words, detail, citation=state.citation.id, snapshot=state.snapshot)

    def of_sources(self) -> Iterator[Remark]:
        """Passages that the newest snapshot of their source no longer has."""
        changes = Changes(self.connection, self.reading)
        words = {claim.id: claim.passage.exact for claim in self.reading.claims}
        for claim, found in self._evidence.items():
            for one in found[:1]:
                changed = changes.of(one)
                if changed:
                    newer, detail = changed
                    yield Remark(
                        "changed",
                        words.get(claim, ""),
                        detail,
                        claim=claim,
                        evidence=one.id,
                        citation=one.citation,
                        snapshot=newer,
                    )
