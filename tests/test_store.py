"""What is once put stays as it is, under its name, safe on disk (law 9)."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import fsspec
import pytest

from archive.errors import StoreError
from archive.store import Store, imported_name, own_name, stated_sha256

NAME = own_name("2026-11-22T12:00:00Z", "ab" * 32)


@pytest.fixture(params=["folder", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "folder":
        yield Store(str(tmp_path / "archive"))
        return
    url = f"memory://{uuid4().hex}"
    yield Store(url)
    fsspec.filesystem("memory").store.clear()


@pytest.fixture
def file(tmp_path: Path) -> Callable[[bytes], Path]:
    def make(content: bytes) -> Path:
        path = tmp_path / uuid4().hex
        path.write_bytes(content)
        return path

    return make


def test_a_new_store_is_empty(store: Store) -> None:
    assert (store.names(), store.pending(), store.exists(NAME)) == ([], [], False)


def test_what_is_put_is_there_whole_and_in_parts(store: Store, file: Callable[[bytes], Path]) -> None:
    local = file(b"0123456789")
    store.put(local, NAME)
    assert not local.exists()
    assert store.names() == [NAME]
    assert store.exists(NAME)
    assert store.size(NAME) == 10
    assert store.read(NAME, 3, 4) == b"3456"
    assert store.read(NAME, 8, 99) == b"89"
    with store.open(NAME) as stream:
        assert stream.read() == b"0123456789"
        stream.seek(5)
        assert stream.read(1) == b"5"


def test_put_twice_is_put_once(store: Store, file: Callable[[bytes], Path]) -> None:
    for _ in range(2):
        local = file(b"same")
        store.put(local, NAME)
        assert not local.exists()
    assert store.names() == [NAME]


@pytest.mark.parametrize("other", [b"diff", b"other length"])
def test_other_bytes_never_take_a_name(store: Store, file: Callable[[bytes], Path], other: bytes) -> None:
    store.put(file(b"same"), NAME)
    local = file(other)
    with pytest.raises(StoreError, match="already with other bytes"):
        store.put(local, NAME)
    assert store.read(NAME, 0, 99) == b"same"
    assert local.exists()


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "a/../../x",
        "/etc/passwd",
        "a//b",
        ".hidden",
        "a/.b",
        "",
        "a\\b",
        "a\0b",
        "a b",
        "C:x",
        "a/",
        "é",
    ],
)
def test_names_lead_nowhere_else(store: Store, file: Callable[[bytes], Path], name: str) -> None:
    local = file(b"x")
    for act in (lambda: store.put(local, name), lambda: store.mark(name), lambda: store.open(name)):
        with pytest.raises(StoreError, match="is not the name of a stored file"):
            act()
    assert local.exists()


def test_marks_come_and_go(store: Store) -> None:
    names = [NAME, imported_name("cd" * 32, "warc")]
    for name in names:
        store.mark(name)
        store.mark(name)
    assert store.pending() == sorted(names)
    store.unmark(NAME)
    store.unmark(NAME)
    assert store.pending() == names[1:]


def test_what_is_absent_is_said(store: Store) -> None:
    with pytest.raises(StoreError, match="not in the store"):
        store.open(NAME)
    with pytest.raises(StoreError, match="not in the store"):
        store.size(NAME)


def test_files_being_written_are_no_part_of_the_store(store: Store) -> None:
    (store.temp() / "half").write_bytes(b"half")
    assert store.names() == []
    store.put(store.temp() / "half", NAME)
    assert store.names() == [NAME]


def test_what_killed_programs_left_is_swept_away_in_time(tmp_path: Path) -> None:
    left, current = (Store(str(tmp_path)).temp() / name for name in ("left", "current"))
    for path in (left, current):
        path.write_bytes(b"half")
    os.utime(left, (0, 0))
    assert list(Store(str(tmp_path)).temp().iterdir()) == [current]


def test_strange_files_in_the_folder_are_not_listed(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    (tmp_path / "warcs").mkdir()
    (tmp_path / "warcs" / ".DS_Store").write_bytes(b"")
    (tmp_path / "warcs" / "a b.warc").write_bytes(b"")
    assert store.names() == []


def test_a_folder_given_as_url_is_the_same_store(tmp_path: Path, file: Callable[[bytes], Path]) -> None:
    Store(str(tmp_path)).put(file(b"x"), NAME)
    assert Store(tmp_path.as_uri()).names() == [NAME]


def test_many_writers_of_one_name_store_it_once(tmp_path: Path, file: Callable[[bytes], Path]) -> None:
    outcomes: list[str] = []

    def put(content: bytes) -> None:
        try:
            Store(str(tmp_path / "a")).put(local, NAME) if (local := file(content)) else None
            outcomes.append("stored")
        except StoreError:
            outcomes.append("refused")

    threads = [threading.Thread(target=put, args=(b"%d" % (n % 2) * 9,)) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("stored") == outcomes.count("refused") == 8
    assert Store(str(tmp_path / "a")).read(NAME, 0, 99) in (b"0" * 9, b"1" * 9)


def test_file_and_folders_are_on_disk_before_put_returns(
    tmp_path: Path, file: Callable[[bytes], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    sync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (synced.append(os.fstat(handle).st_ino), sync(handle)))
    store = Store(str(tmp_path / "archive"))
    store.put(file(b"x"), NAME)
    target = tmp_path / "archive" / "warcs" / NAME
    expected = [target, *list(target.parents)[:5]]
    assert {path.stat().st_ino for path in expected} <= set(synced)


def test_an_unknown_kind_of_url_is_said() -> None:
    with pytest.raises(StoreError, match="cannot be used at nonsense://x"):
        Store("nonsense://x")


def test_names_say_date_and_digest() -> None:
    assert own_name("2026-11-22T12:00:00.123Z", "ab" * 32) == f"2026/11/22/20261122120000-{'ab' * 32}.warc.gz"
    assert imported_name("cd" * 32, ".WARC.GZ") == f"imported/{'cd' * 32}.warc.gz"
    assert stated_sha256(NAME) == "ab" * 32
    assert stated_sha256(imported_name("cd" * 32, "wacz")) == "cd" * 32
    assert stated_sha256("imported/x.warc") is None


@pytest.mark.parametrize("suffix", ["", "../x", "a/b", "warc gz"])
def test_a_suffix_is_letters_and_dots(suffix: str) -> None:
    with pytest.raises(StoreError, match="no name for an imported file"):
        imported_name("cd" * 32, suffix)


@pytest.mark.parametrize(("date", "digest"), [("2026", "ab" * 32), ("2026-11-22T12:00:00Z", "AB" * 32)])
def test_no_name_without_date_and_digest(date: str, digest: str) -> None:
    with pytest.raises(StoreError, match="no name for a WARC file"):
        own_name(date, digest)
