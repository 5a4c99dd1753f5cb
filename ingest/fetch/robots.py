"""robots.txt as RFC 9309 has it: asked once for each origin, decided for each address [protego]."""

import re
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from protego import Protego

from ingest.fetch.address import Address
from ingest.fetch.clock import Interrupted

Decision = Literal["allowed", "disallowed", "unreachable"]

# The name that site owners address us by (RFC 9309, 2.2.1).
PRODUCT = "Pincite"
# RFC 9309, 2.5: at least 500 KiB must be read, the rest may be left.
READ_BYTES = 512_000
# RFC 9309, 2.3.1.2: at least five redirects are followed.
HOPS = 5
# RFC 9309, 2.4: no longer than a day.
_KEPT = timedelta(hours=24)
_AGENT = re.compile(r"^([ \t]*user-agent[ \t]*:)([^#]*)", re.IGNORECASE)
_TOKEN = re.compile(r"[a-z_-]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rules:
    """What came of asking for a robots.txt.

    ``unreachable`` says why it could not be read, which RFC 9309 takes for "everything disallowed";
    ``reason`` is the word that a failure is then recorded with.
    """

    parsed: Protego | None = None
    unreachable: str | None = None
    reason: str = ""

    def decide(self, address: Address) -> Decision:
        """Whether this address may be fetched by us."""
        if self.unreachable is not None:
            return "unreachable"
        if self.parsed is None or self.parsed.can_fetch(address.uri, PRODUCT):
            return "allowed"
        return "disallowed"


def read_rules(status: int, text: bytes) -> Rules:
    """The rules that an answer gives: 2xx its text, 4xx none, anything else unreachable (RFC 9309, 2.3.1)."""
    if 200 <= status < 300:
        return Rules(Protego.parse(only_ours(text[:READ_BYTES].decode("utf-8-sig", "replace"))))
    if 300 <= status < 500:
        # A redirect that leads nowhere is "unavailable" as well (2.3.1.2).
        return Rules()
    return Rules(unreachable=f"robots.txt was answered with {status}", reason="robots")


def only_ours(text: str) -> str:
    """The same rules with every other robot's name replaced by one name.

    Protego gives each rule to each name of its group: 15,000 names before 15,000 rules, in 500 KiB, are
    225 million rules. It also takes ``Pincite/1.0`` for another name, where RFC 9309 (2.2.1) has the token.
    """
    return "\n".join(_AGENT.sub(_renamed, line) for line in text.splitlines())


def _renamed(match: re.Match[str]) -> str:
    named = match[2].strip()
    token = _TOKEN.match(named)
    if token and token[0].lower() == PRODUCT.lower():
        return f"{match[1]} {PRODUCT}"
    return f"{match[1]} {'*' if named.startswith('*') else 'another'}"


class RobotsMemory:
    """The rules of each origin, for a day; asked once, however many visits want them at the same time."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._known: dict[str, tuple[datetime, Future[Rules]]] = {}

    def rules(self, origin: str, ask: Callable[[], Rules]) -> Rules:
        """The rules of an origin. The first to want them asks, whoever comes meanwhile waits for it."""
        with self._lock:
            asked, known = self._known.get(origin, (self._now(), None))
            first = known is None or self._now() - asked > _KEPT
            if known is None or first:
                known = Future()
                self._known[origin] = (self._now(), known)
        if first:
            self._answer(origin, known, ask)
        return known.result()

    def _answer(self, origin: str, known: "Future[Rules]", ask: Callable[[], Rules]) -> None:
        try:
            known.set_result(ask())
        except BaseException:
            # Called off: whoever wants the rules next asks again; those who wait are called off too.
            with self._lock:
                self._known.pop(origin, None)
            known.set_exception(Interrupted())
            raise
