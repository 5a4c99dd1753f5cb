"""Texts of record and their passages: the pincites."""

from collections.abc import Mapping

from archive import anchor
from archive.bibliography import passage_address
from archive.documents import described, noun_document, passage_document, passage_item
from archive.index import read
from archive.model import Text
from archive.site.answers import Answer, Missing, Site, document, not_indexed, page
from archive.site.marks import Span, blocks, excerpt
from archive.site.pages import held
from archive.site.pages.citing import Citing, citing, of_noun
from archive.site.pages.spans import maybe_span, span_of


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
    if names.get("ext"):
        return document(noun_document(site.index, shown.id) or {})
    return _page(site, shown, found, maybe_span(asked.get("highlight"), shown))


def passage(site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """A span of a text, in the whole of it, or alone where the copy is not for the public."""
    found = held.identifier(names["id"])
    shown = held.text(site, found)
    span = span_of(names["span"], shown)
    held.quoted(site, held.snapshot(site, shown.snapshot), span)
    if names.get("ext"):
        return document(passage_document(site.index, found, *span) or {})
    return _page(site, shown, shown.snapshot, span)


def _page(site: Site, text: Text, snapshot_id: str, span: tuple[int, int] | None) -> Answer:
    snapshot = held.snapshot(site, snapshot_id)
    metadata, _ = described(site.index, snapshot_id)
    spans = [Span(*span, "passage")] if span else []
    passage = anchor.describe(text.body, *span) if span else None
    cut = blocks(text.body, text.headings, text.pages, spans)
    whole = site.publishing.shows_whole(snapshot.uri)
    shown = page(
        site,
        "text.html",
        title=metadata.title or snapshot.uri,
        snapshot=snapshot,
        metadata=metadata,
        text=text,
        whole=whole,
        blocks=cut if whole else excerpt(cut, {"passage"}),
        passage=passage,
        locator=anchor.locator(text.body, text.pages, *span) if span else None,
        live=anchor.fragment(passage) if passage else None,
        citing=_citing(site, text, snapshot_id, span),
        printed=passage_address(site.base_url, text.id, 0, 0).removesuffix("/0-0"),
    )
    return not_indexed(shown, snapshot.uri)


def _citing(site: Site, text: Text, snapshot_id: str, span: tuple[int, int] | None) -> Citing | None:
    if span is None:
        return of_noun(site, snapshot_id, f"snapshot/{snapshot_id}")
    item = passage_item(site.index, text.id, *span, site.base_url)
    return citing(item, f"passage/{text.id}/{span[0]}-{span[1]}") if item else None
