"""An archived page as people saw it, from the archive's own records: our page around a frame without rights.

    /snapshot/<id>/page              our page: what it is, other versions, and the frame
    /snapshot/<id>/page/frame        the page, safe (see ``archive.replay``), in a sandbox
    /snapshot/<id>/page/part/<id>    a part of it: style sheet, picture, font, medium
    /snapshot/<id>/page/link/<uri>   where a link of it leads: the nearest snapshot, or that there is none

Frame and parts are made of the snapshot, its own visit and the passages that the address names: nothing that
is captured, cited or imported later changes a byte of them. All else that may change stands in our page.
"""

from collections.abc import Mapping
from urllib.parse import parse_qs, quote, unquote

from archive import anchor
from archive.documents import described
from archive.errors import BadId, Damaged
from archive.index import read
from archive.index.read import mementos
from archive.model import Passage, Snapshot, parse_id
from archive.replay import PASSAGE, Kind, Setting, Shown, safe_page, safe_sheet
from archive.site.answers import (
    OWN_PAGES,
    Answer,
    Missing,
    Request,
    Site,
    document,
    headers,
    not_indexed,
    page,
    redirect,
)
from archive.site.pages import held, raw
from archive.site.pages.payloads import FONTS, Stored, close, part_media, unpacked
from archive.uri import in_path, timestamp
from archive.warc.media import HTML, PLAIN, UNKNOWN, XHTML

Names = Mapping[str, str | None]
# No origin, no script, no form; only a click may leave, and then for the whole window. 'self' is where this
# was served from (CSP 3, 2.3.2). data: asks nobody.
FRAME = (
    "sandbox allow-top-navigation-by-user-activation; default-src 'none'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; media-src 'self' data:; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'self'"
)
_PART = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
_KINDS: dict[str, Kind] = {HTML: "html", XHTML: "xhtml", PLAIN: "text"}
_MOST_PASSAGES = 50


def around(site: Site, names: Mapping[str, str], asked: Mapping[str, str]) -> Answer:
    """Our page around the archived one.

    Which parts are missing, and whether a passage that the address names was told in it, takes as long as the
    frame itself: it is worked out where somebody asks for it (``parts``, ``passage``, JSON).
    """
    found = held.identifier(names["id"])
    snapshot = held.snapshot(site, found)
    if read.snapshot(site.index, found) is None:
        raise Missing(404, "Not a page", "This is a part of a page; it is shown where the page is.")
    text = read.text_in_use(site.index, found)
    named = [asked["passage"]] if asked.get("passage") else []
    whole = bool(named or asked.get("parts") or names.get("ext"))
    if not named and text and not text.reason:
        cited = read.cited_spans(site.index, text.id, _MOST_PASSAGES)
        named = [f"{text.id}/{start}-{end}" for start, end in cited]
    shown, why = (None, None) if snapshot.redirects_to else _look(site, snapshot, named, whole)
    query = "&".join(f"passage={one}" for one in named)
    framed = f"{site.root}snapshot/{found}/page/frame" + (f"?{query}#{PASSAGE}" if query else "")
    if names.get("ext"):
        return document(_told(snapshot, shown, why, named) | {"frame": framed if shown else None})
    metadata, _ = described(site.index, found)
    visits = read.history(site.index, found, 1)
    given = page(
        site,
        "page.html",
        title=metadata.title or snapshot.uri,
        snapshot=snapshot,
        text=text,
        shown=shown,
        why=why,
        whole=whole,
        marks=bool(named),
        frame=framed,
        last=read.last_hop(site.index, found) if snapshot.redirects_to else None,
        visits=visits.near if visits else (),
    )
    return not_indexed(given.saying(Content_Security_Policy=f"{OWN_PAGES}; frame-src 'self'"), snapshot.uri)


def _told(snapshot: Snapshot, shown: Shown | None, why: str | None, named: list[str]) -> dict[str, object]:
    """What our page says of the archived one, as a document."""
    found = shown.found if shown else ()
    return {
        "snapshot": snapshot.id,
        "uri": snapshot.uri,
        "date": snapshot.date,
        "shown": shown is not None,
        "why": why,
        "parts": shown.parts if shown else 0,
        "missing": list(shown.missing) if shown else [],
        "passages": [{"passage": one, "found": here} for one, here in zip(named, found, strict=False)],
    }


def _look(site: Site, snapshot: Snapshot, named: list[str], whole: bool) -> tuple[Shown | None, str | None]:
    """The page as the frame has it (its parts only where ``whole``), or why there is nothing to look at."""
    stored = raw.stored(site, snapshot)
    if _kind(stored.holder) is None:
        close(stored)
        media = stored.holder.media or "of an unknown type"
        return (
            None,
            f"It is {media}, which cannot be shown without the rights that an archived page must not have.",
        )
    try:
        if whole:
            return _shown(site, snapshot, stored, _passages(site, snapshot, named)), None
        return Shown(unpacked(stored), 0, (), ()), None
    except Damaged as error:
        return None, f"Its bytes cannot be unpacked: {error}."


def frame(site: Site, request: Request, names: Names) -> Answer:
    """The page itself; who comes to it by its own address is led to ours around it."""
    found = held.identifier(unquote(names["id"] or ""))
    snapshot = held.snapshot(site, found)
    named = parse_qs(request.query).get("passage", [])[:_MOST_PASSAGES]
    if request.headers.get("sec-fetch-dest") == "document":
        # Browsers that do not say so get the same page: no script runs in it, and it has no origin.
        asked = f"?passage={quote(named[0], safe='/-')}" if len(named) == 1 else ""
        return redirect(site, f"snapshot/{found}/page{asked}").saying(Vary="Sec-Fetch-Dest")
    stored = raw.stored(site, snapshot)
    if _kind(stored.holder) is None:
        raise Missing(404, "Not a page to look at", "This is neither HTML nor text; its bytes can be had.")
    try:
        shown = _shown(site, snapshot, stored, _passages(site, snapshot, named))
    except Damaged as error:
        raise _broken(error) from error
    said = _alone(headers("text/html; charset=utf-8", FRAME))
    return not_indexed(Answer(200, said, shown.body).saying(Vary="Sec-Fetch-Dest"), snapshot.uri)


def part(site: Site, request: Request, names: Names) -> Answer:
    """A part of a page, if its visit recorded it and a page may show such a thing."""
    shown_in = held.snapshot(site, held.identifier(unquote(names["id"] or "")))
    found = held.identifier(unquote(names["part"] or ""))
    parts = read.Parts(site.index, shown_in)
    if not parts.has(found):
        raise Missing(404, "Not a part of this page", "The visit to this page did not record it.")
    answer = held.snapshot(site, found)
    if request.headers.get("sec-fetch-dest") == "document":
        return redirect(site, f"snapshot/{found}").saying(Vary="Sec-Fetch-Dest")
    stored = raw.stored(site, answer)
    media = part_media(stored.holder)
    if media is None:
        close(stored)
        raise Missing(404, "Not shown", "It is no style sheet, picture, font or medium.")
    # The frame has no origin of its own, so all that it loads counts as loaded from elsewhere.
    said = _alone(headers(media, _PART)) | {"Cross-Origin-Resource-Policy": "cross-origin"}
    if media.startswith(FONTS):
        said["Access-Control-Allow-Origin"] = "*"
    if media != "text/css" and not stored.encoding:
        given = Answer(200, said | {"Cache-Control": raw.FOR_EVER}, stored.body, stored.stream)
        return not_indexed(given.saying(Vary="Sec-Fetch-Dest"), answer.uri)
    try:
        body = unpacked(stored)
    except Damaged as error:
        raise _broken(error) from error
    if media == "text/css":
        said["Content-Type"] = "text/css; charset=utf-8"
        body = safe_sheet(body, stored.charset, Setting(answer.uri, parts.find, "", "../link/"))
    given = Answer(200, said, body)
    return not_indexed(given.saying(Vary="Sec-Fetch-Dest"), answer.uri)


def follow(site: Site, _request: Request, names: Names) -> Answer:
    """Where a link of the page leads within the archive, at the time of its visit."""
    snapshot = held.snapshot(site, held.identifier(unquote(names["id"] or "")))
    uri = in_path(names["original"] or "")
    series = mementos.series(site.index, uri)
    nearest = mementos.nearest(site.index, series, _moment(snapshot)) if series else None
    if nearest is None:
        said = "The page that this link leads to is not in this archive."
        raise Missing(404, "Not in this archive", said, live=uri)
    if read.snapshot(site.index, nearest.id) is None:
        # A picture that the link leads to may have come as a part of a page.
        return redirect(site, f"snapshot/{nearest.id}")
    last = read.last_hop(site.index, nearest.id)
    return redirect(site, f"snapshot/{last.id}/page")


def _moment(snapshot: Snapshot) -> str | None:
    try:
        return timestamp(snapshot.date)
    except ValueError:
        return None


def memento_body(site: Site, snapshot: Snapshot, stored: Stored) -> bytes | None:
    """The page as the frame has it, with addresses that hold wherever it stands; None where it is no page.

    :raises Damaged: it cannot be unpacked; ``stored`` is closed then too.
    """
    if _kind(stored.holder) is None:
        return None
    return _shown(site, snapshot, stored, [], f"{site.root}snapshot/{snapshot.id}/page/").body


def _shown(
    site: Site, snapshot: Snapshot, stored: Stored, passages: list[Passage], at: str = ""
) -> Shown:
    setting = Setting(snapshot.uri, read.Parts(site.index, snapshot).find, f"{at}part/", f"{at}link/")
    kind = _kind(stored.holder) or "html"
    return safe_page(unpacked(stored), stored.charset, setting, passages, kind)


def _kind(holder: Snapshot) -> Kind | None:
    """As which a page is shown; a prolog of XML alone makes no XHTML of what was served as HTML.

    A control character makes bytes unknown to us; browsers take the server's word for HTML all the same.
    """
    known = holder.media if holder.media and holder.media != UNKNOWN else holder.mime
    kind = _KINDS.get(known or "")
    return "html" if kind == "xhtml" and holder.mime != XHTML else kind


def _broken(error: Damaged) -> Missing:
    return Missing(500, "Cannot be unpacked", f"Its bytes cannot be shown: {error}.")


def _passages(site: Site, snapshot: Snapshot, named: list[str]) -> list[Passage]:
    """The passages that an address names as ``<text id>/<start>-<end>``.

    :raises Missing: one of them is none of this page.
    """
    return [_passage(site, snapshot, one) for one in named]


def _passage(site: Site, snapshot: Snapshot, named: str) -> Passage:
    written, _, span = named.partition("/")
    start, _, end = span.partition("-")
    try:
        text = read.text(site.index, parse_id(written))
        holder = read.payload_of(site.index, snapshot.id)
        if text is None or text.snapshot not in (snapshot.id, holder.id if holder else None):
            raise ValueError("not a text of this page")
        return anchor.describe(text.body, int(start), int(end))
    except (BadId, ValueError) as error:
        raise Missing(
            404, "No such passage", f"{named[:80]} names no passage of this page: {error}."
        ) from error


def _alone(said: dict[str, str]) -> dict[str, str]:
    """Headers of what is sandboxed: a browser takes no opener policy from it (HTML 7.1.3.2)."""
    return {name: value for name, value in said.items() if name != "Cross-Origin-Opener-Policy"}
