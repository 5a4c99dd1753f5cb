"""Citations and claims in plain text and Markdown: each kind found, tied as its author tied it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.citations import is_source_heading, read_article
from ingest.extract import Link, Links, Page
from tests.made_articles import TEXT, by_label, check_offsets, markdown, plain, read, tied

EXAMPLE = Path(__file__).resolve().parents[2] / "shared/examples/article.txt"
ARTICLE = """
The Harbour’s New Crane

The crane was raised on March 3, 2025, by U.S. engineers who had waited for “a calm day” since autumn.

At a Glance

  • The crane weighs 1,400 tonnes and lifts containers from both quays
  • Harbour master Ada Berg called it “the last of its kind”

What It Cost

The city paid 31 million euros for it. Did anyone ask why? Berg said the price had doubled in two years.

Subscribe to our newsletter for more.

Sources:

Port of Halden

2025 Halden crane accident

Container cranes of Scandinavia

Halden 2025 News Report2
""".lstrip()


def test_a_trailing_list_of_bare_titles() -> None:
    extraction, found = plain(ARTICLE)
    assert extraction.metadata.title == "The Harbour’s New Crane"
    assert [(c.label, c.uri, c.kind, c.heading) for c in found.citations] == [
        ("Port of Halden", "", "list", "Sources"),
        ("2025 Halden crane accident", "", "list", "Sources"),
        ("Container cranes of Scandinavia", "", "list", "Sources"),
        ("Halden 2025 News Report2", "", "list", "Sources"),
    ]
    assert found.ties == ()
    assert by_label(found)["Port of Halden"].entry.title == "Port of Halden"
    assert [claim.passage.exact for claim in found.claims] == [
        "The crane was raised on March 3, 2025, by U.S. engineers who had waited for “a calm day” since "
        "autumn.",
        "The crane weighs 1,400 tonnes and lifts containers from both quays",
        "Harbour master Ada Berg called it “the last of its kind”",
        "The city paid 31 million euros for it.",
        "Berg said the price had doubled in two years.",
    ]
    assert list(found.sections.values()) == ["At a Glance", "At a Glance", "What It Cost", "What It Cost"]


@pytest.mark.skipif(not EXAMPLE.exists(), reason="the example article is not beside this checkout")
def test_the_example_article() -> None:
    extraction, found = read(Page(EXAMPLE.read_bytes(), "text/plain", None, "ni:///sha-256;x"))
    assert [citation.label for citation in found.citations] == [
        "2026 US regime change in Venezuela",
        "2026 Venezuela–United States conflict",
        "United States–Venezuela relations",
        extraction.body.rpartition("\n")[2],
    ]
    claims = [claim.passage.exact for claim in found.claims]
    assert len(claims) == 28
    assert any(claim.startswith("U.S. forces captured") for claim in claims)
    assert not any("Magnifying glass" in claim or "Story Overview" in claim for claim in claims)


@pytest.mark.parametrize(
    ("listed", "labels"),
    [
        ("Sources:\n- One title\n- Two titles", ["One title", "Two titles"]),
        ("References\n\n1. One title\n2. Two titles,\n   or on", ["One title", "Two titles, or on"]),
        ("Quellen: Der Spiegel; dpa", ["Der Spiegel", "dpa"]),
        ("## Works cited\n\n[1] One title\n\n[2] Two titles", ["One title", "Two titles"]),
        ("Further reading\nOne title\nhttps://example.org/a\nTwo titles",
         ["One title https://example.org/a", "Two titles"]),
        ("参考文献\n第一の本\n第二の本", ["第一の本", "第二の本"]),
        ("Источники:\n• Первая книга\n• Вторая книга", ["Первая книга", "Вторая книга"]),
        ("Einzelnachweise [Bearbeiten]\n\nEin Titel", ["Ein Titel"]),
    ],
)  # fmt: skip
def test_lists_in_many_forms(listed: str, labels: list[str]) -> None:
    _, found = plain(f"A title\n\nThe claim is made here in a sentence.\n\n{listed}\n")
    assert [citation.label for citation in found.citations] == labels
    assert [claim.passage.exact for claim in found.claims] == ["The claim is made here in a sentence."]


@pytest.mark.parametrize("line", ["Sources say so", "Note: this was updated", "The sources", "Resources", ""])
def test_what_is_no_heading_of_sources(line: str) -> None:
    assert not is_source_heading(line)
    _, found = plain(f"A title\n\nThe claim is made in a sentence.\n\n{line}\n\nIt was followed by another.")
    assert found.citations == ()


def test_a_heading_at_the_top_is_no_trailing_list() -> None:
    body = "Notes\n\n" + "The long text says one thing after another. " * 60
    assert plain(body)[1].citations == ()


def test_entries_are_read() -> None:
    _, found = plain(
        "T\n\nThe claim is made here in a sentence.\n\nReferences\n\n"
        "Smith, J. and Doe, A. (2010). “On Cranes”. doi:10.1000/xyz.5.\n\n"
        "A Report https://example.org/report_(1).\n\nISBN 978-0-306-40615-7\n\narXiv:2101.00001v2"
    )
    first, second, third, fourth = found.citations
    assert (first.entry.authors, first.entry.date, first.entry.title, first.entry.doi) == (
        ("Smith, J.", "Doe, A."), "2010", "On Cranes", "10.1000/xyz.5",
    )  # fmt: skip
    assert first.uri == "https://doi.org/10.1000/xyz.5"
    assert second.uri == "https://example.org/report_(1)"
    assert third.entry.isbn == "9780306406157"
    assert fourth.uri == "https://arxiv.org/abs/2101.00001v2"


def test_numbers_in_brackets_tie_sentences_to_the_list() -> None:
    _, found = plain(
        "T\n\nThe first thing was measured twice.[1] The second thing was seen [2, 3] by many people.\n\n"
        "Ranges are read as well.[1–3] Nothing was cited here at all.\n\n"
        "References\n\n1. First paper\n2. Second paper\n3. Third paper"
    )
    assert tied(found) == {
        "The first thing was measured twice.": ["First paper"],
        "The second thing was seen [2, 3] by many people.": ["Second paper", "Third paper"],
        "Ranges are read as well.": ["First paper", "Second paper", "Third paper"],
    }
    assert {citation.kind for citation in found.citations} == {"numbered"}
    assert by_label(found)["Second paper"].mark == "[2]"


def test_brackets_without_such_a_list_are_only_brackets() -> None:
    _, found = plain("T\n\nThe law [12] was changed in [1999] by many.\n\nSources\n\nA book\n\nB book")
    assert found.ties == ()


def test_bare_addresses_are_tied_to_their_sentence() -> None:
    _, found = plain(
        "T\n\nThe crane is described at https://example.org/crane, which was written later.\n\n"
        "A study was published as doi:10.1000/abc last year.\n\nIt fell twice in a "
        "year.\nhttps://example.org/fall"
    )
    assert [(c.kind, c.uri) for c in found.citations] == [
        ("link", "https://example.org/crane"),
        ("identifier", "https://doi.org/10.1000/abc"),
        ("link", "https://example.org/fall"),
    ]
    assert tied(found)["It fell twice in a year."] == ["https://example.org/fall"]


def test_markdown_links_and_notes() -> None:
    extraction, found = markdown(
        "# A title\n\nThe crane was [raised in **March**](https://example.org/raised) by the city.[^a]\n\n"
        "It fell later.[^b]\n\n[^a]: See [the minutes](https://example.org/minutes).\n[^b]: Berg 2025, p. "
        "4.\n"
    )
    assert "](" not in extraction.body and "**" not in extraction.body
    assert tied(found) == {
        "The crane was raised in March by the city.": ["raised in March", "See the minutes."],
        "It fell later.": ["Berg 2025, p. 4."],
    }
    assert by_label(found)["See the minutes."].uri == "https://example.org/minutes"
    assert by_label(found)["raised in March"].kind == "link"


def test_what_asserts_nothing_is_no_claim() -> None:
    _, found = plain(
        "A title\n\nBy Ada Berg\n\nA crane over the harbour at dusk.\n\nIs it true? The crane fell.\n\n"
        "Read more about it in our shop.\n\nPhoto: A. Berg / Agency\n\nWhat Comes Next\n\nStocks fell "
        "sharply on Monday."
    )
    claims = [claim.passage.exact for claim in found.claims]
    assert claims == ["The crane fell.", "Stocks fell sharply on Monday."]


def test_one_label_twice_makes_two_citations() -> None:
    _, found = markdown(
        "[A report](https://e.example/) says it fell. [A report](https://e.example/) denies it."
    )
    assert [(c.label, c.nth) for c in found.citations] == [("A report", 0), ("A report", 1)]


LINES = ["Sources:", "References", "[1] A title", "• One https://e.org/x", "It was “old. Very old.”",
         "1. A", "[1]", "", "doi:10.1000/x", "Note: x", "www.e.org", "a | b", "…", "\f"]  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=12), st.integers(0, 60), st.integers(1, 9))
def test_any_text_reads_and_every_offset_holds(lines: list[str], start: int, length: int) -> None:
    body = "\n".join(lines).strip()
    end = min(len(body), start + length)
    links = (Link(body[start:end], "https://l.example/", start, end),) if start < end else ()
    found = read_article(TEXT, body, (), Links(links))
    check_offsets(body, found)
    assert json.dumps([citation.label for citation in found.citations])
