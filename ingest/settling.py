"""What a person says of a citation: it leads here, or nowhere; and what leads nowhere yet."""

from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from archive.errors import BadId, NotFound, UsageError
from archive.index import read
from archive.model import Entry, Metadata, Resolution, Snapshot, Step, grouped, parse_id
from archive.uri import is_web
from ingest.adding import reported
from ingest.capture import Captured, Tools, capture_document, capture_uri, fresh, index, log
from ingest.documents import About, check, load
from ingest.leads import existing
from ingest.pipeline import read_again
from ingest.report import EntriesReport, IngestReport
from ingest.settings import Archive


@dataclass(frozen=True, slots=True)
class Said:
    """A person's word on a citation: a target (address, file or snapshot id), or the reason for none."""

    citation: str
    target: str | None
    none: str | None
    by: str


def settle(held: Tools, said: Said) -> IngestReport | EntriesReport:
    """Record where a citation or entry leads, capture that if needed, and read the citation's article again.

    :raises NotFound: there is no such citation.
    """
    identifier = parse_id(said.citation)
    with index(held) as connection:
        entry = read.entry(connection, identifier)
    return _settle_entry(held, said, entry) if entry else _settle_citation(held, said, identifier)


def _settle_citation(held: Tools, said: Said, identifier: str) -> IngestReport:
    with index(held) as connection:
        citation = read.citation(connection, identifier)
        text = read.text(connection, citation.text) if citation else None
        article = read.snapshot(connection, text.snapshot) if text else None
        before = [one.created for one in read.resolutions_of(connection, identifier) if one.person]
    if citation is None or article is None:
        shown = grouped(identifier)
        raise NotFound(f"{shown} is no citation or entry in this archive; `pincite resolve` lists them")
    captured = _target(held, said, citation.uri) if said.target is not None else None
    with log(held) as writing:
        created = held.date_after(before)
        writing.statement(_resolution(said, citation.id, citation.label, captured, created))
    return IngestReport(held.archive.store, (read_again(held, article, latest=False),))


def _settle_entry(held: Tools, said: Said, entry: Entry) -> EntriesReport:
    captured = _target(held, said, entry.uri or "") if said.target is not None else None
    with index(held) as connection:
        before = [one.created for one in read.resolutions_of(connection, entry.id)]
    made = _resolution(said, entry.id, entry.title, captured, held.date_after(before))
    with log(held) as writing:
        writing.statement(replace(made, noun="entry"))
    return reported(held, entry, unchanged=captured is not None and captured.unchanged)


def _target(held: Tools, said: Said, stated: str) -> Captured:
    assert said.target is not None
    if is_web(said.target):
        return fresh(held, said.target) or capture_uri(held, said.target)
    if not Path(said.target).exists():
        return _snapshot(held, said.target)
    check(said.target, About())
    copy_of = stated if is_web(stated) else None
    document = load(said.target, About(uri=copy_of), said.by, held.date())
    return capture_document(held, document, Metadata())


def _snapshot(held: Tools, target: str) -> Captured:
    try:
        identifier = parse_id(target)
    except BadId as error:
        raise UsageError(
            f"{target} is neither an address, nor a file, nor an id of a snapshot: {error}"
        ) from error
    found = existing(held, identifier)
    if found is None:
        raise NotFound(f"{grouped(identifier)} is no snapshot in this archive")
    return found


def _resolution(
    said: Said, citation: str, label: str, captured: Captured | None, created: str
) -> Resolution:
    if captured is None:
        return Resolution(
            creator=said.by,
            created=created,
            citation=citation,
            person=True,
            state="none",
            method="person",
            reason=said.none,
        )
    snapshot: Snapshot | None = captured.snapshot
    return Resolution(
        creator=said.by,
        created=created,
        citation=citation,
        person=True,
        state="failed" if captured.reason else "resolved",
        method="person",
        uri=snapshot.uri if snapshot else captured.uri,
        snapshot=snapshot.id if snapshot else None,
        failure=captured.failure.id if captured.failure else None,
        reason=captured.reason,
        steps=(Step("person", label, said.target or ""),),
    )


def unresolved(archive: Archive) -> dict[str, Any]:
    """The citations and entries that lead nowhere yet, as the JSON contract says."""
    with closing(read.connect(archive.index)) as connection:
        found, entries = read.unresolved(connection), read.unresolved_entries(connection)
    return {
        "citations": [
            {
                "id": one.citation,
                "article": one.article,
                "label": one.label,
                "reason": one.reason,
                "candidates": [asdict(candidate) for candidate in one.candidates],
            }
            for one in found
        ],
        "entries": [
            {
                "id": one.entry,
                "title": one.title,
                "authors": list(one.authors),
                "date": one.date,
                "uri": one.uri,
                "reason": one.reason,
            }
            for one in entries
        ],
    }
