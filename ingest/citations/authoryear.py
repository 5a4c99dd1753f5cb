"""References by author and year, ``(Smith and Jones 2019, p. 4; Lee 2020a)``, to the entries they name. Pure.

The bibliography says which names there are: words before a year name an entry when one of them is its
first author's, all of them stand before its year or title, and its year is that year with that letter.
Where several entries fit equally, nobody can say which one was meant, and the reference is tied to none.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.citations.cover import Cover
from ingest.citations.entries import DOI, QUOTED, URL

Use = tuple[int, int]

# A letter may follow a year, or several: "2019a,b".
_WHEN = r"(?:1[5-9]\d\d|20\d\d|n\.\s?d\.|s\.\s?a\.|o\.\s?J\.|forthcoming|in press)"
_YEARS = re.compile(rf"(?<![\w/.-])({_WHEN})([a-z](?:\s?[,&]\s?[a-z])*)?(?![\w/])", re.IGNORECASE)
# A group in round or square brackets, without brackets inside; the longest seen had 240 characters.
_GROUP = re.compile(r"[(\[（]([^()\[\]（）\n\f]{3,400})[)\]）]")
_SPLIT = re.compile(r"[;；]")
_WORD = re.compile(r"[^\W\d_]+(?:['’‑-][^\W\d_]+)*")
_HEAD_LIMIT = 300
# Before a name and not part of it; between names.
_ASIDE = frozenset((
    "see", "also", "cf", "compare", "eg", "ie", "e", "g", "i", "vgl", "siehe", "auch", "voir", "véase", "ver",
    "vedi", "confer", "after", "following", "quoted", "cited", "in", "zit", "nach", "adapted", "from", "by",
    "source", "sources", "quelle", "reviewed", "viz", "esp", "especially", "and", "und", "et", "al", "y",
    "e", "og", "och", "en", "others", "colleagues", "u", "a", "the", "p", "pp", "s", "ff", "ch", "chap",
    "vol", "fig", "table",
))  # fmt: skip
_ET_AL = re.compile(r"\bet\.?\s+al\b|\bu\.\s?a\.|\band (?:others|colleagues)\b", re.IGNORECASE)
# Between names and within them.
_BETWEEN = frozenset((
    "and", "und", "et", "al", "y", "e", "og", "och", "en", "van", "von", "de", "der", "den", "del",
    "della", "di", "da", "dos", "du", "la", "le", "ten", "ter", "others", "colleagues",
))  # fmt: skip
_WINDOW = 120
_MOST_WORDS = 9


@dataclass(frozen=True, slots=True)
class _Key:
    """What names an entry: the words of its first author and of all before its year or title; its years."""

    first: frozenset[str]
    head: frozenset[str]
    years: frozenset[str]
    people: int


class _Keys:
    """The entries of a bibliography by their years."""

    def __init__(self, labels: Sequence[str]) -> None:
        self._by_year: dict[str, list[tuple[int, _Key]]] = {}
        for number, label in enumerate(labels):
            key = _key(label)
            for year in key.years:
                self._by_year.setdefault(year, []).append((number, key))

    def chosen(self, written: str, year: str) -> tuple[int | None, int]:
        """The one entry that words and a year name, or None; how many characters in front belong to no name.

        "Later Smith (2010)" names Smith: words in front are dropped until an entry fits.
        """
        dated = self._by_year.get(year, [])
        for word in _WORD.finditer(written) if dated else ():
            fitting = _fitting(written[word.start() :], dated)
            if fitting:
                return (fitting[0] if len(fitting) == 1 else None), word.start()
        return None, 0


def _fitting(written: str, dated: Sequence[tuple[int, _Key]]) -> list[int]:
    """The entries that these words name: all of them in the entry's head, one its first author's."""
    words = frozenset(_words(written))
    fitting = [
        (number, key) for number, key in dated if words <= key.head and not words.isdisjoint(key.first)
    ]
    if len(fitting) > 1:
        # "Smith 2019" beside "Smith and Jones 2019": as many people as are named.
        several = len(words) > 1 or bool(_ET_AL.search(written))
        fitting = [(n, key) for n, key in fitting if (key.people > 0) == several] or fitting
    return [number for number, _ in fitting]


def author_year_uses(body: str, labels: Sequence[str], spared: Sequence[tuple[int, int]]) -> list[list[Use]]:
    """For each entry the places that name it, from the first name or bracket to the closing bracket."""
    keys = _Keys(labels)
    uses: list[list[Use]] = [[] for _ in labels]
    covered = Cover(spared)
    for group in _GROUP.finditer(body):
        if covered.holds(group.start()):
            continue
        for words, year, span in _named(body, group):
            chosen, dropped = keys.chosen(words, year)
            if chosen is not None:
                # Only what stands before the bracket can begin with words that are no name.
                uses[chosen].append((span[0] + (dropped if span[0] < group.start() else 0), span[1]))
    return uses


def short_reference(text: str, labels: Sequence[str]) -> int | None:
    """Which entry a note such as ``Smith 2010, p. 5.`` names, if it is nothing but such a reference.

    >>> short_reference("Smith 2010, p. 5.", ["Smith, J. (2010). On cranes.", "Lee, K. (2010). Walls."])
    0
    """
    found = list(_YEARS.finditer(text))
    if len(text) > 120 or len(found) != 1:
        return None
    chosen, _ = _Keys(labels).chosen(text[: found[0].start()], _forms(found[0])[0])
    return chosen


def _named(body: str, group: re.Match[str]) -> Iterator[tuple[str, str, Use]]:
    """Each year of a group in brackets: the words that it belongs to, the year, the whole as written."""
    begin, words, span = group.start(1), "", group.span()
    for piece in _SPLIT.split(group[1]):
        at = 0
        for found in _YEARS.finditer(piece):
            before = piece[at : found.start()]
            if _words(before):
                words, span = before, group.span()
            elif not words and begin == group.start(1):
                words = _before(body, group.start())
                span = (group.start() - len(words) - 1, group.end()) if words else span
            at = found.end()
            for form in _forms(found):
                yield words, form, span
        begin += len(piece) + 1


def _before(body: str, start: int) -> str:
    """The names right before a bracket: ``Smith and Jones`` of "the crane of Smith and Jones (2019)"."""
    window = body[max(0, start - _WINDOW) : start]
    if not window.endswith(" "):
        return ""
    line = window[max(window.rfind("\n"), window.rfind("\f")) + 1 : -1]
    begin = len(line)
    for word in reversed(list(re.finditer(r"\S+", line))[-_MOST_WORDS:]):
        bare = word[0].strip(".,’'")
        if not (bare[:1].isupper() or _is_unspaced(bare) or bare.casefold() in _BETWEEN or bare == "&"):
            break
        begin = word.start()
    return line[begin:]


def _is_unspaced(word: str) -> bool:
    """Whether a word is of a script without capitals."""
    return word[:1].isalpha() and not word[:1].islower() and not word[:1].isupper()


def _forms(found: re.Match[str]) -> list[str]:
    year = re.sub(r"\s", "", found[1]).casefold()
    letters = re.findall(r"[a-z]", found[2] or "")
    return [year + letter for letter in letters] or [year]


def _words(text: str) -> list[str]:
    return [word for word in _folded(text) if word not in _ASIDE]


def _folded(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(symbol for symbol in plain if not unicodedata.combining(symbol))
    return [word.removesuffix("'s").removesuffix("’s") for word in _WORD.findall(plain)]


def _key(label: str) -> _Key:
    shown = DOI.sub(" ", URL.sub(" ", label))
    years = list(_YEARS.finditer(shown))
    quoted = QUOTED.search(shown)
    stops = [found.start() for found in (years[:1] + ([quoted] if quoted else []))]
    head = shown[: min([*stops, _HEAD_LIMIT])]
    first = re.split(r",|;|&|\b(?:and|und|et|y)\b|\(|:|\.\s(?=[^\W\d_]{3})", head, maxsplit=1)[0]
    capitals = "".join(word[0] for word in _WORD.findall(first) if word[0].isupper()).casefold()
    named = frozenset(_words(first))
    acronym = frozenset((capitals,)) if len(capitals) > 1 else frozenset()
    forms = [form for found in years for form in _forms(found)]
    people = len(re.findall(r"[;&]|\b(?:and|und|et|y)\b|\.,", head))
    return _Key(named | acronym, frozenset(_words(head)) | acronym, frozenset(forms), people)
