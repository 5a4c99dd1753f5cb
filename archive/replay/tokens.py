"""HTML as a browser's tokenizer sees it: tags, text and raw text, in one linear pass. Pure.

No tree is built. The page goes through tag by tag, so a browser builds from what is let through the very
tree that it built from the page; deep nesting costs nothing, and no two parsers can disagree about what is
a tag, because every ``<`` of the outcome is written by us.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

# WHATWG HTML 13.2.5 (tag open to after attribute value). Every repetition is possessive: it gives nothing
# back, so a tag of 100,000 attributes is read once.
_NAME = r"[^\s/>][^\s/>=]*+"
_TAG = re.compile(
    rf"<(/?)([a-zA-Z][^\s/>]*+)((?:[\s/]*+{_NAME}(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+)*+)[\s/]*+(>?)",
    re.ASCII,
)
ATTRIBUTE = re.compile(rf"[\s/]*+({_NAME})(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>]*+)))?+", re.ASCII)
_WHOLE_COMMENT = re.compile(r"-?>")
_COMMENT_END = re.compile(r"--!?>")
_SCRIPT = re.compile(r"<!--|-->|<script(?=[\s/>])|</script(?=[\s/>])", re.IGNORECASE)
# What these hold is text up to their end tag. A sandboxed browser has scripts off: noscript is markup.
RAW = frozenset(("iframe", "noembed", "script", "style", "textarea", "title", "xmp"))
_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW}
_FOREIGN = frozenset(("svg", "math"))


class Token(NamedTuple):
    """A piece of a page. ``kind``: ``start``, ``end``, ``text``, ``raw`` or ``doctype``.

    ``name``: of a tag, in lower case; of raw text that of its element. ``source``: the text, the raw text or
    the tag's attributes, as written. ``foreign``: how many svg and math elements are open around it.
    """

    kind: str
    name: str
    source: str
    closed: bool = False
    foreign: int = 0


def tokens(page: str) -> Iterator[Token]:
    """The tokens of a page; comments, processing instructions and a tag that never ends are left out."""
    position, foreign = 0, 0
    while (at := page.find("<", position)) >= 0:
        if at > position:
            yield Token("text", "", page[position:at], False, foreign)
        match = _TAG.match(page, at)
        if match is None:
            token, position = _declaration(page, at, foreign)
            if token:
                yield token
            continue
        end, name, attributes, over = match.groups()
        position = match.end()
        if not over:
            return
        name = name.lower()
        if end:
            foreign -= name in _FOREIGN and foreign > 0
            yield Token("end", name, "", False, foreign)
            continue
        closed = "/" in page[match.end(3) : position - 1]
        yield Token("start", name, attributes, closed, foreign)
        if name in _FOREIGN:
            foreign += not closed
        elif name in RAW and not (closed and foreign):
            start, position = position, _end_of(page, name, position)
            yield Token("raw", name, page[start:position], False, foreign)
        elif name == "plaintext":
            yield Token("text", "", page[position:], False, foreign)
            return
    if position < len(page):
        yield Token("text", "", page[position:], False, foreign)


def _declaration(page: str, at: int, foreign: int) -> tuple[Token | None, int]:
    """What begins with ``<`` and is no tag, and where it ends."""
    following = page[at + 1 : at + 2]
    if following not in ("!", "?", "/") or following == "":
        return Token("text", "", "<", False, foreign), at + 1
    if page.startswith("<!--", at):
        # "<!-->" and "<!--->" are whole comments (13.2.5.43).
        match = _WHOLE_COMMENT.match(page, at + 4) or _COMMENT_END.search(page, at + 4)
        return None, match.end() if match else len(page)
    if foreign and page.startswith("<![CDATA[", at):
        end = page.find("]]>", at)
        end = len(page) if end < 0 else end
        return Token("text", "", page[at + 9 : end].replace("&", "&amp;"), False, foreign), end + 3
    end = page.find(">", at)
    end = len(page) if end < 0 else end
    if page[at : at + 9].lower() == "<!doctype":
        return Token("doctype", "", page[at + 9 : end], False, foreign), end + 1
    return None, end + 1


def _end_of(page: str, name: str, position: int) -> int:
    """Where the end tag of an element of raw text begins."""
    if name == "script":
        return _end_of_script(page, position)
    match = _ENDS[name].search(page, position)
    return match.start() if match else len(page)


def _end_of_script(page: str, position: int) -> int:
    """The same for a script, in which ``<!-- <script>`` hides the next end tag (13.2.5.20 and on)."""
    escaped = hidden = False
    while match := _SCRIPT.search(page, position):
        found, position = match[0].lower(), match.end()
        if found == "<!--":
            # The dashes may be those of "-->" as well.
            escaped, position = True, position - 2
        elif found == "-->":
            escaped = hidden = False
        elif found == "<script":
            hidden = escaped
        elif hidden:
            hidden = False
        else:
            return match.start()
    return len(page)
