"""One WARC file being written: what visits, readers and people bring, each as the records that carry it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar, cast
from uuid import uuid4

from archive.bibliography import cite_key
from archive.errors import PinciteError
from archive.model import (
    Document,
    Exchange,
    Failure,
    Origin,
    Place,
    Reading,
    Snapshot,
    Statement,
    Text,
    exchange_uri,
)
from archive.warc.annotation import kind_of, reading_block, reading_of, statement_block, statement_of
from archive.warc.profile import drafts, texts
from archive.warc.profile.answers import answer, known, sniffed
from archive.warc.profile.beside import document_block, exchange_block, failure_block, failure_of
from archive.warc.profile.fields import fields_block, fields_of
from archive.warc.profile.info import Info
from archive.warc.record import Draft, Sealed, WarcWriter

S = TypeVar("S", bound=Statement)

_NOTHING: Mapping[str, Snapshot] = MappingProxyType({})


class Log:
    """A WARC file being written, by one thread.

    What it gives back has what only writing settles: ids, cite keys and places. The file of a place is
    empty, because a file has its name when it is sealed.
    """

    def __init__(self, folder: Path, now: Callable[[], str], info: Info) -> None:
        self._now = now
        self._planned: list[str] = []
        path = folder / f"{uuid4().hex}.warc.gz"
        self._writer = WarcWriter(path, now, info.fields(), self._record_id)
        self._pages: dict[str, Snapshot] = {}

    @property
    def size(self) -> int:
        """Bytes written so far."""
        return self._writer.size

    def exchange(self, exchange: Exchange, repeats: Mapping[str, Snapshot] = _NOTHING) -> Snapshot:
        """Keep a request and its answer.

        ``repeats``: earlier snapshots by their digest; where one of them is the very same whole answer,
        this one is kept as a revisit of it.
        """
        request_id, response_id = drafts.new_id(), drafts.new_id()
        draft = drafts.response(exchange, request_id)
        record = drafts.as_record(draft, response_id)
        payload = record.payload()
        heard = answer(record, Origin("fetched"), payload)
        reference = drafts.repeated(heard, repeats.get(heard.digest))
        if reference:
            draft = drafts.revisit(draft, record, heard.digest, reference)
            heard = answer(drafts.as_record(draft, response_id), Origin("fetched"))
        else:
            draft = drafts.identified(draft, heard, sniffed(record, payload))
        self._planned = [response_id, request_id]
        self._write(drafts.request(exchange, response_id))
        place = self._write(draft)
        self._write(_behind(draft, response_id, exchange_block(exchange, response_id)))
        return self._kept(known(replace(heard, place=place), exchange.provenance, heard.origin))

    def document(self, document: Document) -> Snapshot:
        """Keep a file that a person gave."""
        draft = Draft("resource", document.uri, document.date, document.media, document.body)
        record_id = drafts.new_id()
        record = drafts.as_record(draft, record_id)
        payload = record.payload()
        by = document.supplied_by
        found = answer(record, Origin("fetched") if by is None else Origin("supplied", by), payload)
        self._planned = [record_id]
        place = self._write(drafts.identified(draft, found, sniffed(record, payload)))
        self._write(_behind(draft, record_id, document_block(document, record_id)))
        return self._kept(replace(found, place=place, name=document.name))

    def failure(self, failure: Failure) -> Failure:
        """Keep why a visit brought no answer, behind the request that was sent, if one was."""
        block = failure_block(failure)
        failed = failure_of(block)
        draft = drafts.json("failure", failed.id, failure.date, block)
        if failure.request is not None:
            request_id = drafts.new_id()
            self._planned = [request_id]
            self._write(drafts.sent(failure, failure.request))
            draft = replace(draft, fields=drafts.concurrent(request_id))
        return replace(failed, place=self._write(draft), request=failure.request)

    def text(self, text: Text, page: Snapshot | None = None) -> Text:
        """Keep a text of record; ``page`` is its snapshot, where that was not written into this file.

        :raises PinciteError: no page, or a text that could not be read again exactly as it is.
        """
        page = page or self._pages.get(text.snapshot)
        if page is None or page.id != text.snapshot:
            raise PinciteError(f"expected the snapshot {text.snapshot} along with its text, found {page}")
        body = texts.body_block(text)
        text = replace(text, cite_key=text.cite_key or cite_key(text.metadata, page), place=None)
        block = fields_block(texts.text_fields(text))
        _must_be(texts.text_of(fields_of(block), text.snapshot, texts.checked_body(body)), text)
        place = None
        if text.reason is None:
            place = self._write(drafts.conversion(page, self._now(), body))
        elif text.body:
            raise PinciteError(f"a text of {page.uri} came with a reason why there is none: {text.reason}")
        beside = self._write(drafts.fields(page, self._now(), block))
        return replace(text, place=place or beside)

    def reading(self, reading: Reading) -> Reading:
        """Keep a reading.

        :raises PinciteError: it names what it does not hold, or holds what cannot be kept.
        """
        block = reading_block(reading)
        said = reading_of(block)
        _must_be(said, replace(reading, id=said.id, place=None))
        place = self._write(drafts.annotation("reading", said.id, reading.created, block))
        return replace(said, place=place)

    def statement(self, statement: S) -> S:
        """Keep what a person (or, for a resolution, a machine) says.

        :raises PinciteError: it holds what cannot be kept.
        """
        block, kind = statement_block(statement), kind_of(statement)
        said = statement_of(block)
        _must_be(said, replace(statement, id=said.id, place=None))
        place = self._write(drafts.annotation(kind, said.id, statement.created, block))
        return cast(S, replace(said, place=place))

    def seal(self) -> Sealed:
        """Close the file, safe on disk, under the name that it will have in the store."""
        return self._writer.seal()

    def discard(self) -> None:
        """Give up the file and all that is in it."""
        self._writer.discard()

    def _kept(self, page: Snapshot) -> Snapshot:
        self._pages[page.id] = page
        return page

    def _write(self, draft: Draft) -> Place:
        return self._writer.write(draft)[1]

    def _record_id(self) -> str:
        """The Record-ID of the next record: two that name each other have theirs before they are written."""
        return self._planned.pop() if self._planned else drafts.new_id()


def _behind(answered: Draft, record_id: str, block: bytes) -> Draft:
    """What is known of an answer beside its bytes, as the record right behind it."""
    uri = exchange_uri(record_id)
    return Draft("metadata", uri, answered.date, drafts.JSON, block, drafts.concurrent(record_id))


def _must_be(found: object, given: object) -> None:
    """What cannot be read again as it was given would be lost at the next rebuild: better to say so now."""
    if found != given:
        raise PinciteError(f"this cannot be kept as it is; it would become {str(found)[:300]}")
