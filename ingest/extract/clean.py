"""Characters of a text of record: NFC, LF, nothing that cannot be seen or stored. Pure."""

import re
import unicodedata
from collections.abc import Sequence

# C0 and C1 controls but LF, lone surrogates, noncharacters, and what shows nothing and splits words
# for every search: soft hyphen, byte order mark. ZWJ, ZWNJ and bidirectional marks carry meaning: kept.
UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff]"
)
_BREAKS = re.compile("\r\n?|[\x85\u2028\u2029]")
_BLANKS = re.compile("[\t\x0b\x0c]")
_ENTITY_LIMIT = 2000


def clean(text: str, keep_pages: bool = False) -> str:
    """A text in NFC with LF line ends and without control characters; ``keep_pages`` spares U+000C."""
    text = UNWANTED.sub("", _BREAKS.sub("\n", text))
    text = re.sub("[\t\x0b]", " ", text) if keep_pages else _BLANKS.sub(" ", text)
    return unicodedata.normalize("NFC", text)


def squeeze(text: str) -> str:
    """One line: every run of white space of any kind as one space, ends trimmed."""
    return " ".join(clean(text).split())


def value(text: str | None, limit: int = _ENTITY_LIMIT) -> str | None:
    """A value of metadata, on one line and of bounded length; None where nothing is left."""
    if text is None:
        return None
    line = squeeze(text[: limit * 4])
    return line[: limit - 1].rstrip() + "…" if len(line) > limit else line or None


def composed(text: str, offsets: Sequence[int]) -> tuple[str, list[int]]:
    """A text in NFC, and where the given offsets (ascending) of the old text stand in it."""
    whole = unicodedata.normalize("NFC", text)
    if whole == text:
        return text, list(offsets)
    moved, length, last = [], 0, 0
    parts = []
    for offset in offsets:
        parts.append(unicodedata.normalize("NFC", text[last:offset]))
        length += len(parts[-1])
        moved.append(length)
        last = offset
    parts.append(unicodedata.normalize("NFC", text[last:]))
    if "".join(parts) == whole:
        return whole, moved
    # A mark composes across an offset (a letter and its accent in two elements): rare, so dear is fine.
    return whole, [min(len(whole), len(unicodedata.normalize("NFC", text[:offset]))) for offset in offsets]
