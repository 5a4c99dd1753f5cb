"""What a visit may do and how long it may take: Policy and Limits, each number with its reason."""

from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Literal

Network = IPv4Network | IPv6Network
RobotsRule = Literal["record", "obey"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much time, how many bytes and how many steps one visit gets. Seconds and bytes."""

    # A page, with its redirects and retries. Scoop and browsers give up at 60 s as well.
    page_seconds: float = 60.0
    # One address of a host. A machine that is up answers a SYN in far less, three lost ones included.
    connect_seconds: float = 10.0
    # Silence between two reads; slow databases behind a page take ten seconds and more.
    stall_seconds: float = 20.0
    # robots.txt comes before everything else, so a host that hangs there must not cost the page its time.
    robots_seconds: float = 15.0
    # All requisites of a page together, beside the page's own time; 150 of them from one distant host,
    # four at once, need about 40.
    requisites_seconds: float = 90.0
    # One answer. Of the PDF reports that articles cite, nearly all are below 50 MB.
    answer_bytes: int = 100_000_000
    # One requisite; beyond this it is a film, not a picture.
    requisite_bytes: int = 20_000_000
    # All requisites of a page together: a heavy news page has 10 to 20 MB.
    requisites_bytes: int = 100_000_000
    # How many requisites; the median page has about 70 (HTTP Archive), heavy ones some hundreds.
    requisites: int = 150
    # An answer to a resolver's question; MediaWiki's are a few kB.
    asked_bytes: int = 5_000_000
    # Status line and fields. Servers refuse requests above 8 to 64 kB; answers are rarely larger.
    head_bytes: int = 262_144
    # RFC 9110 asks for loop detection; browsers stop at 20, honest chains are below 6.
    hops: int = 10
    # The first try included. Waits between them grow: about 0.5 s, 1 s.
    attempts: int = 3
    # The first wait, doubled each time.
    backoff_seconds: float = 0.5
    # A longer Retry-After is not waited for: the answer that asked for it is kept as what it is.
    retry_after_seconds: float = 30.0
    # Exchanges at once with one host: pages, and apart from them requisites (browsers: six).
    pages_per_host: int = 2
    requisites_per_host: int = 4
    # Between the starts of two page requests to one host.
    host_pause_seconds: float = 0.25
    # Workers that fetch the requisites of one page.
    requisite_workers: int = 4
    # A <meta refresh> or Refresh field with a longer delay is a page that renews itself, not a redirect.
    refresh_delay_seconds: float = 5.0


@dataclass(frozen=True, slots=True)
class Policy:
    """Who asks, what may be reached, and whether robots.txt is obeyed or only recorded.

    ``allow_private``: networks for which the guard is lifted.
    ``ca_file``: further certificate authorities (PEM), for intranets and tests.
    """

    user_agent: str
    allow_private: tuple[Network, ...] = ()
    robots: RobotsRule = "record"
    limits: Limits = field(default_factory=Limits)
    requisites: bool = True
    ca_file: Path | None = None
