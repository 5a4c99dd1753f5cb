"""WARC files by name, written once: a folder, or an object store by its URL.

<archive>/warcs/<name>      finished files, never changed
<archive>/pending/<name>    marks of files whose facts may not be in the index yet
<archive>/.writing/         files being written; nothing in here is part of the archive
"""

import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

import fsspec

from archive.errors import StoreError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_SUFFIX = re.compile(r"[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1024 * 1024
# A file is written in minutes; one that is older than this was left by a program that was killed.
_STALE_SECONDS = 7 * 24 * 3600


def own_name(date: str, sha256: str) -> str:
    """The name of a WARC file of ours: from its warcinfo's WARC-Date and the hex SHA-256 of its bytes.

    >>> own_name("2026-11-22T12:00:00Z", "ab" * 32)[:32]
    '2026/11/22/20261122120000-ababab'
    """
    digits = re.sub(r"\D", "", date.partition(".")[0])[:14]
    if len(digits) != 14 or not _SHA256.fullmatch(sha256):
        raise StoreError(
            f"no name for a WARC file of {date!r} and {sha256!r}: expected a WARC-Date and a hex SHA-256"
        )
    return f"{digits[:4]}/{digits[4:6]}/{digits[6:8]}/{digits}-{sha256}.warc.gz"


def imported_name(sha256: str, suffix: str) -> str:
    """The name of a file of somebody else, whose bytes stay as they are.

    >>> imported_name("cd" * 32, ".warc.gz")[-14:]
    'cdcdcd.warc.gz'
    """
    bare = suffix.strip(".").lower()
    if not _SHA256.fullmatch(sha256) or not _SUFFIX.fullmatch(bare):
        raise StoreError(f"no name for an imported file of {sha256!r} and suffix {suffix!r}")
    return f"imported/{sha256}.{bare}"


def stated_sha256(name: str) -> str | None:
    """The hex SHA-256 that a name says its file has."""
    match = re.search(r"(?:^|[-/])([0-9a-f]{64})\.", name)
    return match[1] if match else None


class Store:
    """Where an archive's WARC files lie. What is once put under a name stays as it is."""

    def __init__(self, url: str) -> None:
        with _translated(url):
            self._fs, root = fsspec.core.url_to_fs(url)
        self._root = str(root).rstrip("/")
        protocols = (self._fs.protocol,) if isinstance(self._fs.protocol, str) else self._fs.protocol
        self._folder = Path(self._root) if "file" in protocols else None
        self._writing: Path | None = None

    def names(self) -> list[str]:
        """The names of all stored files, sorted."""
        return self._below("warcs")

    def size(self, name: str) -> int:
        """The size of a stored file in bytes."""
        with _translated(name):
            return int(self._fs.size(self._path("warcs", name)))

    def exists(self, name: str) -> bool:
        """Whether a file of this name is stored."""
        with _translated(name):
            return bool(self._fs.isfile(self._path("warcs", name)))

    def open(self, name: str) -> BinaryIO:
        """A stored file, seekable, for reading."""
        path = self._path("warcs", name)
        with _translated(name):
            return Path(path).open("rb") if self._folder else cast(BinaryIO, self._fs.open(path, "rb"))

    def read(self, name: str, offset: int, length: int) -> bytes:
        """A part of a stored file; shorter where the file ends before."""
        with self.open(name) as stored, _translated(name):
            stored.seek(offset)
            return stored.read(length)

    def put(self, local: Path, name: str) -> None:
        """Store a file under a name, safe on disk when this returns; ``local`` is consumed.

        The same bytes under the same name again change nothing.

        :raises StoreError: other bytes are stored under that name, or the file cannot be written.
        """
        path = self._path("warcs", name)
        with _translated(name):
            if not self.exists(name):
                self._place(local, path, name)
            elif not self._same(local, name):
                raise StoreError(
                    f"{name} is stored already with other bytes: it stays as it is; give another name"
                )
            local.unlink(missing_ok=True)

    def mark(self, name: str) -> None:
        """Note that a file is about to be stored whose facts are not in the index yet."""
        path = self._path("pending", name)
        with _translated(path):
            if self._folder:
                _make_folder(Path(path).parent)
                _write_through(Path(path), b"")
            else:
                self._fs.pipe_file(path, b"")

    def unmark(self, name: str) -> None:
        """Note that a file's facts are in the index."""
        path = self._path("pending", name)
        with _translated(path):
            if self._folder:
                Path(path).unlink(missing_ok=True)
            elif self._fs.exists(path):
                self._fs.rm_file(path)

    def pending(self) -> list[str]:
        """The names that are marked, sorted; a kill can leave one whose file was never stored."""
        return self._below("pending")

    def temp(self) -> Path:
        """A folder for files being written, from which ``put`` moves them without copying if it can."""
        if self._writing is None:
            with _translated(self._root):
                if self._folder:
                    self._writing = self._folder / ".writing"
                    _make_folder(self._writing)
                    _sweep(self._writing)
                else:
                    self._writing = Path(tempfile.mkdtemp(prefix="pincite-"))
        return self._writing

    def _place(self, local: Path, path: str, name: str) -> None:
        if not self._folder:
            self._fs.makedirs(self._fs._parent(path), exist_ok=True)
            self._fs.put_file(str(local), path)
            self._fs.invalidate_cache()
            if self.size(name) != local.stat().st_size:
                raise StoreError(f"{name} did not arrive whole: run the command again")
            return
        target = Path(path)
        _make_folder(target.parent)
        ready = self._on_this_file_system(local)
        _sync(ready)
        try:
            # A link, unlike a rename, never takes the place of a file that came in between.
            os.link(ready, target)
            ready.unlink()
        except FileExistsError:
            if not self._same(ready, name):
                raise StoreError(f"{name} was stored with other bytes by somebody else meanwhile") from None
            ready.unlink()
        except OSError:
            # Some file systems know no links; there the look before and the rename have to do.
            os.rename(ready, target)
        _sync(target.parent)

    def _on_this_file_system(self, local: Path) -> Path:
        """The file itself, or a copy where a link across file systems is impossible."""
        if local.stat().st_dev == self.temp().stat().st_dev:
            return local
        handle, copy = tempfile.mkstemp(dir=self.temp())
        with os.fdopen(handle, "wb") as target, local.open("rb") as source:
            shutil.copyfileobj(source, target, _CHUNK)
        return Path(copy)

    def _same(self, local: Path, name: str) -> bool:
        if local.stat().st_size != self.size(name):
            return False
        with local.open("rb") as one, self.open(name) as other:
            return _sha256(one) == _sha256(other)

    def _path(self, room: str, name: str) -> str:
        """The path of a name; names are made by us, but may be given by anyone."""
        if not _NAME.fullmatch(name) or len(name) > 1000:
            raise StoreError(f"{name[:80]!r} is not the name of a stored file")
        return f"{self._root}/{room}/{name}"

    def _below(self, room: str) -> list[str]:
        base = f"{self._root}/{room}"
        with _translated(base):
            self._fs.invalidate_cache()
            found = self._fs.find(base) if self._fs.exists(base) else []
        inside = (str(PurePosixPath(str(path)).relative_to(PurePosixPath(base))) for path in found)
        return sorted(name for name in inside if _NAME.fullmatch(name))


@contextmanager
def _translated(where: str) -> Iterator[None]:
    """Errors of file systems and object stores as this house's own, with the place that was meant."""
    try:
        yield
    except FileNotFoundError as missing:
        raise StoreError(f"{where} is not in the store") from missing
    except (OSError, ValueError, ImportError) as wrong:
        reason = getattr(wrong, "strerror", None) or str(wrong)
        raise StoreError(f"the store cannot be used at {where}: {reason}") from wrong


def _sha256(stream: Any) -> bytes:
    digest = hashlib.sha256()
    while piece := stream.read(_CHUNK):
        digest.update(piece)
    return digest.digest()


def _sync(path: Path) -> None:
    """Bring a file or folder to the disk: a rename is safe only when its folder is."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_through(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    _sync(path)
    _sync(path.parent)


def _sweep(folder: Path) -> None:
    """Remove what killed programs left half written; other programs may be writing beside."""
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < time.time() - _STALE_SECONDS:
                path.unlink()


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, each noted on disk in the one that holds it."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync(folder.parent)
