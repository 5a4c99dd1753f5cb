"""Stored files over HTTP: whole, in ranges, and not at all while anything is hidden."""

import hashlib
from pathlib import Path

import pytest

from archive.site.answers import Answer
from archive.site.conditions import conditioned
from archive.site.publishing import Publishing
from tests.asking import ask as ask_served
from tests.memento_archive import Archive as Mementos
from tests.site_archive import Archive, build
from tests.site_crawl import ask, opened


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return build(tmp_path_factory.mktemp("stored"))


def whole(given: Answer) -> bytes:
    """The body of an answer that is sent in pieces."""
    assert given.stream
    given.stream.file.seek(given.stream.start)
    body = given.stream.file.read(given.stream.length)
    given.stream.close()
    return body


def test_a_stored_file_is_given_as_it_is(archive: Archive) -> None:
    name = archive.snapshots["article"].place.file
    with opened(archive.folder) as site:
        given = ask(site, f"/warc/{name}")
        assert given.status == 200 and given.headers["Content-Type"] == "application/gzip"
        body = whole(given)
        assert body == (archive.folder / "warcs" / name).read_bytes()
        assert given.headers["ETag"] == f'"sha256:{hashlib.sha256(body).hexdigest()}"'
        place = archive.snapshots["article"].place
        asked = {"range": f"bytes={place.offset}-{place.offset + place.length - 1}"}
        part = conditioned(ask(site, f"/warc/{name}"), asked)
        assert part.status == 206 and part.length == place.length
        assert whole(part) == body[place.offset : place.offset + place.length]
        kept = conditioned(ask(site, f"/warc/{name}"), {"if-none-match": given.headers["ETag"]})
        assert kept.status == 304 and kept.stream is None
        beyond = conditioned(ask(site, f"/warc/{name}"), {"range": f"bytes={len(body)}-"})
        assert beyond.status == 416 and beyond.stream is None


@pytest.mark.parametrize("name", ["../archive.db", "..%2Farchive.db", "nothing.warc.gz", "/etc/passwd"])
def test_nothing_else_is_given(archive: Archive, name: str) -> None:
    with opened(archive.folder) as site:
        assert ask(site, f"/warc/{name}").status == 404


def test_no_file_is_given_while_anything_is_hidden(
    archive: Archive, tmp_path: Path, memento_archive: Mementos, memento_base: str
) -> None:
    restricted = build(tmp_path, restrict=("budget",))
    with opened(restricted.folder) as site:
        assert ask(site, f"/warc/{restricted.snapshots['article'].place.file}").status == 451
    name = archive.snapshots["article"].place.file
    with opened(archive.folder, publishing=Publishing(True, frozenset({"courier.example"}))) as site:
        assert ask(site, f"/warc/{name}").status == 403
    assert ask_served(memento_base, f"/warc/{memento_archive.story[0].place.file}").status == 451
