"""While the archive is unchanged, an address gives one SHA-256: over 40 fetches, a restart and a rebuild."""

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from archive.index.write import rebuild
from archive.store import Store
from tests.asking import ask, digits
from tests.memento_archive import GONE, OLD, PACKED, STORY, TIMES, Archive
from tests.serving import served


def addresses(archive: Archive) -> list[str]:
    """Landing page, bytes and mementos: of a page, a packed one, an error, a redirect, a long one."""
    story = archive.story[1]
    stamps = ((TIMES[1], STORY), (TIMES[2], PACKED), (TIMES[2], GONE), (TIMES[1], OLD))
    found = [f"/snapshot/{story.id}{room}" for room in ("", ".json", "/raw", "/linkset.json")]
    found += [f"/snapshot/{archive.named['big'].id}/raw"]
    return found + [f"/web/{digits(time)}{kind}/{uri}" for time, uri in stamps for kind in ("", "id_")]


def digests(base: str, paths: list[str], times: int) -> Mapping[str, str]:
    """The one SHA-256 of each address."""
    found = {}
    for path in paths:
        given = {hashlib.sha256(ask(base, path).body).hexdigest() for _ in range(times)}
        assert len(given) == 1, path
        found[path] = given.pop()
    return found


@pytest.fixture
def copied(memento_archive: Archive, tmp_path: Path) -> Path:
    """The archive once more, to be served twice and rebuilt."""
    return Path(shutil.copytree(memento_archive.folder, tmp_path / "archive"))


def test_one_digest_over_fetches_a_restart_and_a_rebuild(
    memento_base: str, memento_archive: Archive, copied: Path
) -> None:
    paths = addresses(memento_archive)
    first = digests(memento_base, paths, 40)
    assert len(set(first.values())) > len(paths) // 2, "not one and the same error for all"
    with served(copied) as base:
        assert digests(base, paths, 1) == first
        rebuild(Store(str(copied)), copied / "archive.db", "2031-01-01T00:00:00Z")
        assert digests(base, paths, 1) == first
