"""What looks like a finding or statement of ours and is none: it is refused, and nothing worse happens."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model import Note, Restriction, Tag, record_noun_id
from archive.warc.annotation import (
    MOST_BYTES,
    Malformed,
    reading_block,
    reading_of,
    statement_block,
    statement_of,
)
from tests import nouns

PAGE, SOURCE = nouns.a_page(), nouns.a_page("https://example.org/source", "its source")
READING = nouns.a_reading((PAGE, nouns.a_text(PAGE)), (SOURCE, nouns.a_text(SOURCE, nouns.SOURCE)))
SOMEONE: dict[str, Any] = {"creator": "A. Reader", "created": nouns.DATE}
SUBJECT = PAGE.id


def forged(document: Any, path: tuple[str | int, ...], value: Any) -> bytes:
    """A block in which one value is another; ``...`` takes it away."""
    found = document
    for key in path[:-1]:
        found = found[key]
    if value is ...:
        del found[path[-1]]
    else:
        found[path[-1]] = value
    return json.dumps(document).encode()


ITEMS = ("first", "items")
OTHER = "urn:pincite:claim:" + SUBJECT


@pytest.mark.parametrize(
    ("path", "value", "why"),
    [
        (("type",), "Annotation", "AnnotationCollection"),
        (("created",), "yesterday", "expected a date"),
        (("created",), "2026-13-22T12:00:00Z", "expected a date"),
        (("creator",), "someone", "expected an object"),
        (("total",), 5, "as many findings"),
        ((*ITEMS, 0, "motivation"), "oa:highlighting", "as many findings"),
        ((*ITEMS, 0, "id"), "urn:pincite:claim:" + SUBJECT, "which its content has"),
        ((*ITEMS, 0, "id"), "urn:pincite:text:" + SUBJECT, "urn:pincite:claim"),
        ((*ITEMS, 0, "target", "selector", 0, "start"), 23, "as long as its span"),
        ((*ITEMS, 0, "target", "selector", 0, "start"), "24", "whole number"),
        ((*ITEMS, 0, "target", "selector", 0, "start"), -1, "whole number"),
        ((*ITEMS, 0, "target", "selector", 0, "start"), True, "whole number"),
        ((*ITEMS, 0, "target", "selector", 0, "end"), 2**63, "whole number"),
        ((*ITEMS, 0, "target", "selector", 1, "exact"), "", "as long as its span"),
        ((*ITEMS, 0, "target", "selector", 1, "exact"), "All\x0041 passengers lived", "NUL"),
        ((*ITEMS, 0, "target", "selector", 1, "prefix"), "\ud800", "surrogate"),
        ((*ITEMS, 2, "body", "pincite:label"), None, "expected a string"),
        ((*ITEMS, 2, "body", "pincite:label"), "another", "which its content has"),
        ((*ITEMS, 2, "body", "pincite:kind"), "guess", "one of link"),
        ((*ITEMS, 3, "body", "pincite:method"), "another 1", "which its content has"),
        ((*ITEMS, 3, "pincite:score"), 10**400, "finite"),
        ((*ITEMS, 3, "pincite:score"), "high", "expected a number"),
        ((*ITEMS, 3, "pincite:signals", "pincite:differ"), [["one"]], "expected a pair"),
        ((*ITEMS, 3, "target"), OTHER, "which its content has"),
        ((*ITEMS, 4, "body", "pincite:outcome"), "supported", "one of matched"),
        ((*ITEMS, 4, "target"), ..., "expected a string"),
        (("pincite:sources",), [], "among its sources"),
        (("pincite:article", "pincite:uri"), "https://bank.example/", "made of its address"),
        (("pincite:article", "pincite:snapshot"), "urn:pincite:snapshot:" + "z" * 16, "check symbol"),
    ],
)
def test_a_forged_reading_is_no_reading(path: tuple[str | int, ...], value: Any, why: str) -> None:
    block = forged(json.loads(reading_block(READING)), path, value)
    with pytest.raises(Malformed, match=why):
        reading_of(block)


def test_outcomes_in_another_order_are_no_reading() -> None:
    with pytest.raises(Malformed, match="one outcome for each claim"):
        reading_of(reading_block(replace(READING, outcomes=READING.outcomes[::-1])))
    with pytest.raises(Malformed, match="each finding once"):
        reading_of(reading_block(replace(READING, evidence=READING.evidence * 2)))


@pytest.mark.parametrize(
    ("path", "value", "why"),
    [
        (("motivation",), "liking", "expected a statement"),
        (("body", "type"), "pincite:Restriction", "expected a statement"),
        (("creator", "type"), "Software", "a person as creator"),
        (("creator", "type"), "Robot", "Person or Software"),
        (("target",), "urn:pincite:noun:" + SUBJECT.upper(), "lower case"),
        (("target",), "urn:pincite:planet:" + SUBJECT, "expected urn:pincite"),
        (("target",), ["urn:pincite:noun:" + SUBJECT], "expected a string"),
        (("pincite:undoes",), "urn:pincite:restriction:" + SUBJECT, "urn:pincite:tag"),
        (("body", "value"), 5, "expected a string"),
    ],
)
def test_a_forged_statement_is_no_statement(path: tuple[str | int, ...], value: Any, why: str) -> None:
    tag = Tag(**SOMEONE, subject=SUBJECT, tag="ferries")
    with pytest.raises(Malformed, match=why):
        statement_of(forged(json.loads(statement_block(tag)), path, value))


def test_a_restriction_ends_on_a_day() -> None:
    said = Restriction(**SOMEONE, snapshot=SUBJECT, reason="a court says so", until="2030-02-30")
    with pytest.raises(Malformed, match="ISO date"):
        statement_of(statement_block(said))


@pytest.mark.parametrize(
    "block",
    [
        b"",
        b"\xff",
        b"[]",
        b"null",
        b'{"a":NaN}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"9" * 5000,
        b" " * (MOST_BYTES + 1),
        b'{"type":"AnnotationCollection","type":5}',
    ],
    ids=lambda block: repr(block[:20]),
)
def test_what_is_no_such_json_is_malformed_and_nothing_worse(block: bytes) -> None:
    for read in (reading_of, statement_of):
        with pytest.raises(Malformed):
            read(block)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.data())
def test_any_value_anywhere_is_read_or_malformed(data: st.DataObject) -> None:
    """No value that stands where another should can do more than make the block no reading."""
    document = json.loads(reading_block(READING))
    path = data.draw(st.sampled_from(list(paths(document))))
    block = forged(document, path, data.draw(json_values))
    try:
        found = reading_of(block)
    except Malformed:
        return
    assert reading_of(reading_block(found)) == replace(
        found, id=record_noun_id("reading", reading_block(found))
    )


def paths(value: Any, above: tuple[str | int, ...] = ()) -> Any:
    """The path to every value in a JSON document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, under in inner:
        yield (*above, key)
        yield from paths(under, (*above, key))


def test_what_cannot_be_stored_is_not_written() -> None:
    for wrong in ("a\x00b", "\ud800"):
        with pytest.raises(Malformed, match=r"NUL|cannot be written"):
            statement_block(Note(**SOMEONE, subject=SUBJECT, note=wrong))
    with pytest.raises(Malformed, match="cannot be written"):
        reading_block(replace(READING, evidence=(replace(READING.evidence[0], score=float("nan")),)))
