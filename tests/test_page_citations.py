"""Citations of a web page: links of its running text, notes of many hands, lists of sources."""

import pytest

from tests.made_articles import html, tied

PARAGRAPH = "<p>The harbour was closed for three days after the storm had passed over the county.</p>"


def test_links_of_running_text_and_the_furniture_of_a_page() -> None:
    _, found = html(
        '<nav><a href="https://other.example/nav">Navigation of another site</a></nav><article><h1>T</h1>'
        f"{PARAGRAPH}"
        '<p>The crane <a href="https://other.example/report">was raised in March</a>, the city said in '
        "its report."
        ' An older story <a href="/2024/crane">told of the plan</a> in the year before that one.</p>'
        '<p>It fell down in the night after the party. <a href="https://third.example/fall">The police '
        "report.</a></p>"
        '<p class="tags">Tagged <a rel="tag" href="https://paper.example/tag/cranes">cranes and '
        "harbours</a></p>"
        '<p>The reader may <a href="https://twitter.com/intent/tweet?u=1">tell this to a friend</a> of '
        "his choice.</p>"
        '<p>There is more in <a href="#top">the part above this</a> and in <a '
        'href="mailto:a@b.example">letters to us</a>'
        ' or <a href="javascript:void(0)">a window that opens</a> at once.</p>'
        f"{PARAGRAPH}</article>"
        '<aside class="related"><a href="https://other.example/teaser">A related story of another '
        "kind</a></aside>"
        '<footer><a href="https://other.example/imprint">Imprint of this very paper</a></footer>'
    )
    assert [(c.label, c.uri) for c in found.citations] == [
        ("was raised in March", "https://other.example/report"),
        ("told of the plan", "https://paper.example/2024/crane"),
        ("The police report.", "https://third.example/fall"),
    ]
    ties = tied(found)
    assert ties["It fell down in the night after the party."] == ["The police report."]
    assert ties["The crane was raised in March, the city said in its report."] == ["was raised in March"]


WIKI = """
<meta name="generator" content="MediaWiki 1.39.4">
<div id="content" class="mw-body"><div id="mw-content-text"><div class="mw-parser-output">
<p>The <a href="/wiki/Crane">crane</a> of Halden was built in 1911 by a firm from the south.<sup
id="cite_ref-1" class="reference"><a href="#cite_note-1">[1]</a></sup> It was the largest of its kind in those
days.<sup id="cite_ref-b_2-0" class="reference"><a href="#cite_note-b-2">[2]</a></sup></p>
<p>It fell in 1925 when a storm came from the sea and took the roofs of the town with it.<sup
id="cite_ref-b_2-1" class="reference"><a href="#cite_note-b-2">[2]</a></sup>
Nothing else is known about the fate of the first crane.</p>
<h2><span class="mw-headline" id="References">References</span></h2>
<div class="reflist"><ol class="references">
<li id="cite_note-1"><span class="mw-cite-backlink"><b><a href="#cite_ref-1">^</a></b></span> <span
class="reference-text"><cite>Berg, Ada (1911). <a class="external"
href="https://news.example/1911">"The new crane"</a>.
<i><a href="/wiki/News">News</a></i>.</cite></span></li>
<li id="cite_note-b-2"><span class="mw-cite-backlink">^ <a href="#cite_ref-b_2-0"><sup><b>a</b></sup></a> <a
href="#cite_ref-b_2-1"><sup><b>b</b></sup></a></span> <span class="text">Moe 1930, p. 12.</span></li>
</ol></div></div></div></div>
"""


def test_every_note_of_a_wiki_and_every_use_of_it() -> None:
    _, found = html(WIKI, "https://wiki.example/wiki/Halden_crane")
    assert [(c.kind, c.mark, c.uri) for c in found.citations] == [
        ("note", "[1]", "https://news.example/1911"),
        ("note", "[2]", ""),
    ]
    assert found.citations[0].label == 'Berg, Ada (1911). "The new crane". News.'
    assert found.citations[1].label == "Moe 1930, p. 12."
    assert {claim: len(notes) for claim, notes in tied(found).items()} == {
        "The crane of Halden was built in 1911 by a firm from the south.": 1,
        "It was the largest of its kind in those days.": 1,
        "It fell in 1925 when a storm came from the sea and took the roofs of the town with it.": 1,
    }
    assert not any("Moe" in claim.passage.exact or "Berg" in claim.passage.exact for claim in found.claims)


@pytest.mark.parametrize(
    ("marker", "note"),
    [
        ('<sup><a href="#fn1" id="fnref1">1</a></sup>',
         '<ol><li id="fn1"><p>A. Berg, <a href="https://o.example/1">Cranes</a>, 2011. <a '
         'href="#fnref1">↩</a></p></li></ol>'),
        ('<a role="doc-noteref" id="r1" href="#n1">*</a>',
         '<aside id="n1" role="doc-footnote"><a href="#r1">*</a> A. Berg, <a '
         'href="https://o.example/1">Cranes</a>, 2011.</aside>'),
        ('<a name="_ftnref1" href="#_ftn1">[1]</a>',
         '<p><a name="_ftn1" href="#_ftnref1">[1]</a> A. Berg, <a href="https://o.example/1">Cranes</a>, '
         '2011.</p>'),
    ],
)  # fmt: skip
def test_footnotes_of_many_hands(marker: str, note: str) -> None:
    _, found = html(
        f"<article><h1>T</h1>{PARAGRAPH}<p>The crane was raised in March by the people of the "
        f"town.{marker} It fell"
        f" later in the same year, as the papers said.</p>{PARAGRAPH}<hr>{note}</article>"
    )
    assert [(c.kind, c.label, c.uri) for c in found.citations] == [
        ("note", "A. Berg, Cranes, 2011.", "https://o.example/1")
    ]
    assert list(tied(found)) == ["The crane was raised in March by the people of the town."]


def test_a_source_list_that_the_extractor_drops_is_found_in_the_page() -> None:
    items = "".join(f'<li><a href="https://s{n}.example/">Source number {n}</a></li>' for n in range(1, 6))
    listed = f"<div class=links><h3>Sources</h3><ul>{items}</ul></div>"
    _, found = html(f"<article><h1>T</h1>{PARAGRAPH * 4}</article>{listed}")
    assert [(c.label, c.uri, c.heading) for c in found.citations] == [
        (f"Source number {n}", f"https://s{n}.example/", "Sources") for n in range(1, 6)
    ]
    assert found.ties == ()
