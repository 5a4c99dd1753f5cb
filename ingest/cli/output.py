"""How the command line speaks: results on stdout, progress on stderr, one JSON document where asked."""

import dataclasses
import json
import math
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterable

import click

Say = Callable[[str], None]
# Control characters, which a terminal obeys; marks that turn the direction of what stands behind them; halves
# of surrogate pairs, which are no text.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# A log with a line for each of ten thousand files helps nobody; one that stands still for long worries.
_SECONDS_BETWEEN_LINES = 1.0


def as_json(document: object) -> str:
    """A report or document as one JSON text; dataclasses by their fields, UTF-8 unescaped."""
    return json.dumps(document, default=_plain, ensure_ascii=False, indent=2)


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    raise TypeError(f"no JSON for {type(value).__name__}")


def readable(words: str) -> str:
    """Words as a terminal may show them: what was archived or imported must not steer it."""
    return _STEERING.sub("\ufffd", words)


def emit(document: object, lines: Iterable[str], wants_json: bool) -> None:
    """Print the document for programs, or the lines for people."""
    if wants_json:
        click.echo(as_json(document))
        return
    for line in lines:
        click.echo(readable(line))


def progress() -> Say:
    """Where progress goes: one line written over on a terminal, a plain line now and then elsewhere."""
    width = max(20, shutil.get_terminal_size().columns - 1)
    written = [-math.inf]

    def say(message: str) -> None:
        now = time.monotonic()
        if sys.stderr.isatty():
            click.echo("\r\x1b[K" + readable(message)[:width], err=True, nl=False)
        elif now - written[0] >= _SECONDS_BETWEEN_LINES:
            click.echo(readable(message), err=True)
            written[0] = now

    return say


def clear_progress() -> None:
    """Take the progress line off the terminal before a result is printed."""
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)
