"""Links brought from paper or markup to their places in the text of record. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.extract.clean import clean
from ingest.extract.page import Link


@dataclass(frozen=True, slots=True)
class Target:
    """A link annotation: its address, its words on the page, how many visible characters come before."""

    uri: str
    words: str
    before: int


def placed(texts: Sequence[str], targets: Sequence[Sequence[Target]]) -> tuple[Link, ...]:
    """The links whose words are found on their page, each at the occurrence nearest to where it was drawn.

    ``texts``: the pages as they stand in the text of record, which one character parts.
    """
    links: list[Link] = []
    offset = 0
    for text, found in zip(texts, targets, strict=True):
        page = [link for target in found if (link := _nearest(text, target))]
        page.sort(key=lambda link: (link.start or 0, link.end or 0))
        links += [
            replace(link, start=offset + (link.start or 0), end=offset + (link.end or 0))
            for link in joined(page, text)
        ]
        offset += len(text) + 1
    return tuple(links)


def _nearest(text: str, target: Target) -> Link | None:
    """A link at its words; a page's repaired text has its characters about where the paper had them."""
    label = re.escape(" ".join(clean(target.words).split())).replace(r"\ ", r"\s+")
    if not label:
        return None
    spans = list(_with_visible_before(text, label))
    if not spans:
        return None
    _, start, end = min(spans, key=lambda span: (abs(span[0] - target.before), span[1]))
    return Link(text[start:end], target.uri, start, end)


def _with_visible_before(text: str, label: str) -> Iterator[tuple[int, int, int]]:
    seen = at = 0
    for match in re.finditer(label, text):
        seen += len("".join(text[at : match.start()].split()))
        at = match.start()
        yield seen, match.start(), match.end()


def joined(links: Sequence[Link], body: str) -> list[Link]:
    """Links to one address that stand side by side as one: cut in two by an editor or by a line's end."""
    kept: list[Link] = []
    for link in links:
        last = kept[-1] if kept else None
        if last is not None and last.uri == link.uri and not body[last.end : link.start].strip(" "):
            kept[-1] = replace(last, label=body[last.start : link.end], end=link.end)
        else:
            kept.append(link)
    return kept
