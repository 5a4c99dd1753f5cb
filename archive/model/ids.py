"""Intrinsic ids: sixteen symbols that anyone can compute again from what they name.

    preimage = kind \\n field \\n field …        (UTF-8, no newline at the end)
    id       = 15 symbols (top 75 bits of SHA-256) + 1 check symbol (Luhn mod 32)

The alphabet is Crockford's base32 in lower case: no i, l, o, u.
Printed in groups of four: ``860w-hmce-fyfw-8mb1``.
"""

import hashlib
import re
import unicodedata
from functools import lru_cache
from itertools import product

from archive.errors import BadId

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)}
# Twice a value, its two digits in base 32 added up.
_DOUBLED = {symbol: 2 * value // 32 + 2 * value % 32 for symbol, value in _VALUE.items()}
_PAIRS = tuple(map("".join, product(ALPHABET, repeat=2)))
_LOOKALIKE = {"o": "0", "i": "1", "l": "1"}
_BODY = 15
_SCHEME = re.compile(r"^(?:pincite:|urn:pincite:[a-z]+:)", re.IGNORECASE)
# Unicode categories that a copied id picks up on its way through print, mail and word processors:
# blanks, dashes, and what shows nothing at all (soft hyphen, zero-width space, byte order mark).
_SKIPPED = {"Zs", "Zl", "Zp", "Cc", "Cf", "Pd"}


def check_symbol(body: str) -> str:
    """The Luhn mod 32 symbol of 15 symbols, factor 2 at the rightmost."""
    doubled, single = body[::-1][::2], body[::-1][1::2]
    total = sum(map(_DOUBLED.__getitem__, doubled)) + sum(map(_VALUE.__getitem__, single))
    return ALPHABET[-total % 32]


# Kept for a while: a claim is asked for its id at each step of matching.
@lru_cache(maxsize=1024)
def intrinsic_id(kind: str, *fields: str) -> str:
    """The id of a noun: its kind, then the fields its identity is made of.

    >>> intrinsic_id("claim", "g3z1fdnvkx7c6wsj", "0", "5")
    'rrv0251mat3ak3ne'
    """
    digest = hashlib.sha256("\n".join((kind, *fields)).encode("utf-8")).digest()
    bits = int.from_bytes(digest, "big") >> (256 - 5 * _BODY)
    # Two symbols at a time, and the last alone.
    body = "".join([_PAIRS[bits >> place & 1023] for place in range(65, 0, -10)]) + ALPHABET[bits & 31]
    return body + check_symbol(body)


def grouped(identifier: str) -> str:
    """An id as it is printed, in groups of four.

    >>> grouped("860whmcefyfw8mb1")
    '860w-hmce-fyfw-8mb1'
    """
    return "-".join(identifier[i : i + 4] for i in range(0, len(identifier), 4))


def parse_id(written: str) -> str:
    """The id that somebody wrote down, read forgivingly.

    Any case; blanks, dashes, invisible characters and trailing punctuation are skipped; ``o`` is 0,
    ``i`` and ``l`` are 1. A leading ``pincite:`` or ``urn:pincite:<kind>:`` is taken off.

    :raises BadId: not 16 symbols, a symbol outside the alphabet, or a wrong check symbol.

    >>> parse_id("860W HMCE–FYFW-8MBl.")
    '860whmcefyfw8mb1'
    """
    symbols = []
    for symbol in _SCHEME.sub("", written.strip()).rstrip(".,;:!?)]}>»”’\"'").lower():
        if unicodedata.category(symbol) in _SKIPPED:
            continue
        symbols.append(_LOOKALIKE.get(symbol, symbol))
    found = "".join(symbols)
    if len(found) != _BODY + 1 or not all(symbol in _VALUE for symbol in found):
        raise BadId(
            written, f"an id has 16 letters and digits such as 860w-hmce-fyfw-8mb1, this has {len(found)}"
        )
    if check_symbol(found[:_BODY]) != found[_BODY]:
        raise BadId(written, "its check symbol is wrong: at least one character was mistyped")
    return found


def snapshot_id(uri: str, date: str, digest: str) -> str:
    """The id of a snapshot: target URI and WARC-Date as written, payload digest as ``alg:hex``.

    >>> grouped(snapshot_id("https://example.org/a?b=1", "2026-11-22T12:00:00Z",
    ...     "sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"))
    '860w-hmce-fyfw-8mb1'
    """
    if uri.startswith("<") and uri.endswith(">"):
        uri = uri[1:-1]
    return intrinsic_id("snapshot", uri, date, digest)


def text_id(snapshot: str, extractor: str, body: str) -> str:
    """The id of a text: its snapshot, ``name version`` of the extractor, the text itself.

    >>> grouped(text_id("860whmcefyfw8mb1", "trafilatura 2.3.1", "hello"))
    'g3z1-fdnv-kx7c-6wsj'
    """
    return intrinsic_id("text", snapshot, extractor, sha256_of(body.encode("utf-8")))


def claim_id(text: str, start: int, end: int) -> str:
    """The id of a claim: the article text it stands in, and its span in code points."""
    return intrinsic_id("claim", text, str(start), str(end))


def citation_id(text: str, label: str, uri: str, nth: int) -> str:
    """The id of a citation: text, label as written, URI as written or empty, 0 for the first such."""
    return intrinsic_id("citation", text, label, uri, str(nth))


def evidence_id(claim: str, text: str, start: int, end: int, method: str) -> str:
    """The id of a piece of evidence: claim, source text, span, method with version."""
    return intrinsic_id("evidence", claim, text, str(start), str(end), method)


def record_noun_id(kind: str, block: bytes) -> str:
    """The id of a noun whose identity is its record: reading, resolution, verdict, failure …"""
    return intrinsic_id(kind, sha256_of(block))


def sha256_of(data: bytes) -> str:
    """A digest as WARC 1.1 and this archive write it: ``sha256:<lower-case hex>``."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def urn(kind: str, identifier: str) -> str:
    """How records name a noun: ``urn:pincite:<kind>:<id>``."""
    return f"urn:pincite:{kind}:{identifier}"
