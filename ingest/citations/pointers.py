"""Which links of a page's text are citations, and which are its furniture. Pure."""

import re
import unicodedata
from urllib.parse import unquote, urlsplit

from ingest.citations.furniture import (
    BYLINE,
    CALL,
    DOWNLOAD,
    FURNITURE,
    FURNITURE_WORDS,
    LICENCE,
    ONWARD,
    OWN_PAGES,
    PROFILE,
    SHARE,
    SOLD,
)
from ingest.extract.page import Link, Links

Parts = tuple[str, str, str, str]

_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"[.!?…:]\s|\n")


def is_citation(link: Link, links: Links, body: str) -> bool:
    """Whether a link in the text of record points to a source."""
    if link.within in FURNITURE or "\n" in link.label or not any(symbol.isalnum() for symbol in link.label):
        return False
    parts = _split(link.uri)
    if parts is None or parts[0] not in ("http", "https") or not parts[1]:
        return False
    address = f"{parts[1]}{parts[2]}" + (f"?{parts[3]}" if parts[3] else "")
    if SHARE.search(link.uri) or DOWNLOAD.search(parts[2]) or LICENCE.search(address):
        return False
    own = [split for page in (links.uri, links.canonical) if (split := _split(page)) and split[1]]
    foreign = all(_site(page[1]) != _site(parts[1]) for page in own)
    if PROFILE.match(address) or SOLD.match(address) or _is_furniture_by_words(link, body, foreign):
        return False
    if foreign:
        return True
    if link.within == "heading" or _alone(link, body):
        return False
    return _is_other_page(parts, own) and not _is_entry_page(link.label, parts[2])


def _is_furniture_by_words(link: Link, body: str, foreign: bool) -> bool:
    """Whether the words of a link, or those before it, ask the reader to go on or name who wrote."""
    before = _before(link, body)
    # "The economist comments that …": a word of furniture inside a sentence is a word of the sentence.
    inside = foreign and " " not in link.label and body[: link.start or 0][-2:-1].isalnum()
    sentence = _SENTENCE_END.split(body[max(0, (link.start or 0) - 300) : link.start])[-1] + link.label
    return bool(
        (not inside and FURNITURE_WORDS.match(" ".join(link.label.split())))
        or ONWARD.search(before)
        or BYLINE.search(before)
        or CALL.match(sentence)
    )


def _is_other_page(parts: Parts, own: list[Parts]) -> bool:
    """Whether an address of the page's own site is another article and no index of them."""
    if any(_same(parts, page) for page in own):
        return False
    path = parts[2].strip("/")
    return path != "" and not OWN_PAGES.search(parts[2])


def _is_entry_page(label: str, path: str) -> bool:
    """Whether a page of the same site is only about what the link names: a player, a firm, a topic.

    >>> _is_entry_page("Browns", "/nfl/teams/CLE/cleveland-browns/")
    True
    """
    name = path.rstrip("/").rpartition("/")[2].partition(".")[0]
    words = [word.casefold() for word in _WORD.findall(label)]
    if len(words) == 1 and path.strip("/").isalpha():
        return True  # "/sport" under one word is a section of the site.
    slug = [word.casefold() for word in _WORD.findall(_plain(name)) if not word.isdigit()]
    named = [_plain(word) for word in words]
    return 0 < len(words) <= 4 and named == slug[-len(named) :] and len(slug) <= len(named) + 1


def _plain(text: str) -> str:
    """Without accents, as addresses are written."""
    parts = unicodedata.normalize("NFKD", unquote(text))
    return "".join(symbol for symbol in parts if not unicodedata.combining(symbol))


def _same(one: Parts, other: Parts) -> bool:
    return _bare(one) == _bare(other)


def _bare(parts: Parts) -> tuple[str, str, str]:
    return (parts[1], unquote(parts[2]).rstrip("/"), parts[3])


def _before(link: Link, body: str) -> str:
    """What stands before a link on its line, or the line before where it begins its own."""
    start = link.start or 0
    line = body[body.rfind("\n", 0, start) + 1 : start]
    return line if line.strip(" -•") else body[max(0, start - 80) : start].rstrip(" -•\n").rpartition("\n")[2]


def _alone(link: Link, body: str) -> bool:
    """Whether a link is all that stands on its line: a teaser where it leads to the same site."""
    start, end = link.start or 0, link.end or 0
    left, right = body.rfind("\n", 0, start) + 1, body.find("\n", end)
    rest = body[left:start] + body[end : right if right >= 0 else len(body)]
    return not any(symbol.isalnum() for symbol in rest)


def _split(uri: str) -> Parts | None:
    try:
        parts = urlsplit(uri)
        return parts.scheme.lower(), (parts.hostname or ""), parts.path, parts.query
    except ValueError:
        return None


def _site(host: str) -> str:
    return host.removeprefix("www.").removeprefix("m.")
