"""`make demo`, the whole story: captured, reported, searched, served."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.demo import web


def demo(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "ingest.demo", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def pincite(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "ingest.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The archive that the demo leaves behind, and what it printed."""
    folder = tmp_path_factory.mktemp("demo") / "archive"
    done = demo("--archive", str(folder), "--no-serve")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, done.stdout


def article(folder: Path) -> dict[str, object]:
    """The article as `pincite show --json` tells it."""
    found = json.loads(pincite("-A", str(folder), "search", "petrels", "--json").stdout)["results"]
    uri = next(hit["uri"] for hit in found if hit["uri"].endswith(web.ARTICLE))
    snapshot = next(hit["snapshot"] for hit in found if hit["uri"] == uri)
    return dict(json.loads(pincite("-A", str(folder), "show", snapshot, "--json").stdout))


def test_the_report_names_what_is_lost(told: tuple[Path, str]) -> None:
    _, printed = told
    assert "http-404" in printed
    assert "Lamps of the northern harbours" in printed
    assert re.search(r"captured +\S.*[Mm]inutes|captured +by nine votes", printed)


def test_claims_stand_beside_the_passages_they_cite(told: tuple[Path, str]) -> None:
    claims = article(told[0])["claims"]
    assert isinstance(claims, list)

    def closest(words: str) -> dict[str, object]:
        claim = next(claim for claim in claims if words in claim["exact"])
        assert claim["evidence"], claim
        return dict(claim["evidence"][0])

    assert "carried by nine votes to two" in str(closest("On 14 March 2019")["exact"])
    assert closest("We had stopped expecting")["how"] == "quoted"
    assert "214" in str(closest("in the last lit autumn")["exact"])
    assert "14,000" in str(closest("saves about 15,000")["exact"])


def test_a_second_demo_does_not_remove_what_is_not_its_own(tmp_path: Path) -> None:
    (tmp_path / "letters").write_text("dear")
    done = demo("--archive", str(tmp_path), "--fresh", "--no-serve")
    assert (done.returncode, "no archive of the demo" in done.stderr) == (2, True)
    assert (tmp_path / "letters").read_text() == "dear"
