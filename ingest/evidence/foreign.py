"""A source in another language: only what any language writes alike is compared. Pure.

Names, numbers and dates that a sentence shares with a claim are shown beside it; its outcome stays
`not-compared`, because the words between them were not read.
"""

from dataclasses import dataclass, replace

from archive.model import Signals
from ingest.evidence.signals import Statement, compare
from ingest.evidence.source import Index, Span
from ingest.evidence.words import FUNCTION_WORDS, tokens

OTHER_LANGUAGE = "other language: only names, numbers and dates were compared"
# One name alone is on every page about the subject.
FEWEST = 2
_LOOKED_AT = 12


@dataclass(frozen=True, slots=True)
class Agreement:
    """A sentence of a source in another language, and what of the claim it has."""

    span: Span
    signals: Signals


def agreement(claim: Statement, index: Index) -> Agreement | None:
    """The sentence that has most of a claim's names, numbers and dates; None where none has two."""
    alike = [t.stem for t in tokens(claim.text) if t.number or (t.capital and t.stem not in FUNCTION_WORDS)]
    common: dict[int, int] = {}
    for word in dict.fromkeys(alike):
        for number in index.postings.get(word, ()):
            common[number] = common.get(number, 0) + 1
    best: tuple[int, int] | None = None
    found: Agreement | None = None
    for number in sorted(common, key=lambda n: (-common[n], n))[:_LOOKED_AT]:
        start, end = index.spans[number]
        signals = compare(claim, index.source.body[start:end], index.source.language, 0.0)
        order = len(signals.agree) + len(signals.quoted), -number
        if order[0] >= FEWEST and (best is None or order > best):
            told = replace(signals, words_missing=(), cues=(), labels=(OTHER_LANGUAGE, *index.labels))
            best, found = order, Agreement((start, end), told)
    return found
