"""A URI as it goes over the wire: scheme, host, port, target; what cannot go is refused. Pure.

Odd spellings of a host (0x7f.1, 2130706433, 127.1, %31%32%37.0.0.1, full-width digits) are passed on to
the resolver as they are: whatever address comes of them is what the guard judges.
"""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote, unquote, urljoin, urlsplit

from archive.errors import FetchFailed

_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.\-]*):")
_HOST = re.compile(r"^[a-z0-9._~\-]{1,253}$")
_IPV6 = re.compile(r"^[0-9a-f:.]+$")
# Browsers take these out wherever they stand (WHATWG URL, 4.4): a link broken over two lines works.
_BREAKS = re.compile(r"[\t\r\n]")
# Nothing but these may stand raw in a request line; escapes that are there already stay.
_RAW = "!#$%&'()*+,/:;=?@[]~-._|^`{}\\"
# What common servers still take in a request line; Apache and nginx refuse beyond 8 kB by default.
_LONGEST = 16_384
# IDNA 2003, the codec of the standard library, maps these away; IDNA 2008 has them as letters.
_DEVIATING = frozenset("ßς\u200c\u200d")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a request goes. ``uri`` is what is recorded: no fragment, no user name, ASCII only."""

    uri: str
    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """The Host field: the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port: what one robots.txt and one cookie jar belong to."""
        return f"{self.scheme}://{self.authority}"

    @property
    def tls_name(self) -> str:
        """What the certificate must name: no certificate has the dot that ends a full name."""
        return self.host.rstrip(".")


def read_address(uri: str) -> Address:
    """The address that a URI as written stands for.

    :raises FetchFailed: ``scheme`` where it is neither http nor https; ``bad-uri`` where it is no URI.

    >>> read_address("HTTPS://user:word@Bücher.example/a b?q=ü#top").uri
    'https://xn--bcher-kva.example/a%20b?q=%C3%BC'
    """
    written = _BREAKS.sub("", uri.strip())
    if len(written) > _LONGEST:
        raise FetchFailed("bad-uri", f"an address has at most {_LONGEST} characters, this has {len(written)}")
    match = _SCHEME.match(written)
    scheme = match[1].lower() if match else ""
    if scheme not in _PORTS:
        raise FetchFailed("scheme", f"expected http:// or https://, found {written[:80]!r}")
    try:
        parts = urlsplit(_slashes(written))
        port = parts.port
        host = _host(parts.hostname or "")
    except ValueError as error:
        raise FetchFailed("bad-uri", f"{written[:80]!r}: {error}") from error
    if port == 0:
        raise FetchFailed("bad-uri", f"{written[:80]!r}: there is no port 0")
    target = _escaped(parts.path) or "/"
    if parts.query:
        target += "?" + _escaped(parts.query)
    bare = Address("", scheme, host, port or _PORTS[scheme], target)
    return Address(bare.origin + target, scheme, host, bare.port, target)


def follow(base: Address, reference: str) -> Address:
    """The address that a reference on a page, or a Location field, leads to.

    :raises FetchFailed: as `read_address`.
    """
    try:
        return read_address(urljoin(base.uri, _slashes(_BREAKS.sub("", reference.strip()))))
    except ValueError as error:
        raise FetchFailed("bad-uri", f"{reference[:80]!r}: {error}") from error


def _slashes(uri: str) -> str:
    """Backslashes before the query as slashes, as browsers read them: both then see the same host."""
    head, mark, query = uri.partition("?")
    return head.replace("\\", "/") + mark + query


def _host(name: str) -> str:
    name = unquote(name, errors="strict").lower() if "%" in name and ":" not in name else name.lower()
    if not name.isascii():
        name = ".".join(_label(label) for label in re.split("[.。．｡]", unicodedata.normalize("NFKC", name)))
    if not (_IPV6 if ":" in name else _HOST).match(name):
        raise ValueError(f"{name[:80]!r} is not the name of a host")
    return name


def _label(label: str) -> str:
    if label.isascii():
        return label.lower()
    if _DEVIATING & set(label):
        return "xn--" + label.encode("punycode").decode("ascii")
    return label.encode("idna").decode("ascii").lower()


def _escaped(value: str) -> str:
    return quote(value, safe=_RAW, errors="replace")
