"""Every tenth page of the corpus: text for nearly all, close to what people wrote, lawful offsets."""

import unicodedata

import pytest

from benchmarks.extraction import CORPUS, f1, read_gold, read_pages
from ingest.citations import read_article
from ingest.extract import Extraction, Page, extract

pytestmark = pytest.mark.skipif(
    not (CORPUS / "pages.warc.gz").exists(), reason="the corpus of real pages is not beside this checkout"
)
# Measured over all 584 pages: text for every one, mean F1 0.959 (the library alone 0.956).
LEAST_TEXT = 0.95
LEAST_F1 = 0.93


@pytest.fixture(scope="module")
def read() -> list[tuple[Page, Extraction]]:
    return [(page, extract(page)) for page in read_pages(CORPUS)[::10]]


def test_nearly_every_page_has_text(read: list[tuple[Page, Extraction]]) -> None:
    assert sum(1 for _, found in read if found.body) / len(read) >= LEAST_TEXT


def test_the_text_is_what_people_wrote_down(read: list[tuple[Page, Extraction]]) -> None:
    gold = read_gold(CORPUS)
    scores = [f1(found.body, str(row["body"])) for page, found in read if (row := gold[page.uri]).get("body")]
    assert len(scores) > 10
    assert sum(scores) / len(scores) >= LEAST_F1


def test_every_offset_of_real_pages_holds(read: list[tuple[Page, Extraction]]) -> None:
    for page, extraction in read:
        body = extraction.body
        assert unicodedata.is_normalized("NFC", body)
        found = read_article("t" * 16, body, extraction.headings, extraction.links)
        assert all(body[c.passage.start : c.passage.end] == c.passage.exact for c in found.claims), page.uri
        for citation in found.citations:
            if citation.start is not None:
                held = "".join(body[citation.start : citation.end].split())
                assert held == "".join(citation.label.split()), page.uri
