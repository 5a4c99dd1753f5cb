"""What a person types in the search box, read: words, "quoted words", beginnings, and filters. Pure.

Words become phrases of FTS5, so that its operators lose their meaning: `don't`, `C++`, `multi-agent`,
`col:val` and a quotation mark that is never closed are words, not errors.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from archive.index.pairs import RUN, phrase
from archive.uri import is_web

# What each filter is for, as pages and complaints say it; the values of one filter are alternatives.
FILTERS = {
    "site": "a host such as example.org, its subdomains too",
    "author": "a part of an author's name",
    "before": "a date such as 2019 or 2019-05-01: pages dated before it",
    "after": "a date such as 2019 or 2019-05-01: pages dated on it or later",
    "year": "a year: pages dated in it",
    "lang": "a language such as en",
    "kind": "passage or claim",
    "is": "citing (articles) or cited (their sources)",
    "article": "the id or address of an article: it, and what it cites",
    "cited-by": "the id or address of an article: what it cites",
    "in": "the name of a collection: its members",
    "tag": "a tag: what bears it",
}
# Names that people gave are taken as they are written.
_AS_WRITTEN = ("author", "in", "tag")
_CHOICES = {"kind": ("passage", "claim"), "is": ("citing", "cited")}
_DATED = re.compile(r"\d{4}(-\d\d){0,2}")
_QUOTES = '"“”„«»'
_PIECE = re.compile(
    rf"(?:(?P<key>{'|'.join(FILTERS)}):(?=\S))?"
    rf"(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)(?:[{_QUOTES}]|$)|(?P<word>[^\s{_QUOTES}]+))",
    re.IGNORECASE,
)
# Signs that the tokenizer drops and that make another word of it: C++, C#, #metoo.
_SIGNS = re.compile(r"(?<=\w)[+#]+(?!\w)|(?<!\w)[#@](?=\w)")
# Each phrase costs a pass over all that it matches: "a a a …" of 500 characters kept a thread of the site
# busy for more than a minute on 20,000 paragraphs. Said twice, a word asks for nothing more.
_MOST = 24

Forms = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words that every hit must hold in this order; ``exact``: as they stand; ``begins``: or longer."""

    words: str
    exact: bool = False
    begins: bool = False

    @property
    def literal(self) -> re.Pattern[str] | None:
        """What a text must match besides, where the words bear signs that the index does not know."""
        if not _SIGNS.search(self.words):
            return None
        ends = "" if self.begins else r"(?![\w+#])"
        return re.compile(rf"(?<![\w+#]){re.escape(self.words)}{ends}", re.IGNORECASE)

    @property
    def runs(self) -> list[str]:
        """Its parts in scripts without blanks."""
        return RUN.findall(self.words)

    def match(self, forms: Forms) -> str:
        """The same as an FTS5 expression; ``forms``: a word to its forms, itself among them."""
        spaced = [part for part in RUN.split(self.words) if any(map(_is_token, part))]
        made = [self._spaced(part, forms) for part in spaced]
        return " AND ".join(made + [f"pairs : {phrase(run)}" for run in self.runs])

    def _spaced(self, part: str, forms: Forms) -> str:
        if self.begins:
            return f'exact : "{part}"*'
        said = [part] if self.exact else _variants(part, forms)
        return "exact : (" + " OR ".join(f'"{one}"' for one in said) + ")"


@dataclass(frozen=True, slots=True)
class Query:
    """A question to the archive: what hits must hold, and of which pages they must be.

    ``complaints``: what of it makes no sense, in words for the person who typed it.
    """

    text: str
    wanted: tuple[Wanted, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    complaints: tuple[str, ...] = ()

    def values(self, key: str) -> tuple[str, ...]:
        """What is asked of a filter."""
        return tuple(value for name, value in self.filters if name == key)

    def match(self, forms: Forms) -> str:
        """The FTS5 expression; empty where nothing is asked for."""
        return " AND ".join(one.match(forms) for one in self.wanted)

    def narrowed(self, key: str, value: str) -> str:
        """The words of this question with one filter more."""
        return among(self.text, key, value)

    def widened(self, key: str) -> str:
        """The words of this question without a filter."""
        kept = (piece[0] for piece in _PIECE.finditer(self.text) if (piece["key"] or "").lower() != key)
        return " ".join(kept)


def parse(text: str) -> Query:
    """What was typed, read; nothing of it is ever an error.

    >>> [one.words for one in parse('don\\'t "great reef" C++ whal* col:val').wanted]
    ["don't", 'great reef', 'C++', 'whal', 'col:val']
    >>> parse("reef site:example.org before:soon").filters
    (('site', 'example.org'),)
    """
    # A lone surrogate or a NUL can come out of an address; SQLite takes neither.
    text = text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8").strip()
    wanted: dict[Wanted, None] = {}
    filters: dict[tuple[str, str], None] = {}
    complaints = []
    for piece in _PIECE.finditer(text):
        if piece["key"]:
            key, value = piece["key"].lower(), (piece["phrase"] or piece["word"] or "").strip()
            if _makes_sense(key, value):
                filters[key, value if key in _AS_WRITTEN or is_web(value) else value.lower()] = None
            else:
                complaints.append(f"{key}: wants {FILTERS[key]}; found “{value}”.")
        else:
            wanted |= dict.fromkeys(_words(piece))
    return Query(text, tuple(islice(wanted, _MOST)), tuple(islice(filters, _MOST)), tuple(complaints))


def _words(piece: re.Match[str]) -> Iterator[Wanted]:
    exact = piece["word"] is None
    words = (piece["phrase"] if exact else piece["word"]).strip()
    begins = not exact and words.endswith("*") and len(words) > 1 and _is_token(words[-2])
    words = words.removesuffix("*") if begins else words
    if any(map(_is_token, words)):
        yield Wanted(words, exact, begins)


def _makes_sense(key: str, value: str) -> bool:
    if key in _CHOICES:
        return value.lower() in _CHOICES[key]
    if key in ("before", "after"):
        return _DATED.fullmatch(value) is not None
    return bool(value) and (key != "year" or re.fullmatch(r"\d{4}", value) is not None)


def _variants(part: str, forms: Forms) -> list[str]:
    """A word in its forms; of several joined words (multi-agent) the last is, and they are one word too."""
    # Python's \w knows no marks: only a last word of plain letters is told apart from what precedes it.
    ends = re.fullmatch(r"(.*?)([A-Za-z]+)[\s.,;:!?)]*", part, re.DOTALL)
    said = [ends[1] + form for form in forms(ends[2])] if ends else [part]
    return said + ([part.replace("-", "")] if re.fullmatch(r"\w+(-\w+)+", part) else [])


def _is_token(symbol: str) -> bool:
    """Whether the tokenizer sees a word in it: a phrase without any matches nothing at all."""
    return unicodedata.category(symbol)[0] in "LMN" or unicodedata.category(symbol) == "Co"


def _as_typed(value: str) -> str:
    return f'"{unquoted(value)}"' if re.search(rf"[\s{_QUOTES}]", value) else value


def unquoted(name: str) -> str:
    """A name as a filter can hold it: without quotation marks."""
    return " ".join(re.sub(f"[{_QUOTES}]", " ", name).split())


def among(text: str, key: str, value: str) -> str:
    """The words of a question, asked of the members of a collection (``in``) or of what bears a ``tag``.

    >>> among("storm petrels", "in", 'the "old" harbour')
    'storm petrels in:"the old harbour"'
    """
    return f"{text} {key}:{_as_typed(value)}".strip()
