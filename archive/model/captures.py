"""What a visit brings: exchanges, snapshots, requisites, failures and texts."""

from dataclasses import dataclass, field
from typing import BinaryIO, Literal

from archive.model.ids import intrinsic_id, sha256_of, snapshot_id, text_id

Role = Literal["page", "requisite", "robots"]
OriginKind = Literal["fetched", "imported", "supplied"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record lies: stored WARC file, offset of its first byte, stored length in bytes."""

    file: str
    offset: int
    length: int

    @property
    def imported(self) -> bool:
        """Whether the file is somebody else's, taken in as it was."""
        return self.file.startswith("imported/")


@dataclass(frozen=True, slots=True)
class Provenance:
    """What is known of an exchange beyond its bytes; kept as a JSON record beside it.

    ``certificates`` are PEM, leaf first, exactly as the peer of the same socket sent them.
    ``robots`` is the decision in words: ``allowed``, ``disallowed``, ``unreachable``, ``not asked``.
    ``refreshes_to``: where a page without content sent its visitor at once (`<meta refresh>`).
    """

    role: Role
    tls_version: str | None = None
    cipher: str | None = None
    certificates: tuple[str, ...] = ()
    dns: tuple[str, ...] = ()
    robots: str | None = None
    via: str | None = None
    refreshes_to: str | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, byte for byte as they went over the wire.

    ``response`` is a seekable binary file (spooled: small answers stay in memory) that holds the
    status line, fields and body as received. ``date`` is the instant the request began (WARC-Date).
    ``truncated`` is ``length``, ``time`` or ``disconnect`` where the answer was cut.
    """

    uri: str
    date: str
    request: bytes
    response: BinaryIO
    ip: str | None
    protocols: tuple[str, ...]
    provenance: Provenance
    truncated: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a visit brought no answer: dns, refused, timeout, blocked, too-large, tls, robots …

    ``request`` are the bytes that were sent before it failed, where any were.
    ``id`` is known once its record's block is.
    """

    uri: str
    date: str
    reason: str
    detail: str
    role: Role = "page"
    request: bytes | None = None
    id: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file given by a person: the bytes of a ``resource`` record.

    ``supplied_by`` is set where the file is a person's copy of the address ``uri``;
    ``name`` is the base name of the file, never its path.
    """

    uri: str
    date: str
    media: str
    body: bytes
    name: str | None = None
    supplied_by: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a snapshot comes from: fetched by us, imported (made by what), supplied (by whom)."""

    kind: OriginKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a revisit says that it repeats: a record, and the address and date of that record."""

    record_id: str | None = None
    uri: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An archived answer. A requisite has the same shape and the same identity.

    ``digest``: of the payload, ``sha256:<hex>``, our own over what is stored (a revisit: as it states).
    ``media``: identified from the bytes; ``mime``: what the server said.
    ``payload_length``: bytes of the payload; for a revisit 0.
    ``fault``: what is wrong with the record (a stated digest that does not match), or None.
    """

    uri: str
    date: str
    digest: str
    record_type: Literal["response", "resource", "revisit"]
    record_id: str
    place: Place
    origin: Origin
    status: int | None = None
    mime: str | None = None
    media: str | None = None
    payload_length: int = 0
    redirects_to: str | None = None
    refers_to: Reference | None = None
    truncated: str | None = None
    ip: str | None = None
    protocols: tuple[str, ...] = ()
    provenance: Provenance | None = None
    name: str | None = None
    fault: str | None = None

    @property
    def id(self) -> str:
        """The intrinsic id; anyone can compute it from the record."""
        return snapshot_id(self.uri, self.date, self.digest)


@dataclass(frozen=True, slots=True)
class Requisite:
    """An archived answer that is not a page: a style sheet, image, font, script, robots.txt."""

    answer: Snapshot


@dataclass(frozen=True, slots=True)
class StoredWarc:
    """A stored file and what its first warcinfo says; ``imports`` is the file that it derives texts of.

    ``size`` in bytes, ``date`` the warcinfo's WARC-Date, ``imported_as`` the base name that the
    imported file had, ``damage`` how many places in it could not be read.
    """

    name: str
    size: int
    records: int
    date: str | None = None
    software: str | None = None
    operator: str | None = None
    imports: str | None = None
    imported_as: str | None = None
    damage: int = 0


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a text: where it starts, its level (1 to 6)."""

    start: int
    level: int


@dataclass(frozen=True, slots=True)
class PageDate:
    """A publication date: as written, as an ISO date (no zone invented), and the rule that gave it.

    ``rule``: ``json-ld``, ``meta``, ``time``, ``address``, ``guess``, ``pdf`` or ``given``.
    """

    written: str
    iso: str
    rule: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself (or a person says of a local file)."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    date: PageDate | None = None
    site: str | None = None
    language: str | None = None
    licence: str | None = None
    description: str | None = None
    canonical: str | None = None
    doi: str | None = None
    robots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """The text of record of a snapshot; offsets count code points.

    Paragraphs are separated by a blank line, PDF pages by U+000C with their labels in ``pages``.
    Where no text could be made, ``body`` is empty and ``reason`` says why.
    ``share``: how much of the page's visible characters became text, 0 to 1.
    """

    snapshot: str
    extractor: str
    body: str
    metadata: Metadata = field(default_factory=Metadata)
    headings: tuple[Heading, ...] = ()
    pages: tuple[str, ...] = ()
    share: float | None = None
    reason: str | None = None
    cite_key: str | None = None
    place: Place | None = None

    @property
    def id(self) -> str:
        """The intrinsic id: snapshot, extractor with version, digest of the text."""
        return text_id(self.snapshot, self.extractor, self.body)

    @property
    def digest(self) -> str:
        """``sha256:<hex>`` of the text's UTF-8."""
        return sha256_of(self.body.encode("utf-8"))


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a text: position and quotation with its surroundings (Web Annotation selectors)."""

    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""


def exchange_uri(record_id: str) -> str:
    """The target URI of an exchange's provenance record, from the response's Record-ID."""
    uuid = record_id.strip("<>").removeprefix("urn:uuid:")
    return f"urn:pincite:exchange:{uuid}"


def failure_id(block: bytes) -> str:
    """The id of a failure, from the block of its record."""
    return intrinsic_id("failure", sha256_of(block))
