"""Answers over ASGI: ours piece by piece, and what goes beside every answer of the server."""

import asyncio
from collections import deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from archive.site.answers import Answer, Stream

# Datasette's own pages have scripts inside them: for those only what breaks nothing.
_FOR_DATASETTE = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"content-security-policy": b"object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
}
# Where in the scope our answers say what they vary by: Datasette adds cookies to every answer's Vary, and
# RFC 7089 has its own words for what does and does not stand there.
_VARY = "pincite.vary"
_PIECE = 256 * 1024
# Datasette's check of forms reads a body whole, whoever sends it and wherever to, before anyone asks how long
# it is: our longest form has 200,000 bytes, the log-in of a plug-in far fewer.
_MOST_SENT = 1_000_000
_NOT_OURS = (
    "This archive is served to its own machine alone, which has another name here: open the address that "
    "`pincite serve` printed, or say by what address it is visited (`pincite init . --base-url`)."
)
_WITHOUT_BODY = ("GET", "HEAD", "OPTIONS", "TRACE")
# The only forms that there are; that check fails at any of several parts, and at what is no UTF-8.
_FORM = b"application/x-www-form-urlencoded"
_JSON = b"application/json"


async def send_answer(executor: Any, request: Any, send: Any, given: Answer) -> None:
    """An answer over ASGI, piece by piece where it is long; ``executor``: where files are read."""
    said = dict(given.headers)
    if "Vary" in said and (vary := request.scope.get(_VARY)) is not None:
        vary.append(said.pop("Vary"))
    if given.status != 304:
        said["Content-Length"] = str(given.length)
    pairs = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in said.items()]
    try:
        await send({"type": "http.response.start", "status": given.status, "headers": pairs})
        if given.stream and request.method != "HEAD":
            await _send_stream(executor, send, given.stream)
        body = b"" if request.method == "HEAD" else given.body
        await send({"type": "http.response.body", "body": body})
    finally:
        if given.stream:
            given.stream.close()


async def _send_stream(executor: Any, send: Any, stream: Stream) -> None:
    loop, left = asyncio.get_running_loop(), stream.length
    stream.file.seek(stream.start)
    while left > 0:
        piece = await loop.run_in_executor(executor, stream.file.read, min(_PIECE, left))
        if not piece:
            raise OSError(f"the stored file ended {left} bytes early")
        left -= len(piece)
        await send({"type": "http.response.body", "body": piece, "more_body": True})


def protected(app: Any, at_https: bool, hosts: frozenset[str] = frozenset()) -> Any:
    """What protects Datasette's own pages, and what ours say that they vary by.

    ``at_https``: whether browsers come by https although a proxy asks us by http; their cookies are told so.
    ``hosts``: what an archive that is served to this machine alone is called; empty where anyone may come.
    A page on the web can have its own name lead here and then read whatever is served (DNS rebinding).
    """

    async def answered(scope: Any, receive: Any, send: Any) -> None:
        vary: list[str] = []
        secure = at_https or scope.get("scheme") == "https"
        if scope["type"] == "http" and hosts and not _is_called(scope, hosts):
            await _refuse(send, 421, _NOT_OURS)
            return
        if scope["type"] == "http" and scope["method"] not in _WITHOUT_BODY:
            messages = await _body(receive)
            refused = _refusal(scope, messages)
            if refused is not None:
                await _refuse(send, *refused)
                return
            receive = _again(messages, receive)

        async def sent(message: Any) -> None:
            if message["type"] == "http.response.start":
                given = message.get("headers", [])
                if vary:
                    given = [pair for pair in given if pair[0].lower() != b"vary"]
                    given += [(b"vary", said.encode("latin-1")) for said in vary if said]
                message = {**message, "headers": list(_with(given, secure))}
            await send(message)

        await app({**scope, _VARY: vary}, receive, sent)

    return answered


def _is_called(scope: Any, hosts: frozenset[str]) -> bool:
    """Whether a request names one of these hosts; what ends in ``.localhost`` is this machine (RFC 6761)."""
    written = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    try:
        asked = urlsplit(f"//{written}").hostname or ""
    except ValueError:
        return False
    return asked in hosts or asked.endswith(".localhost")


async def _body(receive: Any) -> list[Any]:
    """The messages of a request's body, up to the one that makes it too long."""
    messages: list[Any] = []
    length, more = 0, True
    while more and length <= _MOST_SENT:
        messages.append(await receive())
        length += len(messages[-1].get("body", b""))
        more = messages[-1].get("more_body", False)
    return messages


def _again(messages: list[Any], receive: Any) -> Any:
    """What gives messages once more that were read, and then what comes."""
    waiting = deque(messages)

    async def received() -> Any:
        return waiting.popleft() if waiting else await receive()

    return received


def _refusal(scope: Any, messages: list[Any]) -> tuple[int, str] | None:
    """Why a request with such a body is not passed on, and with which status."""
    body = b"".join(message.get("body", b"") for message in messages)
    if len(body) > _MOST_SENT:
        return 413, f"What is sent here has at most {_MOST_SENT:,} bytes."
    stated = dict(scope["headers"]).get(b"content-type", b"").partition(b";")[0].strip().lower()
    if body and stated not in (_FORM, _JSON):
        return 415, f"A form comes as {_FORM.decode()}."
    try:
        body.decode()
    except UnicodeDecodeError:
        return 400, "What is sent here is text in UTF-8."
    return None


async def _refuse(send: Any, status: int, said: str) -> None:
    # What was not read is not waited for either.
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    headers += _FOR_DATASETTE.items()
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{said}\n".encode()})


def _with(given: list[tuple[bytes, bytes]], secure: bool) -> Iterator[tuple[bytes, bytes]]:
    named = {name.lower() for name, _ in given}
    for name, value in given:
        cookie = secure and name.lower() == b"set-cookie" and b"; secure" not in bytes(value).lower()
        yield bytes(name), bytes(value) + (b"; Secure" if cookie else b"")
    yield from ((name, value) for name, value in _FOR_DATASETTE.items() if name not in named)
