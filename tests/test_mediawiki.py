"""Titles asked of a real MediaWiki: exact, redirected, otherwise spelt, found by search, not there."""

import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from archive.model import Citation
from ingest.resolve import Answered, MediaWiki, Question, resolve
from tests.mediawiki import Wiki, demand, running_wiki

PAGES = {
    "2031 harbour strike in Port Amity": "Dockers in '''Port Amity''' stopped work on 4 March 2031.",
    "Amity–Norland relations": "The relations of Amity and Norland were poor.",
    "Mercury": "Mercury may be a planet or an element.",
    "C": "C is a letter.",
    "2030 harbour strike": "An earlier one.",
}
REDIRECTS = {"Port Amity dock dispute": "2031 harbour strike in Port Amity"}


@dataclass(frozen=True)
class Reply:
    """What urllib brings, as a resolver wants it."""

    status: int
    body: bytes


def get(address: str) -> Reply:
    with urllib.request.urlopen(address, timeout=20) as answer:
        return Reply(answer.status, answer.read())


@pytest.fixture(scope="module")
def wiki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wiki]:
    demand()
    folder: Path = tmp_path_factory.mktemp("mediawiki")
    with running_wiki(folder, PAGES, REDIRECTS, ["Mercury"]) as running:
        yield running


def ask(wiki: Wiki, title: str) -> Answered:
    return resolve(Question(Citation("t", title, kind="list")), {}, lambda _: [], MediaWiki(wiki.api, get))


def test_a_title_as_the_wiki_has_it(wiki: Wiki) -> None:
    answered = ask(wiki, "2031 harbour strike in Port Amity")
    assert (answered.state, answered.method) == ("resolved", "mediawiki-title")
    assert answered.uri == wiki.page("2031 harbour strike in Port Amity")
    assert get(answered.uri).status == 200


def test_the_name_of_the_site_behind_a_title_is_no_part_of_it(wiki: Wiki) -> None:
    assert ask(wiki, "2031 harbour strike in Port Amity - Wikipedia").method == "mediawiki-title"


def test_a_redirect_leads_to_the_page_it_names(wiki: Wiki) -> None:
    answered = ask(wiki, "Port Amity dock dispute")
    assert (answered.state, answered.method) == ("resolved", "mediawiki-redirect")
    assert answered.uri == wiki.page("2031 harbour strike in Port Amity")


def test_a_hyphen_finds_the_title_with_a_dash(wiki: Wiki) -> None:
    answered = ask(wiki, "Amity-Norland relations")
    assert answered.state == "resolved"
    assert answered.uri == f"{wiki.root}/wiki/Amity%E2%80%93Norland_relations"
    asked = [step.asked for step in answered.steps if step.method.startswith("mediawiki")]
    assert asked[0] == "Amity-Norland relations"


def test_search_finds_the_same_words_otherwise_written(wiki: Wiki) -> None:
    answered = ask(wiki, "Amity, Norland: Relations")
    assert (answered.state, answered.method) == ("resolved", "mediawiki-search")


def test_a_near_miss_is_offered_and_not_taken(wiki: Wiki) -> None:
    answered = ask(wiki, "Harbour strike in Port Amity")
    assert answered.state == "unresolved"
    assert [candidate.title for candidate in answered.candidates] == ["2031 harbour strike in Port Amity"]
    assert 0 < answered.candidates[0].score < 0.9


def test_a_title_without_a_page_is_unresolved_and_says_where_it_was_sought(wiki: Wiki) -> None:
    answered = ask(wiki, "Port Amity 2031 News Report")
    assert (answered.state, answered.uri) == ("unresolved", None)
    assert answered.reason == f"no page with this title at {wiki.api}"
    asked = {step.method for step in answered.steps}
    assert asked == {"archive-title", "mediawiki-title", "mediawiki-search"}


def test_a_page_of_several_meanings_is_no_answer(wiki: Wiki) -> None:
    answered = ask(wiki, "Mercury")
    assert answered.state == "unresolved"
    assert "several meanings" in " ".join(step.answered for step in answered.steps)
    assert "Mercury" not in [candidate.title for candidate in answered.candidates]


def test_a_title_that_the_wiki_would_cut_is_not_taken_for_what_is_left(wiki: Wiki) -> None:
    assert ask(wiki, "C#").uri is None
