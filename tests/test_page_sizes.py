"""The first input against a wiki's pages of different lengths: what is only on the subject is no passage."""

import pytest

from archive.anchor import describe
from archive.model import Citation, Claim, Evidence
from ingest import sentences
from ingest.evidence import ArticleText, Source, match
from tests.source_tree import ROOT
from tests.venezuela_wiki import NONE, PAGES, PASSAGES

EXAMPLE = ROOT.parent / "shared" / "examples" / "article.txt"
pytestmark = pytest.mark.skipif(not EXAMPLE.is_file(), reason="../shared is not beside this checkout")

# Sentences of a harbour town, each its own paragraph, which have nothing of the article.
FILLING = [
    f"The {what} of Port Amity was {done} in {year} by the {who}."
    for year in range(1801, 1931, 10)
    for what, done, who in (
        ("lighthouse", "painted", "council"), ("old quay", "lengthened", "guild of masons"),
        ("fish market", "moved", "harbour master"), ("ferry", "sold", "widow of its captain"),
    )
]  # fmt: skip


def only_passages(page: str) -> str:
    """A page of nothing but the sentences that bear a claim."""
    pieces = [page[start:end] for start, end in sentences.spans(page, "en")]
    return " ".join(p for p in pieces if any(p.startswith(words) for words in PASSAGES.values()))


def longer(page: str, paragraphs: int) -> str:
    """A page with so many paragraphs about something else before and after it."""
    filling = "\n\n".join((FILLING * 20)[:paragraphs])
    return f"{filling}\n\n{page}\n\n{filling}"


def matched(pages: dict[str, str]) -> dict[str, Evidence | None]:
    """The first passage of each labelled claim, by the words that name it."""
    body = EXAMPLE.read_text("utf-8")
    spans = sentences.spans(body, "en")
    claims = {}
    for words in (*PASSAGES, *NONE):
        at = body.index(words)
        span = next(span for span in spans if span[0] <= at < span[1])
        claims[words] = Claim("article", describe(body, *span))
    cited = {Citation("article", title).id: Source(title, page, "en") for title, page in pages.items()}
    article = ArticleText("article", body, "en", title=body.splitlines()[0])
    found, _ = match(article, list(claims.values()), [Citation("article", t) for t in pages], [], cited)
    first = {one.claim: one for one in found if one.rank == 1}
    return {words: first.get(claim.id) for words, claim in claims.items()}


@pytest.mark.parametrize("size", ["short", "as it is", "longer", "much longer"])
def test_each_claim_that_has_a_passage_gets_it_and_the_others_get_none(size: str) -> None:
    made = {
        "short": only_passages,
        "as it is": lambda page: page,
        "longer": lambda page: longer(page, 20),
        "much longer": lambda page: longer(page, 400),
    }[size]
    found = matched({title: made(page) for title, page in PAGES.items()})
    for words, beginning in PASSAGES.items():
        one = found[words]
        assert one is not None, words
        if (size, words) != ("short", "took an unexpected turn"):
            # That claim has two halves; without the other sentences the capture is as close as the offer.
            assert beginning in one.passage.exact, words
    assert [words for words in NONE if found[words]] == []


def test_a_page_that_lacks_the_passage_gives_none_though_it_is_on_the_subject() -> None:
    title, page = list(PAGES.items())[2]
    found = matched({title: page})
    linked = {words for words, one in found.items() if one}
    assert linked == {words for words, beginning in PASSAGES.items() if beginning in page}
