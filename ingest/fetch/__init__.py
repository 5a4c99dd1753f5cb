"""A URI to Exchanges over plain HTTP: every hop and requisite byte for byte as it went over the wire.

Fetcher(Policy(user_agent)).visit(uri) -> Visit(exchanges, failures, page)

visit       robots.txt, the page through its redirects            robots, refresh, cookies
gathering   what the page needs: sheets, pictures, fonts          requisites, tags, keep
asking      one call in turn, with retries                        hosts, clock
wire        one connection, guarded, one exchange                 guard, names, address, answer
"""

from ingest.fetch.clock import Clock, Interrupted
from ingest.fetch.fetcher import Answer, Fetcher, Visit
from ingest.fetch.guard import why_blocked
from ingest.fetch.names import Resolver, system_resolver
from ingest.fetch.policy import Limits, Policy

__all__ = [
    "Answer",
    "Clock",
    "Fetcher",
    "Interrupted",
    "Limits",
    "Policy",
    "Resolver",
    "Visit",
    "system_resolver",
    "why_blocked",
]
