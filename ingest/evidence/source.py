"""What is compared: the article's text, the sources' texts, and each source made ready once. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from archive.quotations import Plain
from ingest import sentences
from ingest.evidence.meaning import Meaning, Read
from ingest.evidence.words import stems

Span = tuple[int, int]
# No sentence of prose was seen to be longer; a passage must stay quotable.
LONGEST = 1200
# Words of at least so many letters are compared by how they begin, from so many on.
FORMS_FROM, BEGINNING = 5, 4


@dataclass(frozen=True, slots=True)
class ArticleText:
    """The text that was read; ``sections``: the heading that each claim (by id) stands under.

    ``uri``, ``title`` and ``site`` tell which sources are akin to it, and what its claims are about.
    """

    text_id: str
    body: str
    language: str | None = None
    sections: Mapping[str, str] = field(default_factory=dict)
    title: str | None = None
    uri: str | None = None
    site: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a captured source. ``spans``: its sentences, found here where they are not given."""

    text_id: str
    body: str
    language: str | None = None
    spans: tuple[Span, ...] | None = None
    title: str | None = None
    uri: str | None = None
    site: str | None = None


@dataclass(frozen=True, slots=True)
class Absent:
    """Why a citation has no text to search: nothing captured, or captured without text."""

    reason: Literal["source-not-captured", "no-text"] = "source-not-captured"


class Index:
    """One source made ready: its sentences, their words, and where each word stands.

    Memory grows with the text: each word of it is held once in a sentence and once in the postings.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        # What the source is to the article: told once both are known.
        self.labels: tuple[str, ...] = ()
        # Who reads its sentences for their meaning, where anybody does.
        self.reader: Meaning | None = None
        found: Sequence[Span] | None = source.spans
        if found is None:
            found = sentences.spans(source.body, source.language or "en")
        self.spans: tuple[Span, ...] = tuple(piece for span in found for piece in _pieces(source.body, *span))
        self.words: list[tuple[str, ...]] = []
        postings: defaultdict[str, list[int]] = defaultdict(list)
        for number, (start, end) in enumerate(self.spans):
            words = stems(source.body[start:end])
            self.words.append(words)
            for word in set(words):
                postings[word].append(number)
        # Asked for a word that it lacks, a defaultdict would take it up.
        self.postings: dict[str, list[int]] = dict(postings)

    @cached_property
    def plain(self) -> Plain:
        """The text as quotations are looked for in it; made when a claim first quotes."""
        return Plain(self.source.body)

    @property
    def meant(self) -> Read | None:
        """The sentences as a sentence encoder reads them; None without one."""
        return self._read if self.reader else None

    @cached_property
    def _read(self) -> Read:
        assert self.reader
        return self.reader.read([self.source.body[start:end] for start, end in self.spans])

    @cached_property
    def usual_length(self) -> float:
        """How many words a sentence of this source has on average."""
        return sum(map(len, self.words)) / (len(self.words) or 1) or 1.0

    @cached_property
    def beginnings(self) -> dict[str, list[str]]:
        """The longer words of the source by their first letters, where forms of one word meet."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for word in self.postings:
            if len(word) >= FORMS_FROM:
                found[word[:BEGINNING]].append(word)
        return dict(found)

    def ends(self, number: int) -> tuple[str, str]:
        """The first and the last mark of a sentence."""
        start, end = self.spans[number]
        return self.source.body[start], self.source.body[end - 1]

    def adjoin(self, number: int, other: int) -> bool:
        """Whether a sentence is followed by the other in the same paragraph."""
        between = self.source.body[self.spans[number][1] : self.spans[other][0]]
        return other == number + 1 and "\n\n" not in between and "\f" not in between


def _pieces(body: str, start: int, end: int) -> Iterator[Span]:
    """A sentence, cut at blanks where it is too long to be one (a table or a list without stops)."""
    while end - start > LONGEST:
        blank = body.rfind(" ", start + 1, start + LONGEST)
        cut = blank if blank > 0 else start + LONGEST
        yield start, cut
        start = cut
        while start < end and body[start].isspace():
            start += 1
    if start < end:
        yield start, end
