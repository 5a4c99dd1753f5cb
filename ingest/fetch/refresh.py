"""Where an answer sends its reader on: Location, the Refresh field, ``<meta http-equiv=refresh>``. Pure."""

import re

from ingest.fetch.heard import Heard
from ingest.fetch.tags import decoded, tags

REDIRECTS = frozenset((301, 302, 303, 307, 308))
# A refresh that is meant as a redirect stands in the head of a short page.
LOOKED_THROUGH = 65_536
_REFRESH = re.compile(
    r"\s{0,50}(\d{0,9})(?:\.[\d.]{0,20})?\s{0,50}[;,\s]\s{0,50}(?:url\s{0,50}=\s{0,50})?"
    r"(?:\"([^\"]{1,8192})|'([^']{1,8192})|([^\"'\s].{0,8192}))",
    re.IGNORECASE,
)


def location(heard: Heard) -> str | None:
    """What a redirect's Location says, or None."""
    if heard.status not in REDIRECTS:
        return None
    written = (heard.field("location") or "").strip()
    return _utf8(written) or None


def refresh_field(heard: Heard, longest: float) -> str | None:
    """Where the Refresh field leads, if soon enough."""
    return read_refresh(_utf8(heard.field("refresh") or ""), longest)


def meta_refresh(page: bytes, content_type: str | None, longest: float) -> str | None:
    """Where the page's own refresh leads. One for readers without script (``noscript``) is not taken:
    it leads to a page that asks for a script, away from the text."""
    for tag in tags(decoded(page[:LOOKED_THROUGH], content_type)):
        if tag.name == "meta" and tag.get("http-equiv").lower() == "refresh" and not tag.in_noscript:
            return read_refresh(tag.get("content"), longest)
    return None


def read_refresh(content: str, longest: float) -> str | None:
    """The address in a refresh of at most so many seconds.

    >>> read_refresh("0; URL='/next'", 5.0)
    '/next'
    """
    match = _REFRESH.match(content)
    if not match or float(match[1] or 0) > longest:
        return None
    return (match[2] or match[3] or match[4]).strip() or None


def _utf8(value: str) -> str:
    """A field's value, which was read as Latin-1, as the UTF-8 that most servers mean."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value
