"""What a person (or, for a resolution, a machine) says of a noun: one record each, never changed.

Each has a creator and a date; its id is computed from its record's block, so it is empty until written.
What withdraws an earlier statement names it in ``undoes`` and is a record too.
"""

from dataclasses import dataclass
from typing import Literal

from archive.model.captures import Passage, Place

ResolutionState = Literal["resolved", "failed", "unresolved", "none"]
VerdictWord = Literal["supports", "partly", "contradicts", "mentions", "unrelated", "none"]
CORRECTABLE = ("title", "author", "date", "site", "language", "key")


@dataclass(frozen=True, slots=True)
class Statement:
    """What every statement has: who said it, when (WARC-Date form), and where its record lies."""

    creator: str
    created: str
    id: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A near miss that a resolver offers; never taken silently. ``score`` 0 to 1."""

    uri: str
    title: str
    score: float


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a resolver asked, and what it was answered."""

    method: str
    asked: str
    answered: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution(Statement):
    """To which address and snapshot a citation (or entry) leads, or why it leads nowhere.

    ``state``: ``resolved`` (``uri``, ``snapshot``), ``failed`` (``uri``, ``reason``, and ``failure``
    or the error page as ``snapshot``), ``unresolved`` (``reason``, ``candidates``),
    ``none`` (a person says that it has no page). ``noun``: what ``citation`` names.
    """

    citation: str
    person: bool
    state: ResolutionState
    method: str
    uri: str | None = None
    snapshot: str | None = None
    failure: str | None = None
    reason: str | None = None
    steps: tuple[Step, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    noun: Literal["citation", "entry"] = "citation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict(Statement):
    """A person's judgement on evidence, or ``none`` on a claim.

    ``claim``, ``text`` and ``passage`` say what was judged in full, so that the verdict carries over
    to a later reading in which the same passage stands for the same claim.
    """

    subject: str
    verdict: VerdictWord
    claim: str
    text: str | None = None
    passage: Passage | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Statement):
    """A person's value for one field (see CORRECTABLE) of a snapshot; ``author`` takes several values."""

    subject: str
    field: str
    values: tuple[str, ...] = ()
    undoes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Statement):
    """A source named before any article cites it; ``raw`` is an imported entry, whole, in ``form``.

    ``authors``: names as :func:`archive.bibliography.names.written` writes them; ``key``: the entry's own.
    """

    title: str
    authors: tuple[str, ...] = ()
    date: str | None = None
    uri: str | None = None
    doi: str | None = None
    isbn: str | None = None
    key: str | None = None
    raw: str | None = None
    form: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sameness(Statement):
    """Two addresses are one source."""

    a: str
    b: str
    undoes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag(Statement):
    """A word on a noun (``subject`` is any id)."""

    subject: str
    tag: str
    undoes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection(Statement):
    """A noun belongs to a collection."""

    subject: str
    collection: str
    undoes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Statement):
    """A remark on a noun."""

    subject: str
    note: str
    undoes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction(Statement):
    """A snapshot that must not be shown, why, and until when (an ISO date, or for good).

    With ``undoes`` it lifts an earlier restriction.
    """

    snapshot: str
    reason: str
    until: str | None = None
    undoes: str | None = None


KINDS: dict[str, type[Statement]] = {
    "resolution": Resolution,
    "verdict": Verdict,
    "correction": Correction,
    "entry": Entry,
    "sameness": Sameness,
    "tag": Tag,
    "collection": Collection,
    "note": Note,
    "restriction": Restriction,
}
