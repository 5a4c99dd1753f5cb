"""Any table or query of snapshots as a bibliography, through Datasette's output renderers."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
import pytest_asyncio
import rispy
import yaml
from datasette.app import Datasette
from datasette.version import __version__ as DATASETTE

from archive.model import grouped
from tests.site_archive import Archive, build
from tests.source_tree import ROOT

BASE = "https://archive.example.edu"
METADATA = yaml.safe_load((ROOT / "metadata.yml").read_text(encoding="utf-8"))
QUERY = "/archive" if DATASETTE.startswith("0.") else "/archive/-/query"
EXTENSIONS = ("bib", "biblatex", "ris", "csl_json")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return build(tmp_path_factory.mktemp("tables"), restrict=("budget",))


@pytest_asyncio.fixture
async def client(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    monkeypatch.setenv("PINCITE_ARCHIVE", str(archive.folder))
    monkeypatch.setenv("PINCITE_INDEX", str(archive.index))
    monkeypatch.setenv("PINCITE_BASE_URL", BASE)
    served = Datasette([str(archive.index)], metadata=METADATA, memory=True)
    await served.invoke_startup()
    yield served.client
    for database in served.databases.values():
        database.close()
    if served.executor:
        served.executor.shutdown()


def addresses(archive: Archive) -> set[str]:
    return {f"{BASE}/{grouped(snapshot.id)}" for snapshot in archive.snapshots.values()}


@pytest.mark.asyncio
async def test_a_table_of_snapshots_reads_back_whole(client: Any, archive: Archive) -> None:
    bib = await client.get("/archive/snapshots.bib")
    assert (bib.status_code, bib.headers["content-type"]) == (200, "application/x-bibtex; charset=utf-8")
    library = bibtexparser.parse_string(bib.text)
    assert library.failed_blocks == [] and len(library.entries) == len(archive.snapshots)
    assert all(address in bib.text for address in addresses(archive))
    ris = await client.get("/archive/snapshots.ris")
    assert {record["urls"][0] for record in rispy.loads(ris.text)} == addresses(archive)


@pytest.mark.asyncio
async def test_the_usual_suffix_of_csl_json_leads_there(client: Any, archive: Archive) -> None:
    asked = "/archive/snapshots.csl.json?status=404"
    led = await client.get(asked)
    assert (led.status_code, led.headers["location"]) == (302, "/archive/snapshots.csl_json?status=404")
    given = await client.get(asked, follow_redirects=True)
    assert given.headers["content-type"] == "application/vnd.citationstyles.csl+json"
    (entry,) = given.json()
    assert entry["custom"]["original-url"] == archive.snapshots["lost"].uri


@pytest.mark.asyncio
@pytest.mark.parametrize("extension", EXTENSIONS)
async def test_queries_and_views_are_cited_row_by_row_each_snapshot_once(
    client: Any, archive: Archive, extension: str
) -> None:
    port = archive.snapshots["port"].id
    sql = f"select '{port}' as snapshot union all select '{port}' union all select 'no' union all select null"
    given = await client.get(f"{QUERY}.{extension}", params={"sql": sql})
    assert given.status_code == 200 and given.text.count(f"{BASE}/{grouped(port)}") >= 1
    assert "copy supplied by M. Keeper" in given.text
    if extension == "ris":
        assert len(rispy.loads(given.text)) == 1
    views = await client.get(f"/archive/articles.{extension}")
    assert views.status_code == 200 and grouped(archive.snapshots["article"].id) in views.text


@pytest.mark.asyncio
async def test_what_is_restricted_says_so_and_nothing_else(client: Any) -> None:
    given = await client.get("/archive/texts.csl_json")
    (budget,) = [one for one in given.json() if "council.example" in one["custom"]["original-url"]]
    assert "restricted: this archive does not show it" in budget["note"]
    assert "14,000" not in json.dumps(given.json())


@pytest.mark.asyncio
@pytest.mark.parametrize("path", ["/archive/claims", "/archive/warcs"])
async def test_what_names_no_snapshot_offers_none(client: Any, path: str) -> None:
    assert f"{path}.bib" not in (await client.get(path)).text
    given = await client.get(f"{path}.bib")
    assert given.status_code == 400 and "name no snapshots" in given.text


@pytest.mark.asyncio
async def test_tables_of_snapshots_offer_each_form(client: Any) -> None:
    for path in ("/archive/snapshots", "/archive/sources", "/archive/descriptions"):
        page = (await client.get(path)).text
        assert all(f"{path}.{extension}" in page for extension in EXTENSIONS), path


@pytest.mark.asyncio
async def test_another_database_is_no_way_into_this_one(client: Any, archive: Archive) -> None:
    """Who may not read the archive must not read of it through a query elsewhere."""
    asked = {"sql": f"select '{archive.snapshots['port'].id}' as snapshot"}
    given = await client.get(f"{QUERY.replace('/archive', '/_memory')}.bib", params=asked)
    assert given.status_code == 400
