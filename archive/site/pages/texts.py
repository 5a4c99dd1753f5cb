"""Texts of record and their passages: the pincites."""

from collections.abc import Mapping

from archive import anchor, bibliography
from archive.documents import citation_item, described, noun_document, passage_document
from archive.index import read
from archive.model import Text
from archive.site.answers import Answer, Missing, Site, document, page
from archive.site.marks import Span, blocks, excerpt
from archive.site.pages import held


def text(site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """One text of record, by its own id."""
    found = held.identifier(names["id"])
    shown = held.text(site, found)
    held.whole(site, held.snapshot(site, shown.snapshot))
    if names.get("ext"):
        return document(noun_document(site.index, found) or {})
    return _page(site, shown, shown.snapshot, None)


def text_of_snapshot(site: Site, names: Mapping[str, str], asked: Mapping[str, str]) -> Answer:
    """The text in use of a snapshot; ``?highlight=start-end`` marks a span."""
    found = held.identifier(names["id"])
    snapshot = held.snapshot(site, found)
    shown = read.text_in_use(site.index, snapshot.id)
    if shown is None:
        said = "No text has been made of this snapshot: it is a redirect, an error, or not yet read."
        raise Missing(404, "No text", said)
    held.whole(site, snapshot)
    return _page(site, shown, found, _span(asked.get("highlight"), shown))


def passage(site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """A span of a text, in the whole of it, or alone where the copy is not for the public."""
    found = held.identifier(names["id"])
    shown = held.text(site, found)
    span = _span(names["span"], shown)
    if span is None:
        raise Missing(404, "No such passage", f"The text has {len(shown.body):,} characters, from 0.")
    held.quoted(site, held.snapshot(site, shown.snapshot), span)
    if names.get("ext"):
        return document(passage_document(site.index, found, *span) or {})
    return _page(site, shown, shown.snapshot, span)


def _span(written: str | None, text: Text) -> tuple[int, int] | None:
    """The span that an address names, where the text has it."""
    start, _, end = (written or "").partition("-")
    if not (
        start.isascii() and start.isdigit() and end.isascii() and end.isdigit() and len(written or "") < 30
    ):
        return None
    return (int(start), int(end)) if 0 <= int(start) < int(end) <= len(text.body) else None


def _page(site: Site, text: Text, snapshot_id: str, span: tuple[int, int] | None) -> Answer:
    snapshot = held.snapshot(site, snapshot_id)
    metadata, _ = described(site.index, snapshot_id)
    spans = [Span(*span, "passage")] if span else []
    described_passage = anchor.describe(text.body, *span) if span else None
    cut = blocks(text.body, text.headings, text.pages, spans)
    item = citation_item(site.index, snapshot_id, site.base_url)
    return page(
        site,
        "text.html",
        title=metadata.title or snapshot.uri,
        snapshot=snapshot,
        metadata=metadata,
        text=text,
        blocks=cut if site.publishing.shows_whole(snapshot.uri) else excerpt(cut, {"passage"}),
        passage=described_passage,
        locator=anchor.locator(text.body, text.pages, span[0]) if span else None,
        live=anchor.fragment(described_passage) if described_passage else None,
        cited=_cited(item, text, span),
    )


def _cited(item: bibliography.Item | None, text: Text, span: tuple[int, int] | None) -> str | None:
    if item is None:
        return None
    if span:
        quotation = text.body[slice(*span)]
        item = bibliography.pincite(item, anchor.locator(text.body, text.pages, span[0]), quotation)
    return bibliography.plain(item).strip()
