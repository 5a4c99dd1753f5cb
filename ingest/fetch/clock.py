"""Time and chance as a visit sees them, and how much patience it has left."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from archive.errors import FetchFailed

# How long an interrupted visit may go on without noticing.
SLICE = 0.5


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """The four things that tests must be able to set: date, stop-watch, sleep, chance."""

    now: Callable[[], datetime] = _now
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


class Interrupted(FetchFailed):
    """The visit was called off."""

    def __init__(self) -> None:
        super().__init__("interrupted", "the visit was called off before it was done")


class Patience:
    """How long one visit may still take; waiting its turn at a host is not held against it."""

    def __init__(self, clock: Clock, seconds: float, *stops: threading.Event) -> None:
        self._clock, self._stops, self._seconds = clock, stops, seconds
        self._end = clock.monotonic() + seconds

    def left(self) -> float:
        """Seconds left.

        :raises FetchFailed: ``timeout``, none are left; ``interrupted``, the visit was called off.
        """
        if any(stop.is_set() for stop in self._stops):
            raise Interrupted
        left = self._end - self._clock.monotonic()
        if left <= 0:
            raise FetchFailed("timeout", f"not done after {self._seconds:g} seconds")
        return left

    def wait(self, seconds: float) -> None:
        """Sleep as part of the visit, in slices so that it can be called off."""
        while seconds > 0:
            self.left()
            self._clock.sleep(min(SLICE, seconds))
            seconds -= SLICE

    def wait_outside(self, seconds: float) -> None:
        """Sleep without its being held against the visit."""
        self._end += max(seconds, 0.0)
        self.wait(seconds)

    def excuse(self, seconds: float) -> None:
        """Take back time that passed through no fault of the visit."""
        self._end += seconds
