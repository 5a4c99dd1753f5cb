"""Collections and tags as pages, files and feeds; a search that stays within them."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from urllib.parse import quote

import bibtexparser
import pytest
import rispy
from lxml import etree

from archive.index import read
from archive.index.write import rebuild
from archive.model import grouped
from archive.saying import Desk, collect, drop, remark, restrict, tag
from archive.site.answers import Site
from archive.site.publishing import Publishing
from archive.store import Store
from archive.uri import segment
from tests.program import pincite
from tests.serving import get, served
from tests.site_archive import Archive, build
from tests.site_crawl import ask, opened, tree, words
from tests.source_tree import ROOT

# A name with blanks, letters of three scripts, marks of markup and of quotation.
NAME = 'Ph.D. <b>thesis "Łódź" 論文'
PATH = "/collection/" + quote(NAME, safe="")
ATOM = {"a": "http://www.w3.org/2005/Atom"}
SECOND = "thesis"


def at(hour: int) -> datetime:
    return datetime(2026, 12, 1, hour, tzinfo=UTC)


def desk_of(archive: Archive, hour: int) -> Desk:
    return Desk(Store(str(archive.folder)), archive.index, "Harbour Library", lambda: at(hour))


def gather(archive: Archive) -> None:
    """A noun of each kind, by two people, one of them twice; one taken out; one restricted."""
    of, reading = archive.snapshots, archive.reading
    members = [
        of["article"].id,
        reading.claims[0].id,
        reading.evidence[0].id,
        archive.texts["hostile"].id,
        archive.citations["none"].id,
        archive.failure.id,
        of["budget"].id,
        of["lost"].id,
    ]
    desk_of(archive, 9).say("Ada", partial(collect, name=NAME, members=members))
    desk_of(archive, 10).say("Ben", partial(collect, name=NAME, members=[reading.id]))
    desk_of(archive, 11).say("Ben", partial(drop, name=NAME, members=[of["lost"].id]))
    desk_of(archive, 12).say("Ada", partial(collect, name=SECOND, members=[of["harbour"].id]))
    desk_of(archive, 13).say("Ada", partial(tag, written=of["port"].id, tags=["to read/soon", "x.json"]))
    desk_of(archive, 13).say("Ada", partial(remark, written=of["port"].id, note="The table on page 3."))
    hide = partial(restrict, written=of["budget"].id, reason="an order", until=None)
    desk_of(archive, 14).say("Ada", hide)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    archive = build(tmp_path_factory.mktemp("gathered"))
    gather(archive)
    (archive.folder / "pincite.toml").touch()
    return archive


@pytest.fixture(scope="module")
def site(archive: Archive) -> Iterator[Site]:
    with opened(archive.folder, "https://archive.example.edu") as site:
        yield site


def test_a_collection_shows_its_members_with_titles_and_who_gathered_them(
    site: Site, archive: Archive
) -> None:
    given = ask(site, PATH)
    shown = words(given)
    assert given.status == 200 and tree(given).xpath("string(//h1)") == NAME
    for title in ("What the harbour wall cost", archive.reading.claims[0].passage.exact[:40], "The Wall and"):
        assert title in shown
    assert "by Ada, Ben" in shown and "https://gone.example/quay" in shown
    assert len(tree(given).xpath("//ol[contains(@class,'members')]/li")) == 8, "one was taken out"


def test_a_restricted_member_is_its_tombstone_everywhere(site: Site, archive: Archive) -> None:
    budget = archive.snapshots["budget"].id
    assert "restricted: its words are not shown" in words(ask(site, PATH))
    told = json.loads(ask(site, PATH + ".json").body)
    member = next(one for one in told["members"] if one["id"] == budget)
    assert member["restricted"] and member["title"] == ""
    assert budget not in ask(site, PATH + ".atom").body.decode()
    assert "restricted: this archive does not show it" in ask(site, PATH + ".bib").body.decode()


def test_its_citable_id_leads_to_it_and_stays_when_what_came_first_is_taken_out(
    site: Site, archive: Archive
) -> None:
    found = read.collection_id(site.index, NAME)
    assert found and f"https://archive.example.edu/{grouped(found)}" in words(ask(site, PATH))
    assert ask(site, f"/{grouped(found)}").headers["Location"] == "/" + PATH[1:]
    assert ask(site, f"/{grouped(found)}.bib").headers["Location"] == f"{PATH}.bib"
    first = min(read.members_of(site.index, NAME), key=lambda one: (one.created, one.id))
    assert first.id == found
    assert ask(site, f"/record/{found}").status == 200, "the record itself has its page still"


def test_a_search_stays_within_the_members(site: Site, archive: Archive) -> None:
    everywhere = words(ask(site, "/search?q=stone"))
    assert "A short history of Saltmouth harbour" in everywhere
    hits = tree(ask(site, f"{PATH}?q=wall")).xpath("//ol[contains(@class,'hits')]/li")
    assert hits and not any(hit.xpath("string(h2)") == "Condition of the wall" for hit in hits)
    assert tree(ask(site, "/collection/thesis?q=wall")).xpath("//ol[contains(@class,'hits')]/li")
    nothing = ask(site, "/collection/thesis?q=petrels")
    assert "Nothing in it holds all of “petrels”" in words(nothing)


def test_a_gathered_passage_is_found_without_the_rest_of_its_page(site: Site, archive: Archive) -> None:
    passage = archive.reading.evidence[0].passage
    hits = ask(site, f"{PATH}?q={quote(passage.exact[:40])}")
    assert "A short history of Saltmouth harbour" in words(hits)
    assert "Nothing in it holds" in words(ask(site, f'{PATH}?q="lifeboat+station"'))


def test_filters_say_the_same_on_every_search(site: Site) -> None:
    within = [hit.id for hit in read.search(site.index, "wall in:thesis", 20).hits]
    assert within and within == [hit.id for hit in read.search(site.index, "wall in:THESIS", 20).hits]
    assert read.search(site.index, 'wall tag:"to read/soon"', 20).hits
    assert not read.search(site.index, "wall in:nothing", 20).hits
    assert not read.search(site.index, 'wall in:thesis tag:"to read/soon"', 20).hits


def test_the_files_are_read_by_other_people_s_readers(site: Site) -> None:
    entries = bibtexparser.parse_string(ask(site, PATH + ".bib").body.decode())
    assert not entries.failed_blocks and len(entries.entries) == 7
    keys = [entry.key for entry in entries.entries]
    assert len(set(keys)) == len(keys)
    assert len(rispy.loads(ask(site, PATH + ".ris").body.decode())) == 7
    assert len(json.loads(ask(site, PATH + ".csl.json").body)) == 7


def test_the_feed_tells_what_came_last(site: Site) -> None:
    feed = etree.fromstring(ask(site, PATH + ".atom").body)
    assert feed.xpath("string(a:title)", namespaces=ATOM) == f"Collection: {NAME}"
    dates = feed.xpath("a:entry/a:updated/text()", namespaces=ATOM)
    assert dates == sorted(dates, reverse=True) and len(dates) == 7
    assert feed.xpath("string(a:updated)", namespaces=ATOM) == dates[0] == "2026-12-01T10:00:00Z"
    assert feed.xpath("a:link[@rel='self']/@href", namespaces=ATOM) == [
        f"https://archive.example.edu{PATH}.atom"
    ]


def test_tags_have_pages_whatever_they_are_called(site: Site) -> None:
    links = tree(ask(site, "/collections")).xpath("//ul[@class='tags']//a")
    assert [link.text_content() for link in links] == ["to read/soon", "x.json"]
    for link in links:
        given = ask(site, link.get("href"))
        assert given.status == 200 and "Condition of the wall" in words(given)
        assert json.loads(ask(site, link.get("href") + ".json").body)["name"] == link.text_content()


def test_a_noun_s_page_says_how_it_is_ordered(site: Site, archive: Archive) -> None:
    port = words(ask(site, f"/snapshot/{archive.snapshots['port'].id}"))
    assert "Tags: to read/soon, x.json. 1 remark. What people say of it." in port
    article = ask(site, f"/article/{archive.snapshots['article'].id}")
    assert f"In {NAME}." in words(article) and PATH in article.body.decode()
    assert NAME in words(ask(site, "/")) and "thesis" in words(ask(site, "/"))


@pytest.mark.parametrize("path", ["/collection/no", "/collection/no.bib", "/collection/no.atom", "/tag/no"])
def test_what_was_never_gathered_is_not_there(site: Site, path: str) -> None:
    assert ask(site, path).status == 404


def test_the_public_sees_no_more_of_a_page_in_a_collection(archive: Archive) -> None:
    with opened(archive.folder, publishing=Publishing(public=True)) as site:
        for path in (PATH, f"{PATH}.json", f"{PATH}?q=wall"):
            given = ask(site, path)
            assert given.status == 200
        longest = max(len(one["title"]) for one in json.loads(ask(site, f"{PATH}.json").body)["members"])
    assert longest <= 80


def test_all_of_it_is_the_same_after_a_rebuild(archive: Archive) -> None:
    paths = [PATH + ending for ending in ("", ".json", ".bib", ".atom", "?q=wall")] + ["/collections"]
    with opened(archive.folder) as site:
        before = [ask(site, path).body for path in paths]
    anew = archive.folder / "anew.db"
    rebuild(Store(str(archive.folder)), anew, "2026-12-02T00:00:00Z")
    anew.replace(archive.folder / "archive.db")
    with opened(archive.folder) as site:
        assert [ask(site, path).body for path in paths] == before


def test_an_address_with_any_letters_reaches_its_page_through_the_server(archive: Archive) -> None:
    with served(archive.folder, cwd=ROOT) as base:
        for path in (
            PATH,
            PATH + ".csl.json",
            "/tag/" + segment("to read/soon"),
            "/tag/" + segment("x.json"),
        ):
            assert get(base + path)[0] == 200, path
        assert NAME in json.loads(get(f"{base}{PATH}.json")[1])["name"]


def test_on_the_command_line_the_id_of_a_collection_cites_its_members(archive: Archive) -> None:
    with opened(archive.folder) as site:
        found = read.collection_id(site.index, NAME)
    done = pincite("-A", archive.folder, "cite", grouped(found or ""), "--format", "ris")
    assert done.code == 0 and len(rispy.loads(done.out)) == 7
