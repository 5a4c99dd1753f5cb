"""Quotations: what a claim puts in quotation marks, and where a text has it word for word. Pure.

Verbatim means: equal after unifying blanks, quotation marks, dashes and case (a quotation often starts
with a capital of its own). Shorter than 12 characters a quotation proves nothing: “the people” is
everywhere.
"""

import re
from array import array

LONG = 12

_MARKED = re.compile(
    # An opening mark inside ends the search, or a text of such marks would be read to its end from each.
    r"“([^“”]{2,2000})”|„([^„“”]{2,2000})[“”]|«([^«»]{2,2000})»|\"([^\"]{2,2000})\""
    # An apostrophe inside is no end: ‘it’s a long day’.
    r"|(?<!\w)[‘']((?:[^‘’']|(?<=\w)[’'](?=\w)){2,2000})[’'](?!\w)"
)
_ELISION = re.compile(r"\s*(?:\[?(?:…|\.\s?\.\s?\.)\]?|\[[^\]]*\])\s*")
_SAME = str.maketrans(
    dict.fromkeys("‘’‚‛′`´", "'")
    | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
)
# Symbol by symbol it took twice as long, a tenth of all that matching costs.
_RUN = re.compile(r"[^\s\u00ad]+")
_EDGES = " \t\n,.;:!?…\"'-"


class Plain:
    """A text with blanks, quotation marks, dashes and case made equal, and the way back to its places."""

    def __init__(self, text: str) -> None:
        kept: list[str] = []
        self._places = array("L")
        same, end = text.translate(_SAME), 0
        for run in _RUN.finditer(same):
            start = run.start()
            if kept and same[end:start].strip("\u00ad"):
                kept.append(" ")
                self._places.append(start - 1)
            word, end = run[0], run.end()
            # One symbol may become two ("İ"): the first keeps the places true.
            kept.append(word.lower() if word.isascii() else "".join(mark.lower()[:1] for mark in word))
            self._places.extend(range(start, end))
        self.text = "".join(kept)

    def find(self, plain: str) -> list[tuple[int, int]]:
        """Where plain words stand, whole words only, as spans of the original text."""
        found = []
        at = self.text.find(plain)
        while at >= 0:
            end = at + len(plain)
            if not self._inside_word(at) and not self._inside_word(end):
                found.append((self._places[at], self._places[end - 1] + 1))
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
