"""The addresses of an archived page as addresses inside the archive. Pure.

A part of the page (style sheet, picture, font, medium) becomes the address of what its own visit recorded,
or nothing. A link to another page becomes an address of the archive that finds the nearest snapshot when it
is followed: so the bytes of a shown page never depend on what else is here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from archive.uri import is_web

# WHATWG URL: blanks and controls around a reference are dropped, tabs and line breaks inside it too.
_AROUND = "".join(map(chr, range(33)))
_INSIDE = re.compile(r"[\t\n\r]")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
# Pictures and fonts inside an address ask nobody, and run no script where a picture or font is expected.
_INLINE = re.compile(
    r"data:(?:image/[\w.+-]+|font/[\w.+-]+|application/(?:x-)?font[\w.+-]*|application/octet-stream"
    r"|application/vnd\.ms-fontobject)[;,]",
    re.IGNORECASE,
)
# Joining takes a page with many links most of its time, and leaves these as they are.
_WHOLE = re.compile(r"https?://[\w.-]+(?::\d+)?/[^\\]*$", re.ASCII)
_HARMLESS = re.compile(r"(?:mailto|tel):", re.IGNORECASE)
# No ampersand in parts: they stand in style sheets too, and in those of an SVG it begins a reference.
_KEPT = "%/:?@!$'()*+,;=~"
# A page with more addresses than this is made to keep us busy.
_MOST = 20_000

Find = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where an archived page or sheet stood, and how its parts are found.

    ``uri``: its address. ``find``: the id of what the visit recorded for an absolute address, or None.
    ``parts``, ``pages``: what the addresses of parts and of other pages begin with, relative to where the
    outcome is served.
    """

    uri: str
    find: Find
    parts: str
    pages: str


class Addresses:
    """Resolves the references of one page or sheet; remembers what was found and what is missing."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._base = setting.uri
        self._based = False
        self._known: dict[str, str | None] = {}
        self._missing: dict[str, None] = {}
        self._own = setting.uri.partition("#")[0]

    def base(self, reference: str) -> None:
        """What ``<base href>`` says; only the first counts."""
        if not self._based:
            self._base, self._based = self._joined(self._setting.uri, reference) or self._base, True

    @property
    def shown(self) -> int:
        """How many parts are here and shown."""
        return sum(1 for found in self._known.values() if found)

    @property
    def missing(self) -> tuple[str, ...]:
        """The addresses of parts that the page needs and the visit did not bring."""
        return tuple(self._missing)

    def lack(self, reference: str) -> None:
        """Note a part that the page needs and that is missing."""
        whole = self.absolute(reference)
        if whole:
            self._missing[whole.partition("#")[0]] = None

    def needed(self, reference: str) -> str | None:
        """The same as ``part``; noted where it is missing."""
        found = self.part(reference)
        if found is None:
            self.lack(reference)
        return found

    def absolute(self, reference: str) -> str | None:
        """The absolute web address of a reference, or None where it has none."""
        return self._joined(self._base, reference)

    def part(self, reference: str) -> str | None:
        """Where a part of the page is served from, or None where it is missing.

        A reference into the page itself (``#gradient``) and a picture inside the address stay.
        """
        reference = _trimmed(reference)
        if reference.startswith("#"):
            return "#" + quote(reference[1:], safe=_KEPT)
        if _INLINE.match(reference):
            return quote(reference, safe=_KEPT)
        whole = self.absolute(reference) if reference else None
        if whole is None:
            return None
        uri, _, fragment = whole.partition("#")
        if uri == self._own and fragment:
            return "#" + quote(fragment, safe=_KEPT)
        found = self._found(uri)
        if found is None:
            return None
        return f"{self._setting.parts}{found}" + (f"#{quote(fragment, safe=_KEPT)}" if fragment else "")

    def link(self, reference: str) -> str | None:
        """Where a link leads: within the page, to the archive's snapshot of another, or nowhere."""
        reference = _trimmed(reference)
        if reference.startswith("#") or _HARMLESS.match(reference):
            return reference[:1] + quote(reference[1:], safe=_KEPT)
        whole = self.absolute(reference)
        if whole is None:
            return None
        uri, mark, fragment = whole.partition("#")
        if uri == self._own and mark:
            return "#" + quote(fragment, safe=_KEPT)
        return self._setting.pages + quote(whole, safe=_KEPT + "#[]&")

    def _found(self, uri: str) -> str | None:
        if uri not in self._known:
            self._known[uri] = self._setting.find(uri) if len(self._known) < _MOST else None
        return self._known[uri]

    def _joined(self, base: str, reference: str) -> str | None:
        reference = _trimmed(reference)
        # Backslashes are slashes in web addresses, for browsers (WHATWG URL, special schemes).
        if "\\" in reference and (not _SCHEME.match(reference) or is_web(reference)):
            head, mark, tail = reference.partition("?")
            reference = head.replace("\\", "/") + mark + tail
        if _WHOLE.match(reference):
            return reference
        try:
            whole = urljoin(base, reference)
        except ValueError:
            return None
        return whole if is_web(whole) else None


def _trimmed(reference: str) -> str:
    reference = reference.strip(_AROUND)
    return _INSIDE.sub("", reference) if _INSIDE.search(reference) else reference


# A bracket that is never closed holds all that follows (4.8.4.2.1), and is looked through once.
_CANDIDATE = re.compile(r"[\s,]*+([^\s,]\S*+)([^,(]*+(?:\([^)]*+(?:\)|\Z)[^,(]*+)*+)")


def candidates(srcset: str) -> tuple[tuple[str, str], ...]:
    """The addresses of a ``srcset`` with their descriptors; commas may stand inside them (HTML 4.8.4.2.1).

    >>> candidates("a,b.png 1x, c.png 2x,d.png")
    (('a,b.png', '1x'), ('c.png', '2x'), ('d.png', ''))
    """
    found, position = [], 0
    while match := _CANDIDATE.match(srcset, position):
        uri, descriptor = match[1], match[2].strip()
        if uri.endswith(","):
            uri, descriptor, position = uri.rstrip(","), "", match.end(1)
        else:
            position = match.end()
        if uri:
            found.append((uri, descriptor))
    return tuple(found)
