"""`pincite bib`: exactly the sources that manuscripts name, in a file that only a change touches."""

import json
import os
from pathlib import Path

import pytest
import yaml

from archive.model import grouped
from ingest.settings import Profile, create
from tests.cited import read_bibtex
from tests.program import Done, pincite
from tests.site_archive import Archive, build

BASE = "https://archive.example.edu"
FORMER = "https://old.example/pincite"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("bib") / "archive"
    create(folder, Profile(BASE, (FORMER,), "Harbour Library"))
    return build(folder)


def bib(archive: Archive, *arguments: str | Path, cwd: Path | None = None) -> Done:
    return pincite("-A", archive.folder, "bib", *arguments, cwd=cwd)


def key_of(archive: Archive, name: str) -> str:
    document = pincite("-A", archive.folder, "show", archive.snapshots[name].id, "--json").json
    return str(document["cite_key"])


@pytest.fixture(scope="module")
def harbour(archive: Archive) -> str:
    return key_of(archive, "harbour")


def test_a_paper_gets_exactly_what_it_names_under_the_keys_that_it_uses(
    archive: Archive, harbour: str, tmp_path: Path
) -> None:
    port, budget = (grouped(archive.snapshots[name].id) for name in ("port", "budget"))
    claim = grouped(archive.reading.claims[0].id)
    paper = tmp_path / "paper.md"
    paper.write_text(f"See [@{harbour}; @{port}; @{claim}], {FORMER}/{budget} and again @{harbour}.\n")
    done = bib(archive, paper, "-o", tmp_path / "sources.bib", "--json")
    assert (done.code, done.json["format"], done.json["written"]) == (0, "biblatex", True)
    entries = [
        read_bibtex(part + "}\n") for part in (tmp_path / "sources.bib").read_text().split("\n}\n")[:-1]
    ]
    assert [entry["key"] for entry in entries][:3] == [harbour, port, claim] and len(entries) == 4
    assert [entry["key"] for entry in done.json["entries"]] == [entry["key"] for entry in entries]
    for entry, name in zip(entries, ("harbour", "port", "article", "budget"), strict=True):
        assert f"{BASE}/{grouped(archive.snapshots[name].id)}" in entry["addendum"] and entry["url"]
    # A pincite: the claim's own words and address.
    assert f"{BASE}/{claim}" in entries[2]["addendum"]


def test_nothing_is_touched_unless_something_has_changed(
    archive: Archive, harbour: str, tmp_path: Path
) -> None:
    paper, target = tmp_path / "paper.typ", tmp_path / "sources.yml"
    paper.write_text(f"See @{harbour}.\n")
    assert "1 source" in bib(archive, paper, "-o", target).out
    target.chmod(0o640)
    os.utime(target, (1_000_000_000, 1_000_000_000))
    again = bib(archive, paper, "-o", target)
    assert "nothing has changed" in again.out and target.stat().st_mtime == 1_000_000_000
    paper.write_text(f"See @{harbour} and #cite(<{grouped(archive.snapshots['port'].id)}>).\n")
    assert "2 sources" in bib(archive, paper, "-o", target).out
    assert target.stat().st_mtime > 1_000_000_000 and target.stat().st_mode & 0o777 == 0o640
    assert set(tmp_path.iterdir()) == {paper, target}
    assert next(iter(yaml.safe_load(target.read_text()))) == harbour


def test_what_is_not_known_is_named_with_its_place_and_the_rest_is_written(
    archive: Archive, harbour: str, tmp_path: Path
) -> None:
    (tmp_path / "a.tex").write_text(f"One\n\\cite{{nobody2020, {harbour}}}\n\\cite{{nobody2020}}\n")
    (tmp_path / "b.md").write_text("pincite:860w-hmce-fyfw-8mb2\n\npincite:860w-hmce-fyfw-8mb1 @fig:map\n")
    done = bib(archive, "a.tex", "b.md", "-o", "out.json", cwd=tmp_path)
    assert done.code == 3
    assert done.err.splitlines()[:2] == [
        "a.tex, line 2: nobody2020: no source in this archive has this key",
        "a.tex, line 3: nobody2020: no source in this archive has this key",
    ]
    assert "b.md, line 1" in done.err and "mistyped" in done.err
    assert "b.md, line 3: 860w-hmce-fyfw-8mb1: nothing in this archive has this id" in done.err
    assert [entry["id"] for entry in json.loads((tmp_path / "out.json").read_text())] == [harbour]


@pytest.mark.parametrize(
    ("manuscript", "flags", "begins"),
    [
        (r"\bibliographystyle{plain}\cite{KEY}", (), "@misc{KEY"),
        (r"\cite{KEY}", (), "@online{KEY"),
        (r"\cite{KEY}", ("--format", "bibtex"), "@misc{KEY"),
        (r"\cite{KEY}", ("--format", "hayagriva"), '"KEY":'),
        (r"\cite{KEY}", ("--format", "csl-json"), '[\n  {\n    "id": "KEY"'),
        ("Nothing.", ("--format", "hayagriva"), "{}"),
        ("Nothing.", ("--format", "csl-json"), "[]"),
    ],
)  # fmt: skip
def test_the_form_is_chosen_or_told_by_what_the_paper_prints_with(
    archive: Archive, harbour: str, tmp_path: Path, manuscript: str, flags: tuple[str, ...], begins: str
) -> None:
    (tmp_path / "paper.tex").write_text(manuscript.replace("KEY", harbour))
    done = bib(archive, tmp_path / "paper.tex", *flags)
    assert (done.code, done.err) == (0, "") and done.out.startswith(begins.replace("KEY", harbour))


def test_a_key_that_was_set_by_hand_since_still_leads_where_it_led(tmp_path: Path) -> None:
    create(tmp_path / "archive", Profile(BASE))
    archive = build(tmp_path / "archive")
    key = key_of(archive, "harbour")
    pincite("-A", archive.folder, "correct", archive.snapshots["harbour"].id, "key=wall:2026")
    (tmp_path / "paper.md").write_text(f"Old [@{key}] and new [@wall:2026], [@wall:2025].\n")
    done = bib(archive, tmp_path / "paper.md", "--format", "bibtex", "--json")
    assert done.code == 3 and [one["name"] for one in done.json["unknown"]] == ["wall:2025"]
    same = archive.snapshots["harbour"].id
    assert [(one["key"], one["id"]) for one in done.json["entries"]] == [(key, same), ("wall:2026", same)]
    assert done.json["text"].count("@misc{") == 2


def test_a_source_that_was_never_captured_is_known_by_the_key_that_its_article_gave_it(
    archive: Archive, tmp_path: Path
) -> None:
    cited = next(one for one in archive.citations.values() if one.uri.startswith("https://gone.example"))
    text = pincite("-A", archive.folder, "cite", cited.id, "--format", "bibtex").out
    key = text.partition("{")[2].partition(",")[0]
    (tmp_path / "paper.md").write_text(f"[@{key}]")
    done = bib(archive, tmp_path / "paper.md", "--format", "bibtex")
    assert (done.code, done.out) == (0, text)


def test_an_entry_of_a_library_is_known_by_the_key_that_it_came_with(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    create(folder, Profile(BASE))
    library = "@misc{doe:reefs, title={On reefs}, author={Doe, Jane}, year=2020}\n"
    (tmp_path / "library.bib").write_text(library)
    added = pincite("-A", folder, "add", "-i", tmp_path / "library.bib")
    assert added.code in (0, 3), added.err
    (tmp_path / "paper.tex").write_text(r"\cite{doe:reefs}")
    done = pincite("-A", folder, "bib", tmp_path / "paper.tex")
    assert done.code == 0 and read_bibtex(done.out)["key"] == "doe:reefs", done.err
    assert "On reefs" in read_bibtex(done.out)["title"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("paper.rtf",), "no manuscript that can be read: there are .tex"),
        (("none.md",), "none.md cannot be read: No such file"),
        (("paper.md", "-o", "out.txt"), "ends with .bib, .json, .yml"),
        (("paper.md", "-o", "out.json", "--format", "bibtex"), "csl-json by its name"),
        (("paper.md", "-o", "none/out.bib"), "cannot be written: No such file"),
        (("bad.docx",), "bad.docx cannot be read: not unpacked"),
    ],
)
def test_wrong_use_is_told(archive: Archive, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    for name in ("paper.rtf", "paper.md", "bad.docx"):
        (tmp_path / name).write_text("text")
    done = bib(archive, *arguments, cwd=tmp_path)
    assert done.code == 2 and said in done.err and not done.out
