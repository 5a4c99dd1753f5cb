"""What every test shares: the versions that matter, at the head of the run."""

import sqlite3
from collections.abc import Iterator
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.memento_archive import Archive


# How long an example takes says how busy the machine is: a deadline failed on the first call of a cold cache.
settings.register_profile("dice", deadline=None)
# The suite throws the same dice each time: what turns red was changed, and is red again when somebody looks.
settings.register_profile("pincite", settings.get_profile("dice"), derandomize=True)
settings.load_profile("pincite")


def pytest_report_header() -> list[str]:
    """Name the libraries whose behaviour the tests rest on."""
    named = ("datasette", "sqlite-utils", "warcio", "trafilatura", "lxml", "httpcore2")
    libraries = ", ".join(f"{name} {version(name)}" for name in named)
    return [f"SQLite {sqlite3.sqlite_version}, {libraries}"]


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """One Chromium for the tests of a file; skipped where there is none (see tests/browser.py)."""
    from tests.browser import running_chromium

    with running_chromium() as started:
        yield started


@pytest.fixture(scope="session")
def memento_archive(tmp_path_factory: pytest.TempPathFactory) -> "Archive":
    """One archive of captures over years, for all who only ask it."""
    from tests.memento_archive import build

    return build(tmp_path_factory.mktemp("memento"))


@pytest.fixture(scope="session")
def memento_base(memento_archive: "Archive") -> Iterator[str]:
    """Where it is served."""
    from tests.serving import served

    with served(memento_archive.folder) as address:
        yield address
