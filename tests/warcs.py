"""WARC files as others write them, good, odd and damaged, built byte by byte for tests."""

import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable

from archive.warc.record import Damage, Record, records

DATE = "2026-11-22T12:00:00Z"


def record(
    kind: str = "resource",
    block: bytes = b"hello\n",
    *,
    version: str = "1.1",
    uri: str | None = "https://example.org/",
    number: int = 1,
    without: tuple[str, ...] = (),
    end: bytes = b"\r\n\r\n",
    line: bytes = b"\r\n",
    **fields: str,
) -> bytes:
    """One record; ``fields`` add or replace (``WARC_Date="…"``), ``without`` leaves fields out."""
    head = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-{number:012d}>",
        "WARC-Date": DATE,
        "Content-Length": str(len(block)),
        "Content-Type": "application/http;msgtype=response" if kind == "response" else "text/plain",
    }
    if uri is not None:
        head["WARC-Target-URI"] = uri
    head.update({name.replace("_", "-"): value for name, value in fields.items()})
    lines = [f"WARC/{version}", *(f"{name}: {value}" for name, value in head.items() if name not in without)]
    return line.join(text.encode() for text in lines) + line * 2 + block + end


def response(body: bytes = b"<p>hello</p>", *fields: str, status: str = "200 OK", **rest: object) -> bytes:
    """A response record; ``fields`` are HTTP fields, as written."""
    http = "\r\n".join((f"HTTP/1.1 {status}", *fields)).encode() + b"\r\n\r\n" + body
    return record("response", http, **rest)  # type: ignore[arg-type]


def chunked(*chunks: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    """A body in chunks."""
    return b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + end


def gzipped(*members: bytes) -> bytes:
    """Each given piece as a gzip member of its own."""
    return b"".join(gzip.compress(member, mtime=0) for member in members)


def read(content: bytes, file: str = "test.warc") -> tuple[list[Record], list[Damage]]:
    """What the reader finds in a file of these bytes: its records, and its damage."""
    found = list(records(io.BytesIO(content), file))
    return [x for x in found if isinstance(x, Record)], [x for x in found if isinstance(x, Damage)]


def sha256(content: bytes) -> str:
    """``sha256:<hex>``, reckoned here and not by what is tested."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def wacz(
    files: Iterable[tuple[str, bytes]],
    *,
    compression: int = zipfile.ZIP_STORED,
    hashes: dict[str, str] | None = None,
) -> bytes:
    """A WACZ package of these files, with a datapackage.json; ``hashes`` replace the right ones."""
    files = list(files)
    stated = {path: sha256(content) for path, content in files} | (hashes or {})
    resources = [
        {"name": path.rpartition("/")[2].lower(), "path": path, "hash": stated[path], "bytes": len(content)}
        for path, content in files
    ]
    package = {"profile": "data-package", "wacz_version": "1.1.1", "resources": resources}
    described = json.dumps(package).encode()
    digest = json.dumps({"path": "datapackage.json", "hash": sha256(described)}).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as target:
        for path, content in files:
            target.writestr(path, content)
        target.writestr("datapackage.json", described)
        target.writestr("datapackage-digest.json", digest)
    return out.getvalue()
