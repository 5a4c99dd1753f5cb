"""The project's own source files, read as syntax trees: what they import, call and declare."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# In the standard library of a Python newer than 3.11, imported there only.
NEWER_STDLIB = {"compression"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def sources(*folders: str) -> list[Path]:
    """Every Python file under these top-level folders."""
    return sorted(chain.from_iterable((ROOT / folder).rglob("*.py") for folder in folders))


def within(path: Path) -> str:
    """The path as it stands in the tree: ``archive/uri.py``."""
    return path.relative_to(ROOT).as_posix()


def in_room(path: str, room: str) -> bool:
    """Whether a path is the room's file or lies in the room's folder.

    >>> in_room("ingest/fetch/guard.py", "ingest/fetch"), in_room("ingest/fetcher.py", "ingest/fetch")
    (True, False)
    """
    return path == f"{room}.py" or path.startswith(f"{room}/")


def module_of(path: Path) -> str:
    """The dotted name of a file's module."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path): path for path in sources("archive", "ingest")}


def imports(path: Path) -> set[str]:
    """Every module that a file imports: at its top, inside a function, or by name through importlib."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.update(_from(path, node))
        elif isinstance(node, ast.Call) and dotted(node.func).endswith("import_module"):
            found.update(str(arg.value) for arg in node.args if isinstance(arg, ast.Constant))
    return found


def _from(path: Path, node: ast.ImportFrom) -> Iterator[str]:
    origin = node.module or ""
    if node.level:
        package = path.relative_to(ROOT).parts[: -node.level]
        origin = ".".join((*package, *filter(None, [node.module])))
    for alias in node.names:
        # `from archive import uri` imports the module archive.uri, not a name in archive.
        name = f"{origin}.{alias.name}"
        yield name if name in MODULES else origin


def third_party(path: Path) -> set[str]:
    """The top-level names of other people's packages that a file imports."""
    tops = {name.partition(".")[0] for name in imports(path)}
    # `compression` is of the standard library since 3.14; older ones do not list it.
    standard = set(sys.stdlib_module_names) | {"compression"}
    return tops - standard - {"archive", "ingest", "tests", "benchmarks"}


def dotted(node: ast.expr) -> str:
    """The name under which something is called; empty where it is no plain name.

    >>> dotted(ast.parse("os.path.join(1)", mode="eval").body.func)
    'os.path.join'
    """
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


def calls(path: Path) -> Iterator[tuple[str, int]]:
    """Every call in a file: the name called and the line."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield dotted(node.func), node.lineno


def classes(path: Path) -> list[ast.ClassDef]:
    """Every class that a file declares, however deep."""
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef)]


def functions(path: Path) -> list[Function]:
    """Every function and method that a file declares, however deep."""
    return [node for node in ast.walk(tree(path)) if isinstance(node, Function)]


def length(node: ast.ClassDef | Function) -> int:
    """How many lines a class or function takes, its docstring included, its decorators not."""
    return (node.end_lineno or node.lineno) - node.lineno + 1
