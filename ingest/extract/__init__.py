"""A payload to its text of record, its metadata and its links. The face of this folder.

    Page(payload, media, charset, uri)  ->  extract  ->  Extraction(body, metadata, headings, pages, links …)

``extract`` works in this process and is a pure function of the page and the libraries' versions;
``Extractor`` does the same in child processes with limits of time and memory.
Importing the face is cheap: what parses is loaded at the first page.
"""

from ingest.extract.child import Extractor
from ingest.extract.dispatch import extract
from ingest.extract.page import Entry, Extraction, Link, Links, Marker, Note, Page, SourceList

__all__ = [
    "Entry", "Extraction", "Extractor", "Link", "Links", "Marker", "Note", "Page", "SourceList", "extract",
]
