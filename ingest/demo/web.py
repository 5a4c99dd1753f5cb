"""The demo's web: pages and PDF documents on loopback; one has moved, one is lost, one has no text."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

from ingest.demo import paper

LOOPBACK = "127.0.0.1"
ARTICLE = "/courier/petrels.html"
MOVED = {"/radio/falk": "/radio/the-warden-who-waited.html"}
LOST = "/studies/fledging-1998.html"
SCANNED = "/maps/islands-sheet-4.pdf"

_MEDIA = {"html": "text/html; charset=utf-8", "css": "text/css", "svg": "image/svg+xml"}
_NOT_HERE = b"""<!DOCTYPE html>
<html lang="en"><head><title>Not found</title></head>
<body><h1>Not found</h1><p>There is no page at this address (any more).</p></body></html>
"""


class Answer(NamedTuple):
    """What a path of the demo's web gives."""

    status: int
    media: str
    body: bytes
    location: str = ""


@cache
def pages() -> dict[str, Answer]:
    """Every path that gives something, with its answer."""
    found = dict(_files(files("ingest.demo") / "pages", ""))
    found["/census/census-2023.pdf"] = Answer(200, "application/pdf", paper.census())
    found[SCANNED] = Answer(200, "application/pdf", paper.scanned_map())
    found["/robots.txt"] = Answer(200, "text/plain", b"User-agent: *\nDisallow: /share\n")
    for old, new in MOVED.items():
        found[old] = Answer(301, "text/html; charset=utf-8", b"<p>The page has moved.</p>\n", new)
    return found


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, Answer]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files(entry, f"{path}/{entry.name}")
        else:
            media = _MEDIA[entry.name.rpartition(".")[2]]
            yield f"{path}/{entry.name}", Answer(200, media, entry.read_bytes())


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "PinciteDemo"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer with the page, a redirect, or 404."""
        path = self.path.partition("?")[0]
        self._send(pages().get(path, Answer(404, "text/html; charset=utf-8", _NOT_HERE)))

    def do_HEAD(self) -> None:
        """Answer as GET does, without the body."""
        self.do_GET()

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.media)
        self.send_header("Content-Length", str(len(answer.body)))
        if answer.location:
            self.send_header("Location", answer.location)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named so by http.server
        """Say nothing: the report says what was captured."""


@contextmanager
def running() -> Iterator[str]:
    """Serve the web on a free port while the block lasts; gives its address, without a slash at the end."""
    pages()
    with ThreadingHTTPServer((LOOPBACK, 0), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://{LOOPBACK}:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
