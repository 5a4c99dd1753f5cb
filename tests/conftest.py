"""What every test shares: the versions that matter, at the head of the run."""

import sqlite3
from importlib.metadata import version


def pytest_report_header() -> list[str]:
    """Name the libraries whose behaviour the tests rest on."""
    named = ("datasette", "sqlite-utils", "warcio", "trafilatura", "lxml", "httpcore2")
    libraries = ", ".join(f"{name} {version(name)}" for name in named)
    return [f"SQLite {sqlite3.sqlite_version}, {libraries}"]
