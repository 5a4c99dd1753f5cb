"""What came in put in order: entries tied to the snapshots that came of them, and all into a collection."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from archive.index import read
from archive.model import Entry, Resolution
from archive.saying import Desk, collect
from ingest.adding import Order, add, faults_of, of_library, resolution
from ingest.capture import Captured, Tools, index, log
from ingest.library import Library
from ingest.report import ArticleReport, CaptureReport, EntriesReport

Report = ArticleReport | CaptureReport


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a command line and the list of -i name: ``sources`` alone, and a library with addresses."""

    sources: tuple[str, ...]
    library: Library | None = None


def named(held: Tools, incoming: Incoming, order: Order) -> EntriesReport:
    """The entries of the library, said and not captured yet."""
    if incoming.library is None:
        return EntriesReport(held.archive.store, (), ())
    library = incoming.library
    return add(held, of_library(library, order), order, False, faults_of(library))


def addresses(entries: EntriesReport) -> list[str]:
    """What there is to capture of entries, each address once."""
    return list(dict.fromkeys(entry.uri for entry in entries.entries if entry.uri))


def settled(
    held: Tools, entries: EntriesReport, came: Sequence[tuple[str, Report]], order: Order
) -> EntriesReport:
    """Record which snapshot came of each entry, and put what came of no entry into the collections.

    ``came``: each address or file that was asked for, with what came of it.
    """
    by_address = dict(came)
    said: list[Resolution] = []
    with index(held) as connection:
        for report in entries.entries:
            entry = read.entry(connection, report.id)
            if entry and report.uri in by_address:
                said += _resolution(held, connection, entry, by_address[report.uri], order.by)
    if said:
        with log(held) as writing:
            for one in said:
                writing.statement(one)
    theirs = {entry.uri for entry in entries.entries}
    gather(held, order, [one.snapshot for source, one in came if source not in theirs and one.snapshot])
    return entries


def _resolution(
    held: Tools, connection: read.Connection, entry: Entry, report: Report, by: str
) -> list[Resolution]:
    """Where an entry leads by what came; nothing where it stands so already."""
    snapshot = read.snapshot(connection, report.snapshot) if report.snapshot else None
    earlier = read.resolutions_of(connection, entry.id)
    made = resolution(
        entry, Captured(entry.uri or "", snapshot), by, held.date_after(one.created for one in earlier)
    )
    if report.failure and made.state == "failed":
        made = replace(made, reason=report.failure.reason)
    last = read.resolution_in_force(connection, entry.id)
    same = last and (last.state, last.snapshot, last.reason) == (made.state, made.snapshot, made.reason)
    return [] if same else [made]


def gather(held: Tools, order: Order, snapshots: Sequence[str]) -> None:
    """Put snapshots into the collections that the command line names."""
    if snapshots and order.collections:
        desk = Desk(held.store, held.archive.index, held.archive.profile.operator, held.now)
        desk.say(order.by, *(partial(collect, name=name, members=snapshots) for name in order.collections))


def gather_files(held: Tools, order: Order, names: Sequence[str]) -> None:
    """The good pages of imported files into the collections."""
    with index(held) as connection:
        found = [one for name in names for one in read.good_snapshots_in(connection, name)]
    gather(held, order, list(dict.fromkeys(found)))
