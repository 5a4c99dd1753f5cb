"""Other people's resolvers: what is installed under the entry points `pincite_resolvers`.

A resolver is a function of a question and of a means to ask the web:

    def find(question: Question, get: Get) -> Iterable[Candidate]

A candidate with the score 1 says "this is it"; anything less is a near miss for a person to look at.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from itertools import islice
from typing import Protocol

from archive.model import Candidate
from archive.uri import is_web
from ingest.resolve.mediawiki import PATIENCE, Answer, ResolverFailed
from ingest.resolve.question import Question
from ingest.resolve.titles import clean

GROUP = "pincite_resolvers"
CERTAIN = 1.0
# More near misses than anyone reads; a resolver may be a generator without an end.
MOST_OFFERED = 10


class Get(Protocol):
    """Visits an address with Pincite's own guards; raises a ``PinciteError`` where nothing comes back."""

    def __call__(self, uri: str, accept: str | None = None) -> Answer:
        """The answer, redirects followed, decoded."""


@dataclass(slots=True)
class Plugin:
    """One resolver of others; ``load`` gives its function and may fail, as anything of it may."""

    name: str
    load: Callable[[], object]
    get: Get
    _failures: int = field(default=0, init=False)

    @property
    def method(self) -> str:
        """How its answers are called in steps and resolutions."""
        return f"resolver-{clean(self.name)}"

    def ask(self, question: Question) -> list[Candidate]:
        """What it offers, best first, each with an address that can be visited.

        :raises ResolverFailed: it failed, or gave something that is no list of candidates.
        """
        if self._failures >= PATIENCE:
            raise ResolverFailed(f"{self.name} was not asked again after {PATIENCE} failures in a row")
        try:
            offered = self._offered(question)
        # Whatever is wrong in other people's code, the ingest goes on without it and says so.
        except (Exception, SystemExit) as error:
            self._failures += 1
            raise ResolverFailed(f"{self.name} failed: {type(error).__name__}: {_line(error)}") from error
        self._failures = 0
        return offered

    def _offered(self, question: Question) -> list[Candidate]:
        find = self.load()
        if not callable(find):
            raise TypeError(f"expected a function, found {type(find).__name__}")
        offered = find(question, self.get)
        if not isinstance(offered, Iterable):
            raise TypeError(f"expected candidates, found {type(offered).__name__}")
        return sorted(map(_checked, islice(offered, MOST_OFFERED)), key=lambda one: -one.score)


def installed(get: Get) -> tuple[Plugin, ...]:
    """The resolvers that are installed beside Pincite, by name."""
    found = sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value))
    return tuple(Plugin(point.name, point.load, get) for point in found)


def _checked(offered: object) -> Candidate:
    if not isinstance(offered, Candidate):
        raise TypeError(f"expected candidates, found {type(offered).__name__}")
    uri, title = str(offered.uri), str(offered.title)
    if not is_web(uri):
        raise ValueError(f"{_line(uri)} is no http(s) address")
    score = float(offered.score)
    if not math.isfinite(score):
        raise ValueError(f"{score} is no score; expected 0 to 1")
    return Candidate(uri, clean(title), round(min(1.0, max(0.0, score)), 3))


def _line(said: object) -> str:
    return clean(str(said))[:200]
