"""Stored files against themselves: the name's digest, every record, every digest that a record states."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from archive.errors import PinciteError
from archive.index import fold
from archive.model import StoredWarc
from archive.store import Store, own_name, stated_sha256
from archive.verify.report import Findings
from archive.verify.rows import Rows
from archive.warc.profile import Fact, facts
from archive.warc.record import Damage, Record, stored_records
from archive.warc.record.digests import agrees
from archive.warc.record.spans import pieces


@dataclass(frozen=True, slots=True)
class Checking:
    """What a check works with; ``rows`` is None where no index can be asked."""

    store: Store
    findings: Findings
    rows: Rows | None


def check_file(check: Checking, name: str) -> None:
    """Everything that can be said of one stored file, and its facts against the rows of the index."""
    whole = False
    with _reported(check, name):
        digest = _check_digest(check, name)
        for fact in _facts(check, name):
            if isinstance(fact, StoredWarc):
                _check_name(check, fact, digest)
            _compare(check, fact)
        whole = True
    if check.rows:
        with _reported(check, name), check.rows.guarded():
            check.rows.end_file(name, lambda: _rows_of(check, name) if whole else iter(()))


@contextmanager
def _reported(check: Checking, name: str) -> Iterator[None]:
    """A file that cannot be read (any further) is a fault, not the end of the check."""
    try:
        yield
    except (PinciteError, OSError) as wrong:
        check.findings.add(name, 0, None, "unreadable", str(wrong))


def _check_digest(check: Checking, name: str) -> str:
    digest = hashlib.sha256()
    with check.store.open(name) as stream:
        for piece in pieces(stream):
            digest.update(piece)
    found, stated = digest.hexdigest(), stated_sha256(name)
    if stated is None:
        check.findings.add(name, 0, None, "name", "the name states no SHA-256 of the file")
    elif stated != found:
        detail = f"the file has changed: its name states SHA-256 {stated}, its bytes have {found}"
        check.findings.add(name, 0, None, "changed", detail)
    return found


def _check_name(check: Checking, warc: StoredWarc, digest: str) -> None:
    """A file of ours is named by the date of its warcinfo as well."""
    if warc.name.startswith("imported/") or stated_sha256(warc.name) != digest:
        return
    expected = own_name(warc.date or "", digest) if warc.date else "a name made of its warcinfo's date"
    if warc.name != expected:
        check.findings.add(warc.name, 0, None, "name", f"expected {expected}")


def _facts(check: Checking, name: str) -> Iterator[Fact]:
    def refused(record: Record, why: str) -> None:
        check.findings.add(name, record.place.offset, record.id, "refused", f"not a record of ours: {why}")

    return facts(_checked(check, name), name, check.store.size(name), refused)


def _checked(check: Checking, name: str) -> Iterator[Record | Damage]:
    """The records of a file, each checked on its way to whoever reads them."""
    for item in stored_records(check.store, name):
        if isinstance(item, Damage):
            check.findings.add(name, item.offset, item.record, item.fault, item.detail)
        else:
            check.findings.records += 1
            _check_record(check.findings, item)
        yield item


def _check_record(findings: Findings, record: Record) -> None:
    block = record.field("WARC-Block-Digest")
    if block and agrees(block, record.block) is False:
        detail = f"the block does not match its digest {block}"
        findings.add(record.place.file, record.place.offset, record.id, "block-digest", detail)
    stated = record.field("WARC-Payload-Digest")
    if stated and not (payload := record.payload()).holds:
        detail = f"the payload does not match its digest {stated}: it has {payload.digest}"
        findings.add(record.place.file, record.place.offset, record.id, "payload-digest", detail)


def _compare(check: Checking, fact: Fact) -> None:
    if check.rows:
        with check.rows.guarded():
            for row in fold.rows(fact):
                check.rows.compare(row)


def _rows_of(check: Checking, name: str) -> Iterator[fold.Row]:
    """All rows that a file states, read once more."""
    for fact in facts(stored_records(check.store, name), name, check.store.size(name)):
        yield from fold.rows(fact)
