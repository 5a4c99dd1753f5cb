"""What an HTML page or a style sheet needs to be looked at later, as references in order of need. Pure.

Sheets first, then pictures, icons, and what sheets ask for; the further widths of a ``srcset`` come last, so
that a limit cuts those. Scripts are not fetched: an archived page is shown without them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal
from urllib.parse import urljoin, urlsplit

from ingest.fetch.tags import Tag, tags

Kind = Literal["sheet", "picture", "icon", "font", "width"]
# A page that asks for more is made to keep us busy; far fewer are fetched anyway.
_MOST = 5000
_ORDER: tuple[Kind, ...] = ("sheet", "picture", "icon", "font", "width")
# Where lazy loaders keep the picture's address until a script puts it into src.
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-url", "data-hi-res-src")
_LAZY_SETS = ("data-srcset", "data-lazy-srcset", "imagesrcset")
_ICONS = frozenset(("icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon"))
_FONT = re.compile(r"\.(?:woff2?|ttf|otf|eot)(?:[?#]|$)", re.IGNORECASE)
_IMPORT = re.compile(r"@import\s{1,50}(?:\"([^\"\n]{1,8192})\"|'([^'\n]{1,8192})')", re.IGNORECASE)
# A bracket ends a reference without quotes (CSS Syntax, 4.3.6), so that "url(url(url(" takes no time.
_URL = re.compile(
    r"(@import\s{1,50})?url\(\s{0,50}"
    r"(?:\"([^\"\n]{1,8192})\"|'([^'\n]{1,8192})'|((?:[^()\"'\s\\]|\\.){1,8192}))\s{0,50}\)",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})[ \t\n]?|\\(.)", re.DOTALL)
_CANDIDATE = re.compile(r"[\s,]*([^\s,][^\s]{0,8192})([^,(]{0,200}(?:\([^)]{0,200}\)[^,(]{0,200})?)")


@dataclass(frozen=True, slots=True)
class Need:
    """A further address, absolute and without fragment, and what it is needed as."""

    uri: str
    kind: Kind


def of_page(page: str, uri: str) -> tuple[Need, ...]:
    """What a page needs, each address once."""
    base, based = uri, False
    needs: list[tuple[Kind, str]] = []
    for tag in tags(page):
        if tag.name == "base" and tag.get("href") and not based:
            base, based = _joined(uri, tag.get("href")) or uri, True
        needs.extend(_of_tag(tag))
        if len(needs) > _MOST:
            break
    return _ordered(needs, base)


def of_sheet(sheet: str, uri: str) -> tuple[Need, ...]:
    """What a style sheet needs: further sheets first, then pictures and fonts."""
    return _ordered(list(islice(_of_style(sheet), _MOST)), uri)


def _of_tag(tag: Tag) -> Iterator[tuple[Kind, str]]:
    if tag.get("style"):
        yield from _of_style(tag.get("style"))
    if tag.name == "style":
        yield from _of_style(tag.text)
    elif tag.name == "link":
        yield from _of_link(tag)
    elif tag.name in ("img", "source", "video", "input", "image", "use", "body", "table", "td"):
        yield from _of_picture(tag)


def _of_link(tag: Tag) -> Iterator[tuple[Kind, str]]:
    relations = set(tag.get("rel").lower().split())
    kind = tag.get("as").lower()
    if "stylesheet" in relations or ("preload" in relations and kind == "style"):
        yield "sheet", tag.get("href")
    elif relations & _ICONS:
        yield "icon", tag.get("href")
    elif "preload" in relations and kind == "font":
        yield "font", tag.get("href")
    elif "preload" in relations and kind == "image":
        yield "picture", tag.get("href")
        for candidate in candidates(tag.get("imagesrcset")):
            yield "width", candidate


def _of_picture(tag: Tag) -> Iterator[tuple[Kind, str]]:
    if tag.name == "img" or (tag.name == "input" and tag.get("type").lower() == "image"):
        for name in ("src", *_LAZY):
            yield "picture", tag.get(name)
    elif tag.name == "video":
        yield "picture", tag.get("poster")
    elif tag.name in ("image", "use"):
        yield "picture", tag.get("href") or tag.get("xlink:href")
    elif tag.name in ("body", "table", "td"):
        yield "picture", tag.get("background")
    if tag.name in ("img", "source"):
        for name in ("srcset", *_LAZY_SETS):
            for candidate in candidates(tag.get(name)):
                yield "width", candidate


def candidates(srcset: str) -> tuple[str, ...]:
    """The addresses of a ``srcset``; commas may stand inside them.

    >>> candidates("a,b.png 1x, c.png 2x,d.png")
    ('a,b.png', 'c.png', 'd.png')
    """
    found, position = [], 0
    while match := _CANDIDATE.match(srcset, position):
        uri = match[1]
        # A comma at the end of the address ends the candidate: it has no descriptor (HTML 4.8.4.2.1).
        position = match.end(1) if uri.endswith(",") else match.end()
        found.append(uri.rstrip(","))
    return tuple(uri for uri in found if uri)


def _of_style(style: str) -> Iterator[tuple[Kind, str]]:
    style = _without_comments(style)
    for match in _IMPORT.finditer(style):
        yield "sheet", _unescaped(match[1] or match[2])
    for match in _URL.finditer(style):
        reference = _unescaped(match[2] or match[3] or match[4])
        yield ("sheet" if match[1] else "font" if _FONT.search(reference) else "picture"), reference


def _without_comments(style: str) -> str:
    kept, position = [], 0
    while (start := style.find("/*", position)) >= 0:
        kept.append(style[position:start])
        end = style.find("*/", start + 2)
        if end < 0:
            return " ".join(kept)
        position = end + 2
    return " ".join((*kept, style[position:]))


def _unescaped(value: str) -> str:
    def one(match: re.Match[str]) -> str:
        point = int(match[1], 16) if match[1] else 0
        if not match[1]:
            return "" if match[2] == "\n" else match[2]
        return chr(point) if 0 < point < 0x110000 and not 0xD800 <= point < 0xE000 else "\ufffd"

    return _ESCAPE.sub(one, value) if "\\" in value else value


def _ordered(needs: list[tuple[Kind, str]], base: str) -> tuple[Need, ...]:
    found: dict[str, Need] = {}
    for kind in _ORDER:
        for wanted, reference in needs:
            uri = _joined(base, reference) if wanted == kind and reference else None
            if uri:
                found.setdefault(uri, Need(uri, kind))
    return tuple(found.values())


def _joined(base: str, reference: str) -> str | None:
    try:
        uri = urljoin(base, reference).partition("#")[0]
        web = urlsplit(uri).scheme in ("http", "https")
    except ValueError:
        return None
    # A reference to a place in the page itself (an SVG gradient, an empty src) needs nothing.
    return uri if web and uri != base.partition("#")[0] else None
