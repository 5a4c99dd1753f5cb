"""Extraction in child processes, so that no page can stall, bloat or bring down the one who asks.

    parent                             child (one page at a time, kept warm)
    frame(Page)  ---- stdin ---->      extract, under limits of CPU time and memory
    Extraction   <---- stdout ----     frame(Extraction)

A frame is eight bytes of length and a pickle. A child that passes a limit dies or is killed, its page
is answered with ``limit: time`` or ``limit: memory``, and the next page gets a fresh child.
Plain pipes and not multiprocessing: no semaphores, no resource tracker (10 MB), no second import of
the caller's main module, and a child notices by the end of its input that its parent is gone.
"""

import ctypes
import gc
import json
import os
import pickle
import queue
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from types import TracebackType
from typing import IO

from ingest.extract.page import Extraction, Page

_LENGTH = struct.Struct(">Q")
# A child is replaced after this many pages, or when it has grown beyond this much memory: libxml2's heap
# never shrinks, and two children and their parent together stay under 300 MB.
_MOST_PAGES = 500
_GROWN_MB = 130
_FAT_MB = 120
_GRACE = 2.0
_BOOT = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from ingest.extract.child import serve; serve()"
)
_NAME = "pincite 1"


class Extractor:
    """Extraction with limits: at most ``jobs`` children, each page within ``seconds`` and ``memory_mb``.

    Safe to call from many threads. Children are started when first needed and die with their parent.
    """

    def __init__(self, jobs: int = 1, seconds: float = 30.0, memory_mb: int = 1024) -> None:
        self._seconds, self._memory_mb = seconds, memory_mb
        # Last in, first out: few children stay warm, the others are never started.
        self._idle: queue.LifoQueue[_Child | None] = queue.LifoQueue()
        for _ in range(max(1, min(jobs, os.cpu_count() or 1))):
            self._idle.put(None)

    def extract(self, page: Page) -> Extraction:
        """The text of a page; whatever happens to the child becomes ``reason``."""
        child = self._idle.get()
        try:
            if child is not None and not child.alive():
                # It died while it was idle; its pipes are still ours to close.
                child.end()
                child = None
            if child is None:
                child = _Child(self._seconds, self._memory_mb)
            answer, fresh = child.ask(page), child.pages == 1
            if not (child.alive() or fresh or answer.reason == "limit: time"):
                # A warm child may have died of what earlier pages left in it, or of a stranger's signal.
                child.end()
                child = _Child(self._seconds, self._memory_mb)
                answer = child.ask(page)
            if child.worn():
                child.end()
                child = None
        except BaseException:
            if child is not None:
                child.end()
            child = None
            raise
        finally:
            self._idle.put(child)
        return answer

    def close(self) -> None:
        """End the idle children; the extractor can be used again."""
        ended = 0
        while True:
            try:
                child = self._idle.get_nowait()
            except queue.Empty:
                break
            if child is not None:
                child.end()
            ended += 1
        for _ in range(ended):
            self._idle.put(None)

    def __enter__(self) -> "Extractor":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Child:
    """One warm process and the pipes to it."""

    def __init__(self, seconds: float, memory_mb: int) -> None:
        self._seconds = seconds
        self.pages = 0
        self._rss_mb = 0
        path = [entry or os.getcwd() for entry in sys.path]
        # -I: nothing from the current folder or the environment decides what a child imports.
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _BOOT, json.dumps(path), str(seconds), str(memory_mb)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def worn(self) -> bool:
        """Whether it should not get another page."""
        return not self.alive() or self.pages >= _MOST_PAGES or self._rss_mb > _GROWN_MB

    def ask(self, page: Page) -> Extraction:
        """Send a page, wait for its text within the limit of time."""
        self.pages += 1
        deadline = time.monotonic() + self._seconds + _GRACE
        sender = threading.Thread(target=self._send, args=(page,), daemon=True)
        sender.start()
        answer = self._receive(deadline)
        if answer is None:
            return Extraction(_NAME, reason=self._why_silent())
        sender.join()
        extraction, self._rss_mb = answer
        return extraction

    def end(self) -> None:
        """Kill the process and forget it."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    # What could not be flushed was for a child that is gone; its page has its reason.
                    continue

    def _send(self, page: Page) -> None:
        assert self._process.stdin is not None
        try:
            _write(self._process.stdin, page)
        except (BrokenPipeError, ValueError):
            # The child died over an earlier byte; the reader on the other pipe finds out why.
            return

    def _receive(self, deadline: float) -> tuple[Extraction, int] | None:
        assert self._process.stdout is not None
        fd = self._process.stdout.fileno()
        received = bytearray()
        while True:
            ready, _, _ = select.select([fd], [], [], max(0.0, deadline - time.monotonic()))
            chunk = os.read(fd, 1 << 20) if ready else b""
            if not chunk:
                return None
            received += chunk
            if len(received) >= _LENGTH.size:
                (length,) = _LENGTH.unpack_from(received)
                if len(received) >= _LENGTH.size + length:
                    answer: tuple[Extraction, int] = pickle.loads(bytes(received[_LENGTH.size :]))
                    return answer

    def _why_silent(self) -> str:
        """Why a child gave no answer: it is over its time, or a signal took it."""
        try:
            code = self._process.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            return "limit: time"
        if code == -signal.SIGXCPU:
            return "limit: time"
        if code in (-signal.SIGKILL, -signal.SIGABRT, _OUT_OF_MEMORY):
            return "limit: memory"
        return f"extractor died: {signal.Signals(-code).name if code < 0 else f'exit {code}'}"


# What a child ends with that could tell. C++ that is refused memory tells nothing and aborts: pdfium did so
# at each of nine bombs, which wanted a hundred times the limit, and at nothing else that it was given.
_OUT_OF_MEMORY = 77


def _write(pipe: IO[bytes], message: object) -> None:
    data = pickle.dumps(message, protocol=5)
    pipe.write(_LENGTH.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def serve() -> None:
    """The life of a child: pages from standard input, texts to standard output, until the input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not get between two frames.
    os.dup2(2, 1)
    # Ctrl-C at a terminal reaches children too; the parent decides when the work ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    seconds, memory_mb = float(sys.argv[2]), int(sys.argv[3])
    _limit_memory(memory_mb)
    pages: queue.Queue[Page] = queue.Queue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, pages), daemon=True).start()
    # The libraries stay for good; collecting then looks at one page's garbage only (1 ms instead of 15).
    import ingest.extract.html  # noqa: F401
    from ingest.extract.dispatch import extract

    gc.freeze()
    while True:
        page = pages.get()
        _limit_time(seconds)
        extraction = extract(page)
        del page
        _write(answers, (extraction, _slimmed_mb()))
        if extraction.reason == "limit: memory":
            os._exit(_OUT_OF_MEMORY)


def _listen(pipe: IO[bytes], pages: "queue.Queue[Page]") -> None:
    """Pages as they come; when the parent is gone the child ends at once, whatever it is busy with."""
    while True:
        head = pipe.read(_LENGTH.size)
        data = pipe.read(_LENGTH.unpack(head)[0]) if len(head) == _LENGTH.size else b""
        if not data:
            os._exit(0)
        pages.put(pickle.loads(data))


def _limit_memory(memory_mb: int) -> None:
    import resource

    size = memory_mb << 20
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(seconds: float) -> None:
    """CPU seconds for the next page, counted from what the child has used so far."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 1, hard))


def _slimmed_mb() -> int:
    """The memory that this process has after giving back what it can, in MB."""
    if _rss_mb() > _FAT_MB:
        gc.collect()
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
    return _rss_mb()


def _rss_mb() -> int:
    """How much memory this process has now, in MB."""
    try:
        with open("/proc/self/statm", "rb") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20
    except OSError:
        import resource

        # Not on Linux, where this number would begin with what the parent had before it started us.
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 20
