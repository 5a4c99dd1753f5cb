"""The commands for those who write: the bibliography of manuscripts."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.cli.consult import reading
from ingest.cli.options import JSON, Here
from ingest.cli.output import emit, readable

if TYPE_CHECKING:
    from ingest.bibfile import Bibliography

_UNKNOWN = 3
_FORMATS = ("biblatex", "bibtex", "csl-json", "hayagriva")


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "-o",
    "--output",
    default="-",
    show_default="stdout",
    metavar="FILE",
    help="Where to: .bib, .json (CSL) or .yml (Hayagriva); it is touched only when something has changed.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    help="Which form. Default: by the file's name; a .bib is BibLaTeX, or classic BibTeX where a .tex or "
    ".aux prints with a \\bibliographystyle.",
)
@JSON
@click.pass_obj
def bib(here: Here, /, files: tuple[Path, ...], output: str, form: str | None, wants_json: bool) -> int:
    """Write the bibliography of manuscripts: exactly the sources that they name.

    FILE is .tex .aux .md .qmd .typ or .docx. Keys, ids and addresses of this archive (former ones too) are
    found; what is cited and not known is named with its line, and the exit code is 3.

    \b
    Examples:
      pincite bib paper.tex -o sources.bib
      pincite bib chapters/*.md -o sources.json
      pincite bib paper.typ -o sources.yml
      pincite bib paper.aux --format bibtex > sources.bib
    """
    from ingest import bibfile

    manuscripts = [bibfile.manuscript(path) for path in dict.fromkeys(files)]
    form = bibfile.form_of(output, form, manuscripts)
    profile = here.locate().profile
    with reading(here) as connection:
        made = bibfile.bibliography(connection, profile, manuscripts, form)
    to_stdout = output == bibfile.STDOUT
    written = False if to_stdout else bibfile.write_changed(Path(output), made.text)
    for unknown in made.unknown:
        place = "paragraph" if unknown.file.lower().endswith(".docx") else "line"
        complaint = f"{unknown.file}, {place} {unknown.line}: {unknown.name}: {unknown.reason}"
        click.echo(readable(complaint), err=True)
    if wants_json:
        document = {"output": None if to_stdout else output, "format": form, "written": written}
        emit(document | asdict(made), [], wants_json)
    elif to_stdout:
        # As it stands: the forms hold nothing that steers a terminal.
        click.echo(made.text, nl=False)
    else:
        emit(None, [_said(output, made, written)], wants_json)
    return _UNKNOWN if made.unknown else 0


def _said(output: str, made: "Bibliography", written: bool) -> str:
    count = len(made.entries)
    sources = f"{count} source{'' if count == 1 else 's'}"
    return f"{output}: {sources}{'' if written else ', nothing has changed'}"


COMMANDS: tuple[click.Command, ...] = (bib,)
