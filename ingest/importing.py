"""WARC and WACZ files of others into the archive: kept as they are, their pages' texts derived beside them.

file -> imported/<sha256>.<suffix> (bytes unchanged, folded) -> texts of its pages (a WARC of ours)
"""

import hashlib
import os
import time
import zipfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

from archive.errors import Damaged, ExtractionFailed, UsageError
from archive.index import read, write
from archive.model import Snapshot
from archive.store import imported_name
from archive.warc.record import Record, expect_warc, record_at, records
from archive.warc.record.formats import is_zip
from ingest.capture import Tools, extracted, index, log, text_of
from ingest.documents import READABLE
from ingest.extract import Extraction, Page
from ingest.payload import record_page
from ingest.report import DamageReport, FileReport, ImportReport

# A batch is closed, and so acknowledged, at this many characters or seconds: what a kill can cost.
BATCH_CHARACTERS = 64_000_000
BATCH_SECONDS = 60.0


def take_in(held: Tools, files: Sequence[Path]) -> ImportReport:
    """Import files; a second time changes nothing.

    :raises UsageError: one of them is not there or a folder; nothing is imported then.
    :raises UnsupportedFormat: ARC, zst or lz4.
    """
    for path in files:
        _check_format(path)
    return ImportReport(tuple(_one(held, path) for path in files))


def _one(held: Tools, path: Path) -> FileReport:
    held.say(f"importing {path.name}")
    nothing = _nothing_in(path)
    if nothing:
        return FileReport(str(path), None, 0, 0, 0, (DamageReport(nothing.offset, nothing.detail),))
    name, report = _keep(held, path)
    _derive_texts(held, name, path.name)
    with index(held) as connection:
        texts = read.with_text(connection, report.snapshots)
    damage = tuple(DamageReport(place.offset, place.detail) for place in report.damage)
    return FileReport(str(path), name, report.records, len(report.snapshots), texts, damage)


def _check_format(path: Path) -> None:
    """Refuse what is not there or of another format, before anything is imported."""
    if path.is_dir():
        raise UsageError(f"{path} is a folder: name the WARC or WACZ files in it")
    if not path.exists():
        raise UsageError(f"there is no file {path}")
    with path.open("rb") as stream, suppress(Damaged):
        expect_warc(stream, path.name)


def _nothing_in(path: Path) -> Damaged | None:
    """Why a file holds no record at all; None for one that begins badly but has whole records behind."""
    with path.open("rb") as stream:
        try:
            expect_warc(stream, path.name)
        except Damaged as error:
            stream.seek(0)
            if not any(isinstance(item, Record) for item in records(stream, path.name)):
                return error
        lacking = _lacking_in_zip(stream) if is_zip(stream) else None
    return Damaged(path.name, 0, f"expected a WACZ, found {lacking}") if lacking else None


def _lacking_in_zip(stream: BinaryIO) -> str | None:
    """What keeps a zip from being a WACZ, by its directory alone."""
    try:
        with zipfile.ZipFile(stream) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as wrong:
        return f"a zip whose directory cannot be read: {wrong}"
    packed = any(name.startswith("archive/") and ".warc" in name for name in names)
    return None if packed else "a zip without WARC files in a folder archive/"


def _suffix(path: Path) -> str:
    """The suffix by what the file is, whatever it is called."""
    with path.open("rb") as stream:
        head = stream.read(2)
    return ".wacz" if head == b"PK" else ".warc.gz" if head == b"\x1f\x8b" else ".warc"


def _keep(held: Tools, path: Path) -> tuple[str, write.FileReport]:
    """Put the file into the store by its digest, read and written once; its name there, what is in it."""
    beside = held.store.temp() / f"importing-{os.getpid()}-{time.monotonic_ns()}"
    digest = hashlib.sha256()
    try:
        with path.open("rb") as source, beside.open("xb") as copy:
            while piece := source.read(1 << 20):
                digest.update(piece)
                copy.write(piece)
        name = imported_name(digest.hexdigest(), _suffix(path))
        return name, held.shelf.keep_as(beside, name)
    finally:
        beside.unlink(missing_ok=True)


def _derive_texts(held: Tools, name: str, base_name: str) -> None:
    with index(held) as connection:
        lacking = [one for one in read.without_text(connection, name) if one.media in READABLE]
        known = read.has_import(connection, name)
    if not lacking and known:
        return
    waiting = deque(lacking)
    while True:
        with log(held, imports=name, imported_as=base_name) as writing:
            for snapshot, extraction in _batch(held, name, waiting):
                writing.text(text_of(snapshot, extraction), snapshot)
        if not waiting:
            return


def _batch(held: Tools, name: str, waiting: deque[Snapshot]) -> Iterator[tuple[Snapshot, Extraction]]:
    """Extractions in the order of the file, a few ahead of the writer, until the batch is full."""
    began, characters, whole = time.monotonic(), 0, len(waiting)
    running: deque[tuple[Snapshot, Future[Extraction]]] = deque()
    ahead = 2 * (os.cpu_count() or 1)
    with closing(held.store.open(name)) as stream, ThreadPoolExecutor(ahead) as pool:
        while running or (waiting and _goes_on(began, characters)):
            while waiting and len(running) < ahead and _goes_on(began, characters):
                snapshot = waiting.popleft()
                running.append((snapshot, pool.submit(extracted, held, _read_now(stream, snapshot))))
            snapshot, future = running.popleft()
            extraction = future.result()
            characters += len(extraction.body)
            if (whole - len(waiting)) % 20 == 0:
                held.say(f"texts: {whole - len(waiting)} of {whole} pages")
            yield snapshot, extraction


def _read_now(stream: BinaryIO, snapshot: Snapshot) -> Callable[[], Page]:
    """The page of a snapshot, read by the one thread that holds the file; a bad one complains when used."""
    try:
        page = record_page(snapshot, record_at(stream, snapshot.place))
    except ExtractionFailed as error:
        return partial(_complain, error)
    return lambda: page


def _complain(error: ExtractionFailed) -> Page:
    raise error


def _goes_on(began: float, characters: int) -> bool:
    return characters < BATCH_CHARACTERS and time.monotonic() - began < BATCH_SECONDS
