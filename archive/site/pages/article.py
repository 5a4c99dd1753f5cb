"""An article: a head in one sentence, its text with the claims marked, each beside its closest passage.

``?show=`` marks some of the claims, ``?claim=`` opens one, ``?notes=all`` has all notes for print, and
``?part=card`` gives the chosen claim's card alone.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archive.documents import article_document, described, reading_document
from archive.documents.shape import Document
from archive.index import read
from archive.index.read.pointers import reading_article
from archive.model import Claim, Metadata, Reading, Snapshot, Text
from archive.review import judged
from archive.site import words
from archive.site.answers import Answer, Missing, Site, document, page, redirect
from archive.site.marks import Block, Span, blocks, excerpt
from archive.site.pages import held
from archive.site.pages.cards import SHOWN, Card, Cards
from archive.site.pages.choices import DIFFERENCES, JUDGED, OUTCOMES, choices, steps
from archive.site.pages.citing import of_noun

# So many kilobytes of cards make a page of 100; beyond that it carries only the chosen claim's card.
CARDS_KB = 64


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the article with the cards of the claims that begin in it; ``places``: claim id to its n."""

    block: Block
    cards: tuple[Card, ...]
    places: Mapping[str, int]


def article(site: Site, names: Mapping[str, str], asked: Mapping[str, str]) -> Answer:
    """The newest reading of an article."""
    found = held.identifier(names["id"])
    held.snapshot(site, found)
    reading_id = read.newest_reading(site.index, found)
    if names.get("ext"):
        made = article_document(site.index, found)
        return document(_told(site, made)) if made else _not_read(found)
    if reading_id is None:
        return redirect(site, f"snapshot/{found}")
    return _shown(site, found, reading_id, asked)


def reading(site: Site, names: Mapping[str, str], asked: Mapping[str, str]) -> Answer:
    """One reading, for ever."""
    found = held.identifier(names["id"])
    heads = read.reading(site.index, found)
    if heads is None:
        made = read.kind_of(site.index, found)
        if made == "reading":
            held.allowed(site, _article_of(site, found))
        raise held.unknown(found, "a reading")
    held.allowed(site, heads.article.snapshot)
    if names.get("ext"):
        made_of = reading_document(site.index, found) or {}
        return document({"kind": "reading", "id": found, **_told(site, made_of)})
    return _shown(site, heads.article.snapshot, found, asked)


def _told(site: Site, made: Document) -> Document:
    """The document of a reading; where the copy is not for the public, with the claims that have a source."""
    if "claims" not in made or site.publishing.shows_whole(made["uri"]):
        return made
    return {**made, "claims": [claim for claim in made["claims"] if claim["outcome"] != "uncited"]}


def _article_of(site: Site, reading_id: str) -> str:
    """The article of a reading that is hidden because its article is."""
    return reading_article(site.index, reading_id) or reading_id


def _not_read(found: str) -> Answer:
    raise Missing(
        404, "No reading", f"No claims have been looked for in {found}: `pincite annotate {found}` does it."
    )


def _shown(site: Site, snapshot_id: str, reading_id: str, asked: Mapping[str, str]) -> Answer:
    snapshot = held.snapshot(site, snapshot_id)
    reading = read.reading(site.index, reading_id)
    text = read.text(site.index, reading.article.text) if reading else None
    if reading is None or text is None:
        raise Missing(
            404, "No text", "The text that was read is not in this archive; `pincite verify` says more."
        )
    metadata, _ = described(site.index, snapshot_id)
    cards = Cards(site.index, reading, published(metadata))
    chosen = _chosen(reading, asked.get("claim"))
    offered = choices(reading, cards, asked.get("show"))
    notes = asked.get("notes") == "all"
    whole = notes or cards.kilobytes() <= CARDS_KB
    only = None if whole else {chosen}
    marked = _for_all(site, snapshot, reading, offered.marked(reading.claims, chosen))
    return page(
        site,
        "card.html" if asked.get("part") == "card" and chosen else "article.html",
        here=f"{site.root}article/{snapshot_id}",
        title=metadata.title or snapshot.uri,
        snapshot=snapshot,
        metadata=metadata,
        reading=reading,
        newest=read.newest_reading(site.index, snapshot_id) == reading_id,
        readings=read.readings_of(site.index, snapshot_id),
        order=read.order_of(site.index, snapshot_id),
        head=words.head(tally(reading, cards, text)),
        paragraphs=_paragraphs(_blocks(site, snapshot, text, marked), marked, cards, _Wanted(only, notes)),
        opening=_opening(text, metadata),
        styles={claim.id: cards.style(claim) for claim in reading.claims},
        show=offered.show,
        outcomes=offered.offered(OUTCOMES),
        more_choices=[*offered.offered(DIFFERENCES), *offered.offered(JUDGED)],
        steps=steps(marked),
        chosen=chosen,
        whole=whole,
        notes=notes,
        states=list(cards.states.values()),
        citing=of_noun(site, snapshot_id, f"article/{snapshot_id}"),
    )


def _opening(text: Text, metadata: Metadata) -> int | None:
    """Where the text says the title once more, under the page's own heading."""
    if not text.headings:
        return None
    first = text.headings[0].start
    line = text.body[first:].partition("\n")[0]
    return first if " ".join(line.split()) == " ".join((metadata.title or "").split()) else None


def published(metadata: Metadata) -> str | None:
    """The article's own date."""
    return metadata.date.iso if metadata.date else None


def _chosen(reading: Reading, written: str | None) -> str | None:
    """The claim that the address asks for, if this reading has it."""
    if not written:
        return None
    found = held.identifier(written)
    if found not in {claim.id for claim in reading.claims}:
        raise held.unknown(found, "a claim of this reading")
    return found


def tally(reading: Reading, cards: Cards, text: Text) -> words.Tally:
    """What the head counts."""
    fates = Counter(state.status for state in cards.states.values())
    seen = judged(reading, cards.verdicts)
    return words.Tally(
        claims=len(reading.claims),
        tied=sum(1 for outcome in reading.outcomes if outcome.citations),
        matched=sum(1 for outcome in reading.outcomes if outcome.outcome == "matched"),
        citations=len(reading.citations),
        captured=fates["captured"],
        lost=fates["failed"],
        unresolved=fates["unresolved"],
        settled=fates["settled"],
        judged=len(seen.claims),
        people=seen.people,
        disputed=len(seen.disputed),
        share=text.share,
    )


def _for_all(site: Site, snapshot: Snapshot, reading: Reading, claims: list[Claim]) -> list[Claim]:
    """The claims that may be shown: where the copy is not for the public, those that have a source."""
    if site.publishing.shows_whole(snapshot.uri):
        return claims
    with_source = {outcome.claim for outcome in reading.outcomes if outcome.outcome != "uncited"}
    return [claim for claim in claims if claim.id in with_source]


def _blocks(site: Site, snapshot: Snapshot, text: Text, claims: Sequence[Claim]) -> tuple[Block, ...]:
    """The text, claims marked; where the copy is not for the public, the claims alone."""
    spans = [Span(claim.passage.start, claim.passage.end, claim.id) for claim in claims]
    cut = blocks(text.body, text.headings, text.pages, spans)
    return cut if site.publishing.shows_whole(snapshot.uri) else excerpt(cut, {claim.id for claim in claims})


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Whose cards are wanted (None: everybody's), and whether only with the closest passage, for print."""

    only: set[str | None] | None
    closest: bool

    def has(self, claim: Claim) -> bool:
        return self.only is None or claim.id in self.only


def _paragraphs(
    cut: Sequence[Block], claims: Sequence[Claim], cards: Cards, wanted: _Wanted
) -> list[Paragraph]:
    """The blocks of the article, each with the cards of the claims (in text order) that begin in it."""
    starts = [claim.passage.start for claim in claims]
    # A claim that begins in the blank before a block belongs to that block: to the last there is, if need be.
    edges = [0, *(bisect_left(starts, block.end) for block in cut[:-1]), len(claims)]
    return [_paragraph(block, claims[edges[n] : edges[n + 1]], cards, wanted) for n, block in enumerate(cut)]


def _paragraph(block: Block, claims: Sequence[Claim], cards: Cards, wanted: _Wanted) -> Paragraph:
    places = {claim.id: n for n, claim in enumerate(claims, start=1)}
    most = 1 if wanted.closest else SHOWN
    here = tuple(cards.card(claim, places[claim.id], most) for claim in claims if wanted.has(claim))
    return Paragraph(block, here, places)
