"""The face of fetching: visits to pages, and answers for resolvers, under one policy."""

import threading
from dataclasses import dataclass
from types import TracebackType

from archive.errors import FetchFailed, PinciteError
from archive.model import Exchange, Failure
from ingest.fetch import refresh
from ingest.fetch.address import follow, read_address
from ingest.fetch.asking import Asker
from ingest.fetch.clock import Clock, Patience
from ingest.fetch.gathering import Gathering
from ingest.fetch.heard import Heard
from ingest.fetch.names import Resolver, system_resolver
from ingest.fetch.plain import plain
from ingest.fetch.policy import Policy
from ingest.fetch.robots import RobotsMemory
from ingest.fetch.visit import Journey, Landing, Means, is_page
from ingest.fetch.wire import Wire


@dataclass(frozen=True, slots=True)
class Visit:
    """What one visit brought: robots.txt first, then the hops of the page, then its requisites.

    ``page`` is the last hop, one of ``exchanges``; where it is None, the first of ``failures`` says why.
    """

    uri: str
    exchanges: tuple[Exchange, ...]
    failures: tuple[Failure, ...]
    page: Exchange | None

    def close(self) -> None:
        """Let go of the temporary files that the answers lie in."""
        for exchange in self.exchanges:
            exchange.response.close()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a resolver's question: names of ``headers`` in lower case, ``body`` decoded."""

    status: int
    headers: dict[str, str]
    body: bytes


class Fetcher:
    """Visits addresses; many threads may use one at once. A context manager: leaving it calls visits off."""

    def __init__(
        self, policy: Policy, clock: Clock | None = None, resolver: Resolver = system_resolver
    ) -> None:
        clock = clock or Clock()
        self._stop = threading.Event()
        self._policy, self._clock = policy, clock
        asker = Asker(policy, clock, Wire(policy, clock, resolver))
        self._means = Means(policy, clock, asker, RobotsMemory(clock.now), self._patience)

    def visit(self, uri: str) -> Visit:
        """Go to an address, through its redirects, and fetch what the page there needs.

        Whatever goes wrong with the address or its host is a failure in the visit.

        :raises Interrupted: the fetcher was closed meanwhile.
        """
        journey = Journey(self._means)
        try:
            landing = journey.travel(uri)
            requisites, failures = self._gather(journey, landing)
        except BaseException:
            journey.close()
            raise
        return Visit(
            uri,
            (*journey.robots, *journey.hops, *requisites),
            (*journey.failures, *failures),
            landing.exchange if landing else None,
        )

    def get(self, uri: str, accept: str | None = None) -> Answer:
        """The answer to a question, through redirects, decoded; nothing is recorded, no robots.txt asked.

        :raises FetchFailed: there is none.
        """
        limits = self._policy.limits
        patience = self._patience(limits.page_seconds)
        address = read_address(uri)
        for _ in range(limits.hops + 1):
            heard = self._means.asker.ask(
                address, "page", patience, (("Accept", accept),) if accept else (), limits.asked_bytes
            )
            try:
                onward = refresh.location(heard)
                if onward is None:
                    return self._answer(heard)
            finally:
                heard.response.close()
            address = follow(address, onward)
        raise FetchFailed("too-many-redirects", f"more than {limits.hops} from {uri}")

    def close(self) -> None:
        """Call off what is going on; each visit ends within a second or its connect limit."""
        self._stop.set()

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _gather(self, journey: Journey, landing: Landing | None) -> tuple[list[Exchange], list[Failure]]:
        heard = landing.heard if landing else None
        if not landing or not heard or not self._policy.requisites:
            return [], []
        if heard.status != 200 or not is_page(heard):
            return [], []
        return Gathering(self._means, journey, landing).gather()

    def _answer(self, heard: Heard) -> Answer:
        try:
            body = plain(heard, self._policy.limits.asked_bytes)
        except PinciteError as error:
            raise FetchFailed("protocol", f"the answer cannot be decoded: {error}") from error
        if heard.truncated:
            raise FetchFailed("disconnect", "the answer was cut off")
        return Answer(heard.status, {name.lower(): value for name, value in heard.fields}, body)

    def _patience(self, seconds: float, *stops: threading.Event) -> Patience:
        return Patience(self._clock, seconds, self._stop, *stops)
