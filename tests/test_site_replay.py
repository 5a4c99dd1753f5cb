"""The page view: what it says, what it is made of, who may see it, and that it stays what it is."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.index.write import fold_names, rebuild
from archive.replay import PASSAGE
from archive.site.answers import Site
from archive.site.publishing import Publishing
from archive.store import Store
from archive.warc.profile import Info, Log
from tests.replay_archive import BODY, GIF, PAGE, WORDS, Held, build, part
from tests.site_archive import HTML, Scribe
from tests.site_crawl import ask, opened, tree, words


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Held:
    return build(tmp_path_factory.mktemp("replay"))


@pytest.fixture
def site(archive: Held) -> Iterator[Site]:
    with opened(archive.folder) as site:
        yield site


def passage(archive: Held) -> str:
    start = BODY.index(WORDS)
    return f"?passage={archive.text.id}/{start}-{start + len(WORDS)}"


def test_our_page_says_what_it_is_and_frames_it(site: Site, archive: Held) -> None:
    given = ask(site, archive.at("page"))
    (frame,) = tree(given).xpath("//iframe")
    assert frame.get("src") == archive.at("page", "/frame")
    assert frame.get("sandbox") == "allow-top-navigation-by-user-activation"
    assert "frame-src 'self'" in given.headers["Content-Security-Policy"]
    said = words(given)
    assert "a copy without scripts, not the live page" in said and "2026-11-22 09:00" in said
    assert "Which parts were captured" in said and "not captured" not in said
    assert "After: 2026-11-22" in said and given.headers["X-Robots-Tag"] == "noindex"
    asked = words(ask(site, archive.at("page", "?parts=all")))
    assert "1 part of the page was not captured; 6 parts are shown" in asked
    assert "https://courier.example/2026/lost.png" in asked


def test_the_same_as_json(site: Site, archive: Held) -> None:
    told = json.loads(ask(site, archive.at("page", f".json{passage(archive)}")).body)
    assert told["missing"] == ["https://courier.example/2026/lost.png"] and told["parts"] == 6
    assert [one["found"] for one in told["passages"]] == [True] and told["shown"]
    told = json.loads(ask(site, archive.at("pdf", ".json")).body)
    assert not told["shown"] and told["frame"] is None and "application/pdf" in told["why"]


def test_the_frame_has_no_rights(site: Site, archive: Held) -> None:
    given = ask(site, archive.at("page", "/frame"))
    policy = given.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-top-navigation-by-user-activation; default-src 'none';")
    assert "script" not in policy and "frame-ancestors 'self'" in policy
    assert given.headers["X-Content-Type-Options"] == "nosniff" and given.headers["X-Robots-Tag"] == "noindex"
    assert f'<{PAGE}>; rel="canonical"' in given.headers["Link"]
    assert b"<script" not in given.body and b"app.js" not in given.body


@pytest.mark.parametrize("name", ["page", "hostile"])
def test_who_comes_to_the_frame_is_led_to_the_page_around_it(site: Site, archive: Held, name: str) -> None:
    given = ask(site, archive.at(name, "/frame"), Sec_Fetch_Dest="document")
    assert (given.status, given.headers["Location"]) == (302, archive.at(name))
    assert given.headers["Vary"] == "Sec-Fetch-Dest"
    query = passage(archive)
    given = ask(site, archive.at("page", f"/frame{query}"), Sec_Fetch_Dest="document")
    assert given.headers["Location"] == archive.at("page", query)


def parts(site: Site, archive: Held, name: str) -> dict[str, str]:
    """Where the parts of a page are, by the names they had."""
    given = ask(site, archive.at(name, "/frame")).body.decode()
    held = {one.id: key for key, one in archive.snapshots.items()}
    return {key: archive.at(name, f"/part/{one}") for one, key in held.items() if f"part/{one}" in given}


def test_parts_are_served_as_what_they_are(site: Site, archive: Held) -> None:
    here = parts(site, archive, "page")
    assert here.keys() == {"sheet", "more.css", "red.gif?b", "red.gif", "box.svg", "fake.png"}
    picture = ask(site, here["red.gif"])
    assert (picture.status, picture.headers["Content-Type"], picture.body) == (200, "image/gif", GIF)
    assert picture.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    drawing = ask(site, here["box.svg"])
    assert drawing.headers["Content-Type"] == "image/svg+xml"
    assert drawing.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    sheet = ask(site, here["sheet"])
    assert sheet.headers["Content-Type"] == "text/css; charset=utf-8"
    assert f'@import url("{archive.snapshots["deep.css"].id}") ;'.encode() in sheet.body
    assert f'url("{archive.snapshots["red.gif"].id}")'.encode() in sheet.body


def test_what_is_no_part_of_a_page_is_not_served_as_one(site: Site, archive: Held) -> None:
    assert ask(site, parts(site, archive, "page")["fake.png"]).status == 404
    assert ask(site, archive.at("page", f"/part/{archive.snapshots['app.js'].id}")).status == 404
    assert ask(site, archive.at("page", f"/part/{archive.snapshots['page'].id}")).status == 404
    other = archive.at("other", f"/part/{archive.snapshots['red.gif'].id}")
    assert ask(site, other).status == 404, "another page's visit did not record it"
    direct = ask(site, parts(site, archive, "page")["red.gif"], Sec_Fetch_Dest="document")
    assert direct.headers["Location"] == f"/snapshot/{archive.snapshots['red.gif'].id}"


def test_links_lead_to_the_nearest_snapshot_or_say_that_there_is_none(site: Site, archive: Held) -> None:
    found = tree(ask(site, archive.at("page", "/frame"))).xpath("//a[@id]/@href")
    assert found == ["link/https://courier.example/2026/other.html", "link/https://gone.example/x?y=1#z"]
    here = ask(site, archive.at("page", f"/{found[0]}"))
    assert here.headers["Location"] == archive.at("other")
    gone = ask(site, archive.at("page", f"/{found[1].partition('#')[0]}"))
    assert gone.status == 404
    (live,) = tree(gone).xpath("//main//a")
    assert (live.get("href"), live.get("rel")) == (
        "https://gone.example/x?y=1",
        "nofollow noopener noreferrer",
    )


def test_a_passage_is_marked_in_the_page(site: Site, archive: Held) -> None:
    query = passage(archive)
    around = ask(site, archive.at("page", query))
    assert "The cited passage is marked in the page." in words(around)
    assert tree(around).xpath("//iframe/@src") == [archive.at("page", f"/frame{query}#{PASSAGE}")]
    marked = tree(ask(site, archive.at("page", f"/frame{query}"))).xpath("//mark")
    assert "".join("".join(mark.itertext()) for mark in marked).replace(" ", "") == WORDS.replace(" ", "")
    assert [mark.get("id") for mark in marked] == [PASSAGE, *[None] * (len(marked) - 1)]


@pytest.mark.parametrize("wrong", ["x", "{text}/5-2", "{text}/0-99999", "g3z1fdnvkx7c6wsj/0-3"])
def test_what_names_no_passage_of_the_page_is_said(site: Site, archive: Held, wrong: str) -> None:
    given = ask(site, archive.at("page", f"?passage={wrong.format(text=archive.text.id)}"))
    assert given.status == 404 and "names no passage of this page" in words(given)


def test_text_is_shown_as_it_stands_and_what_cannot_be_shown_is_said(site: Site, archive: Held) -> None:
    assert b"a &lt;b&gt; &amp; c\n</pre>" in ask(site, archive.at("plain", "/frame")).body
    pdf = ask(site, archive.at("pdf"))
    assert "application/pdf, which cannot be shown without" in words(pdf) and not tree(pdf).xpath("//iframe")
    assert ask(site, archive.at("pdf", "/frame")).status == 404
    moved = ask(site, archive.at("moved"))
    assert "It was a redirect to" in words(moved)
    assert any(
        link.startswith("/snapshot/") and link.endswith("/page") for link in tree(moved).xpath("//a/@href")
    )
    assert ask(site, f"/snapshot/{archive.snapshots['red.gif'].id}/page").status == 404


def test_the_public_sees_only_what_it_may(archive: Held) -> None:
    with opened(archive.folder, publishing=Publishing(True)) as site:
        for rest in ("", "/frame", f"/part/{archive.snapshots['red.gif'].id}"):
            assert ask(site, archive.at("page", rest)).status == 403, rest


def test_of_a_restricted_page_nothing_is_shown(tmp_path: Path) -> None:
    archive = build(tmp_path, restrict=("page",))
    with opened(tmp_path) as site:
        for rest in (
            "",
            "/frame",
            f"/part/{archive.snapshots['red.gif'].id}",
            "/link/https://courier.example/",
        ):
            assert ask(site, archive.at("page", rest)).status == 451, rest
        assert ask(site, archive.at("later", "/frame")).status == 200


def test_a_payload_that_is_not_what_was_archived_is_not_shown(tmp_path: Path) -> None:
    """Law 5: page and parts alike."""
    archive = build(tmp_path)
    stored = tmp_path / "warcs" / archive.snapshots["page"].place.file
    stored.chmod(0o600)
    whole = stored.read_bytes()
    for name, rest in (("page", "/frame"), ("sheet", f"/part/{archive.snapshots['sheet'].id}")):
        place = archive.snapshots[name].place
        middle = place.offset + place.length * 3 // 4
        stored.write_bytes(whole[:middle] + bytes([whole[middle] ^ 0xFF]) + whole[middle + 1 :])
        with opened(tmp_path) as site:
            assert ask(site, archive.at("page", rest)).status == 500, name
        stored.write_bytes(whole)


def digests(site: Site, archive: Held) -> set[str]:
    """The digest of frame and sheets of the first page, by what was asked."""
    rests = ["/frame", f"/frame{passage(archive)}", f"/part/{archive.snapshots['sheet'].id}"]
    return {rest + hashlib.sha256(ask(site, archive.at("page", rest)).body).hexdigest() for rest in rests}


def more_is_captured(archive: Held) -> None:
    """The page again within the same minute, with what the first visit missed, and what it links to."""
    store = Store(str(archive.folder))
    times = iter(f"2026-11-22T09:00:{second:02}Z" for second in range(1, 60))
    scribe = Scribe(Log(store.temp(), lambda: next(times), Info(software="x")), times)
    scribe.page(PAGE, b"<h1>anew</h1>", HTML)
    for uri in ("https://courier.example/2026/lost.png", "https://courier.example/css/site.css"):
        part(scribe, PAGE, uri, GIF, "image/gif")
    scribe.page("https://gone.example/x?y=1", b"<h1>here</h1>", HTML)
    sealed = scribe.log.seal()
    store.put(sealed.path, sealed.name)
    fold_names(store, archive.folder / "archive.db", [sealed.name], "2026-12-01T00:00:00Z")


def test_a_page_is_the_same_bytes_for_ever(tmp_path: Path) -> None:
    """Forty fetches, a restart, a rebuild, and more that is captured."""
    archive = build(tmp_path)
    seen = set[str]()
    with opened(tmp_path) as site:
        for _ in range(40):
            seen |= digests(site, archive)
    assert len(seen) == 3
    rebuild(Store(str(tmp_path)), tmp_path / "archive.db", "2031-01-01T00:00:00Z")
    with opened(tmp_path) as site:
        assert digests(site, archive) == seen
    more_is_captured(archive)
    with opened(tmp_path) as site:
        assert digests(site, archive) == seen
        assert ask(site, archive.at("page", "/link/https://gone.example/x?y=1")).status == 302
    rebuild(Store(str(tmp_path)), tmp_path / "archive.db", "2031-01-01T00:00:00Z")
    with opened(tmp_path) as site:
        assert digests(site, archive) == seen
