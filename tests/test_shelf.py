"""Marks of files that were never stored: a writer's between two steps stay, those of killed ones go."""

from pathlib import Path

from archive.shelf import Shelf
from archive.store import Store

NOW = "2026-11-23T12:00:00Z"


def name(digits: str) -> str:
    return f"{digits[:4]}/{digits[4:6]}/{digits[6:8]}/{digits}-{'0' * 64}.warc.gz"


def test_marks_without_files(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    just_now, long_ago = name("20261123115959"), name("20261121120000")
    imported = f"imported/{'12345678901234' + 'a' * 50}.warc.gz"
    for marked in (just_now, long_ago, imported):
        store.mark(marked)
    Shelf(store, tmp_path / "archive.db", lambda: NOW).catch_up(lambda _: None)
    assert store.pending() == sorted([just_now, imported])
