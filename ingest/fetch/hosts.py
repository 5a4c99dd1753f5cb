"""Politeness: how much at once, and how quickly after one another, one host is asked."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from archive.model import Role
from ingest.fetch.clock import SLICE, Clock, Patience
from ingest.fetch.policy import Limits


class _Door:
    """What may go on at one host at once, for one kind of request."""

    def __init__(self, at_once: int) -> None:
        self.places = threading.Semaphore(at_once)
        self.lock = threading.Lock()
        self.next_start = float("-inf")


class Hosts:
    """Gives each exchange its turn; nothing is locked while one goes on, so hosts do not wait for others."""

    def __init__(self, clock: Clock, limits: Limits) -> None:
        self._clock, self._limits = clock, limits
        self._doors: dict[tuple[str, Role], _Door] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str, role: Role, patience: Patience) -> Iterator[None]:
        """A place at a host, as long as the block runs.

        A page that waits for it does not lose its time; requisites do, so that a page that asks one slow
        host for a hundred pictures ends.
        """
        door = self._door(host, role)
        asked = self._clock.monotonic()
        while not door.places.acquire(timeout=SLICE):
            asked = self._excuse(role, asked, patience)
            patience.left()
        try:
            self._excuse(role, asked, patience)
            if role == "page":
                patience.wait_outside(self._start(door))
            yield
        finally:
            door.places.release()

    def _excuse(self, role: Role, since: float, patience: Patience) -> float:
        now = self._clock.monotonic()
        if role == "page":
            patience.excuse(now - since)
        return now

    def _start(self, door: _Door) -> float:
        """How long this page request must wait to keep its distance from the one before."""
        with door.lock:
            now = self._clock.monotonic()
            begin = max(now, door.next_start)
            door.next_start = begin + self._limits.host_pause_seconds
        return begin - now

    def _door(self, host: str, role: Role) -> _Door:
        at_once = self._limits.requisites_per_host if role == "requisite" else self._limits.pages_per_host
        with self._lock:
            return self._doors.setdefault((host, role), _Door(at_once))
