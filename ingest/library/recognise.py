"""Which form a library is in, by what stands in it and by its name; an error names its line."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from archive.errors import UsageError
from ingest.library import bibtex, csl, rdf, ris, tables
from ingest.library.entry import Fault, Imported, Read

_READERS: dict[str, Callable[[str], Read]] = {
    "bibtex": bibtex.read,
    "ris": ris.read,
    "csl-json": csl.read,
    "csv": tables.read,
    "zotero-rdf": lambda text: rdf.read(text.encode("utf-8")),
    "list": tables.addresses,
}
FORMS = "BibTeX, BibLaTeX, RIS, CSL-JSON, CSV, Zotero RDF, or a list of addresses"
_SUFFIXES = {
    ".bib": "bibtex", ".bibtex": "bibtex", ".ris": "ris", ".json": "csl-json", ".csljson": "csl-json",
    ".csv": "csv", ".tsv": "csv", ".rdf": "zotero-rdf", ".xml": "zotero-rdf",
}  # fmt: skip
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# So many faults tell that the file is not what its name says.
_MOST_FAULTS = 1000


@dataclass(frozen=True, slots=True)
class Library:
    """What a file holds: its form, its entries, and the places that could not be read."""

    name: str
    form: str
    entries: tuple[Imported, ...]
    faults: tuple[Fault, ...]


def read_library(data: bytes, name: str) -> Library:
    """The entries of a file.

    :raises UsageError: it is no text, or nothing in it can be read.
    """
    text = _text(data, name)
    form = form_of(text, name)
    entries: list[Imported] = []
    faults: list[Fault] = []
    for found in _READERS[form](text):
        if isinstance(found, Imported) and not (found.title or found.uri or found.doi or found.isbn):
            found = Fault(found.line, "names no source: it has no title, address, DOI or ISBN")
        (entries if isinstance(found, Imported) else faults).append(found)  # type: ignore[arg-type]
        if len(faults) > _MOST_FAULTS:
            break
    if not entries:
        first = faults[0] if faults else Fault(1, "it is empty")
        raise UsageError(f"{name}, line {first.line}: {first.detail}; expected {FORMS}")
    return Library(name, form, tuple(entries), tuple(faults))


def again(form: str, raw: str) -> Imported | None:
    """An entry read once more from what was kept of it."""
    if form == "csv":
        return tables.kept(raw)
    reader = _READERS.get("bibtex" if form == "biblatex" else form)
    if reader is None or form == "zotero-rdf":
        return None
    return next((one for one in reader(raw) if isinstance(one, Imported)), None)


def form_of(text: str, name: str) -> str:
    """The form of a text: what stands in it, and where that does not tell, its name."""
    start = _DECLARATION.sub("", text[:2000]).lstrip()
    suffix = _SUFFIXES.get(Path(name).suffix.lower())
    if start.startswith("<"):
        return "zotero-rdf"
    if start.startswith(("[", "{")):
        return "csl-json"
    if re.search(r"^\s*@\s*[A-Za-z]+\s*[{(]", text, re.MULTILINE) and suffix in (None, "bibtex"):
        return "bibtex"
    first = start.split("\n", 1)[0].rstrip()
    if ris.LINE.match(first):
        return "ris"
    if suffix:
        return suffix
    cells = first.split(tables.delimiter(text))
    return "csv" if len(cells) > 1 and tables.heads([cell.strip('"') for cell in cells]) else "list"


def _text(data: bytes, name: str) -> str:
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{name}, line {line}: this is no UTF-8 text; save the file as UTF-8") from error
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise UsageError(f"{name}, line {line}: a NUL stands in it, which is no text")
    return text.replace("\r\n", "\n")
