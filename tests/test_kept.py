"""Whatever is kept comes back as it was, through real files: the profile's laws as properties."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model import Failure, Reading, Statement, Text
from archive.warc.profile import Log
from tests import any_noun
from tests.logs import an_exchange, at, kept, with_text

Write = Callable[[Log], Any]
# Each example is a file that is written, synced and read; what the blocks hold is tried without files
# in test_annotation.py, a hundred times each.
IN_FILES = settings(max_examples=25, deadline=None)


def through_a_file(write: Write) -> tuple[Any, list[Any]]:
    with tempfile.TemporaryDirectory() as folder:
        noun, found, name = kept(Path(folder), write)
        return at(name, noun), found


@IN_FILES
@given(any_noun.readings() | any_noun.statements())
def test_any_reading_or_statement_comes_back(noun: Reading | Statement) -> None:
    said, found = through_a_file(
        lambda log: log.reading(noun) if isinstance(noun, Reading) else log.statement(noun)
    )
    assert found[0] == said
    assert replace(said, id="", place=None) == replace(noun, id="", place=None)


@IN_FILES
@given(any_noun.failures().filter(lambda failure: failure.uri.isprintable() and failure.reason))
def test_any_failure_comes_back(failure: Failure) -> None:
    said, found = through_a_file(lambda log: log.failure(failure))
    assert found[0] == replace(said, request=None)
    assert replace(said, id="", place=None) == failure


@IN_FILES
@given(any_noun.texts(""))
def test_any_text_comes_back(text: Text) -> None:
    said, found = through_a_file(with_text(text))
    assert found[1] == said
    assert replace(said, snapshot="", place=None, cite_key=text.cite_key) == text


HEADS = ("", "HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 206 X\r\nTransfer-Encoding: chunked\r\n\r\n")


@IN_FILES
@given(st.binary(max_size=200), st.sampled_from(HEADS))
def test_any_answer_comes_back(body: bytes, head: str) -> None:
    """Chunks that are none, heads that are none: writer and reader make the same of it."""
    said, found = through_a_file(lambda log: log.exchange(an_exchange(response=head.encode() + body)))
    assert found[0] == said
