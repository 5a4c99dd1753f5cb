"""What a citation of one snapshot says, before it takes a form. Pure."""

import ipaddress
from dataclasses import dataclass, replace

from archive import uri
from archive.bibliography.words import date_parts, one_line, person, plain_letters
from archive.model import Metadata, Snapshot, grouped


@dataclass(frozen=True, slots=True)
class Item:
    """What a citation of one snapshot says.

    ``original``: the address that was archived; ``address``: where the snapshot is, to be printed
    (see :func:`printed_address`); ``captured``: WARC-Date; ``remark``: what must be said of its origin.
    ``locator`` and ``quotation`` make it a pincite.
    """

    id: str
    key: str
    original: str
    address: str
    captured: str
    digest: str
    metadata: Metadata
    remark: str | None = None
    locator: str | None = None
    quotation: str | None = None

    @property
    def title(self) -> str:
        """The page's title, or that it has none."""
        return (
            one_line(self.metadata.title or "") or f"[untitled: {uri.host(self.original) or self.original}]"
        )

    @property
    def authors(self) -> tuple[str, ...]:
        """The authors that the page names."""
        return tuple(filter(None, map(one_line, self.metadata.authors)))

    @property
    def site(self) -> str:
        """The name of the site; empty where it gives none."""
        return one_line(self.metadata.site or "")

    @property
    def language(self) -> str:
        """The language tag; empty where there is none."""
        return one_line(self.metadata.language or "")

    @property
    def day(self) -> str:
        """The day of capture, UTC."""
        return self.captured[:10]

    @property
    def published(self) -> tuple[int, ...]:
        """Year, month and day of the page's own date, as many as it gives."""
        return date_parts(self.metadata.date.iso) if self.metadata.date else ()

    @property
    def has_web_address(self) -> bool:
        """Whether the snapshot has an address that others can follow."""
        return uri.is_web(self.address)


def printed_address(base_url: str | None, identifier: str) -> str:
    """What is printed for an id: ``<base>/<id>``, or ``pincite:<id>`` while no public base is set.

    >>> printed_address("https://archive.example.edu/", "860whmcefyfw8mb1")
    'https://archive.example.edu/860w-hmce-fyfw-8mb1'
    >>> printed_address("http://127.0.0.1:8001", "860whmcefyfw8mb1")
    'pincite:860w-hmce-fyfw-8mb1'
    """
    if base_url is None or not is_public(base_url):
        return f"pincite:{grouped(identifier)}"
    return f"{base_url.rstrip('/')}/{grouped(identifier)}"


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
    surname = person(metadata.authors[0], metadata.site)[0] if metadata.authors else ""
    names = (surname, metadata.site or "", uri.site(snapshot.uri).split(".")[0])
    name = next(filter(None, map(plain_letters, names)), "source")
    year = date_parts(metadata.date.iso)[:1] if metadata.date else ()
    return f"{name[:24]}{year[0] if year else 'nd'}-{snapshot.id[:8]}"


def item(snapshot: Snapshot, metadata: Metadata, base_url: str | None, key: str | None = None) -> Item:
    """What there is to cite of a snapshot; ``metadata`` with people's corrections already in it."""
    remark = None
    if snapshot.origin.kind == "supplied":
        by = one_line(snapshot.origin.detail) or "a person"
        remark = f"copy supplied by {by}, not captured from this address"
    return Item(
        id=snapshot.id,
        key=plain_key(key) or cite_key(metadata, snapshot),
        original=snapshot.uri,
        address=printed_address(base_url, snapshot.id),
        captured=snapshot.date,
        digest=snapshot.digest,
        metadata=metadata,
        remark=remark,
    )


def plain_key(key: str | None) -> str:
    """A cite key without what would end it in BibTeX; a foreign record may pin anything."""
    return "".join(c for c in one_line(key or "") if c.isascii() and (c.isalnum() or c in "-_:.+/"))


def pincite(item: Item, locator: str | None, quotation: str | None) -> Item:
    """The citation of one passage."""
    return replace(item, locator=locator, quotation=quotation)
