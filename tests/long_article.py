"""An archive with one long article, each of whose claims has a passage of one source."""

from pathlib import Path

from archive.anchor import describe
from archive.index.write import fold_names
from archive.model import (
    Citation,
    Claim,
    ClaimOutcome,
    Evidence,
    Metadata,
    Reading,
    Resolution,
    Signals,
    SourceText,
)
from archive.store import Store
from archive.warc.profile import Info, Log
from tests.site_archive import HTML, MACHINE, METHOD, Scribe, clock


def written_long(folder: Path, count: int) -> tuple[Path, Reading]:
    """An article of so many claims, four to a paragraph, each with a passage of one source."""
    times, store = clock(), Store(str(folder))
    scribe = Scribe(Log(store.temp(), lambda: next(times), Info(software="pincite/0.1 test")), times)
    sentences = [f"In the year {1000 + n} the wall stood {n} metres high." for n in range(count)]
    body = "\n\n".join(" ".join(sentences[at : at + 4]) for at in range(0, count, 4))
    pages = [scribe.page(f"https://{host}.example/", host.encode(), HTML) for host in ("long", "wall")]
    texts = [scribe.text(page, body, Metadata(page.uri)) for page in pages]
    link = Citation(texts[0].id, "the wall", pages[1].uri)
    said = Resolution(MACHINE, next(times), citation=link.id, state="resolved", method="link",
                      uri=pages[1].uri, snapshot=pages[1].id, person=False)  # fmt: skip
    scribe.log.statement(said)
    spans = [describe(body, body.index(one), body.index(one) + len(one)) for one in sentences]
    claims = tuple(Claim(texts[0].id, span) for span in spans)
    named = [SourceText(t.id, p.id, p.uri, p.date, p.digest) for t, p in zip(texts, pages, strict=True)]
    found = Reading(
        article=named[0], method=METHOD, creator=MACHINE, created="2026-11-22T10:00:00Z", claims=claims,
        outcomes=tuple(ClaimOutcome(claim.id, "matched", (link.id,)) for claim in claims), citations=(link,),
        evidence=tuple(
            Evidence(claim.id, texts[1].id, claim.passage, METHOD, link.id, "author", "matched", 1, 0.9,
                     Signals(cover=1.0, agree=(str(1000 + n),)))
            for n, claim in enumerate(claims)
        ),
        sources=(named[1],),
    )  # fmt: skip
    reading = scribe.log.reading(found)
    sealed = scribe.log.seal()
    store.put(sealed.path, sealed.name)
    fold_names(store, folder / "archive.db", [sealed.name], "2026-12-01T00:00:00Z")
    return folder, reading
