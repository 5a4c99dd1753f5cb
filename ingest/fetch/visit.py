"""One visit: robots.txt, the page through all its redirects, then what the page needs."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import quote

from archive.errors import FetchFailed
from archive.model import Exchange, Failure, Provenance, Role
from archive.uri import warc_date
from ingest.fetch import refresh
from ingest.fetch.address import Address, follow, read_address
from ingest.fetch.asking import Asker
from ingest.fetch.clock import Clock, Interrupted, Patience
from ingest.fetch.cookies import Jar
from ingest.fetch.heard import Heard, Unanswered
from ingest.fetch.plain import looked_into
from ingest.fetch.policy import Policy
from ingest.fetch.robots import HOPS, READ_BYTES, RobotsMemory, Rules, read_rules

PAGES = ("text/html", "application/xhtml+xml")
# What a page is looked through for; the compressed bytes of a larger one cannot be cut and read on.
LOOKED_INTO = 10_000_000


@dataclass(frozen=True, slots=True)
class Means:
    """What a visit works with, shared by all visits of a fetcher."""

    policy: Policy
    clock: Clock
    asker: Asker
    memory: RobotsMemory
    patience: Callable[..., Patience]


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a journey ended: the answer, and the exchange that records it."""

    heard: Heard
    exchange: Exchange


class Journey:
    """Goes from an address to the page behind it and keeps every exchange and failure on the way."""

    def __init__(self, means: Means) -> None:
        self.robots: list[Exchange] = []
        self.hops: list[Exchange] = []
        self._failures: list[Failure] = []
        self._robots_failures: list[Failure] = []
        self._means, self._jar = means, Jar()

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Why there is no page, and where a robots.txt could not be had. A host that is not there gives
        neither; one failure says it."""
        reasons = {failure.reason for failure in self._failures}
        robots = (failure for failure in self._robots_failures if failure.reason not in reasons)
        return (*self._failures, *robots)

    def travel(self, uri: str) -> Landing | None:
        """The page, or None where no answer could be had; `failures` then says why."""
        try:
            return self._along(read_address(uri))
        except Interrupted:
            self.close()
            raise
        except Unanswered as error:
            self._fail(error.address.uri, error)
        except _Stranded as error:
            self._fail(error.uri, error)
        except FetchFailed as error:
            self._fail(uri, error)
        return None

    def close(self) -> None:
        """Let go of what was received."""
        for exchange in (*self.robots, *self.hops):
            exchange.response.close()

    def _along(self, address: Address) -> Landing:
        limits = self._means.policy.limits
        patience = self._means.patience(limits.page_seconds)
        seen = {address.uri}
        for _ in range(limits.hops + 1):
            decision = self._allowed(address, patience)
            heard = self._means.asker.ask(address, "page", patience, self._jar.fields(address))
            exchange = exchange_of(heard, Provenance(role="page", robots=decision, via=self._via()))
            self.hops.append(exchange)
            onward = self._onward(heard, patience)
            if onward is None:
                return Landing(heard, exchange)
            self.hops[-1] = _sent_on(exchange, heard, onward)
            if self._jar.keep(heard):
                seen.clear()
            if onward.uri in seen:
                raise _Stranded(onward.uri, "too-many-redirects", f"{onward.uri} leads to itself")
            seen.add(onward.uri)
            address = onward
        found = f"more than {limits.hops}, the next would be {address.uri}"
        raise _Stranded(address.uri, "too-many-redirects", found)

    def _via(self) -> str | None:
        return self.hops[-1].uri if self.hops else None

    def _onward(self, heard: Heard, patience: Patience) -> Address | None:
        longest = self._means.policy.limits.refresh_delay_seconds
        reference = refresh.location(heard)
        soft = None
        if reference is None and heard.status == 200:
            soft = refresh.refresh_field(heard, longest)
            if soft is None and is_page(heard):
                page = looked_into(heard, LOOKED_INTO)
                soft = refresh.meta_refresh(page, heard.field("content-type"), longest)
        if reference is None and soft is None:
            return None
        try:
            onward = follow(heard.address, reference or soft or "")
        except FetchFailed as error:
            if soft is not None:
                return None  # a refresh that leads nowhere leaves its reader on the page
            raise _Stranded((reference or "")[:2000], error.reason, error.detail) from error
        # A page that refreshes itself is a page; a redirect to itself may be one that sets a cookie.
        return None if soft is not None and onward.uri == heard.address.uri else onward

    def _allowed(self, address: Address, patience: Patience) -> str:
        """The decision of robots.txt in words.

        :raises FetchFailed: ``robots``, where it is obeyed and forbids.
        """
        clock = self._means.clock
        begun = clock.monotonic()
        rules = self.rules(address)
        patience.excuse(clock.monotonic() - begun)
        decision = rules.decide(address)
        if self._means.policy.robots == "obey" and decision != "allowed":
            if decision == "disallowed":
                raise _Stranded(address.uri, "robots", f"robots.txt of {address.host} forbids it")
            said = f"{rules.unreachable}; RFC 9309 takes that for forbidden"
            raise _Stranded(address.uri, rules.reason, said)
        return decision

    def rules(self, address: Address) -> Rules:
        """What robots.txt of an address's origin says; asked now, if nobody has."""
        return self._means.memory.rules(address.origin, lambda: self._ask_robots(address))

    def _ask_robots(self, address: Address) -> Rules:
        patience = self._means.patience(self._means.policy.limits.robots_seconds)
        asked = read_address(f"{address.origin}/robots.txt")
        try:
            for _ in range(HOPS + 1):
                heard = self._means.asker.ask(asked, "robots", patience)
                via = self.robots[-1].uri if self.robots else None
                self.robots.append(exchange_of(heard, Provenance(role="robots", via=via)))
                onward = refresh.location(heard)
                if onward is None:
                    return read_rules(heard.status, looked_into(heard, READ_BYTES * 4))
                asked = follow(asked, onward)
            return Rules()
        except Interrupted:
            raise
        except FetchFailed as error:
            self._robots_failures.append(failure_of(asked.uri, error, "robots", self._means.clock))
            return Rules(unreachable=f"robots.txt could not be had: {error.detail}", reason=error.reason)

    def _fail(self, uri: str, error: FetchFailed) -> None:
        self._failures.append(failure_of(uri, error, "page", self._means.clock))


def _sent_on(exchange: Exchange, heard: Heard, onward: Address) -> Exchange:
    """A hop that is no redirect by its status, with where it sent its visitor all the same."""
    if refresh.location(heard) is not None:
        return exchange
    return replace(exchange, provenance=replace(exchange.provenance, refreshes_to=onward.uri))


class _Stranded(FetchFailed):
    """A journey that ended on the way, and the address that it could not reach."""

    def __init__(self, uri: str, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.uri = uri


def is_page(heard: Heard) -> bool:
    """Whether an answer says that it is HTML, or says nothing."""
    media = (heard.field("content-type") or "text/html").partition(";")[0].strip().lower()
    return media in PAGES


def exchange_of(heard: Heard, provenance: Provenance) -> Exchange:
    """An answer as the noun that the archive records."""
    link = heard.link
    known = replace(
        provenance,
        tls_version=link.tls_version,
        cipher=link.cipher,
        certificates=link.certificates,
        dns=link.dns,
    )
    return Exchange(
        uri=heard.address.uri,
        date=heard.date,
        request=heard.request,
        response=heard.response,
        ip=link.ip,
        protocols=(f"http/{heard.version}", *link.protocols),
        provenance=known,
        truncated=heard.truncated,
    )


def failure_of(uri: str, error: FetchFailed, role: Role, clock: Clock) -> Failure:
    """What went wrong as the noun that the archive records."""
    date, request = warc_date(clock.now()), None
    if isinstance(error, Unanswered):
        uri, date, request = error.address.uri, error.date, error.request
    return Failure(_clean(uri), date, error.reason, _clean(error.detail), role, request)


def _clean(written: str) -> str:
    """What others wrote, fit to be written into a record: no line breaks, no lone surrogates."""
    shown = "".join(symbol if symbol.isprintable() else quote(symbol, errors="replace") for symbol in written)
    return shown.encode("utf-8", "replace").decode("utf-8")
