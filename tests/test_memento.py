"""RFC 7089 as a black box: every MUST, asked over HTTP of a served archive."""

import json
from dataclasses import replace
from urllib.parse import urljoin

import pytest

from tests.asking import OFFERED, ask, digits, on_the_web, path_of, timemap
from tests.memento_archive import BUSY, GONE, HIDDEN, LATER, OLD, SHARED, STORY, TIMES, WALL, Archive, body


@pytest.fixture(scope="module")
def archive(memento_archive: Archive) -> Archive:
    return memento_archive


@pytest.fixture(scope="module")
def base(memento_base: str) -> str:
    return memento_base


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_timegate(base: str, method: str) -> None:
    """Pattern 2.1: 302, Vary, Location, one original, no Memento-Datetime."""
    got = ask(base, f"/web/{STORY}", method, Accept_Datetime="Sat, 16 Jun 2018 00:00:00 GMT")
    assert (got.status, got.headers["location"]) == (302, path_of(1))
    assert "accept-datetime" in got.headers["vary"].lower().split(", ")
    assert "memento-datetime" not in got.headers
    assert [target for target, _ in got.related("original")] == [STORY]
    ((timemap, said),) = got.related("timemap")
    assert timemap == f"/timemap/link/{STORY}" and said["type"] == "application/link-format"
    assert (said["from"], said["until"]) == (on_the_web(TIMES[0]), on_the_web(TIMES[-1]))
    assert [target for target, _ in got.related("first")] == [path_of(0)]
    assert [target for target, _ in got.related("last")] == [path_of(6)]


@pytest.mark.parametrize(
    ("wanted", "number"),
    [
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Tue, 01 Mar 2016 10:00:00 GMT", 0),
        ("Fri, 15 Jun 2018 12:30:45 GMT", 1),
        ("Sat, 01 Jan 2022 00:00:00 GMT", 5),
        ("Thu, 29 Feb 2024 08:00:00 GMT", 6),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 6),
        (None, 6),
    ],
)
def test_timegate_chooses_the_nearest(base: str, archive: Archive, wanted: str | None, number: int) -> None:
    """Before the first the first, after the last the last, without a date the newest, never a hidden one."""
    got = ask(base, f"/web/{STORY}", **({"Accept_Datetime": wanted} if wanted else {}))
    expected = f"-{archive.story[number].id}" if number in SHARED and _second(archive) == number else ""
    assert got.headers["location"] == f"/web/{digits(TIMES[number])}{expected}/{STORY}"


def _second(archive: Archive) -> int:
    """Which of the two captures of one second comes second: the one with the greater id."""
    return max(SHARED, key=lambda number: archive.story[number].id)


@pytest.mark.parametrize(
    "wanted",
    [
        "",
        "tomorrow",
        "2018-06-15T12:30:45Z",
        "20180615123045",
        "Fri, 15 Jun 2018 12:30:45",
        "Fri, 15 Jun 2018 12:30:45 UTC",
        "Fri, 15 Jun 2018 12:30:45 +0000",
        "fri, 15 jun 2018 12:30:45 gmt",
        "Friday, 15-Jun-18 12:30:45 GMT",
        "Fri Jun 15 12:30:45 2018",
        "Mon, 15 Jun 2018 12:30:45 GMT",
        "Fri, 31 Jun 2018 12:30:45 GMT",
        "Fri, 15 Jun 2018 25:30:45 GMT",
        "Fri, 5 Jun 2018 12:30:45 GMT",
        "Fri, 15 Jun 2018 12:30:45 GMT, Fri, 15 Jun 2018 12:30:45 GMT",
        "Fri, 15 Jun 2018 12:30:45 GMT; +P3M",
    ],
)
def test_any_other_date_is_a_bad_request(base: str, wanted: str) -> None:
    got = ask(base, f"/web/{STORY}", Accept_Datetime=wanted)
    assert got.status == 400 and b"Accept-Datetime" in got.body
    assert [target for target, _ in got.related("original")] == [STORY]


@pytest.mark.parametrize("kind", ["", "id_"])
@pytest.mark.parametrize("number", [0, 1, 2, 6])
def test_memento(base: str, number: int, kind: str) -> None:
    got = ask(base, f"/web/{digits(TIMES[number])}{kind}/{STORY}")
    assert got.status == 200 and f"Version {number} of the story".encode() in got.body
    assert kind == "" or got.body == body(number)
    assert got.headers["memento-datetime"] == on_the_web(TIMES[number])
    assert "accept-datetime" not in got.headers.get("vary", "").lower()
    assert [target for target, _ in got.related("original")] == [STORY]
    assert [target for target, _ in got.related("timegate")] == [f"/web/{STORY}"]
    assert [target for target, _ in got.related("timemap")] == [f"/timemap/link/{STORY}"]
    assert got.headers["content-security-policy"].startswith("sandbox")
    assert got.headers["x-robots-tag"] == "noindex"
    assert [target for target, _ in got.related("canonical")] == [STORY]


def test_the_series_can_be_walked_from_end_to_end(base: str) -> None:
    """By next from the first to the last, and back by prev: every memento once, the hidden one never."""
    first = ask(base, f"/web/{STORY}").related("first")[0][0]
    for rel, ends in (("next", ("prev", "first")), ("prev", ("next", "last"))):
        seen, at = [], first
        while True:
            got = ask(base, at)
            assert got.status == 200
            got = replace(got, body=ask(base, at.replace("/https", "id_/https", 1)).body)
            assert got.status == 200
            seen.append(got.body)
            for end in ("first", "last"):
                ((_, said),) = got.related(end)
                assert said["datetime"] == on_the_web(TIMES[0 if end == "first" else 6])
            following = got.related(rel)
            if not following:
                break
            at = following[0][0]
        assert sorted(seen) == [body(n) for n in range(7) if n != HIDDEN]
        assert not ask(base, first).related(ends[0]) or rel == "prev"
        first = at


def test_two_captures_of_one_second_have_two_addresses(base: str, archive: Archive) -> None:
    stamp = digits(TIMES[SHARED[0]])
    _, listed, _ = timemap(base)
    shared = [target for target, said in listed if f"/web/{stamp}" in target]
    assert len(shared) == len(set(shared)) == 2
    raw = {ask(base, path.replace("/https", "id_/https", 1)).body for path in shared}
    assert raw == {body(number) for number in SHARED}
    for path in shared:
        assert ask(base, path).headers["memento-datetime"] == on_the_web(TIMES[SHARED[0]])
    named = f"/web/{stamp}-{archive.story[SHARED[0]].id}id_/{STORY}"
    assert ask(base, named).body == body(SHARED[0])


def test_timemap_as_link_format(base: str) -> None:
    got, listed, found = timemap(base)
    assert got.status == 200 and got.headers["content-type"] == "application/link-format"
    assert [target for target, said in found if said["rel"] == "original"] == [STORY]
    assert [target for target, said in found if said["rel"] == "timegate"] == [f"/web/{STORY}"]
    ((itself, said),) = [pair for pair in found if pair[1]["rel"] == "self"]
    assert itself == f"/timemap/link/{STORY}" and said["type"] == "application/link-format"
    assert (said["from"], said["until"]) == (on_the_web(TIMES[0]), on_the_web(TIMES[-1]))
    assert [said["datetime"] for _, said in listed] == list(map(on_the_web, OFFERED))
    assert listed[0][1]["rel"] == "first memento" and listed[-1][1]["rel"] == "last memento"
    for target, said in listed:
        assert (
            ask(base, urljoin(f"/timemap/link/{STORY}", target)).headers["memento-datetime"]
            == said["datetime"]
        )


def test_timemap_as_json_and_cdxj(base: str, archive: Archive) -> None:
    got, _, _ = timemap(base, "json")
    told = json.loads(got.body)
    assert got.headers["content-type"].startswith("application/json")
    assert [one["datetime"] for one in told["mementos"]["list"]] == OFFERED
    assert told["original_uri"] == STORY and told["mementos"]["last"]["uri"] == path_of(6)
    got, _, _ = timemap(base, "cdxj")
    lines = got.body.decode().splitlines()
    assert lines == sorted(lines, key=str.encode) and len(lines) == len(OFFERED)
    stated = [(line.split(" ", 2)[:2], json.loads(line.split(" ", 2)[2])) for line in lines]
    assert all(said[0] == "example,news)/story?id=1&x=a%20b" for said, _ in stated)
    assert [said[1] for said, _ in stated] == list(map(digits, OFFERED))
    first = archive.story[0]
    assert stated[0][1]["digest"] == first.digest and stated[0][1]["status"] == "200"
    with (archive.folder / "warcs" / stated[0][1]["filename"]).open("rb") as stored:
        stored.seek(int(stated[0][1]["offset"]))
        assert len(stored.read(int(stated[0][1]["length"]))) == first.place.length


def test_what_a_person_supplied_is_never_offered(base: str) -> None:
    got = ask(base, f"/web/{STORY}", Accept_Datetime=on_the_web(LATER))
    assert got.headers["location"] == path_of(6)
    assert ask(base, f"/web/{digits(LATER)}/{STORY}").headers["location"] == path_of(6)
    for form in ("link", "json", "cdxj"):
        assert digits(LATER) not in timemap(base, form)[0].body.decode()


def test_what_is_restricted_answers_451_and_is_not_listed(base: str) -> None:
    for kind in ("", "id_"):
        got = ask(base, f"/web/{digits(TIMES[HIDDEN])}{kind}/{STORY}")
        assert got.status == 451 and b"a court order" in got.body and b"Version 3" not in got.body
        assert "memento-datetime" not in got.headers
    for form in ("link", "json", "cdxj"):
        assert digits(TIMES[HIDDEN]) not in timemap(base, form)[0].body.decode()
    only = ask(base, "/web/https://news.example/case")
    assert only.status == 404 and "location" not in only.headers


@pytest.mark.parametrize(
    "written", ["2018", "201806", "20180615123044", "20180616", "20180615123045if_", "20180615123045mp_"]
)
def test_any_other_time_is_sent_on(base: str, written: str) -> None:
    """An intermediate resource: 302, original, no Vary, no Memento-Datetime."""
    got = ask(base, f"/web/{written}/{STORY}")
    assert (got.status, got.headers["location"]) == (302, path_of(1))
    assert "vary" not in got.headers and "memento-datetime" not in got.headers
    assert [target for target, _ in got.related("original")] == [STORY]
    raw = ask(base, f"/web/2018id_/{STORY}")
    assert raw.headers["location"] == f"/web/{digits(TIMES[1])}id_/{STORY}"


def test_no_time_of_the_calendar(base: str) -> None:
    assert ask(base, f"/web/20181399000000/{STORY}").status == 400


@pytest.mark.parametrize(("uri", "status"), [(GONE, 404), (BUSY, 503), (WALL, 500)])
def test_errors_are_replayed_as_errors(base: str, uri: str, status: int) -> None:
    got = ask(base, f"/web/{digits(TIMES[2])}/{uri}")
    assert got.status == status and b"<p>" in got.body
    assert got.headers["memento-datetime"] == on_the_web(TIMES[2])
    assert [target for target, _ in got.related("original")] == [uri]
    assert got.related("timegate") and got.related("timemap")
    assert ask(base, f"/web/{uri}").headers["location"] == f"/web/{digits(TIMES[2])}/{uri}"


def test_redirects_are_replayed_to_the_memento_of_that_time(base: str) -> None:
    got = ask(base, f"/web/{digits(TIMES[1])}/{OLD}")
    assert (got.status, got.headers["location"]) == (301, f"/web/{digits(TIMES[1])}/{STORY}")
    assert got.headers["memento-datetime"] == on_the_web(TIMES[1])
    assert b"Version 1 of" in ask(base, got.headers["location"]).body
    raw = ask(base, f"/web/{digits(TIMES[1])}id_/{OLD}")
    assert (raw.status, raw.headers["location"]) == (301, f"/web/{digits(TIMES[1])}id_/{STORY}")
