"""One page, cited: what the tests of citations share."""

from dataclasses import replace

import bibtexparser
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import strategies as st

from archive.anchor import Locator, describe
from archive.bibliography import (
    FORMATS,
    STYLES,
    Item,
    Pinpoint,
    item,
    passage_address,
    pincite,
    printed_address,
)
from archive.model import Metadata, Origin, PageDate, Place, Snapshot

SNAPSHOT = Snapshot(
    uri="https://example.org/reef?b=1&c={x}",
    date="2026-11-22T12:00:00Z",
    digest="sha256:" + "5" * 64,
    record_type="response",
    record_id="urn:uuid:1",
    place=Place("a.warc.gz", 0, 9),
    origin=Origin("fetched"),
)
PAGE = Metadata(
    title="Great Barrier Reef",
    authors=("Jane Q. Doe", "Wikipedia contributors"),
    date=PageDate("5 March 2024", "2024-03-05", "meta"),
    site="Reef Watch",
    language="en",
)
BASE = "https://archive.example.edu"
ADDRESS = f"{BASE}/{printed_address(None, SNAPSHOT.id).removeprefix('pincite:')}"
ORIGINAL = "https://example.org/reef?b=1&c=%7Bx%7D"
TEXT = "g3z1fdnvkx7c6wsj"
BODY = "One.\n\nIt is\nlarge. שָׁלוֹם e\u0301 🪸 end."
ALL = [*FORMATS, *STYLES]
HOSTILE = [
    r"Braces } and { and \input{/etc/passwd} \\ end",
    "50 % of “R&D” costs #1 $5 under_score ~tilde^caret",
    "two\nlines\r\nand\ttab\x00and nul",
    "title},\n  author = {Mallory",
    "\u202eright to left\u202c שלום עולם مرحبا",
    "TY  - JOUR\r\nER  - ",
    "@misc{evil, title={x}}",
    '"quoted" <b>bold</b> </script><script>alert(1)</script>',
    "emoji 🪸 👩‍🔬 and e\u0301 combining",
    "{{pipe|x=y}} [[link]] ''it'' ~~~~ __NOTOC__ <nowiki>",
    "[md](javascript:alert(1)) `code` *star* ![img](x)",
    "  ",
]
titles = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def titled(title: str | None, **changes: object) -> Item:
    return item(SNAPSHOT, replace(PAGE, title=title, **changes), BASE)  # type: ignore[arg-type]


def pinned(cited: Item, base: str | None = BASE, start: int = 6, end: int = 18) -> Item:
    place = Locator("paragraph", "2", "2")
    found = Pinpoint(passage_address(base, TEXT, start, end), TEXT, place, describe(BODY, start, end))
    return pincite(cited, found)


def read_bibtex(text: str) -> dict[str, str]:
    """The fields that bibtexparser reads of the only entry; with LaTeX's escapes undone."""
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    (entry,) = library.entries
    return {"key": entry.key, "type": entry.entry_type, **{f.key: str(f.value) for f in entry.fields}}
