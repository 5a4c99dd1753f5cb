"""Ids, addresses and words that people type: each leads to its noun, or the page says why not."""

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from archive.model import ALPHABET, grouped
from archive.site.answers import Answer, Site
from tests.site_archive import Archive, build
from tests.site_crawl import ask, opened, ours, tree, words

BASE = "https://archive.example.edu"


def article_of(archive: Archive) -> str:
    return f"/article/{archive.snapshots['article'].id}"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return build(tmp_path_factory.mktemp("site"))


@pytest.fixture
def site(archive: Archive) -> Iterator[Site]:
    with opened(archive.folder, BASE) as site:
        yield site


def test_one_wrong_symbol_names_nothing_and_says_so(site: Site, archive: Archive) -> None:
    found = archive.snapshots["article"].id
    for place in (0, 7, 14, 15):
        other = ALPHABET[(ALPHABET.index(found[place]) + 1) % 32]
        wrong = found[:place] + other + found[place + 1 :]
        for path in (f"/{wrong}", f"/article/{wrong}", f"/snapshot/{wrong}/raw", f"/claim/{wrong}"):
            given = ask(site, path)
            assert given.status == 404 and "its check symbol is wrong" in words(given), path
        assert json.loads(ask(site, f"/snapshot/{wrong}.json").body)["error"] == "Not an id"


@pytest.mark.parametrize("form", ["{}", "{}.", " {} ", "pincite:{}", "%E2%80%8B{}", "{},"])
def test_an_id_is_read_as_print_leaves_it(site: Site, archive: Archive, form: str) -> None:
    found = archive.snapshots["harbour"].id
    for written in (found, grouped(found), grouped(found).upper(), grouped(found).replace("-", "%E2%80%93")):
        given = ask(site, "/" + form.format(written).replace(" ", "%20"))
        assert given.headers.get("Location") == f"/snapshot/{found}", written


def test_an_id_of_nothing_is_not_found(site: Site) -> None:
    given = ask(site, "/860w-hmce-fyfw-8mb1")
    assert given.status == 404 and "not of anything in this archive" in words(given)
    assert ask(site, "/nothing/here").status == 404


def test_every_noun_has_a_page_and_a_document_by_its_bare_id(site: Site, archive: Archive) -> None:
    index = site.index
    tables = (
        "snapshots",
        "texts",
        "claims",
        "citations",
        "evidence",
        "readings",
        "failures",
        "resolutions",
        "verdicts",
    )
    for table in tables:
        for (found,) in index.execute(f"SELECT id FROM {table}").fetchall():
            path = ask(site, f"/{grouped(found)}").headers["Location"]
            assert ask(site, path).status == 200, (table, path)
            told = ask(site, ask(site, f"/{found}.json").headers["Location"])
            assert (told.status, json.loads(told.body) != {}) == (200, True), (table, path)


def test_what_is_pasted_into_the_search_box_is_gone_to(site: Site, archive: Archive) -> None:
    article, harbour = archive.snapshots["article"], archive.snapshots["harbour"]

    def found(query: str) -> Answer:
        return ask(site, f"/search?q={query}")

    assert found(grouped(article.id)).headers["Location"] == f"/article/{article.id}"
    assert found(f"pincite:{harbour.id}").headers["Location"] == f"/snapshot/{harbour.id}"
    assert found("https://www.harbour.example/history%23top").headers["Location"] == f"/snapshot/{harbour.id}"
    assert "No snapshot of this address" in words(found("https://nowhere.example/"))
    assert "check symbol is wrong" in words(found("860w-hmce-fyfw-8mb2"))


def test_search_marks_what_it_found_and_leads_to_it(site: Site) -> None:
    page = tree(ask(site, "/search?q=foundations"))
    assert {mark.text_content() for mark in page.xpath("//mark")} == {"foundations"}
    for link in page.xpath("//ol[contains(@class, 'hits')]//h2/a/@href"):
        assert ask(site, str(link).partition("#")[0]).status == 200
    told = json.loads(ask(site, "/search.json?q=foundations").body)
    assert told["query"] == "foundations" and told["results"]
    assert set(told["results"][0]) == {
        "kind",
        "id",
        "snapshot",
        "title",
        "uri",
        "start",
        "end",
        "snippet",
        "score",
    }


@pytest.mark.parametrize(
    "query",
    ['"', "'", "<script>alert(1)</script>", "a:b", "C++", "*", "NEAR(", "%00", "café\u202e", "x" * 3000],
)
def test_no_query_breaks_the_search(site: Site, query: str) -> None:
    given = ask(site, f"/search?q={quote(query)}&from=99999999")
    assert given.status == 200 and b"<script>alert" not in given.body


def test_a_passage_is_marked_in_its_text_and_can_be_cited(site: Site, archive: Archive) -> None:
    evidence = archive.reading.evidence[-1 - 2]
    text = next(one for one in archive.texts.values() if one.id == evidence.text)
    span = f"{evidence.passage.start}-{evidence.passage.end}"
    given = ask(site, f"/passage/{text.id}/{span}")
    assert [mark.text_content() for mark in tree(given).xpath("//mark")] == [evidence.passage.exact]
    assert "p. 2" in words(given) and f"“{evidence.passage.exact}”" in words(given)
    told = json.loads(ask(site, f"/passage/{text.id}/{span}.json").body)
    assert (told["exact"], told["locator"]) == (evidence.passage.exact, "p. 2")
    for wrong in ("5-5", "9-2", "0-999999", "99999999999999999999-999999999999999999999"):
        assert ask(site, f"/passage/{text.id}/{wrong}").status == 404, wrong


def test_citations_print_both_addresses_and_never_loopback(archive: Archive) -> None:
    harbour = archive.snapshots["harbour"]
    path = f"/snapshot/{harbour.id}"
    with opened(archive.folder, BASE) as site:
        assert f"{harbour.uri}. Archived 2026-11-22 (UTC) at {BASE}/{grouped(harbour.id)}." in words(
            ask(site, path)
        )
    for base in (None, "http://127.0.0.1:8001"):
        with opened(archive.folder, base) as site:
            said = words(ask(site, path))
            assert (
                f"as pincite:{grouped(harbour.id)} (no public address is set)" in said
                and "127.0.0.1" not in said
            )


def test_under_a_prefix_all_links_begin_with_it(archive: Archive) -> None:
    with opened(archive.folder) as plain_site:
        site = Site(plain_site.index, plain_site.store, None, "/library/")
        for path in ("/", article_of(archive), "/lost", "/search?q=wall"):
            links = ours(ask(site, path))
            assert links and all(link.startswith("/library/") for link in links), path
        assert ask(site, f"/{archive.reading.id}").headers["Location"].startswith("/library/reading/")
