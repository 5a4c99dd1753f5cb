"""The start tags of an HTML page and the addresses in a style sheet, found in one bounded pass. Pure.

A tree is not built: lxml needs seconds for a page of 340 kB with many attributes on one tag, and a visit
only needs to know what to fetch next. Every expression here is anchored and free of nested repetition.
"""

import codecs
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

# Beyond this a page is not looked through for what it needs.
LONGEST_PAGE = 5_000_000
_ATTRIBUTES = 100
_LONGEST_TAG = 65_536
_TAG = re.compile(r"<(!--|/?[a-zA-Z][^\s/>]{0,40})")
_ATTRIBUTE = re.compile(
    r"[\s/]*([^\s=>/]{1,200})(?:\s{0,50}=\s{0,50}(?:\"([^\"]{0,65536})\"|'([^']{0,65536})'|([^\s>]{0,65536})))?"
)
_RAW_TEXT = frozenset(("script", "style", "textarea", "title", "xmp", "noembed"))
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{1,40})", re.IGNORECASE)
_STATED = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag; ``text`` is what follows where the element holds raw text (a style sheet)."""

    name: str
    attributes: dict[str, str]
    text: str = ""
    in_noscript: bool = False

    def get(self, name: str) -> str:
        """An attribute without the blanks around it, ``""`` where it is absent."""
        return self.attributes.get(name, "").strip()


def decoded(body: bytes, content_type: str | None) -> str:
    """A page or sheet as characters, good enough to find addresses in; never raises."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    stated = _STATED.search(content_type or "")
    meta = _CHARSET.search(body[:2048])
    name = stated[1] if stated else meta[1].decode("ascii", "replace") if meta else "utf-8"
    try:
        return body.decode(name, "replace")
    except (LookupError, UnicodeError):
        return body.decode("utf-8", "replace")


def tags(page: str) -> Iterator[Tag]:
    """The start tags of a page in order; comments and the inside of scripts are passed over."""
    page = page[:LONGEST_PAGE]
    position, hidden = 0, 0
    while match := _TAG.search(page, position):
        name, position = match[1].lower(), match.end()
        if name == "!--":
            position = _behind(page, "-->", position)
        elif name == "/noscript":
            hidden = 0
        elif not name.startswith("/"):
            attributes, position = _attributes(page, position)
            text = ""
            if name in _RAW_TEXT:
                start = position
                position = _closing(page, name, start)
                text = page[start:position]
            hidden = 1 if name == "noscript" else hidden
            yield Tag(name, attributes, text, bool(hidden))


def _attributes(page: str, position: int) -> tuple[dict[str, str], int]:
    found: dict[str, str] = {}
    for _ in range(_ATTRIBUTES):
        match = _ATTRIBUTE.match(page, position)
        if not match:
            break
        value = match[2] or match[3] or match[4] or ""
        found.setdefault(match[1].lower(), html.unescape(value) if "&" in value else value)
        position = match.end()
    end = page.find(">", position, position + _LONGEST_TAG)
    return found, position if end < 0 else end + 1


def _behind(page: str, end: str, position: int) -> int:
    found = page.find(end, position)
    return len(page) if found < 0 else found + len(end)


def _closing(page: str, name: str, position: int) -> int:
    match = re.compile(f"</{name}", re.IGNORECASE).search(page, position)
    return match.start() if match else len(page)
