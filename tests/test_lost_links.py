"""Links in words that the extractor drops: found by where they stand, and only in the article."""

import pytest

from archive.model import Citation
from tests.made_articles import html

TEXT = "The harbour was closed for three days after the storm had passed over the county."
PARAGRAPH = f"<p>{TEXT} {{}}</p>"
FIRST = "".join(PARAGRAPH.format(f"Ship {number} came in on the day after it.") for number in range(6))
LINK = '<a href="https://other.example/{}">{}</a>'


def cited(later: str, frame: str = "entry-content") -> list[Citation]:
    """What is cited by an article of which the extractor takes the first section only."""
    section = '<section class="part"><div class="{}">{}</div></section>'
    page = f"<main>{section.format('entry-content', FIRST)}{section.format(frame, later)}</main>"
    extraction, found = html(f"<html><body>{page}</body></html>")
    assert "Ship 3" in extraction.body
    assert "crane" not in extraction.body, "the extractor is to have dropped it"
    return list(found.citations)


def test_a_later_section_is_of_the_article_where_the_same_names_are_around_it() -> None:
    link = LINK.format("crane", "a report said")
    (citation,) = cited(f"<p>The crane had been old, {link}, and nobody had looked at it.</p>")
    assert (citation.label, citation.uri) == ("a report said", "https://other.example/crane")
    assert (citation.kind, citation.start, citation.end) == ("link", None, None)


def test_another_frame_is_not_of_the_article() -> None:
    link = LINK.format("crane", "a report said")
    assert cited(f"<p>The crane had been old, {link}, and nobody knew.</p>", "teaser-box") == []
    assert cited(f"<p>The crane had been old, {link}, and nobody knew.</p>", "bio") == []


@pytest.mark.parametrize(
    "block",
    [
        f"<p>Read more: {LINK.format('crane', 'the crane of Halden, a history of it')}</p>",
        '<p>Related: <a href="/2025/crane">Another crane fell in the storm of Moss</a></p>',
        f"<p>{LINK.format('a', 'Article')} {LINK.format('b', 'PubMed')}</p>",
        '<p>Filed under the old <a rel="tag" href="https://other.example/crane">crane</a> of the town.</p>',
    ],
)
def test_what_is_no_source_in_the_text_is_none_in_dropped_words(block: str) -> None:
    assert cited(block) == []


def test_what_the_text_cites_already_is_cited_once() -> None:
    again = LINK.format("report", "the report")
    section = f'<div class="entry-content">{FIRST}<p>So {again} of the town said a year before.</p></div>'
    later = f'<div class="entry-content"><p>The crane was old, {again} had said as well.</p></div>'
    _, found = html(f"<body><main>{section}{later}</main></body>")
    assert [citation.uri for citation in found.citations] == ["https://other.example/report"]


def test_a_list_beside_the_paragraphs_is_theirs() -> None:
    names = "".join(f"<li>{LINK.format(name, name.title())}</li>" for name in ("crane", "quay"))
    found = cited(f"<p>The crane stands there still, as those say who know it.</p><ul>{names}</ul>")
    assert [citation.uri for citation in found] == ["https://other.example/crane", "https://other.example/quay"]
