"""Parts in other tools' files, which do not say for which page they were fetched, beside a restricted page.

What Pincite fetches names its page (``via``), and what crawlers make of a page is named after it. Of other
parts, these are hidden with a restricted page that a file records beside them: whatever it shows, as its
bytes and its style sheets say; and what is no style sheet, picture, font or medium, such as the JSON that a
script fetched: that may hold its words, and no page view needs it.
"""

from collections import deque
from weakref import WeakKeyDictionary

from archive.errors import Damaged
from archive.index import read
from archive.model import Snapshot
from archive.replay import Setting, safe_page, safe_sheet
from archive.site.answers import Missing, Site
from archive.site.pages.payloads import part_media, payload, unpacked
from archive.store import Store
from archive.warc.media import PDF, PLAIN

_SHEET = "text/css"
# A page whose sheets lead to more is made to keep us busy.
_MOST_PARTS = 5_000
_MOST_PAGES = 1_000
# What each restricted page shows is worked out once: a page and its sheets take some 10 ms, and a crawl asks
# for each of its pictures. The bytes never change, nor what is found for them in the same files.
_KNOWN: WeakKeyDictionary[Store, dict[tuple[str, tuple[str, ...]], frozenset[str]]] = WeakKeyDictionary()


def hidden_pages(site: Site, part: Snapshot) -> list[str]:
    """The restricted pages that a part is hidden with, though nothing says that it was fetched for them."""
    if part.provenance is not None or read.page_address(part.uri) != part.uri:
        return []
    beside = read.hidden_beside(site.index, part.id)
    if not beside or _is_data(site, part):
        return beside
    return [one for one in beside if part.id in _shown_by(site, one)]


def _is_data(site: Site, part: Snapshot) -> bool:
    holder = read.requisite_payload(site.index, part.id)
    return holder is None or part_media(holder) is None


def _shown_by(site: Site, page: str) -> frozenset[str]:
    known = _KNOWN.setdefault(site.store, {})
    key = (page, read.files_recording(site.index, page))
    if key not in known:
        if len(known) >= _MOST_PAGES:
            known.clear()
        known[key] = _worked_out(site, page)
    return known[key]


def _worked_out(site: Site, page: str) -> frozenset[str]:
    """The ids of all that a page shows: itself, its style sheets and theirs."""
    snapshot, holder = read.snapshot(site.index, page), read.payload_of(site.index, page)
    if snapshot is None or holder is None or holder.media in (PDF, PLAIN):
        return frozenset()
    parts = read.Parts(site.index, snapshot)
    found: set[str] = set()
    waiting: deque[str] = deque()

    def find(uri: str) -> str | None:
        identifier = parts.find(uri) if len(found) < _MOST_PARTS else None
        if identifier and identifier not in found:
            found.add(identifier)
            waiting.append(identifier)
        return identifier

    safe_page(*_bytes(site, holder), Setting(snapshot.uri, find, "", ""))
    while waiting:
        identifier = waiting.popleft()
        sheet, kept = read.requisite(site.index, identifier), read.requisite_payload(site.index, identifier)
        if sheet and kept and part_media(kept) == _SHEET:
            safe_sheet(*_bytes(site, kept), Setting(sheet.answer.uri, find, "", ""))
    return frozenset(found)


def _bytes(site: Site, holder: Snapshot) -> tuple[bytes, str | None]:
    """A payload unpacked; nothing where it is damaged, which is shown nowhere either."""
    try:
        stored = payload(site.store, holder)
        return unpacked(stored), stored.charset
    except (Missing, Damaged):
        return b"", None
