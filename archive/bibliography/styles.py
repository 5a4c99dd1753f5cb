"""Citations as styles print them: APA 7, MLA 9, Chicago 18, Bluebook-like, and one plain line. Pure.

Written by hand: no style of CSL has a place for the address of a snapshot, and those that print one at all
print it wrong (citation-style-language/schema#387). Where a manual is silent on archived pages, its rule for
web pages holds and the snapshot follows the original. Plain text has no italics.
"""

from collections.abc import Callable, Sequence

from archive.anchor import Locator
from archive.bibliography.items import Item
from archive.bibliography.names import Name
from archive.bibliography.said import (
    MONTHS,
    NO_ADDRESS,
    american,
    archived,
    capital,
    ended,
    iso,
    locator,
    quoted,
    sentences,
)
from archive.bibliography.words import date_parts, one_line, safe_uri

# From so many authors on a style prints only the first (APA 9.8, MLA 5.7, Chicago 13.78).
_APA_MOST, _APA_FIRST = 20, 19
_MLA_MOST = 2
_CHICAGO_MOST, _CHICAGO_FIRST = 6, 3


def plain(item: Item) -> str:
    """One line for a footnote: author, title, site, date, original address, archived address."""
    published = iso(item.published) or ("undated" if item.site else "Undated")
    return sentences(
        "; ".join(name.natural for name in item.authors),
        f"“{item.title}”",
        ", ".join(filter(None, (item.site, published))),
        safe_uri(item.original),
        archived(item),
        *_pinned(item, _full),
    )


def apa(item: Item) -> str:
    """APA 7: ``Doe, J. Q. (2024, March 5). Title. Site. ORIGINAL. Archived March 6, 2024, at SNAPSHOT.``"""
    date = f"({_apa_date(item.published)})"
    authors = _apa_authors(item.authors)
    head = (f"{ended(authors)} {date}", item.title) if authors else (item.title, date)
    return sentences(*head, item.site, safe_uri(item.original), *_kept(item, "at"), *_pinned(item, _full))


def _apa_date(parts: tuple[int, ...]) -> str:
    if len(parts) < 2:
        return "".join(map(str, parts)) or "n.d."
    return f"{parts[0]}, {MONTHS[parts[1] - 1]}{f' {parts[2]}' if len(parts) > 2 else ''}"


def _apa_authors(names: Sequence[Name]) -> str:
    said = [", ".join(filter(None, (name.surname, name.initials, name.suffix))) for name in names]
    if len(said) > _APA_MOST:
        return ", ".join(said[:_APA_FIRST]) + f", … {said[-1]}"
    return ", & ".join([", ".join(said[:-1]), said[-1]]) if len(said) > 1 else "".join(said)


def mla(item: Item) -> str:
    """MLA 9: ``Doe, Jane. “Title.” Site, 5 Mar. 2024, ORIGINAL. Pincite, SNAPSHOT. Archived 6 Mar. 2024.``"""
    container = ", ".join(filter(None, (item.site, _mla_date(item.published), safe_uri(item.original))))
    kept = (
        [f"Pincite, {_place(item)}", f"Archived {_mla_date(date_parts(item.kept.date))}"] if item.kept else []
    )
    remarks = map(capital, item.remarks)
    head = (_first_inverted(item.authors, _MLA_MOST, 1), _titled(item))
    return sentences(*head, container, *kept, *remarks, *_pinned(item, _mla_place))


def _mla_date(parts: tuple[int, ...]) -> str:
    if len(parts) < 2:
        return "".join(map(str, parts))
    name = MONTHS[parts[1] - 1]
    month = name if len(name) < 5 else ("Sept." if name == "September" else f"{name[:3]}.")
    return f"{parts[2]} {month} {parts[0]}" if len(parts) > 2 else f"{month} {parts[0]}"


def chicago(item: Item) -> str:
    """Chicago 18, bibliography: ``Doe, Jane Q. “Title.” Site, March 5, 2024. ORIGINAL, archived …, at ….``"""
    dated = ", ".join(
        filter(None, (item.site, american(item.published) or ("n.d." if item.site else "N.d.")))
    )
    kept = (
        [f"archived {american(date_parts(item.kept.date))}, at Pincite, {_place(item)}"] if item.kept else []
    )
    where = ", ".join([*filter(None, [safe_uri(item.original)]), *kept])
    head = (_first_inverted(item.authors, _CHICAGO_MOST, _CHICAGO_FIRST), _titled(item), dated)
    return sentences(*head, capital(where), *map(capital, item.remarks), *_pinned(item, _chicago_place))


def bluebook(item: Item) -> str:
    """Bluebook 18.2 in plain letters: ``Jane Doe, Title, Site ¶ 7 (Mar. 5, 2024), ORIGINAL [SNAPSHOT].``"""
    names = [name.natural for name in item.authors]
    authors = " & ".join(names) if len(names) < 3 else f"{names[0]} et al."
    site = item.site or "[no site named]"
    if item.pinpoint:
        site += f" {_bluebook_place(item.pinpoint.locator)}"
    where = filter(None, (safe_uri(item.original), f"[{_place(item)}]" if item.kept else ""))
    said = ", ".join(filter(None, (authors, item.title, f"{site} ({_bluebook_date(item)})", " ".join(where))))
    more = [f"({remark})" for remark in item.remarks]
    if item.pinpoint:
        more += [f"(“{words}”)" for words in [item.pinpoint.quotation] if words]
        more += [f"[{item.pinpoint.address}]"]
    return sentences(" ".join([said, *more]))


def _bluebook_date(item: Item) -> str:
    if item.published:
        return _short_american(item.published)
    return f"archived {_short_american(date_parts(item.kept.date))}" if item.kept else "undated"


def _short_american(parts: tuple[int, ...]) -> str:
    """``Mar. 5, 2024``; months as Bluebook's table T12 shortens them."""
    short = american(parts)
    for name in MONTHS:
        if len(name) > 4:
            short = short.replace(name, "Sept." if name == "September" else f"{name[:3]}.")
    return short


STYLES: dict[str, Callable[[Item], str]] = {
    "apa": apa,
    "mla": mla,
    "chicago": chicago,
    "bluebook": bluebook,
}


def _titled(item: Item) -> str:
    """A title in quotation marks, its full stop inside them."""
    return f"“{ended(item.title)}”"


def _place(item: Item) -> str:
    if item.kept is None or item.kept.has_web_address:
        return item.kept.address if item.kept else ""
    return f"{item.kept.address} ({NO_ADDRESS})"


def _kept(item: Item, word: str) -> list[str]:
    said = list(map(capital, item.remarks))
    if item.kept:
        said.insert(0, f"Archived {american(date_parts(item.kept.date))}, {word} {_place(item)}")
    return said


def _first_inverted(names: Sequence[Name], most: int, first: int) -> str:
    """Authors, the first with the surname before: all where there are no more than ``most``."""
    said = [name.natural if n else name.inverted for n, name in enumerate(names)]
    if len(said) > most:
        return ", ".join(said[:first]) + ", et al."
    if len(said) < 2:
        return "".join(said)
    return f"{', '.join(said[:-1])}, and {said[-1]}"


def _pinned(item: Item, place: Callable[[Locator], str]) -> list[str]:
    if item.pinpoint is None:
        return []
    return [quoted(item, place(item.pinpoint.locator)), item.pinpoint.address]


def _full(found: Locator) -> str:
    return locator(found)


def _mla_place(found: Locator) -> str:
    several = found.first != found.last
    return _placed(
        found, ("pp." if several else "p.") if found.unit == "page" else "pars." if several else "par."
    )


def _chicago_place(found: Locator) -> str:
    return _placed(found, "") if found.unit == "page" else locator(found)


def _bluebook_place(found: Locator) -> str:
    several = found.first != found.last
    return _placed(found, "at" if found.unit == "page" else "¶¶" if several else "¶")


def _placed(found: Locator, word: str) -> str:
    places = found.first if found.first == found.last else f"{found.first}–{found.last}"
    return one_line(f"{word} {places}")
