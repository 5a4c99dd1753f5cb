"""Reading an article: which claims are marked, the way to the next, notes for print, long articles."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.model import Reading
from archive.site import languages
from archive.site import words as site_words
from archive.site.answers import Site
from archive.site.render import static
from tests.long_article import written_long
from tests.site_archive import Archive, build
from tests.site_crawl import ask, opened, tree, words
from tests.site_story import FINDINGS

MANY = 2_000


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return build(tmp_path_factory.mktemp("read"))


@pytest.fixture
def site(archive: Archive) -> Iterator[Site]:
    with opened(archive.folder) as site:
        yield site


def article(archive: Archive, query: str = "") -> str:
    return f"/article/{archive.snapshots['article'].id}{query}"


def marked(page: Any) -> list[str]:
    """The words of the claims that are marked."""
    return [mark.text_content() for mark in page.xpath("//article//a[starts-with(@id, 'm-')]")]


def test_each_choice_marks_as_many_claims_as_it_says(site: Site, archive: Archive) -> None:
    page = tree(ask(site, article(archive)))
    offered = {
        link.get("href").partition("=")[2]: int(link.xpath("string(span)"))
        for link in page.xpath("//nav[@class='choices']//a")
    }
    assert offered == {
        "matched": 6, "differs": 2, "nothing-found": 3, "source-not-captured": 2, "not-compared": 1,
        "uncited": 1, "value": 2, "lacking": 2, "judged": 1, "unjudged": 14,
    }  # fmt: skip
    for word, count in offered.items():
        shown = tree(ask(site, article(archive, f"?show={word}")))
        assert len(marked(shown)) == count == len(shown.xpath("//section[contains(@class, 'card')]")), word
        assert shown.xpath("//nav[@class='choices']//a[@aria-current]/@href") == [f"?show={word}"]
    assert set(offered) <= set(site_words.CLAIMS_OF)


def test_a_choice_of_nothing_marks_all(site: Site, archive: Archive) -> None:
    for word in ("nonsense", "quotation", "<b>"):
        assert len(marked(tree(ask(site, article(archive, f"?show={word}"))))) == len(FINDINGS)


def test_the_text_is_whole_whichever_claims_are_marked(site: Site, archive: Archive) -> None:
    page = tree(ask(site, article(archive, "?show=differs")))
    for card in page.xpath("//section[contains(@class, 'card')]"):
        card.getparent().remove(card)
    shown = page.xpath("//article")[0].text_content()
    assert "".join(shown.split()) == "".join(archive.texts["article"].body.split())


def test_the_chosen_claim_is_shown_beside_those_asked_for(site: Site, archive: Archive) -> None:
    claim = archive.reading.claims[3].id
    page = tree(ask(site, article(archive, f"?show=differs&claim={claim}")))
    assert FINDINGS[3].claim in marked(page) and len(marked(page)) == 3
    assert page.xpath("//section[contains(@class, 'chosen')]/@id") == [f"c-{claim}"]


def test_one_walks_from_claim_to_claim_without_a_script(site: Site, archive: Archive) -> None:
    """Forward from the first to the last and back again, within the choice."""
    address, seen = article(archive, f"?show=differs&claim={archive.reading.claims[5].id}"), []
    while address:
        page = tree(ask(site, address.partition("#")[0]))
        (card,) = page.xpath("//section[contains(@class, 'chosen')]")
        seen.append((card.get("aria-label"), card.get("id")))
        onward = card.xpath(".//a[@rel='next']/@href")
        address = article(archive, str(onward[0])) if onward else ""
    assert [label for label, _ in seen] == ["Claim 1 of 2", "Claim 2 of 2"]
    assert card.xpath(".//a[@rel='prev']/@href") == [
        f"?show=differs&claim={archive.reading.claims[5].id}#m-{archive.reading.claims[5].id}"
    ]


def test_in_print_each_claim_has_the_number_of_its_note(site: Site, archive: Archive) -> None:
    page = tree(ask(site, article(archive)))
    numbers = [int(mark.get("data-note")) for mark in page.xpath("//article//a[@data-note]")]
    assert numbers == list(range(1, len(FINDINGS) + 1))
    labels = page.xpath("//section[contains(@class, 'card')]/@aria-label")
    assert labels == [f"Claim {number} of {len(FINDINGS)}" for number in numbers]
    sheet = static("site.css").decode().partition("@media print")[2]
    assert "content: attr(data-note)" in sheet and ".card .evidence ~ .evidence" in sheet


def test_what_the_author_wrote_stands_in_the_card(site: Site, archive: Archive) -> None:
    page = tree(ask(site, article(archive)))
    (card,) = page.xpath(f"//section[@id='c-{archive.reading.claims[0].id}']")
    said = " ".join(card.text_content().split())
    assert "The author cites here the harbour's own history – captured" in said
    assert said.index("The author cites here") < said.index("Closest passage in")


def test_the_card_alone_is_small_and_whole(site: Site, archive: Archive) -> None:
    claim = archive.reading.claims[5].id
    given = ask(site, article(archive, f"?claim={claim}&part=card"))
    page = tree(given)
    assert page.xpath("//section/@id") == [f"c-{claim}"] and len(given.body) < 10_000
    assert not page.xpath("//article") and "differs: 15,000 ↔ 14,000" in words(given)


@pytest.mark.parametrize("stated", ["English, of course", "x", '"><b>', "en-" + "a" * 9, ""])
def test_a_language_that_is_none_is_not_claimed(stated: str) -> None:
    assert languages.language_tag(stated) is None


def test_archived_words_have_their_language(site: Site, archive: Archive) -> None:
    page = tree(ask(site, article(archive)))
    assert page.xpath("//article/@lang") == page.xpath("//h1/@lang") == ["en"]
    assert set(page.xpath("//blockquote[contains(., '14,000 tonnes')]/@lang")) == {"en"}
    silent = page.xpath("//blockquote[contains(., 'boats were registered')]")
    assert silent and not silent[0].get("lang"), "its page states none"


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Reading]:
    return written_long(tmp_path_factory.mktemp("long"), MANY)


def test_an_article_of_two_thousand_claims_stays_usable(long: tuple[Path, Reading]) -> None:
    folder, reading = long
    with opened(folder) as site:
        address = f"/article/{reading.article.snapshot}"
        given = ask(site, address)
        page = tree(given)
        assert len(given.body) < 500_000, "a text of 90 kB and an address for each claim"
        assert len(marked(page)) == MANY and not page.xpath("//section[contains(@class, 'card')]")
        middle = reading.claims[1_000].id
        assert page.xpath(f"//a[@id='m-{middle}']/@href") == [f"?claim={middle}#m-{middle}"]
        chosen = tree(ask(site, f"{address}?claim={middle}"))
        assert chosen.xpath("//section[contains(@class, 'card')]/@aria-label") == [f"Claim 1001 of {MANY}"]
        alone = ask(site, f"{address}?claim={middle}&part=card")
        assert len(alone.body) < 6_000 and "In the year 2000 the wall stood" in words(alone)


def test_a_long_article_prints_with_all_its_notes_when_asked(long: tuple[Path, Reading]) -> None:
    folder, reading = long
    with opened(folder) as site:
        address = f"/article/{reading.article.snapshot}"
        assert "?notes=all" in tree(ask(site, address)).xpath("//p[@class='hint']/a/@href")
        page = tree(ask(site, f"{address}?notes=all"))
        assert len(page.xpath("//section[contains(@class, 'card')]")) == MANY
        assert len(page.xpath("//a[@data-note]")) == MANY


def test_the_script_says_no_words_of_its_own() -> None:
    """Everything that is read stands in templates and words.py, where it can be put into another language."""
    script = re.sub(r"//[^\n]*|/\*.*?\*/", "", static("site.js").decode(), flags=re.DOTALL)
    quoted = re.findall(r"\"([^\"]*)\"|'([^']*)'|`([^`]*)`", script)
    sentence = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}")
    assert [one for pair in quoted for one in pair if sentence.search(one)] == []
