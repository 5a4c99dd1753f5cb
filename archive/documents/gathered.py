"""What people have gathered under a name or a tag: members with their titles, as documents and citations."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive import bibliography
from archive.documents.citing import citation_item
from archive.documents.shape import Document, hidden, shape
from archive.documents.titles import title_of
from archive.index import read
from archive.index.read import Connection, Counted
from archive.index.read.pointers import citation, reading_article
from archive.model import Collection, Tag

Membership = Collection | Tag


@dataclass(frozen=True, slots=True)
class Member:
    """A noun that was gathered, by whom and when; ``record``: the id of the statement that did.

    ``kind``: None where the noun is not in this archive. ``restricted``: its words must not be shown.
    """

    id: str
    kind: str | None
    title: str
    creator: str
    created: str
    record: str
    restricted: bool = False


def gathered(statements: Iterable[Membership]) -> list[Membership]:
    """Of several statements on one noun the first, in order."""
    first: dict[str, Membership] = {}
    for statement in statements:
        first.setdefault(statement.subject, statement)
    return list(first.values())


def member(connection: Connection, statement: Membership) -> Member:
    """A noun that somebody gathered, with its title."""
    found = statement.subject
    kind = read.kind_of(connection, found)
    restricted = any(hidden(connection, one) for one in _shown_with(connection, found, kind))
    title = "" if restricted else title_of(connection, found)
    return Member(found, kind, title, statement.creator, statement.created, statement.id, restricted)


def _shown_with(connection: Connection, found: str, kind: str | None) -> list[str]:
    """The snapshots without which a noun cannot be shown."""
    if kind in ("snapshot", "requisite"):
        return [found]
    if kind == "reading":
        return [article] if (article := reading_article(connection, found)) else []
    texts = [found] if kind == "text" else []
    if kind == "claim":
        claim = read.claim(connection, found)
        texts = [claim.text] if claim else []
    elif kind == "evidence":
        texts = _texts_of_evidence(connection, found)
    elif kind == "citation":
        cited = citation(connection, found)
        texts = [cited.text] if cited else []
    return [text.snapshot for one in texts if (text := read.text(connection, one))]


def _texts_of_evidence(connection: Connection, found: str) -> list[str]:
    span = read.evidence_span(connection, found)
    claim = read.claim(connection, span[0]) if span else None
    return [span[1], *([claim.text] if claim else [])] if span else []


def items_of(
    connection: Connection, subjects: Iterable[str], base_url: str | None
) -> list[bibliography.Item]:
    """What there is to cite of what was gathered, each once; no two with the same key."""
    found = (citation_item(connection, one, base_url) for one in dict.fromkeys(subjects))
    return bibliography.keyed_apart([item for item in found if item])


def collected_items(connection: Connection, identifier: str, base_url: str | None) -> list[bibliography.Item]:
    """The same of all members of the collection that an id cites; none where it cites no collection."""
    if read.kind_of(connection, identifier) != "collection":
        return []
    said = read.statement(connection, identifier)
    members = read.members_of(connection, said.collection) if isinstance(said, Collection) else []
    return items_of(connection, (one.subject for one in members), base_url)


def collection_document(connection: Connection, name: str) -> Document:
    """A collection with its members, in the order in which they were gathered."""
    shown = [member(connection, one) for one in gathered(read.members_of(connection, name))]
    head = {"kind": "collection", "name": name, "id": read.collection_id(connection, name)}
    return {**head, **_counted(shown)}


def tag_document(connection: Connection, name: str) -> Document:
    """What bears a tag, in the order in which it was put there."""
    shown = [member(connection, one) for one in gathered(read.tagged(connection, name))]
    return {"kind": "tag", "name": name, **_counted(shown)}


def _counted(shown: Sequence[Member]) -> Document:
    counts = Counter(one.kind or "elsewhere" for one in shown)
    return {"counts": dict(sorted(counts.items())), "members": shape(list(shown))}


def order_document(collections: Sequence[Counted], tags: Sequence[Counted]) -> Document:
    """The collections and tags there are, and on how many nouns each stands."""
    return {"kind": "collections", "collections": shape(list(collections)), "tags": shape(list(tags))}
