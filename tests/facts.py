"""A small archive as facts, file by file, for the rooms that fold and read: all parts together."""

from dataclasses import replace

from archive.index.fold import Fact
from archive.model import (
    Collection,
    Correction,
    Entry,
    Evidence,
    Metadata,
    Note,
    Origin,
    Place,
    Restriction,
    Sameness,
    Snapshot,
    StoredWarc,
    Tag,
    Verdict,
    intrinsic_id,
)
from tests.captured import (
    ARTICLE_BODY,
    CAPTURES,
    FINDINGS,
    IMPORTED,
    LATER,
    NOW,
    PEOPLE,
    SOURCE_BODY,
    again,
    answer,
    article,
    article_text,
    dead,
    empty_text,
    foreign,
    foreign_text,
    gone,
    moved,
    place,
    source,
    source_text,
    style,
)
from tests.found import (
    citations,
    claims,
    imported_reading,
    older,
    passage_of_evidence,
    reading,
    reading_at,
    resolution,
    resolutions,
    said,
    source_of,
    span,
)

__all__ = [
    "ARTICLE_BODY",
    "CAPTURES",
    "FACTS",
    "FINDINGS",
    "IMPORTED",
    "LATER",
    "NOW",
    "PEOPLE",
    "SOURCE_BODY",
    "again",
    "answer",
    "article",
    "article_text",
    "citations",
    "claims",
    "dead",
    "empty_text",
    "entry",
    "first_title",
    "foreign",
    "foreign_text",
    "gone",
    "imported_reading",
    "moved",
    "older",
    "passage_of_evidence",
    "people",
    "place",
    "reading",
    "reading_at",
    "resolution",
    "resolutions",
    "restated",
    "restriction",
    "said",
    "source",
    "source_of",
    "source_text",
    "span",
    "style",
    "verdict",
    "wrong_title",
]


def verdict(evidence: Evidence, word: str, at: Place, creator: str) -> Verdict:
    """A person's judgement on a piece of evidence."""
    judged = {
        "subject": evidence.id,
        "claim": evidence.claim,
        "text": evidence.text,
        "passage": evidence.passage,
    }
    return Verdict(**said("verdict", at, creator), **judged, verdict=word)  # type: ignore[arg-type]


entry = Entry(
    **said("entry", place(PEOPLE, 10)),  # type: ignore[arg-type]
    title="A book",
    authors=("C. D.",),
    uri="https://Books.example/1",
    raw="@book{}",
    form="bibtex",
)
first_title = Correction(
    **said("correction", place(PEOPLE, 5)),
    subject=article.id,
    field="title",
    values=("The Reef, corrected",),  # type: ignore[arg-type]
)
wrong_title = Correction(
    **said("correction", place(PEOPLE, 6)),
    subject=article.id,
    field="title",
    values=("Wrong",),  # type: ignore[arg-type]
)
people: tuple[Fact, ...] = (
    verdict(reading.evidence[0], "partly", place(PEOPLE, 1), "Ada"),
    verdict(reading.evidence[0], "supports", place(PEOPLE, 2), "Ada"),
    verdict(reading.evidence[0], "contradicts", place(PEOPLE, 3), "Ben"),
    Verdict(
        **said("verdict", place(PEOPLE, 4)),
        subject=claims[2].id,
        claim=claims[2].id,
        verdict="none",
        note="no",
    ),  # type: ignore[arg-type]
    first_title,
    wrong_title,
    Correction(
        **said("correction", place(PEOPLE, 7)), subject=article.id, field="title", undoes=wrong_title.id
    ),  # type: ignore[arg-type]
    Correction(
        **said("correction", place(PEOPLE, 8)), subject=source.id, field="author", values=("E. F.", "G. H.")
    ),  # type: ignore[arg-type]
    Correction(
        **said("correction", place(IMPORTED, 4)), subject=article.id, field="title", values=("Foreign",)
    ),  # type: ignore[arg-type]
    entry,
    Sameness(**said("sameness", place(PEOPLE, 11)), a=moved.uri, b=source.uri),  # type: ignore[arg-type]
    Tag(**said("tag", place(PEOPLE, 12)), subject=article.id, tag="reefs"),  # type: ignore[arg-type]
    Collection(**said("collection", place(PEOPLE, 13)), subject=article.id, collection="Oceans"),  # type: ignore[arg-type]
    Note(**said("note", place(PEOPLE, 14)), subject=claims[0].id, note="check this"),  # type: ignore[arg-type]
)

# The same nouns once more from other records, which say something else of them where they may: whichever
# record lies first must win, whole.
restated: tuple[Fact, ...] = (
    replace(
        source, place=place(IMPORTED, 6), origin=Origin("imported", IMPORTED), mime="text/plain", ip=None
    ),
    replace(source_text, place=place(LATER, 6), metadata=Metadata("Another title"), cite_key="k"),
    replace(
        reading,
        id=intrinsic_id("reading", "restated"),
        place=place(LATER, 7),
        created="2026-11-01T00:00:00Z",
        claims=tuple(replace(c, passage=replace(c.passage, prefix="other")) for c in claims),
    ),
)

FACTS: tuple[Fact, ...] = (
    article, source, gone, moved, again, style, dead, foreign,
    article_text, source_text, empty_text, foreign_text,
    older, reading, imported_reading, *resolutions, *people, *restated,
    *(StoredWarc(name, 10_000, 9, "2026-11-22T12:00:00Z", "pincite") for name in
      (CAPTURES, FINDINGS, PEOPLE, LATER, IMPORTED)),
)  # fmt: skip


def restriction(snapshot: Snapshot, at: Place, **more: object) -> Restriction:
    """A snapshot that must not be shown."""
    given = {**said("restriction", at), "snapshot": snapshot.id, "reason": "a court order", **more}
    return Restriction(**given)  # type: ignore[arg-type]
