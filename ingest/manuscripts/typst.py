"""Keys in Typst: @key, #cite(<key>), cite(label("key")); not in raw text or comments. Pure."""

import re
from collections.abc import Iterator

from ingest.manuscripts.blanking import blanked

_RAW = re.compile(r"(`{3,}).*?(?:\1|\Z)|(?<!`)`[^`]*`", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|(?<![:/])//[^\n]*", re.DOTALL)
# A reference's name ends before marks of the sentence: "@key." and "@key:" cite key.
_REFERENCE = re.compile(r"(?<![\w\\@/.])@([\w][\w:.-]*)")
_CITE = re.compile(r"\bcite\(\s*(?:<([^<>\s]{1,200})>|label\(\s*\"([^\"]{1,200})\"\s*\))")
_LABEL = re.compile(r"<([\w][\w:.-]*)>")
_USED = re.compile(r"\b(?:cite|ref|link|query|locate|numbering|counter)\(\s*<[^<>\s]+>|form:\s*\"[^\"]*\"")


def typst_keys(source: str) -> Iterator[tuple[str, int]]:
    """Each name that a Typst source refers to or cites, with its offset."""
    text = blanked(source, _RAW, _COMMENT)
    for found in _REFERENCE.finditer(text):
        yield found[1].rstrip(":.-"), found.start()
    for found in _CITE.finditer(text):
        yield found[1] or found[2], found.start()


def typst_labels(source: str) -> set[str]:
    """The labels that a source itself gives its figures, sections, equations: ``<name>`` behind them."""
    return set(_LABEL.findall(blanked(source, _RAW, _COMMENT, _USED)))
