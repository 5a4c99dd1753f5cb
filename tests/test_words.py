"""Nothing without a word: every command, option, setting and noun is documented."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click
import pytest

from archive import model
from archive.warc.profile.texts import text_fields
from ingest import cli, report, settings
from tests.source_tree import ROOT, sources

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRACT = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
PROFILE = (ROOT / "docs" / "warc-profile.md").read_text(encoding="utf-8")
COMMANDS = sorted(cli.pincite.commands.items())


def glossary() -> set[str]:
    table = README.partition("## Glossary")[2]
    rows = re.findall(r"^\| ([\w ,-]+) \|", table, re.MULTILINE)
    return {word for row in rows for word in row.split(", ")}


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_a_command_says_what_it_does(name: str, command: click.Command) -> None:
    said = command.help or ""
    assert re.search(r"Examples?:\n +(\S.*)?pincite ", said), "its help shows an example"
    assert f"pincite {name}" in said
    assert re.search(rf"`(pincite )?{name}\b|pincite (-A \S+ )?{name}\b", README + CONTRACT)


def options() -> Iterator[tuple[str, click.Option]]:
    for name, command in (("", cli.pincite), *COMMANDS):
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                yield f"{name} {parameter.opts[0]}", parameter


SELF_EXPLAINING = {"--port", "--limit", "--format"}


def test_every_option_has_a_word() -> None:
    silent = [name for name, option in options() if not option.help]
    assert {name.split()[-1] for name in silent} <= SELF_EXPLAINING


def test_every_command_speaks_json() -> None:
    mute = [n for n, c in COMMANDS if not any("--json" in p.opts for p in c.params)]
    assert mute == []


def test_every_setting_of_an_archive_is_in_readme(tmp_path: Path) -> None:
    settings.write_profile(tmp_path, settings.Profile())
    written = (tmp_path / settings.FILE).read_text(encoding="utf-8")
    keys = re.findall(r"^([a-z-]+) = ", written, re.MULTILINE)
    assert len(keys) >= 4
    assert [key for key in keys if f"| `{key}` |" not in README] == []


NOUNS = ("snapshot", "failure", "text", "passage", "claim", "citation", "evidence", "reading", "outcome")


@pytest.mark.parametrize("noun", sorted({*NOUNS, *model.KINDS}))
def test_every_noun_is_in_the_glossary(noun: str) -> None:
    assert noun in glossary()


@pytest.mark.parametrize("noun", sorted(model.KINDS))
def test_every_record_of_a_person_is_in_the_profile(noun: str) -> None:
    assert re.search(rf"^\| [\w, ]*\b{noun}\b", PROFILE, re.MULTILINE)


def test_every_field_beside_a_text_is_in_the_profile() -> None:
    written = {name for name, _ in text_fields(a_full_text())}
    table = PROFILE.partition("| field | meaning |")[2].partition("\n\n")[0]
    assert written == set(re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE))


def a_full_text() -> model.Text:
    """A text of which everything is known, and more than can be: a reason for having no body, too."""
    metadata = model.Metadata(
        title="t", authors=("a",), date=model.PageDate("2 June", "2024-06-02", "meta"), site="s",
        language="en", licence="l", description="d", canonical="c", doi="10.1/2", robots=("noarchive",),
    )  # fmt: skip
    return model.Text(
        snapshot="s", extractor="x 1", body="b", metadata=metadata, headings=(model.Heading(0, 1),),
        pages=("i",), share=0.5, reason="r", cite_key="k",
    )  # fmt: skip


WORDS = (*get_args(model.CitationKind), *get_args(model.Outcome), *get_args(model.How), *get_args(model.Tied))


@pytest.mark.parametrize("word", sorted({*WORDS, *get_args(report.Status)}))
def test_every_word_of_the_contract_is_explained(word: str) -> None:
    assert f"`{word}`" in CONTRACT


def test_every_room_is_on_the_plan_and_every_room_of_the_plan_is_there() -> None:
    plan = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = plan.partition("## Rooms")[2].partition("## ")[0]
    planned = set(re.findall(r"`((?:archive|ingest)/[\w.]+/?)`", table))
    files = {path.relative_to(ROOT) for path in sources("archive", "ingest") if path.name != "__init__.py"}
    rooms = {str(path) if len(path.parts) == 2 else "/".join((*path.parts[:2], "")) for path in files}
    assert planned == rooms
