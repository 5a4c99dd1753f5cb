"""The JSON of each command has the keys that docs/json.md promises, and the exit codes that it lists."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ingest.demo import web
from tests.serving import PINCITE, bare_environment
from tests.source_tree import ROOT

PAPER = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
FLAGS = ("--allow-private", "127.0.0.1/32", "--resolver", "none")


def promised(command: str) -> Any:
    """The sample document of a section; the headings may name several commands."""
    section = re.search(rf"^## [^\n]*`{command}`.*?^```json\n(.*?)^```", PAPER, re.MULTILINE | re.DOTALL)
    assert section, command
    return json.loads(section[1])


def missing(sample: Any, given: Any, at: str = "") -> list[str]:
    """Which keys of the sample the document lacks, wherever the document has something in that place.

    >>> missing({"a": [{"b": 1, "c": 2}]}, {"a": [{"b": 5}]})
    ['.a[].c']
    """
    if isinstance(sample, dict) and isinstance(given, dict):
        absent = [f"{at}.{key}" for key in sample if key not in given]
        there = [missing(sample[key], given[key], f"{at}.{key}") for key in sample if key in given]
        return absent + [key for found in there for key in found]
    if isinstance(sample, list) and isinstance(given, list) and sample:
        return sorted({key for item in given for key in missing(sample[0], item, f"{at}[]")})
    return []


def run(folder: Path, *arguments: str) -> tuple[int, Any]:
    done = subprocess.run(
        [*PINCITE, *arguments, "--json"],
        cwd=folder, env=bare_environment(), capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """An archive in its folder, and what each command said while it was made."""
    folder = tmp_path_factory.mktemp("contract")
    said = {"init": run(folder, "init", "--operator", "The contract")}
    with web.running() as address:
        said["ingest"] = run(folder, "ingest", address + web.ARTICLE, *FLAGS)
        said["capture"] = run(folder, "capture", address + web.LOST, *FLAGS[:2])
    snapshot = said["ingest"][1]["articles"][0]["snapshot"]
    said["annotate"] = run(folder, "annotate", snapshot)
    said["resolve"] = run(folder, "resolve")
    said["search"] = run(folder, "search", "petrels")
    said["show"] = run(folder, "show", snapshot)
    said["tag"] = run(folder, "tag", snapshot, "harbours")
    said["note"] = run(folder, "note", snapshot, "Read twice.")
    said["collect"] = run(folder, "collect", "thesis", snapshot)
    said["correct"] = run(folder, "correct", snapshot, "date=2026")
    claim = next(one for one in said["show"][1]["claims"] if one["evidence"])
    said["verdict"] = run(folder, "verdict", claim["evidence"][0]["id"], "partly")
    lost = said["capture"][1]["articles"][0]["snapshot"]
    said["restrict"] = run(folder, "restrict", lost, "--reason", "asked")
    said["unrestrict"] = run(folder, "unrestrict", lost)
    said["add"] = run(folder, "add", "A talk", "--author", "Jane Doe", "--key", "talk")
    said["review"] = run(folder, "review", snapshot)
    said["export"] = run(folder, "export", "--format", "csl-json")
    said["cite"] = run(folder, "cite", snapshot, "--format", "bibtex")
    (folder / "paper.md").write_text(f"pincite:{snapshot}")
    said["bib"] = run(folder, "bib", "paper.md")
    stored = next((folder / "warcs").rglob("*.warc.gz"))
    said["import"] = run(folder, "import", str(stored))
    said["verify"], said["rebuild"], said["stats"] = (run(folder, c) for c in ("verify", "rebuild", "stats"))
    return folder, said


COMMANDS = """init ingest capture annotate resolve search show cite import verify rebuild stats
    tag note collect correct verdict restrict unrestrict review export bib add""".split()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_promised_key_is_there(told: tuple[Path, dict[str, Any]], command: str) -> None:
    _, document = told[1][command]
    assert missing(promised(command), document) == []


def test_exit_codes_are_those_of_the_paper(told: tuple[Path, dict[str, Any]]) -> None:
    codes = {command: code for command, (code, _) in told[1].items()}
    assert {command for command, code in codes.items() if code == 3} == {"ingest", "annotate", "review"}
    assert codes.pop("capture") == 1
    assert set(codes.values()) == {0, 3}


def test_offsets_count_in_the_text(told: tuple[Path, dict[str, Any]]) -> None:
    folder, said = told
    claims = said["show"][1]["claims"]
    found = [evidence for claim in claims for evidence in claim["evidence"]]
    assert claims and found
    texts = {said["show"][1]["text"], *(evidence["text"] for evidence in found)}
    bodies = {text: run(folder, "show", text)[1]["body"] for text in texts}
    for claim in claims:
        assert bodies[said["show"][1]["text"]][claim["start"] : claim["end"]] == claim["exact"]
    for evidence in found:
        assert bodies[evidence["text"]][evidence["start"] : evidence["end"]] == evidence["exact"]
