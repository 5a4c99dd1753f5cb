"""A Word document to its text of record: headings, paragraphs, lists, tables, notes, links and fields. Pure.

Read from its parts by ourselves: python-docx knows neither notes nor fields. Of tracked changes the text
counts as it would be if all were accepted.
"""

import json
import re
from collections.abc import Iterator
from html import escape
from typing import Any

from lxml.etree import _Element

from archive.errors import ExtractionFailed
from archive.model import Metadata
from archive.uri import is_web
from ingest.extract.clean import squeeze, value
from ingest.extract.page import Extraction, Page
from ingest.extract.written import ENTRY, notes, use, written
from ingest.manuscripts.docx import relations
from ingest.zipped import Parts, attribute, children, local

EXTRACTOR = "pincite-word 1"
_MAIN = "word/document.xml"
# Names of authors, all of them, as the properties write them.
_LONGEST_NAMES = 20_000
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_PASSED = frozenset(
    ("del", "moveFrom", "Fallback", "pPr", "rPr", "instrText", "drawing", "pict", "object", "tblPr")
)
_HEADING = re.compile(r"heading (\d)")
_HYPERLINK = re.compile(r"HYPERLINK\s+\"([^\"]+)\"")
_CITATION = re.compile(r"\bCSL_CITATION\s+(?=\{)")


def extract_word(page: Page) -> Extraction:
    """The text of a ``.docx``.

    :raises ExtractionFailed: it is damaged, too large, or no Word document.
    """
    with Parts(page.payload) as parts:
        tree = parts.xml(_MAIN)
        if tree is None:
            raise ExtractionFailed(f"no Word document: it has no {_MAIN}")
        reader = _Reader(parts)
        html = reader.blocks(tree)
        noted = reader.noted()
        return written(html + notes(noted), page, EXTRACTOR, _said(parts, reader.title))


class _Reader:
    """The blocks of a document as HTML; the notes that are used on the way, in their order."""

    def __init__(self, parts: Parts) -> None:
        self.title = ""
        self._parts = parts
        self._styles = dict(_styles(parts))
        self._targets = relations(parts, _MAIN)
        self._used: list[tuple[str, str]] = []

    def blocks(self, element: _Element) -> str:
        """Paragraphs and tables, in whatever they are wrapped; without recursion into paragraphs."""
        pieces: list[str] = []
        stack = [element]
        while stack:
            node = stack.pop()
            name = local(node)
            if name == "p":
                pieces.append(self._paragraph(node))
            elif name == "tbl":
                pieces.append(self._table(node))
            elif name not in _PASSED:
                stack.extend(reversed(node))
        return "".join(pieces)

    def noted(self) -> list[str]:
        """The words of the notes that were used."""
        held: dict[tuple[str, str], str] = {}
        for kind in ("footnote", "endnote"):
            part = f"word/{kind}s.xml"
            tree = self._parts.xml(part)
            if tree is not None and any(one == kind for one, _ in self._used):
                self._targets = relations(self._parts, part)
                for note in children(tree, kind):
                    words = " ".join(self._words(paragraph) for paragraph in note.iter("{*}p"))
                    held[(kind, attribute(note, "id"))] = words.strip()
        return [held.get(key, "") for key in self._used]

    def _paragraph(self, paragraph: _Element) -> str:
        words = self._words(paragraph)
        style = next((attribute(one, "val") for one in paragraph.iterfind("{*}pPr/{*}pStyle")), "")
        named = self._styles.get(style, style).lower()
        if not words.strip() or named.startswith("toc "):
            return ""
        if named == "title":
            self.title = self.title or squeeze(re.sub(r"<[^<>]*>", "", words))
            return f"<h1>{words}</h1>"
        heading = _HEADING.match(named)
        if heading:
            level = min(6, max(1, int(heading[1])))
            return f"<h{level}>{words}</h{level}>"
        if named == "bibliography":
            return f'<p role="{ENTRY}">{words}</p>'
        listed = paragraph.find("{*}pPr/{*}numPr") is not None
        return f"<ul><li>{words}</li></ul>" if listed else f"<p>{words}</p>"

    def _table(self, table: _Element) -> str:
        rows = (
            "".join(
                f"<td>{' '.join(map(self._words, cell.iter('{*}p')))}</td>" for cell in children(row, "tc")
            )
            for row in table.iter("{*}tr")
        )
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"

    def _words(self, paragraph: _Element) -> str:
        """The runs of a paragraph; what a field or link shows is a link where it leads somewhere."""
        fields = _Fields()
        stack: list[_Element | str] = list(reversed(paragraph))
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                fields.close(node)
                continue
            name = local(node)
            if name in ("hyperlink", "fldSimple"):
                target = self._targets.get(attribute(node, "id"), "") if name == "hyperlink" else ""
                stack.append(fields.open([target] if target else _targets_of(attribute(node, "instr"))))
            elif name == "fldChar":
                fields.mark(attribute(node, "fldCharType"))
            elif name == "instrText":
                fields.instruct(node.text or "")
            else:
                fields.show(self._shown(node, name))
            if name not in _PASSED:
                stack.extend(reversed(node))
        return fields.end()

    def _shown(self, node: _Element, name: str) -> str:
        if name == "t":
            return escape(node.text or "")
        if name in ("tab", "br", "cr"):
            return " "
        if name == "noBreakHyphen":
            return "-"
        if name in _NOTES:
            self._used.append((_NOTES[name], attribute(node, "id")))
            return use(str(len(self._used)), str(len(self._used)))
        return ""


class _Fields:
    """What a paragraph shows, with the fields that are open: instruction first, then what it shows."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._open: list[tuple[list[str], list[str] | None, int]] = []

    def mark(self, kind: str) -> None:
        """A sign that a field begins, that it shows from here on, or that it ends."""
        if kind == "begin":
            self._open.append(([], None, 0))
        elif self._open and kind == "separate":
            instruction, _, _ = self._open.pop()
            self._open.append((instruction, _targets_of("".join(instruction)), len(self._pieces)))
        elif self._open and kind == "end":
            _, targets, start = self._open.pop()
            self._link(targets or [], start)

    def open(self, targets: list[str]) -> str:
        """An element that shows words of a field; gives what closes it."""
        self._open.append(([], targets, len(self._pieces)))
        return "end"

    def close(self, kind: str) -> None:
        """The end of such an element."""
        self.mark(kind)

    def instruct(self, words: str) -> None:
        """A piece of the instruction of the innermost field."""
        if self._open and self._open[-1][1] is None:
            self._open[-1][0].append(words)

    def show(self, html: str) -> None:
        """Words that are seen; what stands before a field's separator is its instruction."""
        if html and not (self._open and self._open[-1][1] is None):
            self._pieces.append(html)

    def end(self) -> str:
        """All of it; a field that goes on in the next paragraph ends here."""
        while self._open:
            self.mark("end")
        return "".join(self._pieces)

    def _link(self, targets: list[str], start: int) -> None:
        shown = "".join(self._pieces[start:])
        if not targets or not shown.strip() or "<a " in shown:
            return
        parts = shown.split(";") if len(targets) > 1 else [shown]
        if len(parts) != len(targets):
            parts = [shown]
        linked = [
            f'<a href="{escape(target)}">{part}</a>' if target else part
            for part, target in zip(parts, targets, strict=False)
        ]
        self._pieces[start:] = ["; ".join(linked)]


def _targets_of(instruction: str) -> list[str]:
    """Where what a field shows leads: a link's address, or one for each work of a citation (may be empty)."""
    link = _HYPERLINK.search(instruction)
    if link:
        return [link[1]] if is_web(link[1]) else []
    citation = _CITATION.search(instruction)
    try:
        said: Any = json.loads(instruction[citation.end() : instruction.rfind("}") + 1]) if citation else {}
    except (ValueError, RecursionError):
        return []  # A field that somebody has edited by hand: what it shows still stands in the text.
    items = said.get("citationItems") if isinstance(said, dict) else None
    return [_address(one) for one in items if isinstance(one, dict)] if isinstance(items, list) else []


def _address(item: dict[str, Any]) -> str:
    data = item.get("itemData")
    data = data if isinstance(data, dict) else {}
    doi, uri = data.get("DOI"), data.get("URL")
    if isinstance(uri, str) and is_web(uri):
        return uri
    return f"https://doi.org/{doi}" if isinstance(doi, str) and doi.startswith("10.") else ""


def _styles(parts: Parts) -> Iterator[tuple[str, str]]:
    """The names of styles by their ids: the ids are in the language of whoever made the document."""
    tree = parts.xml("word/styles.xml")
    for style in children(tree, "style") if tree is not None else ():
        name = next((attribute(one, "val") for one in children(style, "name")), "")
        yield attribute(style, "styleId"), name


def _said(parts: Parts, title: str) -> Metadata:
    """What the document says of itself; a title on its first page before one of its properties."""
    tree = parts.xml("docProps/core.xml")
    found = {local(one): squeeze(one.text or "") for one in tree} if tree is not None else {}
    names = re.split(r"\s*;\s*", found.get("creator", "")[:_LONGEST_NAMES])
    return Metadata(
        title=value(title or found.get("title"), 500),
        authors=tuple(name for one in names if (name := value(one, 200))),
        language=value(found.get("language"), 20),
        description=value(found.get("description")),
    )
