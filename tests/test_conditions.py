"""Conditional and range requests, over HTTP and in the code that answers them."""

import hashlib
from collections.abc import Mapping

import pytest

from archive.site.answers import Answer
from archive.site.conditions import conditioned
from tests.asking import ask
from tests.memento_archive import BIG_BODY, TIMES, Archive

TEN = Answer(200, {"Accept-Ranges": "bytes", "ETag": '"a"', "Content-Type": "text/css"}, b"0123456789")
DATED = Answer(200, {"Last-Modified": "Fri, 15 Jun 2018 12:30:45 GMT"}, b"x")


@pytest.mark.parametrize(
    ("asked", "part", "said"),
    [
        ("bytes=0-3", b"0123", "bytes 0-3/10"),
        ("bytes=4-", b"456789", "bytes 4-9/10"),
        ("bytes=-3", b"789", "bytes 7-9/10"),
        ("bytes=-30", b"0123456789", "bytes 0-9/10"),
        ("bytes=9-99", b"9", "bytes 9-9/10"),
        ("Bytes= 0-0 ", b"0", "bytes 0-0/10"),
        ("bytes=0-99999999999999999999999999", b"0123456789", "bytes 0-9/10"),
    ],
)
def test_one_range(asked: str, part: bytes, said: str) -> None:
    given = conditioned(TEN, {"range": asked})
    assert (given.status, given.body, given.headers["Content-Range"]) == (206, part, said)
    assert given.headers["ETag"] == '"a"'


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,3-4", "bytes=-", "bytes=5-2", "items=0-1", "bytes=a-b", "", "bytes=0x1-2"]
)
def test_ranges_that_are_not_taken_bring_the_whole(asked: str) -> None:
    assert conditioned(TEN, {"range": asked}) == TEN


@pytest.mark.parametrize("asked", ["bytes=10-", "bytes=10-12", "bytes=-0", "bytes=99999999999999999999-"])
def test_ranges_beyond_the_end(asked: str) -> None:
    given = conditioned(TEN, {"range": asked})
    assert (given.status, given.headers["Content-Range"]) == (416, "bytes */10")
    assert "ETag" not in given.headers


def test_a_range_only_of_what_it_was_begun_with() -> None:
    assert conditioned(TEN, {"range": "bytes=0-1", "if-range": '"a"'}).status == 206
    assert conditioned(TEN, {"range": "bytes=0-1", "if-range": '"b"'}).status == 200
    assert conditioned(TEN, {"range": "bytes=0-1", "if-range": 'W/"a"'}).status == 200


@pytest.mark.parametrize(
    ("given", "asked", "status"),
    [
        (TEN, {"if-none-match": '"a"'}, 304),
        (TEN, {"if-none-match": '"x", W/"a"'}, 304),
        (TEN, {"if-none-match": "*"}, 304),
        (TEN, {"if-none-match": '"b"'}, 200),
        (TEN, {"if-none-match": '"b"', "if-modified-since": "Fri, 15 Jun 2099 12:30:45 GMT"}, 200),
        (TEN, {"if-modified-since": "Fri, 15 Jun 2099 12:30:45 GMT"}, 200),
        (DATED, {"if-modified-since": "Fri, 15 Jun 2018 12:30:45 GMT"}, 304),
        (DATED, {"if-modified-since": "Fri, 15 Jun 2018 12:30:44 GMT"}, 200),
        (DATED, {"if-modified-since": "Friday"}, 200),
        (DATED, {"if-modified-since": "Fri, 15 Jun 99999 12:30:45 GMT"}, 200),
        (Answer(404, {"ETag": '"a"'}, b"x"), {"if-none-match": '"a"'}, 404),
    ],
)
def test_only_if_it_changed(given: Answer, asked: Mapping[str, str], status: int) -> None:
    found = conditioned(given, asked)
    assert found.status == status
    if status == 304:
        assert found.body == b"" and "Content-Type" not in found.headers


@pytest.fixture(scope="module")
def archive(memento_archive: Archive) -> Archive:
    return memento_archive


@pytest.fixture(scope="module")
def base(memento_base: str) -> str:
    return memento_base


def test_pages_have_a_tag_that_holds_while_nothing_changes(base: str, archive: Archive) -> None:
    for path in (
        "/",
        "/sources",
        f"/snapshot/{archive.story[0].id}",
        f"/snapshot/{archive.story[0].id}.json",
    ):
        first = ask(base, path)
        again = ask(base, path, If_None_Match=first.headers["etag"])
        assert (first.status, again.status, again.body) == (200, 304, b""), path
        assert "content-length" not in again.headers and again.headers["etag"] == first.headers["etag"]


@pytest.mark.parametrize("name", ["big", "packed", "style"])
def test_bytes_can_be_fetched_in_parts(base: str, archive: Archive, name: str) -> None:
    """A body longer than what is kept in memory goes through a file, and is the same bytes."""
    path = f"/snapshot/{archive.named[name].id}/raw"
    whole = ask(base, path)
    assert f"sha256:{hashlib.sha256(whole.body).hexdigest()}" == archive.named[name].digest
    assert whole.headers["etag"] == f'"{archive.named[name].digest}"'
    assert whole.headers["accept-ranges"] == "bytes"
    assert whole.headers["last-modified"] == "Wed, 01 Jan 2020 00:00:00 GMT"
    assert "immutable" in whole.headers["cache-control"]
    assert int(whole.headers["content-length"]) == len(whole.body)
    half = len(whole.body) // 2
    for asked, expected in (
        (f"bytes=0-{half - 1}", whole.body[:half]),
        (f"bytes={half}-", whole.body[half:]),
        ("bytes=-2", whole.body[-2:]),
    ):
        part = ask(base, path, Range=asked)
        assert (part.status, part.body) == (206, expected), asked
        assert int(part.headers["content-length"]) == len(expected)
    assert ask(base, path, Range=f"bytes={len(whole.body)}-").status == 416
    assert ask(base, path, Range="bytes=0-0", If_Range='"other"').body == whole.body
    assert ask(base, path, If_None_Match=whole.headers["etag"]).status == 304
    assert ask(base, path, If_Modified_Since="Wed, 01 Jan 2020 00:00:00 GMT").status == 304
    head = ask(base, path, "HEAD")
    assert head.body == b"" and head.headers["content-length"] == whole.headers["content-length"]


def test_a_long_body_was_in_a_file() -> None:
    assert len(BIG_BODY) > 2 * 1024 * 1024


def test_a_memento_can_be_fetched_in_parts(base: str) -> None:
    got = ask(base, f"/web/{TIMES[2][:4]}0101000000id_/https://news.example/big.bin", Range="bytes=255-257")
    assert (got.status, got.body) == (206, BIG_BODY[255:258])
    assert got.headers["memento-datetime"] == "Wed, 01 Jan 2020 00:00:00 GMT"


def test_words_of_others_are_kept_out_of_search_engines(base: str, archive: Archive) -> None:
    got = ask(base, f"/snapshot/{archive.story[0].id}/raw")
    assert got.headers["x-robots-tag"] == "noindex"
    assert [target for target, _ in got.related("canonical")] == [archive.story[0].uri]
    assert [target for target, _ in got.related("collection")] == [f"/snapshot/{archive.story[0].id}"]
    ours = ask(base, f"/snapshot/{archive.story[0].id}")
    assert "x-robots-tag" not in ours.headers
    assert [said["rel"] for _, said in ours.links()][:1] == ["type"]
