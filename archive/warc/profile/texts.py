"""A text of record: its conversion's words and its metadata's fields, both ways. Pure."""

import math
import re

from archive.model import Heading, Metadata, PageDate, Text, urn
from archive.warc.annotation import Malformed
from archive.warc.annotation.nodes import identifier_of
from archive.warc.profile.fields import Pairs

# A text of 64 MiB is ten thousand pages of print.
MOST_BYTES = 64 * 1024 * 1024
MOST_METADATA = 8 * 1024 * 1024
# The text of record holds no control characters; two of them are the marks of search snippets.
_CONTROL = re.compile("[\x00-\x08\x0b\x0d-\x1f\x7f]")
_HEADING = re.compile(r"(\d{1,9}):([1-6])", re.ASCII)


def body_block(text: Text) -> bytes:
    """The words of a text as a conversion record holds them.

    :raises Malformed: half a surrogate pair is among them, which has no UTF-8.
    """
    try:
        return text.body.encode("utf-8")
    except UnicodeEncodeError as wrong:
        raise Malformed(f"expected a text without half surrogate pairs: {wrong}") from None


def checked_body(block: bytes) -> str:
    """The words of a conversion record.

    :raises Malformed: they are no UTF-8, too long, or hold control characters.
    """
    if len(block) > MOST_BYTES:
        raise Malformed(f"expected a text of at most {MOST_BYTES} bytes")
    try:
        body = block.decode("utf-8")
    except UnicodeDecodeError as wrong:
        raise Malformed(f"expected a text in UTF-8, found other bytes: {wrong}") from None
    if found := _CONTROL.search(body):
        raise Malformed(f"expected a text without control characters, found {found[0]!r} at {found.start()}")
    return body


def text_fields(text: Text) -> Pairs:
    """What the metadata record of a text says."""
    metadata, date = text.metadata, text.metadata.date
    given = (
        ("text-id", urn("text", text.id)),
        ("extractor", text.extractor),
        ("title", metadata.title),
        *(("creator", author) for author in metadata.authors),
        ("date", date.written if date else None),
        ("date-iso", date.iso if date else None),
        ("date-rule", date.rule if date else None),
        ("site", metadata.site),
        ("language", metadata.language),
        ("licence", metadata.licence),
        ("description", metadata.description),
        ("canonical", metadata.canonical),
        ("doi", metadata.doi),
        *(("robots", rule) for rule in metadata.robots),
        ("share", None if text.share is None else repr(text.share)),
        *(("page", label) for label in text.pages),
        ("headings", " ".join(f"{h.start}:{h.level}" for h in text.headings) or None),
        ("cite-key", text.cite_key),
        ("text-reason", text.reason),
    )
    return tuple((name, value) for name, value in given if value is not None)


def text_of(pairs: Pairs, snapshot: str, body: str) -> Text:
    """The text that a metadata record and the words before it make.

    :raises Malformed: they do not belong together, or a value is not what it should be.
    """
    one = dict(reversed(pairs))
    text = Text(
        snapshot=snapshot,
        extractor=one.get("extractor", ""),
        body=body,
        metadata=_metadata_of(pairs, one),
        headings=_headings(one.get("headings", ""), len(body)),
        pages=_all(pairs, "page"),
        share=_share(one.get("share")),
        reason=one.get("text-reason"),
        cite_key=one.get("cite-key"),
    )
    if identifier_of(one.get("text-id", ""), "text") != text.id:
        raise Malformed(f"expected the metadata of text {text.id}, found that of {one['text-id'][:60]}")
    return text


def _metadata_of(pairs: Pairs, one: dict[str, str]) -> Metadata:
    date = None
    if "date" in one:
        date = PageDate(one["date"], one.get("date-iso", ""), one.get("date-rule", ""))
    return Metadata(
        title=one.get("title"),
        authors=_all(pairs, "creator"),
        date=date,
        site=one.get("site"),
        language=one.get("language"),
        licence=one.get("licence"),
        description=one.get("description"),
        canonical=one.get("canonical"),
        doi=one.get("doi"),
        robots=_all(pairs, "robots"),
    )


def _all(pairs: Pairs, name: str) -> tuple[str, ...]:
    return tuple(value for given, value in pairs if given == name)


def _headings(written: str, length: int) -> tuple[Heading, ...]:
    matches = [_HEADING.fullmatch(one) for one in written.split()]
    found = tuple(Heading(int(match[1]), int(match[2])) for match in matches if match)
    if len(found) < len(matches) or any(heading.start > length for heading in found):
        raise Malformed(f"expected headings as start:level within the text, found {written[:60]!r}")
    return found


def _share(written: str | None) -> float | None:
    if written is None:
        return None
    try:
        share = float(written)
    except ValueError:
        share = math.nan
    if not 0 <= share <= 1:
        raise Malformed(f"expected a share between 0 and 1, found {written[:40]!r}")
    return share
