"""What the pages say, in one place: counts, gaps of time, outcomes, signals. Pure.

The words are the design's: a machine finds and compares, only a person judges.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from archive.bibliography.words import date_parts
from archive.model import Snapshot

OUTCOMES = {
    "matched": "closest passage found",
    "nothing-found": "no such passage found in the captured sources",
    "source-not-captured": "its source was not captured",
    "no-text": "its source has no text to compare",
    "not-compared": "not compared: its source is in another language",
    "uncited": "no source is cited for it",
}
# What a reader may ask an article for: its claims of one kind.
CLAIMS_OF = OUTCOMES | {
    "differs": "closest passage found, something differs",
    "unread": "not read",
    "value": "a number or date differs",
    "quotation": "quoted differently",
    "lacking": "a number or name is not in the passage",
    "denial": "the passage has words of denial",
    "judged": "judged by people",
    "unjudged": "not judged yet",
}
UNKNOWN_OUTCOME = "not read"
TIED = {
    "author": "the author cites this source here",
    "article": "the author lists this source for the whole article; Pincite chose the passage",
    "elsewhere": "the author cites this source elsewhere in the article; Pincite chose the passage",
}
HOW = {"quoted": "quoted words found word for word", "matched": "found by its words"}
STATUSES = {
    "captured": "captured",
    "failed": "lost",
    "unresolved": "unresolved",
    "settled": "settled: a person says that it has no page",
}
VERDICTS = {
    "supports": "supports the claim",
    "partly": "supports the claim in part",
    "contradicts": "contradicts the claim",
    "mentions": "mentions the matter",
    "unrelated": "unrelated to the claim",
    "none": "no source supports the claim",
}
# Of a cited passage in another text of the source: about its words, not about what they show.
FATES = {
    "unchanged": "the cited words are unchanged",
    "moved": "the cited words stand elsewhere in the text",
    "ambiguous": "the cited words stand anew in several places, and none is surely theirs",
    "changed": "the cited words were changed",
    "gone": "the cited words are not there",
}
# Those that a passage can have; ``none`` is said of a claim alone.
JUDGEMENTS = ("supports", "partly", "contradicts", "mentions", "unrelated")
FIELDS = {
    "title": "Title",
    "author": "Authors (parted by ;)",
    "date": "Date of the page",
    "site": "Site",
    "language": "Language tag",
    "key": "Cite key",
}
ORIGINS = {
    "fetched": "captured by this archive from that address",
    "imported": "imported from a WARC file that others may have written",
    "supplied": "a copy that a person supplied; this archive did not capture it from that address",
}
TAKEN = {
    "fetched": "captured by this archive",
    "imported": "imported; its record says that it was captured",
    "supplied": "as a person supplied it; taken in",
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DATE_RULES = {
    "json-ld": "from the page's JSON-LD",
    "meta": "from the page's meta elements",
    "time": "from a time element of the page",
    "address": "from the page's address",
    "guess": "a guess from the page's words",
    "pdf": "from the PDF's own metadata",
    "given": "given by a person",
}
# Forms of a citation in the order in which pages offer them; those of a whole bibliography; files.
FORMS = {
    "plain": "Plain text",
    "apa": "APA",
    "mla": "MLA",
    "chicago": "Chicago",
    "bluebook": "Bluebook",
    "bibtex": "BibTeX",
    "biblatex": "BibLaTeX",
    "hayagriva": "Hayagriva (Typst)",
    "ris": "RIS",
    "csl-json": "CSL-JSON",
    "wikipedia": "Wikipedia",
    "markdown": "Markdown",
    "robust-link": "HTML link",
    "jsonld": "JSON-LD",
}
COLLECTED = {
    "plain": "Plain text",
    "bibtex": "BibTeX",
    "biblatex": "BibLaTeX",
    "ris": "RIS",
    "csl-json": "CSL-JSON",
}
FILES = {
    "bib": "BibTeX",
    "biblatex": "BibLaTeX",
    "ris": "RIS",
    "csl.json": "CSL-JSON",
    "jsonld": "JSON-LD",
}


@dataclass(frozen=True, slots=True)
class Tally:
    """What there is to count in the head of an article."""

    claims: int
    tied: int
    matched: int
    citations: int
    captured: int
    lost: int
    unresolved: int
    settled: int
    judged: int
    people: int
    disputed: int
    share: float | None


def tied(how: str, kind: str) -> str:
    """Who put a source beside a claim. Only an entry of a list stands for the whole article."""
    return TIED["elsewhere" if how == "article" and kind != "list" else how]


def number(count: int, noun: str, plural: str | None = None) -> str:
    """A count with its noun.

    >>> number(0, "claim"), number(1, "claim"), number(2, "copy", "copies")
    ('no claims', '1 claim', '2 copies')
    """
    return f"{f'{count:,}' if count else 'no'} {noun if count == 1 else plural or noun + 's'}"


def head(tally: Tally) -> str:
    """The head of an article in one sentence."""
    parts = [
        f"{number(tally.claims, 'claim')}, {_of(tally.tied)} tied to a source by the author "
        f"and {_of(tally.matched)} matched to a closest passage by machine",
        f"{number(tally.citations, 'citation')}: {_fates(tally)}",
        _judged(tally),
    ]
    if tally.share is not None:
        parts.append(f"{share(tally.share)} of the page became text")
    sentence = "; ".join(parts) + "."
    return sentence[0].upper() + sentence[1:]


def _judged(tally: Tally) -> str:
    if not tally.judged:
        return "no claims judged by people"
    apart = f", who disagree on {tally.disputed:,}" if tally.disputed else ""
    return f"{number(tally.judged, 'claim')} judged by {number(tally.people, 'person', 'people')}{apart}"


def _of(count: int) -> str:
    return f"{count:,}" if count else "none"


def _fates(tally: Tally) -> str:
    said = f"{_of(tally.captured)} captured, {_of(tally.lost)} lost, {_of(tally.unresolved)} unresolved"
    return f"{said}, {tally.settled:,} settled as having no page" if tally.settled else said


def tls(snapshot: Snapshot) -> str:
    """What is known of the connection that a snapshot came over, and what it is worth."""
    proof = snapshot.provenance
    if snapshot.origin.kind == "supplied":
        return "none: a person gave the file"
    if not snapshot.uri.lower().startswith("https:"):
        return "none: plain HTTP, so whoever was on the way could read and change it"
    if proof is None or not proof.tls_version:
        return "nothing is recorded of it"
    stated = f"{proof.tls_version}{f', {proof.cipher}' if proof.cipher else ''}"
    if snapshot.origin.kind == "imported":
        return f"{stated}, as the imported file says; whether the certificate was trusted is not known here"
    return (
        f"{stated}; the server's certificate was in date, named this host and led to an authority that "
        "the capturing machine trusted (a visit where that fails is kept as a failure, not as a snapshot)"
    )


def share(value: float) -> str:
    """A share in per cent; never a full hundred for less than all.

    >>> share(1), share(0.999), share(0.004)
    ('100 %', '99 %', '0 %')
    """
    return f"{int(value * 100)} %"


def gap(published: str | None, taken: str, how: str = "captured") -> str:
    """How far the capture of a source is from the article's own date, in words.

    >>> gap("2026-01-04", "2026-11-22T12:00:00Z")
    'captured 10 months after the article; its author may have read another version'
    """
    day, exact = _day(published)
    capture, _ = _day(taken)
    if day is None or capture is None:
        return (
            f"{how} before or after the article, which is undated; its author may have read another version"
        )
    days = (capture - day).days
    if days == 0:
        return f"{how} {'on the day' if exact else 'at about the time'} of the article"
    about = "" if exact else "about "
    if days < 0:
        return f"{how} {about}{span(capture, day)} before the article"
    return f"{how} {about}{span(day, capture)} after the article; its author may have read another version"


def later(article: str | None, source: str | None) -> bool:
    """Whether a source dates itself after the article that cites it."""
    first, second = date_parts(article or ""), date_parts(source or "")
    shared = min(len(first), len(second))
    return bool(shared) and second[:shared] > first[:shared]


def _day(written: str | None) -> tuple[date | None, bool]:
    """The day of an ISO date, its middle where it names only a year or month, and whether it was exact."""
    parts = date_parts(written or "")
    if not parts:
        return None, False
    try:
        return date(*(*parts, *(7, 15)[len(parts) - 1 :])), len(parts) == 3
    except ValueError:
        return None, False


def span(earlier: date, later: date) -> str:
    """The time between two days in the largest unit of which there are two, days below a month.

    >>> span(date(2026, 1, 4), date(2026, 1, 5)), span(date(2026, 1, 31), date(2026, 3, 1))
    ('1 day', '29 days')
    >>> span(date(2020, 1, 4), date(2026, 1, 3))
    '5 years'
    """
    days = (later - earlier).days
    months = (later.year - earlier.year) * 12 + later.month - earlier.month - (later.day < earlier.day)
    if days < 60:
        return number(days, "day")
    return number(months, "month") if months < 24 else number(months // 12, "year")


def differing(pairs: Iterable[Sequence[str]]) -> list[str]:
    """What differs, claim first.

    >>> differing([("15,000", "14,000")])
    ['15,000 ↔ 14,000']
    """
    return [f"{claim} ↔ {source}" for claim, source in pairs]


def size(count: int) -> str:
    """A number of bytes for people, exact in brackets where it is rounded.

    >>> size(512), size(1_234_567)
    ('512 bytes', '1.2 MB (1,234,567 bytes)')
    """
    exact = f"{count:,} byte{'' if count == 1 else 's'}"
    for unit, scale in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= scale:
            return f"{count / scale:.1f} {unit} ({exact})"
    return exact


def moment(warc_date: str) -> str:
    """A WARC-Date for people, UTC and said so.

    >>> moment("2026-11-22T12:00:00Z"), moment("2026-11-22"), moment("yesterday")
    ('2026-11-22 12:00:00 UTC', '2026-11-22 UTC', 'yesterday')
    """
    if not date_parts(warc_date):
        return warc_date
    return warc_date.removesuffix("Z").replace("T", " ") + " UTC"
