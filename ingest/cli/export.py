"""The command that lets a library out: export."""

from contextlib import closing
from typing import Literal

import click

from archive.model import parse_id
from ingest.cli.options import JSON, WORDS, Here
from ingest.cli.output import emit

FORMS = ("bibtex", "biblatex", "ris", "csl-json", "csv")


@click.command()
@click.option("--format", "form", type=click.Choice(FORMS), default="bibtex", show_default=True)
@click.option("--collection", type=WORDS, metavar="NAME", help="Only what is in this collection.")
@click.option("--tag", type=WORDS, help="Only what has this tag.")
@click.option("--article", metavar="ARTICLE", help="Only what this article cites.")
@JSON
@click.pass_obj
def export(here: Here, /, form: str, article: str | None, wants_json: bool, **only: str | None) -> Literal[0]:
    """Write sources as a library for reference managers, to stdout.

    Everything that you named, that articles cite and that was captured, each with both addresses, its tags,
    collections and remarks. `pincite add -i` reads it back the same. In CSV an apostrophe stands before what
    a spreadsheet would take for a formula, and is taken off again.

    \b
    Examples:
      pincite export > library.bib
      pincite export --format csl-json --collection thesis > thesis.json
      pincite export --format ris --article 860w-hmce-fyfw-8mb1 > sources.ris
    """  # fmt: skip
    from archive.bibliography.library import library
    from archive.index import read
    from ingest.exporting import Which, shelved

    archive = here.locate()
    named = parse_id(article) if article else None
    which = Which(form, archive.profile.base_url, only["collection"], only["tag"], named)
    with closing(read.connect(archive.index)) as connection:
        pieces = library(shelved(connection, which), form)
        if wants_json:
            emit({"format": form, **only, "article": named, "text": "".join(pieces)}, (), wants_json)
            return 0
        for piece in pieces:
            # As it stands, RIS with its CRLF too: the forms hold nothing that steers a terminal.
            click.echo(piece.encode("utf-8"), nl=False)
    return 0


COMMANDS: tuple[click.Command, ...] = (export,)
