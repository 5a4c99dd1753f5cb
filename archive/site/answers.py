"""What the site is asked and answers, without any framework: the same archive gives the same bytes."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

from archive.errors import PinciteError
from archive.index.read import Connection
from archive.memento import DO_NOT_NEGOTIATE, link
from archive.site.editing import Editor
from archive.site.publishing import AT_HOME, Publishing
from archive.site.render import render
from archive.store import Store
from archive.uri import wire

# Nothing but our own style, script and pictures; nobody frames us; forms (the search) come back to us.
OWN_PAGES = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Bytes of others: no origin, no script, nothing loaded from anywhere.
ARCHIVED = "sandbox; default-src 'none'; frame-ancestors 'none'"
LONGEST_LINK = 8000


@dataclass(frozen=True, slots=True)
class Site:
    """What a page is made from: the index, the WARC files, and the addresses it prints and links with.

    ``root``: the path that all links begin with, ``/`` unless served under a prefix.
    ``publishing``: how much of other people's pages it shows. ``editor``: who may write, if they may.
    ``former``: the addresses that it was printed under before.
    """

    index: Connection
    store: Store
    base_url: str | None = None
    root: str = "/"
    publishing: Publishing = AT_HOME
    editor: Editor | None = None
    former: tuple[str, ...] = ()

    @property
    def base(self) -> str:
        """What the addresses begin with that machines are told of, in headers and TimeMaps.

        Never made of the Host that a client names: where no public address is set, they are relative to the
        address that was asked for (RFC 8288, section 3.1), and right behind any proxy.
        """
        return f"{self.base_url.rstrip('/')}/" if self.base_url else self.root


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: the path as on the wire without the root, the query, and headers by lower-case name."""

    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stream:
    """A body too long for memory: so many bytes of an open file; whoever sends or drops it closes it."""

    file: BinaryIO
    start: int
    length: int
    close: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: status, headers, and its body or (where that is long) a stream of it."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    stream: Stream | None = None

    @property
    def length(self) -> int:
        """Bytes of the body."""
        return self.stream.length if self.stream else len(self.body)

    def saying(self, **more: str) -> "Answer":
        """The same with more headers; ``_`` stands for ``-`` in their names."""
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return replace(self, headers={**self.headers, **named})


class Missing(PinciteError):
    """A page that cannot be shown: which status, and what to say and do instead."""

    def __init__(self, status: int, title: str, *said: str, **context: Any) -> None:
        super().__init__(title)
        self.status, self.title, self.said, self.context = status, title, said, context


def page(site: Site, template: str, status: int = 200, **context: Any) -> Answer:
    """A page of ours."""
    own = {"root": site.root, "base_url": site.base_url, "editor": site.editor, "here": site.root}
    said = headers("text/html; charset=utf-8") | {"Link": DO_NOT_NEGOTIATE}
    if site.editor:
        # The token in its forms is one person's. Under `no-referrer` a browser sends forms with the origin
        # "null" (Fetch, section 3.2), which is nobody's; other sites learn nothing under this one either.
        said |= {"Cache-Control": "private, no-store", "Referrer-Policy": "same-origin"}
    return Answer(status, said, render(template, {**own, **context}).encode("utf-8"))


def document(found: Mapping[str, Any], status: int = 200) -> Answer:
    """A JSON document."""
    body = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    said = headers("application/json; charset=utf-8") | {"Access-Control-Allow-Origin": "*"}
    return Answer(status, said, body.encode("utf-8", "surrogatepass"))


def redirect(site: Site, path: str) -> Answer:
    """To another page of ours; ``path`` without the root."""
    return Answer(302, headers("text/plain; charset=utf-8") | {"Location": site.root + path}, b"")


def notice(site: Site, missing: Missing) -> Answer:
    """The page that says why there is no page."""
    context = {"citation": None, "live": None, **missing.context}
    return page(site, "notice.html", missing.status, title=missing.title, said=missing.said, **context)


def not_indexed(given: Answer, uri: str) -> Answer:
    """Words of others: search engines are to keep them out, and to know whose they are."""
    said = given.headers.get("Link")
    links = [said] if said else []
    # Common clients give up at a header line of 64 KB.
    if len(uri) < LONGEST_LINK:
        links.append(link(wire(uri), "canonical"))
    return given.saying(X_Robots_Tag="noindex", **({"Link": ", ".join(links)} if links else {}))


def headers(content_type: str, policy: str = OWN_PAGES) -> dict[str, str]:
    """What every answer of ours carries."""
    return {
        "Content-Type": content_type,
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cache-Control": "no-cache",
    }
