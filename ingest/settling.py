"""What a person says of a citation: it leads here, or nowhere; and what leads nowhere yet."""

from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from archive.errors import BadId, NotFound, UsageError
from archive.index import read
from archive.model import Citation, Metadata, Resolution, Snapshot, Step, grouped, parse_id
from archive.uri import is_web
from ingest.capture import Captured, Tools, capture_document, capture_uri, fresh, index, log
from ingest.documents import About, check, load
from ingest.leads import existing
from ingest.pipeline import read_again
from ingest.report import IngestReport
from ingest.settings import Archive


@dataclass(frozen=True, slots=True)
class Said:
    """A person's word on a citation: a target (address, file or snapshot id), or the reason for none."""

    citation: str
    target: str | None
    none: str | None
    by: str


def settle(held: Tools, said: Said) -> IngestReport:
    """Record where a citation leads, capture that if needed, and read the article again.

    :raises NotFound: there is no such citation.
    """
    identifier = parse_id(said.citation)
    with index(held) as connection:
        citation = read.citation(connection, identifier)
        text = read.text(connection, citation.text) if citation else None
        article = read.snapshot(connection, text.snapshot) if text else None
        before = [one.created for one in read.resolutions_of(connection, identifier) if one.person]
    if citation is None or article is None:
        raise NotFound(f"{grouped(identifier)} is no citation in this archive; `pincite resolve` lists them")
    captured = _target(held, said, citation) if said.target is not None else None
    with log(held) as writing:
        writing.statement(_resolution(said, citation, captured, held.date_after(before)))
    return IngestReport(held.archive.store, (read_again(held, article, latest=False),))


def _target(held: Tools, said: Said, citation: Citation) -> Captured:
    assert said.target is not None
    if is_web(said.target):
        return fresh(held, said.target) or capture_uri(held, said.target)
    if not Path(said.target).exists():
        return _snapshot(held, said.target)
    check(said.target, About())
    copy_of = citation.uri if is_web(citation.uri) else None
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


def _resolution(said: Said, citation: Citation, captured: Captured | None, created: str) -> Resolution:
    if captured is None:
        return Resolution(
            creator=said.by,
            created=created,
            citation=citation.id,
            person=True,
            state="none",
            method="person",
            reason=said.none,
        )
    snapshot: Snapshot | None = captured.snapshot
    return Resolution(
        creator=said.by,
        created=created,
        citation=citation.id,
        person=True,
        state="failed" if captured.reason else "resolved",
        method="person",
        uri=snapshot.uri if snapshot else captured.uri,
        snapshot=snapshot.id if snapshot else None,
        failure=captured.failure.id if captured.failure else None,
        reason=captured.reason,
        steps=(Step("person", citation.label, said.target or ""),),
    )


def unresolved(archive: Archive) -> dict[str, Any]:
    """The citations that lead nowhere yet, each with its reason and candidates, as the JSON contract says."""
    with closing(read.connect(archive.index)) as connection:
        found = read.unresolved(connection)
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
        ]
    }
