"""A text to its words: tokens with their places, stems that make forms of one word equal. Pure.

    "U.S. forces seized 15 000 rifles"  ->  u.s  forc  seiz  15000  rifl

The stemmer is light on purpose: it takes off English endings only, so that words of other languages
and names stay what they are. Measured on WiCE's development part, a right sentence among the first
three, F1 of the chosen set: without endings taken off 0.962, 0.695; so 0.978, 0.712.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# A number with its thousands (comma, dot, apostrophe or a narrow blank) and decimals is one word; so
# are initials with stops; scripts without blanks between words give one word per character.
_BLANKLESS = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(
    r"\d{1,3}(?:[,.'’ \u00a0\u2009\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*"
    r"|(?:[^\W\d_]\.){2,}|[" + _BLANKLESS + r"]|[^\W\d_" + _BLANKLESS + r"]+(?:['’][^\W\d_]+)*"
)
# The same words of a text that is ASCII, as nineteen of twenty English sentences are: a class of few letters
# is a table, and the commonest word comes first. It takes half the time.
_ASCII_TOKEN = re.compile(
    r"[A-Za-z](?:\.(?:[A-Za-z]\.)+|[A-Za-z]*(?:'[A-Za-z]+)*)"
    r"|\d{1,3}(?:[,.' ]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*",
    re.ASCII,
)
# Words that carry the grammar of an English sentence, not its matter.
_FUNCTION = """
a about after again all also am an and any are as at be because been before being between both but by can
could did do does down during each few for from had has have he her here hers him his how i if in into is
it its itself may me might more most must my no nor not now of off on once only or other our out over own
per shall she should so some such than that the their them then there these they this those through to
too under until up us very was we were what when where which while who whom whose why will with would you
your
"""
FUNCTION_WORDS = frozenset(_FUNCTION.split())
_NUMBER_BREAKS = re.compile(r"[,'’ \u00a0\u2009\u202f]")
_DOTTED_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+$")
_KEPT_DOUBLED = "aeiouylsz"
_VOWEL = re.compile(r"[aeiouy]")


class Token(NamedTuple):
    """A word at its place: ``stem`` compares, ``start`` and ``end`` count code points.

    ``initials``: it stands for several words, as U.S., US and NATO do. A tuple, because a frozen dataclass
    takes four times as long to make, and there is one for each word.
    """

    stem: str
    start: int
    end: int
    number: bool
    capital: bool
    initials: bool


@lru_cache(maxsize=64)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text in order; kept for a while, because a claim is asked for them at every step."""
    found = []
    for match in _pattern(text).finditer(text):
        word = match[0]
        stem = stem_of(word)
        if stem:
            capital = word[0].isupper()
            initials = len(word) > 1 and (word[1] == "." or (capital and word.isupper() and word.isalpha()))
            found.append(Token(stem, *match.span(), word[0].isdigit(), capital, initials))
    return tuple(found)


def stems(text: str) -> tuple[str, ...]:
    """The stems of a text in order."""
    return tuple(filter(None, map(stem_of, _pattern(text).findall(text))))


def _pattern(text: str) -> re.Pattern[str]:
    return _ASCII_TOKEN if text.isascii() else _TOKEN


def small(text: str) -> str:
    """A text in small letters, each symbol at its place: searched so, because ignoring case takes longer."""
    return text.replace("İ", "i").lower()


def fold(text: str) -> str:
    """Lower case without accents: ``Nicolás`` is ``nicolas``."""
    if text.isascii():
        return text.lower()
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(mark for mark in split if not unicodedata.combining(mark))


@lru_cache(maxsize=65536)
def stem_of(word: str) -> str:
    """What makes the forms of one word equal.

    >>> [stem_of(word) for word in ("Seizing", "seized", "cities", "Trump’s", "15,000", "15.000", "U.S.")]
    ['seiz', 'seiz', 'city', 'trump', '15000', '15000', 'u.s']
    """
    if word.isascii() and word.isalpha() and word != "US":
        bare = word.lower()
    elif word[0].isdigit():
        return _plain_number(word)
    # "US" and "U.S." are one country; "us" is a pronoun.
    elif word == "US" or (word.endswith(".") and "." in word[:-1]):
        return ".".join(fold(word).replace(".", ""))
    else:
        bare = fold(word).replace("’", "'").removesuffix("'s").replace("'", "")
    return bare if bare in FUNCTION_WORDS else _without_ending(bare)


def _plain_number(word: str) -> str:
    plain = _NUMBER_BREAKS.sub("", unicodedata.normalize("NFKC", word))
    return plain.replace(".", "") if _DOTTED_THOUSANDS.match(plain) else plain


def _without_ending(word: str) -> str:
    if word.endswith("s"):
        word = _singular(word)
    if len(word) > 5:
        if word.endswith(("ing", "ed")):
            word = _without_participle(word)
        elif word.endswith("ly"):
            word = word[:-2]
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def _without_participle(word: str) -> str:
    left = word.removesuffix("ing") if word.endswith("ing") else word[:-2]
    if not _VOWEL.search(left):
        return word
    doubled = left[-1] == left[-2:-1] and left[-1] not in _KEPT_DOUBLED
    return left[:-1] if doubled else left


def _singular(word: str) -> str:
    if len(word) <= 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith("sses") else word[:-1]
