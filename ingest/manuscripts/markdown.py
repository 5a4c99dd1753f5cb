"""Keys in Pandoc's Markdown and Quarto: [@key; @key2, p. 3], -@key, @{key}; not in code or mail. Pure."""

import re
from collections.abc import Iterator

from ingest.manuscripts.blanking import blanked

_FENCED = re.compile(
    r"^ {0,3}(`{3,}+|~{3,}+)[^\n]*\n.*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_CODE = re.compile(r"(?<!`)(`++)(?:(?!\n[ \t]*\n).)+?(?<!`)\1(?!`)", re.DOTALL)
# Addresses and mail hold an @ that cites nothing: https://example.org/@somebody, mailto:jo@example.org.
_ADDRESS = re.compile(r"(?<!@\{)<?(?:https?://|mailto:)[^\s<>]+>?", re.IGNORECASE)
# Pandoc's manual, "Citation syntax": a letter, digit or _ first; marks inside a key only one at a time.
_KEY = re.compile(r"(?<![\w\\@])-?@(?:\{([^{}\s]{1,200})\}|(\w+(?:[:.#$%&+?<>~/-]\w+)*))")
# Figures, sections, theorems: pandoc-crossref writes fig:, Quarto fig-.
_REFERENCE = re.compile(
    r"(?:fig|eq|tbl|lst|sec)[:-]|(?:tip|nte|wrn|imp|cau|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|prf|suppfig|"
    r"vid)-",
    re.IGNORECASE,
)


def markdown_keys(source: str) -> Iterator[tuple[str, int]]:
    """Each key that a Markdown source cites, with the offset of its ``@``."""
    for found in _KEY.finditer(prose(source)):
        yield found[1] or found[2], found.start()


def is_reference(key: str) -> bool:
    """Whether a key is Pandoc's or Quarto's way to a figure, table, section … of the same document.

    >>> is_reference("fig:reef"), is_reference("sec-method"), is_reference("figueroa2020")
    (True, True, False)
    """
    return bool(_REFERENCE.match(key))


def prose(source: str) -> str:
    """Markdown with code, comments and addresses as blanks."""
    return blanked(without_code(source), _ADDRESS)


def without_code(source: str) -> str:
    """Markdown with code and comments as blanks, of the same length."""
    return blanked(source, _FENCED, _COMMENT, _CODE)
