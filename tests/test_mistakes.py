"""Bad input: one clear line that says what to do, the right exit code, no traceback, nothing lost."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.program import LOOPBACK, PINCITE, Done, environment, pincite
from tests.web import Authority, Web


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mistakes") / "archive"
    assert pincite("init", folder).code == 0
    return folder


def complaint(done: Done, code: int) -> str:
    """The one line on stderr that is not progress."""
    assert done.code == code, (done.out, done.err)
    assert "Traceback" not in done.err + done.out
    lines = [line for line in done.err.splitlines() if line.startswith(("pincite:", "Error:"))]
    assert len(lines) == 1, done.err
    return lines[0]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("missing.html", None, "there is no file"),
        ("folder", "", "is a folder"),
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\n", "is empty"),
        ("picture.html", b"\x89PNG\r\n\x1a\n" + bytes(64), "is image/png"),
        ("noise.txt", bytes(range(256)) * 8, "is application/octet-stream"),
    ],
)
def test_files_that_are_no_article(
    archive: Path, tmp_path: Path, name: str, content: object, says: str
) -> None:
    path = tmp_path / name
    if content == "":
        path.mkdir()
    elif isinstance(content, bytes):
        path.write_bytes(content)
    line = complaint(pincite("-A", archive, "ingest", path, "--resolver", "none"), 2)
    assert says in line


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("ingest", "gopher://a.example/"), 2, "gopher:// is not a scheme"),
        (("ingest",), 2, "name an address or a file"),
        (("ingest", "x.txt", "--max-age", "soon"), 2, "is no age"),
        (("ingest", "x.txt", "--allow-private", "here"), 2, "is no network"),
        (("show", "860w-hmce-fyfw-8mb2"), 2, "check symbol is wrong"),
        (("show", "860w-hmce-fyfw-8mb1"), 1, "not of anything in this archive"),
        (("cite", "nonsense"), 2, "is not an id"),
        (("annotate", "860w-hmce-fyfw-8mb1"), 1, "is no snapshot in this archive"),
        (("resolve", "860w-hmce-fyfw-8mb1", "--none", "x"), 1, "is no citation or entry in this archive"),
        (("import", "nowhere.warc"), 2, "there is no file"),
        (("resolve", "--none", "x"), 2, "name a citation"),
        (("ingest", "x.txt", "--report", "nowhere/report.json"), 2, "no folder to write it into"),
    ],
)
def test_words_that_cannot_be_meant(archive: Path, arguments: tuple[str, ...], code: int, says: str) -> None:
    assert says in complaint(pincite("-A", archive, *arguments), code)


def test_no_archive_here(tmp_path: Path) -> None:
    for command in (("stats",), ("ingest", "x.txt"), ("verify",), ("search", "x")):
        line = complaint(pincite(*command, cwd=tmp_path), 2)
        assert "no archive at or above" in line and "pincite init" in line


@pytest.fixture(scope="module")
def untrusted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    authority = Authority(tmp_path_factory.mktemp("ca"))
    with Web(tls=authority.context("127.0.0.1")) as web:
        yield web


def test_visits_that_bring_no_answer(archive: Path, untrusted: Web) -> None:
    with Web() as web:
        closed = web.url("/")
    for uri, reason in (
        ("http://no-such-host.invalid/", "dns"),
        (closed, "refused"),
        (untrusted.url("/"), "tls"),
        ("http://127.0.0.1:9/", "refused"),
    ):
        done = pincite("-A", archive, "ingest", uri, "--resolver", "none", *LOOPBACK, "--json")
        assert done.code == 1
        assert done.json["articles"][0]["failure"]["reason"] == reason, done.out
        assert "Traceback" not in done.err
    blocked = pincite("-A", archive, "ingest", "http://127.0.0.1:9/", "--resolver", "none", "--json")
    assert (blocked.code, blocked.json["articles"][0]["failure"]["reason"]) == (1, "blocked")


def test_an_arc_file_is_refused_by_name(archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.arc"
    path.write_bytes(b"filedesc://old.arc 127.0.0.1 20080101000000 text/plain 10\n1 0 Test\n\n\n")
    assert "ARC file" in complaint(pincite("-A", archive, "import", path), 1)


def test_a_file_that_is_no_warc_is_named(archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "page.warc"
    path.write_bytes(b"<!doctype html><title>not a WARC</title>")
    done = pincite("-A", archive, "import", path, "--json")
    assert done.code == 3
    assert "HTML" in done.json["files"][0]["damage"][0]["detail"]


def test_a_pipe_that_closes_is_no_error(archive: Path) -> None:
    command = [*PINCITE, "-A", str(archive), "stats"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 1
