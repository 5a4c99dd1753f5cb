"""What a bibliographic reader makes of an entry: authors, title, date, container, identifiers. Pure.

    Smith, J., & Doe, A. (2010). On cranes. Journal of Cranes, 4(2), 11–20.       author, year, title
    Smith, John. "On Cranes." Journal of Cranes 4 (2010): 11.                     the title quoted
    Smith J, Doe A. On cranes. J Cranes. 2010;4:11.                               Vancouver
    J. Smith and A. Doe. On cranes. In Proceedings of …, 2010.                    initials first
    Smith, J., Doe, A.: On cranes. In: Walls. Springer (2010)                     names, colon
    Ada Berg, Cranes of the North (Oslo: Cappelen, 1911), 3.                      a note
    2026 US regime change                                                         a title and nothing else

Each form is one pattern, tried in order; what fits none gives its identifiers and year and no guess.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from archive.model import Bibliographic
from ingest.citations.entries import ARXIV, DOI, ISBN, QUOTED, URL, YEAR, doi_of

# The longest entry that is read for more than identifiers; the longest seen in the corpus has 700.
_LONGEST = 1500
_MOST_PEOPLE = 50
# "2010", "2010a", "(5 May 2010)", "[2010]", "n.d.".
_WHEN = r"(?:1[5-9]\d\d|20\d\d)[a-z]?(?:[–/-]\d{2,4})?"
_DATED = re.compile(
    rf"[\s,]*[(\[](?:[^()\[\]\d]{{0,20}}\d{{0,2}}[^()\[\]\d]{{0,20}})?(?:{_WHEN}|n\.\s?d\.)[^()\[\]]{{0,25}}[)\]]"
    rf"[\s.,:]*|(?<=[.,])\s+{_WHEN}[.,:]\s+",
    re.IGNORECASE,
)
_PARTICLE = r"(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|el|al|ten|ter|bin|ibn|af|av)\s+"
_NAME = rf"(?:{_PARTICLE})*[^\W\d_a-z][\w’'‑-]+"
_INITIALS = r"(?:[^\W\d_a-z]\.?[\s‑-]?){1,4}"
_ONE_SURNAME_FIRST = rf"{_NAME}(?:\s{_NAME})?,\s(?:{_INITIALS}|{_NAME}(?:\s{_INITIALS}|\s{_NAME})?)"
_ONE_INITIALS_FIRST = (
    rf"(?:(?:[^\W\d_a-z]\.[\s‑-]?){{1,4}}|{_NAME}\s(?:[^\W\d_a-z]\.?\s|{_NAME}\s)?){_NAME}(?:\s{_NAME})?"
)
_ONE_VANCOUVER = rf"{_NAME}(?:\s{_NAME})?\s[^\W\d_a-z]{{1,3}}"
_AND = r"(?:,?\s(?:and|und|et|y|e|og|och|en|&)\s|[,;]\s)"
_ET_AL = r"(?:,?\s(?:et\sal|u\.\s?a|and\sothers)\.?)?"


class _Parts(NamedTuple):
    """What a form tells apart: who, what it is called, and what stands behind the title."""

    who: str
    title: str
    rest: str


def _many(one: str) -> str:
    return rf"(?P<who>{one}(?:{_AND}{one}){{0,30}}+{_ET_AL})"


# The end of a title: a stop with a blank behind it, or the end. "St. Paul" and "vs. Y" end none.
_TITLE = r"(?P<title>[^\s](?:(?!(?<!\bSt)(?<!\bvs)(?<!\bDr)[.?!]\s).){3,300}[.?!]?)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_many(_ONE_VANCOUVER)}\.\s{_TITLE}(?P<rest>\s.*|$)",
        rf"{_many(_ONE_SURNAME_FIRST)}:\s{_TITLE}(?P<rest>\s.*|$)",
        rf"{_many(_ONE_INITIALS_FIRST)}\.\s{_TITLE}(?P<rest>\s.*|$)",
        rf"{_many(_ONE_SURNAME_FIRST)}(?:\.|(?<=\.))\s{_TITLE}(?P<rest>\s.*|$)",
        rf"(?P<who>{_ONE_INITIALS_FIRST}(?:\s(?:and|und|et|y|&)\s{_ONE_INITIALS_FIRST})?),\s(?P<title>[^,()“\"]{{4,200}}?)"
        rf"(?P<rest>\s\([^()]{{0,80}}{_WHEN}\).*|,\s(?:[^,]{{2,60}},\s)?{_WHEN}.*)",
    )
)
# Behind a title: where it appeared, up to volume, pages, year, place.
_CONTAINER = re.compile(
    r"^[\s.,:;”\"»–—-]*(?:In:?\s(?:.{2,80}?\s?\((?:eds?|Hrsg|hg|dir|coord)\.?\)[,.:]?\s)?)?"
    r"(?P<name>[^\W\d_](?:(?!\.\s|\.$)[^,;:()\d“\"\n]){2,120})"
)
_NO_CONTAINER = re.compile(
    r"^(?:retrieved|accessed|archived|abgerufen|zugriff|consulté|consultado|available|online|pp?|vol|no|"
    r"isbn|issn|doi|arxiv|pmid|s2cid|via|from|in|edited|translated|last|isbn|oclc|jstor|bibcode)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\s*:\s*[^\W\d_]|\s*(?:1[5-9]|20)\d\d\.?$")
_FORMAT = re.compile(r"\s*[(\[](?:PDF|HTML|Report|Thesis|PhD thesis|in [A-Z]\w+|J|M|C|D|EB/OL)[)\]]\.?$")
_BEHIND = re.compile(
    r"\b(?:retrieved|accessed|archived|abgerufen|zugriff|consulté|consultado|available (?:at|from|online))"
    r"\b.*$",
    re.IGNORECASE | re.DOTALL,
)


def read_entry(text: str) -> Bibliographic:
    """What can be read off an entry: identifiers, year, title, authors, container.

    >>> read_entry("Moe, O. (1930). Walls that fell. Journal of Walls, 4, 11.").container
    'Journal of Walls'
    """
    arxiv, isbn = ARXIV.search(text), ISBN.search(text)
    shown = _shown(text) if len(text) <= _LONGEST else ""
    parts, year = _parts(shown), YEAR.search(shown)
    title = " ".join(_FORMAT.sub("", parts.title).split()).strip(" ,.;:") or None
    return Bibliographic(
        title=title,
        authors=tuple(_people(parts.who)),
        # "2026 US regime change" is a title with a year in it, not a date.
        date=year[1] if year and not (title and year[1] in title) else None,
        container=_container(parts.rest),
        doi=doi_of(text),
        arxiv=arxiv[1] if arxiv else None,
        isbn=re.sub(r"[ -]", "", isbn[1]) if isbn else None,
    )


def _shown(text: str) -> str:
    """An entry without its addresses and identifiers, and without when somebody looked at it."""
    for pattern in (URL, DOI, ARXIV, ISBN, _BEHIND):
        text = pattern.sub(" ", text)
    return " ".join(text.split())


def _parts(shown: str) -> _Parts:
    quoted = QUOTED.search(shown)
    if quoted:
        title = next(group for group in quoted.groups() if group)
        return _Parts(_DATED.sub("", shown[: quoted.start()]), title, shown[quoted.end() :])
    dated = _DATED.search(shown, 0, 400)
    if dated and _may_be_names(shown[: dated.start()]):
        ended = re.match(_TITLE, shown[dated.end() :])
        if ended and shown[dated.end() :].strip(" ."):
            return _Parts(shown[: dated.start()], ended["title"], shown[dated.end() + ended.end() :])
    for form in _FORMS:
        found = form.match(shown)
        if found:
            return _Parts(found["who"], found["title"], found["rest"])
    return _Parts("", _plain_title(shown), "")


def _may_be_names(written: str) -> bool:
    """Whether what stands before a date is who wrote it: no digit, and no word of a sentence that ended."""
    return len(written) > 2 and not re.search(r"\d|[\[\]]|[^\W\d_]{4}\.\s", written)


def _plain_title(shown: str) -> str:
    """An entry that is only a title (perhaps with its address behind it) is its title."""
    rest = shown.strip(" -–—:|()[]<>,.;")
    plain = 0 < len(rest.split()) <= 20 and not re.search(r"[a-z]\. [A-Z]|\((?:1[5-9]|20)\d\d", rest)
    return rest if plain else ""


def _container(rest: str) -> str | None:
    found = _CONTAINER.match(rest)
    if not found or _PLACE.match(rest, found.end()):
        return None  # "Oslo: Cappelen" is where and by whom, not in what.
    name = found["name"].strip(" .,–—-")
    return name if len(name) > 2 and not _NO_CONTAINER.match(name) else None


def _people(written: str) -> Iterator[str]:
    """The names in what stands before a title, each as written; nothing where it is no list of names."""
    written = re.sub(r"[\s,]*\((?:eds?|Hrsg|hg|dir|coord)\.?\)\s*$", "", written.strip(' ,:“"«'))
    written = re.sub(r",?\s(?:et\sal|and\sothers)\.?\s*$", "", written)
    groups = [part.strip(" ,") for part in re.split(r"\s*(?:;|&|\b(?:and|und|et|y|og|och)\b)\s*", written)]
    groups = [re.sub(r"(?<=[^\W\d_]{2})\.$", "", group) for group in groups]
    names = [name for group in groups if group.strip(".") for name in _comma_apart(group)]
    if len(names) <= _MOST_PEOPLE and all(len(name) <= 80 for name in names):
        yield from names


def _comma_apart(group: str) -> list[str]:
    """Names that only commas part: ``Berg, A., Lie, B.``, ``Berg A, Lie B``, ``Ada Berg, Bo Lie``."""
    pieces = [piece.strip() for piece in group.split(",") if piece.strip()]
    if len(pieces) < 2:
        return pieces
    if all(re.fullmatch(_ONE_VANCOUVER, piece) for piece in pieces):
        return pieces
    initials = [
        bool(re.fullmatch(rf"{_INITIALS}|[^\W\d_a-z]\.(?:\s?[^\W\d_a-z]\.)*", piece)) for piece in pieces
    ]
    if len(pieces) % 2 == 0 and all(initials[1::2]) and not any(initials[::2]):
        return [f"{surname}, {given}" for surname, given in zip(pieces[::2], pieces[1::2], strict=True)]
    if len(pieces) > 2 or all(" " in piece for piece in pieces):
        return pieces
    return [group]
