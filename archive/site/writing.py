"""Writing through the site: who may, what came in, and the desk that it is said at.

Knows Datasette by what it hands over, and imports none of it. The environment, as `pincite serve` leaves it:
PINCITE_EDIT_TOKEN (the one local writer's), PINCITE_OPERATOR, PINCITE_ARCHIVE, PINCITE_BASE_URL.
"""

import asyncio
import hashlib
import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from archive.errors import NotFound, PinciteError
from archive.saying import Desk
from archive.site.answers import Answer, Missing, headers
from archive.site.editing import COOKIE, FIELD, MOST_BYTES, Editor, Sent, acts, local, refusal
from archive.store import Store

EDIT = "pincite-edit"


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing was written, and who is told."""

    missing: Missing
    editor: Editor | None = None


async def editor_of(datasette: Any, request: Any) -> Editor | None:
    """Who asks, if they may write: somebody whom Datasette knows, with the permission."""
    actor = request.actor
    if not actor or not await _may_edit(datasette, actor):
        return None
    name = str(actor.get("name") or actor.get("display") or actor.get("id") or "")
    return Editor(name, _token(datasette, request)) if name else None


def _token(datasette: Any, request: Any) -> str:
    """What this person's forms carry: Datasette's token; from 1.0 on it has none, and we sign the actor."""
    if _has_tokens(datasette):
        token = request.scope.get("csrftoken")
        return str(token() if token else request.cookies.get(COOKIE, ""))
    return str(datasette.sign(request.actor, "pincite-form"))


def _has_tokens(datasette: Any) -> bool:
    """Whether Datasette is older than 1.0, which asks for permissions otherwise and has no token in forms."""
    return hasattr(datasette, "permission_allowed")


async def _may_edit(datasette: Any, actor: Any) -> bool:
    if _has_tokens(datasette):
        return bool(await datasette.permission_allowed(actor, EDIT, default=False))
    return bool(await datasette.allowed(action=EDIT, actor=actor))


def is_editor(datasette: Any, actor: Any, matches: Callable[[Any, Any], Any]) -> bool:
    """Whether somebody may write: the local writer, or whom the configuration of the plugin names.

    ``matches``: whether an actor is meant by an ``allow`` block.
    """
    if not actor:
        return False
    token = os.environ.get("PINCITE_EDIT_TOKEN", "")
    if token and actor.get("pincite") == _mark(token):
        return True
    named = (datasette.plugin_config("pincite") or {}).get("edit")
    return named is not None and bool(matches(actor, named))


async def write(datasette: Any, request: Any) -> Answer | Refused:
    """A posted form, written through the same door as the command line, on connections of its own."""
    if request.method != "POST":
        said = headers("text/plain; charset=utf-8") | {"Allow": "POST"}
        return Answer(405, said, b"This address answers POST only.\n")
    editor = await editor_of(datasette, request)
    length = request.headers.get("content-length", "")
    if not (length.isascii() and length.isdigit() and int(length) <= MOST_BYTES):
        return Refused(Missing(413, "Too long", f"A form has at most {MOST_BYTES:,} bytes."), editor)
    fields = await request.post_vars()
    said, token = request.headers, editor.token if editor else ""
    sent = Sent(said.get("origin"), said.get("host", ""), token, fields.get(FIELD, ""))
    why = refusal(sent, os.environ.get("PINCITE_BASE_URL"))
    if editor is None or why:
        told = f"The form was refused: {why}." if editor else "You may not write here."
        return Refused(Missing(403, "Nothing was written", told), editor)
    act = request.url_vars["act"]
    try:
        await asyncio.to_thread(lambda: _desk(datasette).say(editor.name, *acts(act, fields)))
    except PinciteError as error:
        status = 404 if isinstance(error, NotFound) else 400
        return Refused(Missing(status, "Nothing was written", str(error)), editor)
    return _seen_other(local(fields.get("back", ""), datasette.urls.path("/")))


def _seen_other(path: str) -> Answer:
    said = headers("text/plain; charset=utf-8") | {"Location": path, "Cache-Control": "no-store"}
    return Answer(303, said, b"")


def _desk(datasette: Any) -> Desk:
    stem = Path(os.environ.get("PINCITE_INDEX", "archive.db")).stem
    index = Path(datasette.get_database(stem if stem in datasette.databases else None).path)
    store = Store(os.environ.get("PINCITE_ARCHIVE") or str(index.parent))
    return Desk(store, index, os.environ.get("PINCITE_OPERATOR", ""))


def enter(datasette: Any, request: Any) -> Answer | Refused:
    """The one local writer comes in, by the token that `pincite serve --edit` printed."""
    token, given = os.environ.get("PINCITE_EDIT_TOKEN", ""), request.args.get("token") or ""
    if not token or not hmac.compare_digest(token.encode(), given.encode()):
        said = "The token is not the one that `pincite serve --edit` printed when it started."
        return Refused(Missing(403, "Not let in", said))
    actor = {
        "id": os.environ.get("PINCITE_OPERATOR") or "the operator of this archive",
        "pincite": _mark(token),
    }
    # `protected` adds Secure where the site is at https.
    cookie: SimpleCookie = SimpleCookie({"ds_actor": datasette.sign({"a": actor}, "actor")})
    for attribute, value in (("path", "/"), ("httponly", True), ("samesite", "Lax")):
        cookie["ds_actor"][attribute] = value
    answered = _seen_other(datasette.urls.path("/"))
    set_cookie = {"Set-Cookie": cookie["ds_actor"].OutputString()}
    return Answer(answered.status, {**answered.headers, **set_cookie}, b"")


def _mark(token: str) -> str:
    """What the cookie of the local writer holds: it is of no use once another token was printed."""
    return hashlib.sha256(token.encode()).hexdigest()[:16]
