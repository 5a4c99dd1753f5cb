"""What the site is asked and answers, without any framework: the same archive gives the same bytes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive.errors import PinciteError
from archive.index.read import Connection
from archive.site.publishing import AT_HOME, Publishing
from archive.site.render import render
from archive.store import Store

# Nothing but our own style, script and pictures; nobody frames us; forms (the search) come back to us.
OWN_PAGES = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Bytes of others: no origin, no script, nothing loaded from anywhere.
ARCHIVED = "sandbox; default-src 'none'; frame-ancestors 'none'"


@dataclass(frozen=True, slots=True)
class Site:
    """What a page is made from: the index, the WARC files, and the addresses it prints and links with.

    ``root``: the path that all links begin with, ``/`` unless served under a prefix.
    ``publishing``: how much of other people's pages it shows.
    """

    index: Connection
    store: Store
    base_url: str | None = None
    root: str = "/"
    publishing: Publishing = AT_HOME


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: status, headers, body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Missing(PinciteError):
    """A page that cannot be shown: which status, and what to say and do instead."""

    def __init__(self, status: int, title: str, *said: str, **context: Any) -> None:
        super().__init__(title)
        self.status, self.title, self.said, self.context = status, title, said, context


def page(site: Site, template: str, status: int = 200, **context: Any) -> Answer:
    """A page of ours."""
    html = render(template, {"root": site.root, "base_url": site.base_url, **context})
    return Answer(status, headers("text/html; charset=utf-8"), html.encode("utf-8"))


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
    context = {"citation": None, **missing.context}
    return page(site, "notice.html", missing.status, title=missing.title, said=missing.said, **context)


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
