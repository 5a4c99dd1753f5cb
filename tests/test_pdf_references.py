"""Articles that are PDFs: lists of references told into entries, markers tied, links at their own words."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from archive.model import Citation
from ingest.citations import Findings
from ingest.extract import Extraction, Page
from ingest.extract.references import Line, joined, with_entries
from tests.browser import opened_page
from tests.made_articles import read, tied

ENTRIES = [
    "Berg, A., Lie, B., & Dahl, C. (2015). Counting the cranes of the northern harbours between the wars and "
    "after them. Journal of Cranes and Walls, 4(2), 11–20. https://doi.org/10.1000/crane.2015",
    "Lee, K. (2020a). A crane again. Journal of Walls, 3, 4–5.",
    "Smith, J. (2010). On cranes and their falls: Misunderstandings of the administration responsible for "
    "harbours. Journal of Cranes, 4(2), 11–20.",
    "Smith, J., & Jones, A. (2019). The pushed crane. Oslo: Cappelen.",
    "Zahl, Q. (1999). The very last of the cranes that stood on the quays of Halden, with an appendix on "
    "walls and on all that was ever said of them by those who had built them. Walls, 1.",
]
BY_NAME = (
    "The crane fell in a storm (Smith, 2010, p. 4). Others say that it was pushed by people who had no "
    "business there at all (Smith & Jones, 2019; Lee, 2020a). Berg et al. (2015) counted four cranes."
)
BY_NUMBER = (
    "The crane fell in a storm [3]. Others say that it was pushed by people who had no business there at all "
    "[2, 4]. Some [1] counted four cranes."
)
FILLER = "The harbour was closed for three days after the storm had passed over the county. "
LAST = "The committee met again in the spring of that year and decided nothing."
HANGING = "p.r { padding-left: 1cm; text-indent: -1cm; margin: 0 }"
STYLES = {
    "a hanging indent": HANGING,
    "indented first lines": "p.r { text-indent: 1cm; margin: 0 }",
    "gaps between entries": "p.r { margin: 0.5em 0 }",
    "nothing but lines": "p.r { margin: 0 }",
    "two columns": f"{HANGING} main {{ column-count: 2 }} body {{ font-size: 8pt }}",
}
Printed = Callable[[str, str], bytes]


@pytest.fixture(scope="module")
def printed(browser: Browser) -> Printed:
    def made(inner: str, style: str) -> bytes:
        with opened_page(browser) as page:
            page.set_content(
                "<html lang=en><style>body { font: 11pt serif; text-align: justify; hyphens: auto } "
                f"{style}</style><main><h1>On cranes in harbours</h1>{inner}</main></html>"
            )
            return page.pdf(format="A5")

    return made


def article(text: str, entries: list[str], filler: int) -> str:
    listed = "".join(f"<p class=r>{entry.replace('&', '&amp;')}</p>" for entry in entries)
    story = f"<p>{text.replace('&', '&amp;')}</p><p>{FILLER * filler}</p><p>{LAST}</p>"
    return f"{story}<h2>References</h2>{listed}"


def paper(payload: bytes) -> tuple[Extraction, Findings]:
    return read(Page(payload, "application/pdf", None, "https://example.org/a.pdf"))


def listed(found: Findings) -> list[Citation]:
    return sorted(
        (citation for citation in found.citations if citation.heading), key=lambda one: one.start or 0
    )


@pytest.mark.parametrize("style", STYLES)
def test_authors_and_years_are_tied_to_entries_however_they_are_set(printed: Printed, style: str) -> None:
    _, found = paper(printed(article(BY_NAME, ENTRIES, 12), STYLES[style]))
    assert [one.label for one in listed(found)] == ENTRIES
    assert tied(found) == {
        "The crane fell in a storm (Smith, 2010, p. 4).": [ENTRIES[2]],
        "Others say that it was pushed by people who had no business there at all (Smith & Jones, 2019; Lee, "
        "2020a).": [ENTRIES[1], ENTRIES[3]],
        "Berg et al. (2015) counted four cranes.": [ENTRIES[0]],
    }
    entry = listed(found)[0].entry
    assert (entry.title, entry.container, entry.date, entry.doi) == (
        "Counting the cranes of the northern harbours between the wars and after them",
        "Journal of Cranes and Walls", "2015", "10.1000/crane.2015",
    )  # fmt: skip


@pytest.mark.parametrize("form", ["[{}]", "{}."])
def test_numbers_are_tied_to_numbered_entries(printed: Printed, form: str) -> None:
    numbered = [f"{form.format(nth)} {entry}" for nth, entry in enumerate(ENTRIES, 1)]
    _, found = paper(printed(article(BY_NUMBER, numbered, 12), "p.r { margin: 0 }"))
    assert [one.label for one in listed(found)] == ENTRIES
    assert tied(found) == {
        "The crane fell in a storm [3].": [ENTRIES[2]],
        "Others say that it was pushed by people who had no business there at all [2, 4].": [
            ENTRIES[1], ENTRIES[3],
        ],
        "Some [1] counted four cranes.": [ENTRIES[0]],
    }  # fmt: skip


@pytest.mark.parametrize("filler", range(30, 38, 2))
def test_an_entry_that_goes_on_over_a_page_is_one(printed: Printed, filler: int) -> None:
    extraction, found = paper(printed(article(BY_NAME, ENTRIES, filler), HANGING))
    assert "\f" in extraction.body
    assert [one.label for one in listed(found)] == ENTRIES


def test_what_stands_behind_the_references_is_no_source(printed: Printed) -> None:
    behind = f"<h2>Appendix A: Measures</h2><p>{FILLER * 2}</p>"
    _, found = paper(printed(article(BY_NAME, ENTRIES, 3) + behind, HANGING))
    assert [one.label for one in listed(found)] == ENTRIES


def test_a_link_stands_at_its_own_words_even_over_two_lines(printed: Printed) -> None:
    words = "The report of the harbour came late. " * 9
    link = '<a href="https://o.example/report">the report of the harbour which nobody had read in time</a>'
    extraction, found = paper(printed(f"<p>{words}They had seen {link} and went. {words}</p>", ""))
    (citation,) = found.citations
    assert citation.uri == "https://o.example/report"
    assert citation.label == "the report of the harbour which nobody had read in time"
    assert extraction.body[: citation.start].endswith("They had seen ")
    assert len(tied(found)) == 1


def test_a_year_or_page_at_the_head_of_a_line_is_no_number_of_an_entry() -> None:
    words = "References|1. Berg, A. Cranes. Oslo,|1999. Reprinted.|2. Lee, K. Walls, pp. 10–|12. Bergen."
    (page,) = with_entries([[Line(line) for line in words.split("|")]])
    assert [line for line in page if line] == [
        "References", "1. Berg, A. Cranes. Oslo, 1999. Reprinted.", "2. Lee, K. Walls, pp. 10–12. Bergen.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["harbour of mis-", "understanding"], "harbour of misunderstanding"),
        (["the Anglo-", "Norwegian crane"], "the Anglo-Norwegian crane"),
        (["https://example.org/a-", "b/c.html"], "https://example.org/a-b/c.html"),
        (["doi:10.1000/crane.", "2015"], "doi:10.1000/crane.2015"),
        (["https://example.org/a.", "Lee, K."], "https://example.org/a. Lee, K."),
    ],
)
def test_what_the_end_of_a_line_broke_is_whole_again(lines: list[str], whole: str) -> None:
    assert joined(lines) == whole
