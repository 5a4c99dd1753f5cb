"""Quotations that a source has in other words: which run of its words is meant. Pure."""

from difflib import SequenceMatcher

from archive.quotations import plain
from ingest.evidence.words import fold, tokens

# A run of the source's words that is this like a quotation is taken for the quotation, altered.
_ALIKE = 0.75
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
    found = passage[there[best[1]].start : there[best[2] - 1].end]
    return None if fold(plain(found)) == fold(plain(quotation)) else found
