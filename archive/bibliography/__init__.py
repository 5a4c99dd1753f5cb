"""A snapshot or passage in the forms in which people cite: always with both addresses. Pure.

Author, date and title are the page's own, never the archive's. No citation format has a place for the
address of a snapshot, so each form carries it where its readers print it, and keeps the original beside it.
"""

from archive.bibliography.forms import FILES, FORMATS, File, form, keyed_apart, together
from archive.bibliography.hayagriva import hayagriva
from archive.bibliography.interchange import csl_json, ris
from archive.bibliography.items import (
    Item,
    Kept,
    Pinpoint,
    as_written,
    cite_key,
    is_public,
    item,
    library_key,
    named,
    passage_address,
    pincite,
    plain_key,
    printed_address,
)
from archive.bibliography.latex import biblatex, bibtex
from archive.bibliography.linked import schema_org, web_annotation
from archive.bibliography.markup import markdown, robust_link, wikipedia
from archive.bibliography.names import Name, person, written
from archive.bibliography.styles import STYLES, apa, bluebook, chicago, mla, plain

__all__ = [
    "FILES",
    "FORMATS",
    "File",
    "Item",
    "Kept",
    "Name",
    "Pinpoint",
    "STYLES",
    "apa",
    "as_written",
    "biblatex",
    "bibtex",
    "bluebook",
    "chicago",
    "cite_key",
    "csl_json",
    "form",
    "hayagriva",
    "is_public",
    "item",
    "keyed_apart",
    "library_key",
    "markdown",
    "mla",
    "named",
    "passage_address",
    "person",
    "pincite",
    "plain",
    "plain_key",
    "printed_address",
    "ris",
    "robust_link",
    "schema_org",
    "together",
    "web_annotation",
    "wikipedia",
    "written",
]
