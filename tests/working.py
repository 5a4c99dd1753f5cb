"""An archive and the tools of a writing command, in this process: as the program works, not started."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from archive.shelf import Shelf
from archive.store import Store
from ingest.capture import Tools, prepare, tools
from ingest.settings import Profile, Settings, create
from tests.web import LOOPBACK

SETTINGS = Settings(resolver=None, allow_private=LOOPBACK)


@contextmanager
def working(folder: Path) -> Iterator[Tools]:
    """Tools of an archive that is made in a folder."""
    archive = create(folder, Profile(operator="Ada"))
    prepare(archive)
    with tools(archive, SETTINGS, lambda said: None) as held:
        yield held


def elsewhere(held: Tools, folder: Path) -> Tools:
    """The same tools, warm children and all, for another archive."""
    archive = create(folder, Profile(operator="Ben"))
    prepare(archive)
    store = Store(archive.store)
    shelf = Shelf(store, archive.index, held.date)
    return replace(held, archive=archive, store=store, shelf=shelf)


def chosen(held: Tools, **settings: Any) -> Tools:
    """The same tools with other settings."""
    return replace(held, settings=replace(held.settings, **settings))


def stored(held: Tools) -> list[Path]:
    """The stored files of an archive, in the order of their names."""
    return [Path(held.archive.store, "warcs", name) for name in held.store.names()]


def copied(source: Tools, target: Tools) -> None:
    """Put copies of all stored files of an archive into another, under the same names."""
    for name in source.store.names():
        path = target.store.temp() / "copy"
        shutil.copyfile(Path(source.archive.store, "warcs", name), path)
        target.store.put(path, name)
