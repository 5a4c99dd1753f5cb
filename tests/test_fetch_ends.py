"""Visits that are called off, many at once, over IPv6: what a run of the program does to a fetcher."""

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from ingest.fetch import Fetcher, Policy
from tests.web import LOOPBACK, Web, answer

ROOT = Path(__file__).parent.parent
VISIT = """
import sys
from ipaddress import ip_network
from ingest.fetch import Fetcher, Policy
with Fetcher(Policy("Pincite/0 (tests)", (ip_network("127.0.0.0/8"),))) as fetcher:
    print("visiting", flush=True)
    fetcher.visit(sys.argv[1])
"""


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as web:
        yield web


@pytest.mark.parametrize("path", ["/slow", "/page"])
def test_an_interrupt_ends_a_visit_at_once(web: Web, path: str) -> None:
    """Ctrl-C while the page hangs, and while the workers that fetch its pictures hang."""
    web.page("/page", "".join(f"<img src=/{number}>" for number in range(30)))
    for slow in ("/slow", *(f"/{number}" for number in range(30))):
        web.late(slow, 60, b"")
    command = [sys.executable, "-c", VISIT, web.url(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None
        run.stdout.readline()
        time.sleep(0.7)
        os.kill(run.pid, signal.SIGINT)
        # Well before the pages, which take a minute; a busy machine may need seconds to end a process.
        _, said = run.communicate(timeout=25)
    assert b"KeyboardInterrupt" in said
    assert run.returncode != 0


def test_ipv6_is_spoken() -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("this machine has no IPv6 loopback")
    with Web("::1") as web:
        web.page("/a", "<p>six")
        with closing(Fetcher(Policy("Pincite/0", LOOPBACK)).visit(web.url("/a"))) as visit:
            assert visit.page is not None
            assert visit.page.ip == "::1"
            assert f"Host: [::1]:{web.port}\r\n".encode() in visit.page.request


def test_forty_visits_at_once_stay_small() -> None:
    """Forty pages of 300 kB with ten pictures of 500 kB each are 212 MB, which lie in files."""
    page = b"<p>" + b"x" * 300_000 + b"".join(b"<img src=/%d.png>" % number for number in range(10))
    with ExitStack() as stack:
        webs = [stack.enter_context(Web(f"127.0.0.{number}")) for number in range(2, 42)]
        for web in webs:
            web.page("/a", page)
            for number in range(10):
                web.raw(f"/{number}.png", answer(200, PICTURE, {"Content-Type": "image/png"}))
        fetcher = stack.enter_context(Fetcher(Policy("Pincite/0", LOOPBACK)))
        fetcher.visit(webs[0].url("/a")).close()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with ThreadPoolExecutor(40) as pool:
            visits = list(pool.map(fetcher.visit, [web.url("/a") for web in webs]))
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        for visit in visits:
            with closing(visit):
                assert visit.failures == ()
                assert len(visit.exchanges) in (11, 12)
    assert grown < 150_000


PICTURE = bytes(500_000)
