"""One call made politely: in turn, with retries and growing waits, Retry-After honoured."""

from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime

from archive.errors import FetchFailed
from archive.model import Role
from ingest.fetch.address import Address
from ingest.fetch.clock import Clock, Patience
from ingest.fetch.heard import Call, Fields, Heard, Unanswered
from ingest.fetch.hosts import Hosts
from ingest.fetch.policy import Policy
from ingest.fetch.wire import Wire

_ACCEPT: Mapping[Role, str] = {
    "page": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8",
    "requisite": "*/*",
    "robots": "text/plain,*/*;q=0.8",
}
# What may pass when asked again. A time-out is not among them: it has cost the visit enough already.
_PASSING = frozenset(("refused", "unreachable", "disconnect"))
_PASSING_STATUS = frozenset((429, 502, 503, 504))


class Asker:
    """Makes calls for visits; many threads may use it at once."""

    def __init__(self, policy: Policy, clock: Clock, wire: Wire) -> None:
        self._policy, self._clock, self._wire = policy, clock, wire
        self._hosts = Hosts(clock, policy.limits)

    def ask(
        self,
        address: Address,
        role: Role,
        patience: Patience,
        extra: Fields = (),
        most_bytes: int | None = None,
    ) -> Heard:
        """The last answer to as many tries as the role gets. ``extra`` may replace Accept.

        :raises Unanswered: the last try brought none.
        """
        call = Call(address, self._fields(role, extra), most_bytes or self._most_bytes(role))
        tries = self._tries(role)
        for attempt in range(tries):
            last = attempt == tries - 1
            try:
                with self._hosts.turn(address.host, role, patience):
                    heard = self._wire.exchange(call, patience)
            except Unanswered as error:
                if last or error.reason not in _PASSING or not self._wait(attempt, None, patience):
                    raise
                continue
            again = heard.status in _PASSING_STATUS or heard.truncated == "disconnect"
            if last or not again or not self._wait(attempt, heard, patience):
                return heard
            heard.response.close()
        raise AssertionError("every last try returns or raises")

    def _fields(self, role: Role, extra: Fields) -> Fields:
        # Only codings that every reader of WARC files can undo: warcio cannot read br and zstd.
        fields = {
            "User-Agent": self._policy.user_agent,
            "Accept": _ACCEPT[role],
            "Accept-Encoding": "gzip, deflate",
        }
        return tuple((fields | dict(extra)).items())

    def _most_bytes(self, role: Role) -> int:
        limits = self._policy.limits
        return limits.answer_bytes if role == "page" else limits.requisite_bytes

    def _tries(self, role: Role) -> int:
        """A page is worth three; what decorates it, and robots.txt before it, must not hold it up."""
        tries = self._policy.limits.attempts
        return tries if role == "page" else min(tries, 2) if role == "requisite" else 1

    def _wait(self, attempt: int, heard: Heard | None, patience: Patience) -> bool:
        """Wait before the next try, unless that is longer than it is worth."""
        limits = self._policy.limits
        # Half of each wait is chance, so that clients that failed together do not return together.
        wait = limits.backoff_seconds * 2**attempt * (0.5 + self._clock.chance())
        asked_for = self._retry_after(heard) if heard else 0.0
        if asked_for > limits.retry_after_seconds:
            return False
        wait = max(wait, asked_for)
        try:
            if wait >= patience.left():
                return False
        except FetchFailed:
            return False
        patience.wait(wait)
        return True

    def _retry_after(self, heard: Heard) -> float:
        written = (heard.field("retry-after") or "").strip()
        if written.isascii() and written.isdigit():
            return float(written[:9])
        try:
            moment = parsedate_to_datetime(written)
        except ValueError:
            return 0.0
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(0.0, (moment - self._clock.now()).total_seconds())
