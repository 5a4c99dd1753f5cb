"""A small whole archive on disk, in which each thing can be broken by itself."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from archive.index.write import fold_names
from archive.model import Collection, Document, Failure, Restriction, Snapshot, Tag
from archive.store import Store, imported_name
from archive.verify import Fault, verify
from archive.warc.profile import Log
from tests import warcs
from tests.logs import INFO, an_exchange, http
from tests.nouns import ARTICLE, DATE, SOURCE, a_reading, a_text

NOW = "2026-12-01T00:00:00Z"


class Kept:
    """An archive on disk: an article with a source in one file, what people say in another, one import."""

    def __init__(self, folder: Path) -> None:
        self.store, self.index = Store(str(folder)), folder / "archive.db"
        self.folder = folder
        self.main = self._write(self._visits)
        self.words = self._write(self._people)
        content = warcs.gzipped(
            warcs.record("warcinfo", b"software: other\r\n", uri=None), warcs.response(b"<p>Elsewhere</p>")
        )
        self.imported = self.put(content)
        self.fold()

    def _write(self, write: Callable[[Log], object]) -> str:
        log = Log(self.store.temp(), lambda: DATE, INFO)
        write(log)
        sealed = log.seal()
        self.store.put(sealed.path, sealed.name)
        return sealed.name

    def _visits(self, log: Log) -> None:
        article = log.exchange(an_exchange("https://example.org/a", http(b"<p>article")))
        source = log.exchange(an_exchange("https://example.org/s", http(b"<p>source")))
        log.exchange(
            an_exchange("https://example.org/s.css", http(b"p{}", media="text/css"), role="requisite")
        )
        log.failure(Failure("https://example.org/gone", DATE, "dns", "no such name"))
        log.document(Document("ni:///sha-256;x", DATE, "text/plain", b"words", "words.txt"))
        texts = [log.text(a_text(page, body)) for page, body in ((article, ARTICLE), (source, SOURCE))]
        self.article, self.source = (article, texts[0]), (source, texts[1])
        self.reading = log.reading(a_reading(self.article, self.source))

    def _people(self, log: Log) -> None:
        log.statement(Tag(creator="Ada", created=DATE, subject=self.article[0].id, tag="ships"))
        log.statement(Collection(creator="Ada", created=DATE, subject=self.article[0].id, collection="sea"))

    def put(self, content: bytes, suffix: str = "warc.gz") -> str:
        path = self.store.temp() / "new"
        path.write_bytes(content)
        name = imported_name(warcs.sha256(content)[7:], suffix)
        self.store.put(path, name)
        return name

    def fold(self) -> None:
        fold_names(self.store, self.index, self.store.names(), NOW)

    def restrict(self, page: Snapshot) -> None:
        said = Restriction(creator="Ada", created=DATE, snapshot=page.id, reason="a court")
        self._write(lambda log: log.statement(said))
        self.fold()

    def path(self, name: str) -> Path:
        return self.folder / "warcs" / name

    def change(self, sql: str, *values: object) -> None:
        with closing(sqlite3.connect(self.index)) as connection, connection:
            assert connection.execute(sql, values).rowcount > 0

    def faults(self) -> list[Fault]:
        return list(verify(self.store, self.index).faults)

    def kinds(self) -> set[str]:
        return {fault.fault for fault in self.faults()}
