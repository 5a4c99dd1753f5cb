"""Two texts beside each other: nothing of either is lost, and the cost grows as they do."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.anchor import describe
from archive.comparing import changes, fate, reversed_changes
from archive.comparing.alignment import align

PIECES = ["a", "bb", "ccc ", " ", "\n\n", "15,000", "é", "海", "\f", ".", "שלום"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def longest(one: str, other: str) -> int:
    """How many elements two sequences share in order, by the book."""
    row = [0] * (len(other) + 1)
    for x in one:
        below = [0]
        for at, y in enumerate(other):
            below.append(row[at] + 1 if x == y else max(row[at + 1], below[-1]))
        row = below
    return row[-1]


@given(st.text("abc", max_size=20), st.text("abc", max_size=20))
def test_short_sequences_are_aligned_as_well_as_can_be(one: str, other: str) -> None:
    runs = align(one, other)
    at, there = 0, 0
    for run in runs:
        assert run.length and run.here >= at and run.there >= there
        assert one[run.here : run.here + run.length] == other[run.there : run.there + run.length]
        at, there = run.here + run.length, run.there + run.length
    assert sum(run.length for run in runs) == longest(one, other)


@given(TEXTS, TEXTS)
def test_nothing_of_either_text_is_lost(one: str, other: str) -> None:
    found = changes(one, other)
    assert "".join(one[c.start : c.end] for c in found) == one
    assert "".join(other[c.other_start : c.other_end] for c in found) == other
    for c in found:
        assert not c.same or one[c.start : c.end].split() == other[c.other_start : c.other_end].split()
        assert c.end > c.start or c.other_end > c.other_start
    assert [c.same for c in found[1:]] == [not c.same for c in found[:-1]], "by turns"
    assert reversed_changes(reversed_changes(found)) == found


class Counted(str):
    """A word that counts how often it is compared."""

    asked = 0

    def __eq__(self, other: object) -> bool:
        Counted.asked += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__


def asked(one: list[str], other: list[str]) -> int:
    """How many comparisons an alignment takes."""
    Counted.asked = 0
    align([Counted(word) for word in one], [Counted(word) for word in other])
    return Counted.asked


@pytest.mark.parametrize("kind", ["unlike", "alike", "woven", "shuffled"])
def test_twice_the_text_costs_twice_as_much(kind: str) -> None:
    """What is made to keep it busy; difflib takes four times as long."""

    def pair(length: int) -> tuple[list[str], list[str]]:
        dice = random.Random(length)
        words = [f"w{number % (length // 3)}" for number in range(length)]
        return {
            "unlike": (words, [f"v{word}" for word in words]),
            "alike": (["a"] * length, ["a", "b"] * (length // 2)),
            "woven": (["a", "b", "c"] * (length // 3), ["c", "b", "a"] * (length // 3)),
            "shuffled": (words, dice.sample(words, length)),
        }[kind]

    assert asked(*pair(24_000)) < 2.5 * asked(*pair(12_000)) < 2_000_000


ONE = """The wall

The sea wall was built in 1874, when 212 boats lay here. Its lamp was a gift of the mayor. No.

The railway came in 1881 and the herring went in 1936. The wall stayed.

About 14,000 tonnes of stone were displaced on 3 November 2025."""


def test_a_sentence_is_taken_out_whole_with_its_own_full_stop() -> None:
    one, other = "It was here. Its lamp was lit. The end.", "It was here. The end."
    (taken,) = (one[c.start : c.end] for c in changes(one, other) if not c.same)
    (put_in,) = (one[c.other_start : c.other_end] for c in changes(other, one) if not c.same)
    assert taken.strip() == put_in.strip() == "Its lamp was lit."


LAMP = "Its lamp was a gift of the mayor."
RAIL = "The railway came in 1881 and the herring went in 1936."
STONE = "About 14,000 tonnes of stone were displaced on 3 November 2025."


@pytest.mark.parametrize(
    ("passage", "swaps", "state", "now"),
    [
        (LAMP, [], "unchanged", LAMP),
        (LAMP, [("The wall\n\n", "A word before.\n\n")], "unchanged", LAMP),
        ("lay here. Its lamp", [("here. Its", "here.\n\nIts")], "unchanged", "lay here.\n\nIts lamp"),
        (RAIL, [(" and the herring went in 1936", ""), ("2025.", f"2025.\n\n{RAIL}")], "moved", RAIL),
        # Twice put in: nobody can say which is the passage.
        (RAIL, [(" and the herring", ""), ("2025.", f"2025.\n\n{RAIL}\n\nSo: {RAIL}")], "ambiguous", None),
        (STONE, [("14,000 tonnes", "15,500 tons")], "changed", STONE.replace("14,000 tonnes", "15,500 tons")),
        (STONE, [("3 November ", "")], "changed", STONE.replace("3 November ", "")),
        (STONE, [("d on", "d, they say, on")], "changed", STONE.replace("d on", "d, they say, on")),
        ("The wall stayed.", [(" The wall stayed.", "")], "gone", None),
        (LAMP, [(LAMP, "Nobody knows who paid.")], "gone", None),
        # Two letters that stand somewhere else too are not the passage.
        ("No.", [(" No.", ""), ("stayed.", "stayed. No.")], "gone", None),
        ("The wall stayed.", [(ONE, "Another page altogether")], "gone", None),
        ("The wall stayed.", [(ONE, "")], "gone", None),
    ],
)
def test_what_became_of_a_passage(
    passage: str, swaps: list[tuple[str, str]], state: str, now: str | None
) -> None:
    other = ONE
    for old, new in swaps:
        other = other.replace(old, new, 1)
    start = ONE.index(passage)
    described = describe(ONE, start, start + len(passage))
    found = fate(changes(ONE, other), ONE, other, described)
    assert found.state == state
    assert (None if found.start is None else other[found.start : found.end]) == now
    if found.changes:
        assert "".join(ONE[c.start : c.end] for c in found.changes) == passage
        assert "".join(other[c.other_start : c.other_end] for c in found.changes) == now


def test_a_copy_that_stood_before_is_not_the_passage_that_is_gone() -> None:
    one = f"Of the first town. {RAIL} It was a small one.\n\nOf the second town. {RAIL} It was a large one."
    other = one.replace(f"{RAIL} It was a small one.", "Nothing is known of it but its name.")
    described = describe(one, one.index(RAIL), one.index(RAIL) + len(RAIL))
    assert fate(changes(one, other), one, other, described).state == "gone"


@given(TEXTS, TEXTS, st.integers(0, 60), st.integers(1, 20))
def test_a_fate_is_true_of_the_texts(one: str, other: str, start: int, length: int) -> None:
    if start >= len(one):
        return
    passage = describe(one, start, min(len(one), start + length))
    found = fate(changes(one, other), one, other, passage)
    if found.state in ("gone", "ambiguous"):
        assert found.start is None and found.end is None
        return
    assert found.start is not None and found.end is not None
    there = other[found.start : found.end]
    if found.state in ("unchanged", "moved"):
        assert there.split() == passage.exact.split()
    if found.changes:
        assert "".join(one[c.start : c.end] for c in found.changes) == passage.exact
        assert "".join(other[c.other_start : c.other_end] for c in found.changes) == there
