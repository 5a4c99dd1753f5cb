"""JSON that nobody vouches for, read with its types: what is not as expected is Malformed. Pure."""

import json
import math
from collections.abc import Sequence
from typing import Any, NoReturn, TypeVar, get_args

from archive.errors import BadId, PinciteError
from archive.model import parse_id
from archive.uri import parse_date

Json = dict[str, Any]
T = TypeVar("T")

# A reading of 1,000 claims with three passages each takes 3 MB; beyond this it is an attack on memory.
MOST_BYTES = 32 * 1024 * 1024
# Offsets, ranks and counts: what SQLite, JSON and JavaScript all hold exactly.
_MOST_INTEGER = 2**53 - 1


class Malformed(PinciteError):
    """A block that is not a noun as this archive writes them."""


def encoded(document: Json) -> bytes:
    """The bytes of a document: the same content always gives the same.

    :raises Malformed: it holds a NUL, half a surrogate pair or a number that is none.
    """
    try:
        written = json.dumps(
            document, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
        )
        block = written.encode("utf-8")
    except ValueError as wrong:
        raise Malformed(f"what cannot be written as JSON cannot be kept: {wrong}") from wrong
    if "\\u0000" in written:
        # A backslash that the content itself holds is written twice, so look again, at the strings.
        parsed(block)
    return block


def parsed(block: bytes) -> "Node":
    """The object that a block holds.

    :raises Malformed: it is none, is too long, or is nested too deep.
    """
    if len(block) > MOST_BYTES:
        raise Malformed(f"expected at most {MOST_BYTES} bytes of JSON, found {len(block)}")
    try:
        found = json.loads(block.decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError) as wrong:
        raise Malformed(f"expected JSON, found something else: {str(wrong)[:120]}") from wrong
    _check_strings(found)
    return Node(found)


def _no_number(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def _check_strings(found: Any) -> None:
    """No NUL (SQLite's functions end at one) and no half surrogate pair (it has no UTF-8), anywhere."""
    waiting = [found]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            if "\x00" in value or (not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value)):
                raise Malformed(f"a NUL or half a surrogate pair in {value[:40]!r}")
        elif isinstance(value, dict):
            waiting += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            waiting += value


class Node:
    """A JSON object whose values are asked for by name and type.

    What is absent or of another type raises :class:`Malformed`; ``maybe_`` gives None where it is absent.
    """

    def __init__(self, value: Any) -> None:
        if not isinstance(value, dict):
            raise Malformed(f"expected an object, found {_brief(value)}")
        self._value: Json = value

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._value

    def is_text(self, key: str) -> bool:
        """Whether a string is there."""
        return isinstance(self._value.get(key), str)

    def text(self, key: str) -> str:
        """A string."""
        return _as_text(self._value.get(key), key)

    def maybe_text(self, key: str) -> str | None:
        """A string, or None."""
        return self.text(key) if self.has(key) else None

    def word(self, key: str, words: Any) -> Any:
        """One of the strings of a Literal type."""
        found = self.text(key)
        if found not in get_args(words):
            raise Malformed(f"{key}: expected one of {', '.join(get_args(words))}, found {found[:40]!r}")
        return found

    def integer(self, key: str) -> int:
        """A whole number from 0."""
        return _as_integer(self._value.get(key), key)

    def number(self, key: str) -> float:
        """A finite number."""
        found = self._value.get(key)
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise Malformed(f"{key}: expected a number, found {_brief(found)}")
        try:
            number = float(found)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise Malformed(f"{key}: expected a finite number")
        return number

    def date(self, key: str) -> str:
        """An instant as a WARC-Date."""
        found = self.text(key)
        try:
            parse_date(found)
        except ValueError:
            raise Malformed(f"{key}: expected a date as 2026-11-22T12:00:00Z, found {found[:40]!r}") from None
        return found

    def identifier(self, key: str, *kinds: str) -> str:
        """The id that a ``urn:pincite:<kind>:<id>`` of one of these kinds names."""
        return identifier_of(self.text(key), *kinds)

    def maybe_identifier(self, key: str, *kinds: str) -> str | None:
        """The same, or None."""
        return self.identifier(key, *kinds) if self.has(key) else None

    def items(self, key: str) -> Sequence[Any]:
        """A list; empty where it is absent."""
        found = self._value.get(key, [])
        if not isinstance(found, list):
            raise Malformed(f"{key}: expected a list, found {_brief(found)}")
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """Strings."""
        return tuple(_as_text(value, key) for value in self.items(key))

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        """Pairs of strings."""
        return tuple(_as_pair(value, key) for value in self.items(key))

    def integer_pairs(self, key: str) -> tuple[tuple[int, int], ...]:
        """Pairs of whole numbers."""
        pairs = (_two(value, key) for value in self.items(key))
        return tuple((_as_integer(a, key), _as_integer(b, key)) for a, b in pairs)

    def node(self, key: str) -> "Node":
        """An object."""
        return Node(self._value.get(key))

    def maybe_node(self, key: str) -> "Node | None":
        """An object, or None."""
        return self.node(key) if self.has(key) else None

    def nodes(self, key: str) -> tuple["Node", ...]:
        """Objects."""
        return tuple(Node(value) for value in self.items(key))


def identifier_of(name: str, *kinds: str) -> str:
    """The id in a ``urn:pincite:<kind>:<id>``.

    :raises Malformed: it is none, or of another kind.
    """
    found = name.split(":")
    if len(found) != 4 or found[:2] != ["urn", "pincite"] or found[2] not in kinds:
        raise Malformed(f"expected urn:pincite:{'|'.join(kinds)}:<id>, found {name[:60]!r}")
    return canonical_id(found[3])


def canonical_id(written: str) -> str:
    """An id exactly as records write it: 16 symbols, lower case, a right check symbol."""
    try:
        identifier = parse_id(written)
    except BadId as wrong:
        raise Malformed(str(wrong)) from None
    must(identifier == written, f"an id in lower case without hyphens, found {written[:40]!r}")
    return identifier


def must(holds: bool, expected: str) -> None:
    """Raise Malformed unless something holds."""
    if not holds:
        raise Malformed(f"expected {expected}")


def present(**values: T | None) -> dict[str, T]:
    """Those of the values that are not None, under the keys of this archive's own terms."""
    return {f"pincite:{key}": value for key, value in values.items() if value is not None}


def _as_text(value: Any, key: str) -> str:
    if not isinstance(value, str):
        raise Malformed(f"{key}: expected a string, found {_brief(value)}")
    return value


def _as_integer(value: Any, key: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST_INTEGER:
        raise Malformed(f"{key}: expected a whole number from 0, found {_brief(value)}")
    return value


def _two(value: Any, key: str) -> list[Any]:
    if not isinstance(value, list) or len(value) != 2:
        raise Malformed(f"{key}: expected a pair, found {_brief(value)}")
    return value


def _as_pair(value: Any, key: str) -> tuple[str, str]:
    a, b = _two(value, key)
    return _as_text(a, key), _as_text(b, key)


def _brief(value: Any) -> str:
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else f"a list of {len(value)}"
    return "nothing" if value is None else repr(value)[:60]
