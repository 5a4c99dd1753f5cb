"""A small real web on loopback for tests: threads, HTTP and TLS, handlers that may send any bytes.

with Web() as web:
    web.page("/a", "<p>hello")                       an answer put together for you
    web.raw("/b", b"HTTP/1.1 200 OK\\r\\n…")           exactly these bytes, then the end of the connection
    web.on("/c", lambda call: call.send(b"…"))       whatever you like, slowly if need be
    web.url("/a"), web.calls                         where it is, and what was asked so far

A port of its own on 127.0.0.1 … 127.0.0.41 each; robots.txt is answered with 404 unless you say otherwise.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from ipaddress import ip_network
from pathlib import Path

import trustme

LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
Fields = dict[str, str]


@dataclass
class Call:
    """One request that came in, and the means to answer it."""

    method: str
    path: str
    fields: Fields
    raw: bytes
    peer: socket.socket = field(repr=False)
    gone: threading.Event = field(repr=False)

    def send(self, data: bytes) -> None:
        """Send these bytes as they are."""
        self.peer.sendall(data)

    def reset(self) -> None:
        """Break the connection so that the other side gets ECONNRESET."""
        self.peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        self.peer.close()

    def sleep(self, seconds: float) -> bool:
        """Wait; True where the test is over meanwhile."""
        return self.gone.wait(seconds)


Handler = Callable[[Call], object]


class Authority:
    """A certificate authority of the test's own, written where a Policy can name it."""

    def __init__(self, folder: Path) -> None:
        self._ca = trustme.CA()
        self.file = folder / "authority.pem"
        self._ca.cert_pem.write_to_path(str(self.file))

    def context(self, *names: str) -> ssl.SSLContext:
        """A server's context with a certificate for these names."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._ca.issue_cert(*names).configure_cert(context)
        return context


def answer(status: int = 200, body: bytes = b"", fields: Fields | None = None) -> bytes:
    """A well-formed answer with Content-Length."""
    head = [f"HTTP/1.1 {status} {_phrase(status)}"]
    stated = {"Content-Length": str(len(body))} | (fields or {})
    head += [f"{name}: {value}" for name, value in stated.items()]
    return "\r\n".join((*head, "", "")).encode() + body


def chunked(*pieces: bytes, fields: Fields | None = None) -> bytes:
    """A well-formed answer in chunks, one for each piece."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in (fields or {}).items())
    head = f"HTTP/1.1 200 OK\r\n{lines}Transfer-Encoding: chunked\r\n\r\n".encode("latin-1")
    return head + b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in (*pieces, b""))


def _phrase(status: int) -> str:
    with suppress(ValueError):
        return HTTPStatus(status).phrase
    return "Odd"


class Web:
    """One server on one loopback address; a context manager."""

    def __init__(self, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None, port: int = 0) -> None:
        self.host, self.calls = host, list[Call]()
        self._tls, self._handlers = tls, dict[str, Handler]()
        self._gone = threading.Event()
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.socket(family)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((host, port))
        self._socket.listen(128)
        self.port = int(self._socket.getsockname()[1])
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()
        self.raw("/robots.txt", answer(404, b"none"))

    def url(self, path: str = "/", host: str | None = None) -> str:
        """The address of a path here, with another spelling of the host where one is given."""
        name = host or (f"[{self.host}]" if ":" in self.host else self.host)
        return f"{'https' if self._tls else 'http'}://{name}:{self.port}{path}"

    def on(self, path: str, handler: Handler) -> None:
        """Let a handler answer a path (without its query)."""
        self._handlers[path] = handler

    def raw(self, path: str, data: bytes) -> None:
        """Answer a path with exactly these bytes, then close."""
        self.on(path, lambda call: call.send(data))

    def late(self, path: str, seconds: float, data: bytes) -> None:
        """Answer a path with these bytes after a while."""

        def wait(call: Call) -> None:
            call.sleep(seconds)
            call.send(data)

        self.on(path, wait)

    def page(self, path: str, body: str | bytes, media: str = "text/html; charset=utf-8") -> None:
        """Answer a path with a page."""
        data = body.encode() if isinstance(body, str) else body
        self.raw(path, answer(200, data, {"Content-Type": media}))

    def moved(self, path: str, to: str, status: int = 302) -> None:
        """Answer a path with a redirect."""
        self.raw(path, answer(status, b"", {"Location": to}))

    def asked(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(call.path.partition("?")[0] == path for call in self.calls)

    def __enter__(self) -> "Web":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop; handlers that still wait are told."""
        self._gone.set()
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        deadline = time.monotonic() + 5
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def _accept(self) -> None:
        while not self._gone.is_set():
            try:
                peer, _ = self._socket.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(peer,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, peer: socket.socket) -> None:
        with suppress(OSError), peer:
            peer.settimeout(30)
            if self._tls is None:
                self._answer(peer)
            else:
                with self._tls.wrap_socket(peer, server_side=True) as secured:
                    self._answer(secured)

    def _answer(self, peer: socket.socket) -> None:
        raw = b""
        while b"\r\n\r\n" not in raw:
            data = peer.recv(65536)
            if not data:
                return
            raw += data
        lines = raw.decode("latin-1").split("\r\n")
        method, path, _ = lines[0].split(" ", 2)
        pairs = (line.partition(": ") for line in lines[1:] if line)
        call = Call(method, path, {name.lower(): value for name, _, value in pairs}, raw, peer, self._gone)
        self.calls.append(call)
        handler = self._handlers.get(path.partition("?")[0])
        if handler:
            handler(call)
        else:
            call.send(answer(404, b"not here"))
