"""What goes into extraction and what comes out: a page, its text, and the pointers found in it. Pure."""

from dataclasses import dataclass, field

from archive.model import CitationKind, Heading, Metadata


@dataclass(frozen=True, slots=True)
class Page:
    """A payload with its content encoding removed.

    ``media`` as identified from the bytes, ``charset`` as the server stated it (or None),
    ``uri`` the address that references on the page are relative to.
    """

    payload: bytes
    media: str
    charset: str | None
    uri: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the page: its words, its absolute address, and where it stands in the text of record.

    ``within`` names the part of the page that it belongs to where that is not running text:
    ``navigation``, ``share``, ``author``, ``tag``, ``related``, ``advertisement``, ``caption``,
    ``heading``, ``wiki`` (a wiki's link to its own pages).
    ``start`` and ``end`` are None where the extractor dropped the words.
    """

    label: str
    uri: str
    start: int | None = None
    end: int | None = None
    within: str = ""


@dataclass(frozen=True, slots=True)
class Lost:
    """A link in words of the article that the extractor dropped, at its place in ``words``, its block's."""

    link: Link
    words: str


@dataclass(frozen=True, slots=True)
class Marker:
    """One use of a note in the text: where its marker stands (or would), as written, and which note."""

    start: int
    end: int
    mark: str
    note: str


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, endnote or numbered reference: its words without marks and back-links."""

    key: str
    mark: str
    label: str
    uri: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list of sources; ``number`` as written or counted, where the list is numbered."""

    label: str
    uri: str = ""
    start: int | None = None
    end: int | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class SourceList:
    """A trailing list of sources as the page's own markup shows it."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A source that only the markup names; ``start`` and ``end``: the words of the text it belongs to.

    ``kind``: ``quotation`` (the address of a quotation), ``embed`` (a post shown whole) or ``list``.
    """

    label: str
    uri: str
    kind: CitationKind
    title: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Links:
    """Every pointer of a page: all that reading citations needs beside the text of record.

    ``uri`` is the page's address, ``canonical`` the one that it gives itself.
    """

    links: tuple[Link, ...] = ()
    markers: tuple[Marker, ...] = ()
    notes: tuple[Note, ...] = ()
    lists: tuple[SourceList, ...] = ()
    uri: str = ""
    language: str = ""
    canonical: str = ""
    named: tuple[Named, ...] = ()
    lost: tuple[Lost, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """The text of record of a page with all that was learnt on the way.

    ``extractor`` is ``name version``. Where no text could be made ``body`` is empty and ``reason``
    says why. ``share``: how much of the page's visible characters became text, 0 to 1.
    """

    extractor: str
    body: str = ""
    metadata: Metadata = field(default_factory=Metadata)
    headings: tuple[Heading, ...] = ()
    pages: tuple[str, ...] = ()
    share: float | None = None
    reason: str | None = None
    links: Links = field(default_factory=Links)
