"""Lines on paper as paragraphs: without running heads and page numbers, hyphens at line ends joined. Pure."""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.citations import is_source_heading
from ingest.citations.marks import DIGITS
from ingest.extract.clean import clean
from ingest.extract.plain import tidy
from ingest.extract.references import Line

# Pdfium marks a hyphen at a line end that it would join with U+FFFE; others come as they were printed.
_SOFT_BREAK = re.compile(r"(?<=[^\W\d_])(?:\ufffe|\xad|-)\n(?=[a-zà-öø-ÿ])")
_HARD_BREAK = re.compile(r"(?<=\w)\ufffe\n?")
_FURNITURE_LINES = 2
_LIST_ITEM = re.compile(
    r"^\s*(?:[•·‣▪●*–—-]\s|\(?\d{1,3}[.)]\s|\[\d{1,3}\]\s|"
    rf"[{DIGITS}]{{1,3}}\s?\w)"
)
_NUMBER = re.compile(r"\d+")


def without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Pages without the running heads and page numbers that most of them share."""
    if len(pages) < 3:
        return [list(page) for page in pages]
    seen = Counter(
        shape for page in pages for shape in {_shape(line.text) for line in _edges(page) if line.text.strip()}
    )
    common = {shape for shape, count in seen.items() if count >= max(3, len(pages) * 0.5)}
    return [_without(page, common) for page in pages]


def _edges(page: Sequence[Line]) -> list[Line]:
    return [*page[:_FURNITURE_LINES], *page[-_FURNITURE_LINES:]]


def _without(page: Sequence[Line], common: set[str]) -> list[Line]:
    last = len(page) - _FURNITURE_LINES
    return [
        line for number, line in enumerate(page)
        if not ((number < _FURNITURE_LINES or number >= last) and _shape(line.text) in common)
    ]  # fmt: skip


def _shape(line: str) -> str:
    return _NUMBER.sub("0", " ".join(line.split()).casefold())


def repaired(words: str) -> str:
    """One page's lines as paragraphs: hyphens at line ends joined; a short line ends one."""
    words = _HARD_BREAK.sub("", _SOFT_BREAK.sub("", words))
    lines = clean(words).split("\n")
    full = sorted(len(line) for line in lines if line.strip())
    width = full[int(len(full) * 0.8)] if full else 0
    paragraphs: list[str] = []
    ended = True
    for line in lines:
        line = " ".join(line.split())
        if not line:
            ended = True
        elif paragraphs and not ended and _is_heading(line, paragraphs[-1], width):
            paragraphs.append(line)
            ended = True
        elif ended or not paragraphs or _LIST_ITEM.match(line):
            paragraphs.append(line)
            ended = _ends(line, width)
        else:
            paragraphs[-1] += " " + line
            ended = _ends(line, width)
    return tidy("\n\n".join(paragraphs))


def _is_heading(line: str, before: str, width: int) -> bool:
    """Whether a line that no gap sets apart is a heading: of sources, or short behind a full stop."""
    if is_source_heading(line):
        return True
    short = len(line) < width * 0.5 and len(line.split()) <= 8
    return short and before[-1:] in ".!?" and line[:1].isupper() and line[-1:].isalnum()


def _ends(line: str, width: int) -> bool:
    """Whether a line is the last of its paragraph: clearly shorter than the column."""
    short = len(line) < width * 0.75
    # "in the spring.²" ends as the sentence does.
    line = line.rstrip(f"{DIGITS},–-")
    return short and (line[-1:] in '.!?:;”’")' or len(line) < width * 0.6)
