"""A small archive, first part: what its visits brought, and the texts of it."""

from archive.model import (
    Failure,
    Heading,
    Metadata,
    Origin,
    PageDate,
    Place,
    Provenance,
    Reference,
    Requisite,
    Snapshot,
    Text,
    intrinsic_id,
    sha256_of,
)

CAPTURES = "2026/11/22/20261122120000-aa.warc.gz"
FINDINGS = "2026/11/22/20261122130000-bb.warc.gz"
PEOPLE = "2026/11/23/20261123090000-cc.warc.gz"
LATER = "2026/11/24/20261124090000-dd.warc.gz"
IMPORTED = "imported/" + "e" * 64 + ".warc.gz"
NOW = "2026-12-01T00:00:00Z"

ARTICLE_BODY = (
    "The reef in numbers\n\n"
    "The Great Barrier Reef lost half of its corals between 1995 and 2017. “A wake-up call”, she said.\n\n"
    "Warm water bleaches corals. Nobody counted the wombats."
)
SOURCE_BODY = (
    "Coral decline\n\n"
    "Between 1995 and 2017 the Great Barrier Reef lost more than half of its corals.\n\n"
    "Bleaching follows warm water; secretword marmalade."
)


def place(file: str, nth: int) -> Place:
    """The nth record of a file."""
    return Place(file, nth * 1000, 900)


def answer(uri: str, at: Place, body: str = "", **more: object) -> Snapshot:
    """A response with status 200, unless it is said otherwise."""
    given: dict[str, object] = {
        "date": "2026-11-22T12:00:00Z",
        "digest": sha256_of(body.encode()),
        "record_type": "response",
        "record_id": f"urn:uuid:{at.file[-12:]}-{at.offset}",
        "place": at,
        "origin": Origin("fetched"),
        "status": 200,
        "mime": "text/html; charset=utf-8",
        "media": "text/html",
        "payload_length": len(body),
    }
    return Snapshot(uri, **{**given, **more})  # type: ignore[arg-type]


PROVENANCE = Provenance(
    "page", "TLSv1.3", "TLS_AES_256_GCM_SHA384", ("-----BEGIN…",), ("192.0.2.7",), "allowed", None
)
article = answer("https://News.example.org/reef?b=2&a=1", place(CAPTURES, 1), "article")
source = answer(
    "https://journal.example.net/corals",
    place(CAPTURES, 2),
    "source",
    ip="192.0.2.7",
    protocols=("h1",),
    provenance=PROVENANCE,
)
gone = answer("https://gone.example.net/page", place(CAPTURES, 3), "not found", status=404)
moved = answer(
    "http://old.example.net/corals",
    place(CAPTURES, 4),
    "moved",
    status=301,
    redirects_to="https://journal.example.net/corals",
)
again = answer(
    "https://journal.example.net/corals",
    place(LATER, 1),
    record_type="revisit",
    digest=source.digest,
    date="2026-11-24T09:00:00Z",
    payload_length=0,
    refers_to=Reference(source.record_id, source.uri, source.date),
)
style = Requisite(answer("https://news.example.org/a.css", place(CAPTURES, 5), "css", media="text/css"))
dead = Failure(
    "https://dead.example.net/",
    "2026-11-22T12:00:01Z",
    "dns",
    "no such host",
    id=intrinsic_id("failure", "dead"),
    place=place(CAPTURES, 6),
)
foreign = answer(
    "http://foreign.example.com/",
    place(IMPORTED, 1),
    "foreign",
    origin=Origin("imported", IMPORTED),
    date="2019-01-01T00:00:00Z",
)
article_text = Text(
    article.id,
    "trafilatura 2.3.1",
    ARTICLE_BODY,
    Metadata(
        "The reef in numbers",
        ("A. Reporter", "B. Writer"),
        PageDate("1 May 2026", "2026-05-01", "meta"),
        "News",
        "en",
        description="Half of the corals, a summary.",
        robots=("noarchive",),
    ),
    (Heading(0, 1),),
    share=0.8,
    cite_key="reporter2026-abcd",
    place=place(CAPTURES, 7),
)
source_text = Text(
    source.id,
    "trafilatura 2.3.1",
    SOURCE_BODY,
    Metadata("Coral decline", description="A secretword summary."),
    pages=("i", "ii"),
    place=place(CAPTURES, 8),
)
empty_text = Text(gone.id, "trafilatura 2.3.1", "", reason="no text found", place=place(CAPTURES, 9))
foreign_text = Text(foreign.id, "trafilatura 2.3.1", "A foreign page about corals.", place=place(FINDINGS, 9))
