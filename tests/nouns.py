"""Small nouns for tests, that belong together: what they name, they hold. See any_noun.py for any others."""

from typing import Any

from archive import anchor
from archive.model import (
    Citation,
    Claim,
    ClaimOutcome,
    Evidence,
    Metadata,
    Origin,
    Place,
    Reading,
    Snapshot,
    SourceText,
    Text,
    sha256_of,
)

DATE = "2026-11-22T12:00:00Z"
ARTICLE = "The ferry sank in 1907. All 41 passengers lived, the Courier wrote.\n\nNobody knows why it sailed."
SOURCE = "In 1907 the ferry sank off the point.\n\nOf its passengers, “all 41 lived”, said the warden."
NO_PLACE = Place("", 0, 0)


def a_page(uri: str = "https://example.org/a", payload: str = "a page", **more: Any) -> Snapshot:
    """A fetched HTML page."""
    given: dict[str, Any] = {"date": DATE, "status": 200, "mime": "text/html", "media": "text/html"}
    record_id = f"urn:uuid:00000000-0000-4000-8000-{len(uri):012d}"
    return Snapshot(
        uri=uri,
        digest=sha256_of(payload.encode()),
        record_type="response",
        record_id=record_id,
        place=NO_PLACE,
        origin=Origin("fetched"),
        payload_length=len(payload.encode()),
        **(given | more),
    )


def a_text(page: Snapshot, body: str = ARTICLE, **metadata: Any) -> Text:
    """The text of a page."""
    return Text(
        page.id, "trafilatura 2.3.1", body, Metadata(**({"title": "The ferry"} | metadata)), share=0.5
    )


def named(page: Snapshot, text: Text) -> SourceText:
    """A text as a reading names it."""
    return SourceText(text.id, page.id, page.uri, page.date, page.digest)


def a_claim(text: Text, words: str) -> Claim:
    """The claim that is these words of a text."""
    start = text.body.index(words)
    return Claim(text.id, anchor.describe(text.body, start, start + len(words)))


def a_reading(article: tuple[Snapshot, Text], source: tuple[Snapshot, Text], **more: Any) -> Reading:
    """Two claims of an article, the first tied to a passage of its one source."""
    text, source_text = article[1], source[1]
    first, second = (
        a_claim(text, words) for words in ("All 41 passengers lived", "Nobody knows why it sailed.")
    )
    citation = Citation(text.id, "the Courier", source[0].uri, start=49, end=60)
    found = a_claim(source_text, "all 41 lived").passage
    evidence = Evidence(
        first.id, source_text.id, found, "pincite-lexical 1", citation.id, "author", "quoted", 1, 0.75
    )
    given: dict[str, Any] = {"method": "pincite-lexical 1", "creator": "pincite 0.1.0", "created": DATE}
    return Reading(
        article=named(*article),
        claims=(first, second),
        outcomes=(
            ClaimOutcome(first.id, "matched", (citation.id,), "Losses"),
            ClaimOutcome(second.id, "uncited"),
        ),
        citations=(citation,),
        evidence=(evidence,),
        sources=(named(*source),),
        **(given | more),
    )
