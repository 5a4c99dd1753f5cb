"""What is asked of resolvers, and what comes of it: a citation, the date of its article, an answer. Pure."""

from dataclasses import dataclass

from archive.model import Candidate, Citation, ResolutionState, Step


@dataclass(frozen=True, slots=True)
class Question:
    """A citation to resolve. ``article_date``: an ISO date, for resolvers that know revisions."""

    citation: Citation
    article_date: str | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """Where a citation leads, or why nowhere; each step with what was asked and answered.

    ``revision``: the address of the revision that stood at the article's date, where it is not today's.
    ``spare``: the snapshot that is searched where ``uri`` is to be visited again and brings nothing.
    """

    state: ResolutionState
    method: str
    uri: str | None = None
    snapshot: str | None = None
    reason: str | None = None
    steps: tuple[Step, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    revision: str | None = None
    spare: str | None = None
