"""Quotations: what a claim puts in quotation marks, and where a text has it word for word. Pure.

Verbatim means: equal after unifying blanks, quotation marks, dashes and case (a quotation often starts
with a capital of its own). Shorter than 12 characters a quotation proves nothing: “the people” is
everywhere.
"""

import re
from bisect import bisect_right
from functools import cached_property

LONG = 12

_MARKED = re.compile(
    # An opening mark inside ends the search, or a text of such marks would be read to its end from each.
    r"“([^“”]{2,2000})”|„([^„“”]{2,2000})[“”]|«([^«»]{2,2000})»|\"([^\"]{2,2000})\""
    # An apostrophe inside is no end: ‘it’s a long day’.
    r"|(?<!\w)[‘']((?:[^‘’']|(?<=\w)[’'](?=\w)){2,2000})[’'](?!\w)"
)
_ELISION = re.compile(r"\s*(?:\[?(?:…|\.\s?\.\s?\.)\]?|\[[^\]]*\])\s*")
# Every symbol stays one symbol, so that places stay true: in small letters "İ" alone would become two, and
# a sigma would depend on what follows it.
_SAME = (
    dict.fromkeys("‘’‚‛′`´", "'")
    | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | {"İ": "i", "Σ": "σ"}
)
_SOFT_HYPHEN = "\u00ad"
# What is not kept as it is: whatever stands before the first word, soft hyphens, more than one blank.
_GAP = re.compile(rf"\A[\s{_SOFT_HYPHEN}]+|[\s{_SOFT_HYPHEN}]{{2,}}|{_SOFT_HYPHEN}")
_EDGES = " \t\n,.;:!?…\"'-"


class Plain:
    """A text with blanks, quotation marks, dashes and case made equal, and the way back to its places."""

    def __init__(self, text: str) -> None:
        # One by one: `translate` asks its table for every symbol, and takes twenty times as long.
        for written, plain in _SAME.items():
            text = text.replace(written, plain)
        self._same = text.lower()
        self.text = " ".join(self._same.replace(_SOFT_HYPHEN, "").split())

    @cached_property
    def _shifts(self) -> tuple[list[int], list[int]]:
        """From which places on how many symbols were left out; made once something is found, as little is."""
        places, shifts, shift = [0], [0], 0
        for gap in _GAP.finditer(self._same):
            kept = int(gap.start() > 0 and bool(gap[0].strip(_SOFT_HYPHEN)))
            shift += gap.end() - gap.start() - kept
            places.append(gap.end() - shift - kept)
            shifts.append(shift)
        return places, shifts

    def _place(self, at: int) -> int:
        """Where a symbol stands in the text as it was; for a blank, the last of those that it stands for."""
        places, shifts = self._shifts
        return at + shifts[bisect_right(places, at) - 1]

    def find(self, plain: str) -> list[tuple[int, int]]:
        """Where plain words stand, whole words only, as spans of the original text."""
        found = []
        at = self.text.find(plain)
        while at >= 0:
            end = at + len(plain)
            if not self._inside_word(at) and not self._inside_word(end):
                found.append((self._place(at), self._place(end - 1) + 1))
            at = self.text.find(plain, at + 1)
        return found

    def _inside_word(self, at: int) -> bool:
        return 0 < at < len(self.text) and self.text[at - 1].isalnum() and self.text[at].isalnum()


def plain(words: str) -> str:
    """Words as ``Plain`` has them, without punctuation at the edges."""
    return Plain(words).text.strip(_EDGES)


def quotations(claim: str) -> list[str]:
    """What stands in quotation marks, as written; cut where the author left something out or put it in."""
    found: list[str] = []
    for match in _MARKED.finditer(claim):
        inner = next(group for group in match.groups() if group is not None)
        pieces = (piece.strip(_EDGES) for piece in _ELISION.split(inner))
        found.extend(piece for piece in pieces if len(piece) > 1)
    return list(dict.fromkeys(found))
