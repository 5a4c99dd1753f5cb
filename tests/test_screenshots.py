"""Screenshots that crawlers keep beside a page: shown on its account, hidden with it, never anything else."""

from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from archive.index import read
from archive.index.write import fold_names
from archive.saying import Desk, restrict
from archive.site.publishing import Publishing
from archive.store import Store, imported_name
from tests import warcs
from tests.site_crawl import ask, opened, words

PAGE = "https://example.org/report"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")
NOW = "2026-12-01T00:00:00Z"


def crawl() -> bytes:
    """A page with a picture of it and of its head, and a page whose picture is a script."""
    return warcs.gzipped(
        warcs.record("warcinfo", b"software: crawler 1\r\n", uri=None),
        warcs.response(b"<p>The report</p>", "Content-Type: text/html", uri=PAGE, number=1),
        warcs.record("resource", PNG + b"small", uri=f"urn:thumbnail:{PAGE}", number=2,
                     Content_Type="image/png"),
        warcs.record("resource", PNG + b"whole", uri=f"urn:view:{PAGE}", number=3, Content_Type="image/png"),
        warcs.response(b"<p>Another</p>", "Content-Type: text/html", uri=f"{PAGE}/2", number=4),
        warcs.record("resource", b"<svg onload='x()'/>", uri=f"urn:view:{PAGE}/2", number=5,
                     Content_Type="image/svg+xml"),
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store, content = Store(str(tmp_path)), crawl()
    name = imported_name(warcs.sha256(content)[7:], "warc.gz")
    local = store.temp() / "crawl"
    local.write_bytes(content)
    store.put(local, name)
    fold_names(store, tmp_path / "archive.db", [name], NOW)
    return tmp_path


def ids(folder: Path) -> dict[str, str]:
    """The ids of all snapshots and requisites by their addresses."""
    with closing(read.connect(folder / "archive.db")) as index:
        sql = "SELECT uri, id FROM snapshots UNION SELECT uri, id FROM requisites"
        return {str(uri): str(found) for uri, found in index.execute(sql)}


def test_the_plain_view_of_a_page_is_its_screenshot(folder: Path) -> None:
    page = ids(folder)[PAGE]
    with opened(folder) as site:
        given = ask(site, f"/snapshot/{page}/screenshot")
        assert given.status == 200 and given.body == PNG + b"whole"
        assert given.headers["Content-Type"] == "image/png"
        assert given.headers["Content-Security-Policy"].startswith("sandbox")
        assert f"/snapshot/{page}/screenshot".encode() in ask(site, f"/snapshot/{page}").body


def test_what_could_run_a_script_is_no_screenshot(folder: Path) -> None:
    page = ids(folder)[f"{PAGE}/2"]
    with opened(folder) as site:
        given = ask(site, f"/snapshot/{page}/screenshot")
        assert given.status == 404 and "No picture of this page" in words(given)
        assert b"/screenshot" not in ask(site, f"/snapshot/{page}").body


def test_a_picture_is_hidden_with_its_page_under_every_address(folder: Path) -> None:
    found = ids(folder)
    desk = Desk(Store(str(folder)), folder / "archive.db")
    desk.say("Ada", partial(restrict, written=found[PAGE], reason="asked", until=None))
    with opened(folder) as site:
        assert ask(site, f"/snapshot/{found[PAGE]}/screenshot").status == 451
        for scheme in ("view", "thumbnail"):
            picture = found[f"urn:{scheme}:{PAGE}"]
            assert ask(site, f"/snapshot/{picture}/raw").status == 451
            assert ask(site, f"/snapshot/{picture}").status == 451


def test_what_is_named_after_a_page_is_hidden_with_it_in_whatever_file_it_lies(folder: Path) -> None:
    """Crawlers keep the words of a page as `urn:text:`, and pictures often in files of their own."""
    beside = warcs.gzipped(*(
        warcs.record("resource", b"The report", uri=f"{name}:{PAGE}", number=number)
        for number, name in enumerate(("urn:text", "urn:textFinal", "urn:pageinfo", "screenshot"), 10)
    ))  # fmt: skip
    store, name = Store(str(folder)), imported_name(warcs.sha256(beside)[7:], "warc.gz")
    local = store.temp() / "beside"
    local.write_bytes(beside)
    store.put(local, name)
    fold_names(store, folder / "archive.db", [name], NOW)
    found = ids(folder)
    made = [one for uri, one in found.items() if not uri.startswith("https:") and uri.endswith(PAGE)]
    with opened(folder) as site:
        assert len(made) == 6 and {ask(site, f"/snapshot/{one}/raw").status for one in made} == {200}
    desk = Desk(store, folder / "archive.db")
    desk.say("Ada", partial(restrict, written=found[PAGE], reason="asked", until=None))
    with opened(folder) as site:
        for one in made:
            assert {ask(site, f"/snapshot/{one}{room}").status for room in ("", "/raw", ".json")} == {451}


@pytest.mark.parametrize(("copies", "status"), [((), 403), (("example.org",), 200), (("other.org",), 403)])
def test_a_picture_is_as_public_as_its_page(folder: Path, copies: tuple[str, ...], status: int) -> None:
    page = ids(folder)[PAGE]
    with opened(folder, publishing=Publishing(True, frozenset(copies))) as site:
        assert ask(site, f"/snapshot/{page}/screenshot").status == status
