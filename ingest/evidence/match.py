"""Claims to the closest passages of what they cite, with an outcome for every claim. Pure.

    1. which sources: those the author tied to the claim, else all of the article
    2. each source's sentences ranked, and the few chosen that together bear the claim
    3. below the floor nothing is linked
    4. neighbours among the chosen joined to passages; passages ranked over the claim
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from archive.anchor import describe
from archive.model import Citation, Claim, ClaimOutcome, Evidence, How, Outcome, Signals, Tied
from ingest.evidence.ranking import Query, Ranked, Rarity, choose, rank
from ingest.evidence.signals import Statement, compare, statement
from ingest.evidence.source import Absent, ArticleText, Index, Source

METHOD = "pincite-lexical 1"
# Below the floor nothing is linked: score, and a little for each word of matter in common, because one rare
# word weighs as much as five ordinary ones and proves less. A source that the author tied to the claim is
# likely to hold it; one of the article's list is one of many, so its floor is higher.
# WiCE’s development part (`python benchmarks/evidence.py`): of true links 0.96 and 0.91 are kept, of pages
# about something else 0.022 and 0.007 are linked.
FLOOR: Mapping[Tied, float] = {"author": 0.21, "article": 0.28}
WORD, MOST_WORDS = 0.03, 8
# A passage that holds a long quotation of the claim may have little else of it.
QUOTED_FLOOR = 0.5
# One word in common proves nothing, where the claim has more of them.
FEWEST_WORDS, FEW_COVER = 2, 0.6
# Of an article's list only what comes near the best passage of all sources is shown.
BESIDE_BEST = 0.6
MOST_PASSAGES = 3
LONGEST_WINDOW = 3

# Signals are read from so much of a claim; a longer one is a table or a list without stops.
MOST_READ = 4000

SAME_TEXT = "same text"


@dataclass(frozen=True, slots=True)
class _Window:
    """One to three adjacent sentences of a source."""

    index: Index
    start: int
    end: int
    score: float
    quoted: bool
    words: frozenset[str]

    @property
    def order(self) -> tuple[bool, bool, float, str, int]:
        """Best first: other texts than the article's own, quotations, closeness; ties by content."""
        return self.index.same_as_article, not self.quoted, -self.score, self.index.source.text_id, self.start


@dataclass(frozen=True, slots=True)
class _Searched:
    """What all claims are matched against: each source text once, and the citations that lead to it."""

    article: ArticleText
    citations: Sequence[str]
    sources: Mapping[str, Source | Absent]
    indexes: Mapping[str, Index]
    rarity: Rarity

    def index(self, citation: str) -> Index | None:
        """The text that a citation leads to, where there is one in the article's language."""
        source = self.sources.get(citation)
        return self.indexes.get(source.text_id) if isinstance(source, Source) else None

    def standing(self, citation: str) -> Outcome:
        """What can become of a claim that has this citation alone and no passage."""
        source = self.sources.get(citation, Absent())
        if isinstance(source, Absent):
            return source.reason
        if not source.body.strip():
            return "no-text"
        return "nothing-found" if source.text_id in self.indexes else "not-compared"


def match(
    article: ArticleText,
    claims: Sequence[Claim],
    citations: Sequence[Citation],
    ties: Iterable[tuple[str, str]],
    sources: Mapping[str, Source | Absent],
) -> tuple[tuple[Evidence, ...], tuple[ClaimOutcome, ...]]:
    """The closest passages for each claim, by claim and rank, and one outcome for each claim.

    ``ties``: (claim id, citation id) as the author tied them; ``sources``: by citation id.
    """
    searched = _searched(article, citations, sources)
    tied: dict[str, list[str]] = {}
    for claim_id, citation_id in ties:
        tied.setdefault(claim_id, []).append(citation_id)
    found: list[Evidence] = []
    outcomes: list[ClaimOutcome] = []
    for claim in claims:
        own = tuple(dict.fromkeys(tied.get(claim.id, ())))
        evidence = _evidence(claim, own, searched)
        found.extend(evidence)
        outcome = "matched" if evidence else _outcome(own or searched.citations, searched)
        outcomes.append(ClaimOutcome(claim.id, outcome, own, article.sections.get(claim.id)))
    return tuple(found), tuple(outcomes)


def _searched(
    article: ArticleText, citations: Sequence[Citation], sources: Mapping[str, Source | Absent]
) -> _Searched:
    indexes: dict[str, Index] = {}
    for source in sources.values():
        if not isinstance(source, Source) or not source.body.strip() or source.text_id in indexes:
            continue
        if not _languages_differ(article.language, source.language):
            indexes[source.text_id] = Index(source, same_as_article=source.body == article.body)
    order = tuple(dict.fromkeys(citation.id for citation in citations))
    return _Searched(article, order, sources, indexes, Rarity(indexes.values()))


def _languages_differ(a: str | None, b: str | None) -> bool:
    return bool(a and b) and _primary(a) != _primary(b)


def _primary(language: str | None) -> str:
    return (language or "").replace("_", "-").split("-")[0].strip().lower()


# What is said of a claim without a passage: the first of these that holds for one of its citations.
_PRECEDENCE: tuple[Outcome, ...] = ("nothing-found", "not-compared", "no-text", "source-not-captured")


def _outcome(citations: Sequence[str], searched: _Searched) -> Outcome:
    standings = {searched.standing(citation) for citation in citations}
    return next((outcome for outcome in _PRECEDENCE if outcome in standings), "uncited")


def _evidence(claim: Claim, own: Sequence[str], searched: _Searched) -> list[Evidence]:
    tied: Tied = "author" if own else "article"
    query = searched.rarity.query(claim.passage.exact)
    places: dict[str, list[str]] = {}
    for citation in own or searched.citations:
        index = searched.index(citation)
        if index is not None:
            places.setdefault(index.source.text_id, []).append(citation)
    windows = [w for text in places for w in _windows(query, searched.indexes[text], FLOOR[tied])]
    windows.sort(key=lambda window: window.order)
    if tied == "article" and windows:
        # A copy of the article has every claim whole; measured by it, nothing else would be near.
        best = max((w.score for w in windows if not w.index.same_as_article), default=0.0)
        windows = [w for w in windows if w.quoted or w.score >= BESIDE_BEST * best]
        # Several entries of a list that lead to one text are one source: the first of them stands for it.
        places = {text: cited[:1] for text, cited in places.items()}
    read = statement(claim.passage.exact[:MOST_READ], searched.article.language)
    rows = [(window, citation) for window in windows for citation in places[window.index.source.text_id]]
    return [_row(claim, read, query, (n, w, c, tied)) for n, (w, c) in enumerate(rows, start=1)]


def _row(claim: Claim, read: Statement, query: Query, row: tuple[int, _Window, str, Tied]) -> Evidence:
    number, window, citation, tied = row
    source = window.index.source
    passage = describe(source.body, window.start, window.end)
    cover = round(min(1.0, query.cover(window.words)), 4)
    signals: Signals = compare(read, passage.exact, source.language, cover)
    if window.index.same_as_article:
        signals = replace(signals, labels=(SAME_TEXT,))
    how: How = "quoted" if window.quoted else "matched"
    return Evidence(
        claim.id, source.text_id, passage, METHOD, citation, tied, how, number, window.score, signals
    )


def _windows(query: Query, index: Index, floor: float) -> list[_Window]:
    """The passages of a source for a claim, at most three; none where the best is below the floor."""
    chosen = [r for r in choose(query, rank(query, index)) if _above(query, r, floor)]
    joined = [_window(index, run) for run in _runs(index, chosen)]
    return sorted(joined, key=lambda window: window.order)[:MOST_PASSAGES]


def _above(query: Query, ranked: Ranked, floor: float) -> bool:
    common = len(query.matter & ranked.words)
    closeness = ranked.score + WORD * min(common, MOST_WORDS)
    if ranked.quoted:
        return closeness >= floor * QUOTED_FLOOR
    return closeness >= floor and (common >= FEWEST_WORDS or ranked.cover >= FEW_COVER)


def _runs(index: Index, chosen: Sequence[Ranked]) -> list[list[Ranked]]:
    """The chosen sentences in text order; those that adjoin inside a paragraph come together."""
    runs: list[list[Ranked]] = []
    for ranked in sorted(chosen, key=lambda r: r.sentence):
        last = runs[-1] if runs else []
        if last and len(last) < LONGEST_WINDOW and index.adjoin(last[-1].sentence, ranked.sentence):
            last.append(ranked)
        else:
            runs.append([ranked])
    return runs


def _window(index: Index, run: Sequence[Ranked]) -> _Window:
    start, end = index.spans[run[0].sentence][0], index.spans[run[-1].sentence][1]
    words = frozenset().union(*(r.words for r in run))
    return _Window(index, start, end, max(r.score for r in run), any(r.quoted for r in run), words)
