"""What commands share: which archive is meant, and the options of those that reach out."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.errors import NoArchive, UsageError
from ingest import settings
from ingest.cli.output import clear_progress, progress

if TYPE_CHECKING:
    from ingest.capture import Tools
    from ingest.gathering import Incoming


@dataclass(frozen=True, slots=True)
class Here:
    """Which archive the command line named, if any."""

    archive: str | None
    index: str | None

    def locate(self) -> settings.Archive:
        """The archive that is meant.

        :raises NoArchive: there is none.
        """
        return settings.locate(self.archive, Path.cwd(), Path(self.index) if self.index else None)

    def locate_or_make(self) -> settings.Archive:
        """The archive that is meant; one that -A names and that is not there yet is made."""
        try:
            return self.locate()
        except NoArchive:
            if not self.archive or (Path(self.archive).is_dir() and any(Path(self.archive).iterdir())):
                raise
            return settings.create(Path(self.archive), settings.Profile())


JSON = click.option("--json", "wants_json", is_flag=True, help="One JSON document on stdout.")


class _Words(click.ParamType[str]):
    """What a person says: text on one line. Bytes that are none would fail only when they are written."""

    name = "text"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        """The same words, or a complaint that names the option."""
        wrong = next((symbol for symbol in value if unicodedata.category(symbol) in ("Cc", "Cs")), None)
        if wrong:
            self.fail(
                f"{value!r} holds {wrong!r}, which is no text: write it in UTF-8, on one line", param, ctx
            )
        return str(value)


WORDS = _Words()
FROM_LIST = click.option("-i", "--input", "listed", type=click.File("rb"), metavar="FILE",
                         help="A file with an address or path a line, or a library (BibTeX, RIS, CSL-JSON, "
                              "CSV, Zotero RDF); - reads it from stdin.")  # fmt: skip


BY = click.option(
    "--by", type=WORDS, metavar="NAME", help="Who says so; default: the operator of the archive."
)
COLLECTION = click.option("--collection", "collections", multiple=True, type=WORDS, metavar="NAME",
                          help="Put what comes in into this collection; may be repeated.")  # fmt: skip
def semantic_options(command: Any) -> Any:
    """The options of the commands that look for passages."""
    command = click.option(
        "--encoder", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
        help="The same with an encoder of your own: a Python file with encode(texts); docs/evidence.md.",
    )(command)  # fmt: skip
    return click.option(
        "--semantic", is_flag=True,
        help="Let a sentence encoder help to tell whether a claim is in a source; "
             "needs pip install 'pincite[semantic]'.",
    )(command)  # fmt: skip


def network_options(command: Any) -> Any:
    """The options of every command that may reach out."""
    options = (
        click.option("--jobs", type=click.IntRange(1, 256), default=8, show_default=True,
                     help="How many sources are captured at once."),
        click.option("--max-age", default="1d", show_default=True, metavar="AGE",
                     help="Take a good snapshot no older than this (30m, 12h, 1d, 2w); 0 always captures; "
                          "any takes every good one, imported ones too."),
        click.option("--allow-private", multiple=True, metavar="CIDR",
                     help="Let this loopback or private network be reached, such as 127.0.0.0/8."),
        click.option("--robots", type=click.Choice(["record", "obey"]), default="record", show_default=True,
                     help="Record what robots.txt says of a page and capture it on your behalf, or obey it."),
        click.option("--no-requisites", is_flag=True, help="Leave out style sheets, images and fonts."),
        click.option("--ca-file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
                     help="A further certificate authority to trust (PEM)."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def chosen_settings(given: dict[str, Any], resolver: str | None = None) -> settings.Settings:
    """The settings that the network options of a command give."""
    return settings.Settings(
        jobs=given["jobs"],
        max_age=settings.parse_age(given["max_age"]),
        allow_private=tuple(settings.parse_network(network) for network in given["allow_private"]),
        obey_robots=given["robots"] == "obey",
        requisites=not given["no_requisites"],
        resolver=None if resolver == "none" else resolver or settings.WIKIPEDIA,
        doi_resolver=given.get("doi_resolver") or settings.DOI_RESOLVER,
        ca_file=given["ca_file"],
        semantic=given.get("semantic", False),
        encoder=given.get("encoder"),
    )


@contextmanager
def working(archive: settings.Archive, chosen: settings.Settings) -> "Iterator[Tools]":
    """What a command works with, closed behind it; progress goes to stderr meanwhile."""
    from ingest.capture import tools

    with tools(archive, chosen, progress()) as held:
        yield held
    clear_progress()


def incoming(named: tuple[str, ...], listed: Any) -> "Incoming":
    """What the command line and the file of -i name: a list of addresses and paths, or a library.

    :raises UsageError: nothing; or a line of a list is no text, and which; or it is no library.
    """
    from ingest.gathering import Incoming
    from ingest.library import form_of, read_library

    data = listed.read() if listed else b""
    name = str(getattr(listed, "name", ""))
    library = None
    if data and form_of(data.decode("utf-8-sig", "replace"), name) != "list":
        library = read_library(data, name)
    lines = [] if library else [_line(number, line) for number, line in enumerate(data.splitlines(), 1)]
    found = (*named, *(line for line in lines if line and not line.startswith("#")))
    if not found and not library:
        raise UsageError("nothing to do: name an address or a file, or give a list with -i")
    return Incoming(found, library)


def _line(number: int, line: bytes) -> str:
    try:
        # Windows editors put a byte order mark before the first line.
        return line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
    except UnicodeDecodeError as error:
        raise UsageError(
            f"line {number} of the list is no UTF-8 text: {line[:60]!r}; save it as UTF-8"
        ) from error
