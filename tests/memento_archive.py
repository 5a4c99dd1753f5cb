"""A small archive for Memento: an address captured over years, and all that can be odd about captures."""

import gzip
import io
from dataclasses import dataclass, replace
from pathlib import Path

from archive.index.write import fold_names
from archive.model import Document, Exchange, Provenance, Restriction, Snapshot
from archive.store import Store
from archive.warc.profile import Info, Log

STORY = "https://news.example/story?id=1&x=a%20b"
OLD = "http://news.example/old"
GONE = "https://news.example/gone"
BUSY = "https://news.example/busy"
WALL = "https://wall.example/profile"
PACKED = "https://news.example/packed"
STYLE = "https://news.example/style.css"
ODD = 'https://münchen.example/<i>"x"</i>?ü=1'
BIG = "https://news.example/big.bin"
# Times of the story; the fourth is restricted, the fifth and sixth are of one second.
TIMES = ("2016-03-01T10:00:00Z", "2018-06-15T12:30:45Z", "2020-01-01T00:00:00Z", "2021-05-05T05:05:05Z",
         "2022-12-31T23:59:59Z", "2022-12-31T23:59:59Z", "2024-02-29T08:00:00Z")  # fmt: skip
LATER = "2025-01-01T00:00:00Z"
HIDDEN, SHARED = 3, (4, 5)
BIG_BODY = bytes(range(256)) * 4096 * 3


@dataclass(frozen=True, slots=True)
class Archive:
    """The archive: its folder, the story's captures by their place in TIMES, the others by name."""

    folder: Path
    story: tuple[Snapshot, ...]
    named: dict[str, Snapshot]

    @property
    def index(self) -> Path:
        return self.folder / "archive.db"


def body(number: int) -> bytes:
    """The story as it was at one visit."""
    return b"<!doctype html><title>Story</title><p>Version %d of the story." % number


def build(folder: Path) -> Archive:
    """Write the archive into a folder."""
    store = Store(str(folder))
    log = Log(store.temp(), lambda: "2026-11-22T12:00:00Z", Info("pincite/0.1 test"))

    def visit(uri: str, date: str, body: bytes, *head: str, role: str = "page") -> Snapshot:
        status = next((field for field in head if field[:3].isdigit()), "200 OK")
        fields = [field for field in head if ": " in field]
        if not any(field.startswith("Content-Type") for field in fields):
            fields.append("Content-Type: text/html; charset=utf-8")
        wire = "\r\n".join((f"HTTP/1.1 {status}", *fields, f"Content-Length: {len(body)}")).encode()
        answer = io.BytesIO(wire + b"\r\n\r\n" + body)
        request = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
        how = Provenance("page" if role == "page" else "requisite")
        return log.exchange(Exchange(uri, date, request, answer, "192.0.2.1", ("http/1.1",), how))

    story = [visit(STORY, date, body(number)) for number, date in enumerate(TIMES)]
    named = {
        "old": visit(OLD, TIMES[1], b"moved", f"Location: {STORY}", "301 Moved Permanently"),
        "gone": visit(GONE, TIMES[2], b"<p>Not found", "404 Not Found"),
        "busy": visit(BUSY, TIMES[2], b"<p>Busy", "503 Service Unavailable"),
        "wall": visit(WALL, TIMES[2], b"<p>Denied", "999 Request denied"),
        "packed": visit(PACKED, TIMES[2], gzip.compress(body(9)), "Content-Encoding: gzip"),
        "style": visit(STYLE, TIMES[2], b"p{}", "Content-Type: text/css", role="requisite"),
        "odd": visit(ODD, TIMES[2], b"<p>Odd"),
        "upper": visit("https://news.example/Case", TIMES[2], b"<p>upper"),
        "lower": visit("https://news.example/case", TIMES[3], b"<p>lower"),
        "big": visit(BIG, TIMES[2], BIG_BODY, "Content-Type: text/plain"),
        "supplied": log.document(Document(STORY, LATER, "text/html", b"<p>Mine", "story.html", "A. Reader")),
    }
    for page in (story[HIDDEN], named["lower"]):
        why = "a court order"
        log.statement(Restriction("Counsel", "2026-12-01T00:00:00Z", snapshot=page.id, reason=why))
    sealed = log.seal()
    store.put(sealed.path, sealed.name)
    fold_names(store, folder / "archive.db", [sealed.name], "2026-12-02T00:00:00Z")
    (folder / "pincite.toml").write_text("", encoding="utf-8")

    def placed(page: Snapshot) -> Snapshot:
        return replace(page, place=replace(page.place, file=sealed.name))

    return Archive(folder, tuple(map(placed, story)), {name: placed(page) for name, page in named.items()})
