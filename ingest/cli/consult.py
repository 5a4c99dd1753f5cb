"""The commands that only read: search, show, cite, stats."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import click

from archive.errors import NotFound, UsageError
from archive.model import grouped, parse_id
from ingest.cli.options import JSON, Here
from ingest.cli.output import emit

if TYPE_CHECKING:
    from archive.bibliography import Item

_MARKS = str.maketrans({"\x02": "[", "\x03": "]", "\n": " "})
FORMATS = (
    "plain", "bibtex", "biblatex", "hayagriva", "ris", "csl-json", "wikipedia", "robust-link", "markdown",
    "jsonld",
)  # fmt: skip
STYLES = ("apa", "mla", "chicago", "bluebook")


@contextmanager
def reading(here: Here) -> Iterator[sqlite3.Connection]:
    """The index of the archive that is meant, to read from."""
    from archive.index import read

    with closing(read.connect(here.locate().index)) as connection:
        yield connection


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000))
@click.option("--after", default="", metavar="PLACE", help="Go on where an earlier search has ended.")
@JSON
@click.pass_obj
def search(here: Here, /, query: tuple[str, ...], limit: int, after: str, wants_json: bool) -> int:
    """Find passages and claims by their words, best first.

    Words are found in their English forms, "quoted words" as they stand, word* where a word begins so.
    Filters are site: author: before: after: year: lang: kind: is: article: cited-by: in: tag:

    \b
    Examples:
      pincite search great barrier reef
      pincite search '"olive branch" site:example.org after:2019' --json
      pincite search 'bleach*' is:cited --limit 5
    """
    from archive.documents import search_document
    from archive.index import read

    asked = " ".join(query)
    with reading(here) as connection:
        found = read.search(connection, asked, limit, after, faceted=wants_json)
    if found.complaints:
        raise UsageError("; ".join(found.complaints))
    lines = [line for hit in found.hits for line in _hit_lines(hit)]
    if found.after:
        lines.append(f"There is more: --after {found.after}")
    emit(search_document(asked, found), lines or [f"Nothing found for {asked}."], wants_json)
    return 0


def _hit_lines(hit: Any) -> Iterator[str]:
    yield f"{hit.kind:<8} {grouped(hit.id)} {hit.start}-{hit.end}  {hit.title or hit.uri}"
    yield f"  {hit.snippet.translate(_MARKS)}"


@click.command()
@click.argument("identifier", metavar="ID")
@JSON
@click.pass_obj
def show(here: Here, /, identifier: str, wants_json: bool) -> int:
    """Show what an id names: article, snapshot, text, claim, citation, evidence …

    \b
    Examples:
      pincite show 860w-hmce-fyfw-8mb1
      pincite show 860w-hmce-fyfw-8mb1 --json
    """
    from archive.documents import noun_document

    found = parse_id(identifier)
    with reading(here) as connection:
        document = noun_document(connection, found)
    if document is None:
        raise NotFound(f"{grouped(found)} is a well-formed id, but not of anything in this archive")
    emit(document, _outline(document, ""), wants_json)
    return 0


def _outline(value: Any, indent: str) -> Iterator[str]:
    for key, held in value.items():
        if isinstance(held, dict) and held:
            yield f"{indent}{key}:"
            yield from _outline(held, indent + "  ")
        elif isinstance(held, list) and held and isinstance(held[0], dict):
            yield f"{indent}{key}: {len(held)}"
            for item in held:
                yield from _outline(item, indent + "  ")
                yield ""
        elif held not in (None, "", [], {}):
            shown = ", ".join(map(str, held)) if isinstance(held, list) else str(held)
            yield f"{indent}{key}: {' '.join(shown.split())}"


@click.command()
@click.argument("identifier", metavar="ID")
@click.option("--format", "form", type=click.Choice(FORMATS), help="For programs and pages. Default: plain.")
@click.option("--style", type=click.Choice(STYLES), help="As this style prints it, in plain letters.")
@JSON
@click.pass_obj
def cite(here: Here, /, identifier: str, form: str | None, style: str | None, wants_json: bool) -> int:
    """Print a citation with both addresses, the original and the archive's.

    ID is that of a snapshot, article, text, claim, citation, entry or piece of evidence, or a passage: the
    id of its text, a slash, and where it starts and ends. The id of a collection cites all its members.

    \b
    Examples:
      pincite cite 860w-hmce-fyfw-8mb1
      pincite cite 860w-hmce-fyfw-8mb1 --style chicago
      pincite cite 860w-hmce-fyfw-8mb1 --format bibtex >> paper.bib
      pincite cite g3z1-fdnv-kx7c-6wsj/120-245 --format wikipedia
    """
    if form and style:
        raise UsageError("--format and --style both say how the citation is to look: give one of them")
    found, items = _items(here, identifier)
    _print_citation(found, items, style or form or "plain", wants_json)
    return 0


def _items(here: Here, identifier: str) -> "tuple[str, list[Item]]":
    """What there is to cite of an id, a passage or the members of a collection, and the id."""
    from archive.documents import citation_item, collected_items, named_passage, passage_item

    passage = named_passage(identifier)
    found = passage[0] if passage else parse_id(identifier)
    base_url = here.locate().profile.base_url
    with reading(here) as connection:
        if passage:
            item = passage_item(connection, *passage, base_url)
        elif members := collected_items(connection, found, base_url):
            return found, members
        else:
            item = citation_item(connection, found, base_url)
    if item:
        return found, [item]
    if passage:
        span = f"from {passage[1]} to {passage[2]}"
        raise NotFound(f"no passage {span} of a text {grouped(found)} can be shown from this archive")
    what = "a snapshot, text, claim, citation or piece of evidence"
    raise NotFound(f"{grouped(found)} is not the id of {what} in this archive")


def _print_citation(found: str, items: "list[Item]", form: str, wants_json: bool) -> None:
    from archive import bibliography

    text = bibliography.together(items, form) if len(items) > 1 else bibliography.form(form)(items[0])
    if wants_json:
        emit({"id": found, "format": form, "text": text}, [], wants_json)
    else:
        # As it stands, RIS with its CRLF too: the forms hold nothing that steers a terminal.
        click.echo(text, nl=False)


@click.command()
@click.argument("article", metavar="ARTICLE")
@click.option("--html", "as_html", is_flag=True, help="A page of HTML that stands alone, for mail and print.")
@JSON
@click.pass_obj
def review(here: Here, /, article: str, as_html: bool, wants_json: bool) -> int:
    """Report what an editor should look at before an article is printed.

    Claims without a citation, citations that lead nowhere, quotations that are not in the captured
    sources, what differs, verdicts against, and sources changed since. Exit code 3 where there is any.

    \b
    Examples:
      pincite review 860w-hmce-fyfw-8mb1
      pincite review 860w-hmce-fyfw-8mb1 --html > review.html
    """  # fmt: skip
    import dataclasses

    from archive.review import html, lines
    from archive.review import review as reviewed

    found = parse_id(article)
    with reading(here) as connection:
        report = reviewed(connection, found)
    if report is None:
        raise NotFound(f"{grouped(found)} has no reading here: `pincite annotate {grouped(found)}` makes one")
    emit(dataclasses.asdict(report), [html(report)] if as_html else lines(report), wants_json)
    return report.exit_code


@click.command()
@JSON
@click.pass_obj
def stats(here: Here, /, wants_json: bool) -> int:
    """Count what is in the archive.

    \b
    Example:
      pincite stats
    """
    import dataclasses

    from archive.index import read

    with reading(here) as connection:
        counted = dataclasses.asdict(read.stats(connection))
    emit(counted, [f"{name.replace('_', ' '):<24} {value}" for name, value in counted.items()], wants_json)
    return 0


COMMANDS: tuple[click.Command, ...] = (search, show, cite, review, stats)
