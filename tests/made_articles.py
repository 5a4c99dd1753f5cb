"""Articles made for tests of citations: read from plain text, Markdown or HTML, every offset checked."""

from archive.model import Citation
from ingest.citations import Findings, read_article
from ingest.extract import Extraction, Page, extract

TEXT = "t" * 16


def read(page: Page) -> tuple[Extraction, Findings]:
    extraction = extract(page)
    assert extraction.reason is None
    found = read_article(TEXT, extraction.body, extraction.headings, extraction.links)
    check_offsets(extraction.body, found)
    return extraction, found


def check_offsets(body: str, found: Findings) -> None:
    for claim in found.claims:
        assert body[claim.passage.start : claim.passage.end] == claim.passage.exact
        assert claim.text == TEXT
    for citation in found.citations:
        if citation.start is not None:
            assert body[citation.start : citation.end].split() == citation.label.split()
    assert len({citation.id for citation in found.citations}) == len(found.citations)
    known = {claim.id for claim in found.claims}, {citation.id for citation in found.citations}
    assert all(claim in known[0] and citation in known[1] for claim, citation in found.ties)
    assert set(found.sections) <= known[0]


def plain(text: str) -> tuple[Extraction, Findings]:
    return read(Page(text.encode(), "text/plain", None, "ni:///sha-256;x"))


def markdown(text: str) -> tuple[Extraction, Findings]:
    return read(Page(text.encode(), "text/markdown", None, "https://example.org/a.md"))


def html(inner: str, uri: str = "https://paper.example/story") -> tuple[Extraction, Findings]:
    page = f"<html lang=en><head><title>T</title></head><body>{inner}</body></html>"
    return read(Page(page.encode(), "text/html", "utf-8", uri))


def tied(found: Findings) -> dict[str, list[str]]:
    """The words of each claim with the labels of the citations that its author tied to it."""
    labels = {citation.id: citation.label for citation in found.citations}
    exact = {claim.id: claim.passage.exact for claim in found.claims}
    ties: dict[str, list[str]] = {}
    for claim, citation in found.ties:
        ties.setdefault(exact[claim], []).append(labels[citation])
    return ties


def by_label(found: Findings) -> dict[str, Citation]:
    return {citation.label: citation for citation in found.citations}
