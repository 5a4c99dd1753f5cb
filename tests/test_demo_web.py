"""The demo's web is what its article says of it: one source moved, one lost, one PDF, one without text."""

import re
import urllib.error
import urllib.request

import pypdfium2
from lxml import html

from ingest.demo import paper, web


def fetch(uri: str) -> tuple[int, str, bytes]:
    try:
        with urllib.request.urlopen(uri) as answer:
            return answer.status, answer.url, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.url, error.read()


def linked() -> list[str]:
    """The addresses that the article's own text links to, in its order."""
    article = html.fromstring(web.pages()[web.ARTICLE].body).find(".//article")
    assert article is not None
    found = [str(a.get("href")) for a in article.iter("a") if a.get("rel") != "author"]
    return [address for address in dict.fromkeys(found) if not address.startswith("#")]


def test_every_link_of_the_article_is_what_the_demo_promises() -> None:
    with web.running() as address:
        answers = {path: fetch(address + path) for path in linked()}
    assert {path for path, (status, _, _) in answers.items() if status != 200} == {web.LOST}
    assert answers[web.LOST][0] == 404
    assert answers["/radio/falk"][1].endswith(web.MOVED["/radio/falk"])
    assert len(answers) == 6


def test_requisites_of_the_pages_are_there() -> None:
    tree = html.fromstring(web.pages()[web.ARTICLE].body)
    asked = {tag.get("src") or tag.get("href") for tag in tree.iter("img", "link")}
    asked.update(re.findall(r'url\("([^"]+)"\)', web.pages()["/style.css"].body.decode()))
    assert asked == {"/harbour.svg", "/style.css", "/wave.svg"}
    assert asked <= web.pages().keys()


def test_census_has_text_and_page_labels() -> None:
    document = pypdfium2.PdfDocument(paper.census())
    pages = [page.get_textpage().get_text_range() for page in document]
    assert [document.get_page_label(n) for n in range(len(document))] == ["i", "1", "2"]
    assert "214\r\nstranded birds" in pages[1]
    assert "from 38\r\nin 2019 to 127 in 2023" in pages[2]


def test_scanned_map_shows_something_and_says_nothing() -> None:
    document = pypdfium2.PdfDocument(paper.scanned_map())
    assert document[0].get_textpage().get_text_range() == ""
    drawn = document[0].render(scale=0.2, grayscale=True).buffer
    assert {0, 255} <= set(bytes(drawn))
