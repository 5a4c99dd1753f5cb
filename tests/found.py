"""A small archive, second part: readings of its article, and where its citations lead."""

from archive.anchor import describe
from archive.model import (
    Bibliographic,
    Candidate,
    Citation,
    Claim,
    ClaimOutcome,
    Evidence,
    Place,
    Reading,
    Resolution,
    Signals,
    Snapshot,
    SourceText,
    Step,
    Text,
    intrinsic_id,
)
from tests.captured import (
    ARTICLE_BODY,
    FINDINGS,
    IMPORTED,
    LATER,
    PEOPLE,
    SOURCE_BODY,
    article,
    article_text,
    dead,
    gone,
    moved,
    place,
    source,
    source_text,
)


def source_of(text: Text, snapshot: Snapshot) -> SourceText:
    """How a reading names a text."""
    return SourceText(text.id, snapshot.id, snapshot.uri, snapshot.date, snapshot.digest)


def span(text: Text, words: str) -> tuple[int, int]:
    """Where words stand in a text."""
    at = text.body.index(words)
    return at, at + len(words)


claims = tuple(
    Claim(article_text.id, describe(ARTICLE_BODY, *span(article_text, words)))
    for words in (
        "The Great Barrier Reef lost half of its corals between 1995 and 2017.",
        "Warm water bleaches corals.",
        "Nobody counted the wombats.",
    )
)
citations = (
    Citation(article_text.id, "a study", "https://journal.example.net/corals", start=30, end=37),
    Citation(article_text.id, "gone", "https://gone.example.net/page"),
    Citation(article_text.id, "dead", "https://dead.example.net/"),
    Citation(
        article_text.id,
        "Corals, a book",
        kind="list",
        mark="[4]",
        heading="Sources",
        entry=Bibliographic("Corals", ("X. Y.",), "2001", isbn="978"),
    ),
    Citation(article_text.id, "Corals, a book", nth=1, kind="list"),
)


def passage_of_evidence(claim: Claim, words: str, rank: int = 1, citation: int = 0) -> Evidence:
    """A passage of the source as evidence."""
    return Evidence(
        claim.id,
        source_text.id,
        describe(SOURCE_BODY, *span(source_text, words)),
        "pincite-lexical 1",
        citations[citation].id,
        "author",
        "matched",
        rank,
        0.75,
        Signals(
            0.7, ("secretword",), (("half", "more than half"),), ("1995", "2017"), words_missing=("its",)
        ),
    )


def reading_at(at: Place, created: str, **more: object) -> Reading:
    """A reading of the article."""
    given: dict[str, object] = {
        "article": source_of(article_text, article),
        "method": "pincite-lexical 1",
        "creator": "pincite 0.1",
        "created": created,
        "claims": claims,
        "outcomes": (
            ClaimOutcome(claims[0].id, "matched", (citations[0].id, citations[1].id), "The reef in numbers"),
            ClaimOutcome(claims[1].id, "not-compared", (citations[0].id,)),
            ClaimOutcome(claims[2].id, "nothing-found"),
        ),
        "citations": citations,
        "evidence": (
            passage_of_evidence(
                claims[0], "Between 1995 and 2017 the Great Barrier Reef lost more than half of its corals."
            ),
            passage_of_evidence(claims[0], "Bleaching follows warm water; secretword marmalade.", 2),
            passage_of_evidence(claims[1], "Bleaching follows warm water; secretword marmalade.", 1, 1),
        ),
        "sources": (source_of(source_text, source),),
        "id": intrinsic_id("reading", created, at.file),
        "place": at,
    }
    return Reading(**{**given, **more})  # type: ignore[arg-type]


older = reading_at(place(FINDINGS, 1), "2026-11-22T13:00:00Z", evidence=())
reading = reading_at(place(FINDINGS, 2), "2026-11-22T13:00:01Z")
imported_reading = reading_at(
    place(IMPORTED, 2),
    "2027-01-01T00:00:00Z",
    claims=claims[:1],
    outcomes=(ClaimOutcome(claims[0].id, "matched"),),
    evidence=(),
)


def said(kind: str, at: Place, creator: str = "Ada") -> dict[str, object]:
    """What every statement has."""
    return {
        "creator": creator,
        "created": f"2026-11-23T09:00:{at.offset // 1000:02}Z",
        "id": intrinsic_id(kind, at.file, str(at.offset)),
        "place": at,
    }


def resolution(citation: int, at: Place, **more: object) -> Resolution:
    """A machine's resolution of one of the citations."""
    given: dict[str, object] = {"person": False, "state": "resolved", "method": "link"}
    made = {**said("resolution", at, "pincite 0.1"), **given, **more}
    return Resolution(citation=citations[citation].id, **made)  # type: ignore[arg-type]


resolutions = (
    resolution(0, place(FINDINGS, 3), uri=moved.uri, snapshot=moved.id),
    resolution(1, place(FINDINGS, 4), state="failed", uri=gone.uri, snapshot=gone.id, reason="http-404"),
    resolution(2, place(FINDINGS, 5), state="failed", uri=dead.uri, failure=dead.id, reason="dns"),
    resolution(
        3,
        place(FINDINGS, 6),
        state="unresolved",
        reason="ambiguous",
        steps=(Step("title", "Corals, a book", "two pages"),),
        candidates=(Candidate("https://x.example/", "Corals (book)", 0.5),),
    ),
    resolution(4, place(FINDINGS, 7), state="unresolved", reason="no-page"),
    resolution(4, place(PEOPLE, 20), person=True, state="none", method="person", reason="a private letter"),
    resolution(4, place(LATER, 2), state="resolved", uri=source.uri, snapshot=source.id),
    resolution(3, place(IMPORTED, 3), person=True, uri=source.uri, snapshot=source.id),
)
