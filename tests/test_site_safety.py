"""What hostile words and bytes cannot do to a page, and that pages and bytes stay what they are."""

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.index.write import rebuild
from archive.site.answers import Answer, Site
from archive.store import Store
from tests.site_archive import Archive, build
from tests.site_crawl import ask, crawl, fingerprints, is_page, opened, tree, words

BASE = "https://archive.example.edu"

# Made of the archive's own address alone; it runs where a person chooses the bookmark, never on our pages.
BOOKMARKLET = (
    "javascript:location.href='https://archive.example.edu/lookup?url='+encodeURIComponent(location.href)"
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return build(tmp_path_factory.mktemp("site"))


@pytest.fixture
def site(archive: Archive) -> Iterator[Site]:
    with opened(archive.folder, BASE) as site:
        yield site


def raw(site: Site, archive: Archive, name: str) -> Answer:
    return ask(site, f"/snapshot/{archive.snapshots[name].id}/raw")


@pytest.mark.parametrize("name", ["article", "budget", "lost", "port", "moved"])
def test_raw_bytes_are_what_the_digest_counts(site: Site, archive: Archive, name: str) -> None:
    given = raw(site, archive, name)
    assert f"sha256:{hashlib.sha256(given.body).hexdigest()}" == archive.snapshots[name].digest
    assert given.headers["Content-Security-Policy"].startswith("sandbox;")
    assert given.headers["Content-Disposition"].startswith("attachment; filename=")
    assert "Content-Encoding" not in given.headers


def test_an_encoded_payload_is_named_as_what_its_bytes_are(site: Site, archive: Archive) -> None:
    given = raw(site, archive, "budget")
    assert given.headers["Content-Type"] == "application/octet-stream"
    assert given.headers["X-Archive-Orig-Content-Encoding"] == "gzip"
    assert raw(site, archive, "article").headers["Content-Type"] == "text/html"


def test_bytes_that_are_not_what_was_archived_are_never_served(tmp_path: Path) -> None:
    """Law 5, with every byte of the record turned over, one at a time."""
    archive = build(tmp_path)
    snapshot = archive.snapshots["article"]
    (stored,) = (tmp_path / "warcs").rglob("*.warc.gz")
    stored.chmod(0o600)
    whole = stored.read_bytes()
    refused = 0
    with opened(tmp_path) as site:
        for at in range(snapshot.place.offset, snapshot.place.offset + snapshot.place.length):
            stored.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
            given = raw(site, archive, "article")
            if given.status == 200:
                assert f"sha256:{hashlib.sha256(given.body).hexdigest()}" == snapshot.digest, at
            else:
                assert given.status == 500 and "pincite verify" in words(given), at
                refused += 1
    assert refused > snapshot.place.length // 2


def test_a_payload_of_another_digest_is_never_served(tmp_path: Path) -> None:
    archive = build(tmp_path)
    wrong = ("sha256:" + "0" * 64, archive.snapshots["harbour"].id)
    with sqlite3.connect(archive.index) as writer:
        writer.execute("UPDATE snapshots SET digest = ? WHERE id = ?", wrong)
    with opened(tmp_path) as site:
        given = raw(site, archive, "harbour")
        assert given.status == 500 and "does not match its digest" in words(given)


def test_words_never_become_markup(site: Site) -> None:
    allowed = {"site.js", "cite.js"}
    for at, given in crawl(site, "/search?q=wall%20%3Cscript%3E").items():
        if not is_page(given):
            continue
        page = tree(given)
        scripts = {str(source).split("/")[-1].partition("?")[0] for source in page.xpath("//script/@src")}
        # What is JSON-LD is never run.
        inside = "//script[not(@src) and not(@type = 'application/ld+json')]"
        assert scripts <= allowed and not page.xpath(f"{inside} | //img | //i | //b | //wall | //style"), at
        assert not page.xpath("//@*[starts-with(name(), 'on')] | //@style"), at
        scripted = page.xpath("//a[starts-with(normalize-space(@href), 'javascript:')]/@href")
        assert all(at.startswith("/lookup") and link == BOOKMARKLET for link in scripted), at


def test_pages_load_nothing_from_elsewhere_and_leave_no_trace(site: Site) -> None:
    for at, given in crawl(site).items():
        assert given.headers["X-Content-Type-Options"] == "nosniff", at
        assert given.headers["Referrer-Policy"] == "no-referrer", at
        if not is_page(given):
            continue
        assert "default-src 'none'" in given.headers["Content-Security-Policy"], at
        loaded = tree(given).xpath(
            "//@src[not(parent::iframe)] | //link[@rel='stylesheet' or @rel='icon']/@href"
        )
        assert all(str(link).startswith("/-/pincite/") for link in loaded), at
        framed = tree(given).xpath("//iframe/@src")
        assert all(str(link).partition("?")[0] == f"{at.partition('?')[0]}/frame" for link in framed), at
        for link in tree(given).xpath("//a[starts-with(@href, 'http')]"):
            assert set(link.get("rel").split()) == {"nofollow", "noopener", "noreferrer"}, at


def test_an_address_in_other_letters_has_its_host_beside_it(site: Site, archive: Archive) -> None:
    assert "(host: xn--mnchen-3ya.example)" in words(
        ask(site, f"/snapshot/{archive.snapshots['hostile'].id}")
    )


def test_the_same_archive_gives_the_same_bytes(archive: Archive) -> None:
    with opened(archive.folder, BASE) as site:
        before = fingerprints(site)
    rebuild(Store(str(archive.folder)), archive.index, "2031-01-01T00:00:00Z")
    with opened(archive.folder, BASE) as site:
        assert fingerprints(site) == before


def test_another_version_of_the_index_is_named(archive: Archive, tmp_path: Path) -> None:
    shutil.copy(archive.index, tmp_path / "archive.db")
    with sqlite3.connect(tmp_path / "archive.db") as other:
        other.execute("PRAGMA user_version = 99")
    with sqlite3.connect(tmp_path / "archive.db") as connection:
        given = ask(Site(connection, Store(str(tmp_path))), "/")
        assert given.status == 503 and "pincite rebuild" in words(given)
