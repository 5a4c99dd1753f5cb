"""Any noun that the archive may be asked to keep, as hypothesis strategies.

``any_noun.readings()`` gives a reading of which nothing is certain but that it names only what it holds.
"""

from datetime import UTC, datetime
from typing import Any, get_args

from hypothesis import strategies as st

from archive.model import (
    CORRECTABLE,
    Bibliographic,
    Candidate,
    Citation,
    CitationKind,
    Claim,
    ClaimOutcome,
    Collection,
    Correction,
    Entry,
    Evidence,
    Failure,
    Heading,
    How,
    Metadata,
    Note,
    Outcome,
    PageDate,
    Passage,
    Reading,
    Resolution,
    ResolutionState,
    Restriction,
    Sameness,
    Signals,
    SourceText,
    Statement,
    Step,
    Tag,
    Text,
    Tied,
    Verdict,
    VerdictWord,
    intrinsic_id,
    sha256_of,
    snapshot_id,
)


def any_text(**sizes: int) -> st.SearchStrategy[str]:
    """Any text that may come up: right-to-left, combining, beyond the BMP; no NUL, no half surrogates."""
    return st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), **sizes)


words = any_text(max_size=20)
maybe_words = st.none() | words
many_words = st.lists(words, max_size=3).map(tuple)
pairs = st.lists(st.tuples(words, words), max_size=2).map(tuple)
ids = st.integers(0, 2**64).map(lambda n: intrinsic_id("noun", str(n)))
dates = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
)
digests = st.binary(max_size=4).map(sha256_of)
numbers = st.floats(allow_nan=False, allow_infinity=False)
uris = any_text(max_size=12).map(lambda rest: "https://example.org/" + rest)


def one_of_words(literal: Any) -> st.SearchStrategy[Any]:
    """Any word of a Literal type."""
    return st.sampled_from(get_args(literal))


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    """A passage of no text in particular."""
    exact = draw(any_text(min_size=1, max_size=20))
    start = draw(st.integers(0, 10**6))
    return Passage(start, start + len(exact), exact, draw(words), draw(words))


def bibliographics() -> st.SearchStrategy[Bibliographic]:
    """An entry as a bibliographic reader reads it."""
    return st.builds(
        Bibliographic,
        maybe_words,
        many_words,
        maybe_words,
        maybe_words,
        maybe_words,
        maybe_words,
        maybe_words,
    )


def signals() -> st.SearchStrategy[Signals]:
    """What agrees and what differs."""
    return st.builds(
        Signals, numbers, many_words, pairs, many_words, pairs, many_words, many_words, many_words, many_words
    )


def source_texts() -> st.SearchStrategy[SourceText]:
    """A text as a reading names it."""

    def made(text: str, uri: str, date: str, digest: str) -> SourceText:
        return SourceText(text, snapshot_id(uri, date, digest), uri, date, digest)

    return st.builds(made, ids, uris, dates, digests)


@st.composite
def citations(draw: st.DrawFn, text: str) -> Citation:
    """A citation in a text."""
    start = draw(st.none() | st.integers(0, 10**6))
    end = None if start is None else start + draw(st.integers(0, 50))
    return Citation(
        text,
        draw(words),
        draw(words),
        draw(st.integers(0, 9)),
        draw(one_of_words(CitationKind)),
        start,
        end,
        draw(maybe_words),
        draw(maybe_words),
        draw(bibliographics()),
    )


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any reading that names nothing it does not hold."""
    article = draw(source_texts())
    sources = draw(st.lists(source_texts(), max_size=2, unique_by=lambda source: source.text))
    claims = [Claim(article.text, passage) for passage in draw(st.lists(passages(), max_size=3))]
    claims = list({claim.id: claim for claim in claims}.values())
    cited = list({c.id: c for c in draw(st.lists(citations(article.text), max_size=3))}.values())
    return Reading(
        article=article,
        method=draw(words),
        creator=draw(words),
        created=draw(dates),
        claims=tuple(claims),
        outcomes=tuple(draw(outcomes(claim, cited)) for claim in claims),
        citations=tuple(cited),
        evidence=draw(evidence(claims, cited, sources)) if claims and cited and sources else (),
        sources=tuple(sources),
    )


def outcomes(claim: Claim, cited: list[Citation]) -> st.SearchStrategy[ClaimOutcome]:
    """What became of a claim."""
    tied = st.lists(st.sampled_from([c.id for c in cited]), max_size=2) if cited else st.just([])
    return st.builds(ClaimOutcome, st.just(claim.id), one_of_words(Outcome), tied.map(tuple), maybe_words)


def evidence(
    claims: list[Claim], cited: list[Citation], sources: list[SourceText]
) -> st.SearchStrategy[tuple[Evidence, ...]]:
    """Evidence for these claims in these sources, the same passage at most once with each citation."""
    one = st.builds(
        Evidence,
        st.sampled_from([claim.id for claim in claims]),
        st.sampled_from([source.text for source in sources]),
        passages(),
        words,
        st.sampled_from([citation.id for citation in cited]),
        one_of_words(Tied),
        one_of_words(How),
        st.integers(0, 99),
        numbers,
        signals(),
    )
    return st.lists(one, max_size=3, unique_by=lambda found: (found.id, found.citation)).map(tuple)


def _said(noun: type[Statement], **fields: Any) -> st.SearchStrategy[Any]:
    return st.builds(noun, creator=words, created=dates, id=st.just(""), place=st.none(), **fields)


@st.composite
def verdicts(draw: st.DrawFn) -> Verdict:
    """A judgement on a passage, or on a claim alone."""
    judged = draw(st.none() | passages())
    text = draw(ids) if judged else draw(st.none() | ids)
    claim = draw(ids)
    fields = {"subject": st.just(claim) | ids, "verdict": one_of_words(VerdictWord), "note": maybe_words}
    said: Verdict = draw(
        _said(Verdict, claim=st.just(claim), text=st.just(text), passage=st.just(judged), **fields)
    )
    return said


def statements() -> st.SearchStrategy[Statement]:
    """Any statement of any kind."""
    undoes = st.none() | ids
    steps = st.lists(st.builds(Step, words, words, words), max_size=2).map(tuple)
    candidates = st.lists(st.builds(Candidate, words, words, numbers), max_size=2).map(tuple)
    resolution = {"citation": ids, "person": st.booleans(), "state": one_of_words(ResolutionState)}
    resolution |= {"method": words, "uri": maybe_words, "snapshot": st.none() | ids, "reason": maybe_words}
    resolution |= {"failure": st.none() | ids, "steps": steps, "candidates": candidates}
    entry = dict.fromkeys(("date", "uri", "doi", "isbn", "raw", "form"), maybe_words)
    until = st.none() | st.dates().map(str)
    return st.one_of(
        _said(Resolution, **resolution),
        verdicts(),
        _said(Correction, subject=ids, field=st.sampled_from(CORRECTABLE), values=many_words, undoes=undoes),
        _said(Entry, title=words, authors=many_words, **entry),
        _said(Sameness, a=words, b=words, undoes=undoes),
        _said(Tag, subject=ids, tag=words, undoes=undoes),
        _said(Collection, subject=ids, collection=words, undoes=undoes),
        _said(Note, subject=ids, note=words, undoes=undoes),
        _said(Restriction, snapshot=ids, reason=words, until=until, undoes=undoes),
    )


def metadata() -> st.SearchStrategy[Metadata]:
    """What a page may say of itself."""
    date = st.none() | st.builds(PageDate, words, words, words)
    plain = dict.fromkeys(
        ("title", "site", "language", "licence", "description", "canonical", "doi"), maybe_words
    )
    return st.builds(Metadata, authors=many_words, robots=many_words, date=date, **plain)


@st.composite
def texts(draw: st.DrawFn, snapshot: str) -> Text:
    """Any text of record of a snapshot, or why there is none."""
    body = draw(
        st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\f"), max_size=60)
    )
    reason = None if body else draw(maybe_words)
    headings = st.builds(Heading, st.integers(0, len(body)), st.integers(1, 6))
    return Text(
        snapshot,
        draw(words),
        body,
        draw(metadata()),
        tuple(draw(st.lists(headings, max_size=3))),
        draw(many_words),
        draw(st.none() | st.floats(0, 1)),
        reason,
        draw(st.none() | any_text(min_size=1, max_size=20)),
    )


def failures() -> st.SearchStrategy[Failure]:
    """Any failed visit."""
    role = st.sampled_from(("page", "requisite", "robots"))
    request = st.none() | st.just(b"GET / HTTP/1.1\r\nHost: example.org\r\n\r\n")
    return st.builds(Failure, uris, dates, words, words, role, request)
