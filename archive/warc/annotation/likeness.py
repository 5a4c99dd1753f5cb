"""Whether two nouns say the same, whenever they said it. Pure."""

from dataclasses import replace

from archive.model import Reading, Statement


def same_but_created(a: Reading | Statement, b: Reading | Statement) -> bool:
    """Whether two readings or statements say the same; when, and so under which id, makes no difference."""
    return type(a) is type(b) and _undated(a) == _undated(b)


def _undated(noun: Reading | Statement) -> Reading | Statement:
    return replace(noun, created="", id="", place=None)
