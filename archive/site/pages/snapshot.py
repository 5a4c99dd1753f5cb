"""A snapshot's landing page: what it is, how it came here, who cites it, what came before and after."""

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence

from archive.documents import described, snapshot_document
from archive.documents.shape import shape
from archive.index import read
from archive.index.read.pointers import stored_warc
from archive.model import Snapshot
from archive.site.answers import Answer, Missing, Site, document, page
from archive.site.pages import held
from archive.site.pages.citing import of_noun
from archive.site.pages.lists import LAST_PAGE, page_number
from archive.site.pages.machines import signposted

# So many visits on either side of the one that is shown; the rest is a calendar.
AROUND = 4
VISITS_A_PAGE = 200
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_PEM = re.compile(r"-----BEGIN CERTIFICATE-----(.+?)-----END CERTIFICATE-----", re.DOTALL)


def landing(site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """The landing page of a snapshot or requisite."""
    found = held.identifier(names["id"])
    snapshot = held.snapshot(site, found)
    if names.get("ext"):
        return document(snapshot_document(site.index, found) or {})
    metadata, _ = described(site.index, found)
    is_page = read.snapshot(site.index, found) is not None
    holder = read.payload_of(site.index, found) if is_page else snapshot
    held_visits = read.history(site.index, found, AROUND) if is_page else None
    shown = page(
        site,
        "snapshot.html",
        title=metadata.title or snapshot.uri,
        snapshot=snapshot,
        is_page=is_page,
        metadata=metadata,
        order=read.order_of(site.index, found),
        text=read.text_in_use(site.index, found),
        citing=of_noun(site, found, f"snapshot/{found}"),
        holder=holder,
        screenshot=read.screenshot(site.index, snapshot) if is_page else None,
        hops=read.hops(site.index, found) if is_page else [snapshot],
        warc=stored_warc(site.index, snapshot.place.file),
        imported_as=read.imported_as(site.index, snapshot.place.file),
        certificates=certificates(snapshot),
        cited_by=read.cited_by(site.index, found),
        readings=read.readings_of(site.index, found),
        history=held_visits,
        years=years(held_visits.months) if held_visits else [],
        worded=read.with_words(site.index, [one.id for one in held_visits.near]) if held_visits else (),
    )
    return signposted(site, shown, snapshot, metadata)


def years(months: Sequence[tuple[str, int]]) -> list[tuple[str, list[int]]]:
    """How many visits there were in each month of each year that has any.

    >>> years([("2025-12", 2), ("2026-01", 1)])[0]
    ('2025', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2])
    """
    counted: dict[str, list[int]] = {}
    for month, count in months:
        counted.setdefault(month[:4], [0] * 12)[int(month[5:]) - 1] = count
    return list(counted.items())


def visits(site: Site, names: Mapping[str, str], asked: Mapping[str, str]) -> Answer:
    """Every visit to a snapshot's address; ``?month=2026-11`` those of a month."""
    found = held.identifier(names["id"])
    snapshot = held.snapshot(site, found)
    if read.snapshot(site.index, found) is None:
        raise Missing(404, "No visits of its own", "It is a part of a page, and was captured with that page.")
    month = asked.get("month") if _MONTH.fullmatch(asked.get("month", "")) else None
    number = page_number(asked)
    shown = read.visits(site.index, found, month, VISITS_A_PAGE + 1, (number - 1) * VISITS_A_PAGE)
    if names.get("ext"):
        told = [shape(one) | {"id": one.id} for one in shown[:VISITS_A_PAGE]]
        return document({"kind": "visits", "uri": snapshot.uri, "month": month, "visits": told})
    return page(
        site,
        "visits.html",
        title="Visits to an address",
        snapshot=snapshot,
        month=month,
        visits=shown[:VISITS_A_PAGE],
        worded=read.with_words(site.index, [found, *(one.id for one in shown)]),
        number=number,
        more=len(shown) > VISITS_A_PAGE and number < LAST_PAGE,
    )


def certificates(snapshot: Snapshot) -> list[str]:
    """SHA-256 fingerprints of the certificates that the server sent, leaf first."""
    kept = snapshot.provenance.certificates if snapshot.provenance else ()
    return [_fingerprint(body) for pem in kept for body in _PEM.findall(pem)]


def _fingerprint(body: str) -> str:
    try:
        der = base64.b64decode("".join(body.split()), validate=True)
    except ValueError:
        return "unreadable"
    return hashlib.sha256(der).hexdigest()
