"""Getting a noun for a page, or saying why there is none: unknown, mistyped, or restricted."""

from archive import bibliography
from archive.documents import citation_item
from archive.documents.shape import hidden
from archive.errors import BadId
from archive.index import read
from archive.model import Snapshot, Text, grouped, parse_id
from archive.site.answers import Missing, Site
from archive.site.pages.unsaid import hidden_pages
from archive.site.publishing import LONGEST_QUOTATION


def identifier(written: str) -> str:
    """The id that an address names.

    :raises Missing: it is mistyped; the page says so, and never guesses another.
    """
    try:
        return parse_id(written)
    except BadId as error:
        raise Missing(
            404, "Not an id", str(error), "Compare it with where you found it, symbol by symbol."
        ) from error


def unknown(found: str, noun: str = "anything") -> Missing:
    """That an id is well formed, but not of this archive."""
    return Missing(
        404,
        "Not in this archive",
        f"{grouped(found)} is a well-formed id, but not of {noun} in this archive.",
        "It may belong to another archive: ids are computed from content, and the same everywhere.",
    )


def snapshot(site: Site, found: str) -> Snapshot:
    """The snapshot (or requisite) with this id, where it may be shown.

    :raises Missing: there is none, or it is restricted.
    """
    held = read.snapshot(site.index, found)
    if held is None:
        requisite = read.requisite(site.index, found)
        held = requisite.answer if requisite else None
        for shown in _shown_with(site, held) if held else ():
            allowed(site, shown)
    if held is None:
        raise unknown(found, "a snapshot")
    allowed(site, found)
    return held


def _shown_with(site: Site, part: Snapshot) -> list[str]:
    """The pages without which a part is not shown: one made of a page has its words, a part its copy's."""
    beside = (*read.named_after(site.index, part), *read.fetched_for(site.index, part))
    return [*beside, *hidden_pages(site, part)]


def allowed(site: Site, snapshot_id: str) -> None:
    """Whether a snapshot may be shown.

    :raises Missing: it is restricted; the page is its tombstone: reason and citation, none of its words.
    """
    restriction = hidden(site.index, snapshot_id)
    if restriction is None:
        return
    said = [f"This snapshot is not shown. The reason given: {restriction.reason}"]
    said.append(f"Restricted by {restriction.creator} on {restriction.created[:10]} (UTC).")
    if restriction.until:
        said.append(f"The restriction ends on {restriction.until}.")
    item = citation_item(site.index, snapshot_id, site.base_url)
    cited = bibliography.plain(item).strip() if item else None
    raise Missing(451, "Restricted", *said, citation=cited)


def text(site: Site, found: str) -> Text:
    """The text with this id, where its snapshot may be shown.

    :raises Missing: there is none, or its snapshot is restricted.
    """
    held = read.text(site.index, found)
    if held is None:
        raise unknown(found, "a text")
    allowed(site, held.snapshot)
    return held


def whole(site: Site, held: Snapshot) -> None:
    """Whether a whole copy of a snapshot's page may be handed out: text, bytes, or the page to look at.

    :raises Missing: the archive is served to the public, and this copy is not for it.
    """
    if not site.publishing.shows_whole(read.page_address(held.uri)):
        raise _not_for_all(site, held, "Its copy is not public.")


def quoted(site: Site, held: Snapshot, span: tuple[int, int]) -> None:
    """Whether a passage may be shown: any, but where the copy is not for the public none that amounts to it.

    :raises Missing: it is longer than a quotation.
    """
    if span[1] - span[0] > LONGEST_QUOTATION and not site.publishing.shows_whole(held.uri):
        said = f"Its copy is not public, and a passage of it has at most {LONGEST_QUOTATION:,} characters."
        raise _not_for_all(site, held, said)


def _not_for_all(site: Site, held: Snapshot, why: str) -> Missing:
    item = citation_item(site.index, held.id, site.base_url)
    cited = bibliography.plain(item).strip() if item else None
    said = "This archive shows the public passages of this page and its citation, not the whole of it."
    return Missing(403, "Not shown to the public", said, why, citation=cited)
