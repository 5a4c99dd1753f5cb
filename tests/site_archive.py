"""A small archive on disk, whole, for the site: an article about a harbour wall, and what it cites.

Written as the program writes it, through the profile's Log and the fold, with everything that pages must
bear: words that are markup, two directions of writing, a moved and a lost source, a person's copy.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from archive.anchor import describe
from archive.index.write import fold_names
from archive.model import (
    Bibliographic,
    Candidate,
    Citation,
    Claim,
    ClaimOutcome,
    Document,
    Evidence,
    Exchange,
    Failure,
    Heading,
    Metadata,
    PageDate,
    Provenance,
    Reading,
    Resolution,
    Restriction,
    Signals,
    Snapshot,
    SourceText,
    Step,
    Text,
    Verdict,
)
from archive.store import Store
from archive.warc.profile import Info, Log
from tests.site_story import ARTICLE, BUDGET, FINDINGS, HARBOUR, HARBOUR_LATER, HOSTILE, PORT, Finding

MACHINE = "pincite 0.1"
METHOD = "pincite-lexical 1"


@dataclass(frozen=True, slots=True)
class Archive:
    """The archive, and what is in it by the names that tests use."""

    folder: Path
    snapshots: dict[str, Snapshot]
    texts: dict[str, Text]
    citations: dict[str, Citation]
    reading: Reading
    failure: Failure

    @property
    def index(self) -> Path:
        return self.folder / "archive.db"


def clock() -> Iterator[str]:
    """A second a record, from the morning of the capture on."""
    for second in count():
        yield f"2026-11-22T09:{second // 60:02}:{second % 60:02}Z"


@dataclass(slots=True)
class Scribe:
    """Writes one WARC file of the archive."""

    log: Log
    times: Iterator[str]

    def page(
        self, uri: str, body: bytes, *head: str, status: str = "200 OK", ip: str = "192.0.2.7"
    ) -> Snapshot:
        fields = "\r\n".join((f"HTTP/1.1 {status}", *head, f"Content-Length: {len(body)}"))
        response = io.BytesIO(f"{fields}\r\n\r\n".encode() + body)
        proof = Provenance("page", "TLSv1.3", "TLS_AES_256_GCM_SHA384", (CERTIFICATE,), (ip,), "allowed")
        request = f"GET {uri} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
        return self.log.exchange(Exchange(uri, next(self.times), request, response, ip, ("http/1.1",), proof))

    def text(self, page: Snapshot, body: str, metadata: Metadata, **more: object) -> Text:
        return self.log.text(Text(page.id, "trafilatura 2.3.1", body, metadata, **more), page)  # type: ignore[arg-type]


CERTIFICATE = "-----BEGIN CERTIFICATE-----\nQ2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n"
HTML = "Content-Type: text/html; charset=utf-8"


def build(folder: Path, restrict: tuple[str, ...] = (), revisited: bool = False) -> Archive:
    """Write the archive into a folder.

    ``restrict``: names of snapshots that must not be shown; ``revisited``: with a later visit to a source.
    """
    times = clock()
    store = Store(str(folder))
    info = Info(software="pincite/0.1 test", operator="Harbour Library")
    scribe = Scribe(Log(store.temp(), lambda: next(times), info), times)
    snapshots = captured(scribe)
    texts = read_texts(scribe, snapshots)
    failure = scribe.log.failure(
        Failure("https://gone.example/quay", next(times), "dns", "no such host: gone.example")
    )
    citations = cited(texts["article"])
    resolved(scribe, citations, snapshots, failure)
    reading = scribe.log.reading(read_article(texts, snapshots, citations))
    judged(scribe, reading)
    if revisited:
        visited_again(scribe, snapshots, texts)
    for name in restrict:
        why = "a court order of 2026-12-01"
        scribe.log.statement(Restriction("Counsel", next(times), snapshot=snapshots[name].id, reason=why))
    sealed = scribe.log.seal()
    store.put(sealed.path, sealed.name)
    fold_names(store, folder / "archive.db", [sealed.name], "2026-12-01T00:00:00Z")
    placed = {key: replace(one, place=replace(one.place, file=sealed.name)) for key, one in snapshots.items()}
    return Archive(folder, placed, texts, citations, reading, failure)


def captured(scribe: Scribe) -> dict[str, Snapshot]:
    """Visits: the article, four sources, one moved, one gone, one a person's copy."""
    page = scribe.page
    port, pdf = "https://port.example/wall-report.pdf", b"%PDF-1.7\n%report"
    report = Document(port, next(scribe.times), "application/pdf", pdf, "wall-report.pdf", "M. Keeper")
    target = "https://council.example/budget-2026"
    return {
        "article": page(
            "https://courier.example/2026/wall?a=1&b=2", b"<html><title>Wall</title></html>", HTML
        ),
        "harbour": page("https://harbour.example/history", b"<html>harbour</html>", HTML),
        "moved": page("http://council.example/budget", b"", f"Location: {target}", status="301 Moved"),
        "budget": page(target, b"\x1f\x8bnot really", HTML, "Content-Encoding: gzip"),
        "lost": page(
            "https://radio.example/interview", b"<html>Not found</html>", HTML, status="404 Not Found"
        ),
        "hostile": page("https://münchen.example/<i>x</i>", b"<script>alert(1)</script>", HTML),
        "port": scribe.log.document(report),
    }


def read_texts(scribe: Scribe, snapshots: dict[str, Snapshot]) -> dict[str, Text]:
    """Texts of record, with what each page says of itself."""

    headings = tuple(Heading(ARTICLE.index(line), 2) for line in ("The storm", "The bill", "What is left"))
    text = scribe.text
    return {
        "article": text(snapshots["article"], ARTICLE, STORY, headings=headings, share=0.93),
        "harbour": text(snapshots["harbour"], HARBOUR, Metadata("A short history of Saltmouth harbour")),
        "budget": text(snapshots["budget"], BUDGET, LEDGER),
        "hostile": text(
            snapshots["hostile"], HOSTILE, Metadata("<b>Bold</b> & \u202eesrever", ("<i>Eve</i>",))
        ),
        "port": text(snapshots["port"], PORT, Metadata("Condition of the wall"), pages=("i", "1", "2")),
    }


def visited_again(scribe: Scribe, snapshots: dict[str, Snapshot], texts: dict[str, Text]) -> None:
    """A source that was edited since, and one more hop before the page that has moved."""
    snapshots["later"] = scribe.page(snapshots["harbour"].uri, b"<html>harbour, later</html>", HTML)
    texts["later"] = scribe.text(snapshots["later"], HARBOUR_LATER, texts["harbour"].metadata)
    moved = f"Location: {snapshots['moved'].uri}"
    snapshots["first-hop"] = scribe.page("http://council.example/b", b"", moved, status="302 Found")


STORY = Metadata(
    "What the harbour wall cost, and who paid",
    ("Ines Ferreira", "Tom Baker"),
    PageDate("14 January 2026", "2026-01-14", "json-ld"),
    "The Courier",
    "en",
    "All rights reserved",
)
LEDGER = Metadata("Budget 2026", (), PageDate("February 2026", "2026-02", "meta"), "Saltmouth Council", "en")


def cited(article: Text) -> dict[str, Citation]:
    """What the article points to, by the names of its sources."""

    of = article.id

    def link(label: str, uri: str, words: str | None = None) -> Citation:
        span = _span(ARTICLE, words) if words else (None, None)
        return Citation(of, label, uri, start=span[0], end=span[1])

    def entry(mark: str, label: str, **read: object) -> Citation:
        said = Bibliographic(**read)  # type: ignore[arg-type]
        return Citation(of, label, kind="list", mark=mark, heading="Sources", entry=said)

    return {
        "harbour": link("the harbour's own history", "https://harbour.example/history", "its own history"),
        "budget": link("the budget", "http://council.example/budget", "the budget"),
        "lost": link("an interview", "https://radio.example/interview"),
        "gone": link("photographs", "https://gone.example/quay"),
        "hostile": link("<img src=x onerror=alert(1)>", "https://münchen.example/<i>x</i>"),
        "port": entry("[4]", "Condition of the wall, Port Authority"),
        "none": entry("[5]", "The Wall and the Sea", title="The Wall and the Sea", date="1931"),
    }


def resolved(
    scribe: Scribe, citations: dict[str, Citation], snapshots: dict[str, Snapshot], failure: Failure
) -> None:
    """Where each citation leads, or why nowhere."""

    def told(name: str, **said: object) -> None:
        given = {"creator": MACHINE, "created": next(scribe.times), "person": False, **said}
        scribe.log.statement(Resolution(citation=citations[name].id, **given))  # type: ignore[arg-type]

    for name, target in (
        ("harbour", "harbour"),
        ("budget", "moved"),
        ("hostile", "hostile"),
        ("port", "port"),
    ):
        page = snapshots[target]
        told(name, state="resolved", method="link", uri=page.uri, snapshot=page.id)
    lost = snapshots["lost"]
    told("lost", state="failed", method="link", uri=lost.uri, snapshot=lost.id, reason="http-404")
    told("gone", state="failed", method="link", uri=failure.uri, failure=failure.id, reason="dns")
    near = Candidate("https://wiki.example/Sea_wall", "Sea wall", 0.61)
    step = Step("mediawiki search", "The Wall and the Sea", "3 pages, none with this title")
    said = {"reason": "no such title", "steps": (step,), "candidates": (near,)}
    told("none", state="unresolved", method="mediawiki", **said)


def read_article(
    texts: dict[str, Text], snapshots: dict[str, Snapshot], citations: dict[str, Citation]
) -> Reading:
    """All findings, from the table of the story."""
    article = texts["article"]

    def named(key: str) -> SourceText:
        page = snapshots[key]
        return SourceText(texts[key].id, page.id, page.uri, page.date, page.digest)

    claims = [Claim(article.id, describe(ARTICLE, *_span(ARTICLE, one.claim))) for one in FINDINGS]
    pairs = list(zip(claims, FINDINGS, strict=True))
    return Reading(
        article=named("article"),
        method=METHOD,
        creator=MACHINE,
        created="2026-11-22T10:00:00Z",
        claims=tuple(claims),
        outcomes=tuple(
            ClaimOutcome(claim.id, one.outcome, tuple(citations[key].id for key in one.cited))
            for claim, one in pairs
        ),
        citations=tuple(citations.values()),
        evidence=tuple(piece for claim, one in pairs for piece in _evidence(claim, one, texts, citations)),
        sources=tuple(named(key) for key in texts if key != "article"),
    )


def _evidence(
    claim: Claim, finding: Finding, texts: dict[str, Text], citations: dict[str, Citation]
) -> Iterator[Evidence]:
    for rank, (key, words, signals) in enumerate(finding.passages, start=1):
        source = texts[key]
        yield Evidence(
            claim=claim.id,
            text=source.id,
            passage=describe(source.body, *_span(source.body, words)),
            method=METHOD,
            citation=citations[key].id,
            tied="author" if key in finding.cited else "article",
            how="quoted" if signals.quoted else "matched",
            rank=rank,
            score=0.9 - rank / 10,
            signals=Signals(cover=0.8, **signals.as_fields()),  # type: ignore[arg-type]
        )


def _span(body: str, words: str) -> tuple[int, int]:
    start = body.index(words)
    return start, start + len(words)


def judged(scribe: Scribe, reading: Reading) -> None:
    """Two people's verdicts on the first passage."""
    first = reading.evidence[0]
    judged_in_full = {"subject": first.id, "claim": first.claim, "text": first.text, "passage": first.passage}
    for person, word, note in (
        ("Ada", "supports", None),
        ("<b>Ben</b>", "partly", "The year is <i>another</i>."),
    ):
        said = {"creator": person, "created": next(scribe.times), "verdict": word, "note": note}
        scribe.log.statement(Verdict(**judged_in_full, **said))  # type: ignore[arg-type]
