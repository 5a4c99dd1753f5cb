"""Two snapshots compared by their texts: what became of the cited passages, and every change."""

from dataclasses import dataclass

from archive.comparing import Change, Fate, changes, fate, reversed_changes
from archive.documents.shape import Document, shape
from archive.index import read
from archive.index.read import CitedPassage, Connection
from archive.model import Snapshot, Text


@dataclass(frozen=True, slots=True)
class CitedFate:
    """A cited passage and what became of it; ``cited_in``: 0 the first text, 1 the other."""

    cited: CitedPassage
    cited_in: int
    fate: Fate


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two snapshots with their texts, what is the same and what is not, and what is cited of them."""

    snapshots: tuple[Snapshot, Snapshot]
    texts: tuple[Text, Text]
    changes: tuple[Change, ...]
    cited: tuple[CitedFate, ...]


def compared(
    connection: Connection, snapshots: tuple[Snapshot, Snapshot], texts: tuple[Text, Text]
) -> Comparison:
    """Compare the texts of two snapshots, the first of them taken as what stood before."""
    one, other = (text.body for text in texts)
    found = changes(one, other)
    back = reversed_changes(found)
    cited = [
        CitedFate(passage, 0, fate(found, one, other, passage.passage))
        for passage in read.cited_passages(connection, texts[0].id)
    ]
    if texts[0].id != texts[1].id:
        cited += [
            CitedFate(passage, 1, fate(back, other, one, passage.passage))
            for passage in read.cited_passages(connection, texts[1].id)
        ]
    return Comparison(snapshots, texts, found, tuple(cited))


def comparison_document(comparison: Comparison) -> Document:
    """A comparison as JSON: which texts, the cited passages first, then all spans by turns."""
    one, other = (text.body for text in comparison.texts)
    return {
        "kind": "comparison",
        "texts": [
            {"snapshot": snapshot.id, "text": text.id, "uri": snapshot.uri, "date": snapshot.date}
            for snapshot, text in zip(comparison.snapshots, comparison.texts, strict=True)
        ],
        "same": one == other,
        "passages": [_cited(found, (one, other)) for found in comparison.cited],
        "changes": [
            shape(change)
            | ({} if change.same else {
                "removed": one[change.start : change.end],
                "added": other[change.other_start : change.other_end],
            })
            for change in comparison.changes
        ],
    }  # fmt: skip


def _cited(found: CitedFate, bodies: tuple[str, str]) -> Document:
    fate = found.fate
    other = bodies[1 - found.cited_in]
    return {
        "cited_in": found.cited_in,
        **shape(found.cited.passage),
        "state": fate.state,
        "other_start": fate.start,
        "other_end": fate.end,
        "other_exact": None if fate.start is None else other[fate.start : fate.end],
        "claims": [{"id": claim.id, "article": claim.article} for claim in found.cited.claims],
    }
