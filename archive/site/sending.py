"""Answers over ASGI: ours piece by piece, and what goes beside every answer of the server."""

import asyncio
from collections.abc import Iterator
from typing import Any

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


def protected(app: Any) -> Any:
    """What protects Datasette's own pages, and what ours say that they vary by."""

    async def answered(scope: Any, receive: Any, send: Any) -> None:
        vary: list[str] = []

        async def sent(message: Any) -> None:
            if message["type"] == "http.response.start":
                given = message.get("headers", [])
                if vary:
                    given = [pair for pair in given if pair[0].lower() != b"vary"]
                    given += [(b"vary", said.encode("latin-1")) for said in vary if said]
                message = {**message, "headers": list(_with(given))}
            await send(message)

        await app({**scope, _VARY: vary}, receive, sent)

    return answered


def _with(given: list[tuple[bytes, bytes]]) -> Iterator[tuple[bytes, bytes]]:
    named = {name.lower() for name, _ in given}
    yield from ((bytes(name), bytes(value)) for name, value in given)
    yield from ((name, value) for name, value in _FOR_DATASETTE.items() if name not in named)
