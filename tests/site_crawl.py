"""Asking the site's pages without a server: one page, or all that can be reached from the first."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from lxml import html

from archive.index import read
from archive.site.answers import Answer, Request, Site
from archive.site.pages import answer
from archive.site.publishing import AT_HOME, Publishing
from archive.store import Store

# What Datasette serves itself.
THEIRS = "/archive"


@contextmanager
def opened(folder: Path, base_url: str | None = None, publishing: Publishing = AT_HOME) -> Iterator[Site]:
    """The site of the archive in a folder."""
    with closing(read.connect(folder / "archive.db")) as connection:
        yield Site(connection, Store(str(folder)), base_url, publishing=publishing)


def ask(site: Site, address: str, **headers: str) -> Answer:
    """The answer to a path with its query; ``_`` stands for ``-`` in the names of headers."""
    path, _, query = address.partition("?")
    said = {name.replace("_", "-").lower(): value for name, value in headers.items()}
    return answer(site, Request(path, query, said))


def tree(given: Answer) -> Any:
    """The page as a browser would read it."""
    return html.document_fromstring(given.body.decode("utf-8"))


def words(given: Answer) -> str:
    """What a page says, without its markup."""
    text: str = tree(given).text_content()
    return " ".join(text.split())


def is_page(given: Answer) -> bool:
    """Whether this is a page of ours, not bytes of others nor a way to a page."""
    mine = not given.headers["Content-Security-Policy"].startswith("sandbox")
    return mine and bool(given.body) and "text/html" in given.headers["Content-Type"]


def ours(given: Answer) -> list[str]:
    """The addresses of our own pages that a page leads to."""
    if not is_page(given):
        return [given.headers["Location"]] if "Location" in given.headers else []
    found = [str(link) for link in tree(given).xpath("//a/@href | //link/@href | //script/@src")]
    return [link for link in found if link.startswith("/") and not link.startswith(THEIRS)]


def crawl(site: Site, *starts: str) -> Mapping[str, Answer]:
    """Every page of ours that can be reached, by its address without the fragment."""
    waiting, seen = ["/", *starts], dict[str, Answer]()
    while waiting:
        address = waiting.pop().partition("#")[0]
        if address not in seen:
            seen[address] = given = ask(site, address)
            if given.stream:
                given.stream.close()
            waiting += ours(seen[address])
    return seen


def fingerprints(site: Site) -> dict[str, str]:
    """The digest of every page."""
    return {at: hashlib.sha256(given.body).hexdigest() for at, given in crawl(site).items()}
