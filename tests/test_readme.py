"""README's commands, run one after the other as a newcomer would, against the demo's web and local files."""

import gzip
import json
import os
import re
import stat
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ingest.demo import web
from tests.serving import bare_environment, get, served
from tests.source_tree import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
SAMPLE_TEXT = "g3z1-fdnv-kx7c-6wsj"
SAMPLE_ID = "860w-hmce-fyfw-8mb1"
REACHES_OUT = re.compile(r"^pincite( -A \S+)? (ingest|capture|resolve) \S")
DONE_WITH_LOSSES = 3

ARTICLE = """The mill at Sund

The tide mill at Sund was built in 1786. It ground barley until 1911, when the dam broke.

Sources:

The warden who waited

A history of tide mills
"""


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def commands() -> list[str]:
    lines = [line for block in blocks("console") for line in block.splitlines()]
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


@dataclass
class Newcomer:
    """Somebody who types what README says: the folder they are in, and what they have seen."""

    folder: Path
    web: str
    environment: dict[str, str]
    snapshot: str = ""
    text: str = ""
    seen: dict[str, str] = field(default_factory=dict)

    def type(self, written: str) -> None:
        command = self._meant(written)
        if command.startswith("cd "):
            self.folder = (self.folder / command.removeprefix("cd ")).resolve()
        elif command == "pincite serve":
            with served(self.folder) as base:
                assert get(f"{base}/article/{self.snapshot}")[0] == 200
        else:
            self.seen[written] = self._run(command)
            if " ingest " in command and not self.snapshot:
                (article,) = json.loads(self._run(f"{command} --json"))["articles"]
                self.snapshot, self.text = article["snapshot"], article["text"]

    def _meant(self, written: str) -> str:
        """What README's sample addresses and ids stand for here."""
        if " CITATION" in written:
            waiting = json.loads(self._run("pincite resolve --json"))["citations"]
            written = written.replace("CITATION", waiting[0]["id"])
        if " EVIDENCE" in written:
            claims = json.loads(self._run(f"pincite show {self.snapshot} --json"))["claims"]
            matched = next(claim for claim in claims if claim["evidence"])
            written = written.replace("EVIDENCE", matched["evidence"][0]["id"])
        written = written.replace("https://example.org/article", self.web + web.ARTICLE)
        written = written.replace("https://example.org/source", self.web + web.MOVED["/radio/falk"])
        written = written.replace(SAMPLE_ID, self.snapshot).replace(SAMPLE_TEXT, self.text)
        if REACHES_OUT.match(written):
            written += " --allow-private 127.0.0.1/32"
        if " ingest " in written and "--resolver" not in written:
            written += " --resolver none"
        return written

    def _run(self, command: str) -> str:
        done = subprocess.run(
            command, shell=True, cwd=self.folder, env=self.environment,
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode in (0, DONE_WITH_LOSSES), f"{command}\n{done.stdout}{done.stderr}"
        assert "Traceback" not in done.stderr
        return done.stdout


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    program = tmp_path / "bin" / "pincite"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m ingest.cli "$@"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return bare_environment() | {"PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"}


def somebodys_warc(path: Path) -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nThe dam at Sund broke in 1911.\n"
    fields = (
        "WARC/1.0",
        "WARC-Type: response",
        "WARC-Record-ID: <urn:uuid:5f4a0c0e-8d3a-4d52-9a58-0f6c2c6a1911>",
        "WARC-Date: 2025-05-03T10:00:00Z",
        "WARC-Target-URI: http://sund.example/dam.txt",
        "Content-Type: application/http;msgtype=response",
        f"Content-Length: {len(answer)}",
    )
    record = "\r\n".join((*fields, "", "")).encode() + answer + b"\r\n\r\n"
    path.write_bytes(gzip.compress(record))


def test_commands_run_in_their_order(tmp_path: Path, environment: dict[str, str]) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "article.txt").write_text(ARTICLE, encoding="utf-8")
    somebodys_warc(home / "crawl.warc.gz")
    with web.running() as address:
        titles = {"The warden who waited": address + web.MOVED["/radio/falk"]}
        (home / "addresses.yml").write_text(json.dumps(titles), encoding="utf-8")
        library = "@misc{k, title = {Tides}, isbn = {0306406152}}\n"
        (home / "library.bib").write_text(library, encoding="utf-8")
        newcomer = Newcomer(home, address, environment)
        for command in commands():
            newcomer.type(command)
    assert newcomer.snapshot
    assert "https://archive.example.edu/" in newcomer.seen[f"pincite cite {SAMPLE_ID}"]
    moved, stayed = (f"pincite -A {folder} show {SAMPLE_ID}" for folder in ("backup", "my-archive"))
    newcomer.type(stayed)
    assert newcomer.seen[moved] == newcomer.seen[stayed]


def test_the_two_commands_are_targets_of_make() -> None:
    (two,) = blocks("sh")
    for command in two.split("\n")[:2]:
        done = subprocess.run(
            [*command.split(), "--dry-run"], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert "python -m" in done.stdout


def test_no_link_of_the_papers_is_broken() -> None:
    for paper in (ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", paper.read_text(encoding="utf-8")):
            assert (paper.parent / target).exists(), f"{paper.name}: {target}"
