"""Memento by odd addresses: spellings, what is not here, what must not be repeated."""

import shutil
from pathlib import Path
from urllib.parse import quote

import pytest

from archive.memento import accepted, http_date, moment
from tests.asking import Got, ask, digits, links, on_the_web, path_of, timemap
from tests.memento_archive import ODD, OLD, PACKED, STORY, STYLE, TIMES, Archive, body
from tests.serving import served


@pytest.fixture(scope="module")
def archive(memento_archive: Archive) -> Archive:
    return memento_archive


@pytest.fixture(scope="module")
def base(memento_base: str) -> str:
    return memento_base


def test_what_was_never_captured(base: str) -> None:
    for path in ("/web/https://nobody.example/", "/web/2018/https://nobody.example/"):
        got = ask(base, path)
        assert got.status == 404 and b"No snapshot of" in got.body
        assert [target for target, _ in got.related("original")] == ["https://nobody.example/"]
    assert "accept-datetime" in ask(base, "/web/https://nobody.example/").headers["vary"]
    assert ask(base, "/timemap/link/https://nobody.example/").status == 404


def test_a_requisite_is_a_memento_too(base: str) -> None:
    got = ask(base, f"/web/{digits(TIMES[2])}id_/{STYLE}")
    assert (got.status, got.body, got.headers["content-type"]) == (200, b"p{}", "text/css")


def test_packed_bytes_are_unpacked_for_readers_and_kept_for_machines(base: str, archive: Archive) -> None:
    got = ask(base, f"/web/{digits(TIMES[2])}/{PACKED}")
    assert b"Version 9 of" in got.body and got.headers["content-type"] == "text/html; charset=utf-8"
    raw = ask(base, f"/web/{digits(TIMES[2])}id_/{PACKED}")
    assert raw.headers["etag"] == f'"{archive.named["packed"].digest}"'
    assert raw.headers["x-archive-orig-content-encoding"] == "gzip" and raw.body[:2] == b"\x1f\x8b"


@pytest.mark.parametrize(
    "written",
    [
        "HTTPS://NEWS.EXAMPLE/story?id=1&x=a%20b",
        "https:/news.example/story?id=1&x=a%20b",
        "https://news.example:443/story?id=1&x=a%20b",
        quote(STORY, safe=""),
    ],
)
def test_spellings_of_an_address_are_that_address(base: str, written: str) -> None:
    assert ask(base, f"/web/{digits(TIMES[0])}id_/{written}").body == body(0)


@pytest.mark.parametrize(
    "written", ["news.example/story?id=1&x=a%20b", "http://www.news.example/story?x=a%20b&id=1"]
)
def test_the_same_page_under_another_address_is_found(base: str, written: str) -> None:
    got = ask(base, f"/web/{digits(TIMES[0])}/{written}")
    assert (got.status, got.headers["location"]) == (302, path_of(0))


def test_other_letters_are_another_page(base: str) -> None:
    upper = ask(base, f"/web/{digits(TIMES[2])}/https://news.example/Case")
    assert b"<p>upper" in upper.body
    got = ask(base, "/web/https://news.example/CASE")
    assert got.status == 404 and b"spelt alike: https://news.example/Case" in got.body


def test_an_odd_address_can_break_out_of_no_header(base: str) -> None:
    spelt = "https://xn--mnchen-3ya.example/%3Ci%3E%22x%22%3C/i%3E?%C3%BC=1"
    got = ask(base, f"/web/{digits(TIMES[2])}/{quote(ODD, safe='/:?=')}")
    assert got.status == 200 and b"<p>Odd" in got.body
    assert [target for target, _ in got.related("original")] == [spelt]
    assert timemap(base, original=spelt)[1][0][0] == f"/web/{digits(TIMES[2])}/{spelt}"
    assert ask(base, f"/web/{spelt}").headers["location"] == f"/web/{digits(TIMES[2])}/{spelt}"


@pytest.mark.parametrize(
    "path", [f"/web/{STORY}", path_of(0), f"/timemap/link/{STORY}", f"/web/2018/{STORY}"]
)
def test_head_says_what_get_says_and_nothing_else_is_answered(base: str, path: str) -> None:
    got, head = ask(base, path), ask(base, path, "HEAD")
    for given in (got, head):
        given.headers.pop("date")
    assert head == Got(got.status, got.headers, b"")
    assert ask(base, path, "POST").status == 405


def test_the_host_of_a_request_is_never_repeated(base: str) -> None:
    for path in (f"/web/{STORY}", path_of(0), f"/timemap/link/{STORY}", f"/timemap/json/{STORY}", "/"):
        got = ask(base, path, Host="evil.localhost")
        assert got.status < 400 and "evil." not in str(got.headers) and b"evil." not in got.body


def test_addresses_begin_with_the_public_address(archive: Archive, tmp_path: Path) -> None:
    public = "https://archive.example.edu/pincite"
    folder = tmp_path / "public"
    shutil.copytree(archive.folder, folder)
    (folder / "pincite.toml").write_text(f'base-url = "{public}"\n', encoding="utf-8")
    with served(folder) as base:
        got = ask(base, f"/pincite/web/{STORY}", Accept_Datetime=on_the_web(TIMES[1]))
        assert (got.status, got.headers["location"]) == (302, f"/pincite{path_of(1)}")
        assert [target for target, _ in got.related("first")] == [f"{public}{path_of(0)}"]
        listed = links(ask(base, f"/pincite/timemap/link/{STORY}").body.decode())
        assert f"{public}{path_of(1)}" in [target for target, _ in listed]
        redirect = ask(base, f"/pincite/web/{digits(TIMES[1])}/{OLD}")
        assert redirect.headers["location"] == f"/pincite{path_of(1)}"


def test_dates_to_the_letter() -> None:
    assert accepted("Mon, 02 Jan 2006 15:04:05 GMT") == "20060102150405"
    assert http_date("20060102150405") == "Mon, 02 Jan 2006 15:04:05 GMT"
    assert [moment(digits) for digits in ("2006", "20061", "2006123", "20060102150405")] == [
        "20060101000000", "20060101000000", "20061201000000", "20060102150405"]  # fmt: skip
