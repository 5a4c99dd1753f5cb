"""One article read: its claims, its citations, the ties between them. Pure.

1. lists of sources (the markup's own, else by their headings in the text)
2. notes and their markers      3. numbers, or authors and years, in brackets that point into a list
4. links and bare addresses, also of what the extractor dropped
5. claims, with markers blanked    6. ties
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from archive.anchor import describe
from archive.model import Citation, CitationKind, Claim, Heading
from ingest.citations.authoryear import short_reference
from ingest.citations.bibliographic import read_entry
from ingest.citations.claims import claims, section_of
from ingest.citations.entries import URL, uri_of
from ingest.citations.footed import with_feet
from ingest.citations.linked import Found, linked, lost, named
from ingest.citations.lists import Region, cited, find_lists, find_numbered
from ingest.citations.noted import is_remark, joined, note_spans, remarks, sidenotes, uses_of_notes
from ingest.citations.uses import Pointed, entry_uses
from ingest.evidence.language import spoken
from ingest.extract.page import Entry, Links, Note

Span = tuple[int, int]
# Wikipedia writes the page of a note behind its mark: "[1]: 12–14".
_PAGE = re.compile(r":[ \u200a\u202f]?\d{1,4}(?:[-–,]\s?\d{1,4}){0,5}(?=[\s\u200a])")


@dataclass(frozen=True, slots=True)
class Findings:
    """What reading an article found. ``ties``: (claim id, citation id); ``sections``: claim id to heading.

    ``spoken``: the text with the marks of its citations blanked: "(Lie 2017)" is no name that a claim gives.
    """

    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    ties: tuple[tuple[str, str], ...]
    sections: dict[str, str] = field(default_factory=dict)
    spoken: str = ""


def read_article(text_id: str, body: str, headings: Sequence[Heading], links: Links) -> Findings:
    """The claims and citations of an article's text of record."""
    links = with_feet(body, links)
    regions = _regions(body, headings, links)
    hidden = _hidden(regions, links, body)
    shown = {source.uri for source in links.named if source.kind == "embed"}
    found = [
        *_notes(text_id, body, links, regions),
        *_entries(text_id, body, regions, links, hidden),
        *(
            link
            for link in linked(text_id, body, links, [*hidden, *sidenotes(links, body)])
            # The date below a post that is shown whole is the post.
            if link.citation.uri not in shown
        ),
    ]
    found += named(text_id, links, found)
    found += lost(text_id, links, found)
    masked = _masked(body, found, links)
    spans = claims(body, headings, hidden, masked, spoken(body, links.language))
    made = tuple(Claim(text_id, describe(body, start, end)) for start, end in spans)
    counted = _counted(sorted(found, key=_order))
    sections = {
        claim.id: under for claim in made if (under := section_of(claim.passage.start, body, headings))
    }
    citations = tuple(item.citation for item in counted)
    return Findings(made, citations, _ties(body, made, counted), sections, _spoken(masked, found))


def _order(item: Found) -> tuple[int, int, int, str]:
    """By where it is pointed to first; entries that one mark names, in the order of their list."""
    own = item.citation.start
    places = [start for start, _ in item.uses] + ([own] if own is not None else [])
    first = min(places) if places else 0
    return (0 if places else 1, first, own if own is not None else first, item.citation.label)


def _counted(found: list[Found]) -> list[Found]:
    """Each citation with its n: 0 for the first with its label and address, 1 for the next."""
    seen: dict[tuple[str, str], int] = {}
    counted = []
    for item in found:
        key = (item.citation.label, item.citation.uri)
        counted.append(replace(item, citation=replace(item.citation, nth=seen.get(key, 0))))
        seen[key] = seen.get(key, 0) + 1
    return counted


def _regions(body: str, headings: Sequence[Heading], links: Links) -> list[Region]:
    """The lists of sources: those the text shows, and those that only the page's markup has."""
    regions = [
        replace(region, entries=tuple(entry for entry in region.entries if not _is_note(entry, links)))
        for region in find_lists(body, headings, links.links)
    ]
    regions += find_numbered(body, regions)
    shown = {entry.label for region in regions for entry in region.entries}
    for extra in links.lists:
        entries = cited(
            extra.heading,
            [
                entry
                for entry in extra.entries
                if entry.label not in shown and not _is_note(entry, links) and not _is_in(entry, regions)
            ],
        )
        if entries and len(entries) * 2 >= len(extra.entries):
            placed = [entry for entry in entries if entry.start is not None and entry.end is not None]
            start = min((entry.start or 0 for entry in placed), default=len(body))
            end = max((entry.end or 0 for entry in placed), default=len(body))
            regions.append(Region(extra.heading, start, end, entries))
    return regions


def _is_in(entry: Entry, regions: Sequence[Region]) -> bool:
    return entry.start is not None and any(region.start <= entry.start < region.end for region in regions)


def _is_note(entry: Entry, links: Links) -> bool:
    """Whether an entry of a list is a note that its marker has already led to."""
    start, end = entry.start or 0, entry.end or 0
    return any(
        note.label in entry.label
        or (note.start is not None and note.end is not None and start < note.end and note.start < end)
        for note in links.notes
    )


def _hidden(regions: Sequence[Region], links: Links, body: str) -> list[Span]:
    hidden = [(region.start, region.end) for region in regions if region.start < region.end]
    inline = set(sidenotes(links, body))
    return hidden + [span for span in note_spans(links, body) if span not in inline]


def _notes(text_id: str, body: str, links: Links, regions: Sequence[Region]) -> Iterator[Found]:
    entries: list[Entry | Note] = [entry for region in regions for entry in region.entries]
    entries += [note for note in links.notes if read_entry(note.label).authors]
    labels = [entry.label for entry in entries]
    places = uses_of_notes(links, body)
    for note in links.notes:
        if is_remark(note):
            continue
        citation = _citation(text_id, note, "note")
        named = short_reference(note.label, labels)
        if named is not None and entries[named] is not note:
            # "Smith 2010, p. 5." leads where the bibliography's entry does.
            full = entries[named]
            uri = citation.uri or full.uri or uri_of(full.label)
            citation = replace(citation, uri=uri, entry=read_entry(full.label))
        yield Found(citation, tuple(places.get(note.key, ())))


def _citation(
    text_id: str, pointer: Note | Entry, kind: CitationKind, heading: str | None = None
) -> Citation:
    mark = pointer.mark if isinstance(pointer, Note) else (f"[{pointer.number}]" if pointer.number else "")
    return Citation(
        text=text_id,
        label=pointer.label,
        uri=pointer.uri or uri_of(pointer.label),
        kind=kind,
        start=pointer.start,
        end=pointer.end,
        mark=mark or None,
        heading=heading,
        entry=read_entry(pointer.label),
    )


def _entries(
    text_id: str, body: str, regions: Sequence[Region], links: Links, spared: Sequence[Span]
) -> Iterator[Found]:
    # A number in brackets that is the mark of a note is none of the list's.
    noted = [(marker.start, marker.end) for marker in links.markers]
    uses = entry_uses(body, regions, [*spared, *noted])
    for index, region in enumerate(regions):
        for nth, entry in enumerate(region.entries):
            pointed = uses.get((index, nth), Pointed("list", ()))
            citation = _citation(text_id, entry, pointed.kind, region.heading or None)
            if pointed.kind == "author-year":
                citation = replace(citation, mark=body[slice(*pointed.spans[0])])
            yield Found(citation, pointed.spans)


def _masked(body: str, found: Sequence[Found], links: Links) -> str:
    """The body with every marker of a note or number blanked, so that none ends or begins a sentence."""
    spans = {(marker.start, marker.end) for marker in links.markers if marker.start < marker.end}
    spans |= set(sidenotes(links, body))
    marked = ("numbered", "note", "author-year")
    uses = {use for item in found if item.citation.kind in marked for use in item.uses}
    # "Smith (2010) denies it": a name is a word of its sentence.
    spans |= {(start, end) for start, end in uses if not body[start : start + 1].isalpha()}
    spans |= set(remarks(body))
    spans |= {page.span() for one in links.markers if (page := _PAGE.match(body, one.end))}
    return _blanked(body, joined(spans, body))


def _spoken(masked: str, found: Sequence[Found]) -> str:
    """The same without identifiers and addresses, which are words of no claim either."""
    bare = [
        use
        for item in found
        if item.citation.kind == "identifier" or URL.match(item.citation.label)
        for use in item.uses
        if item.citation.kind in ("identifier", "link")
    ]
    return _blanked(masked, joined(bare, masked))


def _blanked(body: str, spans: Sequence[Span]) -> str:
    pieces, at = [], 0
    for start, end in spans:
        pieces += [body[at:start], " " * (end - start)]
        at = end
    return "".join(pieces) + body[at:]


def _ties(body: str, made: Sequence[Claim], found: Sequence[Found]) -> tuple[tuple[str, str], ...]:
    ties: dict[tuple[str, str], None] = {}
    starts = [claim.passage.start for claim in made]
    for item in found:
        for start, _ in item.uses:
            number = bisect_right(starts, start) - 1
            if number >= 0 and _belongs(body, made[number], start, item.citation.kind):
                ties[(made[number].id, item.citation.id)] = None
    return tuple(ties)


def _belongs(body: str, before: Claim, place: int, kind: CitationKind) -> bool:
    """Whether a pointer belongs to the last claim that begins before it: around it, or in its paragraph.

    A note or quotation may stand in the paragraph behind; a link there stands in words of its own.
    """
    if place < before.passage.end:
        return True
    gap = body[before.passage.end : place]
    if kind == "link" and "\n\n" in gap:
        return False
    return gap.count("\n\n") <= 1 and len(gap) <= 400 and "\f" not in gap
