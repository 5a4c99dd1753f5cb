"""A place in a manuscript that names a source. Pure."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from archive.errors import BadId
from archive.model import parse_id

Kind = Literal["key", "address", "bare"]


@dataclass(frozen=True, slots=True)
class Mention:
    """What stands there, and in which line (of a ``.docx`` in which paragraph), counted from 1.

    ``kind``: ``key``, what the manuscript's own markup cites; ``address``, what is ours by its spelling;
    ``bare``, what may be: an id or key in running text, which names a source only where one is so named.
    """

    name: str
    line: int
    kind: Kind


_ID = r"[0-9A-Za-z]{4}(?:[-\u2010-\u2013]?[0-9A-Za-z]{4}){3}"
_ROOMS = "snapshot|article|claim|evidence|reading|text|citation|passage|cite"
_NAMED = rf"(?P<name>{_ID}(?:/\d{{1,12}}-\d{{1,12}})?)(?![0-9A-Za-z])"
# Only as print has it: lower case, in groups; anything looser is a word of the text.
_BARE_ID = re.compile(r"(?<![\w./-])[0-9a-hjkmnp-tv-z]{4}(?:-[0-9a-hjkmnp-tv-z]{4}){3}(?![\w-])")
_BARE_KEY = re.compile(r"(?<![\w./@-])[a-z][a-z0-9]{0,23}(?:\d{4}|nd)-[0-9a-hjkmnp-tv-z]{8}(?![\w-])")


def addresses(bases: tuple[str, ...]) -> re.Pattern[str]:
    """What finds ``pincite:<id>`` and addresses under any of the archive's own bases, former ones too."""
    begun = "|".join(re.escape(base.rstrip("/")) for base in bases if base)
    under = rf"|(?:{begun})/(?:(?:{_ROOMS})/)?" if begun else ""
    return re.compile(rf"(?<![\w.])(?:pincite:{under}){_NAMED}", re.IGNORECASE)


def found_in(text: str, ours: re.Pattern[str], line: Callable[[int], int]) -> Iterator[Mention]:
    """The ids and addresses in a text, wherever they stand; ``line`` tells the line of an offset."""
    taken: list[tuple[int, int]] = []
    for match in ours.finditer(text):
        taken.append(match.span())
        yield Mention(match["name"], line(match.start()), "address")
    for match in _BARE_ID.finditer(text):
        if _is_id(match[0]) and not any(start <= match.start() < end for start, end in taken):
            yield Mention(match[0], line(match.start()), "bare")


def bare_keys(text: str, line: Callable[[int], int]) -> Iterator[Mention]:
    """Words that look as computed cite keys do, for texts without a markup of their own."""
    for match in _BARE_KEY.finditer(text):
        yield Mention(match[0], line(match.start()), "bare")


def _is_id(written: str) -> bool:
    try:
        parse_id(written)
    except BadId:
        return False
    return True
