"""Other resolvers: DOIs through a server of ours, and plug-ins that find, offer, err or are broken."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.errors import FetchFailed
from archive.model import Bibliographic, Candidate, Citation
from ingest.resolve import Answered, Held, Plugin, Question, Resolvers, resolve
from tests.program import LOOPBACK, PINCITE, Done, environment, pincite
from tests.web import Web

BOOK = Candidate("https://books.example/1", "The Tide Mills of Sund", 1.0)
NEAR = Candidate("https://books.example/2", "The Tide Mills of Lund", 0.8)
ENTRY = Citation("t", "Quill, A. The Tide Mills of Sund. ISBN 0-451-45052-3", kind="list")

PLUGIN = '''"""A resolver of somebody else's."""

from archive.model import Candidate


def find(question, get):
    """Ask a catalogue for a title."""
    found = get("{catalogue}").body.decode().splitlines()
    return [Candidate(uri, question.citation.label, 1.0) for uri in found]
'''


def no_web(uri: str, accept: str | None = None) -> Any:
    raise FetchFailed("refused", f"nobody listens at {uri}")


def plugin(name: str, find: Callable[..., Any]) -> Plugin:
    return Plugin(name, lambda: find, no_web)


def ask(*others: Plugin, citation: Citation = ENTRY) -> Answered:
    return resolve(Question(citation), {}, Held(), Resolvers(others=others))


def last_step(answered: Answered) -> tuple[str, str]:
    step = answered.steps[-1]
    return step.method, step.answered


def test_what_a_resolver_is_certain_of_is_taken_and_the_rest_is_offered() -> None:
    answered = ask(plugin("books", lambda question, get: [NEAR, BOOK]))
    assert (answered.state, answered.method, answered.uri) == ("resolved", "resolver-books", BOOK.uri)
    assert answered.candidates == (NEAR,)
    assert last_step(answered)[1].startswith("The Tide Mills of Sund <https://books.example/1> (1); ")


def test_near_misses_and_two_certain_answers_are_only_offered() -> None:
    twin = Candidate("https://books.example/3", BOOK.title, 1.0)
    answered = ask(plugin("a", lambda question, get: [NEAR]), plugin("b", lambda question, get: [BOOK, twin]))
    assert (answered.state, answered.uri) == ("unresolved", None)
    assert set(answered.candidates) == {NEAR, BOOK, twin}
    assert answered.reason == "no page with this title at a, b; 3 near misses to choose from"


def test_a_resolver_sees_the_entry_with_its_isbn() -> None:
    asked: list[Question] = []
    ask(plugin("books", lambda question, get: asked.append(question)))
    assert asked[0].citation is ENTRY


@pytest.mark.parametrize(
    ("isbn", "told"), [("0-451-45052-3", "names a book"), ("0-451-45052-4", "digit is wrong")]
)
def test_an_isbn_is_a_recorded_step(isbn: str, told: str) -> None:
    steps = ask(citation=Citation("t", f"Quill, Mills. ISBN {isbn}", kind="list")).steps
    (said,) = [step for step in steps if step.method == "isbn"]
    assert said.asked == isbn.replace("-", "")
    assert told in said.answered


def test_an_entry_of_nothing_but_an_isbn_is_asked_of_resolvers() -> None:
    number = Citation("t", "", "urn:isbn:0451450523", entry=Bibliographic(isbn="0451450523"))
    assert ask(plugin("books", lambda question, get: [BOOK]), citation=number).uri == BOOK.uri


def endless(question: Question, get: Any) -> Iterator[Candidate]:
    while True:
        yield NEAR


def leaves(question: Question, get: Any) -> None:
    raise SystemExit("enough")


@pytest.mark.parametrize(
    ("find", "told"),
    [(lambda question, get: 1 / 0, "ZeroDivisionError: division by zero"),
     (lambda question, get: get("https://books.example/"), "FetchFailed: refused: nobody listens"),
     (lambda question, get: None, "TypeError: expected candidates, found NoneType"),
     (lambda question, get: ["https://books.example/"], "TypeError: expected candidates, found str"),
     (lambda question, get: [Candidate("javascript:alert(1)", "x", 1.0)], "is no http(s) address"),
     (lambda question, get: [Candidate(BOOK.uri, "x", float("nan"))], "nan is no score"),
     (lambda: [BOOK], "TypeError"), ("no function", "TypeError: expected a function, found str"),
     (leaves, "SystemExit: enough")],
)  # fmt: skip
def test_a_faulty_resolver_is_a_recorded_step_and_the_next_is_asked(find: Any, told: str) -> None:
    answered = ask(plugin("broken", find), plugin("books", lambda question, get: [BOOK]))
    assert answered.uri == BOOK.uri
    (step,) = [step for step in answered.steps if step.method == "resolver-broken"]
    assert step.answered.startswith("broken failed: ")
    assert told in step.answered
    assert told in (ask(plugin("broken", find)).reason or "")


def test_a_resolver_without_an_end_is_cut() -> None:
    assert ask(plugin("endless", endless)).candidates == (NEAR,)


def test_a_resolver_that_fails_again_and_again_is_left_alone() -> None:
    asked = []
    broken = plugin("broken", lambda question, get: asked.append(question) or 1 / 0)
    reasons = [ask(broken).reason or "" for _ in range(4)]
    assert len(asked) == 2
    assert "not asked again after 2 failures" in reasons[-1]


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as served:
        yield served


def test_a_doi_is_captured_through_its_resolver_with_every_hop(web: Web, tmp_path: Path) -> None:
    """The base is ours, as a library's proxy would be; the DOI leads on to the publisher's page."""
    web.moved("/doi/10.1000/tide.7", web.url("/paper"))
    web.page(
        "/paper",
        "<title>Tide mills</title><article><p>The tide mill at Sund was built in 1786.</p></article>",
    )
    article = tmp_path / "article.txt"
    article.write_text(
        "The mill\n\nThe tide mill at Sund was built in 1786.\n\nSources:\n\n"
        "Quill, A. (2031). “Tide mills”. Journal of Mills. doi:10.1000/tide.7\n",
        "utf-8",
    )
    archive = tmp_path / "archive"
    done = ingest(archive, article, "--resolver", "none", "--doi-resolver", web.url("/doi/"))
    (found,) = done.json["articles"][0]["citations"]
    assert (done.code, found["status"]) == (0, "captured"), done.err
    assert found["uri"] == web.url("/doi/10.1000/tide.7")
    assert pincite("-A", archive, "show", found["snapshot"], "--json").json["uri"] == web.url("/paper")
    assert web.asked("/doi/10.1000/tide.7") == 1


def ingest(archive: Path, article: Path, *more: str) -> Done:
    pincite("init", archive)
    return pincite("-A", archive, "ingest", article, *more, *LOOPBACK, "--json")


def test_an_installed_resolver_is_found_and_a_broken_one_is_named(web: Web, tmp_path: Path) -> None:
    """As pip leaves them: a module, and the entry points beside it."""
    web.page("/catalogue", web.url("/mills"), "text/plain")
    web.page(
        "/mills", "<title>Mills</title><article><p>The tide mill at Sund was built in 1786.</p></article>"
    )
    web.page("/api.php", '{"query": {"pages": []}}', "application/json")
    site = tmp_path / "site"
    (site / "catalogue-1.0.dist-info").mkdir(parents=True)
    (site / "catalogue.py").write_text(PLUGIN.replace("{catalogue}", web.url("/catalogue")), "utf-8")
    (site / "catalogue-1.0.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: catalogue\nVersion: 1.0\n"
    )
    (site / "catalogue-1.0.dist-info" / "entry_points.txt").write_text(
        "[pincite_resolvers]\na-broken-one = catalogue:absent\ncatalogue = catalogue:find\n"
    )
    article = tmp_path / "article.txt"
    words = "The mill\n\nThe tide mill at Sund was built in 1786.\n\nSources:\n\nMills of the North\n"
    article.write_text(words, "utf-8")
    archive = tmp_path / "archive"
    pincite("init", archive)
    paths = {"PYTHONPATH": os.pathsep.join((environment()["PYTHONPATH"], str(site)))}
    asking = ("--resolver", web.url("/api.php"), *LOOPBACK, "--json")
    command = [*PINCITE, "-A", archive, "ingest", article, *asking]
    done = subprocess.run(command, env=environment() | paths, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    found = Done(0, done.stdout.decode(), "").json["articles"][0]["citations"][0]
    assert (found["status"], found["uri"]) == ("captured", web.url("/mills"))
    shown = pincite("-A", archive, "show", found["id"], "--json").json
    steps = {step["method"]: step["answered"] for step in shown["resolutions"][0]["steps"]}
    assert steps["resolver-a-broken-one"].startswith("a-broken-one failed: AttributeError")
    assert web.url("/mills") in steps["resolver-catalogue"]
    quiet = [*command[:-1], "--resolver", "none", "--max-age", "0", "--json"]
    subprocess.run(quiet, env=environment() | paths, capture_output=True, timeout=120, check=False)
    assert web.asked("/catalogue") == 1, "--resolver none asks nobody"
