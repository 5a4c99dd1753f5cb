"""What each kind of statement is about and what it says: target and body, and back. Pure."""

from datetime import date

from archive.model import (
    CORRECTABLE,
    Candidate,
    Collection,
    Correction,
    Entry,
    Note,
    Resolution,
    ResolutionState,
    Restriction,
    Sameness,
    Step,
    Tag,
    Verdict,
    VerdictWord,
    urn,
)
from archive.warc.annotation.nodes import Json, Malformed, Node, must, present
from archive.warc.annotation.terms import passage, passage_of

Own = dict[str, object]
# An id names its noun alone; the kind in a target's name is for the reader, and not always known.
_ANY = (
    "noun",
    "snapshot",
    "text",
    "claim",
    "citation",
    "evidence",
    "reading",
    "resolution",
    "verdict",
    "correction",
    "entry",
    "sameness",
    "tag",
    "collection",
    "note",
    "restriction",
    "failure",
)


def resolution(said: Resolution) -> tuple[object, Json]:
    """Which citation leads where, or why nowhere."""
    body = present(
        state=said.state,
        method=said.method,
        uri=said.uri,
        snapshot=said.snapshot and urn("snapshot", said.snapshot),
        failure=said.failure and urn("failure", said.failure),
        reason=said.reason,
        steps=[present(method=s.method, asked=s.asked, answered=s.answered) for s in said.steps] or None,
        candidates=[present(uri=c.uri, title=c.title, score=c.score) for c in said.candidates] or None,
    )
    return urn(said.noun, said.citation), body


def resolution_of(node: Node, body: Node) -> Own:
    """Back again."""
    return {
        "citation": node.identifier("target", "citation", "entry"),
        "noun": "entry" if node.text("target").startswith("urn:pincite:entry:") else "citation",
        "state": body.word("pincite:state", ResolutionState),
        "method": body.text("pincite:method"),
        "uri": body.maybe_text("pincite:uri"),
        "snapshot": body.maybe_identifier("pincite:snapshot", "snapshot"),
        "failure": body.maybe_identifier("pincite:failure", "failure"),
        "reason": body.maybe_text("pincite:reason"),
        "steps": tuple(map(_step_of, body.nodes("pincite:steps"))),
        "candidates": tuple(map(_candidate_of, body.nodes("pincite:candidates"))),
    }


def _step_of(node: Node) -> Step:
    return Step(node.text("pincite:method"), node.text("pincite:asked"), node.text("pincite:answered"))


def _candidate_of(node: Node) -> Candidate:
    return Candidate(node.text("pincite:uri"), node.text("pincite:title"), node.number("pincite:score"))


def verdict(said: Verdict) -> tuple[object, Json]:
    """A judgement, and in full what was judged."""
    judged = None
    if said.passage is not None and said.text is not None:
        judged = passage(said.text, said.passage)
    body = present(
        verdict=said.verdict,
        claim=urn("claim", said.claim),
        passage=judged,
        text=urn("text", said.text) if said.text and judged is None else None,
        note=said.note,
    )
    return urn("claim" if said.subject == said.claim else "evidence", said.subject), body


def verdict_of(node: Node, body: Node) -> Own:
    """Back again."""
    claim = body.identifier("pincite:claim", "claim")
    subject = node.identifier("target", "claim", "evidence")
    must((subject == claim) == node.text("target").startswith("urn:pincite:claim:"), "the claim as target")
    text, judged = body.maybe_identifier("pincite:text", "text"), None
    if body.has("pincite:passage"):
        text, judged = passage_of(body.node("pincite:passage"))
    return {
        "subject": subject,
        "verdict": body.word("pincite:verdict", VerdictWord),
        "claim": claim,
        "text": text,
        "passage": judged,
        "note": body.maybe_text("pincite:note"),
    }


def restriction(said: Restriction) -> tuple[object, Json]:
    """Why a snapshot must not be shown, and until when."""
    return urn("snapshot", said.snapshot), present(reason=said.reason, until=said.until)


def restriction_of(node: Node, body: Node) -> Own:
    """Back again."""
    until = body.maybe_text("pincite:until")
    if until is not None:
        _check_day(until)
    return {
        "snapshot": node.identifier("target", "snapshot"),
        "reason": body.text("pincite:reason"),
        "until": until,
    }


def _check_day(written: str) -> None:
    try:
        date.fromisoformat(written[:10])
    except ValueError:
        raise Malformed(f"expected an ISO date as the end of a restriction, found {written[:40]!r}") from None


def correction(said: Correction) -> tuple[object, Json]:
    """A person's values for one field of a snapshot."""
    return urn("snapshot", said.subject), present(field=said.field, values=list(said.values))


def correction_of(node: Node, body: Node) -> Own:
    """Back again."""
    field = body.text("pincite:field")
    must(field in CORRECTABLE, f"one of {', '.join(CORRECTABLE)} to correct, found {field[:40]!r}")
    return {
        "subject": node.identifier("target", "snapshot"),
        "field": field,
        "values": body.texts("pincite:values"),
    }


def entry(said: Entry) -> tuple[object, Json]:
    """A source as a person describes it; an imported entry, whole, in the body."""
    target = present(
        title=said.title,
        authors=list(said.authors) or None,
        date=said.date,
        uri=said.uri,
        doi=said.doi,
        isbn=said.isbn,
        key=said.key,
    )
    return {"type": "pincite:Source", **target}, present(raw=said.raw, form=said.form)


def entry_of(node: Node, body: Node) -> Own:
    """Back again."""
    source = node.node("target")
    return {
        "title": source.text("pincite:title"),
        "authors": source.texts("pincite:authors"),
        "date": source.maybe_text("pincite:date"),
        "uri": source.maybe_text("pincite:uri"),
        "doi": source.maybe_text("pincite:doi"),
        "isbn": source.maybe_text("pincite:isbn"),
        "key": source.maybe_text("pincite:key"),
        "raw": body.maybe_text("pincite:raw"),
        "form": body.maybe_text("pincite:form"),
    }


def sameness(said: Sameness) -> tuple[object, Json]:
    """Two addresses that are one source."""
    return said.a, present(uri=said.b)


def sameness_of(node: Node, body: Node) -> Own:
    """Back again."""
    return {"a": node.text("target"), "b": body.text("pincite:uri")}


def tag(said: Tag) -> tuple[object, Json]:
    """A word on a noun."""
    return urn("noun", said.subject), _words("tagging", said.tag)


def tag_of(node: Node, body: Node) -> Own:
    """Back again."""
    return {"subject": node.identifier("target", *_ANY), "tag": body.text("value")}


def collection(said: Collection) -> tuple[object, Json]:
    """A noun gathered under a name."""
    return urn("noun", said.subject), _words("classifying", said.collection)


def collection_of(node: Node, body: Node) -> Own:
    """Back again."""
    return {"subject": node.identifier("target", *_ANY), "collection": body.text("value")}


def note(said: Note) -> tuple[object, Json]:
    """A remark on a noun."""
    return urn("noun", said.subject), _words("commenting", said.note)


def note_of(node: Node, body: Node) -> Own:
    """Back again."""
    return {"subject": node.identifier("target", *_ANY), "note": body.text("value")}


def _words(purpose: str, value: str) -> Json:
    return {"value": value, "purpose": purpose, "format": "text/plain"}
