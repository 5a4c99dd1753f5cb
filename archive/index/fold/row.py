"""A row, the columns that identify it, and how values stand in its columns. Pure."""

import json
from dataclasses import dataclass
from typing import Any

from archive.model import Passage, Place
from archive.uri import sourcekey, timestamp, urlkey

Value = str | int | float | None

# Columns that make a row the row it is, where that is not the id.
KEYS: dict[str, tuple[str, ...]] = {
    "warcs": ("name",),
    "reading_claims": ("reading", "claim"),
    "reading_citations": ("reading", "citation"),
    "reading_evidence": ("reading", "evidence", "citation"),
    "claim_citations": ("reading", "claim", "citation"),
    "passages": ("text", "start", "end"),
    "recordings": ("file", "answer"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its table, and its values by column (those that the writer numbers are left out)."""

    table: str
    values: dict[str, Value]

    @property
    def key(self) -> tuple[Value, ...]:
        """The values of the columns that identify it."""
        return tuple(self.values[column] for column in KEYS.get(self.table, ("id",)))


def as_json(value: Any) -> str:
    """A list or object as a column holds it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def digits_of(date: str) -> str | None:
    """The 14 digits of a date; None where a foreign record has one that is none."""
    try:
        return timestamp(date)
    except ValueError:
        return None


def key_of(uri: str | None) -> str | None:
    """The look-up key of an address that may be missing."""
    return None if uri is None else urlkey(uri)


def source_of(uri: str | None) -> str | None:
    """The key of the source that an address belongs to, where there is one."""
    return None if uri is None else sourcekey(uri)


def place_of(place: Place | None) -> dict[str, Value]:
    """The place of a fact's record; a fact that was never stored has none and cannot be folded."""
    if place is None or not place.file:
        raise ValueError("only what lies in a stored WARC file can be folded")
    return {"file": place.file, "offset": place.offset, "length": place.length}


def record_of(place: Place | None) -> dict[str, Value]:
    """The place of a row that is only a part of its record."""
    return {name: value for name, value in place_of(place).items() if name != "length"}


def span_of(passage: Passage | None) -> dict[str, Value]:
    """Position and quotation of a passage that may be missing."""
    if passage is None:
        return dict.fromkeys(("start", "end", "exact", "prefix", "suffix"))
    return {
        "start": passage.start,
        "end": passage.end,
        "exact": passage.exact,
        "prefix": passage.prefix,
        "suffix": passage.suffix,
    }
