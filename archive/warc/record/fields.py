"""Lines of named fields, as WARC and HTTP both write them: `name: value`, up to an empty line."""

import re
from dataclasses import dataclass
from typing import BinaryIO

# Pages of fields are kilobytes long; what is longer than this is no head.
MOST = 1024 * 1024
VERSION_LINE = re.compile(rb"WARC/(\d+\.\d+)[ \t]*\r?\n$")


@dataclass(frozen=True, slots=True)
class FieldLines:
    """Fields as written; ``size`` of their lines with the empty one.

    ``closed``: the empty line was there. ``bare``: some line ends in LF alone. ``odd``: without a colon.
    """

    fields: tuple[tuple[str, str], ...]
    size: int
    closed: bool
    bare: bool
    odd: int


def field_lines(stream: BinaryIO, limit: int = MOST) -> FieldLines:
    """Fields up to an empty line, the end of the stream, ``limit`` bytes or the head of a WARC record."""
    size, closed, bare = 0, False, False
    lines: list[list[bytes]] = []
    while line := stream.readline(max(0, limit - size)):
        if VERSION_LINE.match(line):
            break
        size += len(line)
        bare = bare or (line.endswith(b"\n") and not line.endswith(b"\r\n"))
        if line in (b"\r\n", b"\n"):
            closed = True
            break
        if line[:1] in b" \t" and lines:
            lines[-1].append(line.strip())
        else:
            lines.append([line.strip()])
    whole = [b" ".join(parts) for parts in lines]
    fields = tuple(_field(line) for line in whole if b":" in line)
    return FieldLines(fields, size, closed, bare, len(whole) - len(fields))


def _field(line: bytes) -> tuple[str, str]:
    name, _, value = line.partition(b":")
    return text(name.strip()), text(value.strip())


def text(raw: bytes) -> str:
    """Field bytes as text: UTF-8, else Latin-1 as HTTP once had it (never a lone surrogate)."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def first_field(fields: tuple[tuple[str, str], ...], name: str) -> str | None:
    """The first value of a field, whatever the case of its name."""
    wanted = name.lower()
    return next((value for given, value in fields if given.lower() == wanted), None)
