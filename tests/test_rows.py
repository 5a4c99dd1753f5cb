"""Whatever is folded comes out of the index as it went in: law 1 for rows."""

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.index import read
from archive.model import Failure, Place, Reading, Statement, Text, intrinsic_id
from tests import any_noun
from tests.folds import folded

AT = Place("2026/11/22/a.warc.gz", 7, 70)
# Each example makes an index on disk.
ON_DISK = settings(max_examples=25, deadline=None)


def told_once(reading: Reading) -> Reading:
    """The reading without citations that an outcome names twice, which rows cannot hold."""
    outcomes = (replace(o, citations=tuple(dict.fromkeys(o.citations))) for o in reading.outcomes)
    return replace(reading, outcomes=tuple(outcomes), id=intrinsic_id("reading", "r"), place=AT)


@ON_DISK
@given(any_noun.readings())
def test_any_reading(reading: Reading) -> None:
    stored = told_once(reading)
    # Two claims of one reading may be pieces of evidence with one id, whose words then are the first's.
    first = {found.id: found.passage for found in reversed(stored.evidence)}
    stored = replace(stored, evidence=tuple(replace(e, passage=first[e.id]) for e in stored.evidence))
    with tempfile.TemporaryDirectory() as folder, folded(Path(folder) / "a.db", [stored]) as index:
        assert read.reading(index, stored.id) == stored


@ON_DISK
@given(st.lists(any_noun.statements(), min_size=1, max_size=6))
def test_any_statements(statements: list[Statement]) -> None:
    stored = [
        replace(said, id=intrinsic_id("said", str(n)), place=replace(AT, offset=n))
        for n, said in enumerate(statements)
    ]
    with tempfile.TemporaryDirectory() as folder, folded(Path(folder) / "a.db", stored) as index:
        assert [read.statement(index, said.id) for said in stored] == stored


@ON_DISK
@given(any_noun.texts("0" * 16), any_noun.failures())
def test_any_text_and_failure(text: Text, failure: Failure) -> None:
    text, failure = replace(text, place=AT), replace(failure, id="f" * 16, place=AT, request=None)
    with tempfile.TemporaryDirectory() as folder, folded(Path(folder) / "a.db", [text, failure]) as index:
        assert read.text(index, text.id) == text
        assert read.failure(index, failure.id) == failure
