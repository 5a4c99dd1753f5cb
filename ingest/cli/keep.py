"""The commands that keep an archive whole and show it: verify, rebuild, serve."""

import os
import secrets
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from archive.errors import UsageError
from ingest import settings
from ingest.cli.options import JSON, Here
from ingest.cli.output import clear_progress, emit, progress

_FAULTS = 3


@click.command()
@JSON
@click.pass_obj
def verify(here: Here, /, wants_json: bool) -> int:
    """Read every stored file and every row: does everything still hold?

    \b
    Example:
      pincite verify --json | jq .faults
    """
    from archive.store import Store
    from archive.verify import verify as check

    archive = here.locate()
    say = progress()
    say(f"reading every record of {archive.store}")
    found = check(Store(archive.store), archive.index, say)
    clear_progress()
    done = found.checked
    lines = [
        f"read: {done.files} files, {done.records} records, {done.rows} rows, {done.quotations} quotations"
    ]
    lines += [f"✗ {fault.file} at {fault.offset}: {fault.fault}: {fault.detail}" for fault in found.faults]
    lines.append(f"{len(found.faults)} faults" if found.faults else "Everything holds.")
    emit(found, lines, wants_json)
    return _FAULTS if found.faults else 0


@click.command()
@JSON
@click.pass_obj
def rebuild(here: Here, /, wants_json: bool) -> int:
    """Make the index anew from the WARC files alone.

    \b
    Example:
      rm archive.db; pincite rebuild
    """
    from archive.store import Store
    from ingest.capture import rebuild_index

    archive = here.locate()
    found = rebuild_index(archive, Store(archive.store), progress())
    clear_progress()
    damage = [(file.name, place) for file in found.files for place in file.damage]
    document = {
        "index": str(archive.index),
        "files": len(found.files),
        "damage": [{"file": name, "offset": place.offset, "detail": place.detail} for name, place in damage],
    }
    lines = [f"{archive.index} made anew from {len(found.files)} files"]
    lines += [f"  {name} at byte {place.offset}: {place.detail}" for name, place in damage]
    emit(document, lines, wants_json)
    return _FAULTS if damage else 0


@dataclass(frozen=True, slots=True)
class Serving:
    """How a served archive is reached."""

    host: str
    port: int
    base_url: str
    public: bool = False
    edit_token: str = ""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8001, show_default=True, type=click.IntRange(0, 65535))
@click.option("--base-url", help="The public address, where it is not the one of pincite.toml.")
@click.option("--edit", is_flag=True, help="Let the person at this machine write through the pages.")
@click.option(
    "--public",
    is_flag=True,
    help="Anyone may come: no SQL, and whole copies of pages only as public_copies in pincite.toml allows.",
)
@JSON
@click.pass_obj
def serve(here: Here, /, base_url: str | None, edit: bool, wants_json: bool, **given: Any) -> None:
    """Serve the archive as a site, with Datasette: all that no restriction hides.

    \b
    Examples:
      pincite serve
      pincite -A my-archive serve --port 8080
      pincite serve --edit
      pincite serve --public --host 0.0.0.0 --base-url https://archive.example.edu
    """
    archive = here.locate()
    if not archive.index.exists():
        raise UsageError(f"{archive.index} is not there: `pincite rebuild` makes it from the WARC files")
    base_url = archive.profile.base_url if base_url is None else base_url
    host, port = given["host"], given["port"]
    serving = Serving(host, port, base_url, given["public"], _edit_token(host) if edit else "")
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    enter = f"{address}-/pincite/enter?token={serving.edit_token}" if edit else None
    document = {
        "archive": archive.store,
        "address": address,
        "base-url": serving.base_url,
        "public": serving.public,
        "edit": enter,
    }
    lines = [f"{archive.store} is served at {address} (Ctrl-C ends it)"]
    lines += [f"To write as {archive.creator}, open {enter}"] if enter else []
    emit(document, lines, wants_json)
    sys.stdout.flush()
    # Datasette takes our place: it finds the plugin by its entry point, and the plugin the archive by the
    # environment, so that nothing here needs to import the site.
    os.execve(sys.executable, _datasette_command(archive, serving), _environment(archive, serving))


_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def _hosts(archive: settings.Archive, serving: Serving) -> str:
    """What the archive is called where it is served to this machine alone; empty where anyone may come."""
    if serving.public or serving.host not in _LOOPBACK:
        return ""
    bases = (serving.base_url, *archive.profile.former_base_urls)
    return " ".join(dict.fromkeys((*_LOOPBACK, *filter(None, (urlsplit(base).hostname for base in bases)))))


def _edit_token(host: str) -> str:
    """A token for the one local writer, another at every start."""
    if host not in _LOOPBACK:
        raise UsageError(
            f"--edit lets one person on this machine write, and {host} is heard elsewhere too: "
            "for several people use a plugin for passwords (docs/editing.md)"
        )
    return secrets.token_urlsafe(24)


def _environment(archive: settings.Archive, serving: Serving) -> dict[str, str]:
    store = archive.store if "://" in archive.store else str(Path(archive.store).resolve())
    return os.environ | {
        "PINCITE_ARCHIVE": store,
        "PINCITE_INDEX": str(archive.index.resolve()),
        "PINCITE_BASE_URL": serving.base_url,
        "PINCITE_FORMER_BASE_URLS": " ".join(archive.profile.former_base_urls),
        "PINCITE_OPERATOR": archive.profile.operator,
        "PINCITE_EDIT_TOKEN": serving.edit_token,
        "PINCITE_HOSTS": _hosts(archive, serving),
        "PINCITE_PUBLIC": "1" if serving.public else "",
        "PINCITE_PUBLIC_COPIES": " ".join(archive.profile.public_copies),
    }


def _described(archive: settings.Archive) -> str:
    """What Datasette is told, as a path; with the keeper's words in it, of a file that has no name."""
    from ingest.metadata_file import merged_metadata, metadata_file

    folder = archive.index.parent if "://" in archive.store else Path(archive.store)
    merged = merged_metadata(folder)
    if merged is None:
        return str(metadata_file())
    with tempfile.TemporaryFile() as made:
        made.write(merged.encode())
        made.seek(0)
        # Open through the exec and gone with the server: it may hold hashes of passwords.
        kept = os.dup(made.fileno())
    os.set_inheritable(kept, True)
    return f"/dev/fd/{kept}"


def _datasette_command(archive: settings.Archive, serving: Serving) -> list[str]:
    from importlib.metadata import version

    described = _described(archive)
    command = [sys.executable, "-m", "datasette", "serve", str(archive.index.resolve())]
    command += ["--metadata", described]
    if not version("datasette").startswith("0."):
        # Datasette 1.0 reads queries and settings from -c only; the same file serves both (docs of 1.0a41).
        command += ["--config", described]
    prefix = urlsplit(serving.base_url).path.rstrip("/")
    if prefix:
        command += ["--setting", "base_url", prefix + "/"]
    # Suggesting facets costs half a second a page on 600,000 rows; the useful ones are in metadata.yml.
    # A certificate chain of 6 kB in one cell makes its row taller than a screen; the row's page has it whole.
    at_home = "off" if serving.public else "on"
    for setting, value in (
        ("suggest_facets", "off"),
        ("truncate_cells_html", "100"),
        ("default_allow_sql", at_home),
        ("allow_download", at_home),
        # Behind a proxy that ends TLS, Datasette's own absolute addresses would begin with http.
        ("force_https_urls", "on" if serving.public and serving.base_url.startswith("https:") else "off"),
    ):
        command += ["--setting", setting, value]
    return [*command, "--host", serving.host, "--port", str(serving.port)]


COMMANDS: tuple[click.Command, ...] = (verify, rebuild, serve)
