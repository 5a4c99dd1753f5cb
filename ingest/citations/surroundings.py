"""What the links of a page tell of one another and of the line they stand in: teasers, rows, names. Pure.

    Related: Another story of ours      a teaser: nothing follows, and what leads on is short
    One story  Another  A third         a row of links with nothing between them
    www.example.org                     a site that is named, no page of it
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.extract.page import Link

# "[VIDEO]", "(Photos)" behind a teaser, and what stands between the links of a row.
_KIND = re.compile(r"\[[^\][a-z]{2,20}\]")
_BETWEEN = re.compile(r"[\s|·•/>»–—-]*")
_DATE = re.compile(
    r"\b(?:\d+(?:st|nd|rd|th)?|jan(?:uary?|vier)?|feb(?:ruary?)?|mar(?:ch|s|zo)?|märz|apr(?:il)?|may|mai|jun[ei]?|"
    r"jul[yi]?|aug(?:ust)?|sept?(?:emb(?:er|re))?|o[ck]t(?:ob(?:er|re))?|nov(?:emb(?:er|re))?|de[cz](?:emb(?:er|re))?|"
    r"enero|febrero|abril|mayo|junio|julio|agosto|février|avril|juin|juillet|août|posted|on|am|pm|de|le|ago|hours?|"
    r"days?|minutes?|uhr)\b",
    re.IGNORECASE,
)
# A line of a megabyte with ten thousand links must not be read ten thousand times.
_WINDOW = 400
_LONGEST_DATE = 60
_CUT = "……… "
_HOST = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}/?", re.IGNORECASE)
# The extractor makes lines of their own of links that stand in a bare <div>.
_GOES_ON = re.compile(r"\n+(?:[,.;)]|[a-zà-ÿ])")
_SENTENCE_END = re.compile(r"[.!?]\s+")
# "Related: Check out this article on –" is as long as what leads on to a teaser gets.
_LEADING_WORDS = 7
_TITLE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """The words around a link on its line."""

    left: str
    right: str
    goes_on: bool = False

    @property
    def alone(self) -> bool:
        """Whether the link is all that the line says, and no sentence that was torn goes on behind it."""
        return not self.goes_on and not _says(self.left + _KIND.sub("", self.right))

    @property
    def leads_on(self) -> bool:
        """Whether a few words and a colon lead to the link and nothing follows, or it is on a trail."""
        left = _SENTENCE_END.split(self.left)[-1].rstrip()
        if len(left.split()) > _LEADING_WORDS:
            return False
        ends = left.endswith((":", "：", "–", "—", "►", "→", "|")) and not _says(_KIND.sub("", self.right))
        return ends or left.endswith(("»", "›", ">"))


def line_of(link: Link, body: str) -> Line:
    """The line of a link without the link; of a long one no more than tells what it is."""
    start, end = link.start or 0, link.end or 0
    first, last = max(0, start - _WINDOW), min(len(body), end + _WINDOW)
    before, stop = body.rfind("\n", first, start), body.find("\n", end, last)
    left = body[before + 1 : start] if before >= 0 or not first else f"{_CUT}{body[first:start]}"
    goes_on = stop >= 0 and bool(_GOES_ON.match(body, stop, stop + 4))
    return Line(left, body[end : stop if stop >= 0 else last], goes_on)


def _says(text: str) -> bool:
    """Whether a text says anything but a date."""
    short = len(text) <= _LONGEST_DATE and any(symbol.isdigit() for symbol in text)
    said = _DATE.sub("", text) if short else text
    return any(symbol.isalpha() for symbol in said)


def in_rows(links: Sequence[Link], body: str) -> frozenset[int]:
    """Where the links begin that stand side by side with another, each as long as a title."""
    placed = [link for link in links if link.start is not None and len(link.label.split()) >= _TITLE_WORDS]
    rows: set[int] = set()
    for one, other in pairwise(placed):
        start, end = one.end or 0, other.start or 0
        if 0 < end - start < 10 and "\n" not in body[start:end] and _BETWEEN.fullmatch(body[start:end]):
            rows |= {one.start or 0, end}
    return frozenset(rows)


def names_a_site(label: str, path: str, query: str) -> bool:
    """Whether a link or bare address shows a host and leads to its first page: a name, no source.

    >>> names_a_site("www.example.org", "/", ""), names_a_site("example.org/a", "/a", "")
    (True, False)
    """
    return path in ("", "/") and not query and bool(_HOST.fullmatch(label.strip()))
