"""The program as a person runs it: a process of its own, its exit code, its JSON."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PINCITE = (sys.executable, "-m", "ingest.cli")
ROOT = Path(__file__).parent.parent
LOOPBACK = ("--allow-private", "127.0.0.0/8")


@dataclass(frozen=True)
class Done:
    """What a run printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)


def environment() -> dict[str, str]:
    """Ours, without an archive named in it, and with the project importable from any folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PINCITE_")}
    return kept | {"PYTHONPATH": str(ROOT)}


def pincite(*arguments: str | Path, cwd: Path | None = None, stdin: bytes = b"") -> Done:
    """Run a command to its end."""
    command = [*PINCITE, *map(str, arguments)]
    done = subprocess.run(
        command, cwd=cwd, input=stdin, capture_output=True, timeout=300, env=environment(), check=False
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def start(*arguments: str | Path) -> "subprocess.Popen[bytes]":
    """Start a command that somebody will kill."""
    command = [*PINCITE, *map(str, arguments)]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, stdout=quiet, stderr=quiet, env=environment(), start_new_session=True)
