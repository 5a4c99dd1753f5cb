"""Markdown to a text of record, with links, notes and headings at their places. [markdown_it]

    # Title        [words](https://…)        claim[^1]        [^1]: the note        --- front matter ---

CommonMark is rendered to HTML by the library and from there to text by the same hand as every page.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape

from lxml.html import HtmlElement, document_fromstring
from markdown_it import MarkdownIt

from archive.errors import ExtractionFailed
from archive.model import Heading, Metadata, PageDate
from archive.uri import is_web, join
from archive.warc.media.encoding import decode
from ingest.citations.entries import uri_of
from ingest.extract.clean import clean, squeeze, value
from ingest.extract.dates import iso_date
from ingest.extract.footnotes import footnotes, used
from ingest.extract.page import Extraction, Link, Links, Marker, Note, Page
from ingest.extract.render import Rendered, render
from ingest.extract.works import Work, works
from ingest.manuscripts.markdown import markdown_keys

EXTRACTOR = "pincite-markdown 3"
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_-]+):[ \t]*(.+?)[ \t]*$", re.MULTILINE)
# A bibliography that is carried along (ingest/bundle.py); Quarto's chunks, frames, short codes and marks.
_LIBRARY = re.compile(r"^(`{3,})\{=bibtex\}\n(.*?)\n\1[ \t]*$", re.DOTALL | re.MULTILINE)
_QUARTO = re.compile(
    r"^(`{3,})\{[A-Za-z][^}\n]*\}[^\n]*\n.*?^\1[ \t]*$|^:{3,}[^\n]*$|\{\{<[^\n]*?>\}\}|"
    r"(?<=\S)[ \t]*\{[#.][\w-][^{}\n]*\}[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
# [label]: address, which words inside notes refer to as well.
_TARGET = re.compile(r"^ {0,3}\[[^\]^][^\]]{0,200}\]:[ \t]*\S.*$", re.MULTILINE)
_NESTING = 20
_NUMBER = "urn:a:"
_NOTES_FROM = 1_000_000


def extract_markdown(page: Page) -> Extraction:
    """The text of a Markdown payload: what a reader of the rendered document reads."""
    source = clean(decode(page.payload, page.charset))
    front = _FRONT.match(source)
    fields = {name.lower(): _unquoted(written) for name, written in _FIELD.findall(front[1])} if front else {}
    source = source[front.end() :] if front else source
    known = {key: work for _, library in _LIBRARY.findall(source) for key, work in works(library).items()}
    source = _QUARTO.sub("", _LIBRARY.sub("", source))
    source, notes = footnotes(source)
    source, cited = _cited(source, known, len(notes))
    tree = _tree(source, list(notes))
    hrefs = _number(tree)
    rendered = render(tree)
    if not rendered.body:
        return Extraction(EXTRACTOR, reason="empty")
    links = _links(rendered, hrefs, page.uri)
    inside = {
        key: [f"@{one}" for one, _ in markdown_keys(text) if one in known] for key, text in notes.items()
    }
    markers = _markers(rendered, [*notes, *cited])
    # What a note cites is cited where the note's mark stands.
    markers += tuple(replace(use, note=one) for use in markers for one in inside.get(use.note, ()))
    cited = list(dict.fromkeys([*cited, *(one for found in inside.values() for one in found)]))
    shown = _notes(notes, "\n".join(_TARGET.findall(source)))
    return Extraction(
        EXTRACTOR, rendered.body, _metadata(fields, rendered), rendered.headings, share=1.0,
        links=replace(links, notes=(*shown, *_works(known, cited)), markers=markers),
    )  # fmt: skip


def _tree(source: str, notes: list[str]) -> HtmlElement:
    """The document as HTML. A note's use becomes a numbered link, so that its place is known later."""

    places = {key: _NOTES_FROM + number for number, key in enumerate(notes)}

    def marked(key: str) -> str | None:
        return f'<a href="{_NUMBER}{places[key]}">[{key}]</a>' if key in places else None

    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _NESTING}).enable("table")
    html = parser.render(used(source, marked))
    try:
        return document_fromstring(f"<html><body>{html}</body></html>")
    except ValueError as error:
        raise ExtractionFailed(f"not parsed: {error}"[:200]) from error


def _cited(source: str, known: Mapping[str, Work], notes: int) -> tuple[str, list[str]]:
    """The source with each key of the bibliography as a link to its work, and the works in their order."""
    keys = [(key, at) for key, at in markdown_keys(source) if key in known]
    order = list(dict.fromkeys(key for key, _ in keys))
    for key, at in reversed(keys):
        shown = re.compile(r"-?@(?:\{[^{}\s]*\}|" + re.escape(key) + ")").match(source, at)
        if shown:
            number = _NOTES_FROM + notes + order.index(key)
            link = f'<a href="{_NUMBER}{number}">{escape(shown[0])}</a>'
            source = source[:at] + link + source[shown.end() :]
    return source, [f"@{key}" for key in order]


def _works(known: Mapping[str, Work], cited: Sequence[str]) -> Iterator[Note]:
    for key in cited:
        work = known[key.removeprefix("@")]
        yield Note(key, key, work.label, work.uri)


def _number(tree: HtmlElement) -> list[str]:
    """Every link's address, its place in the list now being its target."""
    hrefs: list[str] = []
    for element in tree.iter("a"):
        href = element.get("href") or ""
        if not href.startswith(_NUMBER):
            element.set("href", f"{_NUMBER}{len(hrefs)}")
            hrefs.append(href)
    return hrefs


def _links(rendered: Rendered, hrefs: list[str], uri: str) -> Links:
    headings = {heading.start for heading in rendered.headings}
    links = []
    for number, start, end in rendered.links:
        if number < len(hrefs) and hrefs[number] and not hrefs[number].startswith("#"):
            target = hrefs[number] if is_web(hrefs[number]) else join(uri, hrefs[number])
            within = "heading" if start in headings else ""
            links.append(Link(rendered.body[start:end], target, start, end, within))
    return Links(tuple(links), uri=uri)


def _notes(notes: dict[str, str], targets: str) -> tuple[Note, ...]:
    made = []
    for key, written in notes.items():
        tree = _tree(f"{written}\n\n{targets}", [])
        href = next((element.get("href") or "" for element in tree.iter("a")), "")
        label = squeeze("".join(tree.itertext()))
        made.append(Note(key, f"[{key}]", label, href if is_web(href) else uri_of(label)))
    return tuple(made)


def _markers(rendered: Rendered, keys: list[str]) -> tuple[Marker, ...]:
    return tuple(
        Marker(start, end, rendered.body[start:end], keys[number - _NOTES_FROM])
        for number, start, end in rendered.links
        if number >= _NOTES_FROM
    )


def _metadata(fields: dict[str, str], rendered: Rendered) -> Metadata:
    written = fields.get("date") or fields.get("published")
    iso = iso_date(written) if written else None
    author = fields.get("author") or fields.get("authors") or ""
    return Metadata(
        title=value(fields.get("title") or _title(rendered), 500),
        authors=tuple(
            name for part in re.split(r"[;,]", author.strip("[]")) if (name := value(_unquoted(part), 200))
        ),
        date=PageDate(written, iso, "meta") if written and iso else None,
        language=value(fields.get("lang") or fields.get("language"), 20),
        description=value(fields.get("description") or fields.get("summary")),
    )


def _title(rendered: Rendered) -> str:
    heading: Heading | None = rendered.headings[0] if rendered.headings else None
    start = heading.start if heading and heading.level == 1 else 0
    line = rendered.body[start:].partition("\n")[0]
    return line if heading or len(line) <= 200 else ""


def _unquoted(written: str) -> str:
    return written.strip().strip("\"'")
