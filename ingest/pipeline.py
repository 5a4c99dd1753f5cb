"""The story of one ingest: capture the article, find what it cites, capture that, find the evidence.

1. capture the article, or take a fresh enough snapshot     (capture)
2. find its claims and citations                            (citations)
3. resolve each citation, capture each address once         (leads)
4. find the closest passages                                (reading)
5. write resolutions and reading as one WARC, fold, report
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from archive.errors import NotFound, UsageError
from archive.index import read
from archive.model import Reading, Snapshot, Text, grouped, parse_id
from archive.uri import is_web
from archive.warc.annotation import same_but_created
from ingest import evidence, reading, semantic
from ingest.capture import (
    Captured,
    Tools,
    capture_document,
    capture_uri,
    extract_again,
    fresh,
    index,
    log,
    text_of,
)
from ingest.citations import read_article
from ingest.documents import About, check, load
from ingest.leads import Lead, follow, recalled, unwritten
from ingest.report import ArticleReport, CaptureReport, CapturesReport, FailureReport, IngestReport
from ingest.resolve import read_sources

# Progress is told after so many claims: with twenty sources that is less than a second.
CLAIMS_AT_ONCE = 20

__all__ = ["About", "annotate", "capture", "ingest", "read_again"]


def ingest(held: Tools, sources: Sequence[str], about: About, titles: Path | None) -> IngestReport:
    """Capture articles with all that they cite, and tie their claims to passages."""
    for source in sources:
        check(source, about)
    # What is not installed is said before anything is fetched.
    semantic.chosen(held.settings, held.archive.profile)
    known = read_sources(titles) if titles else {}
    reports = tuple(_ingest_one(held, source, about, known) for source in sources)
    return IngestReport(held.archive.store, reports)


def _ingest_one(held: Tools, source: str, about: About, known: Mapping[str, str]) -> ArticleReport:
    held.say(f"capturing {source}")
    try:
        captured = _capture_source(held, source, about)
    except UsageError as error:
        return _failed(Captured(source, None), FailureReport("unreadable", str(error)))
    failure = _failure(captured)
    if failure or captured.snapshot is None:
        return _failed(captured, failure or FailureReport("unknown", "nothing came back"))
    held.say(f"reading {captured.snapshot.uri}")
    article = _found(held, captured)
    date = article.text.metadata.date
    # A date that the extractor guessed must not choose the revision in which evidence is sought.
    day = date.iso if date and date.rule != "guess" else None
    leads = follow(held, article.findings.citations, known, day)
    return _finished(held, article, leads)


def _capture_source(held: Tools, source: str, about: About) -> Captured:
    if is_web(source):
        return fresh(held, source) or capture_uri(held, source)
    document = load(source, about, held.archive.creator, held.date())
    return capture_document(held, document, about.metadata())


def _failure(captured: Captured) -> FailureReport | None:
    if captured.failure:
        return FailureReport(captured.failure.reason, captured.failure.detail)
    if captured.reason:
        return FailureReport(captured.reason, "an error answer, kept as what it is")
    if captured.text is None or captured.text.reason:
        why = captured.text.reason if captured.text else "its payload lies elsewhere"
        return FailureReport("no-text", f"no text could be made of it: {why}")
    return None


def _failed(captured: Captured, failure: FailureReport) -> ArticleReport:
    snapshot = captured.snapshot.id if captured.snapshot else None
    return ArticleReport(captured.uri, snapshot, None, None, None, 0, 0, failure, ())


def _found(held: Tools, captured: Captured) -> reading.Article:
    """The claims and citations of a captured article, in its text of record."""
    assert captured.snapshot
    text, extraction = captured.text, captured.extraction
    if extraction is None:
        extraction = extract_again(held, captured.snapshot)
    if text is None or text.body != extraction.body:
        text = _new_text(held, captured.snapshot, extraction_text=text_of(captured.snapshot, extraction))
    return reading.Article(
        captured.snapshot, text, read_article(text.id, text.body, text.headings, extraction.links)
    )


def _new_text(held: Tools, snapshot: Snapshot, extraction_text: Text) -> Text:
    """Another extractor's text beside the one of record: old offsets stay where they are."""
    with log(held) as writing:
        return writing.text(extraction_text, snapshot)


def _finished(held: Tools, article: reading.Article, leads: Sequence[Lead]) -> ArticleReport:
    goals = {lead.citation.id: lead.goal() for lead in leads}
    held.say(f"looking for the passages of {len(article.findings.claims)} claims")
    matcher = _matcher(held, len(article.findings.claims))
    with index(held) as connection:
        own = [head for head in read.readings_of(connection, article.snapshot.id) if not head.imported]
        created = held.date_after(head.created for head in own)
        made = reading.make(connection, article, goals, created, matcher)
        newest = _newest(connection, article.snapshot)
    resolutions = unwritten(held, leads, created)
    said = newest if newest and same_but_created(newest, made) else None
    if resolutions or said is None:
        with log(held) as writing:
            for resolution in resolutions:
                writing.statement(resolution)
            said = said or writing.reading(made)
    return ArticleReport(
        uri=article.snapshot.uri,
        snapshot=article.snapshot.id,
        text=article.text.id,
        title=article.text.metadata.title,
        reading=said.id,
        claims=len(made.claims),
        evidence=len(made.evidence),
        failure=None,
        citations=tuple(lead.report() for lead in leads),
    )


def _matcher(held: Tools, claims: int) -> evidence.Matcher:
    def told(done: int) -> None:
        if done % CLAIMS_AT_ONCE == 0:
            held.say(f"looking for passages: {done:,} of {claims:,} claims")

    return evidence.Matcher(semantic.chosen(held.settings, held.archive.profile), told)


def _newest(connection: read.Connection, article: Snapshot) -> Reading | None:
    found = read.newest_reading(connection, article.id)
    return read.reading(connection, found) if found else None


def capture(held: Tools, sources: Sequence[str], uri: str | None) -> CapturesReport:
    """Capture pages and files without looking for what they cite."""
    about = About(uri=uri)
    for source in sources:
        check(source, about)
    return CapturesReport(held.archive.store, tuple(_capture_one(held, source, about) for source in sources))


def _capture_one(held: Tools, source: str, about: About) -> CaptureReport:
    held.say(f"capturing {source}")
    try:
        captured = _capture_source(held, source, about)
    except UsageError as error:
        gone = FailureReport("unreadable", str(error))
        return CaptureReport(source, None, None, None, "failed", gone)
    failure = None
    if captured.reason:
        failure = _failure(captured)
    snapshot, text = captured.snapshot, captured.text
    return CaptureReport(
        uri=snapshot.uri if snapshot else captured.uri,
        snapshot=snapshot.id if snapshot else None,
        text=text.id if text else None,
        title=text.metadata.title if text else None,
        status="failed" if failure else "unchanged" if captured.unchanged else "captured",
        failure=failure,
    )


def annotate(held: Tools, article: str, latest: bool) -> IngestReport:
    """Read an article again, in the snapshots that its resolutions name (or the newest ones)."""
    snapshot_id = parse_id(article)
    with index(held) as connection:
        snapshot = read.snapshot(connection, snapshot_id)
    if snapshot is None:
        raise NotFound(f"{grouped(snapshot_id)} is no snapshot in this archive; annotate takes an article's")
    return IngestReport(held.archive.store, (read_again(held, snapshot, latest),))


def read_again(held: Tools, snapshot: Snapshot, latest: bool) -> ArticleReport:
    """A new reading of a captured article, without asking or fetching anything."""
    with index(held) as connection:
        text = read.text_in_use(connection, snapshot.id)
    article = _found(held, Captured(snapshot.uri, snapshot, text))
    return _finished(held, article, recalled(held, article, latest))
