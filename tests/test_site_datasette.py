"""The site as Datasette serves it: by its entry point, with metadata.yml, beside Datasette's tables."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from lxml import html

from archive.model import grouped
from tests.inside_datasette import METADATA, client_of
from tests.site_archive import Archive, build

QUERIES = METADATA["databases"]["archive"]["queries"]
TABLES = METADATA["databases"]["archive"]["tables"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return build(tmp_path_factory.mktemp("served"))


@pytest_asyncio.fixture
async def client(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    monkeypatch.setenv("PINCITE_ARCHIVE", str(archive.folder))
    monkeypatch.setenv("PINCITE_INDEX", str(archive.index))
    monkeypatch.setenv("PINCITE_BASE_URL", "https://archive.example.edu")
    async with client_of(archive.index) as client:
        yield client


def tree(text: str) -> Any:
    """The page as a browser would read it."""
    return html.document_fromstring(text)


@pytest.mark.asyncio
async def test_the_plugin_is_found_by_its_entry_point(client: Any) -> None:
    assert "pincite" in [plugin["name"] for plugin in (await client.get("/-/plugins.json")).json()]


@pytest.mark.asyncio
async def test_our_pages_stand_before_datasettes(client: Any, archive: Archive) -> None:
    home = await client.get("/")
    assert home.status_code == 200 and "Follow a claim to its source" in home.text
    article = await client.get(f"/article/{archive.snapshots['article'].id}")
    assert article.status_code == 200 and "differs: <bdi>15,000 ↔ 14,000</bdi>" in article.text
    printed = await client.get(f"/{grouped(archive.snapshots['article'].id)}")
    assert printed.headers["location"] == f"/article/{archive.snapshots['article'].id}"


@pytest.mark.asyncio
async def test_only_get_and_head_are_answered(client: Any) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        given = await client.request(method, "/search")
        assert (given.status_code, given.headers["allow"]) == (405, "GET, HEAD"), method
    asked, head = await client.get("/lost"), await client.head("/lost")
    assert head.status_code == 200 and head.content == b""
    assert head.headers["content-length"] == str(len(asked.content)) == asked.headers["content-length"]


@pytest.mark.asyncio
async def test_raw_bytes_go_over_the_wire_as_they_are(client: Any, archive: Archive) -> None:
    given = await client.get(f"/snapshot/{archive.snapshots['budget'].id}/raw")
    assert given.content == b"\x1f\x8bnot really"
    assert given.headers["content-security-policy"].startswith("sandbox")


@pytest.mark.asyncio
@pytest.mark.parametrize("name", sorted(QUERIES))
async def test_every_canned_query_answers(client: Any, archive: Archive, name: str) -> None:
    asked = {"source": archive.snapshots["harbour"].uri, "_shape": "array"}
    given = await client.get(f"/archive/{name}.json", params=asked)
    assert given.status_code == 200, given.text
    expected = {
        "differing_numbers": 2,
        "altered_quotations": 0,
        "nothing_found": 3,
        "lost_since": 2,
        "snapshots_by_site": 6,
        "who_cites": 1,
        "judged": 2,
        "leads_nowhere": 1,
        "changed_sources": 0,
        "captured_late": 4,
        "not_visited_since": 4,
        "failed_visits": 1,
        "without_text": 0,
    }
    assert len(given.json()) == expected[name]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("path", "hits"),
    [("lost_since.json?since=2027-01-01", 0), ("lost_since.json?since=2026-11-22", 2),
     ("not_visited_since.json?since=2020-01-01", 0), ("not_visited_since.json?since=2027-01-01", 4)],
)  # fmt: skip
async def test_queries_that_ask_since_when(client: Any, path: str, hits: int) -> None:
    assert len((await client.get(f"/archive/{path}&_shape=array")).json()) == hits


@pytest.mark.asyncio
@pytest.mark.parametrize("name", sorted(name for name, said in TABLES.items() if not said.get("hidden")))
async def test_every_table_that_is_described_is_there(client: Any, name: str) -> None:
    given = await client.get(f"/archive/{name}")
    assert given.status_code == 200
    described = METADATA["databases"]["archive"]["tables"][name]
    page = tree(given.text)
    assert described["description"] in page.text_content()
    assert page.xpath("//header//form[@role='search']"), "our banner stands above it"


@pytest.mark.asyncio
async def test_ids_in_tables_are_links_with_a_title_beside(client: Any, archive: Archive) -> None:
    claims = tree((await client.get("/archive/claims")).text)
    first = archive.reading.claims[0]
    (link,) = claims.xpath(f"//td[contains(@class, 'col-id')]/a[@href='/claim/{first.id}']")
    assert link.text_content() == grouped(first.id)
    assert link.getparent().xpath("span")[0].text_content() == first.passage.exact
    assert claims.xpath(f"//td//a[@href='/archive/claims/{first.id}']"), "the row has its page too"
    beside = claims.xpath(f"//td[contains(@class, 'col-text')]/a[@href='/text/{first.text}']/../span")
    assert beside[0].text_content() == "What the harbour wall cost, and who paid"


@pytest.mark.asyncio
async def test_addresses_in_tables_tell_nobody_where_they_were_followed(client: Any) -> None:
    page = tree((await client.get("/archive/snapshots")).text)
    links = page.xpath("//td[contains(@class, 'col-uri')]//a[starts-with(@href, 'http')]")
    assert links and all("noreferrer" in link.get("rel") for link in links)


@pytest.mark.asyncio
async def test_hostile_titles_stay_words_in_datasettes_tables(client: Any) -> None:
    for table in ("texts", "citations", "verdicts", "snapshots", "descriptions"):
        page = tree((await client.get(f"/archive/{table}")).text)
        assert not page.xpath("//td//b | //td//i | //td//img | //td//script"), table


@pytest.mark.asyncio
async def test_datasettes_own_pages_are_protected_too(client: Any) -> None:
    for path in ("/archive", "/archive/snapshots", "/archive/snapshots.json", "/-/versions.json"):
        given = await client.get(path)
        assert given.headers["x-content-type-options"] == "nosniff", path
        assert "frame-ancestors 'none'" in given.headers["content-security-policy"], path


@pytest.mark.asyncio
async def test_tables_can_be_searched(client: Any) -> None:
    for table in ("passages", "claims"):
        found = (await client.get(f"/archive/{table}.json?_search=begged&_shape=array")).json()
        assert found and all("begged" in row["exact"] for row in found), table
