"""The pages: what they show, and in which words."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from archive.index import read
from archive.model import PageDate, grouped
from archive.site import words as site_words
from archive.site.answers import Site
from archive.site.pages import article as article_pages
from archive.site.pages.cards import Cards
from archive.site.render import environment
from tests.site_archive import Archive, build
from tests.site_crawl import ask, crawl, is_page, opened, tree, words
from tests.site_story import FINDINGS

BASE = "https://archive.example.edu"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return build(tmp_path_factory.mktemp("site"))


@pytest.fixture
def site(archive: Archive) -> Iterator[Site]:
    with opened(archive.folder, BASE) as site:
        yield site


def article_of(archive: Archive) -> str:
    return f"/article/{archive.snapshots['article'].id}"


def test_every_page_leads_only_to_pages_that_answer(site: Site) -> None:
    pages = crawl(site)
    assert len(pages) > 60
    assert {at: given.status for at, given in pages.items() if given.status not in (200, 302)} == {}


def test_a_citation_is_shown_with_its_claims_and_as_it_was_read(site: Site, archive: Archive) -> None:
    told = {claim.id: claim.passage.exact for claim in archive.reading.claims}
    for citation in archive.citations.values():
        shown = tree(ask(site, f"/citation/{citation.id}"))
        tied = {told[one.claim] for one in archive.reading.outcomes if citation.id in one.citations}
        assert {link.text_content() for link in shown.xpath("//main//a[contains(@href, 'claim/')]")} == tied
        listed = [name.text_content() for name in shown.xpath("//dl/dt")]
        assert ("Title" in listed) == bool(citation.entry.title)


def test_an_article_begins_with_one_sentence_that_counts_everything(site: Site, archive: Archive) -> None:
    (head,) = tree(ask(site, article_of(archive))).xpath("//p[@class='head']/text()")
    assert head == (
        "15 claims, 6 tied to a source by the author and 8 matched to a closest passage by machine; "
        "7 citations: 4 captured, 2 lost, 1 unresolved; "
        "1 claim judged by 2 people, who disagree on 1; 93 % of the page became text."
    )


def test_every_claim_is_marked_once_where_it_stands(site: Site, archive: Archive) -> None:
    marks = tree(ask(site, article_of(archive))).xpath("//article//a[starts-with(@id, 'm-')]")
    assert [mark.text_content() for mark in marks] == [finding.claim for finding in FINDINGS]
    assert [mark.get("href") for mark in marks] == [f"#c-{claim.id}" for claim in archive.reading.claims]
    styles = [mark.get("class").split()[1] for mark in marks]
    assert styles[:6] == ["matched", "matched", "matched", "nothing-found", "uncited", "differs"]


def test_the_whole_text_is_on_the_page(site: Site, archive: Archive) -> None:
    page = tree(ask(site, article_of(archive)))
    for card in page.xpath("//section[contains(@class, 'card')]"):
        card.getparent().remove(card)
    shown = page.xpath("//article")[0].text_content()
    assert "".join(shown.split()) == "".join(archive.texts["article"].body.split())


def card(site: Site, archive: Archive, place: int) -> str:
    page = tree(ask(site, article_of(archive)))
    (found,) = page.xpath(f"//section[@id='c-{archive.reading.claims[place].id}']")
    return " ".join(found.text_content().split())


def test_a_card_says_what_agrees_what_differs_and_how_old_the_capture_is(
    site: Site, archive: Archive
) -> None:
    said = card(site, archive, 5)
    assert "Closest passage in Budget 2026" in said
    assert "differs: 15,000 ↔ 14,000" in said and "not in the passage: Grayholm" in said
    assert "the author cites this source elsewhere in the article; Pincite chose the passage" in said
    assert "captured 10 months after the article; its author may have read another version" in said
    assert "Ferry. The council thanks" in said, "the passage stands in its context"
    assert "quoted word for word: “begged for stone for thirty years”" in card(site, archive, 1)
    assert "the author cites this source here" in card(site, archive, 1)


def test_what_was_not_found_is_said_in_the_designs_words(site: Site, archive: Archive) -> None:
    assert "No such passage found in the captured sources" in card(site, archive, 3)
    assert "lost (http-404)" in card(site, archive, 9) and "lost (dns)" in card(site, archive, 10)


def test_a_persons_copy_says_so_wherever_it_appears(site: Site, archive: Archive) -> None:
    port = archive.snapshots["port"].id
    assert "Supplied copy. M. Keeper gave this file" in card(site, archive, 11)
    for path in (f"/snapshot/{port}", f"/snapshot/{port}/text", f"/claim/{archive.reading.claims[11].id}"):
        assert "Supplied copy. M. Keeper" in words(ask(site, path)), path
    assert "copy supplied by M. Keeper" in words(ask(site, f"/snapshot/{port}"))


def test_a_file_without_an_address_is_not_called_a_copy_of_one(archive: Archive) -> None:
    file = replace(archive.snapshots["port"], uri="ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk")
    said = str(parts().origin(file))
    assert "Supplied file." in said and "M. Keeper gave this file" in said
    assert "copy of" not in said


def test_where_nothing_was_compared_no_passage_is_called_the_closest(site: Site, archive: Archive) -> None:
    shown = Cards(site.index, archive.reading, None).card(archive.reading.claims[0], 1).evidence[0]
    assert "Closest passage in" in str(parts().evidence(shown, "/", None, "h3", "matched"))
    foreign = str(parts().evidence(shown, "/", None, "h3", "not-compared"))
    assert "A passage with some of the same names, numbers or dates in" in foreign
    assert "Closest" not in foreign


@pytest.mark.parametrize(
    ("written", "iso", "said"),
    [("2026-01-05T08:00:00Z", "2026-01-05", "2026-01-05T08:00:00Z"), ("5. Jänner 2026", "2026-01-05",
     "5. Jänner 2026 (2026-01-05)"), ("2026-01", "2026-01", "2026-01")],
)  # fmt: skip
def test_a_date_is_said_once(written: str, iso: str, said: str) -> None:
    assert re.sub(r"<[^>]*>", "", str(parts().dated(PageDate(written, iso, "meta")))).strip() == said


def parts() -> Any:
    return environment().get_template("parts.html").module


def test_no_page_judges_in_the_machines_name(site: Site) -> None:
    for at, given in crawl(site).items():
        if is_page(given):
            assert not re.search(
                r"\b(verified|unverified|supported|unsupported|proven?|proves)\b", words(given), re.IGNORECASE
            ), at


def test_verdicts_stand_with_their_names(site: Site, archive: Archive) -> None:
    said = card(site, archive, 0)
    assert "Ada judged: supports the claim" in said
    assert "<b>Ben</b> judged: supports the claim in part – The year is <i>another</i>." in said


def test_the_chosen_claim_is_open_without_a_script(
    site: Site, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = archive.reading.claims[5].id
    page = tree(ask(site, f"{article_of(archive)}?claim={grouped(claim)}"))
    assert [one.get("id") for one in page.xpath("//section[contains(@class, 'chosen')]")] == [f"c-{claim}"]
    # A long article carries the card of the chosen claim alone; every other is one link away.
    monkeypatch.setattr(article_pages, "CARDS_KB", 3)
    page = tree(ask(site, f"{article_of(archive)}?claim={claim}"))
    assert [one.get("id") for one in page.xpath("//section[contains(@class, 'card')]")] == [f"c-{claim}"]
    assert page.xpath("//a[contains(@class, 'matched')]/@href")[0].startswith("?claim=")


def test_an_article_is_small(site: Site, archive: Archive) -> None:
    assert len(ask(site, article_of(archive)).body) < 40_000


def test_the_newest_reading_is_named_and_older_ones_keep_their_page(site: Site, archive: Archive) -> None:
    assert read.newest_reading(site.index, archive.snapshots["article"].id) == archive.reading.id
    assert "Newest reading" in words(ask(site, f"/reading/{archive.reading.id}"))


def test_who_put_a_source_beside_a_claim_is_said_as_it_is() -> None:
    """Only an entry of a list stands for the whole article; a link elsewhere is a link elsewhere."""
    assert (
        site_words.tied("author", "list")
        == site_words.tied("author", "link")
        == "the author cites this source here"
    )
    listed = "the author lists this source for the whole article; Pincite chose the passage"
    assert site_words.tied("article", "list") == listed != site_words.tied("article", "note")
