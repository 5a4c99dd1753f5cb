"""Landing pages read by other people's readers: extruct, and Zotero's translation-server where one runs.

Zotero's server is AGPL and no package: it is asked where PINCITE_TRANSLATION_SERVER has its address, such as
http://127.0.0.1:1969 of a checkout of zotero/translation-server with its modules.
"""

import json
import os
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.model import grouped
from archive.site.answers import Site
from tests.serving import get, served
from tests.site_archive import Archive, build
from tests.site_crawl import ask, opened

BASE = "https://archive.example.edu"
ZOTERO = os.environ.get("PINCITE_TRANSLATION_SERVER")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("zotero")
    (folder / "pincite.toml").write_text(f'base-url = "{BASE}"\n', encoding="utf-8")
    return build(folder)


@pytest.fixture(scope="module")
def site(archive: Archive) -> Iterator[Site]:
    with opened(archive.folder, BASE) as site:
        yield site


def extracted(site: Site, archive: Archive, name: str) -> Any:
    extruct = pytest.importorskip("extruct", reason="the test group has extruct")
    html = ask(site, f"/snapshot/{archive.snapshots[name].id}").body.decode()
    return extruct.extract(html, syntaxes=["json-ld", "opengraph", "dublincore"], uniform=True)


def test_extruct_reads_the_page_its_snapshot_and_its_original(site: Site, archive: Archive) -> None:
    snapshot = archive.snapshots["article"]
    said = extracted(site, archive, "article")
    (graph,) = said["opengraph"]
    address = f"{BASE}/{grouped(snapshot.id)}"
    assert (graph["@type"], graph["og:url"], graph["og:site_name"]) == ("website", address, "The Courier")
    (page,) = said["json-ld"]
    assert (page["url"], page["archivedAt"]["url"]) == (snapshot.uri, address)
    assert [author["name"] for author in page["author"]] == ["Ines Ferreira", "Tom Baker"]
    elements = {element["name"]: element["content"] for element in said["dublincore"][0]["elements"]}
    assert elements["DC.relation"] == snapshot.uri and elements["DC.date"] == "2026-01-14"


def test_extruct_reads_hostile_words_as_words(site: Site, archive: Archive) -> None:
    said = extracted(site, archive, "hostile")
    assert said["json-ld"][0]["name"] == said["opengraph"][0]["og:title"] == "<b>Bold</b> & esrever"


def read_by_zotero(address: str) -> dict[str, Any]:
    asked = urllib.request.Request(f"{ZOTERO}/web", address.encode(), {"Content-Type": "text/plain"})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        (item,) = json.load(answer)
    return dict(item)


@pytest.mark.skipif(not ZOTERO, reason="asks Zotero's own server where PINCITE_TRANSLATION_SERVER names one")
def test_zotero_reads_a_web_page_at_our_address_with_the_original_kept(archive: Archive) -> None:
    article, port = archive.snapshots["article"], archive.snapshots["port"]
    with served(archive.folder, cwd=Path(__file__).parents[1]) as base:
        assert get(f"{base}/")[0] == 200
        read = read_by_zotero(f"{base}/snapshot/{article.id}")
        bare = read_by_zotero(f"{base}/snapshot/{port.id}")
        assert read_by_zotero(f"{base}/article/{article.id}") | {"key": 0, "accessDate": 0} == read | {
            "key": 0,
            "accessDate": 0,
        }
    assert (read["itemType"], read["title"]) == ("webpage", "What the harbour wall cost, and who paid")
    assert [author["lastName"] for author in read["creators"]] == ["Ferreira", "Baker"]
    assert (read["url"], read["websiteTitle"]) == (f"{BASE}/{grouped(article.id)}", "The Courier")
    assert (read["date"], read["language"]) == ("2026/01/14", "en")
    assert f"Original: {article.uri}" in read["abstractNote"] and "websiteType" not in read
    assert (bare["itemType"], bare["creators"], bare["language"]) == ("webpage", [], "und")
    assert "copy supplied by M. Keeper" in bare["abstractNote"]
