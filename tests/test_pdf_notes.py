"""Raised numbers of PDFs, printed by Typst: notes at the foot of a page, references, powers."""

import re

import pytest
import typst

from ingest.citations import Findings
from ingest.extract import Extraction, Page
from ingest.extract.raised import Glyph, with_raised
from tests.made_articles import plain, read, tied

PAGE = "#set page(width: 148mm, height: 210mm)\n#set text(size: 10pt)\n= On dams\n"
FILLER = "The committee met again in the spring of that year and decided nothing at all about it. "
REPORT, SPRING = "Dam Board, Report on the dam (Oslo: Board, 1962).", "Waters, P., The spring, 1970, p. 4."
ENTRIES = [
    "Dam Board. Report on the dam. 1962.",
    "Waters, P. The spring. 1970.",
    "Archive. Raising a dam. 1980.",
]
# As a font has them, and as they are made of smaller digits.
RAISED = {"of the font": "", "made smaller": "#set super(typographic: false)\n"}


def paper(source: str, style: str) -> tuple[Extraction, Findings]:
    payload = typst.compile((PAGE + RAISED[style] + source).encode(), format="pdf")
    assert isinstance(payload, bytes)
    return read(Page(payload, "application/pdf", None, "https://example.org/a.pdf"))


@pytest.mark.parametrize("style", RAISED)
def test_notes_at_the_foot_of_pages_are_tied_and_are_no_claims(style: str) -> None:
    extraction, found = paper(
        f"The dam was finished in 1961 after nine years#footnote[{REPORT}]. It holds 4 million m#super[3] "
        f"of water in spring.#footnote[{SPRING}] The number is near to $10^6$ in all.\n#pagebreak()\n"
        f"It was raised twice in later years.#footnote[Archive, Raising a dam, 1980.] {FILLER * 2}\n",
        style,
    )
    assert tied(found) == {
        "The dam was finished in 1961 after nine years¹.": [REPORT],
        "It holds 4 million m³ of water in spring.": [SPRING],
        "It was raised twice in later years.": ["Archive, Raising a dam, 1980."],
    }
    assert [one.mark for one in found.citations] == ["¹", "²", "³"]
    assert "near to 10⁶ in all" in extraction.body
    assert not [claim for claim in found.claims if "Oslo" in claim.passage.exact]


@pytest.mark.parametrize("style", RAISED)
def test_raised_numbers_name_entries_of_the_list(style: str) -> None:
    listed = "".join(f"+ {entry}\n" for entry in ENTRIES)
    _, found = paper(
        "The dam was finished in 1961.#super[1] The lake behind it covers 12 km#super[2] in all.#super[1–3] "
        f"In 1905#super[2] it was opened again by the king. {FILLER * 3}\n= References\n{listed}",
        style,
    )
    assert tied(found) == {
        "The dam was finished in 1961.": ENTRIES[:1],
        "The lake behind it covers 12 km² in all.": ENTRIES,
        "In 1905² it was opened again by the king.": ENTRIES[1:2],
    }


def test_each_page_may_count_its_notes_from_one() -> None:
    anew = "\n#counter(footnote).update(0)\n#pagebreak()\n"
    _, found = paper(
        f"The dam was finished in 1961.#footnote[{REPORT}]{anew}It was full in spring.#footnote[{SPRING}]\n",
        "made smaller",
    )
    assert tied(found) == {"The dam was finished in 1961.": [REPORT], "It was full in spring.": [SPRING]}


def test_plain_text_may_raise_its_numbers_too() -> None:
    _, found = plain(
        "On dams\n\nThe dam was finished in 1961.¹ It holds 4 million m³ in spring.² It was raised twice.¹,²"
        f"\n\n¹ {REPORT}\n² {SPRING}\n"
    )
    assert tied(found) == {
        "The dam was finished in 1961.": [REPORT],
        "It holds 4 million m³ in spring.": [SPRING],
        "It was raised twice.": [REPORT, SPRING],
    }


def test_raised_numbers_that_name_nothing_are_words() -> None:
    extraction, found = plain("On areas\n\nThe lake covers 12 km² and 10⁶ fish live in it, says E=mc².")
    assert found.citations == ()
    assert found.claims[0].passage.exact in extraction.body


def test_lines_go_on_behind_a_raised_number_and_no_digit_of_the_line_is_raised() -> None:
    words = "in 1961\r\n14\r\nIt fell\r\nlater"
    small = {at: Glyph(50 + at, 104, 7, 104) for at in (9, 10)}

    def glyph(at: int) -> Glyph:
        return small.get(at, Glyph(5 * at, 80 if at > 20 else 100, 12, 100))

    text, lines = with_raised(words, glyph)
    assert text == "in 1961\r\n¹⁴\r\nIt fell\r\nlater"
    assert (
        re.sub("\n", "|", "".join(before + text[a:b] for a, b, before in lines)) == "|in 1961¹⁴ It fell|later"
    )
