"""What is restricted appears in no page, search or document but its tombstone (law 13)."""

import json
from collections.abc import Iterator
from contextlib import closing

import pytest

from archive.index import read
from archive.site.answers import Site
from tests.site_archive import Archive, build
from tests.site_crawl import ask, crawl, opened, words
from tests.site_story import ARTICLE, BUDGET

REASON = "a court order of 2026-12-01"
# Words that stand in the one text and in no other.
OF_BUDGET = ("coastal fund", "displaced on", "resuming service", "14,000", "3.4 million")
OF_ARTICLE = ("Grayholm", "Lena Ortiz", "212 fishing boats lay", "broken end")
# A near miss of what the article calls a source says nearly what it calls it.
NEAR_MISS = "wiki.example/Sea_wall"


def test_the_words_looked_for_are_in_the_texts() -> None:
    assert all(word in BUDGET and word not in ARTICLE for word in OF_BUDGET)
    assert all(word in ARTICLE and word not in BUDGET for word in OF_ARTICLE)


def every_answer(site: Site, archive: Archive) -> Iterator[tuple[str, bytes]]:
    """Every page and document there is, reached by links or by its id."""
    index = site.index
    tables = ("snapshots", "texts", "claims", "citations", "evidence", "readings", "verdicts", "resolutions")
    ids = [found for table in tables for (found,) in index.execute(f"SELECT id FROM {table}").fetchall()]
    starts = [f"/{found}{suffix}" for found in ids for suffix in ("", ".json")]
    starts += [
        f"/snapshot/{found.id}{room}"
        for found in archive.snapshots.values()
        for room in ("/text", "/raw", ".json")
    ]
    starts += ["/search.json?q=stone", "/search?q=tonnes", "/search?q=ferry", "/search?q=million"]
    for at, given in crawl(site, *starts).items():
        yield at, given.body


@pytest.fixture(scope="module")
def without_budget(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return build(tmp_path_factory.mktemp("source"), restrict=("budget",))


@pytest.fixture(scope="module")
def without_article(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return build(tmp_path_factory.mktemp("article"), restrict=("article",))


def test_no_word_of_a_restricted_source_is_anywhere(without_budget: Archive) -> None:
    with opened(without_budget.folder) as site:
        for at, body in every_answer(site, without_budget):
            found = [word for word in OF_BUDGET if word.encode() in body]
            assert found == [], at


def test_no_word_of_a_restricted_article_is_anywhere(without_article: Archive) -> None:
    with opened(without_article.folder) as site:
        for at, body in every_answer(site, without_article):
            found = [word for word in (*OF_ARTICLE, NEAR_MISS) if word.encode() in body]
            assert found == [], at
    with closing(read.connect(without_article.index)) as index:
        assert NEAR_MISS.encode() not in without_article.index.read_bytes()
        # What a source says is shown with it, but not that it was found for what the article says.
        for table in ("evidence", "verdicts"):
            (said,) = index.execute(f"SELECT count(*) FROM {table} WHERE exact IS NOT NULL").fetchone()
            assert said == 0, table


def test_the_tombstone_names_the_reason_and_how_to_cite_what_is_gone(without_budget: Archive) -> None:
    budget = without_budget.snapshots["budget"]
    with opened(without_budget.folder) as site:
        for room in ("", "/text", "/raw"):
            given = ask(site, f"/snapshot/{budget.id}{room}")
            assert given.status == 451 and REASON in words(given), room
            assert "https://council.example/budget-2026. Archived 2026-11-22" in words(given), room
        told = ask(site, f"/snapshot/{budget.id}.json")
        assert told.status == 451 and REASON in " ".join(json.loads(told.body)["said"])


def test_the_article_still_stands_and_says_what_it_does_not_show(without_budget: Archive) -> None:
    with opened(without_budget.folder) as site:
        given = ask(site, f"/article/{without_budget.snapshots['article'].id}")
        assert given.status == 200 and "Its words are not shown: the source is restricted." in words(given)


@pytest.mark.parametrize("room", ["article", "snapshot", "reading", "claim"])
def test_a_restricted_article_answers_with_its_tombstone(without_article: Archive, room: str) -> None:
    found = {"reading": without_article.reading.id, "claim": without_article.reading.claims[0].id}
    with opened(without_article.folder) as site:
        given = ask(site, f"/{room}/{found.get(room, without_article.snapshots['article'].id)}")
        assert given.status == 451 and REASON in words(given)


def test_the_walk_finds_every_word_where_nothing_is_restricted(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    archive = build(tmp_path_factory.mktemp("open"))
    with opened(archive.folder) as site:
        everything = b"".join(body for _, body in every_answer(site, archive))
    looked_for = (*OF_BUDGET, *OF_ARTICLE, NEAR_MISS)
    assert [word for word in looked_for if word.encode() not in everything] == []
