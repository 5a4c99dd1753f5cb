"""Footnotes of Markdown: notes of several paragraphs, notes inside the text, and where they are used. Pure.

    claim[^a]        [^a]: The note,
                     which goes on in a lazy line.

                         Its next paragraph is indented.
    claim^[The note, with [brackets](https://…) in it.]
"""

import re
from collections.abc import Callable

from ingest.manuscripts.markdown import without_code

_KEY = r"\[\^([^\]\s]{1,60})\]"
# A line that begins something of its own goes on with no note.
_LAZY = r"\n(?![ \t]*+(?:\[\^|#|>|[-*+][ \t]|\d{1,3}[.)][ \t]|`{3}|~{3}|\||:{3}|</?\w))[ \t]*+\S.*"
_DEFINITION = re.compile(
    rf"^ {{0,3}}{_KEY}:[ \t]*(.*(?:{_LAZY})*"
    r"(?:(?:\n[ \t]*+(?=\n))*+\n(?: {2}|\t)[ \t]*+\S.*)*)", re.MULTILINE
)
_USE = re.compile(_KEY)
_OPENED = re.compile(r"(?<![\\\]])\^\[")
_RAISED = re.compile(r"\^[^\s^]{1,20}\^$")
_BRACKET = re.compile(r"\\.|\n[ \t]*+\n|[\[\]]")
_INDENT = re.compile(r"^ {1,4}", re.MULTILINE)
_LONGEST = 4000


def footnotes(source: str) -> tuple[str, dict[str, str]]:
    """A source without its notes, each use now written ``[^key]``, and the notes by their keys.

    >>> footnotes("It fell^[A storm.].")
    ('It fell[^1].', {'1': 'A storm.'})
    """
    shown = without_code(source)
    notes: dict[str, str] = {}
    pieces, at = [], 0
    for found in _DEFINITION.finditer(source):
        # What a fence or a comment shows is an example of a note.
        if shown[found.start() : found.end(1)].strip():
            notes.setdefault(found[1], _dedented(found[2]))
            pieces.append(source[at : found.start()])
            at = found.end()
    return _inline("".join(pieces) + source[at:], notes), notes


def used(source: str, mark: Callable[[str], str | None]) -> str:
    """The source with each use of a note written as ``mark`` has it by the note's key; code keeps its own."""
    pieces, at = [], 0
    for found in _USE.finditer(without_code(source)):
        written = mark(found[1])
        if written is not None:
            pieces += [source[at : found.start()], written]
            at = found.end()
    return "".join(pieces) + source[at:]


def _dedented(written: str) -> str:
    """A note's words with the indents of its paragraphs taken off: lazy lines have none."""
    return _INDENT.sub("", written.expandtabs(4)).strip()


def _inline(source: str, notes: dict[str, str]) -> str:
    """The source with each note that stands inside the text as a use of one more note, numbered freely."""
    shown = without_code(source)
    closed = _closed(shown)
    pieces, at, number = [], 0, 0
    for found in _OPENED.finditer(shown):
        start = found.end()
        end = closed.get(start - 1, start)
        # "x^2^[2]": what stands between two such signs is raised and opens no note.
        if found.start() < at or end - start > _LONGEST or not source[start:end].strip():
            continue
        if _RAISED.search(shown, max(0, start - 22), start - 1):
            continue
        number += 1
        while str(number) in notes:
            number += 1
        notes[str(number)] = " ".join(source[start:end].split())
        pieces += [source[at : found.start()], f"[^{number}]"]
        at = end + 1
    return "".join(pieces) + source[at:]


def _closed(shown: str) -> dict[int, int]:
    """Where each square bracket is closed in its own paragraph."""
    closed: dict[int, int] = {}
    opened: list[int] = []
    for found in _BRACKET.finditer(shown):
        if found[0] == "[":
            opened.append(found.start())
        elif found[0] == "]" and opened:
            closed[opened.pop()] = found.start()
        elif found[0][0] == "\n":
            opened.clear()
    return closed
