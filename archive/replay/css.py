"""Style sheets with every address inside the archive. Pure.

escapes that hide a letter are written out, so that \\75rl( is url(     ->   no name is hidden
comments go                                                             ->   nothing stands inside a name
url(), @import, image-set(): the address of what the visit recorded, else an address that is empty
"""

import re
from collections.abc import Callable

Part = Callable[[str], str | None]
# From where to where, and what stands there instead.
Spot = tuple[int, int, str]

# Nothing is fetched for it, and no picture comes of it.
NOTHING = "data:,"
# A backslash may be the last symbol: where it ended no string, each quote before it was tried to the end.
_STRING = r"\"(?:[^\"\\\n]|\\(?:.|\Z))*+(?:\"|(?=\n)|\Z)|'(?:[^'\\\n]|\\(?:.|\Z))*+(?:'|(?=\n)|\Z)"
_HIDDEN = re.compile(r"\\(?:([0-9a-fA-F]{1,6})(?:\r\n|[ \t\n\f\r])?|([g-zG-Z])|.)", re.DOTALL)
_COMMENT = re.compile(rf"({_STRING}|\\.)|/\*.*?(?:\*/|\Z)", re.DOTALL)
_QUOTED = r"\"(?P<{0}>(?:[^\"\\\n]|\\.)*+)\"|'(?P<{1}>(?:[^'\\\n]|\\.)*+)'"
_BARE = r"(?P<{0}>(?:[^\"'()\\\s]|\\.)++)"
_FLAT = rf"(?:[^()\"']|{_STRING})*+"
_NESTED = rf"(?:[^()\"']|{_STRING}|\({_FLAT}\))*+"
# Where anything of interest begins or, for a function, its bracket stands. A class of few symbols is
# searched for as fast as memory is read; looking at each symbol for all of them took four times as long.
_MARK = re.compile(r"[\"'@(<&]")
_WHOLE_STRING = re.compile(_STRING, re.DOTALL)
_RULE = re.compile(
    rf"(?P<import>@import\s*+(?:url\(\s*+)?(?:{_QUOTED.format('i1', 'i2')}|(?<=\(){_BARE.format('i3')})?+"
    r"\s*+\)?(?P<rest>[^;{}]*+);?)"
    r"|(?P<charset>@charset\b[^;{}]*+;?)"
    r"|(?P<namespace>@namespace\b[^;{}]*+;?)",
    re.IGNORECASE | re.DOTALL,
)
_NAME = re.compile(r"[\w-]+\Z")
_URL = re.compile(rf"\(\s*+(?:{_QUOTED.format('u1', 'u2')}|{_BARE.format('u3')})?+\s*+\)", re.DOTALL)
_SET = re.compile(rf"\((?P<options>{_NESTED})\)", re.DOTALL)
_SETS = ("image-set", "-webkit-image-set")
# Functions that take an address as a string, or ran a script once.
_NEVER = frozenset(("url", "src", "image", "expression", *_SETS))
_LONGEST_NAME = 20
_NO_MARKUP = str.maketrans("<&", "  ")
_ANY = re.compile(r"url\(|@import|@charset|@namespace|image|expression|src\(|[<&]", re.IGNORECASE)
_NAMESPACE = re.compile(r"@namespace\s+[\w-]*\s*(?:url\()?[\"']?http://www\.w3\.org/[\w./-]+[\"']?\)?\s*;?")
_BEGINS = re.compile(r"<[/!?a-zA-Z]|&[#\w]")
_OPTION = re.compile(
    rf"(?P<type>type\(\s*+(?:{_STRING})\s*+\))"
    rf"|(?:url\(\s*+)?(?:{_QUOTED.format('o1', 'o2')})\s*+\)?|url\(\s*+{_BARE.format('o3')}\s*+\)",
    re.IGNORECASE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})(?:\r\n|[ \t\n\f\r])?|(\r\n|.))", re.DOTALL)


def rewritten(sheet: str, part: Part) -> str:
    """A style sheet (or the declarations of a ``style`` attribute) with the addresses that ``part`` gives.

    Safe inside ``<style>`` and in an attribute once that is escaped: no tag and no character reference can
    begin in it. A part that is missing becomes ``data:,``, an import that is missing goes.
    """
    if "\\" in sheet:
        sheet = _HIDDEN.sub(_shown, sheet)
    if "/*" in sheet:
        sheet = _COMMENT.sub(lambda match: match[1] or _gap(match), sheet)
    out: list[str] = []
    done = 0
    while mark := _MARK.search(sheet, done):
        at = mark.start()
        start, end, text = _KINDS[sheet[at]](sheet, at, part)
        # What a function's name begins may be written already, behind a string; then it is none.
        out += (sheet[done : max(start, done)], text)
        done = end
    out.append(sheet[done:])
    return "".join(out)


def _shown(match: re.Match[str]) -> str:
    """An escape that is an ASCII letter, as that letter; any other as it is: it may hide no name."""
    if match[1]:
        letter = chr(int(match[1], 16)) if int(match[1], 16) < 128 else ""
        return letter if letter.isalpha() else match[0]
    return match[2] or match[0]


def _gap(match: re.Match[str]) -> str:
    """What is left of a comment: a blank where two names would become one."""
    sheet, start, end = match.string, match.start(), match.end()
    inside = start > 0 and end < len(sheet)
    return " " if inside and _is_name(sheet[start - 1]) and _is_name(sheet[end]) else ""


def _is_name(symbol: str) -> bool:
    return symbol.isalnum() or symbol in "-_" or symbol > "\x7f"


def _string(sheet: str, at: int, _part: Part) -> Spot:
    match = _WHOLE_STRING.match(sheet, at)
    text = match[0] if match else sheet[at]
    return at, at + len(text), text.replace("<", "\\3c ").replace("&", "\\26 ")


def _rule(sheet: str, at: int, part: Part) -> Spot:
    match = _RULE.match(sheet, at)
    if match is None:
        return at, at + 1, "@"
    if match["import"]:
        return at, match.end(), _imported(match, part)
    kept = match["namespace"] and _NAMESPACE.fullmatch(match["namespace"])
    return at, match.end(), match["namespace"] if kept else ""


def _function(sheet: str, at: int, part: Part) -> Spot:
    name = _NAME.search(sheet[max(0, at - _LONGEST_NAME) : at])
    called = name[0].lower() if name else ""
    if called not in _NEVER:
        return at, at + 1, "("
    start = at - len(called)
    if called == "url" and (match := _URL.match(sheet, at)):
        return start, match.end(), _served(match["u1"] or match["u2"] or match["u3"], part)
    if called in _SETS and (match := _SET.match(sheet, at)):
        options = _OPTION.sub(lambda option: _option(option, part), match["options"])
        # No option needs either; one that is left would be markup, once an SVG style was unescaped.
        return start, match.end(), f"image-set({options.translate(_NO_MARKUP)})"
    return start, at + 1, "none("


def _markup(sheet: str, at: int, _part: Part) -> Spot:
    if sheet.startswith("<!--", at):
        # Old sheets hide themselves in a comment that style sheets pass over.
        return at, at + 4, ""
    return at, at + 1, sheet[at] + (" " if _BEGINS.match(sheet, at) else "")


_KINDS: dict[str, Callable[[str, int, Part], Spot]] = {
    '"': _string,
    "'": _string,
    "@": _rule,
    "(": _function,
    "<": _markup,
    "&": _markup,
}


def _imported(match: re.Match[str], part: Part) -> str:
    reference = match["i1"] or match["i2"] or match["i3"]
    found = part(_plain(reference)) if reference else None
    if found is None or found.startswith(("#", "data:")):
        return ""
    # Layer, support condition, media; none of them needs an address.
    rest = match["rest"] if not _ANY.search(match["rest"]) else ""
    return f'@import url("{found}") {rest.strip()};'


def _option(match: re.Match[str], part: Part) -> str:
    return match["type"] or _served(match["o1"] or match["o2"] or match["o3"], part)


def _served(reference: str | None, part: Part) -> str:
    found = part(_plain(reference)) if reference else None
    return f'url("{NOTHING if found is None else found}")'


def _plain(reference: str) -> str:
    """A reference without its escapes."""
    if "\\" not in reference:
        return reference

    def one(match: re.Match[str]) -> str:
        if not match[1]:
            return "" if match[2] in ("\n", "\r\n") else match[2]
        point = int(match[1], 16)
        return chr(point) if 0 < point < 0x110000 and not 0xD800 <= point < 0xE000 else "\ufffd"

    return _ESCAPE.sub(one, reference)
