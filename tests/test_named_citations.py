"""Sources that only a page's markup names, and notes of more kinds: a made page for each."""

import json

import pytest

from tests.made_articles import html, tied

TEXT = "The harbour was closed for three days after the storm had passed over the county."
PARAGRAPH = f"<p>{TEXT}</p>"


def page(inner: str, head: str = "") -> str:
    return f"{head}<article><h1>The harbour of Halden</h1>{PARAGRAPH * 3}{inner}{PARAGRAPH * 3}</article>"


def test_the_address_of_a_quotation_is_its_source() -> None:
    words = "We knew that the wall of the harbour would not hold, and we said so in the spring of that year."
    _, found = html(page(f'<blockquote cite="https://other.example/minutes"><p>{words}</p></blockquote>'))
    (citation,) = found.citations
    assert (citation.kind, citation.uri) == ("quotation", "https://other.example/minutes")
    assert tied(found)[words] == ["https://other.example/minutes"]


def test_an_embedded_post_is_cited_by_its_own_address() -> None:
    post = (
        '<blockquote class="twitter-tweet"><p lang="en">The wall is gone, with all the cranes of the '
        'harbour. <a href="https://t.co/abc">https://t.co/abc</a></p>&mdash; Ada Berg (@berg) '
        '<a href="https://twitter.com/berg/status/1196535673?ref_src=x">March 3, 2024</a></blockquote>'
    )
    _, found = html(page(post))
    uris = {citation.uri: citation for citation in found.citations}
    assert "https://twitter.com/berg/status/1196535673?ref_src=x" in uris


def test_reference_tags_and_linked_data_name_sources() -> None:
    data = {"@type": "ScholarlyArticle", "headline": "The harbour of Halden", "citation": [
        {"@type": "Book", "name": "Cranes of the northern coast", "author": {"name": "Ada Berg"},
         "datePublished": "1911-02-03", "url": "https://books.example/cranes"},
        "Moe, Odd: Walls that fell. Oslo 1930.",
    ]}  # fmt: skip
    head = (
        '<meta name="citation_reference" content="citation_title=Storms of 1925; citation_author=O. Lie; '
        'citation_journal_title=Weather; citation_year=1926; citation_doi=10.1000/storms.1925">'
        f'<script type="application/ld+json">{json.dumps(data)}</script>'
    )
    _, found = html(page("", head))
    listed = {citation.label: citation for citation in found.citations}
    assert set(listed) == {
        "O. Lie (1926). Storms of 1925. Weather",
        "Ada Berg (1911). Cranes of the northern coast",
        "Moe, Odd: Walls that fell. Oslo 1930.",
    }
    storms = listed["O. Lie (1926). Storms of 1925. Weather"]
    assert (storms.uri, storms.entry.doi) == ("https://doi.org/10.1000/storms.1925", "10.1000/storms.1925")
    assert listed["Ada Berg (1911). Cranes of the northern coast"].uri == "https://books.example/cranes"


COINS = (
    '<span class="Z3988" title="ctx_ver=Z39.88-2004&amp;rft.atitle={}&amp;rft.jtitle=Weather&amp;'
    'rft.aulast=Lie&amp;rft.aufirst=O.&amp;rft.date=1926-05-01&amp;rft_id=info:doi/10.1000/storms"></span>'
)


def test_coins_name_a_source_but_not_the_page_itself() -> None:
    _, found = html(page(COINS.format("Storms+of+1925")))
    assert [(c.label, c.uri) for c in found.citations] == [
        ("Lie, O. (1926). Storms of 1925. Weather", "https://doi.org/10.1000/storms")
    ]
    assert html(page(COINS.format("The+harbour+of+Halden")))[1].citations == ()


def test_coins_of_an_entry_that_the_text_shows_add_nothing() -> None:
    entry = f"<li>Lie, O. (1926). Storms of 1925.{COINS.format('Storms+of+1925')}</li>"
    listed = f"<h2>References</h2><ul>{entry}<li>Moe, O. (1930). Walls that fell. Oslo.</li></ul>"
    _, found = html(f"{page('')}{listed}")
    assert len(found.citations) == 2


NOTES = {
    "doc-noteref": (
        '<a id="r{0}" href="#en{0}" role="doc-noteref">{0}</a>',
        '<section role="doc-endnotes"><ol><li id="en1"><p>Ada Berg, Cranes, 1911, p. 3. <a href="#r1" '
        'role="doc-backlink">↩</a></p></li><li id="en2"><p>Odd Moe, Walls, 1930, p. 7. <a href="#r2" '
        'role="doc-backlink">↩</a></p></li></ol></section>',
    ),
    "wordpress": (
        '<sup class="fn"><a href="#fn-13-{0}" id="fnref-13-{0}">{0}</a></sup>',
        '<div class="footnotes"><ol><li id="fn-13-1">Ada Berg, Cranes, 1911, p. 3. '
        '<a href="#fnref-13-1">↩</a></li>'
        '<li id="fn-13-2">Odd Moe, Walls, 1930, p. 7. <a href="#fnref-13-2">↩</a></li></ol></div>',
    ),
    "markdown": (
        '<sup id="fnref:{0}"><a href="#fn:{0}" class="footnote-ref">{0}</a></sup>',
        '<div class="footnotes"><hr><ol><li id="fn:1"><p>Ada Berg, Cranes, 1911, p. 3.&nbsp;<a '
        'href="#fnref:1" class="footnote-backref">&#8617;</a></p></li>'
        '<li id="fn:2"><p>Odd Moe, Walls, 1930, p. 7.&nbsp;'
        '<a href="#fnref:2" class="footnote-backref">&#8617;</a></p></li></ol></div>',
    ),
    "plain superscripts": (
        "<sup>{0}</sup>",
        "<h2>Notes</h2><ol><li>Ada Berg, Cranes, 1911, p. 3.</li><li>Odd Moe, Walls, 1930, p. 7.</li></ol>",
    ),
    "sidenotes": (
        '<label for="sn-{0}" class="margin-toggle sidenote-number"></label><input type="checkbox" '
        'id="sn-{0}" class="margin-toggle"/><span class="sidenote">{1}</span>',
        "",
    ),
}
WORDS = {1: "Ada Berg, Cranes, 1911, p. 3.", 2: "Odd Moe, Walls, 1930, p. 7."}


@pytest.mark.parametrize("kind", NOTES)
def test_notes_are_tied_to_the_sentence_before_their_marker(kind: str) -> None:
    marker, notes = NOTES[kind]
    text = (
        f"<p>The crane was built in 1911 by a firm from the south.{marker.format(1, WORDS[1])} It fell "
        f"down in a storm that took all the roofs.{marker.format(2, WORDS[2])} Nothing else is known of the "
        "first crane.</p>"
    )
    extraction, found = html(page(text) + notes if kind != "sidenotes" else page(text))
    assert [citation.label for citation in found.citations] == list(WORDS.values())
    ties = tied(found)
    assert ties["The crane was built in 1911 by a firm from the south."] == [WORDS[1]]
    assert ties["It fell down in a storm that took all the roofs."] == [WORDS[2]]
    assert "↩" not in extraction.body
