"""The life of an archive in a minute: answers of every shape, an ingest, a repetition, what people say.

Every kind of record that the program writes is written, by the program's own rooms, from a small real web.
"""

import gzip
from pathlib import Path

from ingest.capture import Tools
from ingest.pipeline import About, capture, ingest
from ingest.report import ArticleReport
from ingest.settling import Said, settle
from tests.serving import free_port
from tests.story import ARTICLE, INTERVIEW, REPORT, tell
from tests.test_pdf import pdf
from tests.warcs import chunked
from tests.web import Web, answer
from tests.working import chosen

CHUNKED = "Transfer-Encoding: chunked"
SOURCES = """<h2>More</h2>
<p>A list of ships is kept <a href="/ships.pdf">by the harbour office</a> since 1950, and a port that
nobody answers at <a href="{closed}">was once its address</a> on the network.</p>"""


def streamed(body: bytes, *fields: str) -> bytes:
    """An answer in chunks."""
    head = "\r\n".join(("HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8", CHUNKED, *fields))
    return head.encode() + b"\r\n\r\n" + chunked(body[:700], body[700:])


def put(web: Web) -> None:
    """The story, and answers of every shape."""
    tell(web)
    closed = f"http://127.0.0.1:{free_port()}/ledger"
    web.page("/article", ARTICLE.replace("</article>", SOURCES.format(closed=closed) + "</article>"))
    web.raw("/report", streamed(REPORT.encode()))
    packed = streamed(gzip.compress(INTERVIEW.encode(), mtime=0), "Content-Encoding: gzip")
    web.raw("/interview", packed)
    web.raw("/ships.pdf", answer(200, pdf([["A list of ships", "Nine ferries and a tug."]]),
                                 {"Content-Type": "application/pdf"}))  # fmt: skip
    web.page("/style.css", "@import '/more.css'; body { color: black }", "text/css")
    web.page("/more.css", "p { margin: 0 }", "text/css")


def live(held: Tools, web: Web, folder: Path) -> ArticleReport:
    """An ingest, a repetition of a capture, a person's word, and a person's copy of a lost page."""
    (article,) = ingest(held, [web.url("/article")], About(), None).articles
    assert not article.failure
    capture(chosen(held, max_age=held.now() - held.now()), [web.url("/report")], None)
    (lost,) = [citation for citation in article.citations if citation.status == "failed"
               and citation.uri == web.url("/gone")]  # fmt: skip
    copy = folder / "gone.html"
    copy.write_text("<title>Currents</title><p>The currents in the bay run north in winter.</p>", "utf-8")
    (article,) = settle(held, Said(lost.id, str(copy), None, "Eve")).articles
    return article
