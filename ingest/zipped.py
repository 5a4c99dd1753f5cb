"""Documents that are a zip of XML (Word, EPUB): each part within limits, no entity, no other file. Pure."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from posixpath import dirname, join, normpath

from lxml import etree

from archive.errors import ExtractionFailed

# A thesis has a few MB of XML; ten bytes of a zip become ten thousand.
LARGEST_PART = 50_000_000
LARGEST_WHOLE = 100_000_000
_MOST_PARTS = 20_000
# What OPC (ECMA-376 part 2, annex C) and EPUB (OCF 4.2) allow. Python unpacks the others without regard to
# how much was asked for: 500 bytes of bzip2 become 512 MB at once.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


class Parts:
    """The parts of one such document, read one by one; all together no more than a limit."""

    def __init__(self, payload: bytes) -> None:
        """:raises ExtractionFailed: it is no zip, or has too many parts."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(payload))
            self.names = frozenset(self._zip.namelist())
        except _DAMAGED as error:
            raise ExtractionFailed(f"not unpacked: {error}"[:200]) from error
        if (parts := len(self._zip.infolist())) > _MOST_PARTS:
            raise ExtractionFailed(f"{parts} parts, the limit is {_MOST_PARTS}")
        self._left = LARGEST_WHOLE

    def __enter__(self) -> "Parts":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def read(self, name: str) -> bytes | None:
        """The bytes of a part; None where there is none of that name.

        :raises ExtractionFailed: it is damaged, encrypted, or larger than the limit, whatever it states.
        """
        if name not in self.names:
            return None
        most = min(LARGEST_PART, self._left)
        part = self._zip.getinfo(name)
        if part.compress_type not in _METHODS:
            raise ExtractionFailed(f"not unpacked: {name} is neither stored nor deflated")
        try:
            with self._zip.open(part) as stream:
                data = stream.read(most + 1)
        except _DAMAGED as error:
            raise ExtractionFailed(f"not unpacked: {name}: {error}"[:200]) from error
        if len(data) > most:
            raise ExtractionFailed(f"too long: {name} has more than {most} bytes")
        self._left -= len(data)
        return data

    def xml(self, name: str) -> etree._Element | None:
        """A part as a tree; None where there is no such part, or it is empty.

        :raises ExtractionFailed: it is no XML.
        """
        data = self.read(name)
        # No entity is resolved and no file or address is opened; libxml2's own limits of depth stay on.
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
            remove_pis=True, recover=True,
        )  # fmt: skip
        try:
            return etree.fromstring(data, parser) if data and data.strip() else None
        except etree.XMLSyntaxError as error:
            if parser.error_log and parser.error_log[0].type == etree.ErrorTypes.ERR_NO_MEMORY:
                raise ExtractionFailed("limit: memory") from error
            raise ExtractionFailed(f"not parsed: {name}: {error}"[:200]) from error


def beside(part: str, target: str) -> str:
    """The name of a part that another one names relative to itself.

    >>> beside("word/document.xml", "media/a.png"), beside("OPS/a.opf", "../b.xhtml")
    ('word/media/a.png', 'b.xhtml')
    """
    return normpath(join(dirname(part), target)).lstrip("/")


def local(element: etree._Element) -> str:
    """An element's name without its namespace.

    >>> local(etree.fromstring('<a:b xmlns:a="urn:x"/>'))
    'b'
    """
    return str(element.tag).rpartition("}")[2]


def attribute(element: etree._Element, name: str) -> str:
    """An attribute whatever its namespace; empty where it has none."""
    return next(
        (str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), ""
    )


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The children of that name, whatever their namespace."""
    return (child for child in element if local(child) == name)
