"""Several people write into one archive, each with a password of Datasette's own plugin for them."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from datasette.cli import cli

from archive.errors import SettingsError
from archive.index import read
from ingest.metadata_file import merged_metadata, metadata_file
from tests.inside_datasette import BEFORE_1
from tests.program import pincite
from tests.serving import serving
from tests.site_archive import Archive, build
from tests.source_tree import ROOT
from tests.visitor import Visitor

PASSWORD = "correct horse"


def keepers_words() -> str:
    """As docs/editing.md shows it: accounts, the names that records bear, and who may edit."""
    hashed = CliRunner().invoke(cli, ["hash-password", "--no-confirm"], input=PASSWORD).output.strip()
    accounts = {f"{name}_password_hash": hashed for name in ("ada", "ben", "eve")}
    actors = {"ada": {"id": "ada", "name": "Ada Lovelace"}}
    return json.dumps(
        {
            "title": "Harbour Library",
            "plugins": {
                "datasette-auth-passwords": {**accounts, "actors": actors},
                "pincite": {"edit": {"id": ["ada", "ben"]}},
            },
        }
    )


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    archive = build(tmp_path_factory.mktemp("several"))
    (archive.folder / "pincite.toml").touch()
    (archive.folder / "metadata.yml").write_text(keepers_words(), encoding="utf-8")
    return archive


@pytest.fixture(scope="module")
def base(archive: Archive) -> Iterator[str]:
    with serving(archive.folder, cwd=ROOT) as (base, _):
        yield base


def logged_in(base: str, name: str) -> Visitor:
    visitor = Visitor(base)
    fields = visitor.form("/-/login", "", at="/-/login") | {"username": name, "password": PASSWORD}
    assert visitor.ask("/-/login", fields)[:2] == (302, "/"), name
    return visitor


def test_two_people_log_in_and_both_verdicts_stand_with_their_names(base: str, archive: Archive) -> None:
    evidence = archive.reading.evidence[2]
    for name, word in (("ada", "supports"), ("ben", "contradicts")):
        editor = logged_in(base, name)
        fields = editor.form(f"/evidence/{evidence.id}", "verdict", subject=evidence.id)
        assert editor.ask("/-/pincite/verdict", fields | {"verdict": word}, Origin=base)[0] == 303
    with closing(read.connect(archive.index)) as index:
        said = read.verdicts_on(index, evidence.claim, evidence.text, evidence.passage)
    assert [(one.creator, one.verdict) for one in said] == [
        ("Ada Lovelace", "supports"),
        ("ben", "contradicts"),
    ]


def test_who_is_not_named_logs_in_and_may_not_write(base: str, archive: Archive) -> None:
    eve, ada = logged_in(base, "eve"), logged_in(base, "ada")
    page = f"/said/{archive.snapshots['article'].id}"
    assert "csrftoken" not in eve.ask(page)[2]
    fields = ada.form(page, "tag") | {"tags": "forged"}
    before = len(list((archive.folder / "warcs").rglob("*.warc.gz")))
    assert eve.ask("/-/pincite/tag", fields)[0] == 403
    assert len(list((archive.folder / "warcs").rglob("*.warc.gz"))) == before


def test_a_wrong_password_lets_nobody_in(base: str) -> None:
    visitor = Visitor(base)
    fields = visitor.form("/-/login", "", at="/-/login") | {"username": "ada", "password": "wrong"}
    assert visitor.ask("/-/login", fields)[0] == 200
    assert "ds_actor" not in {cookie.name for cookie in visitor.jar}


def test_a_page_says_as_whom_one_writes_and_how_to_stop(base: str, archive: Archive) -> None:
    page = f"/article/{archive.snapshots['article'].id}"
    shown = logged_in(base, "ada").ask(page)[2]
    assert "You write as <bdi>Ada Lovelace</bdi>" in shown and 'href="/-/logout"' in shown
    assert "You write as" not in Visitor(base).ask(page)[2]


def test_our_own_metadata_stands_below_the_keeper_s(base: str) -> None:
    told = json.loads(Visitor(base).ask("/-/metadata.json")[2])
    if BEFORE_1:
        assert told["title"] == "Harbour Library" and told["databases"]["archive"]["title"]
    assert Visitor(base).ask("/archive/differing_numbers.json")[0] == 200


def test_an_archive_without_words_of_its_own_has_ours(tmp_path: Path) -> None:
    assert merged_metadata(tmp_path) is None and metadata_file().is_file()


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"metadata.yml": "plugins: ["}, "metadata.yml cannot be read"),
        ({"metadata.yml": "- a"}, "expected names with values"),
        ({"metadata.yml": "a: 1\na: 2"}, "'a' stands twice"),
        ({"metadata.yml": "\udcff"}, "cannot be read"),
        ({"metadata.yml": "a: 1", "metadata.json": "{}"}, "keep one of them"),
    ],
)
def test_what_cannot_be_read_is_told_before_anything_is_served(
    tmp_path: Path, files: dict[str, str], message: str
) -> None:
    for name, said in files.items():
        (tmp_path / name).write_bytes(said.encode("utf-8", "surrogateescape"))
    with pytest.raises(SettingsError, match=message):
        merged_metadata(tmp_path)


def test_serve_names_the_file_that_is_wrong(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / "pincite.toml").touch()
    (tmp_path / "metadata.yml").write_text("plugins: [", encoding="utf-8")
    done = pincite("-A", tmp_path, "serve", "--port", "0")
    assert done.code == 2 and "metadata.yml cannot be read" in done.err
