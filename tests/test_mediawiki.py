"""Titles asked of a real MediaWiki: exact, redirected, otherwise spelt, found by search, not there."""

import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from archive.model import Citation
from ingest.extract import Page
from ingest.resolve import Answered, Held, MediaWiki, Question, Resolvers, resolve
from tests.made_articles import read, tied
from tests.mediawiki import Wiki, demand, running_wiki

PAGES = {
    "2031 harbour strike in Port Amity": "Dockers in '''Port Amity''' stopped work on 4 March 2031.",
    "Amity–Norland relations": "The relations of Amity and Norland were poor.",
    "Mercury": "Mercury may be a planet or an element.",
    "C": "C is a letter.",
    "2030 harbour strike": "An earlier one.",
}
# Every kind of note that the extension Cite knows: named, used again, in groups, defined in the list.
NOTED = "Lifting gear of Sund"
PAGES[NOTED] = '''
The first crane of Sund was built by the firm of Moe in 1911.<ref name="berg">Berg, A. (1911). Cranes. Oslo.
https://books.example/cranes</ref> It fell down in the great storm of October
1925.<ref>[https://storm.example/1925 The storm], 1926, p. 4</ref><ref name="berg" /> Nobody was hurt, and the
quay was open again after a week.<ref name="moe" group="note" /> The second crane came from Bergen by
ship.<ref name="listed" /> It was of steel.<ref>Smith 1930, p. 5.</ref>

Why it was painted yellow is not known.<ref group="note">This remark says only that nothing is known.</ref>
The crane was sold in 1960.<ref name="berg" />

{| class="wikitable"
! Crane !! What is known
|-
| Third || The third crane was made in a hurry in the spring of 1961.<ref name="listed" />
|}

== Notes ==
<references group="note"><ref name="moe" group="note">Moe, O. (1930). Walls. Oslo.</ref></references>

== References ==
<references><ref name="listed">Lie, B. (1932). Storms. ISBN 978-0-306-40615-7</ref></references>

== Sources ==
* Smith, J. (1930). Steel. Bergen. https://steel.example/1930
'''
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


def ask(wiki: Wiki, title: str, date: str | None = None) -> Answered:
    asked = Question(Citation("t", title, kind="list"), date)
    return resolve(asked, {}, Held(), Resolvers(MediaWiki(wiki.api, get)))


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
    assert answered.reason == "Mercury is a page of several meanings"
    assert "Mercury" not in [candidate.title for candidate in answered.candidates]


def test_a_title_that_the_wiki_would_cut_is_not_taken_for_what_is_left(wiki: Wiki) -> None:
    assert ask(wiki, "C#").uri is None


def test_every_note_of_a_page_and_every_use_of_it_is_found(wiki: Wiki) -> None:
    address = wiki.page(NOTED)
    page = get(address).body
    _, found = read(Page(page, "text/html", "utf-8", address))
    berg = "Berg, A. (1911). Cranes. Oslo. https://books.example/cranes"
    storm, moe, steel = "The storm, 1926, p. 4", "Moe, O. (1930). Walls. Oslo.", "Smith 1930, p. 5."
    lie = "Lie, B. (1932). Storms. ISBN 978-0-306-40615-7"
    assert {c.label: (c.mark, c.uri) for c in found.citations if c.kind == "note"} == {
        berg: ("[1]", "https://books.example/cranes"),
        storm: ("[2]", "https://storm.example/1925"),
        moe: ("[note 1]", ""),
        lie: ("[3]", ""),
        # The short note leads where the full entry under "Sources" does.
        steel: ("[4]", "https://steel.example/1930"),
    }
    assert tied(found) == {
        "The first crane of Sund was built by the firm of Moe in 1911.": [berg],
        "It fell down in the great storm of October 1925.": [berg, storm],
        "Nobody was hurt, and the quay was open again after a week.": [moe],
        "The second crane came from Bergen by ship.": [lie],
        "It was of steel.": [steel],
        "The crane was sold in 1960.": [berg],
        "The third crane was made in a hurry in the spring of 1961.": [lie],
    }
    # As many uses as the wiki itself has written, but for the remark's, which cites nothing.
    assert page.count(b'href="#cite_note') - 1 == 8 == len(found.ties)


@pytest.fixture(scope="module")
def aged(wiki: Wiki) -> Wiki:
    """The same wiki, in which a page had three states: of January, of March and of today."""
    wiki.date("2030 harbour strike", "20300110080000")
    wiki.edit("2030 harbour strike", "An earlier one, of 400 dockers.")
    wiki.date("2030 harbour strike", "20300305120000", newest=True)
    return wiki


def told(answered: Answered) -> list[str]:
    return [step.answered for step in answered.steps if step.method == "mediawiki-revision"]


@pytest.mark.parametrize("date", ["2030-01-10", "2030-03-04", "2030-03-05T13:59:59+02:00"])
def test_the_revision_that_stood_at_a_date_is_named(aged: Wiki, date: str) -> None:
    answered = ask(aged, "2030 harbour strike", date)
    assert answered.uri == aged.page("2030 harbour strike")
    assert answered.revision
    assert answered.revision.startswith(f"{answered.uri}?oldid=")
    body = get(answered.revision).body.decode()
    assert "An earlier one" in body
    assert "400 dockers" not in body
    (said,) = told(answered)
    assert "of 2030-01-10T08:00:00Z is searched" in said
    assert answered.revision in said


@pytest.mark.parametrize("date", ["2030-03-05", "2030-03-05T14:00:00+02:00", "2031-01-01"])
def test_where_todays_revision_stood_then_nothing_else_is_captured(aged: Wiki, date: str) -> None:
    answered = ask(aged, "2030 harbour strike", date)
    assert (answered.state, answered.revision) == ("resolved", None)
    assert told(answered)[0].endswith("of 2030-03-05T12:00:00Z, which is today's")


def test_before_the_first_revision_there_is_none(aged: Wiki) -> None:
    answered = ask(aged, "2030 harbour strike", "2029-12-31")
    assert (answered.state, answered.revision) == ("resolved", None)
    assert told(answered) == ["no revision stood then; today's page is searched"]


@pytest.mark.parametrize("date", ["2030", "2030-01", "in spring", ""])
def test_a_date_that_names_no_day_chooses_no_revision(aged: Wiki, date: str) -> None:
    answered = ask(aged, "2030 harbour strike", date)
    assert (answered.state, answered.revision) == ("resolved", None)
    assert told(answered) == [f"{date!r} names no day; today's page is searched"]


def test_without_a_date_no_revision_is_asked_for(aged: Wiki) -> None:
    assert told(ask(aged, "2030 harbour strike")) == []
