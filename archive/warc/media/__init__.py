"""What a payload is, by its bytes first, and its content codings taken off, never past a limit."""

from archive.warc.media.codings import TooLarge, decode, first_bytes
from archive.warc.media.identify import HEAD, HTML, PDF, PLAIN, UNKNOWN, XHTML, identify, media_type

__all__ = [
    "HEAD",
    "HTML",
    "PDF",
    "PLAIN",
    "UNKNOWN",
    "XHTML",
    "TooLarge",
    "decode",
    "first_bytes",
    "identify",
    "media_type",
]
