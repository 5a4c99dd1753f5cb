"""What people (and for resolutions machines) say of a noun: one annotation each, and back. Pure.

    kind          motivation     body type             target
    resolution    identifying    pincite:Resolution    the citation (or entry)
    verdict       moderating     pincite:Verdict       the evidence, or the claim
    restriction   moderating     pincite:Restriction   the snapshot
    correction    editing        pincite:Correction    the snapshot
    entry         bookmarking    pincite:Entry         the source, described
    sameness      linking        sameAs                one of the two addresses
    tag           tagging        TextualBody           any noun
    collection    classifying    TextualBody           any noun
    note          commenting     TextualBody           any noun

A withdrawal names the statement that it undoes in ``pincite:undoes``. Where the kind of a target is not
known to the statement, its name says ``noun``: ids alone are unique.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, cast

from archive.model import (
    KINDS,
    Place,
    Resolution,
    Statement,
    record_noun_id,
    urn,
)
from archive.warc.annotation import bodies
from archive.warc.annotation.nodes import Json, Malformed, Node, encoded, must, parsed
from archive.warc.annotation.terms import CONTEXT, THIS, agent, agent_of


@dataclass(frozen=True, slots=True)
class _Form:
    """How one kind of statement is written: its motivation, body type, and what is particular to it."""

    motivation: str
    body_type: str
    write: Callable[[Any], tuple[object, Json]]
    read: Callable[[Node, Node], dict[str, object]]


_FORMS: dict[str, _Form] = {
    "resolution": _Form("identifying", "pincite:Resolution", bodies.resolution, bodies.resolution_of),
    "verdict": _Form("moderating", "pincite:Verdict", bodies.verdict, bodies.verdict_of),
    "restriction": _Form("moderating", "pincite:Restriction", bodies.restriction, bodies.restriction_of),
    "correction": _Form("editing", "pincite:Correction", bodies.correction, bodies.correction_of),
    "entry": _Form("bookmarking", "pincite:Entry", bodies.entry, bodies.entry_of),
    "sameness": _Form("linking", "sameAs", bodies.sameness, bodies.sameness_of),
    "tag": _Form("tagging", "TextualBody", bodies.tag, bodies.tag_of),
    "collection": _Form("classifying", "TextualBody", bodies.collection, bodies.collection_of),
    "note": _Form("commenting", "TextualBody", bodies.note, bodies.note_of),
}


def kind_of(statement: Statement) -> str:
    """The word for a statement's kind: ``tag``, ``verdict`` …"""
    return next(kind for kind, noun in KINDS.items() if type(statement) is noun)


def statement_block(statement: Statement) -> bytes:
    """The bytes of a statement; ``id`` and ``place`` are no part of them."""
    kind = kind_of(statement)
    form = _FORMS[kind]
    target, body = form.write(statement)
    # A resolution may be a machine's; whatever else is said, a person said it.
    person = statement.person if isinstance(statement, Resolution) else True
    document: Json = {
        "@context": CONTEXT,
        "id": THIS,
        "type": "Annotation",
        "motivation": form.motivation,
        "creator": agent(statement.creator, person),
        "created": statement.created,
        "target": target,
        "body": {"type": form.body_type, **body},
    }
    undoes = getattr(statement, "undoes", None)
    if undoes is not None:
        document["pincite:undoes"] = urn(kind, undoes)
    return encoded(document)


def statement_of(block: bytes, place: Place | None = None) -> Statement:
    """The statement that a block holds, with its id.

    :raises Malformed: it holds none: a type, size or id in it does not hold.
    """
    node = parsed(block)
    must(node.text("type") == "Annotation", "an Annotation")
    kind = _kind(node)
    creator, person = agent_of(node.node("creator"))
    own = _FORMS[kind].read(node, node.node("body"))
    if kind == "resolution":
        own["person"] = person
    else:
        must(person, f"a person as creator of a {kind}")
    if node.has("pincite:undoes"):
        must(kind not in ("resolution", "verdict", "entry"), f"no {kind} that undoes another")
        own["undoes"] = node.identifier("pincite:undoes", kind)
    noun = cast(Callable[..., Statement], KINDS[kind])
    statement = noun(creator=creator, created=node.date("created"), **own)
    return replace(statement, id=record_noun_id(kind, block), place=place)


def _kind(node: Node) -> str:
    """Motivation and body type together tell the kind."""
    found = node.text("motivation"), node.node("body").text("type")
    for kind, form in _FORMS.items():
        if found == (form.motivation, form.body_type):
            return kind
    raise Malformed(f"expected a statement, found the motivation {found[0][:40]!r} with a {found[1][:40]!r}")
