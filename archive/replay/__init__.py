"""An archived page as safe HTML: no script, every address inside the archive. Pure. The face of this folder.

bytes of a page, its charset, a look-up from address to id   ->   UTF-8 bytes that ask nobody else
bytes of a style sheet, the same                             ->   the same for the sheet
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from archive.model import Passage
from archive.replay.addresses import Addresses, Find, Setting
from archive.replay.css import rewritten
from archive.replay.page import Page
from archive.replay.passages import PASSAGE, marked
from archive.warc.media.encoding import decode

__all__ = ["PASSAGE", "Find", "Kind", "Setting", "Shown", "safe_page", "safe_sheet"]

Kind = Literal["html", "xhtml", "text"]
_PLAIN = '<!DOCTYPE html><pre style="white-space:pre-wrap;overflow-wrap:anywhere">'
_CHARSET = re.compile(rb"@charset \"([\w.:-]{1,40})\"")


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as it may be shown.

    ``body``: HTML, UTF-8. ``parts``: how many parts of it (sheets, pictures, fonts) are shown, ``missing``:
    the addresses of those that the visit did not bring. ``found``: for each passage asked for, whether it
    was found again and marked.
    """

    body: bytes
    parts: int
    missing: tuple[str, ...]
    found: tuple[bool, ...]


def safe_page(
    body: bytes, charset: str | None, setting: Setting, passages: Sequence[Passage] = (), kind: Kind = "html"
) -> Shown:
    """An archived page, safe to be shown; never raises, whatever the bytes are.

    ``charset`` as the server stated it. ``kind``: as which the page was served; in ``xhtml`` a ``<div/>`` is
    whole, ``text`` is shown as it stands.
    """
    page = Page(setting, kind == "xhtml")
    text = _lines(decode(body, charset))
    page.take(f"{_PLAIN}{escape(text, quote=False)}</pre>" if kind == "text" else text)
    found = marked(page.out, page.spoken, passages)
    html = "".join(page.out)
    return Shown(html.encode("utf-8", "replace"), page.addresses.shown, page.addresses.missing, found)


def safe_sheet(body: bytes, charset: str | None, setting: Setting) -> bytes:
    """An archived style sheet with every address inside the archive."""
    said = _CHARSET.match(body)
    sheet = decode(body, charset or (said[1].decode("ascii") if said else None))
    return rewritten(_lines(sheet), Addresses(setting).needed).encode("utf-8", "replace")


def _lines(text: str) -> str:
    """As a browser preprocesses its input: one kind of line break, no NUL."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
