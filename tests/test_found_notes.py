"""Notes and references as many hands write them: raised, above the text, in wikis, in parts of a source."""

import pytest

from tests.made_articles import by_label, html, plain, tied

DAM = (
    "<h1>On dams</h1><p>The dam was finished in 1961 after nine years of "
    "work.<sup>1</sup> It holds 4 million "
    "m<sup>3</sup> of water in the spring.<sup>2</sup> It was raised twice in later years.<sup>1,3</sup></p>"
    "<p>The lake behind it covers 12 km<sup>2</sup> and is deep in the middle.<sup>[2–4]</sup> It has "
    "10<sup>3</sup> islands and was measured again last year.</p><h2>References</h2>"
)
ENTRIES = [
    "Dam Board. Report. 1962.",
    "Waters, P. The spring. 1970.",
    "State Archive. Walls. 1980.",
    "Lake, Q. 1999.",
]
LISTS = {
    "a list": f"<ol>{''.join(f'<li>{entry}</li>' for entry in ENTRIES)}</ol>",
    "numbered paragraphs": "".join(f"<p>{n}. {entry}</p>" for n, entry in enumerate(ENTRIES, 1)),
}


@pytest.mark.parametrize("kind", LISTS)
def test_raised_numbers_name_entries_and_powers_name_none(kind: str) -> None:
    _, found = html(f"<article>{DAM}{LISTS[kind]}</article>")
    assert tied(found) == {
        "The dam was finished in 1961 after nine years of work.": ENTRIES[:1],
        "It holds 4 million m3 of water in the spring.": ENTRIES[1:2],
        "It was raised twice in later years.": [ENTRIES[0], ENTRIES[2]],
        "The lake behind it covers 12 km2 and is deep in the middle.": ENTRIES[1:],
    }


def test_notes_that_wordpress_shows_above_their_number() -> None:
    _, found = html(
        "<article><h1>Bridges</h1><p>The first bridge was opened in 1842 by the king.<sup class='footnote'>"
        "<a id='r1' href='#n1'>1</a></sup> The second was made of iron.<sup "
        "class='modern-footnotes-footnote'>"
        "<a href='javascript:void(0)' role='button' "
        "aria-describedby='m2'>2</a></sup><span id='m2' role='tooltip' "
        "class='modern-footnotes-footnote__note'>Iron Society, <a "
        "href='https://iron.example/'>Report</a>.</span> "
        "It carried trains for fifty years.</p><p>A third bridge was never built at all by the county.<span "
        "class='footnote_referrer'><a role='button'><sup "
        "class='footnote_plugin_tooltip_text'>[3]</sup></a><span "
        "class='footnote_tooltip'>County plan of 1901, <a "
        "href='https://county.example/'>online</a>.</span></span>"
        "</p><ol><li id='n1'>Royal Gazette, 4 May 1842. <a href='#r1'>↩</a></li></ol></article>"
    )
    gazette, report, plan = (
        "Royal Gazette, 4 May 1842.",
        "Iron Society, Report.",
        "County plan of 1901, online.",
    )
    assert {label: (one.kind, one.mark) for label, one in by_label(found).items()} == {
        gazette: ("note", "1"), report: ("note", "2"), plan: ("note", "[3]"),
    }  # fmt: skip
    assert tied(found) == {
        "The first bridge was opened in 1842 by the king.": [gazette],
        "The second was made of iron.": [report],
        "A third bridge was never built at all by the county.": [plan],
    }


WIKI = (
    "<p>The crane was built in 1931.<sup id='cite_ref-1'><a "
    "href='#cite_note-1'>[1]</a></sup> It fell on 3 January "
    "1971.<sup id='cite_ref-2'><a href='#cite_note-2'>[a]</a></sup> Nobody was hurt, says the board.<sup "
    "id='cite_ref-3'><a href='#cite_note-3'>[2]</a></sup>[<i><a "
    "href='/wiki/Wikipedia:Citation_needed'>citation "
    "needed</a></i>]</p><h2>Notes</h2><ol><li id='cite_note-2'><a "
    "href='#cite_ref-2'>^</a> The minutes give the "
    "fourth.<sup id='cite_ref-4'><a href='#cite_note-4'>[3]</a></sup></li></ol><h2>References</h2><ol>"
    "<li id='cite_note-1'><a href='#cite_ref-1'>^</a> Smith, J. (2010). Cranes. "
    "<a href='/wiki/ISBN_(identifier)'>ISBN</a> <a href='/wiki/Special:BookSources/978-0-306-40615-7'>"
    "978-0-306-40615-7</a>.</li><li id='cite_note-3'><a href='#cite_ref-3'>^</a> "
    "<a href='#CITEREFJones1999'>Jones 1999</a>, p. 12.</li><li id='cite_note-4'><a href='#cite_ref-4'>^</a> "
    "Board, Minutes, 1971.</li></ol><h3>Bibliography</h3><ul><li><cite "
    "id='CITEREFJones1999'>Jones, Amy (1999). "
    "<a href='https://books.example/falls'>Falls</a>. London: Falls Press.</cite></li></ul>"
)


def test_the_page_behind_a_mark_is_no_word_of_the_next_sentence() -> None:
    _, found = html(
        "<article><h1>Crane</h1><p>The crane was built in 1931.<sup><a href='#cite_note-1'>[1]</a></sup><sup>"
        ": 12 </sup>"
        " It fell in a storm.</p><ol><li id='cite_note-1'>Berg, Cranes.</li></ol></article>"
    )
    assert [claim.passage.exact for claim in found.claims] == [
        "The crane was built in 1931.",
        "It fell in a storm.",
    ]


def test_notes_of_a_wiki_lead_to_sources_and_to_no_page_of_its_own() -> None:
    _, found = html(f"<article><h1>Crane</h1>{WIKI}</article>", "https://wiki.example/wiki/Crane")
    book, short, minutes = (
        "Smith, J. (2010). Cranes. ISBN 978-0-306-40615-7.",
        "Jones 1999, p. 12.",
        "Board, Minutes, 1971.",
    )
    cited = by_label(found)
    assert (cited[book].uri, cited[book].entry.isbn) == ("", "9780306406157")
    # A short note is read as the entry that it points to.
    assert (cited[short].uri, cited[short].entry.title) == ("https://books.example/falls", "Falls")
    assert tied(found) == {
        "The crane was built in 1931.": [book],
        # The remark cites nothing itself, but the minutes.
        "It fell on 3 January 1971.": [minutes],
        "Nobody was hurt, says the board.": [short],
    }


def test_marks_may_name_a_page_and_a_range_in_two_brackets() -> None:
    entries = "".join(f"[{n}] Author {n}. Title {n}. 1990.\n" for n in range(1, 7))
    _, found = plain(
        "The canal\n\nIt has 42 locks, of which three are worked by hand [2]–[4]. Trade "
        "fell after 1860 [5, p. 33]. "
        "The rest is disputed by everybody [see 1, pp. 4–9]. Years [1990, 1991] are no marks.\n\n"
        f"References\n\n{entries}"
    )
    assert {words: [label[:8] for label in labels] for words, labels in tied(found).items()} == {
        "It has 42 locks, of which three are worked by hand [2]–[4].": ["Author 2", "Author 3", "Author 4"],
        "Trade fell after 1860 [5, p. 33].": ["Author 5"],
        "The rest is disputed by everybody [see 1, pp. 4–9].": ["Author 1"],
    }


def test_identifiers_in_prose_are_citations() -> None:
    _, found = plain(
        "Boxes\n\nThe box is told of in doi:10.1234/box.12, in arXiv:2105.12345v2 and a "
        "book (ISBN 978-0-306-40615-7)."
    )
    assert [(one.kind, one.label, one.uri) for one in found.citations] == [
        ("identifier", "doi:10.1234/box.12", "https://doi.org/10.1234/box.12"),
        ("identifier", "arXiv:2105.12345v2", "https://arxiv.org/abs/2105.12345v2"),
        ("identifier", "ISBN 978-0-306-40615-7", ""),
    ]
    assert found.citations[2].entry.isbn == "9780306406157"
    # They are no numbers and no words of the claim.
    assert not [word for word in ("10.1234", "2105", "0306") if word in found.spoken]
    assert len(found.ties) == 3


def test_a_short_quotation_stays_in_its_sentence() -> None:
    extraction, found = html(
        "<article><p>The board spoke of <q cite='https://minutes.example/1971'>an act of "
        "God</q> in its minutes of "
        "that year, and of nothing else.</p></article>"
    )
    sentence = "The board spoke of “an act of God” in its minutes of that year, and of nothing else."
    assert extraction.body == sentence
    assert tied(found) == {sentence: ["https://minutes.example/1971"]}


@pytest.mark.parametrize("heading", ["Πηγές", "Fonts", "Allikad", "Šaltiniai", "Крыніцы", "წყაროები"])
def test_a_list_is_a_list_in_any_language(heading: str) -> None:
    _, found = plain(
        f"Turm\n\nEr wurde im Jahr 1890 von der Stadt gebaut.\n\n{heading}\nOne title\nAnother title\n"
    )
    assert [one.label for one in found.citations] == ["One title", "Another title"]


@pytest.mark.parametrize(
    ("line", "labels"),
    [
        ("A crane; Its harbour; https://b.example/x", ["A crane", "Its harbour", "https://b.example/x"]),
        ("Berg, A.; Lie, B. (2015). On cranes.", ["Berg, A.; Lie, B. (2015). On cranes."]),
    ],
)  # fmt: skip
def test_a_list_in_a_single_line(line: str, labels: list[str]) -> None:
    _, found = plain(f"The crane\n\nIt fell in a great storm in 1971.\n\nSources:\n{line}\n")
    assert [one.label for one in found.citations] == labels


STORY = "<h1>Crane</h1><p>The crane was built in 1931 and fell in a storm in January 1971, they say.</p>"


def test_links_in_one_line_of_sources_are_entries_each() -> None:
    _, found = html(
        f"<article>{STORY}<p>Sources: <a href='https://a.example/r'>Report, 1971</a>, <a href='https://b.example/'>"
        "BBC News</a>, Reuters</p></article>"
    )
    assert [(one.label, one.uri) for one in found.citations] == [
        ("Report, 1971", "https://a.example/r"),
        ("BBC News", "https://b.example/"),
        ("Reuters", ""),
    ]


def test_rows_of_a_table_are_entries_once_with_their_numbers() -> None:
    _, found = html(
        f"<article>{STORY}<h2>Sources</h2><table><tr><td>1</td><td><a href='https://a.example/'>Annual report"
        "</a></td></tr><tr><td>2</td><td>History of the harbour</td></tr></table></article>"
    )
    assert [(one.mark, one.label) for one in found.citations] == [
        ("[1]", "Annual report"),
        ("[2]", "History of the harbour"),
    ]


def test_every_numbered_note_of_a_wiki_is_a_citation_and_groups_are_marked_by_words() -> None:
    _, found = html(
        "<article><h1>Kran</h1><p>Der Kran wurde 1931 gebaut.<sup><a href='#cite_note-1'>[1]</a>"
        "</sup> Er fiel im Januar 1971 um.<sup><a href='#cite_note-2'>[A 1]</a></sup></p>"
        "<h2>Anmerkungen</h2><ol><li id='cite_note-2'><a href='#cite_ref-2'>↑</a> Lie am 4. Januar, S. 12."
        "</li></ol><h2>Einzelnachweise</h2><ol><li id='cite_note-1'><a href='#cite_ref-1'>↑</a> Berg: Kräne."
        "</li></ol></article>"
    )
    assert tied(found) == {
        "Der Kran wurde 1931 gebaut.": ["Berg: Kräne."],
        "Er fiel im Januar 1971 um.": ["Lie am 4. Januar, S. 12."],
    }


def test_sentences_end_as_in_the_language_of_a_text_that_states_none() -> None:
    german = "Er fiel am 3. Januar 1971 im 40. Jahr nach dem Bau um."
    _, found = plain(
        f"Der Kran\n\nDer Kran von Halden wurde von der Stadt gebaut und stand auf dem Kai. "
        f"{german} Die Stadt "
        "und der Hafen waren nicht mit dem Wind auf der See und der Flut bekannt.\n"
    )
    assert german in [claim.passage.exact for claim in found.claims]


def test_a_short_sentence_that_cites_is_a_claim() -> None:
    _, found = plain(
        "Bees\n\nMiller found that they do so in the dark. Others doubt it (Lie 2017). Bees sleep (Moe 2010)."
        "\n\nReferences\n\n"
        "Lie, B. (2017). Bees in space. Houston: Rocket.\nMoe, K. (2010). Walls for bees. Oslo: Fjord.\n"
    )
    assert tied(found) == {
        "Others doubt it (Lie 2017).": ["Lie, B. (2017). Bees in space. Houston: Rocket."],
        "Bees sleep (Moe 2010).": ["Moe, K. (2010). Walls for bees. Oslo: Fjord."],
    }


def test_every_article_of_linked_data_says_what_it_cites() -> None:
    _, found = html(
        '<script type="application/ld+json">{"@type": "WebPage", "name": "T"}</script>'
        '<script type="application/ld+json">{"@type": "NewsArticle", "name": "T", "mainEntityOfPage": "x"}'
        '</script><script type="application/ld+json">{"@type": "Article", "citation": {"@id": "https://id.example/x",'
        ' "@type": "CreativeWork", "headline": "By its id"}}</script>'
        '<meta name="citation_reference" content="citation_title=Dark; boxes;citation_year=2018;'
        'citation_fulltext_html_url=https://dark.example/boxes">'
        "<article><p>Bees see the walls of a box and fly around them in the light.</p></article>"
    )
    assert {one.label: one.uri for one in found.citations} == {
        "By its id": "https://id.example/x",
        "(2018). Dark; boxes": "https://dark.example/boxes",
    }


def test_who_is_named_below_a_quotation_is_its_source() -> None:
    _, found = html(
        "<article><blockquote><p>The crane shall stand for a hundred years.</p><footer>Ole Berg, <cite>"
        "<a href='https://speech.example/1931'>Speech at the opening</a></cite></footer></blockquote>"
        "<p>It fell in 1971 in a great storm that came from the sea.</p></article>"
    )
    assert tied(found) == {"The crane shall stand for a hundred years.": ["Speech at the opening"]}


RANGES = (
    "<article><h1>T</h1><p>The minister resigned on Monday after a week [<a href='#B1'>1</a>–<a href='#B3'>"
    "3</a>]. He had said so.<sup><a href='#B2'>2</a>,<a href='#B3'>3</a></sup></p><h2>References</h2><ul>"
    "<li id='B1'>1. Berg A. Cranes. 2001.</li><li id='B2'>2. Lie B. Storms. 2002.</li><li id='B3'>3. Moe C. "
    "Walls. 2003.</li></ul></article>"
)


def test_a_range_whose_ends_are_links_names_all_between_and_marks_are_no_words() -> None:
    _, found = html(RANGES)
    berg, lie, moe = "Berg A. Cranes. 2001.", "Lie B. Storms. 2002.", "Moe C. Walls. 2003."
    assert {words: sorted(labels) for words, labels in tied(found).items()} == {
        "The minister resigned on Monday after a week [1–3].": [berg, lie, moe],
        "He had said so.": [lie, moe],
    }


def test_a_list_at_the_end_needs_no_heading_where_marks_name_its_numbers() -> None:
    text = "Talks\n\nThe minister resigned on Monday [1]. He had said so before [2].\n\n"
    _, found = plain(f"{text}[1] https://berg.example/cranes\n[2]: Lie, B. Storms. 2002.\n")
    assert tied(found) == {
        "The minister resigned on Monday [1].": ["https://berg.example/cranes"],
        "He had said so before [2].": ["Lie, B. Storms. 2002."],
    }
    _, found = plain(
        "Talks\n\nThe minister resigned on Monday.\n\n[1] He had said so.\n[2] He said it twice.\n"
    )
    assert found.citations == ()
