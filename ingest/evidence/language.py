"""Which language a text is in: as stated, or by its most common words where they leave no doubt. Pure."""

import re
from collections import Counter
from functools import lru_cache
from itertools import islice

_WORDS = {
    "en": "the of and to in is was for that with as on by at from it are were this be have has not which",
    "de": "der die das und ist nicht ein eine zu den mit von für auf im dem sich auch als des wurde bei",
    "fr": "le la les des et est une dans pour que qui sur pas du au par plus avec ce sont aux été cette",
    "es": "el la los las del que y en una por con para es se su como al más fue lo sus entre pero",
    "it": "il di che la e non una per con del della sono dei nel alla è gli si ha delle anche più",
    "pt": "o os que não uma com para em do da dos das no na por mais foi ao como são pela pelo",
    "nl": "de het een van en is niet dat op te zijn met voor aan door er ook werd bij naar om",
    "sv": "och att det som en är av för den med till inte på har ett om var de från",
    "pl": "i w na z się nie do jest to że o od przez po jak za oraz był dla",
}
_SPOKEN_BY = {
    word: tuple(code for code, words in _WORDS.items() if word in words.split())
    for word in " ".join(_WORDS.values()).split()
}
_SCRIPTS = (
    ("Cyrillic", re.compile(r"[\u0400-\u04ff]")),
    ("Greek", re.compile(r"[\u0370-\u03ff]")),
    ("Hebrew", re.compile(r"[\u0590-\u05ff]")),
    ("Arabic", re.compile(r"[\u0600-\u06ff]")),
    ("Devanagari", re.compile(r"[\u0900-\u097f]")),
    ("Kana", re.compile(r"[\u3040-\u30ff]")),
    ("Hangul", re.compile(r"[\uac00-\ud7af]")),
    ("Han", re.compile(r"[\u3400-\u9fff]")),
)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_BEYOND_LATIN = re.compile(r"[\u0370-\uffef]{3}")
# Small letters of the languages above: half the time of all letters of all scripts.
_WORD = re.compile("[a-zß-ɏ]+")
_READ = 2000
# Fewer words of grammar than these say nothing; nor do those of two languages that are near each other.
_FEWEST, _AHEAD = 12, 2.0


def primary(language: str | None) -> str:
    """The language without its region: ``de`` for ``de-AT`` and ``de_AT``."""
    return (language or "").replace("_", "-").split("-")[0].strip().lower()


def differ(a: tuple[str, str | None], b: tuple[str, str | None]) -> bool:
    """Whether two texts, each with the language that it states, are in different languages.

    A page's statement is often its template's: where the words leave no doubt they win.
    """
    if script(a[0]) != script(b[0]) and "" not in (script(a[0]), script(b[0])):
        return True
    mine, theirs = (spoken(body, stated) for body, stated in (a, b))
    return bool(mine and theirs) and mine != theirs


@lru_cache(maxsize=8)
def _script(head: str) -> str:
    if head.isascii() or not _BEYOND_LATIN.search(head):
        enough = islice(_LATIN.finditer(head), _FEWEST)
        return "Latin" if sum(1 for _ in enough) == _FEWEST else ""
    counts = {name: len(letters.findall(head)) for name, letters in _SCRIPTS}
    if counts["Kana"] * 10 > counts["Han"]:
        counts["Kana"] += counts["Han"]
    counts["Latin"] = len(_LATIN.findall(head))
    name = max(counts, key=lambda one: counts[one])
    return name if counts[name] >= _FEWEST else ""


def spoken(text: str, stated: str | None) -> str:
    """The language of a text: by its words where they leave no doubt, else as stated."""
    return guess(text) or primary(stated)


def script(text: str) -> str:
    """The script that most letters of a text are in; ``""`` for too few letters."""
    return _script(text[:_READ])


def guess(text: str) -> str:
    """The language of a text by its words of grammar; ``""`` where they leave doubt."""
    return _guess(text[:_READ])


@lru_cache(maxsize=8)
def _guess(head: str) -> str:
    words = Counter(_WORD.findall(head.lower()))
    counts = dict.fromkeys(_WORDS, 0)
    for word in words.keys() & _SPOKEN_BY.keys():
        for code in _SPOKEN_BY[word]:
            counts[code] += words[word]
    first, second, *_ = sorted(counts, key=lambda code: -counts[code])
    sure = counts[first] >= _FEWEST and counts[first] >= _AHEAD * counts[second]
    return first if sure else ""
