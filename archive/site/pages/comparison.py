"""Two snapshots side by side: what became of the cited passages, then the running text with its changes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from archive.comparing import Change, State
from archive.documents.comparison import CitedFate, Comparison, compared, comparison_document
from archive.index import read
from archive.model import Snapshot, Text
from archive.site import words
from archive.site.answers import Answer, Missing, Site, document, page
from archive.site.pages import held
from archive.site.pages.lists import page_number
from archive.site.publishing import LONGEST_QUOTATION

# What is the same beyond this on either side of a change is folded into a link to it.
CONTEXT = 240
# What was put in or taken out whole is shown so far.
LONGEST = 4_000
CHANGES_A_PAGE = 200
URGENCY: tuple[State, ...] = ("changed", "gone", "ambiguous", "moved", "unchanged")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of the running text: ``same``, ``removed``, ``added`` or, where they are folded, ``folded``.

    A folded piece has no words: ``start`` to ``end`` of the text ``text_id`` are the same (``more`` empty),
    or are the rest of what was ``removed`` or ``added``.
    """

    kind: str
    words: str = ""
    text_id: str = ""
    start: int = 0
    end: int = 0
    more: str = ""


@dataclass(frozen=True, slots=True)
class ShownFate:
    """A cited passage beside what became of it: the words before and after, cut where they differ.

    ``text_id``: the text that it is cited in.
    """

    found: CitedFate
    said: str
    text_id: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def diff(site: Site, names: Mapping[str, str], asked: Mapping[str, str]) -> Answer:
    """``/snapshot/<id>/diff/<id>``: from the first snapshot's text to the second's."""
    snapshots = _snapshot(site, names["id"]), _snapshot(site, names["other"])
    texts = _text(site, snapshots[0]), _text(site, snapshots[1])
    comparison = compared(site.index, snapshots, texts)
    counted = _counted(comparison)
    whole = all(site.publishing.shows_whole(snapshot.uri) for snapshot in snapshots)
    if not whole:
        comparison = _for_all(comparison)
    if names.get("ext"):
        return document(comparison_document(comparison))
    changed = sum(not change.same for change in comparison.changes)
    number = min(page_number(asked), max(1, -(-changed // CHANGES_A_PAGE)))
    return page(
        site,
        "diff.html",
        title="What changed between two snapshots",
        snapshots=snapshots,
        texts=texts,
        same=texts[0].body == texts[1].body,
        count=counted,
        changes=changed,
        cited=sorted((_shown(one, texts) for one in comparison.cited), key=_urgency),
        fates=_tally(comparison),
        whole=whole,
        pieces=list(_running(_on_page(comparison.changes, number), texts)),
        number=number,
        more=changed > number * CHANGES_A_PAGE,
    )


def _snapshot(site: Site, written: str) -> Snapshot:
    return held.snapshot(site, held.identifier(written))


def _text(site: Site, snapshot: Snapshot) -> Text:
    text = read.text_in_use(site.index, snapshot.id)
    if text is None or not text.body:
        said = f"The snapshot of {snapshot.date} has no text: it is a redirect, an error, or not yet read."
        raise Missing(404, "No text to compare", said)
    return text


def _for_all(comparison: Comparison) -> Comparison:
    """Where the copies are not for the public: the cited passages alone, as far as they are quotations."""
    fates = ((one, one.fate) for one in comparison.cited)
    short = tuple(one for one, fate in fates if (fate.end or 0) - (fate.start or 0) <= LONGEST_QUOTATION)
    return replace(comparison, changes=(), cited=short)


def _counted(comparison: Comparison) -> tuple[int, int, int]:
    """How many words are the same, were taken out, were put in."""
    one, other = (text.body for text in comparison.texts)
    same = removed = added = 0
    for change in comparison.changes:
        before = len(one[change.start : change.end].split())
        if change.same:
            same += before
        else:
            removed += before
            added += len(other[change.other_start : change.other_end].split())
    return same, removed, added


def _shown(found: CitedFate, texts: tuple[Text, Text]) -> ShownFate:
    """A passage beside its fate, the earlier text's words always first."""
    ends = (found.cited_in, 1 - found.cited_in)
    home, away = (texts[end].body for end in ends)
    fate, exact = found.fate, found.cited.passage.exact
    here = tuple(_cut(fate.changes, home, "start", "end")) or (Piece("same", exact),)
    there = tuple(_cut(fate.changes, away, "other_start", "other_end"))
    if not there and fate.start is not None:
        there = (Piece("same", away[fate.start : fate.end]),)
    before, after = (here, there) if found.cited_in == 0 else (there, here)
    return ShownFate(found, words.FATES[fate.state], texts[found.cited_in].id, before, after)


def _urgency(shown: ShownFate) -> int:
    """What was edited or is gone first, each kind in the order of the text."""
    return URGENCY.index(shown.found.fate.state)


def _tally(comparison: Comparison) -> list[tuple[State, int]]:
    counted = Counter(one.fate.state for one in comparison.cited)
    return [(state, counted[state]) for state in URGENCY if counted[state]]


def _cut(changes: Iterable[Change], body: str, start: str, end: str) -> Iterator[Piece]:
    for change in changes:
        written = body[getattr(change, start) : getattr(change, end)]
        if written:
            yield Piece("same" if change.same else "other", written)


def _on_page(changes: tuple[Change, ...], number: int) -> list[Change]:
    """The changes of a page, with what is the same around them."""
    first, last = (number - 1) * CHANGES_A_PAGE, number * CHANGES_A_PAGE
    at = [place for place, change in enumerate(changes) if not change.same][first:last]
    return list(changes[max(0, at[0] - 1) : at[-1] + 2]) if at else list(changes)


def _running(changes: list[Change], texts: tuple[Text, Text]) -> Iterator[Piece]:
    for number, change in enumerate(changes):
        if change.same:
            yield from _same(change, texts[1], number == 0, number == len(changes) - 1)
        else:
            yield from _whole("removed", texts[0], change.start, change.end)
            yield from _whole("added", texts[1], change.other_start, change.other_end)


def _same(change: Change, text: Text, first: bool, last: bool) -> Iterator[Piece]:
    """What is the same: whole where it is short, else its ends beside the changes."""
    start, end = change.other_start, change.other_end
    head = start if first else min(end, start + CONTEXT)
    tail = end if last else max(head, end - CONTEXT)
    if tail - head < CONTEXT:
        head = tail = end
    if head > start:
        yield Piece("same", _lines(text.body[start:head]))
    if tail > head:
        yield Piece("folded", "", text.id, head, tail)
    if end > tail:
        yield Piece("same", _lines(text.body[tail:end]))


def _whole(kind: str, text: Text, start: int, end: int) -> Iterator[Piece]:
    shown = min(end, start + LONGEST)
    if shown > start:
        yield Piece(kind, _lines(text.body[start:shown]))
    if end > shown:
        yield Piece("folded", "", text.id, shown, end, kind)


def _lines(written: str) -> str:
    return written.replace("\f", "\n")
