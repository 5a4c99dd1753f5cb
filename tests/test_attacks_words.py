"""Words on the command line, in lists and on a terminal that somebody else chose, or that are none."""

import os
from pathlib import Path

import pytest

from archive.errors import UsageError
from ingest.cli.options import incoming
from ingest.cli.output import readable
from ingest.documents import About, check, load
from ingest.pipeline import ingest
from tests.program import Done, pincite
from tests.test_mistakes import complaint
from tests.working import working

WORDS = b"The harbour authority dredged 15,000 tonnes of mud from the basin in 2025. It took eleven weeks.\n"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    assert pincite("init", folder).code == 0
    return folder


def article(folder: Path, name: bytes = b"article.txt", words: bytes = WORDS) -> str:
    path = os.fsencode(folder) + b"/" + name
    with open(path, "wb") as file:
        file.write(words)
    return os.fsdecode(path)


def run(archive: Path, *arguments: str) -> Done:
    return pincite("-A", archive, "ingest", *arguments, "--resolver", "none", "--json")


@pytest.mark.parametrize("option", ["--title", "--author", "--date", "--uri"])
def test_words_that_are_no_text_are_named_before_anything_is_kept(
    archive: Path, tmp_path: Path, option: str
) -> None:
    """They came as far as the WARC and ended there in a traceback."""
    done = run(archive, article(tmp_path), option, os.fsdecode(b"http://a.example/\xff"))
    assert "is no text" in complaint(done, 2)


def test_a_contact_of_two_lines_never_becomes_two_header_fields(tmp_path: Path) -> None:
    for words in ("Jo\r\nX-Evil: 1", os.fsdecode(b"\xff")):
        assert "is no text" in complaint(pincite("init", tmp_path / "new", "--contact", words), 2)


def test_a_file_name_that_is_no_text_costs_no_article(archive: Path, tmp_path: Path) -> None:
    done = run(archive, article(tmp_path, b"caf\xe9.txt", WORDS + b"Twice."))
    assert (done.code, done.json["articles"][0]["failure"]) == (0, None)


@pytest.mark.parametrize(
    ("listed", "says"),
    [
        (b"{0}\n\xff\xfe\n", "line 2 of the list"),
        (b"{0}\nnowhere.txt\n", "no file nowhere.txt"),
        (b"{0}\n{1}\n", "is empty"),
        (b"{0}\n{2}\n", "is image/png"),
        (b"{0}\n" + b"a" * 5000 + b"\n", "too long"),
        (b"{0}\nhttp://a.example/\x01\n", "is no address"),
    ],
)
def test_one_bad_line_is_named_before_anything_starts(
    archive: Path, tmp_path: Path, listed: bytes, says: str
) -> None:
    paths = [
        article(tmp_path, b"a.txt"),
        article(tmp_path, b"b.txt", b""),
        article(tmp_path, b"c.html", b"\x89PNG\r\n\x1a\n"),
    ]
    for number, path in enumerate(paths):
        listed = listed.replace(b"{%d}" % number, path.encode())
    (tmp_path / "list").write_bytes(listed)
    done = run(archive, "-i", str(tmp_path / "list"))
    assert says in complaint(done, 2)
    assert "capturing" not in done.err


def test_a_list_may_begin_as_windows_begins_it(tmp_path: Path) -> None:
    (tmp_path / "list").write_bytes(b"\xef\xbb\xbfa.txt\r\n# not this\r\n\r\nb\xc3\xa9.txt\r\n")
    with (tmp_path / "list").open("rb") as listed:
        assert incoming((), listed).sources == ("a.txt", "bé.txt")


def test_a_file_that_vanishes_loses_nobody_elses_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the check of a list and its turn; what came before it and behind it is kept and reported."""
    first, gone, last = (article(tmp_path, f"{n}.txt".encode(), WORDS * n) for n in (1, 2, 3))
    with working(tmp_path / "archive") as held:

        def say(message: str) -> None:
            if message.startswith("capturing") and first in message:
                Path(gone).unlink()

        object.__setattr__(held, "say", say)
        found = ingest(held, [first, gone, last], About(), None)
        assert [bool(one.failure) for one in found.articles] == [False, True, False]
        assert (found.exit_code, found.articles[1].failure.reason) == (1, "unreadable")  # type: ignore[union-attr]


def test_stdin_beyond_the_limit_is_refused_and_never_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.documents.LARGEST", 100)
    path = Path(article(tmp_path, words=WORDS * 9))
    with pytest.raises(UsageError, match="the most is 100"):
        check(str(path), About())
    with pytest.raises(UsageError, match="more than 100 bytes"):
        load(str(path), About(), "Jo", "2026-01-01T00:00:00Z")
    with pytest.raises(UsageError, match="/dev/zero has more than 100"):
        load("/dev/zero", About(), "Jo", "2026-01-01T00:00:00Z")


@pytest.mark.parametrize("uri", ["javascript:alert(1)", "http://", "http://[::1", "ftp://a.example/"])
def test_a_copy_is_of_an_address_on_the_web(tmp_path: Path, uri: str) -> None:
    with pytest.raises(UsageError, match="no address on the web"):
        check(article(tmp_path), About(uri=uri))


def test_archived_words_never_steer_a_terminal() -> None:
    """Titles and addresses of imported files come to the terminal of whoever searches."""
    assert readable("a\x1b]0;owned\x07\x9b31m\u202eb\ud800\r\x7f") == "a�]0;owned��31m�b���"
    assert readable("Überschrift\tund\n日本 – “x”") == "Überschrift\tund\n日本 – “x”"
