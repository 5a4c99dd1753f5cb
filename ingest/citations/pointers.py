"""Which links of a page's text are citations, and which are its furniture. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from ingest.citations.calls import asks, is_credit
from ingest.citations.furniture import (
    ABOUT,
    BYLINE,
    CALL,
    CAMPAIGN,
    DOWNLOAD,
    FORM,
    FORM_HOST,
    FURNITURE,
    FURNITURE_WORDS,
    HARMLESS,
    LICENCE,
    LISTED_BY,
    NEWSSTAND,
    OFFICE,
    ONWARD,
    OWN_PAGES,
    PICTURES,
    PRIVATE,
    PROFILE,
    REDIRECTION,
    REGISTER,
    SECTION,
    SEE_ALSO,
    SHARE,
    SOLD,
    STORY,
)
from ingest.citations.surroundings import in_rows, line_of, names_a_site
from ingest.extract.page import Link, Links

Parts = tuple[str, str, str, str]

_WORD = re.compile(r"[^\W_]+")
_NAME_WORDS = 4
_SHOUTED_WORDS = 4
# What leads on stands right before its link; a notice of where an issue is sold is short.
_NEAR, _NOTICE = 80, 300
_NUMBERED = re.compile(r"^(?:\d+\W)+|(?:\W(?:\d+|[a-z]{1,2}\d{4,}))+$")
_OUR = frozenset(("our", "unser", "unsere", "unserer", "unserem", "notre", "nuestra", "nuestro", "nossa"))
_ATTRIBUTE = re.compile(r"\w=[\"'“”]$|\b(?:git clone|wget|curl(?: -\S+)*|pip install)\s+$")
# Below these names everybody has a site of his own.
_TENANTS = frozenset((
    "wordpress.com", "blogspot.com", "blogspot.de", "tumblr.com", "github.io", "medium.com", "substack.com",
    "typepad.com", "gov.uk", "livejournal.com", "wixsite.com", "squarespace.com", "weebly.com",
))  # fmt: skip
_SECOND_LEVEL = frozenset(("co", "com", "org", "net", "gov", "ac", "edu"))
_SENTENCE_END = re.compile(r"[.!?…:]\s|\n")


@dataclass(frozen=True, slots=True)
class Company:
    """What the links of a page tell of one another: the site's glossaries, and which stand in rows."""

    glossaries: frozenset[str] = frozenset()
    rows: frozenset[int] = frozenset()


_ALONE = Company()


def company(links: Links, body: str) -> Company:
    """What is to be known of all links before one of them is judged."""
    return Company(glossaries(links), in_rows(links.links, body))


def glossaries(links: Links) -> frozenset[str]:
    """The folders of the page's site that hold pages about what their links name, several and most of them.

    "Rotweine" to /td/rotwein/ is told by its company: "Wein" to /td/wein/, "Winzer" to /td/winzer/.
    """
    held: dict[str, dict[str, bool]] = {}
    for link in links.links:
        parts = _split(link.uri)
        if parts and not link.within and _site(parts[1]) in _own_sites(links):
            folder, _, name = parts[2].rstrip("/").rpartition("/")
            named = held.setdefault(f"{_site(parts[1])}{folder}", {})
            named[name] = named.get(name, False) or is_entry_page(link.label, parts[2])
    most = {folder: sum(named.values()) * 2 >= max(4, len(named)) for folder, named in held.items()}
    return frozenset(folder for folder, is_glossary in most.items() if is_glossary and "/" in folder)


def _own_sites(links: Links) -> set[str]:
    return {_site(page[1]) for page in _own(links)}


def _own(links: Links) -> list[Parts]:
    """The page's own address and the one that it gives itself."""
    return [page for uri in (links.uri, links.canonical) if (page := _split(uri)) and page[1]]


def is_citation(link: Link, links: Links, body: str, among: Company = _ALONE) -> bool:
    """Whether a link in the text of record points to a source; ``among``: what the other links tell."""
    if link.within in FURNITURE or not _is_label(link.label):
        return False
    parts = _split(link.uri)
    if parts is None or parts[0] not in ("http", "https") or not parts[1]:
        return False
    if _is_furniture_by_address(link.uri, parts):
        return False
    if names_a_site(link.label, parts[2], parts[3]) and line_of(link, body).alone:
        return False
    own = _own(links)
    foreign = all(_site(page[1]) != _site(parts[1]) for page in own)
    if _is_furniture_by_words(link, body, foreign) or _is_offer(parts, own) or _is_own_doi(parts, own):
        return False
    if REGISTER.search(parts[2]) and _is_name(link.label, parts[2]):
        return False
    beside = _owner(parts[1]) not in _TENANTS and _brand(parts[1]) in {_brand(page[1]) for page in own}
    if foreign and not (beside and (link.start in among.rows or _is_teaser(link, body))):
        return True
    if foreign or link.within == "heading" or link.start in among.rows or _is_teaser(link, body):
        return False
    folder = f"{_site(parts[1])}{parts[2].rstrip('/').rpartition('/')[0]}"
    if folder in among.glossaries and len(link.label.split()) <= _NAME_WORDS:
        return False
    return _is_other_page(parts, own) and not is_entry_page(link.label, parts[2], parts[3])


def _is_label(label: str) -> bool:
    """Whether words of a link are such: one line that says something, and no markup of a script."""
    return "\n" not in label and "<" not in label and any(symbol.isalnum() for symbol in label)


def cites_bare(link: Link, links: Links, body: str) -> bool:
    """Whether an address that stands in the text as it is points to a source, not to who is named."""
    parts = _split(link.uri)
    if parts is None or "{" in link.label or PRIVATE.match(parts[1]):
        return False
    if names_a_site(link.label, parts[2], parts[3]):
        return False
    before = _before(link, body)
    # An editor's [button link="https://…"] that was never made one.
    led_on = ONWARD.search(before) or _ATTRIBUTE.search(before)
    own_page = any(_same(parts, page) for page in _own(links))
    return not (led_on or own_page or _is_furniture_by_address(link.uri, parts))


def is_named_furniture(uri: str) -> bool:
    """Whether what only the markup names is a site's own page at a network, or the like."""
    parts = _split(uri)
    return bool(parts and parts[1] and _is_furniture_by_address(uri, parts))


def _is_furniture_by_address(uri: str, parts: Parts) -> bool:
    """Whether an address alone tells that it shares, sells, licenses, signs up or shows a picture."""
    address = f"{parts[1]}{parts[2]}" + (f"?{parts[3]}" if parts[3] else "")
    return bool(
        SHARE.search(uri)
        or DOWNLOAD.search(parts[2])
        or LICENCE.search(address)
        or PROFILE.match(address)
        or SOLD.match(address)
        or FORM.search(parts[2])
        or FORM_HOST.search(parts[1])
        or PICTURES.search(parts[1])
        or (REDIRECTION.search(parts[3]) and not HARMLESS.search(parts[1]))
    )


def _is_name(label: str, path: str) -> bool:
    """Whether a few words name what an address names: "Garrett" and /players/302741/myles-garrett."""
    named = [_plain(word).casefold() for word in _WORD.findall(label)]
    slug = {word.casefold() for word in _WORD.findall(_plain(path))}
    return 0 < len(named) <= _NAME_WORDS and set(named) <= slug


def _is_offer(parts: Parts, own: list[Parts]) -> bool:
    """Whether a page of the site's owner is an office of his, or counts what its own teaser brings."""
    if not any(_owner(page[1]) == _owner(parts[1]) for page in own):
        return False
    return bool(OFFICE.match(parts[1]) or CAMPAIGN.search(parts[3]))


def _is_own_doi(parts: Parts, own: list[Parts]) -> bool:
    """Whether a DOI is that of the page, whose own address has it."""
    doi = unquote(parts[2]).strip("/").casefold()
    return parts[1].endswith("doi.org") and any(doi in unquote(page[2]).casefold() for page in own)


def _owner(host: str) -> str:
    """The last names of a host, as one owner registers them; two, or three below "co.uk"."""
    names = host.split(".")
    return ".".join(names[-3:] if len(names) > 2 and names[-2] in _SECOND_LEVEL else names[-2:])


def _brand(host: str) -> str:
    """What an owner is called below whatever country: "bbc" in www.bbc.co.uk and in bbc.com."""
    return _owner(host).partition(".")[0]


def _is_teaser(link: Link, body: str) -> bool:
    line = line_of(link, body)
    return line.alone or line.leads_on


def _is_furniture_by_words(link: Link, body: str, foreign: bool) -> bool:
    """Whether the words of a link, or those before it, ask the reader to go on or name who wrote."""
    before, start = _before(link, body), link.start or 0
    # "The economist comments that …": a word of furniture inside a sentence is a word of the sentence.
    inside = foreign and " " not in link.label and body[max(0, start - 2) : start - 1].isalnum()
    sentence = _SENTENCE_END.split(body[max(0, start - 300) : start])[-1] + link.label
    line = line_of(link, body)
    whole = f"{line.left}{link.label}{line.right}"
    named = foreign and SEE_ALSO.search(before[-_NEAR:])
    return bool(
        (not inside and FURNITURE_WORDS.match(" ".join(link.label.split())))
        # "See also" another site's page names a source; one's own is a teaser.
        or (ONWARD.search(before[-_NEAR:]) and not named)
        or BYLINE.search(before)
        or CALL.match(sentence)
        or (link.label[:1].isupper() and CALL.match(link.label))
        or (asks(sentence) and not named)
        or is_credit(whole)
        or ABOUT.match(line.left)
        or (len(whole) <= _NOTICE and NEWSSTAND.search(whole))
        or (line.alone and link.label.isupper() and len(link.label.split()) >= _SHOUTED_WORDS)
    )


def _is_other_page(parts: Parts, own: list[Parts]) -> bool:
    """Whether an address of the page's own site is another article and no index of them."""
    if LISTED_BY.search(parts[3]) or any(_same(parts, page) for page in own):
        return False
    path = parts[2].strip("/")
    # "/python" above "/python/ten-mistakes" is the section that the page stands in.
    if any(page[2].strip("/").startswith(f"{path}/") and _site(page[1]) == _site(parts[1]) for page in own):
        return False
    index = OWN_PAGES.search(parts[2])
    return path != "" and (not index or bool(SECTION.match(index[0]) and STORY.search(parts[2])))


def is_entry_page(label: str, path: str, query: str = "") -> bool:
    """Whether a page of the same site is only about what the link names: a player, a firm, a topic.

    >>> is_entry_page("Browns", "/nfl/cleveland-browns/"), is_entry_page(".DJI", "/x", "symbol=.DJI")
    (True, True)
    """
    bare = "".join(_WORD.findall(label)).casefold()
    asked = ("".join(_WORD.findall(unquote(pair.partition("=")[2]))).casefold() for pair in query.split("&"))
    if bare and bare in asked:
        return True
    name = path.rstrip("/").rpartition("/")[2].partition(".")[0]
    words = [word.casefold() for word in _WORD.findall(label)]
    section = path.strip("/")
    if section.isalpha() and (len(words) == 1 or (section in words and words[0] in _OUR)):
        return True  # "/sport" under "Sport" or "our sport desk" is a section of the site.
    # "paritarias-a5122767": the name of a page and its number.
    slug = [word.casefold() for word in _WORD.findall(_NUMBERED.sub("", _plain(name)))]
    named = [_plain(word) for word in words]
    one, other = "".join(named), "".join(slug)
    if len(words) <= _NAME_WORDS and len(other) > 3 and one.startswith(other) and len(one) <= len(other) + 2:
        return True  # "Rotweine" and "des Weins", inflected, lead to "rotwein" and "wein".
    return 0 < len(words) <= _NAME_WORDS and named == slug[-len(named) :] and len(slug) <= len(named) + 1


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
    line = line_of(link, body).left
    return line if line.strip(" -•") else body[max(0, start - 80) : start].rstrip(" -•\n").rpartition("\n")[2]


def _split(uri: str) -> Parts | None:
    try:
        parts = urlsplit(uri)
        return parts.scheme.lower(), (parts.hostname or ""), parts.path, parts.query
    except ValueError:
        return None


def _site(host: str) -> str:
    return host.removeprefix("www.").removeprefix("m.")
