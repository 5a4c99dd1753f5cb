"""What people have gathered: a collection with its search, references and feed; what bears a tag."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archive.bibliography import printed_address
from archive.documents import (
    Member,
    collection_document,
    gathered,
    items_of,
    member,
    order_document,
    tag_document,
)
from archive.documents.gathered import Membership
from archive.index import read
from archive.index.read.search import among
from archive.site import marks
from archive.site.answers import Answer, Missing, Site, document, page
from archive.site.feeds import Entry, Feed
from archive.site.pages.citing import file
from archive.site.pages.findings import where_in
from archive.site.pages.lists import LAST_PAGE, page_number
from archive.site.pages.machines import NEWEST, feed_file
from archive.site.pages.search import A_PAGE, LONGEST_QUERY, address_of
from archive.uri import segment

MEMBERS_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """A member as its page lists it; ``path``: of its own page, None where it is not in this archive."""

    member: Member
    path: str | None


def order(site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """The collections and the tags there are."""
    collections, tags = read.collections(site.index), read.tags(site.index)
    if names.get("ext"):
        return document(order_document(collections, tags))
    return page(site, "collections.html", title="Collections and tags", collections=collections, tags=tags)


def collection(site: Site, names: Mapping[str, str], asked: Mapping[str, str]) -> Answer:
    """A collection: how it is cited, its members, and a search among them alone."""
    name = names["gathered"]
    statements = read.members_of(site.index, name)
    identifier = read.collection_id(site.index, name)
    if identifier is None:
        raise _no_such("collection", name)
    if names.get("ext"):
        return document(collection_document(site.index, name))
    return _listed(
        site,
        _Gathered("collection", "in", name, statements),
        asked,
        id=identifier,
        printed=printed_address(site.base_url, identifier),
    )


def tagged(site: Site, names: Mapping[str, str], asked: Mapping[str, str]) -> Answer:
    """What bears a tag, and a search in it."""
    name = names["gathered"]
    statements = read.tagged(site.index, name)
    if not statements:
        raise _no_such("tag", name)
    if names.get("ext"):
        return document(tag_document(site.index, name))
    return _listed(site, _Gathered("tag", "tag", name, statements), asked)


def _no_such(what: str, name: str) -> Missing:
    said = f"Nothing in this archive is gathered under the {what} “{name}”, and nothing ever was."
    return Missing(
        404, f"No such {what}", said, "The page of all collections and tags lists those there are."
    )


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What a page lists: a room of the site, the search filter that means it, its name and its records."""

    room: str
    filter: str
    name: str
    statements: Sequence[Membership]

    @property
    def path(self) -> str:
        """The path of its page."""
        return f"{self.room}/{segment(self.name)}"


def _listed(site: Site, held: _Gathered, asked: Mapping[str, str], **more: str) -> Answer:
    first = gathered(held.statements)
    query, after = asked.get("q", "").strip()[:LONGEST_QUERY], asked.get("from", "")
    question = among(query, held.filter, held.name)
    found = read.search(site.index, question, A_PAGE, after) if query else None
    number = page_number(asked)
    begin = (number - 1) * MEMBERS_A_PAGE
    here = first[begin : begin + MEMBERS_A_PAGE]
    kinds = Counter(read.kind_of(site.index, one.subject) or "elsewhere" for one in first)
    return page(
        site,
        "gathered.html",
        here=site.root + held.path,
        title=held.name,
        held=held,
        counts=sorted(kinds.items(), key=lambda one: (-one[1], one[0])),
        creators=sorted({one.creator for one in held.statements}),
        total=len(first),
        members=[] if found else [_shown(site, one) for one in here],
        number=number,
        more=begin + MEMBERS_A_PAGE < len(first) and number < LAST_PAGE,
        query=query,
        question=question,
        after=after,
        found=found,
        hits=[(hit, address_of(site, hit), marks.found(hit.snippet)) for hit in found.hits] if found else [],
        id=more.get("id"),
        printed=more.get("printed"),
    )


def _shown(site: Site, statement: Membership) -> Shown:
    return Shown(member(site.index, statement), where_in(site.index, statement.subject))


def collection_file(site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """The citations of all members as one file; what is restricted is cited as its tombstone is."""
    subjects = [one.subject for one in _members(site, names["gathered"])]
    return file(items_of(site.index, subjects, site.base_url), names["form"])


def collection_feed(site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """What was put into a collection lately, the newest first; without what is restricted."""
    name = names["gathered"]
    newest = sorted(_members(site, name), key=lambda one: (one.created, one.id), reverse=True)
    shown = [member(site.index, one) for one in newest[:NEWEST]]
    path = f"collection/{segment(name)}"
    told = Feed(
        f"urn:pincite:collection:{read.collection_id(site.index, name)}",
        f"Collection: {name}",
        f"{site.base}{path}.atom",
        site.base + path,
    )
    return feed_file(told, [_entry(site, one) for one in shown if not one.restricted])


def _members(site: Site, name: str) -> list[Membership]:
    if read.collection_id(site.index, name) is None:
        raise _no_such("collection", name)
    return gathered(read.members_of(site.index, name))


def _entry(site: Site, one: Member) -> Entry:
    path = where_in(site.index, one.id) or f"record/{one.record}"
    return Entry(
        id=f"urn:pincite:collection:{one.record}",
        title=one.title or f"{one.kind or 'something'} {one.id}",
        date=one.created,
        page=site.base + path,
        summary=f"Put in by {one.creator}.",
        authors=(one.creator,),
    )
