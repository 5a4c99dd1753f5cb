"""Served to the public: passages and citations, and whole copies only where `public_copies` allows it."""

import json
import re
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from archive.errors import SettingsError
from archive.index import read
from archive.saying import Desk, collect, tag
from archive.site.publishing import COPIES, LONGEST_QUOTATION, Publishing
from archive.store import Store
from ingest.settings import Profile, read_profile, write_profile
from tests.inside_datasette import QUERY, client_of
from tests.routes import found_in, ids
from tests.site_archive import Archive, build
from tests.site_crawl import ask, opened, words
from tests.site_story import ARTICLE, BUDGET, HARBOUR

NOBODY = Publishing(public=True)
# In a text or payload, but in no claim that has a source, in no passage close to one, and near none.
ONLY_IN_COPIES = {
    "courier.example": ("Those who love the wall, and they are many", "<title>Wall</title>"),
    "council.example": ("not really",),
    "harbour.example": ("<html>harbour</html>",),
}
ALL = tuple(word for words_of in ONLY_IN_COPIES.values() for word in words_of)
@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    archive = build(tmp_path_factory.mktemp("public"))
    with opened(archive.folder) as site:
        everything = ids(site)
    tagged = [partial(tag, written=one, tags=["all"]) for one in everything]
    desk = Desk(Store(str(archive.folder)), archive.index)
    desk.say("Ada", partial(collect, name="all", members=everything), *tagged)
    return archive


def test_no_route_hands_out_a_copy_that_is_not_public(archive: Archive) -> None:
    with opened(archive.folder, publishing=NOBODY) as site:
        assert found_in(site, ALL) == {}


def test_at_home_every_copy_is_there(archive: Archive) -> None:
    """The walk above would find them."""
    with opened(archive.folder) as site:
        assert set().union(*found_in(site, ALL).values()) == set(ALL)


def test_copies_of_an_allowed_site_alone_are_public(archive: Archive) -> None:
    with opened(archive.folder, publishing=Publishing(True, frozenset({"harbour.example"}))) as site:
        assert set().union(*found_in(site, ALL).values()) == set(ONLY_IN_COPIES["harbour.example"])


@pytest.mark.parametrize("room", ["text", "raw"])
def test_a_copy_that_is_not_public_says_so_and_how_it_is_cited(archive: Archive, room: str) -> None:
    with opened(archive.folder, publishing=NOBODY) as site:
        given = ask(site, f"/snapshot/{archive.snapshots['harbour'].id}/{room}")
        assert given.status == 403
        assert "passages of this page and its citation, not the whole of it" in words(given)
        assert "https://harbour.example/history. Archived 2026-11-22" in words(given)


def test_mementos_and_stored_files_are_copies_too(archive: Archive) -> None:
    harbour = archive.snapshots["harbour"]
    stamp = re.sub(r"\D", "", harbour.date)
    with opened(archive.folder, publishing=NOBODY) as site:
        for path in (f"/web/{stamp}/{harbour.uri}", f"/web/{stamp}id_/{harbour.uri}"):
            given = ask(site, path)
            assert given.status == 403 and "Memento-Datetime" not in given.headers, path
        assert ask(site, f"/warc/{harbour.place.file}").status == 403
        assert ask(site, f"/web/{harbour.uri}").status == 302


def test_passages_and_claims_are_public(archive: Archive) -> None:
    with opened(archive.folder, publishing=NOBODY) as site:
        text = archive.texts["harbour"].id
        start = HARBOUR.index("The sea wall was built")
        passage = ask(site, f"/passage/{text}/{start}-{start + 40}")
        assert passage.status == 200 and "… The sea wall was built" in words(passage)
        article = words(ask(site, f"/article/{archive.snapshots['article'].id}"))
        assert "Some 15,000 tonnes of stone slid into the basin" in article, "a claim that has a source"
        assert "differs: 15,000 ↔ 14,000" in article
        assert "Nobody was hurt." not in article, "a claim without one is text like any other"
        told = json.loads(ask(site, f"/article/{archive.snapshots['article'].id}.json").body)
        assert "Nobody was hurt." not in [claim["exact"] for claim in told["claims"]]


def test_a_passage_is_no_way_to_the_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = build(tmp_path)
    monkeypatch.setattr("archive.site.pages.held.LONGEST_QUOTATION", len(ARTICLE) - 1)
    address = f"/passage/{archive.texts['article'].id}/0-{len(ARTICLE)}"
    with opened(archive.folder, publishing=NOBODY) as site:
        assert [ask(site, address + ext).status for ext in ("", ".json")] == [403, 403]
    with opened(archive.folder) as site:
        assert ask(site, address).status == 200
    assert LONGEST_QUOTATION >= 2000 and len(BUDGET) < LONGEST_QUOTATION


@pytest_asyncio.fixture
async def public(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    monkeypatch.setenv("PINCITE_INDEX", str(archive.index))
    monkeypatch.setenv("PINCITE_ARCHIVE", str(archive.folder))
    monkeypatch.setenv("PINCITE_PUBLIC", "1")
    async with client_of(archive.index, default_allow_sql=False, allow_download=False) as client:
        yield client


@pytest.mark.asyncio
async def test_datasettes_tables_hand_out_no_copy(public: Any, archive: Archive) -> None:
    with opened(archive.folder) as site:
        sql = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
        names = [name for (name,) in site.index.execute(sql)]
        text = archive.texts["harbour"].id
    assert set(names) >= COPIES
    for name in [*names, "TEXTS", "Passages"]:
        hidden = name.lower() in COPIES
        for ending in ("", ".json", ".csv"):
            given = await public.get(f"/archive/{name}{ending}")
            assert not any(word in given.text for word in ALL), name
            if name in names:
                assert given.status_code == (403 if hidden else 200), (name, ending)
    for row in (f"texts/{text}", f"texts/{text}.json", f"passages/{text},0,38", f"Texts/{text}"):
        assert (await public.get(f"/archive/{row}")).status_code in (403, 404), row


@pytest.mark.asyncio
async def test_no_row_says_the_words_that_it_leads_to(public: Any, archive: Archive) -> None:
    """Datasette labels a foreign key from the other table, whether that may be read or not."""
    with opened(archive.folder) as site:
        sql = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
        names = [name for (name,) in site.index.execute(sql)]
    labelled = ("?_labels=on", ".json?_labels=on&_facet=claim", ".csv?_labels=on&_stream=on")
    for name in set(names) - COPIES:
        for ending in ("", *labelled) if name == "reading_claims" else ("", ".json?_labels=on"):
            given = await public.get(f"/archive/{name}{ending}")
            assert given.status_code == 200 and "Nobody was hurt." not in given.text, (name, ending)
    assert archive.reading.outcomes[0].claim in (await public.get("/archive/reading_claims.json")).text


@pytest.mark.asyncio
async def test_no_sql_reaches_a_copy(public: Any) -> None:
    for path in (
        f"{QUERY}?sql=select+body+from+texts",
        "/archive/snapshots.json?_where=id+in+(select+snapshot+from+texts+where+body+like+'%25railway%25')",
    ):
        assert (await public.get(path)).status_code in (400, 403), path
    assert (await public.get("/archive.db")).status_code in (403, 404)


@pytest.mark.parametrize(
    ("written", "kept"),
    [("false", ()), ("true", ("*",)), ('["example.org", "www.Law.example"]', ("example.org", "law.example"))],
)
def test_public_copies_in_the_archives_file(tmp_path: Path, written: str, kept: tuple[str, ...]) -> None:
    (tmp_path / "pincite.toml").write_text(f"public_copies = {written}\n")
    profile = read_profile(tmp_path)
    assert profile == Profile(public_copies=kept)
    write_profile(tmp_path, profile)
    assert read_profile(tmp_path) == profile


@pytest.mark.parametrize("written", ["1", '"yes"', "[1]", '["https://example.org/"]', '["*"]'])
def test_other_values_are_explained(tmp_path: Path, written: str) -> None:
    (tmp_path / "pincite.toml").write_text(f"public_copies = {written}\n")
    with pytest.raises(SettingsError, match=r'true, false, or a list of sites such as \["example.org"\]'):
        read_profile(tmp_path)


def test_what_is_quoted_is_read_like_any_text(archive: Archive) -> None:
    with opened(archive.folder, publishing=NOBODY) as site:
        hits = read.search(site.index, "railway", 5).hits
        assert hits and ask(site, "/search?q=railway").status == 200
