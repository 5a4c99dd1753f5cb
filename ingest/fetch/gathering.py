"""What a page needs, fetched by a few workers: first what the page asks for, then what its sheets import."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from archive.errors import FetchFailed
from archive.model import Exchange, Failure, Provenance
from ingest.fetch.address import Address, follow, read_address
from ingest.fetch.clock import Interrupted
from ingest.fetch.heard import Heard
from ingest.fetch.keep import Keep
from ingest.fetch.plain import looked_into
from ingest.fetch.refresh import location
from ingest.fetch.requisites import Need, of_page, of_sheet
from ingest.fetch.tags import decoded
from ingest.fetch.visit import LOOKED_INTO, Journey, Landing, Means, exchange_of, failure_of

# A page, its sheets, what they import, and once more: deeper nests are rare and slow in browsers too.
_DEPTH = 3
# A picture may be moved, and moved again to another host.
_HOPS = 3


@dataclass(frozen=True, slots=True)
class _Got:
    """What came of one need: exchanges, a failure, and what a style sheet needs in its turn."""

    exchanges: tuple[Exchange, ...] = ()
    failure: Failure | None = None
    needs: tuple[Need, ...] = ()


class Gathering:
    """Fetches the requisites of one page."""

    def __init__(self, means: Means, journey: Journey, landing: Landing) -> None:
        self._means, self._journey, self._landing = means, journey, landing
        self._stop = threading.Event()
        limits = means.policy.limits
        self._patience = means.patience(limits.requisites_seconds, self._stop)
        self._bytes_left = limits.requisites_bytes
        self._lock = threading.Lock()
        self._keep = Keep()

    def gather(self) -> tuple[list[Exchange], list[Failure]]:
        """Every requisite that could be had, and why others could not, in the order of the page."""
        heard = self._landing.heard
        page = decoded(looked_into(heard, LOOKED_INTO), heard.field("content-type"))
        needs = of_page(page, heard.address.uri)
        room = self._means.policy.limits.requisites
        seen = {hop.uri for hop in self._journey.hops}
        got: list[_Got] = []
        try:
            for _ in range(_DEPTH + 1):
                fresh = [need for need in needs if need.uri not in seen][:room]
                seen.update(need.uri for need in fresh)
                room -= len(fresh)
                level = self._in_parallel(fresh)
                got += level
                needs = tuple(dict.fromkeys(need for one in level for need in one.needs))
        except BaseException:
            for exchange in (exchange for one in got for exchange in one.exchanges):
                exchange.response.close()
            raise
        finally:
            self._keep.close()
        exchanges = [exchange for one in got for exchange in one.exchanges]
        return exchanges, [one.failure for one in got if one.failure]

    def _in_parallel(self, needs: Sequence[Need]) -> list[_Got]:
        if not needs:
            return []
        workers = min(self._means.policy.limits.requisite_workers, len(needs))
        with ThreadPoolExecutor(workers, thread_name_prefix="requisites") as pool:
            try:
                return list(pool.map(self._fetch, needs))
            except BaseException:
                self._stop.set()
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def _fetch(self, need: Need) -> _Got:
        taken: list[Exchange] = []
        uri = need.uri
        try:
            address = read_address(uri)
            for _ in range(_HOPS + 1):
                uri = address.uri
                heard = self._ask(address)
                needs = self._needs_of(need, heard)
                taken.append(self._take(heard))
                onward = location(heard)
                if onward is None:
                    return _Got(tuple(taken), None, needs)
                address = follow(address, onward)
            raise FetchFailed("too-many-redirects", f"more than {_HOPS} for a requisite")
        except Interrupted:
            raise
        except FetchFailed as error:
            return _Got(tuple(taken), failure_of(uri, error, "requisite", self._means.clock))

    def _ask(self, address: Address) -> Heard:
        obeyed = self._means.policy.robots == "obey"
        if obeyed and self._journey.rules(address).decide(address) != "allowed":
            raise FetchFailed("robots", f"robots.txt of {address.host} forbids it or could not be had")
        return self._means.asker.ask(address, "requisite", self._patience)

    def _needs_of(self, need: Need, heard: Heard) -> tuple[Need, ...]:
        if need.kind != "sheet" or heard.status != 200:
            return ()
        sheet = decoded(looked_into(heard, LOOKED_INTO), heard.field("content-type"))
        return of_sheet(sheet, heard.address.uri)

    def _take(self, heard: Heard) -> Exchange:
        size = heard.response.seek(0, 2)
        with self._lock:
            self._bytes_left -= size
            spent = self._bytes_left < 0
        if spent:
            heard.response.close()
            most = self._means.policy.limits.requisites_bytes
            raise FetchFailed("too-large", f"the requisites of one page have at most {most} bytes")
        kept = replace(heard, response=self._keep.take(heard.response))
        return exchange_of(kept, Provenance(role="requisite", via=self._landing.exchange.uri))
