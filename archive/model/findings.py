"""What a machine finds in an article: claims, citations, evidence, and the reading that holds them."""

from dataclasses import dataclass, field
from typing import Literal

from archive.model.captures import Passage, Place
from archive.model.ids import citation_id, claim_id, evidence_id

Outcome = Literal["matched", "nothing-found", "source-not-captured", "no-text", "not-compared", "uncited"]
CitationKind = Literal["link", "note", "numbered", "author-year", "list", "quotation", "embed", "identifier"]
Tied = Literal["author", "article"]
How = Literal["quoted", "matched"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A passage of an article that asserts something."""

    text: str
    passage: Passage

    @property
    def id(self) -> str:
        """The intrinsic id: article text and span."""
        return claim_id(self.text, self.passage.start, self.passage.end)


@dataclass(frozen=True, slots=True)
class Bibliographic:
    """What a bibliographic reader makes of an entry as its author wrote it."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    container: str | None = None
    doi: str | None = None
    arxiv: str | None = None
    isbn: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """The author's pointer to a source, as written.

    ``label``: the words as written (link text, note, entry); ``uri``: as written, absolute, or empty.
    ``nth``: 0 for the first with this label and URI in the text, 1 for the next.
    ``start``, ``end``: where it stands in the text of record; None where the extractor dropped it.
    ``mark``: the note's or reference's number as written (``[3]``); ``heading``: the list's heading.
    """

    text: str
    label: str
    uri: str = ""
    nth: int = 0
    kind: CitationKind = "link"
    start: int | None = None
    end: int | None = None
    mark: str | None = None
    heading: str | None = None
    entry: Bibliographic = field(default_factory=Bibliographic)

    @property
    def id(self) -> str:
        """The intrinsic id: text, label, URI, n."""
        return citation_id(self.text, self.label, self.uri, self.nth)


@dataclass(frozen=True, slots=True)
class Signals:
    """What agrees and what differs between a claim and a passage; shown, never judged.

    Numbers, dates and names are given as written in the claim (``differ``: pairs claim ↔ source).
    ``cover``: idf-weighted share of the claim's words that the passage has, 0 to 1.
    """

    cover: float = 0.0
    quoted: tuple[str, ...] = ()
    altered: tuple[tuple[str, str], ...] = ()
    agree: tuple[str, ...] = ()
    differ: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    words_missing: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage of a source close to a claim; in a reading it stands with the citation it belongs to."""

    claim: str
    text: str
    passage: Passage
    method: str
    citation: str
    tied: Tied
    how: How
    rank: int
    score: float
    signals: Signals = field(default_factory=Signals)

    @property
    def id(self) -> str:
        """The intrinsic id: claim, source text, span, method with version."""
        return evidence_id(self.claim, self.text, self.passage.start, self.passage.end, self.method)


@dataclass(frozen=True, slots=True)
class ClaimOutcome:
    """What became of a claim in a reading, and which citations the author tied to it."""

    claim: str
    outcome: Outcome
    citations: tuple[str, ...] = ()
    section: str | None = None


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text that a reading names, so that it is understood whichever file its neighbours are in."""

    text: str
    snapshot: str
    uri: str
    date: str
    digest: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All findings over one article text by one method and version.

    ``claims`` and ``outcomes`` stand in text order, one outcome per claim; ``citations`` in order of
    first appearance; ``evidence`` by claim and rank. ``article`` is the text that was read,
    ``sources`` are those that were searched. ``id`` is known once its record's block is.
    """

    article: SourceText
    method: str
    creator: str
    created: str
    claims: tuple[Claim, ...]
    outcomes: tuple[ClaimOutcome, ...]
    citations: tuple[Citation, ...]
    evidence: tuple[Evidence, ...]
    sources: tuple[SourceText, ...]
    id: str = ""
    place: Place | None = None
