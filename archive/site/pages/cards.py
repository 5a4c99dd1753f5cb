"""Beside each claim: the citation as its author wrote it, the snapshot, the closest passage in context."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive import anchor
from archive.documents import described
from archive.index import read
from archive.index.read import CitationState, Connection
from archive.model import Claim, ClaimOutcome, Evidence, Metadata, Outcome, Reading, Snapshot, Text, Verdict
from archive.site import words
from archive.site.marks import Piece, Span, pieces, wherever

# Enough to read the sentence before and after; WiCE's sources have 130 characters a sentence.
CONTEXT = 180
_BREAKS = re.compile(r"\s*[\n\f]\s*")
# In a card; the claim's own page shows them all. Three windows hold an accepted passage in 99 of 100 claims.
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Source:
    """A source text that was searched: its snapshot, what its page says of itself, its words."""

    text: Text
    snapshot: Snapshot
    metadata: Metadata
    restricted: bool

    @property
    def title(self) -> str:
        """The source's title, or its address."""
        return self.metadata.title or self.snapshot.uri


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """A closest passage, ready to be shown."""

    evidence: Evidence
    source: Source | None
    state: CitationState | None
    before: str
    passage: tuple[Piece, ...]
    after: str
    locator: str | None
    differs: list[str]
    altered: list[str]
    gap: str
    later: bool
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """All that is shown beside one claim; ``n`` is its place in its block, from 1."""

    claim: Claim
    n: int
    outcome: Outcome | None
    citations: tuple[CitationState, ...]
    evidence: tuple[ShownEvidence, ...]
    more: int
    verdicts: tuple[Verdict, ...]

    @property
    def differs(self) -> bool:
        """Whether the closest passage has another number, date or quotation."""
        best = self.evidence[:1]
        return any(shown.differs or shown.altered for shown in best)

    @property
    def style(self) -> str:
        """How the claim is marked: its outcome, and whether something differs."""
        return "differs" if self.outcome == "matched" and self.differs else self.outcome or "unread"

    @property
    def words(self) -> str:
        """What became of the claim, in words."""
        return words.OUTCOMES[self.outcome] if self.outcome else words.UNKNOWN_OUTCOME


class Cards:
    """Makes the cards of one reading; looks each source up once."""

    def __init__(self, connection: Connection, reading: Reading, published: str | None) -> None:
        self.connection = connection
        self.published = published
        self.states = {state.citation.id: state for state in read.citation_states(connection, reading.id)}
        self.verdicts = read.verdicts_of(connection, reading.id)
        self._snapshots = {source.text: source.snapshot for source in reading.sources}
        self._outcomes = {outcome.claim: outcome for outcome in reading.outcomes}
        self._sources: dict[str, Source | None] = {}
        self._evidence: dict[str, list[Evidence]] = {}
        for evidence in sorted(
            reading.evidence, key=lambda one: (one.rank, -one.score, one.id, one.citation)
        ):
            self._evidence.setdefault(evidence.claim, []).append(evidence)

    def card(self, claim: Claim, n: int = 1, most: int = SHOWN) -> Card:
        """The card of a claim, with at most so many passages."""
        outcome = self._outcomes.get(claim.id) or ClaimOutcome(claim.id, "uncited")
        evidence = self._evidence.get(claim.id, [])
        return Card(
            claim=claim,
            n=n,
            outcome=outcome.outcome if claim.id in self._outcomes else None,
            citations=tuple(self.states[cited] for cited in outcome.citations if cited in self.states),
            evidence=tuple(self.shown(one, claim) for one in evidence[:most]),
            more=max(0, len(evidence) - most),
            verdicts=self.verdicts.get(claim.id, ()),
        )

    def best(self, claim: Claim) -> Evidence | None:
        """The closest passage of a claim."""
        return next(iter(self._evidence.get(claim.id, ())), None)

    def judged(self, claim: Claim) -> bool:
        """Whether somebody has judged a claim or a passage beside it."""
        evidence = (one.id for one in self._evidence.get(claim.id, ()))
        return any(one in self.verdicts for one in (claim.id, *evidence))

    def kilobytes(self) -> float:
        """About how much HTML all cards take, as measured: 0.5 kB a claim, 1.6 kB a passage."""
        passages = sum(min(len(found), SHOWN) for found in self._evidence.values())
        return 0.5 * len(self._outcomes) + 1.6 * passages

    def style(self, claim: Claim) -> str:
        """How a claim is marked, without making its card."""
        outcome = self._outcomes.get(claim.id)
        best = self._evidence.get(claim.id, [])[:1]
        if (
            outcome
            and outcome.outcome == "matched"
            and any(one.signals.differ or one.signals.altered for one in best)
        ):
            return "differs"
        return outcome.outcome if outcome else "unread"

    def shown(self, evidence: Evidence, claim: Claim) -> ShownEvidence:
        """A piece of evidence with its source, context, and what agrees and differs."""
        source = self.source(evidence.text)
        before, after = _around(source, evidence)
        signals = evidence.signals
        return ShownEvidence(
            evidence=evidence,
            source=source,
            state=self.states.get(evidence.citation),
            before=before,
            passage=marked_passage(evidence),
            after=after,
            locator=_locator(source, evidence),
            differs=words.differing(signals.differ),
            altered=words.differing(signals.altered),
            gap=_gap(self.published, source),
            later=words.later(self.published, _published(source)),
            verdicts=self.verdicts.get(evidence.id, ()),
        )

    def source(self, text_id: str) -> Source | None:
        """The source with this text; None where it is not in this archive."""
        if text_id not in self._sources:
            self._sources[text_id] = self._look_up(text_id)
        return self._sources[text_id]

    def _look_up(self, text_id: str) -> Source | None:
        text = read.text(self.connection, text_id)
        snapshot = (
            read.snapshot(self.connection, self._snapshots.get(text_id, text.snapshot)) if text else None
        )
        if text is None or snapshot is None:
            return None
        metadata, _ = described(self.connection, snapshot.id)
        return Source(text, snapshot, metadata, read.restricted(self.connection, snapshot.id) is not None)


def marked_passage(evidence: Evidence) -> tuple[Piece, ...]:
    """A passage with what was quoted, what agrees and what differs marked in place."""
    exact, signals = evidence.passage.exact, evidence.signals
    spans: list[Span] = []
    spans += wherever(exact, [source for _, source in (*signals.differ, *signals.altered)], "differs")
    spans += wherever(exact, signals.quoted, "quoted")
    spans += wherever(exact, signals.agree, "agrees")
    return tuple(pieces(exact, 0, len(exact), _named_apart(spans)))


def _around(source: Source | None, evidence: Evidence) -> tuple[str, str]:
    """What stands before and after a passage, its paragraphs close together: it is there to be glanced at."""
    if source is None or not evidence.passage.exact:
        return "", ""
    start, end, body = evidence.passage.start, evidence.passage.end, source.text.body
    before, after = (_BREAKS.sub("\n", part) for part in anchor.context(body, start, end, CONTEXT))
    return f"{'… ' * (start > CONTEXT)}{before}", f"{after}{' …' * (end + CONTEXT < len(body))}"


def _gap(published: str | None, source: Source | None) -> str:
    if source is None:
        return ""
    taken = "supplied" if source.snapshot.origin.kind == "supplied" else "captured"
    return words.gap(published, source.snapshot.date, taken)


def _named_apart(spans: Sequence[Span]) -> list[Span]:
    """What differs before what is quoted before what agrees, where they overlap."""
    kept: list[Span] = []
    for span in spans:
        if not any(span.start < other.end and other.start < span.end for other in kept):
            kept.append(span)
    return kept


def _locator(source: Source | None, evidence: Evidence) -> str | None:
    if source is None or not evidence.passage.exact:
        return None
    passage = evidence.passage
    return anchor.locator(source.text.body, source.text.pages, passage.start, passage.end)


def _published(source: Source | None) -> str | None:
    return source.metadata.date.iso if source and source.metadata.date else None
