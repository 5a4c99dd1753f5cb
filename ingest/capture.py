"""One visit, one WARC: fetch or read, write, extract, store, fold, acknowledge.

visit -> Log (warcinfo, requests, responses, provenance, text) -> sealed, named by its SHA-256
sealed file -> store and index, in crash order (shelf)
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from importlib.metadata import version

from archive.errors import ExtractionFailed, PinciteError
from archive.index import read, write
from archive.model import Document, Failure, Metadata, Restriction, Snapshot, Text, grouped
from archive.shelf import Shelf
from archive.store import Store
from archive.uri import date_after, same_page, warc_date
from archive.warc.profile import Info, Log
from archive.warc.record import head_of
from ingest.extract import Extraction, Extractor, Page
from ingest.fetch import Fetcher, Policy, Visit
from ingest.noarchive import asks_not_to_be_shown
from ingest.payload import document_page, exchange_page, stored_page
from ingest.settings import SOFTWARE, Archive, Settings, user_agent

GOOD = range(200, 300)
NOT_MODIFIED = 304


def _now() -> datetime:
    return datetime.now(UTC)


def _today() -> str:
    return warc_date(_now())


@dataclass(frozen=True, slots=True)
class Tools:
    """What a run works with."""

    archive: Archive
    settings: Settings
    store: Store
    shelf: Shelf
    fetcher: Fetcher
    extractor: Extractor
    say: Callable[[str], None]
    now: Callable[[], datetime] = _now

    def date(self) -> str:
        """This instant as a WARC-Date."""
        return warc_date(self.now())

    def date_after(self, earlier: Iterable[str]) -> str:
        """This instant, or the second after the latest of these: what comes later must be told from them."""
        return date_after(self.now(), earlier)


@dataclass(frozen=True, slots=True)
class Captured:
    """What came of one visit: the last hop, its text, or why there is none.

    ``extraction`` is there where the text was made just now; ``unchanged`` where nothing new was
    captured, or only a revisit.
    """

    uri: str
    snapshot: Snapshot | None
    text: Text | None = None
    extraction: Extraction | None = None
    failure: Failure | None = None
    unchanged: bool = False

    @property
    def reason(self) -> str | None:
        """Why this is no evidence: the failure's word or ``http-404``; None where it is."""
        if self.failure:
            return self.failure.reason
        return bad_status(self.snapshot) if self.snapshot else "unknown"


def bad_status(snapshot: Snapshot) -> str | None:
    """``http-404`` and the like for an answer that is no evidence, None for a good one."""
    status = snapshot.status
    not_modified = snapshot.record_type == "revisit" and status == NOT_MODIFIED
    return None if status is None or status in GOOD or not_modified else f"http-{status}"


@contextmanager
def tools(archive: Archive, settings: Settings, say: Callable[[str], None]) -> Iterator[Tools]:
    """Everything a writing command works with; folds first what an interrupted one left pending."""
    policy = Policy(
        user_agent=user_agent(archive.profile),
        allow_private=settings.allow_private,
        robots="obey" if settings.obey_robots else "record",
        requisites=settings.requisites,
        ca_file=settings.ca_file,
    )
    with Extractor(os.cpu_count() or 1) as extractor, Fetcher(policy) as fetcher:
        store = Store(archive.store)
        shelf = Shelf(store, archive.index, _today)
        shelf.catch_up(say)
        yield Tools(archive, settings, store, shelf, fetcher, extractor, say)


def prepare(archive: Archive) -> None:
    """An index for an archive that has none yet; one that is there stays as it is."""
    Shelf(Store(archive.store), archive.index, _today).fold([])


def rebuild_index(archive: Archive, store: Store, say: Callable[[str], None]) -> write.FoldReport:
    """The index anew from the WARC files alone."""
    report = write.rebuild(store, archive.index, _today(), say)
    folded = {file.name for file in report.files}
    for name in store.pending():
        if name in folded:
            store.unmark(name)
    return report


def info(held: Tools, imports: str | None, imported_as: str | None) -> Info:
    """What the warcinfo of a file of ours says; of one with derived texts, what they are derived from."""
    profile = held.archive.profile
    return Info(
        software=SOFTWARE,
        operator=profile.operator or None,
        user_agent=user_agent(profile),
        robots="obey" if held.settings.obey_robots else "ignore",
        imports=imports,
        imported_as=imported_as,
        settings=(("libraries", _libraries()),),
    )


@cache
def _libraries() -> str:
    """The versions of what shaped the records, for whoever wonders in twenty years."""
    return ", ".join(f"{name} {version(name)}" for name in ("warcio", "httpcore2", "h11", "trafilatura"))


@contextmanager
def log(held: Tools, imports: str | None = None, imported_as: str | None = None) -> Iterator[Log]:
    """A WARC file to write into: acknowledged when the block ends well, gone when it does not."""
    writing = Log(held.store.temp(), held.date, info(held, imports, imported_as))
    try:
        yield writing
        sealed = writing.seal()
    except BaseException:
        writing.discard()
        raise
    held.shelf.keep(sealed)


@contextmanager
def index(held: Tools) -> Iterator["read.Connection"]:
    """The index to read from, for one thread and one moment."""
    with closing(read.connect(held.archive.index)) as connection:
        yield connection


def fresh(held: Tools, uri: str) -> Captured | None:
    """A good snapshot of an address that is young enough, followed to its last hop, or None."""
    age = held.settings.max_age
    if age is not None and not age:
        return None
    since = "" if age is None else warc_date(held.now() - age)
    with index(held) as connection:
        for found in reversed(read.snapshots_of(connection, uri)):
            if found.date < since:
                break
            here = _counts(found, age is None) and same_page(found.uri, uri)
            last = read.last_hop(connection, found.id) if here else None
            if not last or not _counts(last, age is None) or bad_status(last):
                continue
            if read.payload_of(connection, last.id):
                return Captured(uri, last, read.text_in_use(connection, last.id), unchanged=True)
    return None


def _counts(snapshot: Snapshot, imported: bool) -> bool:
    """A person's copy never stands in for a visit; an imported answer only where that was asked for."""
    return snapshot.origin.kind == "fetched" or (imported and snapshot.origin.kind == "imported")


def capture_uri(held: Tools, uri: str) -> Captured:
    """Visit an address now and keep what came: every hop, the requisites, the failures, the text."""
    with closing(held.fetcher.visit(uri)) as visit:
        return _keep(held, uri, visit)


def _keep(held: Tools, uri: str, visit: Visit) -> Captured:
    with index(held) as connection:
        visited = read.snapshots_of(connection, visit.page.uri) if visit.page else []
    earlier = {hop.digest: hop for hop in visited if hop.record_type == "response"}
    page, extraction, text = None, None, None
    with log(held) as writing:
        for exchange in visit.exchanges:
            written = writing.exchange(exchange, repeats=earlier if exchange is visit.page else {})
            page = written if exchange is visit.page else page
        failures = [writing.failure(failure) for failure in visit.failures]
        if visit.page and page and page.record_type == "response" and bad_status(page) is None:
            extraction = extracted(held, partial(exchange_page, page, visit.page))
            text = writing.text(text_of(page, extraction))
        if visit.page and page and page.record_type == "response":
            head = head_of(visit.page.response)
            _obey(held, writing, page, head.fields if head else (), text)
    failure = next((failure for failure in failures if failure.role == "page"), None)
    if page is None:
        return Captured(uri, None, failure=failure)
    return _settled(held, Captured(uri, page, text, extraction, unchanged=page.record_type == "revisit"))


def _obey(
    held: Tools, writing: Log, page: Snapshot, fields: Sequence[tuple[str, str]], text: Text | None
) -> None:
    """Restrict a page that asks not to be shown, where the archive is set to obey."""
    if not held.archive.profile.restrict_noarchive:
        return
    reason = asks_not_to_be_shown(fields, text.metadata if text else Metadata())
    if reason:
        by, now = held.archive.creator, held.date()
        writing.statement(Restriction(creator=by, created=now, snapshot=page.id, reason=reason))
        held.say(f"restricted, for {reason}: {page.uri}; `pincite unrestrict {grouped(page.id)}` shows it")


def _settled(held: Tools, captured: Captured) -> Captured:
    """The same with the snapshot as it stands in the archive, and a revisit's text."""
    assert captured.snapshot
    with index(held) as connection:
        stored = read.snapshot(connection, captured.snapshot.id) or captured.snapshot
        text = captured.text or read.text_in_use(connection, stored.id)
    return replace(captured, snapshot=stored, text=text)


def capture_document(held: Tools, document: Document, given: Metadata) -> Captured:
    """Keep a file that a person gave; what the person says of it goes before what it says itself."""
    with index(held) as connection:
        for known in read.snapshots_of(connection, document.uri):
            if known.record_type == "resource" and read.holds_payload(connection, known.id, document.body):
                return Captured(document.uri, known, read.text_in_use(connection, known.id), unchanged=True)
    with log(held) as writing:
        written = writing.document(document)
        extraction = extracted(held, partial(document_page, written, document))
        extraction = replace(extraction, metadata=overlaid(extraction.metadata, given))
        text = writing.text(text_of(written, extraction))
        _obey(held, writing, written, (), text)
    return _settled(held, Captured(document.uri, written, text, extraction))


def overlaid(found: Metadata, given: Metadata) -> Metadata:
    """What a person says of a file, and for the rest what the file says of itself."""
    return replace(
        found,
        title=given.title or found.title,
        authors=given.authors or found.authors,
        date=given.date or found.date,
    )


def text_of(snapshot: Snapshot, extraction: Extraction) -> Text:
    """An extraction as the text of record of its snapshot."""
    return Text(
        snapshot=snapshot.id,
        extractor=extraction.extractor,
        body=extraction.body,
        metadata=extraction.metadata,
        headings=extraction.headings,
        pages=extraction.pages,
        share=extraction.share,
        reason=extraction.reason,
    )


def extract_again(held: Tools, snapshot: Snapshot) -> Extraction:
    """What an extractor of today makes of a stored snapshot.

    :raises PinciteError: its payload is not here or does not match its digest.
    """
    with index(held) as connection:
        holder = read.payload_of(connection, snapshot.id)
    if holder is None:
        raise PinciteError(f"the payload of {snapshot.uri} lies elsewhere: here is only a revisit of it")
    return extracted(held, partial(stored_page, held.store, holder))


def extracted(held: Tools, page: Callable[[], Page]) -> Extraction:
    """What the extractor makes of a page; one that cannot even be decoded has its reason instead."""
    try:
        return held.extractor.extract(page())
    except ExtractionFailed as error:
        return Extraction(SOFTWARE, reason=error.reason)
