"""The wheel alone, in an empty environment outside the checkout, is the whole program."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.serving import bare_environment, get, served
from tests.source_tree import ROOT

ARTICLE = """The mill at Sund

The tide mill at Sund was built in 1786. It ground barley until 1911, when the dam broke.

A group of neighbours has repaired the dam, and the wheel turned again on 3 May 2025.
"""


def run(*command: str | Path, cwd: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd, env=bare_environment(), capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip


def succeed(*command: str | Path, cwd: Path) -> str:
    done = run(*command, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy: in the checkout a stale `build` folder would be taken too."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "source"
    for package in ("archive", "ingest"):
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "metadata.yml"):
        shutil.copy(ROOT / name, copy / name)
    flags = ("--no-deps", "--no-build-isolation", "--wheel-dir", folder)
    succeed(sys.executable, "-m", "pip", "wheel", copy, *flags, cwd=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def program(wheel: Path) -> Path:
    """`pincite` as the wheel installs it, with the dependencies that it declares and nothing else."""
    venv = wheel.parent / "venv"
    succeed(sys.executable, "-m", "venv", venv, cwd=wheel.parent)
    succeed(venv / "bin/python", "-m", "pip", "install", "--quiet", wheel, cwd=wheel.parent)
    return venv / "bin/pincite"


def test_wheel_holds_all_that_is_not_python(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        held = opened.namelist()
    for package in ("archive", "ingest"):
        beside = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / package).rglob("*")
            if path.is_file() and path.suffix != ".pyc"
        }
        assert beside - set(held) == set()
    assert len([name for name in held if name.endswith("/metadata.yml")]) == 1
    assert any(name.endswith("licenses/LICENSE") for name in held)
    assert {name.partition("/")[0] for name in held} == {"archive", "ingest", *_of_the_wheel_itself(held)}


def _of_the_wheel_itself(held: list[str]) -> set[str]:
    return {top for top in (name.partition("/")[0] for name in held) if top.endswith((".dist-info", ".data"))}


def test_help_says_what_there_is(program: Path, tmp_path: Path) -> None:
    said = succeed(program, "--help", cwd=tmp_path)
    assert all(f"  {command} " in said for command in ("init", "ingest", "serve", "rebuild"))


def test_installed_program_ingests_and_serves(program: Path, tmp_path: Path) -> None:
    (tmp_path / "mill.txt").write_text(ARTICLE, encoding="utf-8")
    succeed(program, "init", "archive", cwd=tmp_path)
    flags = ("--resolver", "none", "--title", "The mill at Sund", "--json")
    said = succeed(program, "-A", "archive", "ingest", "mill.txt", *flags, cwd=tmp_path)
    article = json.loads(said)["articles"][0]
    assert (article["title"], article["failure"], article["claims"]) == ("The mill at Sund", None, 3)
    with served(tmp_path / "archive", [str(program)], cwd=tmp_path) as base:
        status, page = get(f"{base}/article/{article['snapshot']}")
        plugins = json.loads(get(f"{base}/-/plugins.json")[1])
        described = json.loads(get(f"{base}/-/metadata.json")[1])
    assert status == 200
    assert "It ground barley until 1911" in page
    assert "pincite" in {plugin["name"] for plugin in plugins}
    assert "archive" in described["databases"]


def test_installed_demo_has_its_pages(program: Path, tmp_path: Path) -> None:
    code = "from ingest.demo import web; print(len(web.pages()))"
    assert int(succeed(program.parent / "python", "-c", code, cwd=tmp_path)) >= 10
