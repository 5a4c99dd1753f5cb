"""Digests as records state them: sha1 in base32 or hex, sha256, md5, one value however it is written."""

import base64
import binascii
import hashlib
from typing import BinaryIO

from archive.warc.record.spans import pieces

# Bytes of each digest that is checked; both `sha-256` and `sha256` are in use.
_LENGTHS = {"md5": 16, "sha1": 20, "sha224": 28, "sha256": 32, "sha384": 48, "sha512": 64}


def parse_digest(stated: str) -> tuple[str, bytes] | None:
    """Algorithm and bytes of ``alg:value`` in hex, base32 or base64; None where it is none of these."""
    algorithm, value = _algorithm(stated), stated.partition(":")[2]
    length = _LENGTHS.get(algorithm)
    if length is None:
        return None
    for decoded in _readings(value.strip()):
        if len(decoded) == length:
            return algorithm, decoded
    return None


def _algorithm(stated: str) -> str:
    return stated.partition(":")[0].strip().lower().replace("-", "")


def _readings(value: str) -> list[bytes]:
    """The value read as hex, base32 and base64; only one of them has the digest's length."""
    found = []
    bare = value.rstrip("=")
    for read, written in (
        (bytes.fromhex, value),
        (base64.b32decode, bare.upper() + "=" * (-len(bare) % 8)),
        (base64.urlsafe_b64decode, bare.replace("+", "-").replace("/", "_") + "=" * (-len(bare) % 4)),
    ):
        try:
            found.append(read(written))
        except (ValueError, binascii.Error):
            continue
    return found


def canonical_digest(stated: str) -> str:
    """A stated digest as ``alg:<lower-case hex>``; as written where it decodes as nothing known.

    >>> canonical_digest("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ")
    'sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709'
    >>> canonical_digest("made-up:123")
    'made-up:123'
    """
    parsed = parse_digest(stated)
    return f"{parsed[0]}:{parsed[1].hex()}" if parsed else stated.strip()


def agrees(stated: str, stream: BinaryIO) -> bool | None:
    """Whether a stated digest is that of the stream; None where its algorithm is unknown."""
    parsed = parse_digest(stated)
    if parsed is None:
        return False if _algorithm(stated) in _LENGTHS else None
    digest = hashlib.new(parsed[0], usedforsecurity=False)
    stream.seek(0)
    for piece in pieces(stream):
        digest.update(piece)
    stream.seek(0)
    return digest.digest() == parsed[1]
