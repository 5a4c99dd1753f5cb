"""WARC files of ours for tests: written with Log, sealed under their names, read with facts."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from archive.model import Document, Exchange, Provenance, Text
from archive.warc.profile import Fact, Info, Log, facts
from archive.warc.record import Damage, Record, records
from tests.nouns import DATE

INFO = Info("pincite 0.1.0", "The Library", "Pincite/0.1.0 (+https://example.org/)", "ignore")
PAGE = b"<!doctype html><title>The ferry</title><p>All 41 lived."
REQUEST = b"GET /a HTTP/1.1\r\nHost: example.org\r\n\r\n"


def http(body: bytes = PAGE, *fields: str, status: str = "200 OK", media: str = "text/html") -> bytes:
    """An HTTP answer, byte for byte."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {media}", f"Content-Length: {len(body)}", *fields]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def an_exchange(uri: str = "https://example.org/a", response: bytes | None = None, **more: Any) -> Exchange:
    """One request and its answer; ``role`` is that of its provenance."""
    how = Provenance(more.pop("role", "page"), "TLSv1.3", "TLS_AES_128_GCM_SHA256", ("PEM",), ("192.0.2.1",))
    given: dict[str, Any] = {"date": DATE, "ip": "192.0.2.1", "protocols": ("http/1.1", "tls/1.3")}
    given |= {"provenance": replace(how, robots="allowed")} | more
    return Exchange(
        uri, request=REQUEST, response=io.BytesIO(http() if response is None else response), **given
    )


def a_document(**more: Any) -> Document:
    """A page that a person gave a file of."""
    given: dict[str, Any] = {"uri": "https://example.org/gone", "media": "text/html", "body": PAGE}
    return Document(date=DATE, **(given | {"name": "gone.html", "supplied_by": "A. Reader"} | more))


def written(folder: Path, write: Callable[[Log], object], info: Info = INFO) -> tuple[Path, str]:
    """A file with what ``write`` puts into it: where it lies, and its name in the store."""
    folder.mkdir(parents=True, exist_ok=True)
    log = Log(folder, lambda: DATE, info)
    write(log)
    sealed = log.seal()
    return sealed.path, sealed.name


def stated(path: Path, name: str, refused: list[str] | None = None) -> list[Fact]:
    """The facts of a file under a name."""
    why = [] if refused is None else refused
    with path.open("rb") as stream:
        items = records(stream, name)
        return list(facts(items, name, path.stat().st_size, lambda record, wrong: why.append(wrong)))


def stored(path: Path) -> list[Record]:
    """The records of a file, whose blocks are kept in memory."""
    found = []
    with path.open("rb") as stream:
        for item in records(stream, "w"):
            assert not isinstance(item, Damage), item
            found.append(replace(item, block=io.BytesIO(item.block_bytes(1 << 30))))
    return found


def kept(folder: Path, write: Callable[[Log], Any], info: Info = INFO) -> tuple[Any, list[Any], str]:
    """What Log gave back, what facts states, and the name of the file between them."""
    given: list[Any] = []
    path, name = written(folder, lambda log: given.append(write(log)), info)
    return given[0], stated(path, name), name


def at(name: str, noun: Any) -> Any:
    """A noun as it is once its file has a name."""
    return replace(noun, place=replace(noun.place, file=name))


def with_text(text: Text) -> Callable[[Log], Text]:
    """A page, and a text of it."""

    def write(log: Log) -> Text:
        return log.text(replace(text, snapshot=log.exchange(an_exchange()).id))

    return write
