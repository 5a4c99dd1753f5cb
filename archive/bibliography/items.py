"""What a citation of a snapshot, passage or uncaptured source says, before it takes a form. Pure."""

import ipaddress
from dataclasses import dataclass, replace

from archive import uri
from archive.anchor import Locator
from archive.bibliography.names import Name, person
from archive.bibliography.words import date_parts, one_line, plain_letters
from archive.model import Bibliographic, Citation, Entry, Metadata, PageDate, Passage, Snapshot, grouped


@dataclass(frozen=True, slots=True)
class Kept:
    """The snapshot of what is cited.

    ``address``: where it is, to be printed (see :func:`printed_address`); ``date``: WARC-Date of the visit;
    ``lost``: whether the newest visit to the original brought an error or nothing.
    """

    address: str
    date: str
    digest: str
    lost: bool = False

    @property
    def day(self) -> str:
        """The day of capture, UTC."""
        return self.date[:10]

    @property
    def has_web_address(self) -> bool:
        """Whether the snapshot has an address that others can follow."""
        return uri.is_web(self.address)


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """The passage that makes a citation a pincite: its own address to print, its place, its words.

    ``text``: id of the text of record that the passage's offsets count in.
    """

    address: str
    text: str
    locator: Locator
    passage: Passage

    @property
    def quotation(self) -> str:
        """The passage's words on one line; empty where they may not be shown."""
        return one_line(self.passage.exact)


@dataclass(frozen=True, slots=True)
class Item:
    """What a citation says.

    ``id``: of the snapshot, or of the citation where there is none; ``original``: the address that was
    archived, or as its author wrote it, empty where none is known; ``remarks``: what must be said with it.
    """

    id: str
    key: str
    original: str
    metadata: Metadata
    kept: Kept | None = None
    remarks: tuple[str, ...] = ()
    pinpoint: Pinpoint | None = None

    @property
    def title(self) -> str:
        """The page's title, or that it has none."""
        said = one_line(self.metadata.title or "")
        return said or f"[untitled: {one_line(uri.host(self.original) or self.original) or 'no address'}]"

    @property
    def authors(self) -> tuple[Name, ...]:
        """The authors that the page names."""
        written = filter(None, map(one_line, self.metadata.authors))
        return tuple(person(name, self.site) for name in written)

    @property
    def site(self) -> str:
        """The name of the site; empty where it gives none."""
        return one_line(self.metadata.site or "")

    @property
    def language(self) -> str:
        """The language tag; empty where there is none."""
        return one_line(self.metadata.language or "")

    @property
    def published(self) -> tuple[int, ...]:
        """Year, month and day of the page's own date, as many as it gives."""
        return date_parts(self.metadata.date.iso) if self.metadata.date else ()


def printed_address(base_url: str | None, identifier: str) -> str:
    """What is printed for an id: ``<base>/<id>``, or ``pincite:<id>`` while no public base is set.

    >>> printed_address("https://archive.example.edu/", "860whmcefyfw8mb1")
    'https://archive.example.edu/860w-hmce-fyfw-8mb1'
    >>> printed_address("http://127.0.0.1:8001", "860whmcefyfw8mb1")
    'pincite:860w-hmce-fyfw-8mb1'
    """
    return _printed(base_url, "", grouped(identifier))


def passage_address(base_url: str | None, text: str, start: int, end: int) -> str:
    """What is printed for a passage, in the same two ways.

    >>> passage_address("https://archive.example.edu", "g3z1fdnvkx7c6wsj", 10, 90)
    'https://archive.example.edu/passage/g3z1-fdnv-kx7c-6wsj/10-90'
    >>> passage_address(None, "g3z1fdnvkx7c6wsj", 10, 90)
    'pincite:g3z1-fdnv-kx7c-6wsj/10-90'
    """
    return _printed(base_url, "passage/", f"{grouped(text)}/{start}-{end}")


def _printed(base_url: str | None, room: str, name: str) -> str:
    if base_url is None or not is_public(base_url):
        return f"pincite:{name}"
    return f"{base_url.rstrip('/')}/{room}{name}"


def is_public(base_url: str) -> bool:
    """Whether others can follow an address under this base; a loopback address leads each to himself."""
    host = uri.host(base_url)
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return uri.is_web(base_url) and bool(host) and host != "localhost" and not host.endswith(".localhost")
    mapped = getattr(address, "ipv4_mapped", None) or address
    return uri.is_web(base_url) and not (mapped.is_loopback or mapped.is_unspecified)


def cite_key(metadata: Metadata, snapshot: Snapshot) -> str:
    """``<author or site><year>-<first 8 of the id>``: letters, digits and a hyphen only.

    >>> from archive.model import Origin, PageDate, Place
    >>> page = Snapshot("https://www.example.org/", "2026-11-22T12:00:00Z", "", "response", "",
    ...     Place("", 0, 0), Origin("fetched"))
    >>> day = PageDate("5.3.2024", "2024-03-05", "meta")
    >>> cite_key(Metadata(authors=("Zoë Ångström",), date=day), page)[:13]
    'angstrom2024-'
    >>> cite_key(Metadata(), page)[:10]
    'examplend-'
    """
    return _key(metadata, snapshot.uri, snapshot.id)


def _key(metadata: Metadata, address: str, identifier: str) -> str:
    surname = person(metadata.authors[0], metadata.site).surname if metadata.authors else ""
    names = (surname, metadata.site or "", uri.site(address).split(".")[0] if address else "")
    name = next(filter(None, map(plain_letters, names)), "source")
    year = date_parts(metadata.date.iso)[:1] if metadata.date else ()
    return f"{name[:24]}{year[0] if year else 'nd'}-{identifier[:8]}"


def item(
    snapshot: Snapshot,
    metadata: Metadata,
    base_url: str | None,
    key: str | None = None,
    lost: bool = False,
) -> Item:
    """What there is to cite of a snapshot; ``metadata`` with people's corrections already in it."""
    remarks: tuple[str, ...] = ()
    if snapshot.origin.kind == "supplied":
        by = one_line(snapshot.origin.detail) or "a person"
        remarks = (f"copy supplied by {by}, not captured from this address",)
    return Item(
        id=snapshot.id,
        key=plain_key(key) or cite_key(metadata, snapshot),
        original=snapshot.uri,
        metadata=metadata,
        kept=Kept(printed_address(base_url, snapshot.id), snapshot.date, snapshot.digest, lost),
        remarks=remarks,
    )


def as_written(citation: Citation, address: str | None, remark: str) -> Item:
    """A source of which there is no snapshot, by what its author wrote of it, and why there is none."""
    entry = citation.entry
    metadata = Metadata(
        title=entry.title or one_line(citation.label) or None,
        authors=entry.authors,
        date=_date(entry),
        site=entry.container,
        doi=entry.doi,
    )
    original = address or citation.uri
    return Item(citation.id, _key(metadata, original, citation.id), original, metadata, remarks=(remark,))


def named(entry: Entry, captured: Item | None, why: str | None) -> Item:
    """A source in the words of whoever named it; what they leave open is its page's own.

    ``captured``: the snapshot that it leads to; ``why`` it leads nowhere.
    """
    page = captured.metadata if captured else Metadata()
    metadata = Metadata(
        title=entry.title or page.title,
        authors=entry.authors or page.authors,
        date=_given(entry.date) or page.date,
        site=page.site,
        language=page.language,
        doi=entry.doi or page.doi,
    )
    original = entry.uri or (captured.original if captured else "")
    kept = captured.kept if captured else None
    remarks = captured.remarks if captured else (f"not captured: {why}" if why else "not captured",)
    key = library_key(entry.key) or _key(metadata, original, entry.id)
    return Item(entry.id, key, original, metadata, kept, remarks)


def library_key(key: str | None) -> str:
    """A key as it came, without what would end it in BibTeX or LaTeX."""
    return "".join(c for c in one_line(key or "") if c not in " ,{}%#\\~\"'()=" and c.isprintable())


def _given(date: str | None) -> PageDate | None:
    return PageDate(date, "-".join(f"{part:02}" for part in date_parts(date)), "given") if date else None


def _date(entry: Bibliographic) -> PageDate | None:
    return _given(entry.date)


def plain_key(key: str | None) -> str:
    """A cite key without what would end it in BibTeX; a foreign record may pin anything."""
    return "".join(c for c in one_line(key or "") if c.isascii() and (c.isalnum() or c in "-_:.+/"))


def pincite(item: Item, pinpoint: Pinpoint) -> Item:
    """The citation of one passage."""
    return replace(item, pinpoint=pinpoint)
