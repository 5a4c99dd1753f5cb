"""An address on the wire: in a header, in a path of ours, and in the form that all its spellings share."""

import re
from functools import lru_cache
from urllib.parse import quote, unquote

from archive.uri.keys import DEFAULT_PORT, OPAQUE, ascii_host, without_brackets

# What may stand in a URI as it is (RFC 3986); brackets only around an IPv6 address.
_IN_URI = "%/:?@!$&'()*+,;=-._~"
_NO_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_AUTHORITY = re.compile(r"^([A-Za-z][A-Za-z0-9+.\-]*)://([^/?]*)(.*)$", re.DOTALL)
_ESCAPED_WHOLE = re.compile(r"^(?:https?|ftp)%3a", re.IGNORECASE)
_SLASHES = re.compile(r"^(https?|ftp):/*", re.IGNORECASE)
_MERGED_NI = re.compile(r"^ni:/+", re.IGNORECASE)


@lru_cache(maxsize=256)
def wire(uri: str) -> str:
    """An address as it stands in a header or in a path of ours: ASCII only, and without its fragment.

    A host in other letters is in its ASCII form, what no URI may hold is escaped (RFC 3987, section 3.1).
    The same again changes nothing.

    >>> wire("https://münchen.example/<i>?ü#top")
    'https://xn--mnchen-3ya.example/%3Ci%3E?%C3%BC'
    """
    uri = without_brackets(uri).partition("#")[0].encode("utf-8", "replace").decode("utf-8")
    match = _AUTHORITY.match(uri)
    if match is None:
        return _wired(uri)
    user, at, name = match[2].rpartition("@")
    bare, colon, port = name.partition(":")
    plain = unquote(bare)
    ascii_name = name if plain.isascii() else ascii_host(plain.lower()) + colon + port
    return f"{match[1]}://{_wired(user)}{at}{_wired(ascii_name, '[]')}{_wired(match[3])}"


def _wired(part: str, more: str = "") -> str:
    """Escapes stay; a percent sign that begins none is itself escaped."""
    return quote(_NO_ESCAPE.sub("%25", part), safe=_IN_URI + more)


def normal(uri: str) -> str:
    """An address in the form that all spellings of it share (RFC 3986, section 6.2); case of the path counts.

    >>> normal("HTTP://Example.org:80") == normal("http://example.org/#top")
    True
    >>> normal("http://example.org/A%7e") == normal("http://example.org/a~")
    False
    """
    match = _AUTHORITY.match(wire(uri))
    if match is None:
        return wire(uri)
    scheme, name = match[1].lower(), match[2].lower()
    path, mark, query = match[3].partition("?")
    name = name.removesuffix(f":{DEFAULT_PORT.get(scheme, '')}").removesuffix(".")
    return f"{scheme}://{name}{_plain_escapes(_without_dots(path))}{mark}{_plain_escapes(query)}"


def _plain_escapes(part: str) -> str:
    def plain(match: re.Match[str]) -> str:
        symbol = chr(int(match[1], 16))
        return symbol if symbol.isascii() and (symbol.isalnum() or symbol in "-._~") else match[0].upper()

    return _ESCAPE.sub(plain, part)


def _without_dots(path: str) -> str:
    segments: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            del segments[-1:]
        elif segment != ".":
            segments.append(segment)
    ends_open = path.endswith(("/.", "/.."))
    return "/" + "/".join([*segments, ""] if ends_open else segments)


def in_path(written: str) -> str:
    """The address that stands at the end of a path, as people and proxies write it there.

    Without a scheme it is an http address; of two slashes a proxy may have left one; some clients escape it
    whole.

    >>> in_path("https:/example.org/a?b=1"), in_path("example.org:8080/a")
    ('https://example.org/a?b=1', 'http://example.org:8080/a')
    >>> in_path("HTTP%3A%2F%2Fexample.org%2F%3Fb")
    'http://example.org/?b'
    """
    if _ESCAPED_WHOLE.match(written):
        written = unquote(written)
    if OPAQUE.match(written):
        return _MERGED_NI.sub("ni:///", written)
    match = _SLASHES.match(written)
    if match is None:
        return f"http://{written.lstrip('/')}"
    return f"{match[1].lower()}://{written[match.end() :]}"


# What follows the address of a page of ours; a name that ends so has to be told from it.
_LIKE_A_FILE = re.compile(r"^\.+$|\.(?:json|jsonld|bib|biblatex|ris|atom)$", re.IGNORECASE)


def segment(name: str) -> str:
    """A name that people gave, as one segment of a path of ours (RFC 3986, section 3.3).

    >>> segment("Ph.D. thesis / Łódź"), segment("notes.json")
    ('Ph.D.%20thesis%20%2F%20%C5%81%C3%B3d%C5%BA', 'notes%2Ejson')
    """
    written = quote(name.encode("utf-8", "replace"), safe="")
    return written.replace(".", "%2E") if _LIKE_A_FILE.search(name) else written
