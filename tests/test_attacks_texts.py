"""Texts made to stall the one who reads them: time grows with their length, not with its square.

The limits are tens of times what is needed, so that a busy machine fails none; what was quadratic took
minutes for each of these.
"""

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model import Heading
from ingest.citations import read_article
from ingest.citations.cover import Cover
from ingest.extract.page import Link, Links, Marker, Note
from ingest.sentences import spans

SECONDS = 12.0
TEXT = "t" * 16


def within(seconds: float, work: Callable[[], object]) -> None:
    began = time.process_time()
    work()
    assert time.process_time() - began < seconds


@pytest.mark.parametrize("unit", ["“", "“a ", "«", "»", "q‘", "中。", "“A. ", "a!B", "a. b. "])
def test_no_line_stalls_the_sentences(unit: str) -> None:
    """A page of a few hundred kilobytes of quotation marks kept one processor busy for minutes."""
    text = (unit * 200_000)[:200_000]
    within(SECONDS, lambda: spans(text))


@given(st.text(alphabet="aB. “”\n中。", max_size=200), st.integers(1, 80))
def test_cutting_a_long_line_loses_no_word(piece: str, times: int) -> None:
    text = piece * times
    found = spans(text)
    covered = Cover(found)
    assert all(symbol.isspace() or covered.holds(place) for place, symbol in enumerate(text))
    assert found == sorted(found)


def test_a_long_paragraph_of_prose_is_cut_between_its_sentences() -> None:
    sentence = "The harbour authority dredged 15,000 tonnes of mud from the basin. "
    text = sentence * 500
    assert [text[start:end] for start, end in spans(text)] == [sentence.strip()] * 500


def addresses() -> Links:
    return Links(uri="https://example.org/a", language="en")


SENTENCE = "The thing happened here on that day and all of them saw it."
LIST = "\n{}\n\n"


@pytest.mark.parametrize(
    "body",
    [
        "\n\n".join(f"{SENTENCE} See http://s.example/{n} for it." for n in range(15_000)),
        f"{SENTENCE} [1][2][3]\n" * 15_000 + LIST.format("References") + "[1] A title.\n[2] Another, 2001.\n",
        "Sources:\n" * 60_000,
        f"{SENTENCE}\n\n" * 9_000 + LIST.format("Sources") + "\n".join(f"• Title {n}" for n in range(9_000)),
    ],
    ids=["bare addresses", "numbers", "headings over sources", "entries"],
)  # fmt: skip
def test_no_article_stalls_its_reader(body: str) -> None:
    within(SECONDS, lambda: read_article(TEXT, body, (), addresses()))


def test_many_notes_links_and_headings_stall_nothing() -> None:
    count = 15_000
    body = f"{SENTENCE}\n\n" * count
    step = len(SENTENCE) + 2
    links = Links(
        tuple(Link("that day", f"https://s.example/{n}", n * step + 28, n * step + 36) for n in range(count)),
        tuple(Marker(n * step + 9, n * step + 9, str(n), f"k{n}") for n in range(count)),
        tuple(Note(f"k{n}", str(n), f"Smith, Title {n}, 2001, p. {n}") for n in range(count)),
        uri="https://example.org/a",
    )
    headings = tuple(Heading(n * step, 2) for n in range(0, count, 10))
    found = None

    def work() -> None:
        nonlocal found
        found = read_article(TEXT, body, headings, links)

    within(SECONDS, work)
    assert found is not None and len(found.citations) == 2 * count


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))), st.integers(0, 30), st.integers(1, 9))
def test_a_cover_says_what_its_spans_say(given: list[tuple[int, int]], place: int, length: int) -> None:
    cover = Cover(given)
    real = [(a, b) for a, b in given if a < b]
    assert cover.holds(place) == any(a <= place < b for a, b in real)
    assert cover.meets(place, place + length) == any(a < place + length and place < b for a, b in real)
