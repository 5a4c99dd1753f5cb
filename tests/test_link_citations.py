"""Links that cite, told from the furniture of a page: one made page for each rule."""

import pytest

from tests.made_articles import html

TEXT = "The harbour was closed for three days after the storm had passed over the county."
PARAGRAPH = f"<p>{TEXT}</p>"


def cited(inner: str, frame: str = "") -> list[str]:
    article = f"<h1>The harbour of Halden</h1>{PARAGRAPH * 3}{inner}{PARAGRAPH * 3}"
    _, found = html(f"<div class='{frame}'><article>{article}</article></div>")
    return [citation.uri for citation in found.citations]


@pytest.mark.parametrize("frame", ["l-sidebar-fixed", "pagination-first", "social-scroll", "related-topics"])
def test_a_frame_with_the_whole_article_in_it_is_no_furniture(frame: str) -> None:
    link = '<p>The mayor, <a href="https://other.example/report">a report said</a>, had known of it all.</p>'
    assert cited(link, frame) == ["https://other.example/report"]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/players/1273188/maurice-berg/">Maurice Berg</a>',
        '<a href="/nfl/teams-of-it/halden-browns/">Browns</a>',
        '<a href="/tag_lieu/espagne_640/">the country in the south</a>',
        '<a href="/politik">Politik</a>',
        '<a href="/tagi/gospodarka">the economy of it</a>',
        '<a href="https://twitter.com/hashtag/Storm?src=hash">#Storm</a>',
        '<a href="https://twitter.com/mayor?lang=en">the mayor</a>',
        '<a href="https://creativecommons.org/licenses/by/4.0/">a free licence</a>',
        '<a href="https://deals.paper.example/cranes">the cheapest crane</a>',
        '<a href="https://seller.example/shop/us/d/crane-12">a crane of your own</a>',
        '<a href="https://seller.example/crane?affid=12">a crane of your own</a>',
        '<a href="/advertising-policy/">what we say of advertisements</a>',
    ],
)
def test_indexes_shops_and_licences_are_no_sources(link: str) -> None:
    assert cited(f"<p>There was more to see of it with {link} in the town by the sea on Monday.</p>") == []


@pytest.mark.parametrize(
    "paragraph",
    [
        'Written by: <a href="https://other.example/people/ada-berg">Ada Berg of the other paper</a>',
        'Follow <a href="https://other.example/news">the news of the other paper</a> on every day.',
        '<a href="https://other.example/quiz">Get the quiz for everybody</a> and see what it says of you.',
    ],
)
def test_bylines_and_calls_are_no_sources(paragraph: str) -> None:
    assert cited(f"<p>{paragraph}</p>") == []


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://other.example/2019/wall">shared messages of support</a>',
        '<a href="https://other.example/book">comments</a>',
        '<a href="https://www.youtube.com/watch?v=A3AdN7U24iU">told an audience</a>',
        '<a href="/2018/10/crane-of-maurice-berg">Maurice Berg</a>',
        '<a href="/gone">published two years ago</a>',
    ],
)
def test_words_of_furniture_inside_a_sentence_are_words(link: str) -> None:
    assert len(cited(f"<p>Many of those who live in the town {link} on the day after the storm.</p>")) == 1


def test_two_addresses_stuck_together_are_two_addresses() -> None:
    written = "https://other.example/a.pdfhttps://other.example/a.pdf"
    kept = "https://web.archive.org/web/2019/https://other.example/a.pdf"
    assert cited(f"<p>They stand at {written} and at {kept} as of this morning.</p>") == [
        "https://other.example/a.pdf", kept,
    ]  # fmt: skip


def test_see_also_names_a_source_on_another_site_and_a_teaser_on_ones_own() -> None:
    inner = (
        '<p>See also <a href="https://other.example/second">the second report</a>, which names more.</p>'
        '<p>The first said so (see also <a href="https://other.example/third">the third</a>).</p>'
        '<p>See also: <a href="/2025/storm-in-moss">Another crane fell in the storm of Moss</a></p>'
    )
    assert cited(inner) == ["https://other.example/second", "https://other.example/third"]


def test_a_link_in_words_that_claim_nothing_is_tied_to_no_claim_of_another_paragraph() -> None:
    inner = '<p>See also <a href="https://other.example/second">the second report</a>, which names more.</p>'
    _, found = html(f"<article><h1>The harbour</h1>{PARAGRAPH * 3}{inner}{PARAGRAPH * 3}</article>")
    assert len(found.citations) == 1
    assert found.ties == ()


def test_a_glossary_is_told_by_the_company_of_its_pages() -> None:
    inner = (
        '<p>The <a href="/td/wine/">wine</a> of the <a href="/td/vintner/">vintner</a> from '
        '<a href="/td/lake-country/">the lake country</a> was <a href="/td/red/">dark and heavy</a> then, '
        'and <a href="/2019/wine-that-froze">a story of the year before</a> said the same.</p>'
    )
    assert cited(inner) == ["https://paper.example/2019/wine-that-froze"]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/markets/index?symbol=.DJI">.DJI</a>',
        '<a href="https://other.example/veranstaltung/anmeldung/?no_cache=1">the day of the harbour</a>',
        '<a href="https://seller.example/crane?partner_id=blog">a crane of your own</a>',
    ],
)
def test_quotes_forms_and_partners_shops_are_no_sources(link: str) -> None:
    assert cited(f"<p>There was more to see of it with {link} in the town by the sea on Monday.</p>") == []


@pytest.mark.parametrize(
    "inner",
    [
        '<p>See more: <a href="/2025/storm-in-moss">Another crane fell in the storm of Moss</a></p>',
        '<p>On this day – <a href="/2025/moss">Another crane fell in the storm of Moss</a> [VIDEO]</p>',
        '<p>Anna Berg <a href="/2025/moss">Another crane fell in Moss</a> '
        '<a href="/2025/quay">The quay of Halden sinks</a> MORE is the mayor of the town by the sea.</p>',
        '<p>A calendar of it <a href="https://media.paper.example/all?utm_source=x">for you</a> alone.</p>',
        '<p>It stands in the paper <a href="https://abo.paper.example/try">of the whole week</a> now.</p>',
        '<p><a href="https://other.example/">other.example</a></p>',
        '<p>Featured image: <a href="https://other.example/people/ada">Ada Berg</a> via Flickr</p>',
        '<p>A crane of <a href="https://unsplash.com/photos/4LunKr1g">the harbour</a> in the rain.</p>',
        '<p>© <a href="https://other.example/ada">Ada Berg, the other paper</a>, who wrote it first.</p>',
        '<p>Originally published on <a href="https://other.example/2019/wall">the other paper</a>.</p>',
        '<p><a href="https://other.example/c">THE CRANE OF HALDEN FALLS AT LAST</a></p>',
        '<p>It is out! <a href="https://other.example/kalender">Jetzt keine Termine mehr verpassen!</a></p>',
        '<p>Home » <a href="/storms">All storms of the county</a> » The harbour</p>',
        '<p>Much of it is kept in <a href="/diy/">our DIY corner</a> for the people of the town.</p>',
        '<p>The goal of <a href="https://other.example/players/302741/myles-berg">Berg</a> was the last.</p>',
        '<p>See it now: <a href="https://apple.sjv.io/c/159047/435031?u=x">the crane</a></p>',
        '<p><a href="https://www.paper.co.example/crane">How likely is it that the crane falls?</a></p>',
        '<p>All are welcome, if they only <a href="http://anmeldung.halden.example/">say so</a> soon.</p>',
        '<p>Contact Dear Ada at <a href="https://dearada.example/">www.DearAda.example</a> or by mail.</p>',
        '<p>To know more of it <a href="https://other.example/map">download the map of Halden</a> now.</p>',
        "<p>The service of the town answers at http://localhost:7500/api/v1 and nowhere else at all.</p>",
        '<p>The strike of the <a href="/salaries-a5127531">salaries</a> goes on in the town by the sea.</p>',
        '<p><a href="/2024/crane">The crane of Halden has fallen</a> - October 24, 2020</p>',
        '<p>The author is a teacher and on the board of <a href="https://other.example/u">the union</a>.</p>',
        '<p>Ada Berg is a senior staff writer with <a href="https://other.example/">the other paper</a>.</p>',
        '<p>Die aktuelle Ausgabe gibt es am Kiosk, im Abo und <a href="https://other.example/k">hier</a>.</p>',
        '<p>MIRA | <a href="/2024/crane">The crane of Halden has fallen into the sea</a></p>',
        '<p>It stands under <a href="/list.php?cat=19">all of the storms</a> of the year before it.</p>',
        '<p>The flour is <a href="https://www.halden-shop.example/flour/">a good one</a> for it.</p>',
        '<p>It costs <a href="https://go.seller.example/?id=9&url=https%3A%2F%2Fcranes.example%2F1">599</a>.</p>',
        '<p>The moon helps. Also here: <a href="/2024/moon">The boldest of all signs of the sky</a></p>',
        "<p>The code is had by git clone https://code.example/cranes/halden.git and built by hand.</p>",
        '<p>You find us on <a href="https://www.pinterest.de/halden/">Pinterest</a> on every day.</p>',
    ],
)
def test_teasers_rows_offers_credits_and_shouts_are_no_sources(inner: str) -> None:
    assert cited(inner) == []


@pytest.mark.parametrize(
    "inner",
    [
        '<p>The source: <a href="https://other.example/crane">the crane of Halden, a history of it</a></p>',
        '<p>The tool is at <a href="https://crates.example/">crates.example</a> and serves all who ask.</p>',
        '<p>More of it for the county is to be had <a href="https://other.example/rules">of it</a>.</p>',
        '<p>It said so <a href="/newsletters/harbour-future-7120a6cf.html">in a letter</a> to all.</p>',
        '<p>It came <a href="/thema/crane-of-halden-falls-at-last/497039969">in the year before</a>.</p>',
        "<div>The paper said that it will <a href='/2019/crane-to-go'>take away the whole of the crane</a>"
        ", including its wheels.</div>",
        '<p>The crane was <a href="/news/crane-3080-sold-out">sold out</a> on the day after the storm.</p>',
        '<p>As <a href="https://www.google.com/url?q=https%3A%2F%2Fother.example%2Fa">a report</a> said.</p>',
        '<p>They keep it <a href="https://other.example/2019/a?utm_source=paper">on its pages</a> still.</p>',
    ],
)
def test_what_looks_like_them_and_cites_is_found(inner: str) -> None:
    assert len(cited(inner)) == 1


def test_a_bare_host_is_a_name_and_a_bare_address_a_source() -> None:
    inner = (
        "<p>They sell it under www.crane.example and tell of it at https://crane.example/about-it/42 too.</p>"
        "<p>More storm news: https://news.example/storm</p>"
        '<p>[button link="https://crane.example/send-yours/"] Send us your crane[/button]</p>'
    )
    assert cited(inner) == ["https://crane.example/about-it/42"]


def test_a_template_and_the_page_s_own_doi_are_no_sources() -> None:
    inner = "<p>It is asked for at https://other.example/search?q={query} by the script of the town.</p>"
    assert cited(inner) == []
    own = '<p>DOI: <a href="https://doi.org/10.1000/x-026-z">10.1000/x-026-z</a> of the harbour.</p>'
    page = f"<article><h1>The harbour</h1>{PARAGRAPH * 3}{own}{PARAGRAPH * 3}</article>"
    _, found = html(page, "https://journal.example/article/10.1000/x-026-z")
    assert [citation.uri for citation in found.citations] == []


def test_a_source_in_one_line_leads_where_its_link_leads() -> None:
    inner = '<h2>Halden</h2><p>Quelle: <a href="https://other.example/rules#now">Landkreis Halden</a></p>'
    assert cited(inner) == ["https://other.example/rules#now"]


def test_an_account_in_the_frame_of_a_network_is_no_quotation() -> None:
    account = '<blockquote cite="https://www.facebook.com/HaldenPaper/"><p>Halden Paper</p></blockquote>'
    assert cited(account) == []


def test_a_citation_of_linked_data_may_hold_escaped_markup() -> None:
    said = "CranesDesk. &quot;&lt;a href=&quot;https://cranes.example/a&quot;&gt;A crane&lt;/a&gt;.&quot;"
    data = f'<script type="application/ld+json">{{"@type": "Article", "citation": ["{said}"]}}</script>'
    _, found = html(f"{data}<article><h1>The harbour</h1>{PARAGRAPH * 6}</article>")
    assert [(c.label, c.uri) for c in found.citations] == [
        ('CranesDesk. "A crane."', "https://cranes.example/a")
    ]
