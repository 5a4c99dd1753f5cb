"""Findings and statements as Web Annotations: nothing is lost on the way, nothing forged is believed."""

import json
from dataclasses import replace
from typing import Any

from hypothesis import example, given

from archive.model import (
    KINDS,
    Collection,
    Correction,
    Entry,
    Note,
    Place,
    Reading,
    Resolution,
    Restriction,
    Sameness,
    Statement,
    Tag,
    Verdict,
    record_noun_id,
)
from archive.warc.annotation import (
    kind_of,
    reading_block,
    reading_of,
    same_but_created,
    statement_block,
    statement_of,
)
from tests import any_noun, nouns

PAGE, SOURCE = nouns.a_page(), nouns.a_page("https://example.org/source", "its source")
ARTICLE = (PAGE, nouns.a_text(PAGE))
READING = nouns.a_reading(ARTICLE, (SOURCE, nouns.a_text(SOURCE, nouns.SOURCE)))
SOMEONE: dict[str, Any] = {"creator": "A. Reader", "created": nouns.DATE}
SUBJECT = PAGE.id
ARABIC = "قال «كل» 41\u200f \U0001f6a2 e\u0301"


@given(any_noun.readings())
@example(READING)
def test_a_reading_comes_back_as_it_was(reading: Reading) -> None:
    block = reading_block(reading)
    assert reading_of(block) == replace(reading, id=record_noun_id("reading", block))
    assert reading_block(reading_of(block, Place("w", 1, 2))) == block, "id and place are no part of it"


@given(any_noun.statements())
@example(Note(**SOMEONE, subject=SUBJECT, note=ARABIC))
@example(Note(**SOMEONE, subject=SUBJECT, note="two\nlines \\u0000 "))
def test_a_statement_comes_back_as_it_was(statement: Statement) -> None:
    block = statement_block(statement)
    place = Place("w", 1, 2)
    expected = replace(statement, id=record_noun_id(kind_of(statement), block), place=place)
    assert statement_of(block, place) == expected


@given(any_noun.statements() | any_noun.readings(), any_noun.dates)
def test_nothing_but_its_date_makes_no_difference(noun: Statement | Reading, date: str) -> None:
    later = replace(noun, created=date, id=SUBJECT, place=Place("w", 1, 2))
    assert same_but_created(noun, later)
    assert not same_but_created(noun, replace(later, creator=noun.creator + "!"))


def test_another_kind_is_never_the_same() -> None:
    tag, note = Tag(**SOMEONE, subject=SUBJECT, tag="x"), Note(**SOMEONE, subject=SUBJECT, note="x")
    assert not same_but_created(tag, note)


def test_every_kind_of_statement_has_a_form() -> None:
    """The motivations of the design, each with the body type that tells it from its neighbours."""
    statements = {
        "resolution": Resolution(**SOMEONE, citation=SUBJECT, person=True, state="none", method="person"),
        "verdict": Verdict(**SOMEONE, subject=SUBJECT, claim=SUBJECT, verdict="none"),
        "restriction": Restriction(**SOMEONE, snapshot=SUBJECT, reason="a court says so"),
        "sameness": Sameness(**SOMEONE, a="https://a.example/", b="https://b.example/"),
        "correction": Correction(**SOMEONE, subject=SUBJECT, field="title", values=("A",)),
        "entry": Entry(**SOMEONE, title="A book"),
        "tag": Tag(**SOMEONE, subject=SUBJECT, tag="ferries"),
        "collection": Collection(**SOMEONE, subject=SUBJECT, collection="Ferries"),
        "note": Note(**SOMEONE, subject=SUBJECT, note="see there"),
    }
    assert statements.keys() == KINDS.keys()
    found = {kind: json.loads(statement_block(statement)) for kind, statement in statements.items()}
    assert {kind: (one["motivation"], one["body"]["type"]) for kind, one in found.items()} == {
        "resolution": ("identifying", "pincite:Resolution"),
        "verdict": ("moderating", "pincite:Verdict"),
        "restriction": ("moderating", "pincite:Restriction"),
        "sameness": ("linking", "sameAs"),
        "correction": ("editing", "pincite:Correction"),
        "entry": ("bookmarking", "pincite:Entry"),
        "tag": ("tagging", "TextualBody"),
        "collection": ("classifying", "TextualBody"),
        "note": ("commenting", "TextualBody"),
    }
    assert all(one["creator"] == {"type": "Person", "name": "A. Reader"} for one in found.values())


def test_a_machine_that_resolves_is_no_person() -> None:
    said = Resolution(**SOMEONE, citation=SUBJECT, person=False, state="unresolved", method="title")
    assert json.loads(statement_block(said))["creator"]["type"] == "Software"


def test_a_withdrawal_names_what_it_undoes() -> None:
    tag = Tag(**SOMEONE, subject=SUBJECT, tag="ferries")
    written = statement_of(statement_block(tag))
    withdrawn = json.loads(statement_block(replace(tag, undoes=written.id)))
    assert withdrawn["pincite:undoes"] == f"urn:pincite:tag:{written.id}"


def test_a_reading_is_a_collection_of_web_annotations() -> None:
    """What another program needs to understand it without ours: selectors, motivations, names."""
    found = json.loads(reading_block(READING))
    assert found["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert found["type"] == "AnnotationCollection"
    items = found["first"]["items"]
    assert found["total"] == len(items)
    assert [item["motivation"] for item in items] == [
        *("highlighting", "highlighting", "linking", "assessing", "describing", "describing")
    ]
    assert items[0]["target"] == {
        "type": "SpecificResource",
        "source": f"urn:pincite:text:{ARTICLE[1].id}",
        "selector": [
            {"type": "TextPositionSelector", "start": 24, "end": 47},
            {
                "type": "TextQuoteSelector",
                "exact": "All 41 passengers lived",
                "prefix": "The ferry sank in 1907. ",
                "suffix": ", the Courier wrote.\n\nNobody kno",
            },
        ],
    }
    assert found["pincite:article"] == {
        "id": f"urn:pincite:text:{ARTICLE[1].id}",
        "pincite:snapshot": f"urn:pincite:snapshot:{PAGE.id}",
        "pincite:uri": PAGE.uri,
        "pincite:date": PAGE.date,
        "pincite:digest": PAGE.digest,
    }


def test_the_bytes_are_pinned() -> None:
    """Ids are made of them: another spelling of the same content would be another reading."""
    assert record_noun_id("reading", reading_block(READING)) == "pnafrn4d0h1xcpz3"
    note = Note(**SOMEONE, subject=SUBJECT, note=ARABIC)
    assert (
        statement_block(note)
        .decode()
        .endswith(f'"target":"urn:pincite:noun:{SUBJECT}","type":"Annotation"}}')
    )
    assert ARABIC in statement_block(note).decode()
