"""Claims to the closest passages of what they cite, with an outcome for every claim. Pure.

    1. which sources: those the author tied to the claim, else all of the article
    2. each source's sentences ranked, and the few chosen that together bear the claim
    3. where it is not likely enough that the claim is in the source at all, nothing is linked
    4. neighbours among the chosen joined to passages; passages ranked over the claim
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from archive.anchor import describe
from archive.model import Citation, Claim, ClaimOutcome, Evidence, How, Outcome, Signals, Tied
from ingest.evidence import foreign, language, sameness
from ingest.evidence.meaning import Meaning
from ingest.evidence.query import NEAR_BEFORE, Around, Query, Rarity
from ingest.evidence.ranking import SHIPPED, Found, Ranked, find
from ingest.evidence.signals import Statement, compare, statement
from ingest.evidence.source import Absent, ArticleText, Index, Source

METHOD = "pincite-linear 4"
# Of an article's list only what comes near the best passage of all sources is shown.
BESIDE_BEST = 0.5
# A passage that holds a long quotation of the claim may have little else of it.
QUOTED_FLOOR = 0.5
# One word in common proves nothing, where the claim has more of them.
FEWEST_WORDS, FEW_COVER = 2, 0.6
MOST_PASSAGES = 3
LONGEST_WINDOW = 3

# How far beside a passage words of denial are looked for.
BESIDE = 120
# Signals are read from so much of a claim; a longer one is a table or a list without stops.
MOST_READ = 4000


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
        return _trails(self.index), not self.quoted, -self.score, self.index.source.text_id, self.start


@dataclass(frozen=True, slots=True)
class _Searched:
    """What all claims are matched against: each source text once, and the citations that lead to it."""

    method: str
    article: ArticleText
    citations: Sequence[str]
    sources: Mapping[str, Source | Absent]
    indexes: Mapping[str, Index]
    foreign: Mapping[str, Index]
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


@dataclass(frozen=True, slots=True)
class Matcher:
    """A way to match; ``meaning``: the sentence encoder that helps; ``told``: hears how many are done."""

    meaning: Meaning | None = None
    told: Callable[[int], None] | None = None

    @property
    def method(self) -> str:
        """What a reading names: another encoder finds other passages."""
        return f"{METHOD} with {self.meaning.name}" if self.meaning else METHOD

    def match(
        self,
        article: ArticleText,
        claims: Sequence[Claim],
        citations: Sequence[Citation],
        ties: Iterable[tuple[str, str]],
        sources: Mapping[str, Source | Absent],
    ) -> tuple[tuple[Evidence, ...], tuple[ClaimOutcome, ...]]:
        """The closest passages for each claim, by claim and rank, and one outcome for each claim.

        ``ties``: (claim id, citation id) as the author tied them; ``sources``: by citation id.
        """
        searched = _searched(self, article, citations, sources)
        tied: dict[str, list[str]] = {}
        for claim_id, citation_id in ties:
            tied.setdefault(claim_id, []).append(citation_id)
        found: list[Evidence] = []
        outcomes: list[ClaimOutcome] = []
        for done, claim in enumerate(claims, start=1):
            own = tuple(dict.fromkeys(tied.get(claim.id, ())))
            evidence = _evidence(claim, own, searched)
            outcome = "matched" if evidence else _outcome(own or searched.citations, searched)
            found.extend(evidence or _not_compared(claim, own, searched))
            outcomes.append(ClaimOutcome(claim.id, outcome, own, article.sections.get(claim.id)))
            if self.told:
                self.told(done)
        return tuple(found), tuple(outcomes)


match = Matcher().match


def _searched(
    how: Matcher,
    article: ArticleText,
    citations: Sequence[Citation],
    sources: Mapping[str, Source | Absent],
) -> _Searched:
    indexes: dict[str, Index] = {}
    others: dict[str, Index] = {}
    # Its own sentences count for rarity: what it is about is in all of them, and says little of one claim.
    own = Index(Source(article.text_id, article.body, article.language))
    for source in sources.values():
        if not isinstance(source, Source) or not source.body.strip() or source.text_id in (indexes | others):
            continue
        other = language.differ((article.body, article.language), (source.body, source.language))
        read = replace(source, language=language.spoken(source.body, source.language)) if other else source
        index = (others if other else indexes)[source.text_id] = Index(read)
        index.labels, index.reader = sameness.labels(article, own, index), None if other else how.meaning
    order = tuple(dict.fromkeys(citation.id for citation in citations))
    return _Searched(how.method, article, order, sources, indexes, others, Rarity([*indexes.values(), own]))


def _trails(index: Index) -> bool:
    """Whether what is found in a source must not lead: it may have all from the article."""
    return not sameness.TRAILING.isdisjoint(index.labels)


# What is said of a claim without a passage: the first of these that holds for one of its citations.
_PRECEDENCE: tuple[Outcome, ...] = ("not-compared", "nothing-found", "no-text", "source-not-captured")


def _outcome(citations: Sequence[str], searched: _Searched) -> Outcome:
    standings = {searched.standing(citation) for citation in citations}
    return next((outcome for outcome in _PRECEDENCE if outcome in standings), "uncited")


def _evidence(claim: Claim, own: Sequence[str], searched: _Searched) -> list[Evidence]:
    tied: Tied = "author" if own else "article"
    query = searched.rarity.query(claim.passage.exact, _around(claim, searched.article))
    places: dict[str, list[str]] = {}
    for citation in own or searched.citations:
        index = searched.index(citation)
        if index is not None:
            places.setdefault(index.source.text_id, []).append(citation)
    floor = SHIPPED.floor(tied, len(places))
    windows = [w for text in places for w in _windows(query, searched.indexes[text], searched.rarity, floor)]
    windows.sort(key=lambda window: window.order)
    if tied == "article" and windows:
        # A copy of the article has every claim whole; measured by it, nothing else would be near.
        best = max((w.score for w in windows if not _trails(w.index)), default=0.0)
        windows = [w for w in windows if w.quoted or w.score >= BESIDE_BEST * best]
        # Several entries of a list that lead to one text are one source: the first of them stands for it.
        places = {text: cited[:1] for text, cited in places.items()}
    read = statement(claim.passage.exact[:MOST_READ], searched.article.language)
    rows = [(window, citation) for window in windows for citation in places[window.index.source.text_id]]
    found = [_row(claim, read, query, (n, w, c, tied)) for n, (w, c) in enumerate(rows, start=1)]
    return [replace(one, method=searched.method) for one in found]


def _not_compared(claim: Claim, own: Sequence[str], searched: _Searched) -> list[Evidence]:
    """For a source in another language, where names and numbers of the claim stand together in it."""
    if not searched.foreign:
        return []
    read = statement(claim.passage.exact[:MOST_READ], searched.article.language)
    rows: list[Evidence] = []
    seen: set[str] = set()
    for citation in own or searched.citations:
        source = searched.sources.get(citation)
        index = searched.foreign.get(source.text_id) if isinstance(source, Source) else None
        agreed = foreign.agreement(read, index) if index else None
        if index is None or agreed is None or (not own and index.source.text_id in seen):
            continue
        seen.add(index.source.text_id)
        passage = describe(index.source.body, *agreed.span)
        how: How = "quoted" if agreed.signals.quoted else "matched"
        tied: Tied = "author" if own else "article"
        row = (tied, how, len(rows) + 1, 0.0, agreed.signals)
        rows.append(Evidence(claim.id, index.source.text_id, passage, searched.method, citation, *row))
    return rows


def _row(claim: Claim, read: Statement, query: Query, row: tuple[int, _Window, str, Tied]) -> Evidence:
    number, window, citation, tied = row
    source = window.index.source
    passage = describe(source.body, window.start, window.end)
    cover = round(min(1.0, query.cover(window.words)), 4)
    # The verdict on what is repeated often stands in the next sentence.
    beside = source.body[max(0, window.start - BESIDE) : window.end + BESIDE]
    signals: Signals = compare(read, passage.exact, source.language, cover, beside)
    if window.index.labels:
        signals = replace(signals, labels=window.index.labels)
    how: How = "quoted" if window.quoted else "matched"
    return Evidence(
        claim.id, source.text_id, passage, METHOD, citation, tied, how, number, window.score, signals
    )


def _around(claim: Claim, article: ArticleText) -> Around:
    start = claim.passage.start
    before = article.body[max(0, start - NEAR_BEFORE) : start]
    return Around(article.title or "", article.sections.get(claim.id) or "", before)


def _windows(query: Query, index: Index, rarity: Rarity, floor: float) -> list[_Window]:
    """The passages of a source for a claim, at most three; none where it is hardly in the source."""
    found = find(query, index, rarity)
    quoted = any(one.quoted for one, _ in found.chosen)
    if found.probability < (floor * QUOTED_FLOOR if quoted else floor):
        return []
    if not quoted and not _enough(query, found):
        return []
    scores = {one.sentence: chance * found.probability for one, chance in found.chosen}
    joined = [_window(index, run, scores) for run in _runs(index, [one for one, _ in found.chosen])]
    return sorted(joined, key=lambda window: window.order)[:MOST_PASSAGES]


def _enough(query: Query, found: Found) -> bool:
    words = frozenset().union(*(one.words for one, _ in found.chosen))
    return len(query.matter & words) >= FEWEST_WORDS or query.cover(words) >= FEW_COVER


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


def _window(index: Index, run: Sequence[Ranked], scores: Mapping[int, float]) -> _Window:
    start, end = index.spans[run[0].sentence][0], index.spans[run[-1].sentence][1]
    words = frozenset().union(*(r.words for r in run))
    score = round(max(scores[r.sentence] for r in run), 4)
    return _Window(index, start, end, score, any(r.quoted for r in run), words)
