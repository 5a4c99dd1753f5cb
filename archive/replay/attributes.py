"""Attributes as a tag has them, and as they are written again. Pure."""

import re
from collections.abc import Mapping
from html import unescape
from html.entities import html5

from archive.replay.tokens import ATTRIBUTE

# HTML 13.2.5.73: in an attribute a reference without a semicolon counts only where no letter, digit or "="
# follows, so that ?a=1&copy=2 stays what it is.
_REFERENCE = re.compile(r"&(?:#[xX]?[0-9a-fA-F]+;?|([A-Za-z][A-Za-z0-9]*+)(;|(?![=])))")
_SPECIAL = re.compile(r"[<>\"]")
_ENTITIES = {"<": "&lt;", ">": "&gt;", '"': "&quot;"}


def parsed(source: str) -> dict[str, str]:
    """Names in lower case with their values as written, references and all; of two the first counts."""
    found: dict[str, str] = {}
    for name, double, single, bare in ATTRIBUTE.findall(source):
        found.setdefault(name.lower(), double or single or bare)
    return found


def value(raw: str) -> str:
    """A value as written, with its references as the characters that they stand for.

    >>> value("?a=1&copy=2&amp;b=3&#65;")
    '?a=1&copy=2&b=3A'
    """
    return _REFERENCE.sub(_character, raw) if "&" in raw else raw


def _character(match: re.Match[str]) -> str:
    if match[1] is None:
        return unescape(match[0])
    return html5.get(match[1] + match[2], match[0])


def raw(text: str) -> str:
    """A value with its references as written, fit to stand between double quotes."""
    return _SPECIAL.sub(lambda match: _ENTITIES[match[0]], text) if _SPECIAL.search(text) else text


def escaped(text: str) -> str:
    """Characters, fit to stand between double quotes."""
    return raw(text.replace("&", "&amp;") if "&" in text else text)


def written(attributes: Mapping[str, str]) -> str:
    """Attributes as a tag has them; the values are fit already."""
    return "".join(f' {name}="{text}"' if text else f" {name}" for name, text in attributes.items())
