"""A snapshot as BibTeX, RIS, CSL-JSON and plain text: always with both addresses. Pure.

Author, date and title are the page's own, never the archive's. No citation format has a place for the
address of a snapshot, so each form carries it where its readers print it, and keeps the original beside it.
"""

from archive.bibliography.forms import FORMATS, bibtex, csl_json, plain, ris
from archive.bibliography.items import Item, cite_key, is_public, item, pincite, plain_key, printed_address

__all__ = [
    "FORMATS",
    "Item",
    "bibtex",
    "cite_key",
    "csl_json",
    "is_public",
    "item",
    "pincite",
    "plain",
    "plain_key",
    "printed_address",
    "ris",
]
