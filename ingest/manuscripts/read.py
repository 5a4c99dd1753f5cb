"""Manuscripts by their kind: which keys, ids and addresses each names. Pure."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from ingest.manuscripts.docx import docx_paragraphs
from ingest.manuscripts.latex import aux_keys, latex_keys, without_comments
from ingest.manuscripts.markdown import is_reference, markdown_keys
from ingest.manuscripts.mention import Mention, addresses, bare_keys, found_in
from ingest.manuscripts.typst import typst_keys, typst_labels

Keys = Iterator[tuple[str, int]]
_BRACKETED = re.compile(r"\[[^\[\]]{0,4000}\]")
_CLASSIC = {"tex": re.compile(r"\\bibliographystyle\s*\{"), "aux": re.compile(r"\\bibstyle\{(?!biblatex\})")}


@dataclass(frozen=True, slots=True)
class Manuscript:
    """One file: its name as the user gave it, its form (the suffix without a dot), its bytes."""

    name: str
    form: str
    payload: bytes

    @property
    def text(self) -> str:
        """Its text; bytes that are no UTF-8 stand as they may, since keys and addresses are ASCII."""
        return self.payload.decode("utf-8-sig", "replace")


def _markdown(source: str) -> Keys:
    # Pandoc hands LaTeX in Markdown on to LaTeX.
    return chain(markdown_keys(source), latex_keys(source))


_KEYS: dict[str, Callable[[str], Keys]] = {
    "tex": latex_keys, "aux": aux_keys, "md": _markdown, "qmd": _markdown, "typ": typst_keys,
}  # fmt: skip
FORMS = (*_KEYS, "docx")


def mentions(manuscripts: Sequence[Manuscript], bases: tuple[str, ...]) -> list[list[Mention]]:
    """What each manuscript names, in the order of its lines; ``bases``: the archive's addresses, all of them.

    :raises ExtractionFailed: a ``.docx`` cannot be read.
    """
    ours = addresses(bases)
    # A label of one file is referred to from others that it is included with.
    labels = {label for one in manuscripts if one.form == "typ" for label in typst_labels(one.text)}
    return [_mentions(one, ours, labels) for one in manuscripts]


def wants_classic(manuscript: Manuscript) -> bool:
    """Whether it prints its bibliography by a classic BibTeX style."""
    sign = _CLASSIC.get(manuscript.form)
    text = without_comments(manuscript.text) if manuscript.form == "tex" else manuscript.text
    return bool(sign and sign.search(text))


def _mentions(manuscript: Manuscript, ours: re.Pattern[str], labels: set[str]) -> list[Mention]:
    if manuscript.form == "docx":
        return _of_docx(manuscript, ours)
    source = manuscript.text
    line = _lines(source)
    found = [
        Mention(key, line(offset), "bare" if key in labels or is_reference(key) else "key")
        for key, offset in sorted(_KEYS[manuscript.form](source), key=lambda pair: pair[1])
    ]
    return sorted([*found, *found_in(source, ours, line)], key=lambda mention: mention.line)


def _of_docx(manuscript: Manuscript, ours: re.Pattern[str]) -> list[Mention]:
    found: list[Mention] = []
    for number, words in enumerate(docx_paragraphs(manuscript.payload), 1):
        # Only in brackets: in a letter "@somebody" is a person.
        for group in _BRACKETED.finditer(words):
            found += (Mention(key, number, "key") for key, _ in markdown_keys(group[0]))
        found += (Mention(key, number, "key") for key, _ in latex_keys(words))
        found += bare_keys(words, lambda _, number=number: number)  # type: ignore[misc]
        found += found_in(words, ours, lambda _, number=number: number)  # type: ignore[misc]
    return found


def _lines(source: str) -> Callable[[int], int]:
    ends = [match.start() for match in re.finditer("\n", source)]
    return lambda offset: bisect_right(ends, offset - 1) + 1
