"""The commands that settle where citations lead, and read an article again: resolve, annotate."""

from collections.abc import Iterator
from typing import Any, Literal

import click

from archive.errors import UsageError
from archive.model import grouped
from ingest import report, settings
from ingest.cli import add
from ingest.cli.options import JSON, WORDS, Here, chosen_settings, network_options, semantic_options, working
from ingest.cli.output import emit


@click.command()
@click.argument("citation", required=False, metavar="[CITATION|ENTRY]")
@click.argument("target", required=False, metavar="[URL|FILE|SNAPSHOT]")
@click.option("--none", "no_page", type=WORDS, metavar="REASON", help="Settle it: this source has no page.")
@click.option("--by", type=WORDS, help="Who says so; default: the operator of the archive.")
@network_options
@JSON
@click.pass_obj
def resolve(here: Here, /, citation: str | None, target: str | None, wants_json: bool, **given: Any) -> int:
    """List the citations and entries that lead nowhere yet, or say where one leads.

    \b
    Examples:
      pincite resolve
      pincite resolve 860w-hmce-fyfw-8mb1 https://example.org/report
      pincite resolve 860w-hmce-fyfw-8mb1 scan.pdf
      pincite resolve 860w-hmce-fyfw-8mb1 --none "a talk, never printed"
    """  # fmt: skip
    from ingest import settling

    if citation is None and given["no_page"] is None:
        return _list_unresolved(here, wants_json)
    if citation is None or (target is None) == (given["no_page"] is None):
        raise UsageError(
            "name a citation, and say where it leads (URL, FILE or SNAPSHOT) or --none with the reason"
        )
    with working(here.locate(), chosen_settings(given, "none")) as tools:
        said = settling.Said(citation, target, given["no_page"], given["by"] or tools.archive.creator)
        found = settling.settle(tools, said)
    if isinstance(found, report.EntriesReport):
        emit(found, add.lines(found), wants_json)
    else:
        emit(found, report.article_lines(found.articles[0]), wants_json)
    return found.exit_code


def _list_unresolved(here: Here, wants_json: bool) -> Literal[0]:
    from ingest import settling

    document = settling.unresolved(here.locate())
    lines = [line for entry in document["citations"] for line in _unresolved_lines(entry)]
    lines += [line for entry in document["entries"] for line in _entry_lines(entry)]
    emit(document, lines or ["Nothing waits to be resolved; the site lists what is lost."], wants_json)
    return 0


def _unresolved_lines(entry: dict[str, Any]) -> Iterator[str]:
    yield f"{grouped(entry['id'])}  {' '.join(entry['label'].split())[:80]}"
    yield f"  {entry['reason']}"
    for candidate in entry["candidates"]:
        yield f"  perhaps {candidate['uri']}  ({candidate['title']}, {candidate['score']:.2f})"


def _entry_lines(entry: dict[str, Any]) -> Iterator[str]:
    shown = entry["title"] or entry["uri"] or "without a title"
    yield f"{grouped(entry['id'])}  {' '.join(shown.split())[:80]}"
    yield f"  entry: {entry['reason'] or entry['uri'] or 'it has no address'}"


@click.command()
@click.argument("article")
@click.option("--latest", is_flag=True, help="In the newest snapshots, not those that the resolutions name.")
@semantic_options
@JSON
@click.pass_obj
def annotate(here: Here, /, article: str, latest: bool, wants_json: bool, **given: Any) -> int:
    """Read an article again: claims, citations and passages, as a new reading.

    \b
    Examples:
      pincite annotate 860w-hmce-fyfw-8mb1
      pincite annotate 860w-hmce-fyfw-8mb1 --semantic
    """
    from ingest import pipeline

    with working(here.locate(), settings.Settings(resolver=None, **given)) as tools:
        found = pipeline.annotate(tools, article, latest)
    emit(found, report.article_lines(found.articles[0]), wants_json)
    return found.exit_code


COMMANDS: tuple[click.Command, ...] = (resolve, annotate)
