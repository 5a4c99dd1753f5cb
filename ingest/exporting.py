"""What goes out as a library: entries, what articles cite, what is captured, and what people said of each."""

from collections.abc import Iterator
from dataclasses import dataclass

from archive.bibliography import Item
from archive.bibliography.library import Shelved
from archive.documents import article_bibliography, citation_item, entry_item, snapshot_item
from archive.errors import NotFound
from archive.index import read
from archive.index.read import Connection
from archive.model import grouped
from archive.uri import page_key
from ingest.library import again

_TEX = ("bibtex", "biblatex")


@dataclass(frozen=True, slots=True)
class Which:
    """What is exported: of a collection, with a tag, cited by an article; all of it where none is named."""

    form: str
    base_url: str | None = None
    collection: str | None = None
    tag: str | None = None
    article: str | None = None


def shelved(connection: Connection, which: Which) -> Iterator[Shelved]:
    """What is exported, each source once.

    :raises NotFound: there is no such collection, tag or article.
    """
    seen: set[object] = set()
    for item, subject in _items(connection, which):
        same = item.id if item.kept or item.id == subject else (item.title, item.original)
        if item.pinpoint or same not in seen:
            seen.add(same)
            yield _shelved(connection, which.form, item, subject)


def _items(connection: Connection, which: Which) -> Iterator[tuple[Item, str]]:
    """Items, each with the id of the noun that people said something of."""
    if which.article:
        yield from _cited(connection, which.article, which.base_url)
    elif which.collection is not None or which.tag is not None:
        yield from _gathered(connection, which)
    else:
        yield from _everything(connection, which.base_url)


def _gathered(connection: Connection, which: Which) -> Iterator[tuple[Item, str]]:
    members = [one.subject for one in read.members_of(connection, which.collection or "")]
    bearers = [one.subject for one in read.tagged(connection, which.tag or "")]
    if which.collection is not None and not members:
        raise NotFound(f"there is no collection {which.collection!r}, or nothing is in it")
    if which.tag is not None and not bearers:
        raise NotFound(f"nothing has the tag {which.tag!r}")
    found = members if which.tag is None else bearers if which.collection is None else _both(members, bearers)
    for subject in dict.fromkeys(found):
        if item := citation_item(connection, subject, which.base_url):
            yield item, subject


def _both(some: list[str], others: list[str]) -> list[str]:
    return [one for one in some if one in set(others)]


def _cited(connection: Connection, article: str, base_url: str | None) -> Iterator[tuple[Item, str]]:
    """The sources of an article; what a person named goes by that name."""
    reading = read.newest_reading(connection, article)
    if reading is None:
        raise NotFound(f"{grouped(article)} has no reading here: name an article, as `pincite ingest` does")
    for cited in article_bibliography(connection, reading, base_url):
        named = read.entries_of(connection, cited.item.id) if cited.item.kept else []
        item = entry_item(connection, named[0], base_url) if named else None
        yield (item, named[0]) if item else (cited.item, cited.item.id)


def _everything(connection: Connection, base_url: str | None) -> Iterator[tuple[Item, str]]:
    addresses = set()
    for entry in read.entries(connection):
        if item := entry_item(connection, entry.id, base_url):
            addresses.add(page_key(item.original))
            yield item, entry.id
    for article in read.articles(connection, -1):
        for item, subject in _cited(connection, article.snapshot, base_url):
            if subject != item.id or read.kind_of(connection, subject) != "entry":
                addresses.add(page_key(item.original))
                yield item, subject
    for snapshot, uri in read.citable(connection):
        if page_key(uri) not in addresses and (item := snapshot_item(connection, snapshot, base_url)):
            yield item, snapshot


def _shelved(connection: Connection, form: str, item: Item, subject: str) -> Shelved:
    entry = read.entry(connection, subject)
    raw = again(entry.form, entry.raw) if entry and entry.form and entry.raw else None
    date = item.metadata.date
    same = raw is not None and (raw.form == form or (raw.form in _TEX and form in _TEX))
    return Shelved(
        item,
        date=(entry.date or "") if entry and entry.date else date.iso if date else "",
        isbn=(entry.isbn or "") if entry else "",
        tags=tuple(dict.fromkeys(one.tag for one in read.tags_on(connection, subject))),
        collections=tuple(dict.fromkeys(one.collection for one in read.collections_on(connection, subject))),
        notes=tuple(dict.fromkeys(one.note for one in read.notes_on(connection, subject) if one.note)),
        archived=(raw.archived or "") if raw else "",
        kind=raw.kind if raw and same else "",
        others=raw.others if raw and same else (),
    )
