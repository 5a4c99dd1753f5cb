"""`python -m ingest.demo`: a small web on loopback is ingested into a fresh archive, reported and served."""

import argparse
import json
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from archive.errors import PinciteError, UsageError
from archive.model import grouped
from ingest import settings
from ingest.demo import web

OPERATOR = "The demo of Pincite"
SOME_SOURCE_MISSING = 3
USUAL_PORT = 8001


def main() -> int:
    """Run the demo; gives the exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return _run(_arguments())
    except PinciteError as error:
        print(f"demo: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m ingest.demo", description=__doc__)
    parser.add_argument("--archive", type=Path, default=Path("demo-archive"), help="where it is made")
    parser.add_argument("--fresh", action="store_true", help="remove the archive of an earlier demo first")
    parser.add_argument("--no-serve", action="store_true", help="stop before serving")
    return parser.parse_args()


def _run(asked: argparse.Namespace) -> int:
    folder: Path = asked.archive
    _make_room(folder, asked.fresh)
    with web.running() as address:
        print(f"A small web of our own stands at {address}{web.ARTICLE}: an article and its sources.")
        print("One source has moved, one is lost, one has no text, and one is only named.\n")
        _pincite("init", str(folder), "--operator", OPERATOR, "--contact", "demo@example.org")
        snapshot = _ingest(folder, address + web.ARTICLE)
        if snapshot is None:
            return 1
        print("\nThe losses are part of the demo. From now on the archive can be searched and cited:")
        _show_command("-A", str(folder), "search", "petrels")
        _show_command("-A", str(folder), "cite", grouped(snapshot))
        if asked.no_serve:
            _show_command("-A", str(folder), "serve")
            return 0
        return _serve(folder, snapshot)


def _make_room(folder: Path, fresh: bool) -> None:
    """Remove the archive of an earlier demo, and nothing else.

    :raises UsageError: the folder holds something.
    """
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    ours = folder.is_dir() and settings.read_profile(folder).operator == OPERATOR
    if not ours:
        raise UsageError(f"{folder} is there and is no archive of the demo: name another with --archive")
    if not fresh:
        raise UsageError(f"{folder} is the archive of an earlier demo: --fresh removes it first")
    shutil.rmtree(folder)


def _ingest(folder: Path, article: str) -> str | None:
    """Ingest the article; gives the snapshot's id, or None where the demo did not go as it should."""
    with tempfile.TemporaryDirectory() as beside:
        report = Path(beside) / "report.json"
        flags = ("--allow-private", f"{web.LOOPBACK}/32", "--resolver", "none", "--report", str(report))
        code = _pincite("-A", str(folder), "ingest", article, *flags)
        if code != SOME_SOURCE_MISSING:
            print(f"demo: ingest ended with {code}, expected {SOME_SOURCE_MISSING}", file=sys.stderr)
            return None
        return str(json.loads(report.read_text(encoding="utf-8"))["articles"][0]["snapshot"])


def _serve(folder: Path, snapshot: str) -> int:
    port = _free_port()
    command = [*_PROGRAM, "-A", str(folder), "serve", "--port", str(port)]
    with subprocess.Popen(command) as server:
        try:
            if _answers(server, port):
                print(f"\nThe article with its claims: http://{web.LOOPBACK}:{port}/article/{snapshot}")
                print("Ctrl-C stops it.", flush=True)
            return server.wait()
        finally:
            server.terminate()
            # After Ctrl-C `with` itself waits for a quarter of a second only, and the server may need longer.
            server.wait()


def _answers(server: "subprocess.Popen[bytes]", port: int) -> bool:
    while server.poll() is None:
        with suppress(ConnectionRefusedError), socket.create_connection((web.LOOPBACK, port)):
            return True
        time.sleep(0.1)
    return False


def _free_port() -> int:
    """The usual port, or any free one where that is taken."""
    for port in (USUAL_PORT, 0):
        with socket.socket() as tried, suppress(OSError):
            tried.bind((web.LOOPBACK, port))
            return int(tried.getsockname()[1])
    raise UsageError(f"no free port at {web.LOOPBACK}")


_PROGRAM = (sys.executable, "-m", "ingest.cli")


def _pincite(*arguments: str) -> int:
    _show_command(*arguments)
    return subprocess.run([*_PROGRAM, *arguments], check=False).returncode


def _show_command(*arguments: str) -> None:
    print(f"$ {shlex.join((_name(), *arguments))}", flush=True)


def _name() -> str:
    """How a person calls the program from here: by its name, or by its path where that is not enough."""
    beside = Path(sys.executable).with_name("pincite")
    found = shutil.which("pincite")
    if (found and Path(found) == beside) or not beside.exists():
        return "pincite"
    return str(beside.relative_to(Path.cwd()) if beside.is_relative_to(Path.cwd()) else beside)


if __name__ == "__main__":
    sys.exit(main())
