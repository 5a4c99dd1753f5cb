r"""Keys in LaTeX and in what LaTeX writes down: \cite and its kin, \citation in an .aux. Pure.

\citep[see][p.~3]{a, b}    \autocites(Cf.)[1]{a}[2]{b}    \citeA<see>{a}    \volcite{2}[3]{a}    \nocite{*}
"""

import re
from collections.abc import Iterator

from ingest.manuscripts.blanking import blanked

_VERBATIM = re.compile(
    r"\\begin\{(verbatim\*?|Verbatim|lstlisting|minted|comment|filecontents\*?)\}.*?(?:\\end\{\1\}|\Z)",
    re.DOTALL,
)
_VERB = re.compile(r"\\(?:verb|lstinline)\*?([^\w\s*{\[])[^\n]*?\1")
# A % in an address begins no comment.
_ADDRESS = re.compile(r"\\(?:url|nolinkurl|href|path)\s*\{[^{}\n]*\}")
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")
_NEVER = re.compile(r"\\iffalse\b.*?\\fi\b", re.DOTALL)
# Every command with "cite" in its name cites, but those that say how; and those of csquotes and bibentry.
_COMMAND = re.compile(
    r"\\((?:[A-Za-z]*[cC]ite[A-Za-z]*|[a-z]*[tb](?:ext|lock)c?quote|bibentry)\*?)(?![A-Za-z])"
)
_NO_CITATION = re.compile(
    r"(?:set|new|renew|provide|declare|At|Declare)[A-Za-z]*cite|citestyle|citesetup|citereset|citetext|"
    r"newcites|defcitealias|citepunct|citedash|citeform|citeleft|citeright|citemid|printcite|Every[Cc]ite",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"(?:foreign|hyphen|hybrid)?(?:text|block)(c?)quote")
_VOLUME = re.compile(r"[a-z]{0,2}volcites?$", re.IGNORECASE)
_AUX = re.compile(r"\\(?:citation|abx@aux@cite(?:\{\d+\})?)\{([^{}]*)\}")
# What may stand before the key: notes in square, round (biblatex's cites) or pointed brackets (apacite).
_NOTE = re.compile(
    r"\s{0,20}(?:\[((?:[^\[\]{}]|\{(?:[^{}]|\{[^{}]*\})*\}|\[[^\[\]]*\]){0,2000})\]|\([^()]{0,500}\)|<[^<>]{0,500}>)"
)
_KEYS = re.compile(r"\s{0,20}\{([^{}]{0,4000})\}")


def latex_keys(source: str) -> Iterator[tuple[str, int]]:
    """Each key that a LaTeX source cites, with its offset."""
    text = without_comments(source)
    for command in _COMMAND.finditer(text):
        if cites(command[1]):
            yield from cited_at(text, command.end(), command[1])[0]


def cites(name: str) -> bool:
    """Whether a command of that name cites.

    >>> cites("parencite*"), cites("citestyle"), cites("textcquote"), cites("textquote")
    (True, False, True, False)
    """
    quote = _QUOTE.fullmatch(name)
    return (
        bool(_COMMAND.fullmatch("\\" + name))
        and not _NO_CITATION.search(name)
        and not (quote and not quote[1])
    )


def without_comments(source: str) -> str:
    """LaTeX with comments, verbatim parts and what is switched off as blanks."""
    return blanked(source, _VERBATIM, _VERB, _ADDRESS, _COMMENT, _NEVER)


def cited_at(text: str, at: int, name: str) -> tuple[list[tuple[str, int]], int]:
    """The keys in the arguments of a citing command that ends at a place, and where the arguments end.

    They stand in one pair of braces, with ``\\cites`` in many.
    """
    # A volume, or a language, stands in braces of its own before the key.
    passed = bool(_VOLUME.match(name) or name.startswith(("foreign", "hyphen", "hybrid")))
    many = name.rstrip("*").lower().endswith("cites")
    keys: list[tuple[str, int]] = []
    while True:
        behind = at
        while note := _NOTE.match(text, behind):
            behind = note.end()
        found = _KEYS.match(text, behind)
        if not found:
            return keys, at
        at = found.end()
        if passed:
            passed = False
            continue
        keys += parted(found[1], found.start(1))
        if not many:
            return keys, at


def aux_keys(source: str) -> Iterator[tuple[str, int]]:
    """Each key that LaTeX has written into an ``.aux`` file, BibTeX's and Biber's alike."""
    for found in _AUX.finditer(source):
        yield from parted(found[1], found.start(1))


def parted(listed: str, start: int) -> Iterator[tuple[str, int]]:
    """Keys that commas part, each with its offset; ``*`` is no key but all of them."""
    for part in re.finditer(r"[^,\s][^,]*", listed):
        key = part[0].strip()
        if key and key != "*" and "#" not in key and "\\" not in key:
            yield " ".join(key.split()), start + part.start()
