"""An archive with pages to be looked at: one with all kinds of parts, a later visit of it, a hostile one.

Everything that is needed lies in it but ``lost.png``; the addresses that the hostile page would ask are those
of a canary, which a test may listen at.
"""

import io
from dataclasses import dataclass, replace
from pathlib import Path

from archive.index.write import fold_names
from archive.model import Document, Exchange, Metadata, Provenance, Restriction, Snapshot, Text
from archive.store import Store
from archive.warc.profile import Info, Log
from tests.replay_attacks import ATTACKS, CANARY, SHEETS
from tests.site_archive import HTML, Scribe, clock

PAGE = "https://courier.example/2026/wall.html"
HOSTILE = "https://hostile.example/"
WORDS = "The council spent £15,000 on a new wall."
BODY = f"The wall\n\n{WORDS}\n\nNobody asked the ferry."
GIF = bytes.fromhex("47494638396101000100800000ff0000ffffff2c00000000010001000002024401003b")
SVG = (
    b"<svg xmlns='http://www.w3.org/2000/svg' width='40' height='40'><script>alert(1)</script>"
    b"<rect width='40' height='40'/></svg>"
)
MARKUP = """<!DOCTYPE html><html lang="en"><head><title>The wall</title>
<link rel="stylesheet" href="/css/site.css"><script src="/app.js"></script>
<style>@import url(more.css); .b {{ background: url("/img/red.gif?b") }}</style></head>
<body class="b"><h1>The wall</h1><p>The council spent <b>&pound;15,000</b> on a
<i>new</i> wall.</p><p>{more}</p><img src="/img/red.gif" alt="red" width="40" height="40">
<img src="lost.png" alt="the lost picture" width="200" height="80"><img src="/img/box.svg" alt="box">
<img src="/img/fake.png" alt="a page that says it is a picture">
<a id="other" href="/2026/other.html">other</a> <a id="gone" href="https://gone.example/x?y=1#z">gone</a>
<iframe src="https://video.example/1" width="300" height="120"></iframe></body></html>"""


@dataclass(frozen=True, slots=True)
class Held:
    """The archive's folder, its snapshots by name, and the text of the page."""

    folder: Path
    snapshots: dict[str, Snapshot]
    text: Text

    def at(self, name: str, rest: str = "") -> str:
        """The address of a snapshot's page."""
        return f"/snapshot/{self.snapshots[name].id}/page{rest}"


def part(scribe: Scribe, via: str, uri: str, body: bytes, media: str) -> Snapshot:
    """A requisite of a page."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    proof = Provenance("requisite", via=via)
    sent = Exchange(
        uri, next(scribe.times), b"GET / HTTP/1.1\r\n\r\n", io.BytesIO(head + body), None, (), proof
    )
    return scribe.log.exchange(sent)


def build(folder: Path, canary: str = CANARY, restrict: tuple[str, ...] = ()) -> Held:
    """Write the archive into a folder."""
    times = clock()
    store = Store(str(folder))
    info = Info(software="pincite/0.1 test", operator="Harbour Library")
    snapshots = dict[str, Snapshot]()
    texts = list[Text]()
    for visit in (_first, _second, _others):
        scribe = Scribe(Log(store.temp(), lambda: next(times), info), times)
        made = visit(scribe, canary, texts)
        for name in restrict:
            if name in made:
                said = Restriction("Counsel", next(times), snapshot=made[name].id, reason="a court order")
                scribe.log.statement(said)
        sealed = scribe.log.seal()
        store.put(sealed.path, sealed.name)
        fold_names(store, folder / "archive.db", [sealed.name], "2026-12-01T00:00:00Z")
        snapshots |= {
            key: replace(one, place=replace(one.place, file=sealed.name)) for key, one in made.items()
        }
    return Held(folder, snapshots, texts[0])


def _first(scribe: Scribe, _canary: str, texts: list[Text]) -> dict[str, Snapshot]:
    site = "https://courier.example"
    page = scribe.page(PAGE, MARKUP.format(more="Nobody asked the ferry.").encode(), HTML)
    sheet = b"@import 'deep.css'; h1 { color: rgb(1, 2, 3) } p { background: url(../img/red.gif) }"
    made = {"page": page, "sheet": part(scribe, PAGE, f"{site}/css/site.css", sheet, "text/css")}
    for uri, body, media in (
        (f"{site}/css/deep.css", b"h1 { text-align: right }", "text/css"),
        (f"{site}/2026/more.css", b"body { margin: 7px }", "text/css"),
        (f"{site}/img/red.gif?b", GIF, "image/gif"),
        (f"{site}/img/red.gif", GIF, "image/gif"),
        (f"{site}/img/box.svg", SVG, "image/svg+xml"),
        (f"{site}/img/fake.png", b"<html><script>alert(1)</script></html>", "image/png"),
        (f"{site}/app.js", b"alert(1)", "text/javascript"),
    ):
        made[uri.rpartition("/")[2]] = part(scribe, PAGE, uri, body, media)
    texts.append(scribe.text(page, BODY, Metadata("The wall", language="en")))
    return made


def _second(scribe: Scribe, _canary: str, _texts: list[Text]) -> dict[str, Snapshot]:
    """The same address later, with the picture that was lost, and a sheet of other colours."""
    page = scribe.page(PAGE, MARKUP.format(more="The ferry was asked.").encode(), HTML)
    part(scribe, PAGE, "https://courier.example/2026/lost.png", GIF, "image/png")
    part(scribe, PAGE, "https://courier.example/css/site.css", b"h1 { color: red }", "text/css")
    return {"later": page}


def _others(scribe: Scribe, canary: str, _texts: list[Text]) -> dict[str, Snapshot]:
    other = scribe.page("https://courier.example/2026/other.html", b"<h1>The other page</h1>", HTML)
    attacks = "<hr>".join(ATTACKS[:-3]) + "".join(f"<style>{sheet}</style>" for sheet in SHEETS)
    hostile = attacks.replace(CANARY, canary).replace("//canary.example/", canary.removeprefix("http:"))
    head = f"Refresh: 0; url={canary}", f"Link: <{canary}l.css>; rel=stylesheet", "Set-Cookie: a=b"
    pdf = Document(
        "https://port.example/r.pdf", next(scribe.times), "application/pdf", b"%PDF-1.7\n", "r.pdf", "K"
    )
    return {
        "other": other,
        "hostile": scribe.page(HOSTILE, hostile.encode("utf-8", "replace"), HTML, *head),
        "plain": scribe.page("https://plain.example/a.txt", b"a <b> & c\n", "Content-Type: text/plain"),
        "moved": scribe.page("https://moved.example/", b"", f"Location: {PAGE}", status="302 Found"),
        "pdf": scribe.log.document(pdf),
    }
