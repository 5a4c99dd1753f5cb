"""Names in a claim: runs of capitalised words, compared without accents and by their last word. Pure.

    Nicolás Maduro = President Maduro = N. Maduro       Kyiv = Kiev       JFK = John F. Kennedy
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from ingest.evidence.words import FUNCTION_WORDS, Token, fold

_JOINED = "of de la del da do dos di van von der den bin ibn al el du des le"
_PARTICLES = frozenset(_JOINED.split())
# English only: "Marco" is a month in Portuguese, and most other languages write theirs small.
_DATED = """
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
september october november december jan feb mar apr jun jul aug sep sept oct nov dec
"""
_CALENDAR = frozenset(_DATED.split())
# Stems of what stands before a last name and is no first name.
_STANDING = """
mr mrs ms miss dr prof professor sir lord lady dam president vice minister secretary senator sen rep gov
governor mayor judge justice chancellor premier general gen col colonel captain capt lt sgt admiral pope king
queen princ princess emperor ceo chairman director leader interim former then acting st saint
"""
_TITLES = frozenset(_STANDING.split())
_JOINING = re.compile(r"^[\s\u00a0]+$|^[-–]$")
_AFTER_INITIAL = re.compile(r"^\.[\s\u00a0]?$")
_SHORTEST_SURNAME = 3
_SHORTEST_LAND = 4
_SHORTEST_VARIANT = 4
# What transliterations write one way or another, in this order: Müller and Mueller, Kyiv and Kiev.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"(?<![aeiou])([aou])e", r"\1"), ("ph", "f"), ("([dkgt])h", r"\1"), ("w", "v"), ("ck|q", "k"),
        ("ou|oo", "u"), ("[iy]{2,}|ie|ee|y(?=[aeou]|$)", "i"), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
_PEOPLE = frozenset({"n", "an", "ian", "i", "ese", "ish"})

Name = tuple[Token, ...]


def names(text: str, words: Iterable[Token]) -> list[Name]:
    """The runs of capitalised ``words`` of a text in order, without what only begins a sentence ("The")."""
    found: list[Name] = []
    run: list[Token] = []
    for token in words:
        if run and not _joined(run[-1], text[run[-1].end : token.start]):
            found.extend(_name(run))
            run = []
        word = text[token.start : token.end]
        if _capital(token, word) or (run and word in _PARTICLES):
            run.append(token)
        else:
            found.extend(_name(run))
            run = []
    found.extend(_name(run))
    return found


def _joined(last: Token, between: str) -> bool:
    initial = last.end - last.start == 1 and bool(_AFTER_INITIAL.match(between))
    return initial or bool(_JOINING.match(between))


def sure(name: Name, first: int) -> bool:
    """Whether this is a name for certain: one capitalised word where a sentence begins may be any."""
    return len(name) > 1 or name[0].start > first or name[0].initials


def _capital(token: Token, word: str) -> bool:
    return token.capital and not token.number and fold(word).rstrip(".") not in _CALENDAR


def _name(run: list[Token]) -> list[Name]:
    while run and not _may_end(run[0]):
        run = run[1:]
    while run and not _may_end(run[-1]):
        run = run[:-1]
    return [tuple(run)] if run else []


def _may_end(token: Token) -> bool:
    # The WHO is no pronoun.
    return token.capital and (token.initials or token.stem not in FUNCTION_WORDS)


def written(name: Name, text: str) -> str:
    """A name as it stands in its text, without the possessive."""
    return re.sub(r"['’]s$", "", text[name[0].start : name[-1].end])


def same(name: Name, theirs: list[Name]) -> bool | Name:
    """Whether a passage has a name; or the other one in it with the same last word, where only such stand.

    A person is named again by the last word ("Maduro", "President Maduro", "N. Maduro"): that is the same.
    "Jorge Rodríguez" for "Delcy Rodríguez" is another.
    """
    parts = {part.stem for part in name if part.capital}
    there = {part.stem for other in theirs for part in other}
    if parts <= there or any(_shortened(name, other) or _shortened(other, name) for other in theirs):
        return True
    if len(name) == 1 and any(_of_one_country(name[0].stem, stem) for stem in there):
        return True
    if all(part in there or any(variants(part, other) for other in there) for part in parts):
        return True
    namesakes = [other for other in theirs if name[-1].stem in {part.stem for part in other}]
    if len(name) == 1 or len(name[-1].stem) < _SHORTEST_SURNAME or not namesakes:
        return False
    others = [other for other in namesakes if not _may_be(parts, name[-1].stem, other)]
    return others[0] if len(others) == len(namesakes) else True


def variants(a: str, b: str) -> bool:
    """Whether two words may be one name in two spellings of another script or alphabet.

    >>> [variants(*both.split()) for both in ("kyiv kiev", "zelensky zelenskyy", "qaddafi gadafi")]
    [True, True, True]
    >>> [variants(*both.split()) for both in ("anna anne", "smith smythe", "alpha beta")]
    [False, False, False]
    """
    if min(len(a), len(b)) < _SHORTEST_VARIANT or a == b:
        return a == b
    # The Arabic qaf is written with any of these.
    guttural = "q" in (a[0], b[0]) and {a[0], b[0]} <= {"q", "g", "k"}
    if a[0] != b[0] and not guttural:
        return False
    return _spoken(a[1:]) == _spoken(b[1:])


@lru_cache(maxsize=4096)
def _spoken(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def _of_one_country(a: str, b: str) -> bool:
    """Whether one word names the land and the other its people: Venezuela and Venezuelan, Iraq and Iraqi."""
    short, long = sorted((a, b), key=len)
    return len(short) >= _SHORTEST_LAND and long.startswith(short) and long[len(short) :] in _PEOPLE


def _shortened(short: Name, name: Name) -> bool:
    """Whether a name stands as its initials: "U.S." for "United States", "UN" for "the United Nations"."""
    letters = short[0].stem.replace(".", "") if len(short) == 1 and short[0].initials else ""
    words = [part.stem for part in name if part.capital]
    runs = range(len(words) - len(letters) + 1) if letters else ()
    return any("".join(word[0] for word in words[at : at + len(letters)]) == letters for at in runs)


def _may_be(parts: set[str], last: str, other: Name) -> bool:
    """Whether what stands before the last word allows it to be the name with these parts."""
    at = next(n for n, part in enumerate(other) if part.stem == last)
    if at == 0:
        return True
    before = other[at - 1].stem
    initial = before.replace(".", "")
    return before in parts or before in _TITLES or (
        len(initial) == 1 and any(part.startswith(initial) for part in parts)
    )
