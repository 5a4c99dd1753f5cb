"""The bars: how long a file, class or function may be, and what each must say of itself."""

import ast
import re
from itertools import chain
from pathlib import Path
from statistics import median, quantiles

import pytest

from tests.source_tree import ROOT, Function, classes, dotted, functions, length, sources, tree, within

OURS = sources("archive", "ingest")
ALL = sources("archive", "ingest", "tests", "benchmarks")


@pytest.mark.parametrize("path", ALL, ids=within)
def test_no_file_class_or_function_is_too_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
    assert [node.name for node in classes(path) if length(node) > 150] == []
    assert [node.name for node in functions(path) if length(node) > 50] == []


def test_functions_are_short_by_habit() -> None:
    lengths = [length(node) for path in OURS for node in functions(path)]
    assert median(lengths) <= 10
    assert quantiles(lengths, n=10)[-1] <= 25


@pytest.mark.parametrize("path", OURS, ids=within)
def test_no_function_takes_more_than_five_parameters(path: Path) -> None:
    assert [f"{node.name}, line {node.lineno}" for node in functions(path) if too_many(node)] == []


def too_many(node: Function) -> bool:
    given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return len([a for a in given if a.arg not in ("self", "cls")]) > 5 and not is_command(node)


def is_command(node: Function) -> bool:
    """click hands each flag of a command over as a parameter of its own."""
    called = [d.func if isinstance(d, ast.Call) else d for d in node.decorator_list]
    return any(dotted(name).endswith("command") for name in called)


@pytest.mark.parametrize("path", ALL, ids=within)
def test_a_file_opens_with_its_caption(path: Path) -> None:
    caption = (ast.get_docstring(tree(path)) or "").partition("\n")[0]
    assert len(caption) > 15, "the first line says what the room is"


@pytest.mark.parametrize("path", OURS, ids=within)
def test_every_public_name_has_a_docstring(path: Path) -> None:
    named = [node for node in tree(path).body if isinstance(node, Function | ast.ClassDef)]
    bare = [n.name for n in named if not n.name.startswith("_") and not ast.get_docstring(n)]
    assert bare == []


def test_no_drawer_called_utils() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"}
    assert [within(path) for path in ALL if drawers & set(path.relative_to(ROOT).with_suffix("").parts)] == []


def test_no_word_about_one_machine() -> None:
    """Paths of somebody's home or work folder, and hosts of package registries, belong to no project."""
    words = re.compile(r"(?<![\w.~-])/(home|root|Users|wor[k])/\w|/tmp/ven[v]|pythonhoste[d]|pypi\.or[g]")
    patterns = ("*.py", "*.toml", "*.yml", "*.md", "*.sql", "*.html", "*.css", "Makefile", "run")
    folders = [ROOT / name for name in ("archive", "ingest", "tests", "benchmarks", "docs", ".ci")]
    files = set(chain.from_iterable(folder.rglob(pattern) for folder in folders for pattern in patterns))
    files.update(chain.from_iterable(ROOT.glob(pattern) for pattern in patterns))
    assert [within(path) for path in sorted(files) if words.search(path.read_text(encoding="utf-8"))] == []
