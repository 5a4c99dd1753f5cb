"""Sources by hand and whole libraries: entries said, their addresses captured, where each leads recorded.

entries -> said in batches (saying.name) -> addresses captured, many at once -> resolutions, one file
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from archive.errors import PinciteError
from archive.index import read
from archive.model import Entry, Metadata, Resolution, Step
from archive.saying import Desk, Named, known, name, sayable
from archive.uri import page_key
from ingest.capture import Captured, Tools, capture_document, capture_uri, fresh, index, log
from ingest.documents import About, load
from ingest.leads import in_parallel
from ingest.library import Imported, Library, again
from ingest.report import EntriesReport, EntryReport, FaultReport
from ingest.resolve import doi_address

# What a kill can cost of a library of a hundred thousand entries.
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Order:
    """What the command line says of all that comes in."""

    by: str
    tags: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def named(self, entry: Entry, imported: Imported | None = None) -> Named:
        """An entry with what is said of it there and here."""
        said = imported or Imported("", "", "")
        return Named(
            entry,
            tuple(dict.fromkeys((*said.tags, *self.tags))),
            tuple(dict.fromkeys((*said.collections, *self.collections))),
            tuple(dict.fromkeys((*said.notes, *self.notes))),
            partial(_holds, imported) if imported else lambda _held: True,
        )


def _holds(imported: Imported, held: Entry) -> bool:
    """Whether a known entry says all that an imported one does."""
    if held.raw == imported.raw or held.form != imported.form:
        return held.raw is not None or imported.form == "list"
    kept = again(held.form, held.raw or "")
    return kept is None or (imported.kind == kept.kind and set(_said(imported)) <= set(_said(kept)))


def _said(imported: Imported) -> Iterator[tuple[str, str]]:
    return ((field, str(value)) for field, value in imported.others)


def described(imported: Imported) -> Entry:
    """An imported entry as a statement; nothing of it is lost."""
    return Entry(
        creator="",
        created="",
        title=imported.title,
        authors=imported.authors,
        date=imported.date,
        uri=imported.uri,
        doi=imported.doi,
        isbn=imported.isbn,
        key=imported.key,
        raw=imported.raw,
        form=imported.form,
    )


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to be named: ``copy`` is a person's file of it, ``line`` where it stands in a library."""

    named: Named
    copy: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class _Added:
    entry: Entry
    copy: str | None
    new: bool


def of_library(library: Library, order: Order) -> list[Source]:
    """The entries of a library as sources to be named."""
    return [Source(order.named(described(one), one), line=one.line) for one in library.entries]


def faults_of(library: Library) -> tuple[FaultReport, ...]:
    """What of a library could not be read."""
    return tuple(FaultReport(fault.line, fault.detail) for fault in library.faults)


def add(
    held: Tools,
    sources: Sequence[Source],
    order: Order,
    capture: bool,
    faults: tuple[FaultReport, ...] = (),
) -> EntriesReport:
    """Name sources, capture what has an address or a copy, and record where each leads.

    What cannot be said of one is a fault of that one; the rest goes in.
    """
    good: list[Source] = []
    for source in sources:
        try:
            sayable(source.named)
            good.append(source)
        except PinciteError as error:
            faults = (*faults, FaultReport(source.line, f"{source.named.entry.title[:60]!r}: {error}"))
    added: list[_Added] = []
    for start in range(0, len(good), BATCH):
        added += _named(held, good[start : start + BATCH], order.by)
        held.say(f"named {len(added)} of {len(good)} sources")
    found = _captured(held, added, order.by) if capture else {}
    return EntriesReport(held.archive.store, tuple(_report(held, added, found)), faults)


def _named(held: Tools, batch: Sequence[Source], by: str) -> list[_Added]:
    desk = Desk(held.store, held.archive.index, held.archive.profile.operator, held.now)
    said = desk.say(by, partial(name, named=[source.named for source in batch]))
    new = {one.id for one in said if isinstance(one, Entry)}
    added: dict[str, _Added] = {}
    with index(held) as connection:
        for source in batch:
            entry = known(connection, source.named)
            if entry:
                added.setdefault(entry.id, _Added(entry, source.copy, entry.id in new))
    return list(added.values())


def _captured(held: Tools, added: Sequence[_Added], by: str) -> dict[str, Captured]:
    """What came of each entry that leads somewhere and is not settled yet, each address visited once."""
    waiting: dict[Hashable, list[_Added]] = {}
    with index(held) as connection:
        for one in added:
            settled = read.resolution_in_force(connection, one.entry.id)
            address = one.copy or address_of(held, one.entry)
            if address and not (settled and settled.state in ("resolved", "none") and not one.copy):
                waiting.setdefault(address if one.copy else page_key(address), []).append(one)
    groups = list(waiting.values())
    came = in_parallel(held, lambda group: _capture(held, group[0], by), groups, "capturing")
    found = {one.entry.id: captured for group, captured in zip(groups, came, strict=True) for one in group}
    record(held, {one.entry.id: one.entry for group in groups for one in group}, found, by)
    return found


def address_of(held: Tools, entry: Entry) -> str | None:
    """Where an entry itself says that it leads: its address, or that of its DOI."""
    return entry.uri or (doi_address(entry.doi, held.settings.doi_resolver) if entry.doi else None)


def _capture(held: Tools, one: _Added, by: str) -> Captured:
    if one.copy:
        document = load(one.copy, About(uri=address_of(held, one.entry)), by, held.date())
        return capture_document(held, document, Metadata(title=one.entry.title or None))
    address = address_of(held, one.entry) or ""
    return fresh(held, address) or capture_uri(held, address)


def record(held: Tools, entries: dict[str, Entry], found: dict[str, Captured], by: str) -> None:
    """Write where entries lead, as a person said; what stands so already is not said again."""
    said: list[Resolution] = []
    with index(held) as connection:
        for identifier, captured in found.items():
            earlier = read.resolutions_of(connection, identifier)
            created = held.date_after(one.created for one in earlier)
            made = resolution(entries[identifier], captured, by, created)
            last = read.resolution_in_force(connection, identifier)
            if last is None or _leads(last) != _leads(made):
                said.append(made)
    if said:
        with log(held) as writing:
            for one in said:
                writing.statement(one)


def _leads(said: Resolution) -> tuple[str, str | None, str | None]:
    return said.state, said.snapshot, said.reason


def resolution(entry: Entry, captured: Captured, by: str, created: str) -> Resolution:
    """Where an entry leads, once it was captured or was tried to be."""
    snapshot = captured.snapshot
    return Resolution(
        creator=by,
        created=created,
        citation=entry.id,
        noun="entry",
        person=True,
        state="failed" if captured.reason else "resolved",
        method="person",
        uri=snapshot.uri if snapshot else captured.uri,
        snapshot=snapshot.id if snapshot else None,
        failure=(captured.failure.id or None) if captured.failure else None,
        reason=captured.reason,
        steps=(Step("person", entry.title, captured.uri),),
    )


def _report(held: Tools, added: Sequence[_Added], found: dict[str, Captured]) -> Iterator[EntryReport]:
    with index(held) as connection:
        for one in added:
            captured, entry = found.get(one.entry.id), one.entry
            stands = read.resolution_in_force(connection, entry.id)
            state = stands.state if stands else "unresolved"
            status = {"resolved": "captured", "none": "settled"}.get(state, state)
            if status == "captured" and (captured is None or captured.unchanged):
                status = "unchanged"
            yield EntryReport(
                id=entry.id,
                key=entry.key,
                title=entry.title,
                uri=entry.uri or "",
                new=one.new,
                status=status,  # type: ignore[arg-type]
                reason=stands.reason if stands else _why(entry),
                snapshot=stands.snapshot if stands else None,
            )


def reported(held: Tools, entry: Entry, unchanged: bool) -> EntriesReport:
    """The report of one entry that was named before."""
    came = {} if unchanged else {entry.id: Captured(entry.uri or "", None)}
    return EntriesReport(held.archive.store, tuple(_report(held, [_Added(entry, None, False)], came)), ())


def _why(entry: Entry) -> str:
    """Why nobody knows yet where an entry leads."""
    return "not captured yet" if entry.uri or entry.doi else "it has no address"
