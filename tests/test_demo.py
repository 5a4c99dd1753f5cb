"""`make demo`, the whole story: captured, reported, searched, served."""

import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from ingest.demo import web
from tests.serving import get


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
    assert "http-404 (Not Found)" in printed
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


def test_the_demo_serves_the_article_until_it_is_stopped(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ingest.demo", "--archive", str(tmp_path / "archive")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as running:
        assert running.stdout
        printed = (re.search(r"http://\S+/article/\w+", line) for line in running.stdout)
        address = next(found.group() for found in printed if found)
        status, page = get(address)
        running.terminate()
        assert running.wait(timeout=60) == 0
    assert (status, "14,000" in page) == (200, True)
    with pytest.raises(urllib.error.URLError, match="refused"):
        urllib.request.urlopen(address)
