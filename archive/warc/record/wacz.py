"""WACZ packages: WARC files within a zip, read in place; offsets are those of the zip file itself."""

import hashlib
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any, BinaryIO

from archive.store import Store
from archive.warc.record.formats import is_zip
from archive.warc.record.nouns import Damage, Record
from archive.warc.record.reader import read_span, records
from archive.warc.record.spans import pieces, size_of

_WARC = re.compile(r"archive/.+\.warc(\.gz)?$", re.IGNORECASE)
_UNSAFE = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\\|\x00")
_ENCRYPTED = 0x1
_LOCAL = struct.Struct("<4s22xHH")  # signature …, length of the name, length of the extra field
# What a WACZ is packed with. Python unpacks other methods without regard to how much was asked for.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MOST_JSON = 64 * 1024 * 1024
_NO_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def stored_records(store: Store, name: str) -> Iterator[Record | Damage]:
    """Every record and damage of a stored file, WARC or WACZ; blocks can be read while it is iterated.

    :raises UnsupportedFormat: the stored file is of neither kind.
    """
    with store.open(name) as stream:
        yield from (wacz_records if is_zip(stream) else records)(stream, name)


def wacz_records(stream: BinaryIO, file: str) -> Iterator[Record | Damage]:
    """The records of the WARC files in a WACZ, by their order in it, and what does not hold."""
    size = size_of(stream)
    try:
        package = zipfile.ZipFile(stream)
    except _NO_ZIP as wrong:
        yield Damage(0, f"the zip's directory cannot be read: {wrong}")
        return
    with package:
        members = sorted(package.infolist(), key=_at)
        yield from _unsafe(members)
        yield from _package_faults(package)
        found = False
        for member in members:
            if not _WARC.match(member.filename) or _UNSAFE.search(member.filename):
                continue
            found = True
            yield from _member_records(stream, file, member, size)
        if not found:
            yield Damage(0, "expected WARC files in the folder archive/ of the package, found none")


def _at(member: zipfile.ZipInfo) -> int:
    """Where a file of the package begins; a broken directory may say before the package itself."""
    return max(0, member.header_offset)


def _unsafe(members: list[zipfile.ZipInfo]) -> Iterator[Damage]:
    """Names that would lead out of a folder, were anything unpacked; and names that stand twice."""
    seen = set()
    for member in members:
        # zipfile cuts names at a NUL and turns backslashes; what the zip says is kept beside.
        if _UNSAFE.search(member.orig_filename):
            yield Damage(_at(member), f"a name that leads out of the package: {member.orig_filename[:80]!r}")
        if member.filename in seen:
            yield Damage(_at(member), f"the package has {member.filename[:80]!r} twice")
        seen.add(member.filename)


def _member_records(
    stream: BinaryIO, file: str, member: zipfile.ZipInfo, size: int
) -> Iterator[Record | Damage]:
    at, name = _at(member), member.filename[:80]
    if member.flag_bits & _ENCRYPTED:
        yield Damage(at, f"{name} is encrypted: it cannot be read")
        return
    if member.compress_type != zipfile.ZIP_STORED:
        yield Damage(at, f"{name} is compressed in the package: its records have no place that could be read")
        return
    stream.seek(at)
    header = stream.read(_LOCAL.size)
    if at != member.header_offset or len(header) < _LOCAL.size or not header.startswith(b"PK\x03\x04"):
        yield Damage(at, f"{name} is not where the zip's directory says")
        return
    _, of_name, of_extra = _LOCAL.unpack(header)
    start = at + _LOCAL.size + of_name + of_extra
    end = start + member.file_size
    if end > size:
        yield Damage(at, f"{name} is cut short: {max(0, size - start)} of {member.file_size} bytes are there")
        end = size
    if start >= end:
        yield Damage(at, f"{name} is empty")
    yield from read_span(stream, file, start, end)


def _package_faults(package: zipfile.ZipFile) -> Iterator[Damage]:
    """Where the package's own hashes do not hold."""
    names = {member.filename: member for member in package.infolist()}
    described = names.get("datapackage.json")
    if described is None:
        yield Damage(0, "the package has no datapackage.json")
        return
    try:
        content = _content(package, described)
        resources = list(_resources(json.loads(content)))
        listed = frozenset(path for path, _ in resources)
    except _NO_ZIP as wrong:
        yield Damage(_at(described), f"datapackage.json cannot be read: {wrong}")
        return
    yield from _digest_fault(package, names.get("datapackage-digest.json"), content)
    for path, stated in resources:
        member = names.get(path)
        if member is None:
            yield Damage(0, f"datapackage.json names {path[:80]!r}, which is not in the package")
        else:
            yield from _resource_fault(package, member, stated)
    for path, member in names.items():
        if path.startswith("archive/") and not member.is_dir() and path not in listed:
            yield Damage(_at(member), f"datapackage.json does not name {path[:80]!r}")


def _resources(described: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(described, dict) or not isinstance(described.get("resources"), list):
        raise ValueError("it has no list of resources")
    for resource in described["resources"]:
        if not isinstance(resource, dict) or not isinstance(resource.get("path"), str):
            raise ValueError("a resource has no path")
        yield resource["path"], str(resource.get("hash") or "")


def _resource_fault(package: zipfile.ZipFile, member: zipfile.ZipInfo, stated: str) -> Iterator[Damage]:
    name, at = member.filename[:80], _at(member)
    algorithm, _, value = stated.rpartition(":")
    try:
        digest = hashlib.new(algorithm or "sha256", usedforsecurity=False)
        with _opened(package, member) as content:
            for piece in pieces(content):  # type: ignore[arg-type]
                digest.update(piece)
    except _NO_ZIP as wrong:
        yield Damage(at, f"{name} cannot be read: {wrong}")
        return
    if digest.hexdigest() != value.lower():
        yield Damage(at, f"{name} does not match its hash in datapackage.json", fault="package-hash")


def _digest_fault(
    package: zipfile.ZipFile, member: zipfile.ZipInfo | None, described: bytes
) -> Iterator[Damage]:
    if member is None:
        return
    try:
        stated = json.loads(_content(package, member)).get("hash")
    except (*_NO_ZIP, AttributeError) as wrong:
        yield Damage(_at(member), f"datapackage-digest.json cannot be read: {wrong}")
        return
    if stated != f"sha256:{hashlib.sha256(described).hexdigest()}":
        detail = "datapackage.json does not match its hash in datapackage-digest.json"
        yield Damage(_at(member), detail, fault="package-hash")


def _opened(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> IO[bytes]:
    if member.compress_type not in _METHODS:
        raise ValueError("it is neither stored nor deflated")
    return package.open(member)


def _content(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with _opened(package, member) as stream:
        content = stream.read(_MOST_JSON + 1)
    if len(content) > _MOST_JSON:
        raise ValueError(f"it is longer than {_MOST_JSON} bytes")
    return content
