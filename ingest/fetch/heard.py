"""What goes between a visit and the wire: the call that is made, and the answer that is heard."""

from dataclasses import dataclass
from typing import BinaryIO

from archive.errors import FetchFailed
from ingest.fetch.address import Address

Fields = tuple[tuple[str, str], ...]


class Unanswered(FetchFailed):
    """An exchange that brought no answer; ``request`` are the bytes that were sent, where any were."""

    def __init__(self, failed: FetchFailed, address: Address, date: str, request: bytes | None) -> None:
        super().__init__(failed.reason, failed.detail)
        self.address, self.date, self.request = address, date, request


class CutOff(Exception):
    """The connection ended where more should have come."""


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked: where, with which fields (Host is added), and how much may come back."""

    address: Address
    fields: Fields
    most_bytes: int


@dataclass(frozen=True, slots=True)
class Link:
    """What is known of the socket that an exchange went over; certificates are PEM, leaf first."""

    ip: str
    dns: tuple[str, ...]
    tls_version: str | None = None
    cipher: str | None = None
    certificates: tuple[str, ...] = ()

    @property
    def protocols(self) -> tuple[str, ...]:
        """TLS as WARC-Protocol names it: ``tls/1.3``."""
        version = self.tls_version
        return (f"tls/{version.removeprefix('TLSv')}",) if version else ()


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer as it came. ``response`` begins with the status line and stands at its start."""

    address: Address
    date: str
    request: bytes
    response: BinaryIO
    link: Link
    version: str
    status: int
    fields: Fields
    truncated: str | None = None

    def field(self, name: str) -> str | None:
        """The first field of this name, or None."""
        return next((value for key, value in self.fields if key.lower() == name.lower()), None)

    def all(self, name: str) -> tuple[str, ...]:
        """Every field of this name."""
        return tuple(value for key, value in self.fields if key.lower() == name.lower())
