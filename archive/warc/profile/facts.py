"""What a WARC file states, record by record: ours by our own records, others' by the record alone.

A response is held back until the record behind it is seen, which in a file of ours says more of it; a
conversion likewise. So at most one record's fact is held, and memory stays flat. What looks like a record
of ours and does not hold (see ``archive.warc.annotation``) is no fact.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from archive.model import (
    KINDS,
    Failure,
    Origin,
    Reading,
    Requisite,
    Snapshot,
    Statement,
    StoredWarc,
    Text,
    exchange_uri,
    urn,
)
from archive.warc.annotation import MOST_BYTES, Malformed, kind_of, reading_of, statement_of
from archive.warc.annotation.nodes import canonical_id, must
from archive.warc.media import media_type
from archive.warc.profile import texts
from archive.warc.profile.answers import ANSWERS, answer, is_page, known
from archive.warc.profile.beside import Beside, beside_of, failure_of
from archive.warc.profile.fields import fields_of
from archive.warc.profile.info import described
from archive.warc.record import Damage, Record

Fact = StoredWarc | Snapshot | Requisite | Failure | Text | Reading | Statement
Refused = Callable[[Record, str], None]

_OURS = "urn:pincite:"
_FIELDS = "application/warc-fields"
_JSON = ("application/json", "application/ld+json")


def facts(
    records: Iterable[Record | Damage], file: str, size: int, refused: Refused | None = None
) -> Iterator[Fact]:
    """The facts that a stored file states, in the order of its records; last the file itself.

    ``refused`` is told each record that looks like ours and is none, and why.
    """
    reader = _Reader(file, size, refused or _shrug)
    for item in records:
        if isinstance(item, Damage):
            reader.damaged()
        else:
            yield from reader.read(item)
    yield from reader.finish()


def _shrug(record: Record, why: str) -> None:
    """Nobody asked which records were refused."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a conversion, until the record behind says whose they are."""

    record: Record
    snapshot: str
    body: str


class _Reader:
    """What is known of a file as far as it was read."""

    def __init__(self, file: str, size: int, refused: Refused) -> None:
        self._warc = StoredWarc(file, size, 0)
        self._ours = not file.startswith("imported/")
        self._refused = refused
        self._described = False
        self._answer: Snapshot | None = None
        self._words: _Words | None = None

    def damaged(self) -> None:
        """Count a place that could not be read."""
        self._warc = replace(self._warc, damage=self._warc.damage + 1)

    def read(self, record: Record) -> Iterator[Fact]:
        """The facts that this record settles."""
        self._warc = replace(self._warc, records=self._warc.records + 1)
        try:
            yield from self._settled(record)
        except Malformed as wrong:
            self._refused(record, str(wrong))

    def finish(self) -> Iterator[Fact]:
        """What was held back, and the file itself."""
        yield from self._released()
        yield self._warc

    def _settled(self, record: Record) -> Iterator[Fact]:
        waiting, words, self._words = self._answer, self._words, None
        if waiting and record.type == "metadata" and record.uri == exchange_uri(waiting.record_id):
            told = self._told(waiting, beside_of(_block(record, MOST_BYTES)))
            self._answer = None
            yield told
            return
        yield from self._released()
        if record.type == "warcinfo":
            self._describe(record)
        elif record.type in ANSWERS and record.uri:
            self._answer = answer(record, Origin("imported", self._warc.software or ""))
        elif record.type == "conversion":
            self._words = _words(record)
        elif record.type == "metadata":
            yield from _stated(record, words)

    def _released(self) -> Iterator[Fact]:
        """The answer that was held back, judged by its own record."""
        waiting, self._answer = self._answer, None
        if waiting:
            yield waiting if is_page(waiting) else Requisite(waiting)

    def _told(self, waiting: Snapshot, beside: Beside) -> Snapshot | Requisite:
        """The answer that was held back, with what the record behind it says."""
        must(beside.uri == waiting.uri, f"the record behind {waiting.uri[:80]} to name it")
        if beside.provenance is None:
            return replace(waiting, name=beside.name, origin=self._origin(waiting, beside.supplied_by))
        told = known(waiting, beside.provenance, self._origin(waiting, None))
        return told if beside.provenance.role == "page" else Requisite(told)

    def _origin(self, waiting: Snapshot, supplied_by: str | None) -> Origin:
        # A copy that somebody supplied stays one in whatever archive it is imported: it is never a capture.
        if supplied_by is not None:
            return Origin("supplied", supplied_by)
        return Origin("fetched") if self._ours else waiting.origin

    def _describe(self, record: Record) -> None:
        if not self._described:
            self._warc, self._described = described(self._warc, record, self._ours), True


def _words(record: Record) -> _Words | None:
    snapshot = record.field("Pincite-Snapshot")
    if snapshot is None:
        return None
    return _Words(record, canonical_id(snapshot), texts.checked_body(_block(record, texts.MOST_BYTES)))


def _stated(record: Record, words: _Words | None) -> Iterator[Fact]:
    """The fact in a metadata record that is ours; others' say nothing that could be cited."""
    media = media_type(record.field("Content-Type"))
    if media == _FIELDS and record.field("Pincite-Snapshot") is not None:
        yield _text(record, words)
    elif media in _JSON and (record.uri or "").startswith(_OURS):
        yield _noun(record)


def _text(record: Record, words: _Words | None) -> Text:
    snapshot = canonical_id(record.field("Pincite-Snapshot") or "")
    pairs = fields_of(_block(record, texts.MOST_METADATA))
    if words and words.snapshot == snapshot:
        return replace(texts.text_of(pairs, snapshot, words.body), place=words.record.place)
    text = texts.text_of(pairs, snapshot, "")
    must(text.reason is not None, "the conversion of this text before its metadata")
    return replace(text, place=record.place)


def _noun(record: Record) -> Fact:
    kind = (record.uri or "").removeprefix(_OURS).partition(":")[0]
    block = _block(record, MOST_BYTES)
    noun: Failure | Reading | Statement
    if kind == "failure":
        noun = failure_of(block, record.place)
    elif kind == "reading":
        noun = reading_of(block, record.place)
    elif kind in KINDS:
        noun = statement_of(block, record.place)
        must(kind == kind_of(noun), f"a {kind}, found a {kind_of(noun)}")
    else:
        raise Malformed(f"expected a record that says something of its own, found {(record.uri or '')[:80]}")
    must(record.uri == urn(kind, noun.id), f"{urn(kind, noun.id)}, which its block has, found {record.uri}")
    return noun


def _block(record: Record, limit: int) -> bytes:
    must(record.block_length <= limit, f"at most {limit} bytes, found {record.block_length}")
    return record.block_bytes(limit)
