"""Quotations that a source has in other words: which run of its words is meant. Pure."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from archive.quotations import plain
from ingest.evidence.words import Token, fold, tokens

# A run of the source's words that is this like a quotation is taken for the quotation, altered.
_ALIKE = 0.75
# What ends a sentence or a quotation.
_STOP = re.compile(r"[.!?;:…\n\"”“»«,()]")
_FEWEST_WORDS, _MOST_WORDS = 3, 60


def altered(quotation: str, passage: str) -> str | None:
    """The words of a passage that are a quotation's, changed; None where there are none alike."""
    wanted = [token.stem for token in tokens(quotation)]
    there = tokens(passage)
    if not _FEWEST_WORDS <= len(wanted) <= _MOST_WORDS or len(there) < _FEWEST_WORDS:
        return None
    best = (_ALIKE, 0, 0)
    for length in range(max(_FEWEST_WORDS, len(wanted) - 2), len(wanted) + 3):
        for first in range(len(there) - length + 1):
            run = [token.stem for token in there[first : first + length]]
            if run[0] not in wanted or run[-1] not in wanted:
                continue
            matcher = SequenceMatcher(None, wanted, run, autojunk=False)
            if matcher.quick_ratio() > best[0] and (likeness := matcher.ratio()) > best[0]:
                best = (likeness, first, first + length)
    if not best[2]:
        return None
    first, end = _with_its_ends(wanted, there, passage, best[1:])
    found = passage[there[first].start : there[end - 1].end]
    return None if fold(plain(found)) == fold(plain(quotation)) else found


def _with_its_ends(
    wanted: list[str], there: Sequence[Token], passage: str, run: tuple[int, int]
) -> tuple[int, int]:
    """A run of words with as many before and after it as the quotation has there, changed: "in 2021"."""
    first, end = run
    stems = [token.stem for token in there[first:end]]
    blocks = SequenceMatcher(None, wanted, stems, autojunk=False).get_matching_blocks()
    before = blocks[0].a - blocks[0].b
    after = (len(wanted) - blocks[-2].a - blocks[-2].size) - (len(stems) - blocks[-2].b - blocks[-2].size)
    while before > 0 and first > 0 and not _STOP.search(passage, there[first - 1].end, there[first].start):
        first, before = first - 1, before - 1
    while after > 0 and end < len(there) and not _STOP.search(passage, there[end - 1].end, there[end].start):
        end, after = end + 1, after - 1
    return first, end
