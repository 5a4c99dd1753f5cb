"""A person's file of titles and their addresses, in any of five forms.

    YAML       title: address, or a list of {title, url}      CSV        title and url columns
    CSL-JSON   title, URL, DOI                                BibTeX     title, url, doi, howpublished
    RIS        TI or T1, UR, DO

An entry without an address (a book) is left out; a file in which none has one is refused.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from archive.errors import SettingsError
from archive.uri import is_web
from ingest.library import Fault, bibtex, ris
from ingest.library.tables import delimiter
from ingest.resolve.titles import normal
from ingest.yaml_file import parse_yaml

Pair = tuple[str, str]
_TITLE_COLUMNS = ("title", "name", "label", "source", "ti")
_ADDRESS_COLUMNS = ("url", "uri", "address", "link", "href", "doi")
_FORMS = "YAML, CSV, CSL-JSON, BibTeX or RIS"


def read_sources(path: Path | str) -> dict[str, str]:
    """What a file says: title to address.

    :raises SettingsError: it cannot be read, is none of these forms, or holds something that is no address.
    """
    path = Path(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SettingsError(f"the sources file {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"the sources file {path} is not UTF-8 text: save it as UTF-8") from error
    reader = _READERS.get(path.suffix.lower()) or _reader_of(text)
    try:
        return _checked(list(reader(text)), path)
    except (ValueError, csv.Error, RecursionError) as error:
        detail = " ".join(str(error).split()) or "it is nested too deeply"
        raise SettingsError(f"the sources file {path} cannot be read as {_FORMS}: {detail}") from error


def _reader_of(text: str) -> Callable[[str], Iterable[Pair]]:
    """The reader for a file whose name does not say what it is."""
    start = text.lstrip()
    if start.startswith(("[", "{")):
        return _from_json
    if start.startswith(("@", "%")):
        return _from_bibtex
    if ris.LINE.match(start.split("\n", 1)[0].rstrip()):
        return _from_ris
    if start.startswith("- "):
        return _from_yaml
    first = start.split("\n", 1)[0]
    return _from_csv if re.search(r"[,;\t].*(?:https?://|\bur[li]\b)", first, re.IGNORECASE) else _from_yaml


def _checked(pairs: list[Pair], path: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    known: dict[str, str] = {}
    for title, address in pairs:
        if not is_web(address):
            raise SettingsError(f"{path}: {title!r} leads to {address[:80]!r}; expected an http(s) address")
        if known.setdefault(normal(title), address) != address:
            raise SettingsError(f"{path}: {title!r} has two addresses, {known[normal(title)]} and {address}")
        found.setdefault(title, address)
    if not found:
        raise SettingsError(f"{path} names no title with an address; expected lines such as `title: https://…`")
    return found


def _pair(title: object, address: object) -> Iterator[Pair]:
    """An entry, where it has both; a DOI is an address too."""
    name, uri = " ".join(str(title or "").split()), str(address or "").strip()
    if re.match(r"(?:doi:\s*)?10\.\d{4,9}/", uri, re.IGNORECASE):
        uri = "https://doi.org/" + re.sub(r"^doi:\s*", "", uri, flags=re.IGNORECASE)
    if name and uri:
        yield name, uri


def _from_mapping(said: Mapping[object, object]) -> Iterator[Pair]:
    for title, value in said.items():
        if isinstance(value, Mapping):
            yield from _from_item({"title": title, **value})
        elif isinstance(value, str):
            yield from _pair(title, value)
        else:
            raise ValueError(f"{str(title)[:80]!r} has {type(value).__name__} where an address was expected")


def _from_item(item: object) -> Iterator[Pair]:
    if not isinstance(item, Mapping):
        raise ValueError(f"expected entries with title and url, found {str(item)[:80]!r}")
    fields = {str(key).lower(): value for key, value in item.items()}
    title = next((fields[key] for key in _TITLE_COLUMNS if fields.get(key)), "")
    address = next((fields[key] for key in _ADDRESS_COLUMNS if fields.get(key)), "")
    yield from _pair(title, address)


def _from_data(said: object) -> Iterator[Pair]:
    """What YAML and JSON hold: a list of entries, or titles with their addresses."""
    if isinstance(said, Mapping) and isinstance(said.get("items"), list):
        said = said["items"]
    if isinstance(said, Mapping):
        yield from _from_mapping(said)
    elif isinstance(said, list):
        for item in said:
            mapping = item if isinstance(item, Mapping) else {}
            single = len(mapping) == 1 and is_web(str(next(iter(mapping.values()))))
            yield from _from_mapping(mapping) if single else _from_item(item)
    else:
        raise ValueError(f"expected titles with their addresses, found {str(said)[:80]!r}")


def _from_yaml(text: str) -> Iterator[Pair]:
    yield from _from_data(parse_yaml(text))


def _from_json(text: str) -> Iterator[Pair]:
    yield from _from_data(json.loads(text))


def _from_csv(text: str) -> Iterator[Pair]:
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter(text), strict=True) if any(row)]
    heads = [cell.strip().lower() for cell in rows[0]] if rows else []
    title = next((heads.index(name) for name in _TITLE_COLUMNS if name in heads), None)
    address = next((heads.index(name) for name in _ADDRESS_COLUMNS if name in heads), None)
    if title is not None and address is not None:
        rows = rows[1:]
    elif len(heads) >= 2 and is_web(rows[0][1].strip()):
        title, address = 0, 1
    else:
        raise ValueError(f"expected columns title and url, found {', '.join(heads)[:120] or 'nothing'}")
    for number, row in enumerate(rows, start=1):
        if len(row) <= max(title, address):
            raise ValueError(f"row {number} has {len(row)} columns: {', '.join(row)[:80]!r}")
        yield from _pair(row[title], row[address])


def _from_bibtex(text: str) -> Iterator[Pair]:
    for fields in bibtex.entries(text):
        printed = bibtex.printed_address(fields.get("howpublished", ""))
        yield from _pair(fields.get("title"), fields.get("url") or fields.get("doi") or printed)


def _from_ris(text: str) -> Iterator[Pair]:
    for record in ris.records(text):
        if not isinstance(record, Fault):
            titles, addresses = (ris.values(record[2], *tags) for tags in (("TI", "T1"), ("UR", "L2", "DO")))
            yield from _pair(next(iter(titles), ""), next(iter(addresses), ""))


_READERS: Mapping[str, Callable[[str], Iterable[Pair]]] = {
    ".yml": _from_yaml, ".yaml": _from_yaml, ".csv": _from_csv, ".tsv": _from_csv,
    ".json": _from_json, ".bib": _from_bibtex, ".bibtex": _from_bibtex, ".ris": _from_ris,
}  # fmt: skip
