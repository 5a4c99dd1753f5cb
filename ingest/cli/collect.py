"""The commands that bring something in: init, ingest, capture, import."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.errors import UsageError
from archive.model import grouped
from ingest import report, settings
from ingest.cli.options import (
    BY,
    COLLECTION,
    FROM_LIST,
    JSON,
    WORDS,
    Here,
    chosen_settings,
    incoming,
    network_options,
    semantic_options,
    working,
)
from ingest.cli.output import as_json, emit

if TYPE_CHECKING:
    from ingest.adding import Order
    from ingest.capture import Tools
    from ingest.report import EntriesReport


@click.command()
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--base-url", type=WORDS, help="The public address that citations print; a former one is remembered."
)
@click.option("--operator", type=WORDS, help="Who keeps this archive.")
@click.option("--contact", type=WORDS, help="A mail or web address, said to every site that is visited.")
@JSON
@click.pass_obj
def init(here: Here, /, folder: Path | None, wants_json: bool, **said: str | None) -> None:
    """Make an archive in a folder, or change what it says of itself.

    \b
    Examples:
      pincite init my-archive --operator "Jo Doe" --contact jo@example.org
      pincite init my-archive --base-url https://archive.example.edu
    """
    from ingest.capture import prepare

    folder = folder or Path(here.archive or ".")
    before = settings.read_profile(folder)
    base_url = said["base_url"]
    profile = before.moved_to(base_url) if base_url is not None else before
    given = {name: said[name] for name in ("operator", "contact") if said[name] is not None}
    profile = replace(profile, **given)  # type: ignore[arg-type]
    made = settings.create(folder, profile)
    prepare(made)
    document = {"archive": str(folder.resolve()), "base-url": profile.base_url,
                "operator": profile.operator, "contact": profile.contact}  # fmt: skip
    lines = [f"An archive is at {folder.resolve()}"]
    if before != profile and before != settings.Profile():
        lines += [f"Citations print {profile.base_url}" if profile.base_url else "It has no public address"]
    else:
        lines += [f"Next: pincite -A {made.store} ingest URL-OR-FILE"]
    if not profile.contact:
        lines.append("Say with --contact whom a site may write to; some refuse visitors without one.")
    emit(document, lines, wants_json)


@click.command()
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@FROM_LIST
@click.option(
    "--sources",
    "titles",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Titles and their addresses (YAML, CSV, CSL-JSON, BibTeX, RIS), asked before any resolver.",
)
@click.option("--uri", type=WORDS, help="The address that a local file is a copy of.")
@click.option("--title", type=WORDS, help="Title of a local file.")
@click.option(
    "--author", "authors", multiple=True, type=WORDS, help="An author of a local file; may be repeated."
)
@click.option("--date", type=WORDS, help="Date of a local file, as YYYY-MM-DD.")
@click.option(
    "--resolver",
    type=WORDS,
    metavar="API",
    help="MediaWiki API that is asked for titles; none asks nobody.  [default: English Wikipedia]",
)
@click.option(
    "--doi-resolver",
    type=WORDS,
    metavar="BASE",
    help=f"The address before a DOI that leads to its page.  [default: {settings.DOI_RESOLVER}]",
)
@click.option(
    "--report",
    "report_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the JSON report here too.",
)
@semantic_options
@COLLECTION
@BY
@network_options
@JSON
@click.pass_obj
def ingest(here: Here, /, sources: tuple[str, ...], wants_json: bool, **given: Any) -> int:
    """Capture an article and all it cites, and tie its claims to passages.

    SOURCE is an address, a file (.html .txt .md .qmd .tex .pdf .docx .epub), or - for stdin.
    A manuscript is read with the bibliography beside it that it names.

    \b
    Examples:
      pincite ingest https://example.org/article
      pincite ingest article.txt --title "The article" --date 2026-01-05
      pincite ingest article.txt --sources addresses.yml --resolver none
      pincite ingest -i list.txt --jobs 16 --json > report.json
    """  # fmt: skip
    from ingest import gathering, pipeline

    if given["report_file"] and not given["report_file"].absolute().parent.is_dir():
        raise UsageError(f"--report {given['report_file']}: there is no folder to write it into")
    archive = here.locate_or_make()
    if not wants_json:
        click.echo(f"archive: {archive.store}")
    about = pipeline.About(given["uri"], given["title"], given["authors"], given["date"])
    with working(archive, chosen_settings(given, given["resolver"])) as tools:
        order, named = _order(tools, given), incoming(sources, given["listed"])
        entries = gathering.named(tools, named, order)
        asked = list(dict.fromkeys((*named.sources, *gathering.addresses(entries))))
        found = pipeline.ingest(tools, asked, about, given["titles"])
        gathering.settled(tools, entries, list(zip(asked, found.articles, strict=True)), order)
    if given["report_file"]:
        given["report_file"].write_text(as_json(found) + "\n", "utf-8")
    lines = [line for article in found.articles for line in (*report.article_lines(article), "")]
    emit(found, [*lines[:-1], *_left_out(entries)], wants_json)
    return found.exit_code or entries.exit_code


@click.command()
@click.argument("sources", nargs=-1, metavar="URL|FILE...")
@FROM_LIST
@click.option(
    "--uri", type=WORDS, help="The address that a file is a copy of; it is kept as supplied by you."
)
@COLLECTION
@BY
@network_options
@JSON
@click.pass_obj
def capture(here: Here, /, sources: tuple[str, ...], wants_json: bool, **given: Any) -> int:
    """Capture pages without looking for what they cite.

    \b
    Examples:
      pincite capture https://example.org/source
      pincite capture saved-page.html --uri https://example.org/gone
      pincite capture -i library.bib --collection thesis
    """  # fmt: skip
    from ingest import gathering, pipeline

    with working(here.locate_or_make(), chosen_settings(given)) as tools:
        order, named = _order(tools, given), incoming(sources, given["listed"])
        entries = gathering.named(tools, named, order)
        asked = list(dict.fromkeys((*named.sources, *gathering.addresses(entries))))
        found = pipeline.capture(tools, asked, given["uri"])
        gathering.settled(tools, entries, list(zip(asked, found.articles, strict=True)), order)
    lines = [
        f"{item.status:<10} {grouped(item.snapshot) if item.snapshot else '–':<19}  {item.title or item.uri}"
        + (f"\n           {item.failure.reason}: {item.failure.detail}" if item.failure else "")
        for item in found.articles
    ]
    emit(found, [*lines, *_left_out(entries)], wants_json)
    return found.exit_code or entries.exit_code


def _order(tools: "Tools", given: dict[str, Any]) -> "Order":
    """Who says so, and which collections things go into."""
    from archive.saying import collection_name
    from ingest.adding import Order

    names = tuple(map(collection_name, given["collections"]))
    return Order(given["by"] or tools.archive.creator, collections=names)


def _left_out(entries: "EntriesReport") -> list[str]:
    """What of a library was not captured, and why."""
    waiting = [entry for entry in entries.entries if not entry.uri]
    lines = [f"left out   line {fault.line}: {fault.detail}" for fault in entries.faults]
    if waiting:
        lines.append(f"{len(waiting)} without an address wait in `pincite resolve`")
    return lines


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@COLLECTION
@BY
@JSON
@click.pass_obj
def import_(here: Here, /, files: tuple[Path, ...], wants_json: bool, **given: Any) -> int:
    """Take in WARC and WACZ files that others wrote, as they are.

    \b
    Examples:
      pincite import crawl.warc.gz
      pincite import *.wacz --json
    """
    from ingest import gathering, importing

    with working(here.locate_or_make(), settings.Settings()) as tools:
        order = _order(tools, given)
        found = importing.take_in(tools, files)
        gathering.gather_files(tools, order, [file.name for file in found.files if file.name])
    lines = []
    for file in found.files:
        lines.append(f"{file.file}: {file.records} records, {file.snapshots} snapshots, {file.texts} texts")
        lines += [f"  damaged at byte {place.offset}: {place.detail}" for place in file.damage]
    emit(found, lines, wants_json)
    return found.exit_code


COMMANDS: tuple[click.Command, ...] = (init, ingest, capture, import_)
