"""Addresses and dates: as keys to find captures by, and as they stand on the wire. Pure."""

from archive.uri.keys import (
    date_after,
    host,
    is_web,
    join,
    ni_uri,
    page_key,
    parse_date,
    same_page,
    site,
    sourcekey,
    timestamp,
    urlkey,
    warc_date,
    without_brackets,
    without_tracking,
)
from archive.uri.spelling import in_path, normal, segment, wire

__all__ = [
    "host",
    "in_path",
    "is_web",
    "join",
    "ni_uri",
    "normal",
    "page_key",
    "date_after",
    "parse_date",
    "same_page",
    "segment",
    "site",
    "sourcekey",
    "timestamp",
    "urlkey",
    "warc_date",
    "wire",
    "without_brackets",
    "without_tracking",
]
