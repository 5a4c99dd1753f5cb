"""Pages made for tests of extraction: one article and ways to put it into a page."""

from ingest.extract import Extraction, Page, extract

SENTENCE = "The harbour was closed for three days after the storm had passed over the coast."
BODY = (
    f"<article><h1>The crane</h1><p>{SENTENCE}</p><p>{SENTENCE} Again.</p><p>{SENTENCE} Thrice.</p></article>"
)


def page(
    source: str | bytes, uri: str = "https://paper.example/2024/03/05/crane", charset: str | None = None
) -> Page:
    return Page(source.encode() if isinstance(source, str) else source, "text/html", charset, uri)


def html(body: str = BODY, head: str = "", **rest: str) -> Extraction:
    return extract(
        page(f"<html lang=en-GB><head><title>T</title>{head}</head><body>{body}</body></html>", **rest)
    )


def plain(text: str | bytes) -> Extraction:
    payload = text.encode() if isinstance(text, str) else text
    return extract(Page(payload, "text/plain", None, "ni:///sha-256;x"))
