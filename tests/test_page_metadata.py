"""What a page says of itself: title, authors, dates by their ladder, and the rest."""

import pytest

from ingest.extract.dates import date_in_address, iso_date
from tests.made_pages import BODY, html

JSON_LD = (
    '<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite"},'
    '{"@type":"NewsArticle","headline":"The headline","datePublished":"2024-03-04T23:30:00-08:00",'
    '"author":[{"@type":"Person","name":"Ada Berg"},{"name":"Bo Moe"}],"publisher":{"name":"The '
    'Paper"}}]}</script>'
)
META = '<meta property="article:published_time" content="2024-03-03">'
TIME = "<article><time itemprop=datePublished datetime=2024-03-02>2 March</time>" + BODY.removeprefix(
    "<article>"
)


@pytest.mark.parametrize(
    ("head", "body", "uri", "date"),
    [
        (JSON_LD + META, TIME, "https://p.example/2024/03/01/x", ("2024-03-04", "json-ld")),
        (META, TIME, "https://p.example/2024/03/01/x", ("2024-03-03", "meta")),
        ("", TIME, "https://p.example/2024/03/01/x", ("2024-03-02", "time")),
        ("", BODY, "https://p.example/2024/03/01/x", ("2024-03-01", "address")),
        ("", BODY + "<p>Published: 28 February 2024</p>", "https://p.example/x", ("2024-02-28", "guess")),
        ("", BODY + "<p>Holm Press. Retrieved 3 May 2020.</p>", "https://p.example/x", None),
        ("<script type='application/ld+json'>{x</script>" + META, BODY, "https://p.example/",
         ("2024-03-03", "meta")),
        ("", f"<aside><time datetime=2020-01-01>x</time></aside>{BODY}", "https://p.example/2024/03/01/x",
         ("2024-03-01", "address")),
    ],
)  # fmt: skip
def test_the_ladder_of_dates(head: str, body: str, uri: str, date: tuple[str, str] | None) -> None:
    found = html(body, head, uri=uri).metadata.date
    assert (found and (found.iso, found.rule)) == date


def test_a_date_is_kept_as_written() -> None:
    found = html(head=JSON_LD).metadata
    assert found.date is not None
    assert found.date.written == "2024-03-04T23:30:00-08:00"
    assert (found.title, found.authors, found.site) == ("The headline", ("Ada Berg", "Bo Moe"), "The Paper")


def test_what_else_a_page_says_of_itself() -> None:
    said = html(
        head='<link rel=canonical href="/c"><meta name=robots content="NoArchive, noindex">'
        "<meta name=citation_doi"
        ' content="doi:10.1000/xyz"><meta name=description content="What it is"><link rel=license'
        ' href="https://licences.example/by"><meta name=citation_author content="Berg, Ada"><meta '
        "name=citation_author"
        ' content="Moe, Bo"><meta property=og:site_name content="Paper">'
    ).metadata
    assert said.canonical == "https://paper.example/c"
    assert said.robots == ("noarchive", "noindex")
    assert said.doi == "10.1000/xyz"
    assert said.description == "What it is"
    assert said.licence == "https://licences.example/by"
    assert said.authors == ("Berg, Ada", "Moe, Bo")
    assert (said.site, said.language) == ("Paper", "en-GB")


def test_hostile_values_are_bounded() -> None:
    said = html(
        head=f'<meta property="og:title" content="{"x" * 100_000}"><link rel=canonical href="javascript:x">'
    ).metadata
    assert said.title is not None
    assert len(said.title) == 500
    assert said.canonical is None


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024-03-05T10:00:00Z", "2024-03-05"), ("20240305T100000", "2024-03-05"),
        ("March 5, 2024", "2024-03-05"),
        ("Tue, 05 Mar 2024 10:00:00 GMT", "2024-03-05"), ("5. März 2024", "2024-03-05"),
        ("05.03.2024", "2024-03-05"),
        ("5 de marzo de 2024", "2024-03-05"), ("2024年3月5日", "2024-03-05"), ("25/03/2024", "2024-03-25"),
        ("03/25/2024", "2024-03-25"), ("03/05/2024", None), ("2024", None), ("yesterday", None),
        ("2024-13-45", None),
        ("", None),
    ],
)  # fmt: skip
def test_dates_as_written(written: str, iso: str | None) -> None:
    assert iso_date(written) == iso


@pytest.mark.parametrize(
    ("uri", "iso"),
    [
        ("https://p.example/2024/03/05/x", "2024-03-05"),
        ("https://p.example/x-2024-03-05.html", "2024-03-05"),
        ("https://p.example/20240305/x", "2024-03-05"), ("https://p.example/2024/x", None),
        ("https://p.example/x?d=2024/03/05", None), ("https://p.example/id/20249999", None),
    ],
)  # fmt: skip
def test_dates_in_addresses(uri: str, iso: str | None) -> None:
    found = date_in_address(uri)
    assert (found[1] if found else None) == iso


def test_the_heading_that_the_title_repeats_is_the_title() -> None:
    said = html(
        f"<h1>The Paper</h1><h1>A crane falls at Halden</h1>{BODY}",
        head='<meta property="og:title" content="A crane falls at Halden - The Paper">',
    ).metadata
    assert said.title == "A crane falls at Halden"
