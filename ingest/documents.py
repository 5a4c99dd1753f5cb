"""A file that a person names, read as a document: what it is, what it may be, what is said of it."""

import hashlib
import os
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from archive.errors import UsageError
from archive.model import Document, Metadata, PageDate
from archive.uri import host, is_web, ni_uri
from archive.warc.media import identify
from ingest.bundle import LATEX, MARKDOWN, bundled

# What an article or a person's copy may be; anything else is refused before it is kept.
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EPUB = "application/epub+zip"
READABLE = (
    "text/html", "application/xhtml+xml", "application/pdf", "text/plain", "text/markdown", "text/x-tex",
    DOCX, EPUB,
)  # fmt: skip
# What bytes cannot tell: which kind of text, which use of a zip.
_STATED = {
    **dict.fromkeys(MARKDOWN, "text/markdown"), **dict.fromkeys(LATEX, "text/x-tex"),
    ".docx": DOCX, ".epub": EPUB,
}  # fmt: skip
# Beyond this a "file" is no article: the largest PDF reports are below 100 MB.
LARGEST = 256 * 1024 * 1024
# So much of a file tells what it is.
_HEAD = 65536


@dataclass(frozen=True, slots=True)
class About:
    """What the command line says of a local file: the address it is a copy of, and its metadata."""

    uri: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None

    def metadata(self) -> Metadata:
        """The metadata that a person gave."""
        date = PageDate(self.date, self.date, "given") if self.date else None
        return Metadata(title=self.title, authors=tuple(self.authors), date=date)


def check(source: str, about: About) -> None:
    """Whether a source can be taken at all, before anything is done with any.

    :raises UsageError: an unknown scheme, a folder, no such file, one that holds no article, or words that
        fit no address.
    """
    if about.uri is not None and not (is_web(about.uri) and host(about.uri)):
        raise UsageError(f"--uri {about.uri} is no address on the web: it begins with http:// or https://")
    if is_web(source):
        if any(unicodedata.category(symbol) in ("Cc", "Cs") for symbol in source):
            raise UsageError(f"{source!r} is no address: it holds bytes that are no text")
        if about.uri or about.title or about.authors or about.date:
            raise UsageError(f"--uri, --title, --author and --date are for files; {source} speaks for itself")
        return
    if source == "-":
        return
    try:
        _check_file(source, Path(source))
    except OSError as error:
        raise UsageError(f"{source} cannot be read: {error.strerror}") from error


def _check_file(source: str, path: Path) -> None:
    """Only the beginning is read: what is wrong with the last of many files is said before the first."""
    if path.is_dir():
        raise UsageError(f"{source} is a folder: name the file in it")
    if path.is_file():
        size = path.stat().st_size
        if size > LARGEST:
            raise UsageError(f"{source} has {size:,} bytes; the most is {LARGEST:,}")
        _media(source, _bytes(source, _HEAD), whole=size <= _HEAD)
    elif not path.exists():
        scheme, colon, _ = source.partition("://")
        if colon:
            raise UsageError(f"{scheme}:// is not a scheme that can be captured: http and https are")
        raise UsageError(f"there is no file {source}; an address begins with http:// or https://")


def load(source: str, about: About, by: str, date: str) -> Document:
    """The document that a file (or ``-``, stdin) holds.

    :raises UsageError: it cannot be read, is empty, too large, or of a kind that holds no article.
    """
    body = _bytes(source, LARGEST + 1)
    if len(body) > LARGEST:
        raise UsageError(f"{source} has more than {LARGEST:,} bytes, which is the most")
    media = _media(source, body, whole=True)
    if source != "-":
        body = bundled(Path(source), body, LARGEST)
    name = None if source == "-" else os.fsencode(Path(source).name).decode("utf-8", "replace")
    uri = about.uri or ni_uri(hashlib.sha256(body).digest())
    return Document(uri=uri, date=date, media=media, body=body, name=name, supplied_by=by)


def _stated(name: str | None) -> str | None:
    return _STATED.get(Path(name).suffix.lower()) if name else None


def _media(source: str, body: bytes, whole: bool) -> str:
    if whole and not body.strip():
        raise UsageError(f"{source} is empty: there is nothing to read in it")
    media = identify(body[:_HEAD], _stated(None if source == "-" else Path(source).name))
    if media in (DOCX, EPUB) and not body.startswith(b"PK\x03\x04"):
        media = identify(body[:_HEAD], None)
    if media not in READABLE:
        known = "HTML, plain text, Markdown, LaTeX, PDF, Word or EPUB"
        raise UsageError(f"{source} is {media}: an article is {known}")
    return media


def _bytes(source: str, most: int) -> bytes:
    try:
        if source == "-":
            return sys.stdin.buffer.read(most)
        # A pipe or a device has no size to ask for: nothing is read beyond the most.
        with Path(source).open("rb") as stream:
            return stream.read(most)
    except OSError as error:
        raise UsageError(f"{source} cannot be read: {error.strerror}") from error
