"""A report as lines for a terminal, and as a page of HTML that stands alone, prints and needs no script."""

from collections.abc import Iterator

from lxml import html as trees
from lxml.html import builder as tag

from archive.bibliography.words import one_line
from archive.model import grouped
from archive.review.report import KINDS, Remark, Review

_SHORT = 160
_STYLE = """:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
body{overflow-wrap:anywhere}
h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2rem}li{margin:0 0 .8rem}p{margin:.2rem 0}
.found{opacity:.8}@media print{body{margin:0;max-width:none}}"""


def lines(report: Review) -> Iterator[str]:
    """The report for people at a terminal."""
    yield report.title or report.uri
    yield f"  {grouped(report.article)}  {report.uri}"
    yield f"  {_judged(report)}"
    for kind, heading in KINDS.items():
        found = [remark for remark in report.remarks if remark.kind == kind]
        if found:
            yield ""
            yield f"{heading}: {len(found)}"
            for remark in found:
                yield f"  {grouped(_subject(remark))}  {_short(remark.words)}"
                yield f"    {one_line(remark.detail)}"
    if not report.remarks:
        yield "Nothing to look at: every claim is cited, every source captured, and nothing differs."


def html(report: Review) -> str:
    """The same as a whole HTML document."""
    title = one_line(report.title or report.uri)
    parts = [
        tag.H1(title),
        tag.P(one_line(report.uri), tag.BR(), f"reading {grouped(report.reading)}"),
        tag.P(_judged(report)),
    ]
    for kind, heading in KINDS.items():
        found = [remark for remark in report.remarks if remark.kind == kind]
        if found:
            parts.append(tag.H2(f"{heading}: {len(found)}"))
            parts.append(tag.UL(*map(_item, found)))
    if not report.remarks:
        parts.append(tag.P("Nothing to look at."))
    parts.append(tag.P("A machine found the passages; only people judge them."))
    head = tag.HEAD(
        tag.META(charset="utf-8"),
        tag.META(name="viewport", content="width=device-width, initial-scale=1"),
        tag.TITLE(f"Review: {title}"),
        tag.STYLE(_STYLE),
    )
    page = tag.HTML(head, tag.BODY(tag.E.main(*parts)), lang="en")
    return str(trees.tostring(page, doctype="<!doctype html>", encoding="unicode"))


def _item(remark: Remark) -> object:
    found = tag.P(one_line(remark.detail), tag.CLASS("found"), dir="auto")
    return tag.LI(tag.P(one_line(remark.words), dir="auto"), found, tag.CODE(grouped(_subject(remark))))


def _subject(remark: Remark) -> str:
    return remark.claim or remark.citation or ""


def _short(words: str) -> str:
    words = one_line(words)
    return words if len(words) <= _SHORT else f"{words[: _SHORT - 1]}…"


def _judged(report: Review) -> str:
    people = f"{report.people} {'person' if report.people == 1 else 'people'}"
    claims = f"{report.judged} of {report.claims} claims judged"
    apart = f"; they disagree on {report.disputed}" if report.disputed else ""
    return f"{claims} by {people}{apart}" if report.people else claims
