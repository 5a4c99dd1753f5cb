"""Citations to addresses: who is asked in which order, what is taken, and what is only offered."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import FetchFailed
from archive.index.read import TitledPage
from archive.model import Bibliographic, Citation
from ingest.resolve import Answered, Held, MediaWiki, Question, ResolverFailed, Resolvers, resolve
from ingest.resolve.titles import FLOOR, normal, similarity

API = "https://wiki.example/w/api.php"


@dataclass(frozen=True)
class Reply:
    """An answer as a resolver wants it."""

    status: int
    body: bytes


def wiki_that_says(said: object, status: int = 200) -> MediaWiki:
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    return MediaWiki(API, lambda address: Reply(status, body))


def wiki_with(pages: dict[str, str], found: tuple[str, ...] = ()) -> MediaWiki:
    """A wiki that answers in the form of API:Query: its pages, and what any search finds."""

    def get(address: str) -> Reply:
        asked = {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}
        titles = found if "generator" in asked else asked["titles"].split("|")
        listed: list[dict[str, object]] = [{"title": title, "missing": True} for title in titles]
        for page in listed:
            if page["title"] in pages:
                page |= {"canonicalurl": pages[str(page["title"])]}
                del page["missing"]
        return Reply(200, json.dumps({"query": {"pages": listed}}).encode())

    return MediaWiki(API, get)


def silent_wiki() -> MediaWiki:
    def get(address: str) -> Reply:
        raise FetchFailed("refused", "nobody listens at wiki.example")

    return MediaWiki(API, get)


def nothing(title: str) -> list[TitledPage]:
    return []


def titled_page(host: str, imported: bool = False) -> TitledPage:
    return TitledPage(f"s-{host}", f"https://{host}.example/", "Annual Report", imported)


def ask(
    citation: Citation | str,
    wiki: MediaWiki | None = None,
    sources: dict[str, str] | None = None,
    titled: Callable[[str], list[TitledPage]] = nothing,
    alike: Callable[[str], list[TitledPage]] = nothing,
) -> Answered:
    asked = Citation("t", citation, kind="list") if isinstance(citation, str) else citation
    return resolve(Question(asked), sources or {}, Held(titled, alike), Resolvers(wiki))


def test_the_sources_file_is_asked_first_and_every_step_is_kept() -> None:
    wiki = wiki_with({"A Report": "https://wiki.example/wiki/A_Report"})
    sources = {"a  report": "https://example.org/a"}
    answered = ask("A Report", wiki, sources, lambda _: [("s", "https://example.net/", "A Report")])
    assert (answered.state, answered.method) == ("resolved", "sources-file")
    assert answered.uri == "https://example.org/a"
    assert [(step.method, step.asked, step.answered) for step in answered.steps] == [
        ("sources-file", "A Report", "https://example.org/a")
    ]


def test_then_the_address_of_the_citation() -> None:
    citation = Citation("t", "here", "https://example.org/b")
    answered = ask(citation, silent_wiki(), {"other": "https://example.org/"})
    assert (answered.method, answered.uri) == ("address", "https://example.org/b")


@pytest.mark.parametrize(
    ("label", "uri"),
    [("Ada Quill, Report, https://example.org/r_(1).", "https://example.org/r_(1)"),
     ("Quill (2031), see (https://example.org/r).", "https://example.org/r"),
     ("Quill 2031. doi:10.1000/xyz123.", "https://doi.org/10.1000/xyz123"),
     ("Quill 2031. https://doi.org/10.1000/182", "https://doi.org/10.1000/182"),
     ("Quill, arXiv:2101.00001v2", "https://arxiv.org/abs/2101.00001v2")],
)  # fmt: skip
def test_an_address_or_identifier_in_the_words_of_an_entry(label: str, uri: str) -> None:
    answered = ask(label, silent_wiki())
    assert (answered.state, answered.method, answered.uri) == ("resolved", "entry", uri)


def test_what_the_bibliographic_reader_found_counts_too() -> None:
    citation = Citation("t", "Quill 2031", entry=Bibliographic(doi="10.1000/abc"))
    assert ask(citation).uri == "https://doi.org/10.1000/abc"


def test_an_address_that_cannot_be_visited_is_unresolved() -> None:
    answered = ask(Citation("t", "write to us", "mailto:a@example.org"), silent_wiki())
    assert answered.state == "unresolved"
    assert answered.reason == "mailto:a@example.org is no address that can be visited"


def test_then_a_snapshot_of_that_title() -> None:
    def titled(title: str) -> list[TitledPage]:
        near = TitledPage("s2", "https://example.org/x", "Harbour", False)
        return [TitledPage("s1", "https://example.org/h", "The Harbour – Report", False), near]

    answered = ask("The harbour-report", silent_wiki(), titled=titled)
    assert (answered.method, answered.snapshot) == ("archive-title", "s1")
    assert answered.uri == "https://example.org/h"


def test_two_pages_of_one_title_are_offered_and_not_chosen() -> None:
    found = [titled_page("a"), titled_page("b")]
    answered = ask("Annual report", None, titled=lambda _: found)
    assert (answered.state, answered.uri) == ("unresolved", None)
    assert [candidate.uri for candidate in answered.candidates] == [
        "https://a.example/",
        "https://b.example/",
    ]


def test_a_page_of_the_archive_with_a_title_like_it_is_offered_and_not_taken() -> None:
    found = [titled_page("a"), TitledPage("s", "x:", "Annual", False)]
    answered = ask("Annual Reprot", None, alike=lambda _: found)
    assert (answered.state, answered.uri) == ("unresolved", None)
    (near,) = answered.candidates
    assert (near.uri, near.title) == ("https://a.example/", "Annual Report")
    assert 0.6 < near.score < 0.9


def test_an_imported_page_answers_only_where_nothing_of_ours_has_the_title() -> None:
    ours, theirs = titled_page("a"), titled_page("b", imported=True)
    answered = ask("Annual report", None, titled=lambda _: [theirs, ours])
    assert (answered.state, answered.uri, answered.snapshot) == ("resolved", ours.uri, ours.snapshot)
    assert [candidate.uri for candidate in answered.candidates] == [theirs.uri]
    alone = ask("Annual report", None, titled=lambda _: [theirs])
    assert (alone.uri, alone.snapshot, alone.candidates) == (theirs.uri, theirs.snapshot, ())
    (step,) = alone.steps
    assert step.answered == "https://b.example/ (imported)"


def test_the_reason_counts_the_near_misses() -> None:
    answered = ask("Annual report", None, titled=lambda _: [titled_page("a"), titled_page("b")])
    assert answered.reason and answered.reason.endswith("; 2 near misses to choose from")


def test_nobody_is_asked_without_a_resolver() -> None:
    answered = ask("A Report")
    assert (answered.state, answered.uri) == ("unresolved", None)
    assert answered.reason and "no resolver was asked" in answered.reason


def test_an_entry_without_words_is_unresolved() -> None:
    assert ask(" – ").reason == "the entry gives neither an address nor a title"


def test_a_wiki_that_is_down_is_a_reason_and_soon_left_alone() -> None:
    asked = []

    def get(address: str) -> Reply:
        asked.append(address)
        raise FetchFailed("refused", "nobody listens at wiki.example")

    wiki = MediaWiki(API, get)
    reasons = [ask(f"Report {number}", wiki).reason for number in range(6)]
    assert reasons[0] == f"resolver: {API} could not be asked: refused: nobody listens at wiki.example"
    assert all(reason and reason.startswith("resolver: ") for reason in reasons)
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("said", "status", "reason"),
    [(b"<html>", 200, "did not answer in JSON"), (b"[" * 200_000, 200, "not answer in JSON"),
     (b"{}" * 600_000, 200, "some hundred were expected"), ([1, 2], 200, "did not answer as a MediaWiki"),
     ({"query": [1]}, 200, "did not answer as a MediaWiki"), ({}, 503, "HTTP status 503"),
     ({"error": {"code": "readonly", "info": "in repair"}}, 200, "answered: in repair")],
)  # fmt: skip
def test_an_answer_that_is_none_is_a_reason(said: object, status: int, reason: str) -> None:
    answered = ask("A Report", wiki_that_says(said, status))
    assert answered.state == "unresolved"
    assert answered.reason and answered.reason.startswith("resolver: ")
    assert reason in answered.reason


KEYS = ("query", "pages", "normalized", "redirects", "title", "canonicalurl", "from", "to", "error")
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


@given(json_values)
def test_no_answer_of_a_wiki_makes_it_fall(said: object) -> None:
    answered = ask("A Report", wiki_that_says(said))
    assert answered.state in {"resolved", "unresolved"}


def test_an_address_that_is_no_web_address_is_never_taken_from_a_wiki() -> None:
    answered = ask("A Report", wiki_with({"A Report": "javascript:alert(1)"}, ("A Report",)))
    assert (answered.state, answered.uri, answered.candidates) == ("unresolved", None, ())


def test_moves_in_a_circle_end() -> None:
    moves = [{"from": "A Report", "to": "B"}, {"from": "B", "to": "A Report"}]
    assert ask("A Report", wiki_that_says({"query": {"redirects": moves, "pages": []}})).state == "unresolved"


def test_a_hit_that_differs_in_one_number_is_only_a_candidate() -> None:
    pages = {"2025 harbour strike": "https://wiki.example/wiki/2025"}
    answered = ask("2026 harbour strike", wiki_with(pages, ("2025 harbour strike",)))
    assert answered.state == "unresolved"
    assert [candidate.title for candidate in answered.candidates] == ["2025 harbour strike"]


def test_find_raises_what_resolve_reports() -> None:
    with pytest.raises(ResolverFailed, match="could not be asked"):
        silent_wiki().find("A Report")


@pytest.mark.parametrize(
    ("a", "b"),
    [("United States–Venezuela relations", "United States-Venezuela Relations"), ("“Foo”", "Foo"),
     ("Foo bar - Wikipedia", "Foo  bar"), ("Foo_bar", "Foo bar"), ("Foo – Bar", "Foo-Bar"), ("It’s", "It's"),
     ("Ｆｏｏ", "foo"), ("Foo bar — Wikipedia, the free encyclopedia", "foo bar")],
)  # fmt: skip
def test_titles_that_are_equal(a: str, b: str) -> None:
    assert normal(a) == normal(b)
    assert similarity(a, b) == 1.0


@pytest.mark.parametrize(
    ("a", "b"),
    [("2025 strike", "2026 strike"), ("C", "C#"), ("Norland–Amity war", "Amity–Norland war"), ("", ""),
     ("Foo", "Foo (film)"), ("Georgia", "Georgia (country)")],
)  # fmt: skip
def test_titles_that_are_only_alike(a: str, b: str) -> None:
    assert similarity(a, b) < FLOOR


@given(st.text(max_size=80))
def test_normal_is_idempotent(title: str) -> None:
    assert normal(normal(title)) == normal(title)
