r"""Values of application/warc-fields that come back exactly, whatever they hold. Pure.

    title: A ferry,\na captain and C:\\DOS

A value is written as it is, so that every reader of WARC files can read it; only what would end the line
or be trimmed is escaped: ``\n``, ``\\``, and ``\uXXXX`` for other controls and for blanks at either end.
"""

import re
import unicodedata
from collections.abc import Iterable

from archive.warc.annotation import Malformed

Pairs = tuple[tuple[str, str], ...]

_UNSAFE = {"Cc", "Zl", "Zp"}
_ESCAPE = re.compile(r"\\(?:(\\)|(n)|u([0-9a-f]{4}))")


def fields_block(pairs: Iterable[tuple[str, str]]) -> bytes:
    """Fields, one a line.

    :raises Malformed: a value holds half a surrogate pair, which has no UTF-8.
    """
    try:
        return "".join(f"{name}: {escaped(value)}\r\n" for name, value in pairs).encode("utf-8")
    except UnicodeEncodeError as wrong:
        raise Malformed(f"half a surrogate pair cannot be kept: {wrong}") from None


def fields_of(block: bytes) -> Pairs:
    """The fields of a block.

    :raises Malformed: it is no UTF-8, or a value cannot be kept.
    """
    try:
        written = block.decode("utf-8")
    except UnicodeDecodeError as wrong:
        raise Malformed(f"expected fields in UTF-8, found other bytes: {wrong}") from None
    return tuple((name, unescaped(value)) for name, value in _parted(written))


def plain_fields(block: bytes) -> Pairs:
    """The fields of other people's blocks, which escape nothing and are not always UTF-8; never raises."""
    try:
        return _parted(block.decode("utf-8"))
    except UnicodeDecodeError:
        return _parted(block.decode("latin-1"))


def _parted(written: str) -> Pairs:
    # Some writers end lines in LF alone; the CR of the others goes with the blanks around a value.
    parted = (line.partition(":") for line in written.split("\n") if ":" in line)
    return tuple((name.strip().lower(), value.strip()) for name, _, value in parted)


def escaped(value: str) -> str:
    """A value on one line that nobody trims."""
    if "\\" not in value and value == value.strip() and value.isprintable():
        return value
    last = len(value) - 1
    return "".join(_symbol(symbol, edge=at in (0, last)) for at, symbol in enumerate(value))


def _symbol(symbol: str, edge: bool) -> str:
    if symbol in "\\\n":
        return r"\\" if symbol == "\\" else r"\n"
    if unicodedata.category(symbol) in _UNSAFE or (edge and symbol.isspace()):
        return f"\\u{ord(symbol):04x}"
    return symbol


def unescaped(value: str) -> str:
    """A value as it was.

    :raises Malformed: it would hold a NUL or half a surrogate pair.
    """
    value = _ESCAPE.sub(_unescaped_symbol, value)
    if "\x00" in value:
        raise Malformed(f"a NUL in {value[:40]!r}")
    return value


def _unescaped_symbol(match: re.Match[str]) -> str:
    if match[3] is None:
        return "\\" if match[1] else "\n"
    symbol = chr(int(match[3], 16))
    if "\ud800" <= symbol <= "\udfff":
        raise Malformed(f"half a surrogate pair: {match[0]}")
    return symbol
