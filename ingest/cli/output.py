"""How the command line speaks: results on stdout, progress on stderr, one JSON document where asked."""

import dataclasses
import json
import shutil
import sys
from collections.abc import Callable, Iterable

import click

Say = Callable[[str], None]


def as_json(document: object) -> str:
    """A report or document as one JSON text; dataclasses by their fields, UTF-8 unescaped."""
    return json.dumps(document, default=_plain, ensure_ascii=False, indent=2)


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    raise TypeError(f"no JSON for {type(value).__name__}")


def emit(document: object, lines: Iterable[str], wants_json: bool) -> None:
    """Print the document for programs, or the lines for people."""
    if wants_json:
        click.echo(as_json(document))
        return
    for line in lines:
        click.echo(line)


def progress() -> Say:
    """Where progress goes: one line that is written over on a terminal, plain lines elsewhere."""
    if not sys.stderr.isatty():
        return lambda message: click.echo(message, err=True)
    width = max(20, shutil.get_terminal_size().columns - 1)
    return lambda message: click.echo("\r\x1b[K" + message[:width], err=True, nl=False)


def clear_progress() -> None:
    """Take the progress line off the terminal before a result is printed."""
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)
