"""What a client makes an answer depend on: only if it changed, only a part (RFC 9110, 13 and 14)."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime

from archive.site.answers import Answer, Stream

_RANGE = re.compile(r"bytes=[ \t]*(\d*)-(\d*)[ \t]*", re.ASCII | re.IGNORECASE)
_TAGS = re.compile(r'(?:W/)?("[^"]*")')
# What a 304 repeats of the headers of the whole answer (section 15.4.5), and what protects any answer.
_KEPT = {
    "etag", "vary", "cache-control", "content-location", "last-modified", "link", "memento-datetime",
    "x-robots-tag", "x-content-type-options", "content-security-policy", "referrer-policy",
    "access-control-allow-origin",
}  # fmt: skip
_MOST_DIGITS = 18


def conditioned(given: Answer, asked: Mapping[str, str]) -> Answer:
    """An answer as the headers of its request want it: whole, not modified, or a part.

    Whole 200 answers get a strong ETag over their bytes, where they have none: pages are the same bytes as
    long as the archive is the same. ``asked``: headers by lower-case name.
    """
    if given.status != 200:
        return given
    if "ETag" not in given.headers and given.stream is None:
        given = given.saying(ETag=f'"{hashlib.sha256(given.body).hexdigest()[:32]}"')
    if _unchanged(given, asked):
        _close(given)
        kept = {name: value for name, value in given.headers.items() if name.lower() in _KEPT}
        return Answer(304, kept, b"")
    return _part(given, asked) if "Accept-Ranges" in given.headers and "range" in asked else given


def _unchanged(given: Answer, asked: Mapping[str, str]) -> bool:
    if "if-none-match" in asked:
        wanted = asked["if-none-match"]
        return wanted.strip() == "*" or given.headers.get("ETag") in _TAGS.findall(wanted)
    since, changed = _moment(asked.get("if-modified-since")), _moment(given.headers.get("Last-Modified"))
    return since is not None and changed is not None and changed <= since


def _moment(written: str | None) -> datetime | None:
    """A date of a header; one that cannot be read is as if it were not there."""
    try:
        moment = parsedate_to_datetime(written or "")
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else None


def _part(given: Answer, asked: Mapping[str, str]) -> Answer:
    """The one range that is asked for; of several, or of one that makes no sense, the whole (14.2)."""
    match = _RANGE.fullmatch(asked["range"])
    current = (given.headers.get("ETag"), given.headers.get("Last-Modified"))
    if match is None or not any(match.groups()) or asked.get("if-range", current[0]) not in current:
        return given
    whole = given.length
    start, end = _bounds(match[1][-_MOST_DIGITS:], match[2][-_MOST_DIGITS:], whole)
    if match[1] and match[2] and int(match[2][-_MOST_DIGITS:]) < int(match[1][-_MOST_DIGITS:]):
        return given
    if start >= end:
        _close(given)
        said = {name: value for name, value in given.headers.items() if name not in ("ETag", "Last-Modified")}
        said |= {"Content-Range": f"bytes */{whole}", "Content-Type": "text/plain; charset=utf-8"}
        said.pop("Content-Disposition", None)
        said["Cache-Control"] = "no-store"
        return Answer(416, said, f"There are {whole} bytes, from 0.\n".encode())
    said = {**given.headers, "Content-Range": f"bytes {start}-{end - 1}/{whole}"}
    if given.stream:
        stream = given.stream
        part = Stream(stream.file, stream.start + start, end - start, stream.close)
        return Answer(206, said, b"", part)
    return replace(given, status=206, headers=said, body=given.body[start:end])


def _bounds(first: str, last: str, whole: int) -> tuple[int, int]:
    """Where a part begins and ends (exclusive); without a first byte it is that many at the end."""
    if not first:
        return max(0, whole - int(last)), whole
    return int(first), min(whole, int(last) + 1) if last else whole


def _close(given: Answer) -> None:
    if given.stream:
        given.stream.close()
