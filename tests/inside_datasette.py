"""Datasette around an index, with metadata.yml as `pincite serve` gives it to whichever version is there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml
from datasette.app import Datasette

from tests.source_tree import ROOT

METADATA = yaml.safe_load((ROOT / "metadata.yml").read_text(encoding="utf-8"))
BEFORE_1 = version("datasette").startswith("0.")
# Where SQL is asked.
QUERY = "/archive.json" if BEFORE_1 else "/archive/-/query.json"


@asynccontextmanager
async def client_of(index: Path, memory: bool = False, **settings: Any) -> AsyncIterator[Any]:
    """A client of the index served, with plug-ins started; closed at the end."""
    # 1.0 reads queries and the like from its configuration only: there the one file is given twice.
    more = {} if BEFORE_1 else {"config": METADATA}
    settings = {"suggest_facets": False, **settings}
    served = Datasette([str(index)], metadata=METADATA, settings=settings, memory=memory, **more)
    await served.invoke_startup()
    yield served.client
    for database in served.databases.values():
        database.close()
    if served.executor:
        served.executor.shutdown()
