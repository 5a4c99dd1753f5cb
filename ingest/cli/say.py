"""The commands with which people speak: verdict, correct, tag, note, collect, same, restrict, unrestrict."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from archive.errors import UsageError
from archive.model import grouped
from ingest.cli.options import BY, JSON, WORDS, Here
from ingest.cli.output import emit

if TYPE_CHECKING:
    from archive.saying import Act

VERDICTS = ("supports", "partly", "contradicts", "mentions", "unrelated", "none")


def _said(here: Here, by: str | None, acts: "Sequence[Act]", wants_json: bool) -> int:
    """Say it, and tell what is on record now."""
    from archive.documents import statement_document
    from archive.saying import Desk
    from archive.store import Store

    archive = here.locate()
    desk = Desk(Store(archive.store), archive.index, archive.profile.operator)
    documents = [statement_document(said) for said in desk.say(by or archive.creator, *acts)]
    lines = [_line(document) for document in documents]
    emit({"said": documents}, lines or ["Nothing new: this has been said before."], wants_json)
    return 0


def _line(said: dict[str, Any]) -> str:
    shown = ("a", "b", "verdict", "field", "values", "tag", "collection", "reason", "note")
    parts = [_plain(said[name]) for name in shown if said.get(name)]
    withdrawn = "withdrawn: " if said.get("undoes") else ""
    until = f", until {said['until']}" if said.get("until") else ""
    told = f"{withdrawn}{': '.join(parts)}{until}"
    return f"{said['kind']:<11} {grouped(said['id'])}  {told}  (by {said['creator']})"


def _plain(value: Any) -> str:
    return " ".join(str("; ".join(value) if isinstance(value, list) else value).split())


@click.command()
@click.argument("subject", metavar="EVIDENCE|CLAIM")
@click.argument("word", metavar="WORD", type=click.Choice(VERDICTS))
@click.option("--note", help="Why, in your own words.")
@BY
@JSON
@click.pass_obj
def verdict(
    here: Here, /, subject: str, word: Any, note: str | None, by: str | None, wants_json: bool
) -> int:
    """Judge: does a passage bear out its claim, or does no source bear out a claim at all?

    Of evidence: supports, partly, contradicts, mentions or unrelated. Of a claim: none.
    A later verdict of the same person counts instead of an earlier one; both stay on record.

    \b
    Examples:
      pincite verdict 860w-hmce-fyfw-8mb1 supports
      pincite verdict 860w-hmce-fyfw-8mb1 partly --note "of the port, not the town" --by "Jo Doe"
      pincite verdict rrv0-251m-at3a-k3ne none
    """  # fmt: skip
    from archive.saying import judge

    act = partial(judge, written=subject, verdict=word, note=note)
    return _said(here, by, [act], wants_json)


@click.command()
@click.argument("subject", metavar="ID")
@click.argument("values", nargs=-1, metavar="[FIELD=VALUE]...")
@click.option("--undo", multiple=True, metavar="FIELD", help="Withdraw what was said of a field.")
@BY
@JSON
@click.pass_obj
def correct(
    here: Here,
    /,
    subject: str,
    values: tuple[str, ...],
    undo: tuple[str, ...],
    by: str | None,
    wants_json: bool,
) -> int:
    """Correct what a page says of itself: title, author, date, site, language or key.

    The latest correction counts on every page and in every citation; what was extracted stays beside it.
    author takes several, plain or as BibTeX writes them; an organisation stands in braces.
    An empty value says that the page has none.

    \b
    Examples:
      pincite correct 860w-hmce-fyfw-8mb1 title="The real title" date=2024-03-05
      pincite correct 860w-hmce-fyfw-8mb1 author="Doe, Jane and {World Health Organization}"
      pincite correct 860w-hmce-fyfw-8mb1 --undo title
    """  # fmt: skip
    from archive.saying import correct as corrected
    from archive.saying import retract

    given: dict[str, list[str]] = {}
    for pair in values:
        field, equals, value = pair.partition("=")
        if not equals:
            raise UsageError(f"expected FIELD=VALUE, such as title=\"…\", found {pair[:60]!r}")
        given.setdefault(field.strip().lower(), []).append(value)
    if not given and not undo:
        raise UsageError("nothing to do: name what to correct, such as title=\"…\", or --undo FIELD")
    acts = [partial(retract, written=subject, fields=undo)] if undo else []
    return _said(here, by, [*acts, partial(corrected, written=subject, given=given)], wants_json)


@click.command()
@click.argument("subject", metavar="ID")
@click.argument("tags", nargs=-1, required=True, metavar="TAG...")
@click.option("--remove", is_flag=True, help="Take these tags away.")
@BY
@JSON
@click.pass_obj
def tag(
    here: Here, /, subject: str, tags: tuple[str, ...], remove: bool, by: str | None, wants_json: bool
) -> int:
    """Put tags on anything that has an id, or take them away.

    \b
    Examples:
      pincite tag 860w-hmce-fyfw-8mb1 harbours "to read"
      pincite tag 860w-hmce-fyfw-8mb1 "to read" --remove
    """  # fmt: skip
    from archive.saying import tag as put
    from archive.saying import untag

    return _said(here, by, [partial(untag if remove else put, written=subject, tags=tags)], wants_json)


@click.command()
@click.argument("subject", metavar="ID")
@click.argument("words", nargs=-1, metavar="[REMARK]...")
@click.option("--remove", is_flag=True, help="ID is that of a note: take it away.")
@BY
@JSON
@click.pass_obj
def note(
    here: Here, /, subject: str, words: tuple[str, ...], remove: bool, by: str | None, wants_json: bool
) -> int:
    """Remark on anything that has an id.

    \b
    Examples:
      pincite note 860w-hmce-fyfw-8mb1 "the table on page 3 was added later"
      pincite note 4f0t-9ykx-2m1c-7q5d --remove
    """  # fmt: skip
    from archive.saying import forget, remark

    if remove == bool(words):
        raise UsageError("say what to remark, or name a note and --remove")
    said = partial(remark, written=subject, note=" ".join(words))
    return _said(here, by, [partial(forget, written=subject) if remove else said], wants_json)


@click.command()
@click.argument("name", metavar="COLLECTION")
@click.argument("members", nargs=-1, required=True, metavar="ID...")
@click.option("--remove", is_flag=True, help="Take these out of the collection.")
@BY
@JSON
@click.pass_obj
def collect(
    here: Here, /, name: str, members: tuple[str, ...], remove: bool, by: str | None, wants_json: bool
) -> int:
    """Gather anything that has an id under a name; the site shows it at /collection/NAME.

    \b
    Examples:
      pincite collect thesis 860w-hmce-fyfw-8mb1 rrv0-251m-at3a-k3ne
      pincite collect thesis 860w-hmce-fyfw-8mb1 --remove
    """  # fmt: skip
    from archive.saying import collect as gather
    from archive.saying import drop

    return _said(here, by, [partial(drop if remove else gather, name=name, members=members)], wants_json)


@click.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@click.option("--undo", is_flag=True, help="Take it back: they are two.")
@BY
@JSON
@click.pass_obj
def same(here: Here, /, one: str, other: str, undo: bool, by: str | None, wants_json: bool) -> int:
    """Say that two addresses are one source: a mirror, a reprint, a page that has moved.

    http and https, www, tracking parameters, a page's own canonical link and the ways to write a DOI
    make no difference by themselves. A and B are addresses, or ids of snapshots.

    \b
    Examples:
      pincite same https://example.org/report https://mirror.example/report.html
      pincite same https://example.org/report https://mirror.example/report.html --undo
    """  # fmt: skip
    from archive.saying import equate, part

    return _said(here, by, [partial(part if undo else equate, one=one, other=other)], wants_json)


@click.command()
@click.argument("subject", metavar="ID")
@click.option("--reason", required=True, type=WORDS, help="Why; its page says so to everyone.")
@click.option("--until", metavar="DATE", help="The day at whose start it ends (UTC), such as 2027-12-31.")
@BY
@JSON
@click.pass_obj
def restrict(
    here: Here, /, subject: str, reason: str, until: str | None, by: str | None, wants_json: bool
) -> int:
    """Stop showing a snapshot: its words leave the index, its address says why and keeps its citation.

    The bytes stay in the WARC files, so that it can be shown again.

    \b
    Examples:
      pincite restrict 860w-hmce-fyfw-8mb1 --reason "a court order of 2026-12-01"
      pincite restrict 860w-hmce-fyfw-8mb1 --reason "embargo" --until 2027-06-01
    """  # fmt: skip
    from archive.saying import restrict as hide

    return _said(here, by, [partial(hide, written=subject, reason=reason, until=until)], wants_json)


@click.command()
@click.argument("subject", metavar="ID")
@click.option("--reason", default="lifted", show_default=True, type=WORDS, help="Why it may be shown again.")
@BY
@JSON
@click.pass_obj
def unrestrict(here: Here, /, subject: str, reason: str, by: str | None, wants_json: bool) -> int:
    """Show a restricted snapshot again; both the restriction and its end stay on record.

    \b
    Example:
      pincite unrestrict 860w-hmce-fyfw-8mb1 --reason "the order was lifted"
    """
    from archive.saying import lift

    return _said(here, by, [partial(lift, written=subject, reason=reason)], wants_json)


COMMANDS: tuple[click.Command, ...] = (
    verdict,
    correct,
    tag,
    note,
    collect,
    same,
    restrict,
    unrestrict,
)
