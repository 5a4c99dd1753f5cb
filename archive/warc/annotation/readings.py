"""A reading as an AnnotationCollection: claims, citations, evidence and outcomes, in one page. Pure.

highlighting   a claim      target: a passage of the article
linking        a citation   target: where it stands in the article
assessing      evidence     target: the claim; body: a passage of a source, with what agrees and differs
describing     an outcome   target: the claim; body: what became of it, and the citations tied to it
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from archive.model import (
    Citation,
    CitationKind,
    Claim,
    ClaimOutcome,
    Evidence,
    How,
    Outcome,
    Place,
    Reading,
    SourceText,
    Tied,
    record_noun_id,
    snapshot_id,
    urn,
)
from archive.warc.annotation.nodes import Json, Node, encoded, identifier_of, must, parsed, present
from archive.warc.annotation.signals import entry_node, entry_of, signals_node, signals_of
from archive.warc.annotation.terms import (
    CONTEXT,
    THIS,
    agent,
    agent_of,
    passage,
    passage_of,
    position,
    position_of,
    specific,
)

T = TypeVar("T")


def reading_block(reading: Reading) -> bytes:
    """The bytes of a reading; ``id`` and ``place`` are no part of them."""
    items = [
        *map(_claim, reading.claims),
        *map(_citation, reading.citations),
        *(_evidence(n, evidence) for n, evidence in enumerate(reading.evidence)),
        *(_outcome(n, outcome) for n, outcome in enumerate(reading.outcomes)),
    ]
    return encoded(
        {
            "@context": CONTEXT,
            "id": THIS,
            "type": "AnnotationCollection",
            "creator": agent(reading.creator, person=False),
            "created": reading.created,
            "total": len(items),
            "first": {"id": "#items", "type": "AnnotationPage", "startIndex": 0, "items": items},
            "pincite:article": _source(reading.article),
            "pincite:method": reading.method,
            "pincite:sources": [_source(source) for source in reading.sources],
        }
    )


def _source(source: SourceText) -> Json:
    return {
        "id": urn("text", source.text),
        "pincite:snapshot": urn("snapshot", source.snapshot),
        "pincite:uri": source.uri,
        "pincite:date": source.date,
        "pincite:digest": source.digest,
    }


def _annotation(identifier: str, motivation: str, **rest: object) -> Json:
    return {"id": identifier, "type": "Annotation", "motivation": motivation, **rest}


def _claim(claim: Claim) -> Json:
    return _annotation(urn("claim", claim.id), "highlighting", target=passage(claim.text, claim.passage))


def _citation(citation: Citation) -> Json:
    where: object = urn("text", citation.text)
    if citation.start is not None and citation.end is not None:
        where = specific(citation.text, [position(citation.start, citation.end)])
    body = {
        "type": "pincite:Citation",
        "pincite:entry": entry_node(citation.entry),
        "pincite:kind": citation.kind,
        "pincite:label": citation.label,
        "pincite:nth": citation.nth,
        "pincite:uri": citation.uri,
        **present(mark=citation.mark, heading=citation.heading),
    }
    return _annotation(urn("citation", citation.id), "linking", target=where, body=body)


def _evidence(n: int, evidence: Evidence) -> Json:
    """The same passage may stand with several citations: the passage has the id, its standing a number."""
    body = passage(evidence.text, evidence.passage) | {
        "id": urn("evidence", evidence.id),
        "pincite:method": evidence.method,
    }
    return _annotation(f"#evidence-{n}", "assessing", target=urn("claim", evidence.claim), body=body) | {
        "pincite:citation": urn("citation", evidence.citation),
        "pincite:how": evidence.how,
        "pincite:rank": evidence.rank,
        "pincite:score": evidence.score,
        "pincite:signals": signals_node(evidence.signals),
        "pincite:tied": evidence.tied,
    }


def _outcome(n: int, outcome: ClaimOutcome) -> Json:
    body = {
        "type": "pincite:Outcome",
        "pincite:outcome": outcome.outcome,
        "pincite:citations": [urn("citation", identifier) for identifier in outcome.citations],
        **present(section=outcome.section),
    }
    return _annotation(f"#outcome-{n}", "describing", target=urn("claim", outcome.claim), body=body)


def reading_of(block: bytes, place: Place | None = None) -> Reading:
    """The reading that a block holds, with its id.

    :raises Malformed: it holds none: a type, size, id or reference in it does not hold.
    """
    node = parsed(block)
    must(node.text("type") == "AnnotationCollection", "an AnnotationCollection")
    items = node.node("first").nodes("items")
    reading = Reading(
        article=_source_of(node.node("pincite:article")),
        method=node.text("pincite:method"),
        creator=agent_of(node.node("creator"))[0],
        created=node.date("created"),
        claims=tuple(map(_claim_of, _of(items, "highlighting"))),
        outcomes=tuple(map(_outcome_of, _of(items, "describing"))),
        citations=tuple(map(_citation_of, _of(items, "linking"))),
        evidence=tuple(map(_evidence_of, _of(items, "assessing"))),
        sources=tuple(map(_source_of, node.nodes("pincite:sources"))),
    )
    found = sum(map(len, (reading.claims, reading.outcomes, reading.citations, reading.evidence)))
    must(found == len(items) == node.integer("total"), "as many findings as it says, of known motivations")
    _check_references(reading)
    return replace(reading, id=record_noun_id("reading", block), place=place)


def _of(items: Iterable[Node], motivation: str) -> Iterable[Node]:
    return (item for item in items if item.text("motivation") == motivation)


def _source_of(node: Node) -> SourceText:
    snapshot = node.identifier("pincite:snapshot", "snapshot")
    uri, date, digest = (node.text(f"pincite:{key}") for key in ("uri", "date", "digest"))
    must(
        snapshot == snapshot_id(uri, date, digest),
        "a snapshot's id that is made of its address, date and digest",
    )
    return SourceText(node.identifier("id", "text"), snapshot, uri, date, digest)


def _claim_of(item: Node) -> Claim:
    claim = Claim(*passage_of(item.node("target")))
    _same_id(item.identifier("id", "claim"), claim.id)
    return claim


def _citation_of(item: Node) -> Citation:
    body = item.node("body")
    text, start, end = _standing_of(item)
    citation = Citation(
        text=text,
        label=body.text("pincite:label"),
        uri=body.text("pincite:uri"),
        nth=body.integer("pincite:nth"),
        kind=body.word("pincite:kind", CitationKind),
        start=start,
        end=end,
        mark=body.maybe_text("pincite:mark"),
        heading=body.maybe_text("pincite:heading"),
        entry=entry_of(body.node("pincite:entry")),
    )
    _same_id(item.identifier("id", "citation"), citation.id)
    return citation


def _standing_of(item: Node) -> tuple[str, int | None, int | None]:
    """The text that a citation stands in, and where, if the extractor kept its place."""
    if item.is_text("target"):
        return item.identifier("target", "text"), None, None
    where = item.node("target")
    selectors = where.nodes("selector")
    must(len(selectors) == 1, "one position")
    return where.identifier("source", "text"), *position_of(selectors[0])


def _evidence_of(item: Node) -> Evidence:
    body = item.node("body")
    text, found = passage_of(body)
    evidence = Evidence(
        claim=item.identifier("target", "claim"),
        text=text,
        passage=found,
        method=body.text("pincite:method"),
        citation=item.identifier("pincite:citation", "citation"),
        tied=item.word("pincite:tied", Tied),
        how=item.word("pincite:how", How),
        rank=item.integer("pincite:rank"),
        score=item.number("pincite:score"),
        signals=signals_of(item.node("pincite:signals")),
    )
    _same_id(body.identifier("id", "evidence"), evidence.id)
    return evidence


def _outcome_of(item: Node) -> ClaimOutcome:
    body = item.node("body")
    return ClaimOutcome(
        claim=item.identifier("target", "claim"),
        outcome=body.word("pincite:outcome", Outcome),
        citations=tuple(identifier_of(name, "citation") for name in body.texts("pincite:citations")),
        section=body.maybe_text("pincite:section"),
    )


def _same_id(stated: str, computed: str) -> None:
    must(stated == computed, f"the id {computed}, which its content has, found {stated}")


def _check_references(reading: Reading) -> None:
    """What a reading names it also holds, once; so no page of it points into nothing."""
    article = reading.article.text
    claims = _unique(reading.claims, lambda claim: claim.id)
    citations = _unique(reading.citations, lambda citation: citation.id)
    sources = _unique(reading.sources, lambda source: source.text)
    _unique(reading.evidence, lambda evidence: (evidence.id, evidence.citation))
    must(all(claim.text == article for claim in reading.claims), "claims in the article's text")
    must(all(citation.text == article for citation in reading.citations), "citations in the article's text")
    outcomes = [outcome.claim for outcome in reading.outcomes]
    must(outcomes == [claim.id for claim in reading.claims], "one outcome for each claim, in the same order")
    tied = {citation for outcome in reading.outcomes for citation in outcome.citations}
    must(tied <= citations, "outcomes that name citations of this reading")
    for evidence in reading.evidence:
        must(evidence.claim in claims, "evidence for a claim of this reading")
        must(evidence.citation in citations, "evidence that stands with a citation of this reading")
        must(evidence.text in sources, "evidence in a text that the reading names among its sources")


def _unique(nouns: Iterable[T], key: Callable[[T], object]) -> set[object]:
    keys = [key(noun) for noun in nouns]
    must(len(set(keys)) == len(keys), "each finding once")
    return set(keys)
