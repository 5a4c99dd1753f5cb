"""What programs look for: signposts and linkset, feed, robots.txt, JSON of every page."""

import json
import re
import urllib.robotparser
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree

from archive.bibliography import FILES
from archive.index.write import rebuild
from archive.site.answers import Answer, Site
from archive.store import Store
from tests.asking import links
from tests.site_archive import Archive, build
from tests.site_crawl import ask, crawl, is_page, opened, ours

BASE = "https://archive.example.edu"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return build(tmp_path_factory.mktemp("machines"), restrict=("harbour",))


@pytest.fixture
def site(archive: Archive) -> Iterator[Site]:
    with opened(archive.folder, BASE) as site:
        yield site


def related(given: Answer) -> dict[str, list[tuple[str, str | None]]]:
    """The links of an answer's header by what they are."""
    found: dict[str, list[tuple[str, str | None]]] = {}
    for target, said in links(given.headers["Link"]):
        found.setdefault(said["rel"], []).append((target, said.get("type")))
    return found


def path_of(address: str) -> str:
    assert address.startswith(f"{BASE}/"), address
    return address.removeprefix(BASE)


def test_a_landing_page_has_signposts_that_hold(site: Site, archive: Archive) -> None:
    """FAIR Signposting: each target is there, is of the stated type, and leads back."""
    page = f"{BASE}/snapshot/{archive.snapshots['article'].id}"
    found = related(ask(site, path_of(page)))
    ((cited, _),) = found["cite-as"]
    assert ask(site, path_of(cited)).headers["Location"] == f"/article/{archive.snapshots['article'].id}"
    assert len(found["describedby"]) == len(FILES) and len(found["item"]) == 1
    assert ("https://schema.org/AboutPage", None) in found["type"]
    assert ("http://mementoweb.org/terms/donotnegotiate", None) in found["type"]
    back = {"describedby": "describes", "item": "collection"}
    for rel, backwards in back.items():
        for target, media in found[rel]:
            given = ask(site, path_of(target))
            assert given.status == 200, target
            assert given.headers["Content-Type"].partition(";")[0] == media, target
            assert (page, "text/html") in related(given)[backwards], target


def test_the_linkset_says_the_same_and_the_way_back(site: Site, archive: Archive) -> None:
    page = f"{BASE}/snapshot/{archive.snapshots['article'].id}"
    header = related(ask(site, path_of(page)))
    ((address, media),) = header["linkset"]
    given = ask(site, path_of(address))
    assert media == given.headers["Content-Type"] == "application/linkset+json"
    own, *others = json.loads(given.body)["linkset"]
    assert own.pop("anchor") == page
    for rel, targets in own.items():
        told = [(target["href"], target.get("type")) for target in targets]
        assert all(one in header[rel] for one in told), rel
    anchors = {one["anchor"] for one in others}
    assert anchors == {target for rel in ("describedby", "item") for target, _ in header[rel]}
    for one in others:
        (way,) = set(one) - {"anchor"}
        assert one[way] == [{"href": page, "type": "text/html"}]


def test_what_is_restricted_has_no_signposts(site: Site, archive: Archive) -> None:
    hidden = f"/snapshot/{archive.snapshots['harbour'].id}"
    for path in (hidden, f"{hidden}/linkset.json"):
        given = ask(site, path)
        assert given.status == 451 and "describedby" not in given.headers.get("Link", "")


def test_the_feed_has_the_newest_and_nothing_hidden(site: Site, archive: Archive) -> None:
    given = ask(site, "/feed.atom")
    assert given.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = etree.fromstring(given.body)
    ids = feed.xpath("//a:entry/a:id/text()", namespaces=ATOM)
    hidden = archive.snapshots["harbour"].id
    shown = {f"urn:pincite:snapshot:{one.id}" for one in archive.snapshots.values() if one.id != hidden}
    assert set(ids) == shown and len(ids) == len(shown)
    assert hidden.encode() not in given.body
    for parent in (feed, *feed.xpath("a:entry", namespaces=ATOM)):
        for needed in ("id", "title", "updated"):
            assert len(parent.xpath(f"a:{needed}", namespaces=ATOM)) == 1, needed
    dates = feed.xpath("a:entry/a:updated/text()", namespaces=ATOM)
    assert dates == sorted(dates, reverse=True)
    assert feed.xpath("string(a:updated)", namespaces=ATOM) == dates[0]
    assert all(datetime.fromisoformat(date).tzinfo for date in dates)
    assert feed.xpath("a:link[@rel='self']/@href", namespaces=ATOM) == [f"{BASE}/feed.atom"]
    for address in feed.xpath("a:entry/a:link[@rel='alternate']/@href", namespaces=ATOM):
        assert ask(site, path_of(address)).status == 200
    vias = feed.xpath("//a:link[@rel='via']/@href", namespaces=ATOM)
    assert "https://xn--mnchen-3ya.example/%3Ci%3Ex%3C/i%3E" in vias


def test_crawlers_are_kept_out_of_copies_and_tables(site: Site, archive: Archive) -> None:
    given = ask(site, "/robots.txt")
    rules = urllib.robotparser.RobotFileParser()
    rules.parse(given.body.decode().splitlines())
    for path in (
        "/archive/snapshots",
        "/web/https://a.example/",
        "/timemap/link/https://a.example/",
        "/search?q=a",
    ):
        assert not rules.can_fetch("AnyBot", BASE + path), path
    for path in ("/", "/sources", f"/article/{archive.snapshots['article'].id}"):
        assert rules.can_fetch("AnyBot", BASE + path), path
    # Python's reader knows no wildcards (RFC 9309, section 2.2.3).
    assert re.search(r"^Disallow: /snapshot/\*/raw$", given.body.decode(), re.MULTILINE)


def test_every_page_has_json(site: Site) -> None:
    """Of each address that leads to a page of a noun or a list, its `.json` is a document."""
    without = re.compile(r"/(cite|bibliography|diff/.*)$")
    rooms = set()
    for at, given in crawl(site, "/search?q=wall").items():
        path, _, query = at.partition("?")
        if not is_page(given) or given.status != 200 or without.search(path):
            continue
        told = ask(site, f"{path}.json" + (f"?{query}" if query else ""))
        assert told.status == 200, at
        assert told.headers["Content-Type"] == "application/json; charset=utf-8" and json.loads(told.body), at
        rooms.add(path.split("/")[1])
    assert rooms >= {"", "article", "snapshot", "sources", "lost", "search", "text", "claim", "evidence"}


def test_the_same_bytes_for_machines_after_a_rebuild(archive: Archive) -> None:
    paths = ["/feed.atom", "/.json", "/sources.json", "/lost.json"]
    paths += [f"/snapshot/{one.id}/linkset.json" for one in archive.snapshots.values()]

    def everything() -> list[Answer]:
        with opened(archive.folder, BASE) as site:
            return [ask(site, path) for path in paths]

    before = everything()
    rebuild(Store(str(archive.folder)), archive.index, "2026-12-01T00:00:00Z")
    assert everything() == before


def test_an_empty_archive_has_a_feed(tmp_path: Path) -> None:
    rebuild(Store(str(tmp_path)), tmp_path / "archive.db", "2026-12-01T00:00:00Z")
    with opened(tmp_path) as site:
        feed = etree.fromstring(ask(site, "/feed.atom").body)
        assert feed.xpath("string(a:updated)", namespaces=ATOM) == "1970-01-01T00:00:00Z"
        assert ours(ask(site, "/"))
