"""What there is to cite of a noun: its snapshot, described with people's corrections, and its locator."""

from dataclasses import replace

from archive import anchor, bibliography
from archive.index import read
from archive.index.read import Connection
from archive.model import Metadata, PageDate


def citation_text(connection: Connection, identifier: str, form: str, base_url: str | None) -> str | None:
    """A citation of a snapshot, text, claim or piece of evidence; None where the id names none of these."""
    item = citation_item(connection, identifier, base_url)
    return bibliography.FORMATS[form](item) if item else None


def citation_item(connection: Connection, identifier: str, base_url: str | None) -> bibliography.Item | None:
    """What a citation of a noun says: of a claim or piece of evidence with its words and their place."""
    kind = read.kind_of(connection, identifier)
    if kind == "claim":
        claim = read.claim(connection, identifier)
        return (
            _pincite(connection, claim.text, claim.passage.start, base_url, claim.passage.exact)
            if claim
            else None
        )
    if kind == "evidence":
        held = read.evidence_span(connection, identifier)
        return _pincite(connection, held[1], held[2].start, base_url, held[2].exact) if held else None
    if kind == "text":
        text = read.text(connection, identifier)
        return _item(connection, text.snapshot, base_url) if text else None
    if kind == "reading":
        reading = read.reading(connection, identifier)
        return _item(connection, reading.article.snapshot, base_url) if reading else None
    return _item(connection, identifier, base_url)


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


def _item(connection: Connection, snapshot_id: str, base_url: str | None) -> bibliography.Item | None:
    requisite = read.requisite(connection, snapshot_id)
    snapshot = read.snapshot(connection, snapshot_id) or (requisite.answer if requisite else None)
    if snapshot is None:
        return None
    metadata, key = described(connection, snapshot_id)
    return bibliography.item(snapshot, metadata, base_url, key)


def _pincite(
    connection: Connection, text_id: str, start: int, base_url: str | None, exact: str
) -> bibliography.Item | None:
    text = read.text(connection, text_id)
    item = _item(connection, text.snapshot, base_url) if text else None
    if text is None or item is None or not exact:
        return item
    return replace(item, locator=anchor.locator(text.body, text.pages, start), quotation=exact)
