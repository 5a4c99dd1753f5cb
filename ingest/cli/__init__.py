"""Words on a command line: parse, call, print, exit; a command imports the heavy rooms it needs."""

import os
import sys

import click

from archive import __version__
from archive.errors import PinciteError
from ingest.cli import add, collect, consult, export, keep, say, settle, write
from ingest.cli.options import Here
from ingest.cli.output import clear_progress, readable

INTERRUPTED = 130

SECTIONS = (
    (
        "The first week",
        ("init", "ingest", "resolve", "search", "show", "cite", "serve", "capture", "import"),
    ),
    ("What you know", ("add", "verdict", "correct", "tag", "note", "collect", "same", "review")),
    ("Going further", ("export", "bib", "annotate", "stats")),
    ("Keeping it", ("verify", "rebuild", "restrict", "unrestrict")),
)


class Sections(click.Group):
    """A group whose help lists its commands by occasion, those of a first week first."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a list of commands for each section."""
        for title, names in SECTIONS:
            rows = [(name, self.commands[name].get_short_help_str(200)) for name in names]
            with formatter.section(title):
                formatter.write_dl(rows)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands in the order of the sections."""
        return [name for _, names in SECTIONS for name in names]


@click.group(cls=Sections, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "-A",
    "--archive",
    metavar="ARCHIVE",
    envvar="PINCITE_ARCHIVE",
    help="A folder, or an fsspec URL of the WARC files. Default: the archive at or above this folder.",
)
@click.option(
    "--index",
    type=click.Path(dir_okay=False),
    metavar="PATH",
    help="Where the index lies, when the WARC files are elsewhere.",
)
@click.version_option(__version__, prog_name="pincite")
@click.pass_context
def pincite(context: click.Context, archive: str | None, index: str | None) -> None:
    """Archive an article with every source that it cites, and tie each claim to its passage.

    \b
    Examples:
      pincite init my-archive --operator "Jo Doe" --contact jo@example.org
      pincite -A my-archive ingest https://example.org/article
      pincite -A my-archive serve
    """  # fmt: skip
    context.obj = Here(archive, index)


for room in (collect, add, export, settle, say, consult, keep, write):
    for command in room.COMMANDS:
        pincite.add_command(command)


def main() -> None:
    """The `pincite` program: runs a command and ends with the exit code of the design."""
    try:
        code = pincite.main(prog_name="pincite", standalone_mode=False)
    except click.exceptions.Abort:
        _leave("stopped: what was captured is kept; the same command goes on from there", INTERRUPTED)
    except KeyboardInterrupt:
        _leave("stopped: what was captured is kept; the same command goes on from there", INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except PinciteError as error:
        _complain(str(error))
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output has gone (`pincite … | head`): nothing to say, and nobody to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        _complain(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}")
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)


def _complain(message: str) -> None:
    clear_progress()
    click.echo(f"pincite: {readable(message)}", err=True)


def _leave(message: str, code: int) -> None:
    _complain(message)
    sys.stdout.flush()
    sys.stderr.flush()
    # Threads that wait for a slow server would hold the process for up to a minute more. Nothing is
    # lost by leaving now: what is acknowledged is on disk, what is not will be folded by the next command.
    os._exit(code)
