"""Claims and the closest passages of their sources: right first, exact places, an outcome for every claim."""

import random
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.anchor import describe
from archive.model import Citation, Claim, ClaimOutcome, Evidence
from ingest import sentences
from ingest.evidence import METHOD, Absent, ArticleText, Source, match
from ingest.evidence.ranking import SHIPPED

ARTICLE = """Dockers in Port Amity stopped work on March 4, 2031, after the port cut wages by 12%.

The strike idled 15,000 workers. Mayor Ada Quill called it “a wound to the whole coast”, and left.

In Norland, bakers went on baking bread as if nothing had happened."""
STRIKE = """2031 harbour strike

The harbour strike began on 4 March 2031 in Port Amity. The port had cut wages by 12 percent.

Some 14,000 workers were idled by the strike. The mayor, Ada Quill, said it was "a wound to the whole  coast".

The lighthouse of Port Amity was built of granite in 1888."""
RELATIONS = """Amity–Norland relations

Relations between Amity and Norland were poor for most of the century. A treaty was signed in 1950."""


@dataclass(frozen=True)
class Case:
    """An article read against sources."""

    evidence: tuple[Evidence, ...]
    outcomes: tuple[ClaimOutcome, ...]
    claims: tuple[Claim, ...]

    def of(self, words: str) -> list[Evidence]:
        """The evidence for the claim that holds these words."""
        claim = next(claim for claim in self.claims if words in claim.passage.exact)
        return [one for one in self.evidence if one.claim == claim.id]


def claims_of(body: str) -> tuple[Claim, ...]:
    return tuple(Claim("article", describe(body, start, end)) for start, end in sentences.spans(body))


def case(
    *texts: str | Absent, tied: tuple[tuple[int, int], ...] = (), body: str = ARTICLE, languages: str = "en"
) -> Case:
    claims = claims_of(body)
    citations = [Citation("article", f"source {number}", kind="list") for number in range(len(texts))]
    sources = {
        citation.id: Source(f"text of {citation.label}", text, languages) if isinstance(text, str) else text
        for citation, text in zip(citations, texts, strict=True)
    }
    ties = [(claims[a].id, citations[b].id) for a, b in tied]
    return Case(*match(ArticleText("article", body, "en"), claims, citations, ties, sources), claims)


def test_each_claim_gets_its_passage_and_the_one_without_gets_none() -> None:
    found = case(STRIKE, RELATIONS)
    assert found.of("stopped work")[0].passage.exact.startswith("The harbour strike began on 4 March 2031")
    assert found.of("15,000")[0].passage.exact.startswith("Some 14,000 workers")
    assert found.of("bread") == []
    assert [one.outcome for one in found.outcomes] == ["matched", "matched", "matched", "nothing-found"]


def test_neighbours_that_add_to_a_sentence_come_with_it() -> None:
    passage = case(STRIKE, RELATIONS).of("stopped work")[0].passage
    assert passage.exact == (
        "The harbour strike began on 4 March 2031 in Port Amity. The port had cut wages by 12 percent."
    )


def test_a_sentence_stands_behind_the_neighbour_that_says_all_that_it_says_and_the_rest() -> None:
    page = "The board paid 15.000 Kronen.\n\nThe report says that the crane cost 15,000 kroner in 1931."
    first = case(page, body="In 1931 the crane cost 15,000 kroner.").evidence[0]
    assert first.passage.exact.startswith("The report says")


def test_the_more_sources_are_tried_the_likelier_one_must_be() -> None:
    floors = [SHIPPED.floor("article", tried) for tried in (1, 4, 16)]
    assert floors[0] == pytest.approx(SHIPPED.linked_from["article"])
    odds = [floor / (1 - floor) for floor in floors]
    assert [odds[1] / odds[0], odds[2] / odds[0]] == pytest.approx([2, 4])
    assert SHIPPED.floor("author", 16) == pytest.approx(SHIPPED.linked_from["author"])


def test_a_quotation_found_verbatim_comes_first() -> None:
    first = case(RELATIONS, STRIKE).of("wound")[0]
    assert (first.how, first.rank) == ("quoted", 1)
    assert first.signals.quoted == ("a wound to the whole coast",)


def test_what_differs_is_named() -> None:
    assert case(STRIKE).of("15,000")[0].signals.differ == (("15,000", "14,000"),)
    assert set(case(STRIKE).of("stopped work")[0].signals.agree) == {"Port Amity", "March 4, 2031", "12%"}


def test_every_passage_stands_at_its_place() -> None:
    texts = {"text of source 0": STRIKE, "text of source 1": RELATIONS}
    found = case(STRIKE, RELATIONS).evidence
    assert found
    for one in found:
        assert texts[one.text][one.passage.start : one.passage.end] == one.passage.exact
        assert one.method == METHOD
        assert 0 <= one.score <= 1 and 0 <= one.signals.cover <= 1


def test_a_tied_claim_is_searched_in_its_own_sources_only() -> None:
    found = case(STRIKE, RELATIONS, tied=((0, 1),))
    assert found.of("stopped work") == []
    assert found.outcomes[0].outcome == "nothing-found"
    assert len(found.outcomes[0].citations) == 1
    assert {one.tied for one in found.of("15,000")} == {"article"}
    assert {one.tied for one in case(STRIKE, tied=((1, 0),)).of("15,000")} == {"author"}


@pytest.mark.parametrize(
    ("texts", "outcome"),
    [((), "uncited"), ((Absent(),), "source-not-captured"), ((Absent("no-text"),), "no-text"),
     (("  \n",), "no-text"), ((Absent(), Absent("no-text")), "no-text"),
     ((Absent(), RELATIONS), "nothing-found")],
)  # fmt: skip
def test_a_claim_without_a_passage_has_an_outcome(texts: tuple[str | Absent, ...], outcome: str) -> None:
    assert {one.outcome for one in case(*texts, body="Bakers went on baking bread.").outcomes} == {outcome}


def test_a_citation_that_nobody_followed_is_a_source_not_captured() -> None:
    claims, citation = claims_of(ARTICLE), Citation("article", "a title")
    _, outcomes = match(ArticleText("article", ARTICLE), claims, [citation], [], {})
    assert {one.outcome for one in outcomes} == {"source-not-captured"}


def test_a_source_in_another_language_is_not_compared() -> None:
    found = case("Der Streik begann am 4. März 2031.", languages="de-AT")
    assert {one.outcome for one in found.outcomes} == {"not-compared"}
    assert {one.outcome for one in case(STRIKE, languages="en_GB").outcomes} != {"not-compared"}


def test_several_entries_of_a_list_that_lead_to_one_text_are_one_source() -> None:
    claims = claims_of(ARTICLE)
    citations = [Citation("article", label, kind="list") for label in ("one", "two")]
    sources = {citation.id: Source("same", STRIKE, "en") for citation in citations}
    listed, _ = match(ArticleText("article", ARTICLE, "en"), claims, citations, [], sources)
    assert {one.citation for one in listed} == {citations[0].id}
    ties = [(claims[1].id, citation.id) for citation in citations]
    tied, _ = match(ArticleText("article", ARTICLE, "en"), claims[1:2], citations, ties, sources)
    assert [one.citation for one in tied] == [citation.id for citation in citations]
    assert [one.rank for one in tied] == [1, 2]


def test_a_copy_of_the_article_does_not_lead() -> None:
    found = case(ARTICLE, STRIKE).of("15,000")
    assert found[0].text == "text of source 1"
    assert all(one.signals.labels == (("same text",) if one.text.endswith("0") else ()) for one in found)


def test_the_section_of_a_claim_stands_in_its_outcome() -> None:
    claims = claims_of(ARTICLE)
    article = ArticleText("article", ARTICLE, "en", {claims[1].id: "The strike"})
    assert [one.section for one in match(article, claims, [], [], {})[1]] == [None, "The strike", None, None]


def test_ranks_count_from_one_without_gaps() -> None:
    found = case(STRIKE, RELATIONS, STRIKE + "\n\nMore.")
    for claim in found.claims:
        ranks = [one.rank for one in found.evidence if one.claim == claim.id]
        assert ranks == list(range(1, len(ranks) + 1))


def test_the_order_of_sources_changes_nothing_but_the_citation() -> None:
    claims = claims_of(ARTICLE)
    citations = [Citation("article", label) for label in "abc"]
    bodies = dict(zip("abc", (STRIKE, RELATIONS, STRIKE.replace("granite", "brick")), strict=True))
    sources = {one.id: Source(one.label, bodies[one.label], "en") for one in citations}
    first = match(ArticleText("article", ARTICLE, "en"), claims, citations, [], sources)
    for seed in range(5):
        order = random.Random(seed).sample(citations, 3)
        shuffled = {one.id: sources[one.id] for one in random.Random(seed + 9).sample(citations, 3)}
        assert match(ArticleText("article", ARTICLE, "en"), claims, order, [], shuffled) == first


def test_a_line_without_an_end_is_cut_to_quotable_passages() -> None:
    found = case("harbour " * 3000 + "dockers stopped work in Port Amity on March 4, 2031 " + "wages " * 3000)
    assert found.evidence
    assert max(len(one.passage.exact) for one in found.evidence) <= 3 * 1200


@given(st.lists(st.text(max_size=200), max_size=3), st.text(min_size=1, max_size=200))
def test_no_text_is_too_odd(texts: list[str], body: str) -> None:
    found = case(*texts, body=body)
    assert len(found.outcomes) == len(found.claims)
    for one in found.evidence:
        assert texts[int(one.text[-1])][one.passage.start : one.passage.end] == one.passage.exact


GERMAN = """Der Hafenstreik begann am 4. März 2031 in Port Amity und wurde von der Regierung nicht erwartet.

Rund 15.000 Arbeiter legten nach Angaben der Bürgermeisterin Ada Quill die Arbeit nieder, und der Hafen war
mit den Schiffen, die auf der Reede lagen, für Wochen geschlossen. Die Löhne waren um 12 Prozent gekürzt."""


def test_a_source_in_another_language_shows_the_names_and_numbers_that_agree() -> None:
    """Also where its page states the article's language, as templates do."""
    for stated in ("de", "en"):
        found = case(GERMAN, languages=stated)
        assert {one.outcome for one in found.outcomes} == {"not-compared"}
        assert set(found.of("stopped work")[0].signals.agree) == {"Port Amity", "March 4, 2031"}
        assert found.of("15,000") == [], "one number alone is on many pages"
        assert all(one.signals.words_missing == () and one.score == 0 for one in found.evidence)
        assert "other language" in found.evidence[0].signals.labels[0]


def akin(source: str, uri: str = "https://b.example/1", site: str | None = None) -> tuple[Evidence, ...]:
    """What is found in one source for the article, which has an address and a title."""
    claims, citation = claims_of(ARTICLE), Citation("article", "x")
    article = ArticleText(
        "article", ARTICLE, "en", title="How the Dockers of Port Amity Won",
        uri="https://www.a.example/news/dockers", site="The Amity Post",
    )  # fmt: skip
    text = Source("s", source, "en", None, "S", uri, site)
    return match(article, claims, [citation], [], {citation.id: text})[0]


@pytest.mark.parametrize(
    ("source", "uri", "labels"),
    [
        (STRIKE, "https://b.example/1", ()),
        ("By our own staff.\n\n" + ARTICLE + "\n\nMore news.", "https://b.example/1", ("same text",)),
        (STRIKE + "\n\n“How the dockers of Port Amity won”, The Amity Post.", "", ("cites this article",)),
        (STRIKE + "\n\nSee a.example/news/dockers.", "https://b.example/1", ("cites this article",)),
        (STRIKE, "https://archive.a.example/old", ("same publisher",)),
    ],
)
def test_a_source_akin_to_the_article_is_labelled(source: str, uri: str, labels: tuple[str, ...]) -> None:
    found = akin(source, uri)
    assert found
    assert {one.signals.labels for one in found} == {labels}


def test_pages_that_name_one_publisher_are_of_one() -> None:
    assert akin(STRIKE, "https://b.example/1", "the amity post")[0].signals.labels == ("same publisher",)


def test_a_source_that_cites_the_article_does_not_lead() -> None:
    claims = claims_of(ARTICLE)
    citations = [Citation("article", label) for label in ("one", "two")]
    citing = "The dockers stopped work on March 4, 2031, said a.example/news/dockers. 15,000 were idled."
    texts = zip(citations, (citing, STRIKE), strict=True)
    sources = {citation.id: Source(citation.label, text, "en") for citation, text in texts}
    article = ArticleText("article", ARTICLE, "en", uri="https://a.example/news/dockers")
    found, _ = match(article, claims, citations, [], sources)
    assert next(one.text for one in found if one.claim == claims[1].id) == "two"


def test_a_verdict_beside_the_passage_is_a_cue() -> None:
    source = "Mayor Ada Quill called it a wound and left the coast. That is a hoax, the town hall said."
    assert case(source).of("wound")[0].signals.cues == ("hoax",)
