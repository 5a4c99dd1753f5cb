"""The command that names sources by hand, one or a whole library: add."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from archive.errors import UsageError
from archive.model import grouped
from ingest.cli.options import BY, COLLECTION, JSON, WORDS, Here, chosen_settings, network_options, working
from ingest.cli.output import emit

if TYPE_CHECKING:
    from ingest.adding import Order, Source
    from ingest.library import Library
    from ingest.report import EntriesReport

_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?:/\d{4}(?:-\d\d(?:-\d\d)?)?)?")
# Beyond this a file is no library: a hundred thousand entries with abstracts take less.
LARGEST = 512 * 1024 * 1024


@click.command()
@click.argument("title", required=False, type=WORDS)
@click.option(
    "-i",
    "--input",
    "listed",
    type=click.File("rb"),
    metavar="FILE",
    help="A library: BibTeX, BibLaTeX, RIS, CSL-JSON, CSV, Zotero RDF, or a list of addresses.",
)
@click.option(
    "--author",
    "authors",
    multiple=True,
    type=WORDS,
    metavar="NAME",
    help="An author, plain or as BibTeX writes it; an {Organisation} in braces; may be repeated.",
)
@click.option("--date", type=WORDS, help="2024, 2024-03, 2024-03-05, or two with a slash between them.")
@click.option("--url", type=WORDS, help="Its address; it is captured.")
@click.option(
    "--file",
    "copy",
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE",
    help="Your copy of it: a saved page, a PDF, a text; kept as supplied by you.",
)
@click.option("--doi", type=WORDS, help="Its DOI; what that leads to is captured.")
@click.option("--isbn", type=WORDS, help="Its ISBN.")
@click.option("--key", type=WORDS, help="Its cite key.")
@click.option("--tag", "tags", multiple=True, type=WORDS, help="A tag; may be repeated.")
@COLLECTION
@click.option("--note", "notes", multiple=True, help="A remark; may be repeated.")
@click.option(
    "--no-capture",
    is_flag=True,
    help="Name it only; `pincite resolve` or the same command without this captures it later.",
)
@BY
@network_options
@JSON
@click.pass_obj
def add(here: Here, /, title: str | None, listed: Any, wants_json: bool, **given: Any) -> int:
    """Name a source before anything cites it, or take in a whole library.

    What has an address is captured; what has none waits in `pincite resolve`. Of a library nothing is lost:
    each entry is kept whole, and its title, authors, date, key, tags, collections and notes are records.

    \b
    Examples:
      pincite add "The harbour wall" --author "Doe, Jane" --date 2024 --url https://example.org/wall
      pincite add "Annual report" --author "{World Health Organization}" --file report.pdf
      pincite add "A book on tides" --isbn 978-0-306-40615-7 --tag tides --collection thesis
      pincite add -i library.bib --collection thesis --by "Jo Doe" --no-capture
    """  # fmt: skip
    from ingest.adding import Order, add, faults_of, of_library

    if (title is None) == (listed is None):
        raise UsageError("name one source by its title, or a library with -i FILE")
    archive = here.locate_or_make()
    capture = not given["no_capture"]
    order = Order(given["by"] or archive.creator, given["tags"], given["collections"], given["notes"])
    with working(archive, chosen_settings(given, "none")) as tools:
        if listed is not None:
            library = library_in(listed, given)
            found = add(tools, of_library(library, order), order, capture, faults_of(library))
        else:
            found = add(tools, [_one(title or "", order, given)], order, capture)
    emit(found, list(lines(found)), wants_json)
    return found.exit_code


def library_in(listed: Any, given: dict[str, Any]) -> "Library":
    """What stands in the file that -i names."""
    from ingest.library import read_library

    of_one = ("authors", "date", "url", "copy", "doi", "isbn", "key")
    said = [f"--{'file' if name == 'copy' else name.removesuffix('s')}" for name in of_one if given.get(name)]
    if said:
        raise UsageError(f"{', '.join(said)} describe one source; each entry of a library says its own")
    data = listed.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise UsageError(f"{listed.name} has more than {LARGEST:,} bytes, which is the most")
    return read_library(data, str(listed.name))


def _one(title: str, order: "Order", given: dict[str, Any]) -> "Source":
    from archive.bibliography import person, written
    from archive.model import Entry
    from archive.saying import named_people
    from ingest.adding import Source

    if not title.strip():
        raise UsageError("expected a title, found nothing")
    entry = Entry(
        creator="",
        created="",
        title=" ".join(title.split()),
        authors=tuple(written(person(one)) for said in given["authors"] for one in named_people(said)),
        date=_date(given["date"]),
        uri=_address(given["url"]),
        doi=_doi(given["doi"]),
        isbn=_isbn(given["isbn"]),
        key=_key(given["key"]),
    )
    return Source(order.named(entry), given["copy"])


def _date(said: str | None) -> str | None:
    if said and not _DATE.fullmatch(said):
        raise UsageError(f"{said!r} is no date: write 2024, 2024-03, 2024-03-05, or two as 2024/2025")
    return said


def _address(said: str | None) -> str | None:
    from archive.uri import host, is_web

    if said and not (is_web(said) and host(said)):
        raise UsageError(f"--url {said} is no address on the web: it begins with http:// or https://")
    return said


def _doi(said: str | None) -> str | None:
    from ingest.library import doi_of

    found = doi_of(said) if said else None
    if said and not found:
        raise UsageError(f"{said!r} is no DOI: it begins with 10. as in 10.1000/182")
    return found


def _isbn(said: str | None) -> str | None:
    from ingest.resolve import is_isbn

    if said and not is_isbn(re.sub(r"[ -]", "", said).upper()):
        raise UsageError(f"{said!r} is no ISBN: its last digit does not follow from the others")
    return said


def _key(said: str | None) -> str | None:
    from archive.bibliography import plain_key

    if said and plain_key(said) != said:
        raise UsageError(f"{said!r} is no cite key: it has letters, digits and - _ : . + / only")
    return said


def lines(found: "EntriesReport") -> Iterator[str]:
    """A report for people: a line for each entry, what is wrong, and how many."""
    for entry in found.entries:
        shown = entry.title or entry.uri or entry.key or "without a title"
        yield f"{entry.status:<10} {grouped(entry.id)}  {' '.join(shown.split())[:80]}"
        if entry.status == "failed":
            yield f"           {entry.reason} — mend it: pincite resolve {grouped(entry.id)} URL|FILE"
    for fault in found.faults:
        yield f"left out   line {fault.line}: {fault.detail}"
    new = sum(entry.new for entry in found.entries)
    waiting = sum(entry.status == "unresolved" for entry in found.entries)
    yield f"{len(found.entries)} named, {new} of them new; {waiting} wait in `pincite resolve`"


COMMANDS: tuple[click.Command, ...] = (add,)
