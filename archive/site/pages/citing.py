"""How pages offer citations: every form to copy, files to download, an article's bibliography."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from archive import bibliography
from archive.bibliography.said import archived, iso
from archive.bibliography.words import safe_uri
from archive.documents import article_bibliography, citation_item, described, passage_item, snapshot_item
from archive.index import read
from archive.memento import link
from archive.site import words
from archive.site.answers import Answer, Missing, Site, headers, page
from archive.site.pages import held
from archive.site.pages.spans import span_of

# A field shows about so many letters in a line, and scrolls beyond so many lines.
A_LINE = 88
MOST_ROWS = 14


@dataclass(frozen=True, slots=True)
class Form:
    """A citation in one form, ready to be copied."""

    name: str
    title: str
    text: str

    @property
    def rows(self) -> int:
        """How many lines a field for it needs, at most some."""
        return min(MOST_ROWS, sum(1 + len(line) // A_LINE for line in self.text.split("\n")))


@dataclass(frozen=True, slots=True)
class Citing:
    """All that ``cite.html`` shows of one citation; ``path``: of the page that its files hang on."""

    item: bibliography.Item
    path: str
    forms: tuple[Form, ...]

    @property
    def plain(self) -> str:
        """The citation in one line."""
        return self.forms[0].text

    @property
    def highwire_authors(self) -> list[str]:
        """The authors as ``citation_author`` takes them, so that Zotero keeps their parts.

        What is no person's name ends with a comma, else its last word would be a surname; a single name with
        blanks on both sides of its comma ends with a semicolon, else it would be two people's.
        """
        names = self.item.authors
        written = [name.inverted if name.given else f"{name.family}," for name in names]
        return [f"{written[0]};"] if len(names) == 1 and names[0].given else written

    @property
    def published(self) -> str:
        """The page's own date as ISO, as exact as it is known."""
        return iso(self.item.published)

    @property
    def kept(self) -> str:
        """Where the page came from and when, in a sentence."""
        return f"{archived(self.item)}. Original: {safe_uri(self.item.original)}"

    @property
    def schema(self) -> dict[str, object]:
        """The page in terms of schema.org."""
        return bibliography.schema_org(self.item)


# What an address of a room may name.
_KINDS = {
    "snapshot": ("snapshot", "requisite"),
    "article": ("snapshot",),
    "claim": ("claim",),
    "evidence": ("evidence",),
    "entry": ("entry",),
}


def citing(item: bibliography.Item, path: str) -> Citing:
    """A citation in every form."""
    forms = (Form(name, title, bibliography.form(name)(item).strip()) for name, title in words.FORMS.items())
    return Citing(item, path, tuple(forms))


def of_noun(site: Site, identifier: str, path: str) -> Citing | None:
    """The citation of a noun; None where it has none."""
    item = citation_item(site.index, identifier, site.base_url)
    return citing(item, path) if item else None


def cite_page(site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """Every form of a snapshot's citation."""
    found = held.identifier(names["id"])
    snapshot = held.snapshot(site, found)
    cited = of_noun(site, found, f"snapshot/{found}")
    if cited is None:
        raise held.unknown(found, "a snapshot")
    return page(site, "cite_page.html", title=cited.item.title, snapshot=snapshot, citing=cited)


def cited_file(site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """A citation as a file: of a snapshot, an article, a claim, or a piece of evidence."""
    found = held.identifier(names["id"])
    room = names["room"]
    kind = read.kind_of(site.index, found) or ""
    if kind not in _KINDS[room]:
        raise held.unknown(found, "evidence" if room == "evidence" else f"a snapshot or {room}")
    _allow(site, found, kind)
    item = citation_item(site.index, found, site.base_url)
    if item is None:
        raise held.unknown(found)
    # Back to the page that it describes (FAIR Signposting).
    page = link(f"{site.base}{room}/{found}", "describes", type="text/html")
    return file([item], names["form"]).saying(Link=page)


def _allow(site: Site, found: str, kind: str) -> None:
    """Whether all that a noun's citation quotes may be shown.

    :raises Missing: it is restricted.
    """
    if kind == "claim":
        claim = read.claim(site.index, found)
        held.text(site, claim.text if claim else found)
    elif kind == "evidence":
        span = read.evidence_span(site.index, found)
        held.text(site, span[1] if span else found)
    elif kind != "entry":
        # What a person named is in that person's words.
        held.snapshot(site, found)


def passage_file(site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """The citation of a passage as a file; as JSON-LD it is a Web Annotation."""
    found = held.identifier(names["id"])
    text = held.text(site, found)
    span = span_of(names["span"], text)
    held.quoted(site, held.snapshot(site, text.snapshot), span)
    item = passage_item(site.index, found, *span, site.base_url)
    if item is None:
        raise held.unknown(found, "a text")
    return file([item], names["form"])


def sources_page(site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """The bibliography of an article."""
    found = held.identifier(names["id"])
    snapshot = held.snapshot(site, found)
    sources = article_bibliography(site.index, _reading(site, found), site.base_url)
    items = [source.item for source in sources]
    return page(
        site,
        "bibliography.html",
        title=described(site.index, found)[0].title or snapshot.uri,
        snapshot=snapshot,
        sources=[(source, bibliography.plain(source.item).strip()) for source in sources],
        whole=[
            Form(name, title, bibliography.together(items, name).strip())
            for name, title in words.COLLECTED.items()
        ],
        path=f"article/{found}/bibliography",
    )


def sources_file(site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """The bibliography of an article as one file."""
    found = held.identifier(names["id"])
    held.snapshot(site, found)
    sources = article_bibliography(site.index, _reading(site, found), site.base_url)
    return file([source.item for source in sources], names["form"])


def _reading(site: Site, found: str) -> str:
    reading = read.newest_reading(site.index, found)
    if reading is None:
        said = f"No citations have been looked for in {found}: `pincite annotate {found}` does it."
        raise Missing(404, "No reading", said)
    return reading


# Tables whose ids are snapshots; a query may name them "id" as well.
_BY_ID = ("snapshots", "requisites", None)


def snapshot_column(columns: Sequence[str], table: str | None) -> str | None:
    """Which column of a table, or of a query, may hold the ids of snapshots.

    >>> snapshot_column(["id", "uri"], "snapshots"), snapshot_column(["id", "snapshot"], "texts")
    ('id', 'snapshot')
    >>> snapshot_column(["id", "label"], "citations")
    """
    if "snapshot" in columns:
        return "snapshot"
    return "id" if "id" in columns and table in _BY_ID else None


def snapshots_file(site: Site, named: Iterable[object], extension: str) -> Answer:
    """The citations of the snapshots that rows name, each once, in the order of the rows."""
    wanted = dict.fromkeys(one for one in named if isinstance(one, str) and one)
    items = (snapshot_item(site.index, one, site.base_url) for one in wanted)
    return file([item for item in items if item], extension)


def file(items: Sequence[bibliography.Item], extension: str) -> Answer:
    """Citations as one file, for programs of any origin."""
    made = bibliography.FILES[extension]
    said = headers(made.media) | {"Access-Control-Allow-Origin": "*"}
    return Answer(200, said, bibliography.together(items, made.form).encode("utf-8"))
