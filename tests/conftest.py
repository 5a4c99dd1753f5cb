"""What every test shares: the versions that matter, at the head of the run."""

import sqlite3
from collections.abc import Iterator
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser


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
