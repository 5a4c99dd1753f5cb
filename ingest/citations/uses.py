"""Where a text points into its lists: by a number in brackets or raised, or by author and year. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.model import CitationKind
from ingest.citations.authoryear import author_year_uses
from ingest.citations.lists import Region
from ingest.citations.marks import marks, raised_marks

Span = tuple[int, int]
# An entry: which list, which of its entries.
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pointed:
    """How the text points to an entry and from where."""

    kind: CitationKind
    spans: tuple[Span, ...]


def entry_uses(body: str, regions: Sequence[Region], spared: Sequence[Span]) -> dict[Place, Pointed]:
    """For each entry that the text points to, the places; the spared spans hold no pointers."""
    found = {
        place: Pointed("numbered", tuple(spans)) for place, spans in _by_number(body, regions, spared).items()
    }
    places = [(index, nth) for index, region in enumerate(regions) for nth in range(len(region.entries))]
    labels = [regions[index].entries[nth].label for index, nth in places]
    for place, spans in zip(places, author_year_uses(body, labels, spared), strict=True):
        if spans and place not in found:
            found[place] = Pointed("author-year", tuple(dict.fromkeys(spans)))
    return found


def _by_number(body: str, regions: Sequence[Region], spared: Sequence[Span]) -> dict[Place, list[Span]]:
    table: dict[int, Place] = {}
    for index, region in enumerate(regions):
        for nth, entry in enumerate(region.entries):
            number = int(entry.number) if entry.number.isdigit() else (0 if region.numbered else nth + 1)
            if number:
                table.setdefault(number, (index, nth))
    uses: dict[Place, list[Span]] = {}
    for found in (list(marks(body, spared)), list(raised_marks(body, spared))):
        # Numbers that the list does not have are something else (years, figures, powers).
        if sum(1 for mark in found if all(number in table for number in mark[3])) * 2 < len(found):
            continue
        for start, end, _, named in found:
            for number in named:
                if number in table:
                    uses.setdefault(table[number], []).append((start, end))
    return uses
