"""One entry of a source list or note: its words, its number, its address. Pure."""

import re

URL = re.compile(r"(?:https?://|\bwww\.)[^\s<>\"“”«»\u3000-\u303f\uff00-\uffef]+", re.IGNORECASE)
DOI = re.compile(r"\b(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/[^\s\"<>“”]+)", re.IGNORECASE)
ARXIV = re.compile(
    r"\barxiv(?::\s*|\.org/(?:abs|pdf)/)((?:[a-z.-]+/)?\d{4}\.?\d{3,5}(?:v\d+)?)", re.IGNORECASE
)
ISBN = re.compile(r"\bISBN(?:-1[03])?:?\s*((?:97[89][- ]?)?(?:\d[- ]?){9}[\dX])\b", re.IGNORECASE)
YEAR = re.compile(r"(?<![\d/.-])(1[5-9]\d\d|20\d\d)[a-z]?(?![\d/])")
QUOTED = re.compile(r"“([^”]{4,300})”|\"([^\"]{4,300})\"|«\s*([^»]{4,300}?)\s*»|„([^“”]{4,300})[“”]")
_BULLET = re.compile(
    r"^\s*(?:[•·‣▪●○◦∙*+–—-]|\[\s*(?P<a>\d{1,3})\s*\]:?|\(\s*(?P<b>\d{1,3})\s*\)|(?P<c>\d{1,3})[.)](?!\d)|(?P<d>\d{1,3})\s\|(?=\s)|"
    r"\^|↑)\s*(?=\S)"
)
# A second address stuck to the first; behind "/" or "=" it is part of it, as archives write theirs.
_GLUED = re.compile(r"(?<=[^/=?&:])(?=https?://)")
_OPENERS = {")": "(", "]": "[", "}": "{"}
# Words and forms that make a note a pointer to something rather than a remark.
_POINTS = re.compile(
    r"\b(?:ibid|idem|ebd|ebenda|a\. ?a\. ?o|op\. ?cit|loc\. ?cit|cf|see|vgl|siehe|voir|véase|ver|vedi|"
    r"(?:pp?|s|с|str|стр|pág|fol|bd|kap)\.\s?\d+|isbn|issn|doi|"
    r"retrieved|"
    r"accessed|abgerufen|consulté|consultado|vol\.|https?|archived|report|interview|transcript)\b",
    re.IGNORECASE,
)


def without_bullet(line: str) -> tuple[str, str, int]:
    """A line without its bullet or number: the rest, the number as written or ``""``, what was cut off.

    >>> without_bullet("  [3] A title")
    ('A title', '3', 6)
    """
    match = _BULLET.match(line)
    if not match:
        return line.strip(), "", len(line) - len(line.lstrip())
    # "10.1000/x", "2.5 million", "3.b" and "-5" are not numbering: a blank or a capital must follow.
    number = match["a"] or match["b"] or match["c"] or match["d"] or ""
    close = not match[0][-1:].isspace()
    follows = line[match.end()]
    if close and ((match["c"] and (follows.islower() or follows.isdigit())) or match[0].strip() in "–—-*+"):
        return line.strip(), "", len(line) - len(line.lstrip())
    return line[match.end() :].strip(), number, match.end()


def has_bullet(line: str) -> bool:
    """Whether a line begins as an item of a list."""
    rest, _, _ = without_bullet(line)
    return rest != line.strip()


def trimmed_url(url: str) -> str:
    """A bare address without the punctuation of the sentence around it.

    >>> trimmed_url("https://example.org/a_(b)).")
    'https://example.org/a_(b)'
    """
    url = _GLUED.split(url, maxsplit=1)[0]
    while url:
        last = url[-1]
        if last in ".,;:!?'’*_~…" or (last in _OPENERS and url.count(last) > url.count(_OPENERS[last])):
            url = url[:-1]
        else:
            break
    return url


def address(written: str) -> str:
    """The absolute address of a bare URL as written."""
    return written if "://" in written else f"http://{written}"


def doi_of(text: str) -> str | None:
    """The first DOI in a text, without its trailing punctuation and without an address's query or fragment.

    >>> doi_of("https://www.doi.org/10.1000/crane#sec")
    '10.1000/crane'
    """
    match = DOI.search(text)
    if not match:
        return None
    in_address = "://" in text[max(0, match.start() - 200) : match.start(1)].rpartition(" ")[2]
    found = re.split("[?#]", match[1], maxsplit=1)[0] if in_address else match[1]
    return trimmed_url(found).rstrip("/")


def uri_of(text: str) -> str:
    """The address that an entry gives: its first URL, else its DOI or arXiv number, else ``""``."""
    for match in URL.finditer(text):
        url = trimmed_url(match[0])
        if len(url) > 10:
            return address(url)
    doi = doi_of(text)
    if doi:
        return f"https://doi.org/{doi}"
    arxiv = ARXIV.search(text)
    return f"https://arxiv.org/abs/{arxiv[1]}" if arxiv else ""


def points_somewhere(text: str, uri: str) -> bool:
    """Whether a note cites something (rather than only remarking)."""
    return bool(uri or doi_of(text) or YEAR.search(text) or _POINTS.search(text) or QUOTED.search(text))
