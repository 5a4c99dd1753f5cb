"""Our pages in Datasette, and Datasette's tables with links to them: the only door to Datasette.

Found by its entry point. Which archive is served stands in the environment, as `pincite serve` leaves it:
PINCITE_ARCHIVE (folder or URL of the archive), PINCITE_INDEX (where its index is), PINCITE_BASE_URL,
PINCITE_PUBLIC (1 where anyone may come), PINCITE_PUBLIC_COPIES (sites whose copies anyone may see, or *) and
PINCITE_HOSTS (what the archive is called where it is served to this machine alone).
"""

import json
import os
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar

from datasette import hookimpl as _untyped
from datasette.utils import actor_matches_allow
from datasette.utils.asgi import BadRequest, Response

from archive.index.read import Connection
from archive.site.answers import Answer, Request, Site, headers, notice
from archive.site.cells import labelled
from archive.site.conditions import conditioned
from archive.site.editing import ACTS, Editor
from archive.site.pages import PATTERNS, answer
from archive.site.pages.citing import snapshot_column, snapshots_file
from archive.site.publishing import COPIES, Publishing
from archive.site.render import cell, fingerprint, lend
from archive.site.sending import protected, send_answer
from archive.site.writing import EDIT, Refused, editor_of, enter, is_editor, write
from archive.store import Store
from archive.uri import is_web

_ACT = rf"^/-/pincite/(?P<act>{'|'.join(ACTS)})$"
_ENTER = r"^/-/pincite/enter$"
Hook = TypeVar("Hook", bound=Callable[..., Any])


def hookimpl(function: Hook) -> Hook:
    """Datasette's own mark, which is untyped."""
    marked: Hook = _untyped(function)
    return marked


@hookimpl
def register_routes(datasette: Any) -> list[tuple[str, Callable[..., Awaitable[Any]]]]:
    """Our addresses; they come before Datasette's."""

    async def view(request: Any, send: Any) -> None:
        await _respond(datasette, request, send)

    async def written(request: Any) -> Any:
        given = await write(datasette, request)
        return _response(given if isinstance(given, Answer) else await _refused(datasette, given))

    async def entered(request: Any) -> Any:
        given = enter(datasette, request)
        return _response(given if isinstance(given, Answer) else await _refused(datasette, given))

    ours = [(pattern, view) for pattern in PATTERNS]
    return [(_ACT, written), (_ENTER, entered), *ours, (r"^/.+\.csl\.json$", _one_suffix)]


async def _one_suffix(request: Any) -> Any:
    """Datasette knows suffixes of one word only, so the usual one of CSL-JSON leads to its name there."""
    path = request.path.removesuffix(".csl.json") + ".csl_json"
    asked = f"?{request.query_string}" if request.query_string else ""
    # Two slashes at the beginning would name a host.
    return Response.redirect("/" + path.lstrip("/") + asked)


@hookimpl
def register_output_renderer(datasette: Any) -> list[dict[str, Any]]:
    """Any table or query of snapshots as a bibliography; what is restricted is cited as its tombstone is."""

    def can_render(database: str, columns: Sequence[str], table: str | None) -> bool:
        here = database == archive_of(datasette).name
        return here and snapshot_column(columns, table) is not None

    def renderer(extension: str) -> Callable[..., Awaitable[Any]]:
        async def render(database: str, columns: Sequence[str], rows: Any, table: str | None) -> Any:
            column = snapshot_column(columns, table) if can_render(database, columns, table) else None
            if column is None:
                raise BadRequest(
                    "These rows name no snapshots: a column `snapshot` or `id` has to hold their ids."
                )
            named = [_value(row[column]) for row in rows]
            given = await archive_of(datasette).execute_fn(
                lambda connection: snapshots_file(site(datasette, connection), named, extension)
            )
            return _response(given)

        return render

    names = {"bib": "bib", "biblatex": "biblatex", "ris": "ris", "csl_json": "csl.json"}
    return [
        {"extension": name, "render": renderer(extension), "can_render": can_render}
        for name, extension in names.items()
    ]


def _value(held: Any) -> Any:
    """A cell's own value; with `_labels=on` Datasette puts a label beside it."""
    return held.get("value") if isinstance(held, dict) else held


def _response(given: Answer) -> Any:
    said = {name: value for name, value in given.headers.items() if name != "Content-Type"}
    return Response(given.body, given.status, said, given.headers["Content-Type"])


async def _respond(datasette: Any, request: Any, send: Any) -> None:
    if request.method not in ("GET", "HEAD"):
        said = headers("text/plain; charset=utf-8") | {"Allow": "GET, HEAD"}
        refused = Answer(405, said, b"This address answers GET and HEAD only.\n")
        await send_answer(datasette.executor, request, send, refused)
        return
    path = request.scope.get("route_path") or request.scope.get("raw_path", request.path.encode()).decode(
        "ascii"
    )
    asked = Request(path.partition("?")[0], request.query_string, request.headers)
    editor = await editor_of(datasette, request)

    def made(connection: Connection) -> Answer:
        with _plain_text(connection):
            return conditioned(answer(site(datasette, connection, editor), asked), asked.headers)

    given = await archive_of(datasette).execute_fn(made)
    await send_answer(datasette.executor, request, send, given)


@contextmanager
def _plain_text(connection: Connection) -> Iterator[None]:
    """Text as SQLite decodes it: Datasette's way calls Python for every value, half the time of a TimeMap."""
    theirs = connection.text_factory
    connection.text_factory = str
    try:
        yield
    finally:
        connection.text_factory = theirs


async def _refused(datasette: Any, refused: Refused) -> Answer:
    def made(connection: Connection) -> Answer:
        return notice(site(datasette, connection, refused.editor), refused.missing)

    answered: Answer = await archive_of(datasette).execute_fn(made)
    return answered


def archive_of(datasette: Any) -> Any:
    """The archive among the databases that are served."""
    stem = Path(os.environ.get("PINCITE_INDEX", "archive.db")).stem
    return datasette.get_database(stem if stem in datasette.databases else None)


def site(datasette: Any, connection: Connection, editor: Editor | None = None) -> Site:
    """What pages are made from, for one request."""
    index = Path(archive_of(datasette).path or "archive.db")
    archive = os.environ.get("PINCITE_ARCHIVE") or str(index.parent)
    base_url = os.environ.get("PINCITE_BASE_URL") or None
    former = tuple(os.environ.get("PINCITE_FORMER_BASE_URLS", "").split())
    return Site(connection, _store(archive), base_url, datasette.urls.path("/"), publishing(), editor, former)


@lru_cache(maxsize=4)
def _store(archive: str) -> Store:
    """The stored WARC files; opening a file system costs more than reading a page."""
    return Store(archive)


def publishing() -> Publishing:
    """Whom the archive is served to, as `pincite serve` left it in the environment."""
    copies = os.environ.get("PINCITE_PUBLIC_COPIES", "").split()
    return Publishing(os.environ.get("PINCITE_PUBLIC") == "1", frozenset(copies))


@hookimpl
def register_actions() -> list[Any]:
    """The permission to write, as Datasette 1.0 wants it declared."""
    # Not in 0.65, which never calls this.
    from datasette.permissions import Action

    return [Action(name=EDIT, description="Write into the archive through its pages")]


@hookimpl
def permission_allowed(datasette: Any, actor: Any, action: str, resource: Any) -> bool | None:
    """Who may write, and which tables may be read as they are, where Datasette is older than 1.0."""
    if action == EDIT:
        return True if is_editor(datasette, actor, actor_matches_allow) else None
    if action == "view-table" and not publishing().shows_table(resource[1]):
        return False
    return None


@hookimpl
def permission_resources_sql(datasette: Any, actor: Any, action: str) -> Any:
    """The same as rows, as Datasette 1.0 asks for it."""
    if action == EDIT:
        return _allowed_to_edit() if is_editor(datasette, actor, actor_matches_allow) else None
    hidden = sorted(name for name in COPIES if not publishing().shows_table(name))
    if action != "view-table" or not hidden:
        return None
    # Not in 0.65, which never calls this.
    from datasette.permissions import PermissionSQL

    return PermissionSQL(
        sql="""SELECT :pincite_database AS parent, value AS child, 0 AS allow,
          'whole copies are not public' AS reason FROM json_each(:pincite_tables)""",
        params={"pincite_database": archive_of(datasette).name, "pincite_tables": json.dumps(hidden)},
    )


def _allowed_to_edit() -> Any:
    # Not in 0.65, which never asks.
    from datasette.permissions import PermissionSQL

    return PermissionSQL.allow("may write into the archive")


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    """Datasette's pages stand under our banner."""
    lend(env)


@hookimpl
def extra_template_vars(datasette: Any) -> dict[str, Any]:
    """Where the links of the banner begin, and how an id becomes a link."""

    async def linked(value: Any, name: str) -> Any:
        return await _labelled(datasette, name, value) if isinstance(value, str) else None

    return {"pincite_root": datasette.urls.path("/"), "pincite_cell": linked}


@hookimpl
def extra_css_urls() -> list[str]:
    """The banner's style, on Datasette's pages."""
    return [f"/-/pincite/{name}?{fingerprint(name)}" for name in ("frame.css", "data.css")]


@hookimpl
def render_cell(value: Any, database: str, datasette: Any) -> Any:
    """An id as a link with a title beside it, an address as one that tells nobody where it was followed."""
    held = _value(value)
    if not isinstance(held, str):
        return None
    if is_web(held) and len(held.split()) == 1:
        return cell("outside", uri=held)
    return _labelled(datasette, database, held) if len(held) == 16 else None


async def _labelled(datasette: Any, name: str, value: str) -> Any:
    found = await datasette.get_database(name).execute_fn(
        lambda connection: labelled(connection, value, publishing())
    )
    if found is None:
        return None
    path, shown, title = found
    return cell("link", href=datasette.urls.path("/") + path, text=shown, note=title)


@hookimpl
def asgi_wrapper() -> Callable[[Any], Any]:
    """What protects Datasette's own pages; ours bring stricter headers themselves."""
    # At home the public address is printed, and the pages are visited here, by http.
    at_https = os.environ.get("PINCITE_BASE_URL", "").startswith("https:") and publishing().public
    hosts = frozenset(os.environ.get("PINCITE_HOSTS", "").split())
    return partial(protected, at_https=at_https, hosts=hosts)
