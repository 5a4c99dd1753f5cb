"""The cookies of one visit: sites that ask for consent, or send to a page and back, need them. Pure.

They live as long as the visit and go only to hosts that set them (or below the domain that they name);
nothing is kept from one visit to another.
"""

import re

from ingest.fetch.address import Address
from ingest.fetch.heard import Fields, Heard

_MOST = 50
# RFC 6265, 4.1.1, without the quotes; anything else is not sent back, so no field can be smuggled in.
_PAIR = re.compile(r"^\s*([!#$%&'*+\-.^_`|~0-9A-Za-z]{1,256})=([!#-+\--:<-\[\]-~\" ]{0,4096})$")
_DOMAIN = re.compile(r";\s*domain\s*=\s*\.?([a-z0-9.\-]+)", re.IGNORECASE)
_GONE = re.compile(r";\s*max-age\s*=\s*(?:-\d+|0)\s*(?:;|$)", re.IGNORECASE)


class Jar:
    """Cookies by the host or domain they belong to."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], str] = {}

    def keep(self, heard: Heard) -> bool:
        """Take the cookies of an answer; whether anything changed."""
        before = dict(self._kept)
        for line in heard.all("set-cookie"):
            pair = _PAIR.match(line.partition(";")[0])
            if pair and len(self._kept) < _MOST:
                key = (_belongs_to(heard.address.host, line), pair[1])
                self._kept[key] = pair[2].strip()
                if _GONE.search(line):
                    del self._kept[key]
        return self._kept != before

    def fields(self, address: Address) -> Fields:
        """The Cookie field for a request to this address."""
        host = "." + address.host
        mine = [f"{name}={value}" for (place, name), value in self._kept.items() if _is_below(host, place)]
        return (("Cookie", "; ".join(mine)),) if mine else ()


def _belongs_to(host: str, line: str) -> str:
    """``host`` itself, or ``.domain`` with everything below it, where the host lies below that."""
    named = _DOMAIN.search(line)
    domain = "." + named[1].lower() if named else ""
    # A domain of one label is a public suffix; longer ones (co.uk) can do no harm within one visit.
    if domain.count(".") > 1 and ("." + host).endswith(domain):
        return domain
    return host


def _is_below(dotted_host: str, place: str) -> bool:
    return dotted_host.endswith(place) if place.startswith(".") else dotted_host == "." + place
