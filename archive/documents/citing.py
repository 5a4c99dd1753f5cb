"""What there is to cite of a noun: its snapshot, described with people's corrections, and its passage."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from archive import anchor, bibliography
from archive.documents.shape import hidden
from archive.index import read
from archive.index.read import CitationState, Connection
from archive.index.read.pointers import citation_readings
from archive.model import Metadata, PageDate, Passage, Text, parse_id

# A passage as print has it: the text's id and the span, alone or at the end of an address.
_PASSAGE = re.compile(r"(?:pincite:|.*/)?([^/:]{16,40})/([0-9]{1,12})-([0-9]{1,12})[.,;:]*")


@dataclass(frozen=True, slots=True)
class Cited:
    """A source of an article as its bibliography has it; ``state`` is that of its first citation."""

    item: bibliography.Item
    state: CitationState


def named_passage(written: str) -> tuple[str, int, int] | None:
    """Text id, start and end of a passage as print names it; None where it names none.

    :raises BadId: the id is mistyped.

    >>> named_passage("pincite:g3z1-fdnv-kx7c-6wsj/10-90")
    ('g3z1fdnvkx7c6wsj', 10, 90)
    >>> named_passage("https://archive.example.edu/passage/g3z1-fdnv-kx7c-6wsj/10-90")[1:], named_passage("x")
    ((10, 90), None)
    """
    found = _PASSAGE.fullmatch(written.strip())
    return (parse_id(found[1]), int(found[2]), int(found[3])) if found else None


def citation_item(connection: Connection, identifier: str, base_url: str | None) -> bibliography.Item | None:
    """What a citation of a noun says: of a claim or piece of evidence with its words and their place."""
    kind = read.kind_of(connection, identifier)
    if kind == "claim":
        claim = read.claim(connection, identifier)
        return _pinned(connection, claim.text, claim.passage, identifier, base_url) if claim else None
    if kind == "evidence":
        span = read.evidence_span(connection, identifier)
        return _pinned(connection, span[1], span[2], identifier, base_url) if span else None
    if kind == "text":
        text = read.text(connection, identifier)
        return snapshot_item(connection, text.snapshot, base_url) if text else None
    if kind == "reading":
        reading = read.reading(connection, identifier)
        return snapshot_item(connection, reading.article.snapshot, base_url) if reading else None
    if kind == "citation":
        return _of_citation(connection, identifier, base_url)
    if kind == "entry":
        return entry_item(connection, identifier, base_url)
    return snapshot_item(connection, identifier, base_url)


def entry_item(connection: Connection, identifier: str, base_url: str | None) -> bibliography.Item | None:
    """What a citation of an entry says: in its own words, with the snapshot that it leads to."""
    entry = read.entry(connection, identifier)
    if entry is None:
        return None
    stands = read.resolution_in_force(connection, identifier)
    leads = stands.snapshot if stands and stands.state == "resolved" else None
    captured = snapshot_item(connection, leads, base_url) if leads else None
    why = stands.reason if stands and stands.state in ("failed", "none") else None
    return bibliography.named(entry, captured, why)


def passage_item(
    connection: Connection, text_id: str, start: int, end: int, base_url: str | None
) -> bibliography.Item | None:
    """What a citation of a passage says; None where there is no such text or span, or it may not be shown."""
    text = read.text(connection, text_id)
    if text is None or hidden(connection, text.snapshot) or not 0 <= start < end <= len(text.body):
        return None
    item = snapshot_item(connection, text.snapshot, base_url)
    address = bibliography.passage_address(base_url, text_id, start, end)
    found = _pinpoint(text, text_id, anchor.describe(text.body, start, end), address)
    return bibliography.pincite(item, found) if item else None


def snapshot_item(connection: Connection, snapshot_id: str, base_url: str | None) -> bibliography.Item | None:
    """What a citation of a snapshot (or requisite) says; None where there is none."""
    requisite = read.requisite(connection, snapshot_id)
    snapshot = read.snapshot(connection, snapshot_id) or (requisite.answer if requisite else None)
    if snapshot is None:
        return None
    metadata, key = described(connection, snapshot_id)
    item = bibliography.item(snapshot, metadata, base_url, key, read.is_lost(connection, snapshot.uri))
    if hidden(connection, snapshot_id):
        item = replace(item, remarks=(*item.remarks, "restricted: this archive does not show it"))
    return item


def article_bibliography(connection: Connection, reading_id: str, base_url: str | None) -> list[Cited]:
    """All sources of an article in the order in which it cites them, each once; none while it is restricted.

    A source without a snapshot stands by what the article's author wrote of it, and says why it has none.
    """
    found: dict[tuple[str, ...], Cited] = {}
    for state in read.citation_states(connection, reading_id):
        item = _of_state(connection, state, base_url)
        same = (item.id,) if item.kept else (item.title, item.original)
        found.setdefault(same, Cited(item, state))
    apart = bibliography.keyed_apart([cited.item for cited in found.values()])
    return [replace(cited, item=item) for cited, item in zip(found.values(), apart, strict=True)]


def described(connection: Connection, snapshot_id: str) -> tuple[Metadata, str | None]:
    """What a snapshot's page says of itself, people's corrections applied, and the pinned cite key."""
    description = read.description(connection, snapshot_id)
    text = read.text_in_use(connection, snapshot_id)
    extracted = text.metadata if text else Metadata()
    if description is None:
        return extracted, None
    date = None
    if description.date or description.date_iso:
        iso = description.date_iso or ""
        date = PageDate(description.date or iso, iso, description.date_rule or "")
    corrected = replace(
        extracted,
        title=description.title,
        authors=description.authors,
        date=date,
        site=description.site,
        language=description.language,
    )
    return corrected, description.cite_key


def _of_citation(connection: Connection, identifier: str, base_url: str | None) -> bibliography.Item | None:
    readings = citation_readings(connection, identifier)
    states = read.citation_states(connection, readings[0]) if readings else []
    state = next((state for state in states if state.citation.id == identifier), None)
    return _of_state(connection, state, base_url) if state else None


def _of_state(connection: Connection, state: CitationState, base_url: str | None) -> bibliography.Item:
    """What a citation leads to, or the source as its author wrote it."""
    if state.status == "captured" and state.snapshot:
        item = snapshot_item(connection, state.snapshot, base_url)
        if item:
            return item
    return bibliography.as_written(state.citation, state.uri, "; ".join(_why(state, base_url)))


def _why(state: CitationState, base_url: str | None) -> Iterator[str]:
    """Why a source has no snapshot to cite."""
    because = f": {state.reason}" if state.reason else ""
    if state.status == "settled":
        yield f"a person says that it has no page{because}"
    elif state.status == "unresolved":
        yield f"no address of it is known{because}"
    else:
        yield f"not captured{because}"
        if state.snapshot:
            yield f"what came instead: {bibliography.printed_address(base_url, state.snapshot)}"


def _pinned(
    connection: Connection, text_id: str, passage: Passage, identifier: str, base_url: str | None
) -> bibliography.Item | None:
    """The citation of a claim or piece of evidence; without its words while they are restricted."""
    text = read.text(connection, text_id)
    item = snapshot_item(connection, text.snapshot, base_url) if text else None
    if text is None or item is None or not passage.exact:
        return item
    address = bibliography.printed_address(base_url, identifier)
    return bibliography.pincite(item, _pinpoint(text, text_id, passage, address))


def _pinpoint(text: Text, text_id: str, passage: Passage, address: str) -> bibliography.Pinpoint:
    place = anchor.locate(text.body, text.pages, passage.start, passage.end)
    return bibliography.Pinpoint(address, text_id, place, passage)
