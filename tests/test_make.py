"""`make` says what there is to do, and names what is missing in one line instead of failing half-way."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.serving import bare_environment
from tests.source_tree import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
OLD = """#!/bin/sh
case "$1" in -V) echo "Python 3.9.2" ;; *) exit 1 ;; esac
"""
WITHOUT_VENV = """#!/bin/sh
case "$2" in *version_info*) exit 0 ;; *) exit 1 ;; esac
"""


def make(*arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {k: v for k, v in bare_environment().items() if not k.startswith("MAKE")}
    return subprocess.run(
        ["make", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_make_alone_lists_every_target_with_a_line() -> None:
    said = make().stdout
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony
    assert re.findall(r"^  make (\S+) +\S", said, re.MULTILINE) == phony[1].split()


@pytest.mark.parametrize(
    ("python", "named"),
    [
        (None, "needs Python 3.11 or newer, but there is no"),
        (OLD, "needs Python 3.11 or newer, and .* is Python 3.9.2"),
        (WITHOUT_VENV, "venv and pip are missing. On Debian: apt-get install python3-venv"),
    ],
    ids=["no Python", "an old Python", "no venv"],
)
@pytest.mark.parametrize("target", ["demo", "test"])
def test_what_is_missing_is_named(tmp_path: Path, python: str | None, named: str, target: str) -> None:
    program = tmp_path / "python3"
    if python is not None:
        program.write_text(python)
        program.chmod(0o755)
    done = make(target, f"PYTHON={program}", f"VENV={tmp_path / 'venv'}")
    assert done.returncode != 0
    assert re.search(named, done.stderr)
    assert not (tmp_path / "venv").exists()


def test_a_part_of_the_suite_can_be_named(tmp_path: Path) -> None:
    said = make("test", "--dry-run", "T=tests/test_uri.py", "TESTS=urlkey", f"VENV={tmp_path}").stdout
    assert "-m pytest tests/test_uri.py -k 'urlkey'" in said
