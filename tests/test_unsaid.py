"""Parts of a crawl that name no page, beside a restricted one: hidden where it shows them or nobody knows."""

from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from archive.index import read
from archive.index.write import fold_names
from archive.saying import Desk, lift, restrict
from archive.store import Store, imported_name
from tests import warcs
from tests.site_crawl import ask, opened

HOST = "https://example.org/"
GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00"
PAGES = {
    "a": b"<html><link rel=stylesheet href=a.css><p>The ferry <img src=a.gif srcset='wide.gif 2x'></html>",
    "b": b"<html><link rel=stylesheet href=b.css><p>The mill <img src=b.gif></html>",
}
PARTS = {
    "a.css": ("text/css", b"@import 'deep.css'; p { background: url(back.gif) }"),
    "deep.css": ("text/css", b"@import 'a.css'; h1 { background: url(deep.gif) }"),
    "b.css": ("text/css", b"p { margin: 0 }"),
    **{f"{name}.gif": ("image/gif", GIF + name.encode()) for name in ("a", "b", "wide", "back", "deep")},
    "article.json": ("application/json", b'{"words": "The ferry"}'),
    "app.js": ("text/javascript", b"show('The ferry')"),
}
OF_A = {"a.css", "deep.css", "a.gif", "wide.gif", "back.gif", "deep.gif"}
DATA = {"article.json", "app.js"}
NAMED = f"urn:text:{HOST}b"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crawl")
    answers = [
        warcs.response(body, f"Content-Type: {media}", uri=HOST + name, number=number)
        for number, (name, (media, body)) in enumerate(
            [*((name, ("text/html", body)) for name, body in PAGES.items()), *PARTS.items()], 1
        )
    ]
    answers.append(warcs.record("resource", b"The mill", uri=NAMED, number=99))
    content = warcs.gzipped(*answers)
    store, name = Store(str(folder)), imported_name(warcs.sha256(content)[7:], "warc.gz")
    local = store.temp() / "crawl"
    local.write_bytes(content)
    store.put(local, name)
    fold_names(store, folder / "archive.db", [name], "2026-12-01T00:00:00Z")
    return folder


def ids(folder: Path) -> dict[str, str]:
    """The ids of all answers by their addresses behind the host's."""
    with closing(read.connect(folder / "archive.db")) as index:
        sql = "SELECT uri, id FROM snapshots UNION SELECT uri, id FROM requisites"
        return {str(uri).removeprefix(HOST): str(found) for uri, found in index.execute(sql)}


def answered(folder: Path) -> dict[str, set[int]]:
    """With which statuses each answer is given, under every address that it has."""
    found = ids(folder)
    with opened(folder) as site:
        made = {}
        for name, one in found.items():
            paths = [f"/snapshot/{one}{room}" for room in ("", ".json", "/raw")]
            if name in OF_A | {"b.gif", "b.css"}:
                paths += [f"/snapshot/{found['b']}/page/part/{one}", f"/web/20200101000000id_/{HOST}{name}"]
            made[name] = {given.status for path in paths if (given := ask(site, path)).status != 302}
    return made


def test_what_a_restricted_page_shows_is_hidden_with_it_and_data_beside_it(folder: Path) -> None:
    before = answered(folder)
    assert set(before) == {*PAGES, *PARTS, NAMED} and all(given == {200} for given in before.values())
    desk, page = Desk(Store(str(folder)), folder / "archive.db"), ids(folder)["a"]
    desk.say("Ada", partial(restrict, written=page, reason="asked", until=None))
    hidden = {name for name, given in answered(folder).items() if given == {451}}
    shown = {name for name, given in answered(folder).items() if given == {200}}
    assert hidden == {"a", *OF_A, *DATA} and shown == {"b", "b.gif", "b.css", NAMED}
    desk.say("Ada", partial(lift, written=page, reason="settled"))
    assert answered(folder) == before
