"""A served archive for the length of a block, as a person would serve it: by the program itself."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

LOOPBACK = "127.0.0.1"
PINCITE = (sys.executable, "-m", "ingest.cli")
PATIENCE = 60.0


def free_port() -> int:
    """A port that nothing listens at."""
    with socket.socket() as tried:
        tried.bind((LOOPBACK, 0))
        return int(tried.getsockname()[1])


@contextmanager
def served(archive: Path, program: Sequence[str] = PINCITE, cwd: Path | None = None) -> Iterator[str]:
    """Serve the archive; gives the base address once it answers."""
    with serving(archive, program=program, cwd=cwd) as (base, _):
        yield base


@contextmanager
def serving(
    archive: Path, *flags: str, program: Sequence[str] = PINCITE, cwd: Path | None = None
) -> Iterator[tuple[str, Callable[[], str]]]:
    """Serve the archive with flags; gives the base address, and what has been printed so far."""
    port = free_port()
    command = [*program, "-A", str(archive), "serve", "--port", str(port), *flags]
    # A file, not a pipe: nobody reads along, and a full pipe would stop the server.
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(command, cwd=cwd, env=bare_environment(), stdout=said, stderr=said) as server,
    ):
        try:
            _await(server, port, said)
            yield f"http://{LOOPBACK}:{port}", partial(_all_of, said)
        finally:
            server.terminate()


def _all_of(said: BinaryIO) -> str:
    said.seek(0)
    return said.read().decode()


def _await(server: "subprocess.Popen[bytes]", port: int, said: BinaryIO) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise AssertionError(f"serve ended with {server.returncode}:\n{_all_of(said)}")
        try:
            with socket.create_connection((LOOPBACK, port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"nothing answers at port {port} after {PATIENCE:.0f} seconds")


def get(address: str) -> tuple[int, str]:
    """Status and text of an address, whatever the status."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode("utf-8")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode("utf-8")


def bare_environment() -> dict[str, str]:
    """The environment without what would lead Python or Pincite back to this checkout."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PINCITE"))}
    return kept | {"VIRTUAL_ENV": ""}
