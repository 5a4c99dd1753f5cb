"""Every page of ours that can be reached from the front page of a served archive, byte for byte.

Without cookies, without following redirects: what is compared is what one request brings.
"""

import http.client
import re
from collections import deque
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin, urlsplit

# Datasette's own pages print how long a query took; they are compared by their rows, elsewhere.
_THEIRS = re.compile(r"/archive\b|/-/(?!pincite/)")
_LINK = re.compile(rb'(?:href|src|action)="([^"]*)"')
_OF_THE_MOMENT = {"date", "server"}


@dataclass(frozen=True)
class Got:
    """One answer: status, header fields that do not tell the time, body."""

    status: int
    fields: tuple[tuple[str, str], ...]
    body: bytes

    def field(self, name: str) -> str:
        """A header field; empty where it is absent."""
        return dict(self.fields).get(name, "")


def crawl(base: str, also: Iterable[str] = ()) -> dict[str, Got]:
    """All pages from ``/`` on, and from these other paths, by their path and query."""
    address = urlsplit(base)
    waiting, found = deque(["/", *also]), dict[str, Got]()
    with closing(http.client.HTTPConnection(address.hostname or "", address.port, timeout=60)) as connection:
        while waiting:
            path = waiting.popleft()
            if path in found:
                continue
            found[path] = _got(connection, path)
            waiting.extend(link for link in _links(path, found[path]) if link not in found)
    return found


def _got(connection: http.client.HTTPConnection, path: str) -> Got:
    connection.request("GET", path)
    with connection.getresponse() as answer:
        fields = sorted((name.lower(), value) for name, value in answer.getheaders())
        body = answer.read()
    assert not [value for name, value in fields if name == "set-cookie"], path
    return Got(answer.status, tuple(pair for pair in fields if pair[0] not in _OF_THE_MOMENT), body)


def _links(path: str, got: Got) -> list[str]:
    if got.status in (301, 302):
        return _ours(path, [got.field("location")])
    if not got.field("content-type").startswith("text/html") or path.endswith("/raw"):
        return []  # what was archived has links of its own
    return _ours(path, (unescape(link.decode()) for link in _LINK.findall(got.body)))


def _ours(path: str, links: Iterable[str]) -> list[str]:
    found = []
    for link in links:
        parts = urlsplit(urljoin(f"http://here{path}", link))
        if parts.netloc == "here" and not _THEIRS.match(parts.path):
            found.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found
