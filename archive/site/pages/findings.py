"""The pages of a claim, a piece of evidence, a citation, and of what people have put on record."""

from collections.abc import Mapping

from archive.documents import described, noun_document
from archive.index import read
from archive.index.read import Connection
from archive.index.read.pointers import citation as citation_with
from archive.index.read.pointers import citation_readings
from archive.model import Claim, Collection, Reading
from archive.site.answers import Answer, Missing, Site, document, page, redirect
from archive.site.pages import held
from archive.site.pages.article import published
from archive.site.pages.cards import Cards
from archive.site.pages.citing import of_noun
from archive.uri import segment

# All the passages of a claim; a reading keeps no more than a few for each source.
ALL = 1000


def claim(site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """A claim, with every passage that its newest reading holds, and the readings that have it."""
    found = held.identifier(names["id"])
    shown = read.claim(site.index, found)
    if shown is None:
        raise held.unknown(found, "a claim")
    text = held.text(site, shown.text)
    if names.get("ext"):
        return document(noun_document(site.index, found) or {})
    return _beside_its_passages(site, shown, text.snapshot, read.claim_readings(site.index, found))


def evidence(site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """One closest passage beside its claim, and the readings that hold it."""
    found = held.identifier(names["id"])
    span = read.evidence_span(site.index, found)
    shown = read.claim(site.index, span[0]) if span else None
    if span is None or shown is None:
        raise held.unknown(found, "evidence")
    held.text(site, span[1])
    text = held.text(site, shown.text)
    if names.get("ext"):
        return document(noun_document(site.index, found) or {})
    return _beside_its_passages(site, shown, text.snapshot, read.evidence_readings(site.index, found), found)


def _beside_its_passages(
    site: Site, shown: Claim, article: str, readings: list[str], only: str | None = None
) -> Answer:
    """A claim with its card from the newest of the readings; ``only``: the one passage that was asked for."""
    reading = _reading(site, readings)
    metadata, _ = described(site.index, article)
    cards = Cards(site.index, reading, published(metadata))
    return page(
        site,
        "claim.html",
        here=f"{site.root}claim/{shown.id}",
        title=metadata.title or ("Evidence" if only else "Claim"),
        article=article,
        published=published(metadata),
        card=cards.card(shown, most=ALL),
        readings=readings,
        reading=reading,
        only=only,
        order=read.order_of(site.index, only or shown.id),
        citing=of_noun(site, only or shown.id, f"evidence/{only}" if only else f"claim/{shown.id}"),
    )


def _reading(site: Site, readings: list[str]) -> Reading:
    reading = read.reading(site.index, readings[0]) if readings else None
    if reading is None:
        raise Missing(404, "No reading", "No reading in this archive holds it: its record may be elsewhere.")
    return reading


def citation(site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """A citation as its author wrote it, where it leads, and how that was found."""
    found = held.identifier(names["id"])
    shown = citation_with(site.index, found)
    if shown is None:
        raise held.unknown(found, "a citation")
    text = held.text(site, shown.text)
    if names.get("ext"):
        return document(noun_document(site.index, found) or {})
    readings = citation_readings(site.index, found)
    states = read.citation_states(site.index, readings[0]) if readings else []
    metadata, _ = described(site.index, text.snapshot)
    return page(
        site,
        "citation.html",
        title=metadata.title or "Citation",
        article=text.snapshot,
        citation=shown,
        state=next((state for state in states if state.citation.id == found), None),
        resolutions=read.resolutions_of(site.index, found),
        tied=read.claims_tied(site.index, readings[0], found) if readings else (),
        readings=readings,
    )


def record(site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """A failure, or what a person has put on record, field by field."""
    found = held.identifier(names["id"])
    made = noun_document(site.index, found)
    if made is None:
        raise held.unknown(found)
    if "restricted" in made:
        held.allowed(site, made["id"])
    if read.kind_of(site.index, found) in (*HAVE_PAGES, "requisite"):
        return redirect(site, f"{where_in(site.index, found)}{names.get('ext', '')}")
    if names.get("ext"):
        return document(made)
    shown = {key: value for key, value in made.items() if value not in (None, "", [], {}) and key != "place"}
    return page(site, "record.html", title=str(made["kind"]).capitalize(), record=shown, id=found)


HAVE_PAGES = ("snapshot", "text", "claim", "citation", "evidence", "reading", "entry")


def where_in(connection: Connection, found: str) -> str | None:
    """The page of the noun that an id names; an article's is where it is read, a member's its collection."""
    kind = read.kind_of(connection, found)
    if kind is None:
        return None
    said = read.statement(connection, found) if kind == "collection" else None
    if isinstance(said, Collection) and not said.undoes:
        return f"collection/{segment(said.collection)}"
    if kind == "snapshot" and read.newest_reading(connection, found):
        return f"article/{found}"
    room = "snapshot" if kind == "requisite" else kind if kind in HAVE_PAGES else "record"
    return f"{room}/{found}"


def any_noun(site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """``/<id>``, as it stands in print: to the page of what it names."""
    found = held.identifier(names["id"])
    path = where_in(site.index, found)
    if path is None:
        raise held.unknown(found)
    ending = names.get("ext", "")
    # What print puts behind an address is not part of it; a file's ending is.
    return redirect(site, path + ending if ending[1:2].isalpha() else path)
