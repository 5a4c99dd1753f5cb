"""Two snapshots of a source, as page and JSON: what became of the cited passages, and every change."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from archive.site.answers import Site
from archive.site.pages import comparison as pages
from archive.site.publishing import Publishing
from tests.site_archive import Archive, build
from tests.site_crawl import ask, crawl, opened, tree, words
from tests.site_story import HARBOUR, HARBOUR_LATER


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return build(tmp_path_factory.mktemp("compared"), revisited=True)


@pytest.fixture
def site(archive: Archive) -> Iterator[Site]:
    with opened(archive.folder, "https://archive.example.edu") as site:
        yield site


def between(archive: Archive, one: str, other: str) -> str:
    return f"/snapshot/{archive.snapshots[one].id}/diff/{archive.snapshots[other].id}"


def test_each_cited_passage_comes_first_with_what_became_of_it(site: Site, archive: Archive) -> None:
    page = tree(ask(site, between(archive, "harbour", "later")))
    shown = page.xpath("//section[@aria-labelledby='cited']/ul/li")
    claims = [one.xpath(".//ul[@class='claims']//a")[0].text_content()[:16] for one in shown]
    said = dict(zip(claims, (one.xpath("string(h3)").strip() for one in shown), strict=True))
    assert said == {
        "An engineer of t": "The cited words are unchanged",
        "By its own histo": "The cited words are unchanged",
        "Saltmouth built ": "The cited words were changed",
        "The mayor of the": "The cited words are not there",
    }
    (edited,) = (one for one in shown if "Saltmouth" in one.text_content())
    assert edited.xpath("string(.//del)") == "[taken out: 212]"
    assert edited.xpath("string(.//ins)") == "[put in: 221]"
    assert page.xpath("//h2/@id") == ["cited", "running"]


def test_the_running_text_shows_every_change_and_folds_the_rest(
    site: Site, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "CONTEXT", 20)
    page = tree(ask(site, between(archive, "harbour", "later")))
    running = page.xpath("//div[contains(@class, 'running')]")[0]
    assert "212" in running.xpath("string(del[contains(., '212')])")
    folded = running.xpath("a[@class='folded']")
    assert folded and folded[0].text_content().endswith("characters the same …")
    ends = [link.get("href").rpartition("/")[2].partition("#")[0] for link in folded]
    assert all(int(one.split("-")[0]) < int(one.split("-")[1]) <= len(HARBOUR_LATER) for one in ends)
    for link in folded:
        assert ask(site, link.get("href").partition("#")[0]).status == 200


def test_the_json_gives_both_texts_back(site: Site, archive: Archive) -> None:
    made = json.loads(ask(site, between(archive, "harbour", "later") + ".json").body)
    ids = [archive.snapshots[name].id for name in ("harbour", "later")]
    assert [one["snapshot"] for one in made["texts"]] == ids
    assert not made["same"]
    assert [one["state"] for one in made["passages"]] == ["unchanged", "unchanged", "changed", "gone"]
    one = "".join(HARBOUR[c["start"] : c["end"]] if c["same"] else c["removed"] for c in made["changes"])
    other = "".join(
        HARBOUR_LATER[c["other_start"] : c["other_end"]] if c["same"] else c["added"] for c in made["changes"]
    )
    assert (one, other) == (HARBOUR, HARBOUR_LATER)
    for passage in made["passages"]:
        start, end = passage["other_start"], passage["other_end"]
        assert passage["other_exact"] == (None if start is None else HARBOUR_LATER[start:end])


def test_the_other_way_round_the_passages_are_cited_from_the_second(site: Site, archive: Archive) -> None:
    made = json.loads(ask(site, between(archive, "later", "harbour") + ".json").body)
    assert {one["cited_in"] for one in made["passages"]} == {1}
    said = words(ask(site, between(archive, "later", "harbour")))
    assert "cited from the second snapshot" in said


def test_a_text_beside_itself_is_the_same_letter_by_letter(site: Site, archive: Archive) -> None:
    said = words(ask(site, between(archive, "harbour", "harbour")))
    assert "The two texts are the same, letter by letter." in said and "Every change" not in said


@pytest.mark.parametrize(("one", "other"), [("harbour", "moved"), ("lost", "harbour")])
def test_what_has_no_text_is_not_compared_and_says_why(
    site: Site, archive: Archive, one: str, other: str
) -> None:
    given = ask(site, between(archive, one, other))
    assert given.status == 404 and "has no text" in words(given)


def test_many_changes_stand_on_several_pages(
    site: Site, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "CHANGES_A_PAGE", 1)
    address = between(archive, "harbour", "later")
    shown = [tree(ask(site, f"{address}?page={number}")) for number in (1, 2, 3, 9)]
    changed = [page.xpath("string(//div[contains(@class, 'running')])") for page in shown]
    assert len(set(changed)) > 2 and changed[-1] in crawl_last(site, address)
    assert shown[0].xpath("//a[@rel='next']") and not shown[-1].xpath("//a[@rel='next']")


def crawl_last(site: Site, address: str) -> list[str]:
    """The running text of every page of a comparison, in order."""
    found = [address, *(at for at in crawl(site, address) if at.startswith(f"{address}?page="))]
    return [tree(ask(site, at)).xpath("string(//div[contains(@class, 'running')])") for at in found]


def test_the_public_sees_the_cited_passages_alone(site: Site, archive: Archive) -> None:
    public = replace(site, publishing=Publishing(public=True))
    given = ask(public, between(archive, "harbour", "later"))
    assert "221" in words(given) and "The railway came" not in words(given)
    assert "not the whole of them" in words(given)
    made = json.loads(ask(public, between(archive, "harbour", "later") + ".json").body)
    assert made["changes"] == [] and len(made["passages"]) == 4


def test_a_restricted_side_is_a_tombstone(tmp_path_factory: pytest.TempPathFactory) -> None:
    archive = build(tmp_path_factory.mktemp("hidden"), restrict=("later",), revisited=True)
    with opened(archive.folder) as site:
        for address in (between(archive, "harbour", "later"), between(archive, "later", "harbour")):
            for ending in ("", ".json"):
                given = ask(site, address + ending)
                assert given.status == 451 and b"221" not in given.body
