"""RFC 7089 over HTTP: the TimeGate, mementos and TimeMaps of an original.

``/web/<original>`` negotiates, ``/web/<14 digits>/<original>`` is a memento, ``…id_/…`` its bytes as they are
stored. Any other time, or another spelling of the address, is sent on to the memento it is nearest to.
"""

from collections.abc import Mapping
from dataclasses import replace

from archive.errors import Damaged
from archive.index.read import Connection
from archive.index.read import mementos as read
from archive.index.read.ask import Row
from archive.memento import (
    LINK_FORMAT,
    Around,
    Memento,
    TimeMap,
    accepted,
    cdxj,
    http_date,
    json_document,
    link,
    link_format,
    link_header,
    memento_path,
    moment,
    timemap_path,
)
from archive.model import Snapshot
from archive.site.answers import (
    ARCHIVED,
    LONGEST_LINK,
    Answer,
    Missing,
    Request,
    Site,
    document,
    headers,
    not_indexed,
    notice,
)
from archive.site.pages import held, raw, replay
from archive.site.pages.payloads import Stored, media_of
from archive.uri import in_path, normal, wire

Names = Mapping[str, str | None]
_CDXJ = ", urlkey, digest, mime, status, file, offset, length"
_FIRST, _LAST = "00000000000000", "99999999999999"
_NO_BODY = 304


def timegate(site: Site, request: Request, names: Names) -> Answer:
    """To the memento nearest to Accept-Datetime, without one to the newest (RFC 7089, pattern 2.1)."""
    original = in_path(names["original"] or "")
    said = {"Vary": "accept-datetime", "Link": link(_short(original), "original")}
    written = request.headers.get("accept-datetime")
    try:
        wanted = accepted(written) if written is not None else None
    except ValueError as error:
        return _with(notice(site, Missing(400, "Not a date", f"Accept-Datetime: {error}.")), said)
    series = read.series(site.index, original)
    found = read.nearest(site.index, series, wanted) if series else None
    if series is None or found is None or _leads_back(site.index, series, found, original):
        return _with(notice(site, _not_here(site.index, original)), said)
    first, last = read.ends(site.index, series)
    said["Link"] = link_header(site.base, original, Around(first, last), timegate=False)
    return _redirect(site, memento_path(found), said)


def memento(site: Site, _request: Request, names: Names) -> Answer:
    """A memento, or the way to the nearest one where the time or address is not exactly one's own."""
    original, raw_wanted = in_path(names["original"] or ""), names["kind"] == "id_"
    written = names["time"] or ""
    try:
        wanted = moment(written)
    except ValueError as error:
        raise Missing(400, "Not a time", f"{written} is no time of the calendar: {error}.") from error
    said = {"Vary": "", "Link": link(_short(original), "original")}
    series = read.series(site.index, original)
    exact = series and series.exact and len(written) == 14 and names["kind"] in (None, "id_")
    found = read.memento_at(site.index, series, wanted, names["id"]) if series and exact else None
    if series and found:
        return _memento(site, series, found, raw_wanted)
    found = read.nearest(site.index, series, wanted) if series else None
    if series is None or found is None or _leads_back(site.index, series, found, original):
        return _with(notice(site, _not_here(site.index, original)), said)
    said["Link"] = link_header(site.base, original, Around(*read.ends(site.index, series)))
    return _redirect(site, memento_path(found, raw_wanted), said)


def timemap(site: Site, _request: Request, names: Names) -> Answer:
    """All mementos of an original that may be shown; of very many a part, with links to the others."""
    original, form = in_path(names["original"] or ""), names["form"] or "link"
    series = read.series(site.index, original)
    first, last = read.ends(site.index, series) if series else (None, None)
    if series is None or first is None:
        return _with(notice(site, _not_here(site.index, original)), {"Vary": ""})
    since, until = names["since"] or _FIRST, names["until"] or _LAST
    parts = read.parts(site.index, series, since, until)
    own = parts[0] if len(parts) > 1 else (since, until)
    listed = list(read.mementos(site.index, series, own, _CDXJ if form == "cdxj" else ""))
    span = own if names["since"] or len(parts) > 1 else None
    found = TimeMap(original, [one for one, _ in listed], first, last, span, parts[1:])
    if form == "json":
        return document(json_document(site.base, found)).saying(Vary="")
    if form == "cdxj":
        lines = [(row["urlkey"], one.timestamp, _fields(site, one, row)) for one, row in listed]
        made, media = cdxj(lines), "text/x-cdxj; charset=utf-8"
    else:
        made, media = link_format(site.base, found), LINK_FORMAT
    others = ", ".join(link(site.base + timemap_path(original, form, part), "timemap") for part in parts[1:])
    said = headers(media) | {"Access-Control-Allow-Origin": "*", "Vary": ""}
    return Answer(200, said | ({"Link": others} if others else {}), made.encode("utf-8", "surrogatepass"))


def _fields(site: Site, one: Memento, row: Row) -> dict[str, object]:
    """What a line of CDXJ must say, and the snapshot's id with its address here."""
    told: dict[str, object] = {"url": one.uri, "digest": row["digest"], "mime": row["mime"] or "unk"}
    if row["status"] is not None:
        told["status"] = str(row["status"])
    told |= {"filename": row["file"], "offset": str(row["offset"]), "length": str(row["length"])}
    return told | {"id": one.id, "memento": site.base + memento_path(one)}


def _memento(site: Site, series: read.Series, found: Memento, raw_wanted: bool) -> Answer:
    said = {
        "Memento-Datetime": http_date(found.timestamp),
        "Vary": "",
        "Link": link_header(site.base, found.uri, read.around(site.index, series, found)),
    }
    try:
        snapshot = held.snapshot(site, found.id)
        stored = raw.stored(site, snapshot)
    except Missing as missing:
        # Its headers would say that this is what was archived; it is why that is not shown.
        said = {"Vary": "", "Link": link(_short(found.uri), "original")}
        return _with(notice(site, missing), said)
    given = raw.download(snapshot, stored) if raw_wanted else _replayed(site, snapshot, stored)
    page = f"{site.base}snapshot/{found.id}"
    said["Link"] += f", {link(page, 'cite-as')}, {link(page, 'collection', type='text/html')}"
    status = _status(snapshot)
    if status != snapshot.status and snapshot.status is not None:
        said["X-Archive-Orig-Status"] = str(snapshot.status)
    if 300 <= status < 400 and snapshot.redirects_to:
        target = replace(found, uri=snapshot.redirects_to, nth=0)
        said["Location"] = site.root + memento_path(target, raw_wanted)
    given = not_indexed(_with(given, said), found.uri)
    if status == _NO_BODY:
        if given.stream:
            given.stream.close()
        return replace(given, status=status, body=b"", stream=None)
    return replace(given, status=status)


def _status(snapshot: Snapshot) -> int:
    """Redirects and errors as they were; everything else that came with a body is shown.

    A repetition that the server told with 304 is shown as what it repeats. A status that HTTP does not
    have counts as an error of the server's (RFC 9110, section 15).
    """
    status = snapshot.status or 200
    if snapshot.record_type == "revisit" and status == _NO_BODY:
        return 200
    if 300 <= status < 600:
        return status
    return 200 if status < 300 else 500


def _replayed(site: Site, snapshot: Snapshot, stored: Stored) -> Answer:
    """What a browser shows: of a page what the frame of its page view shows, of all else the bytes."""
    media = media_of(stored.holder)
    try:
        body = replay.memento_body(site, snapshot, stored)
    except Damaged:
        return Answer(200, headers("application/octet-stream", ARCHIVED), stored.body)
    if body is not None:
        return Answer(200, headers("text/html; charset=utf-8", replay.FRAME), body)
    if stored.encoding:
        media = "application/octet-stream"
    return Answer(200, headers(media, ARCHIVED), stored.body, stored.stream)


def _leads_back(connection: Connection, series: read.Series, found: Memento, original: str) -> bool:
    """Whether all there is of an address is that another spelling of it redirected there."""
    if series.exact:
        return False
    target = read.redirects_to(connection, series, found)
    return target is not None and normal(target) == normal(original)


def _not_here(connection: Connection, original: str) -> Missing:
    said = [f"No snapshot of {original[:500]} is in this archive."]
    alike = read.spelt_alike(connection, original)[:3]
    if alike:
        said.append(f"There are snapshots of addresses that are spelt alike: {', '.join(alike)}")
    return Missing(404, "Not in this archive", *said)


def _redirect(site: Site, path: str, said: Mapping[str, str]) -> Answer:
    plain = headers("text/plain; charset=utf-8")
    return Answer(302, {**plain, **said, "Location": site.root + path}, b"")


def _with(given: Answer, said: Mapping[str, str]) -> Answer:
    return replace(given, headers={**given.headers, **said})


def _short(original: str) -> str:
    """An address for a header; a longer one than clients take is cut away whole."""
    return wire(original) if len(original) <= LONGEST_LINK else "about:blank"
