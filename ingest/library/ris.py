"""RIS: records of tagged lines, ended by ER. Pure.

TY  - ELEC
AU  - Doe, Jane
N1  - a remark
 that goes on: each further line of it begins with a blank, so that none is taken for a tag
ER  -
"""

import re
from collections.abc import Iterator, Sequence

from archive.bibliography.names import Name, parted, written
from archive.bibliography.words import one_line
from ingest.library.entry import (
    Fault,
    Imported,
    Read,
    address_of,
    collection_names,
    doi_of,
    isbn_of,
    names,
    remarks,
)

LINE = re.compile(r"^([A-Z][A-Z0-9])  ?-(?: (.*))?$", re.DOTALL)
_TITLES, _AUTHORS, _DATES, _ADDRESSES = ("TI", "T1", "CT", "BT"), ("AU", "A1"), ("DA", "PY", "Y1"), ("UR",)
_TAKEN = frozenset({"TY", "ER", "ID", "TI", "T1", "AU", "A1", "DA", "PY", "Y1", "UR", "DO", "KW", "N1", "LB"})
# Of records of ours: where the snapshot is, since when, and who keeps it.
_OURS = frozenset({"L2", "Y2", "DB"})
OURS = "Pincite"

Lines = list[tuple[str, str]]


def records(text: str) -> Iterator[tuple[int, str, Lines] | Fault]:
    """Each record with its line, all of it as it stands, and its tags with their values."""
    fields: Lines = []
    start, raw = 1, ""
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        found = LINE.match(line.rstrip())
        if not found and not fields:
            if line.strip():
                yield Fault(number, f"expected a RIS tag such as `TY  - ELEC`, found {line.strip()[:60]!r}")
            continue
        if found and found[1] == "TY" and fields:
            yield Fault(start, f"the RIS record that begins on line {start} has no ER")
            fields, raw = [], ""
        if not fields:
            start = number
        raw += line
        if found:
            fields.append((found[1], (found[2] or "").strip()))
        else:
            tag, value = fields[-1]
            fields[-1] = tag, value + "\n" + line.rstrip("\r\n").removeprefix(" ")
        if found and found[1] == "ER":
            yield start, raw.strip("\r\n"), fields
            fields, raw = [], ""
    if fields:
        # The last ER is often left out, and nothing is missing then.
        yield start, raw.strip("\r\n"), fields


def read(text: str) -> Read:
    """The records of a RIS file."""
    for record in records(text):
        if isinstance(record, Fault):
            yield record
        elif record[2][0][0] != "TY":
            yield Fault(record[0], f"expected a RIS record that begins with TY, found {record[2][0][0]}")
        else:
            yield _imported(*record)


def values(fields: Lines, *tags: str) -> list[str]:
    """What stands under these tags, those of the first tag first."""
    return [value for tag in tags for name, value in fields if name == tag and value]


def _imported(line: int, raw: str, fields: Lines) -> Imported:
    ours = OURS in values(fields, "DB")
    numbers = values(fields, "SN")
    isbn = next((one for one in numbers if len(re.sub(r"[^0-9Xx]", "", one)) in (10, 13)), None)
    links = values(fields, "L2", "L1")
    uri = address_of(*values(fields, *_ADDRESSES), *([] if ours else links))
    return Imported(
        title=one_line(next(iter(values(fields, *_TITLES)), "")),
        form="ris",
        raw=raw,
        line=line,
        authors=tuple(written(person(one)) for one in values(fields, *_AUTHORS)),
        date=_date(values(fields, *_DATES)),
        uri=uri,
        doi=next(filter(None, map(doi_of, values(fields, "DO"))), None),
        isbn=isbn_of(isbn) if isbn else None,
        key=next(iter(values(fields, "ID")), None),
        tags=names(one for value in values(fields, "KW") for one in value.splitlines()),
        collections=collection_names(one for value in values(fields, "LB") for one in value.splitlines()),
        notes=remarks(values(fields, "N1")),
        archived=address_of(*links) if ours else None,
        kind=fields[0][1],
        others=tuple(_others(fields, _OURS if ours else frozenset(), isbn)),
    )


def _others(fields: Lines, ours: frozenset[str], isbn: str | None) -> Iterator[tuple[str, str]]:
    """The lines that have no place in an entry; of a record of ours the first of each such tag is ours."""
    left = set(ours)
    for tag, value in fields:
        if tag in left:
            left.remove(tag)
        elif tag not in _TAKEN and not (tag == "SN" and value == isbn):
            yield tag, value


def person(value: str) -> Name:
    """``Family, Given, Suffix``; a name without a comma is an organisation's."""
    parts = [re.sub(r"^\{(.*)\}$", r"\1", one_line(part)) for part in parted(value)]
    if len(parts) < 2 or not parts[0] or not parts[1]:
        return Name(next(iter(parts), "")) if len(parts) == 1 else Name(one_line(value.strip(", ")))
    return _with_particle(parts[0], parts[1], ", ".join(filter(None, parts[2:])))


def _with_particle(surname: str, given: str, suffix: str) -> Name:
    words = surname.split()
    count = 0
    while count < len(words) - 1 and words[count][:1].islower():
        count += 1
    return Name(" ".join(words[count:]), given, " ".join(words[:count]), suffix)


def _date(found: Sequence[str]) -> str | None:
    """``YYYY/MM/DD/more`` as ISO, as exact as it is; ``more`` may be the end of a span."""
    if not found:
        return None
    value = one_line(found[0])
    if not re.match(r"\d{4}(?:/|$)", value):
        return value.strip("/ ") or None
    year, month, day, more = [part.strip() for part in [*value.split("/", 3), "", "", ""][:4]]
    parts = [year]
    for part, most in ((month, 12), (day, 31)):
        if not (part.isdecimal() and 1 <= int(part) <= most):
            break
        parts.append(f"{int(part):02}")
    until = re.fullmatch(r"to (\d{4}(?:-\d\d){0,2})", more)
    return "-".join(parts) + (f"/{until[1]}" if until else "")
