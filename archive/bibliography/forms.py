"""The forms of a citation by their names, and many citations in one file. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count

from archive.bibliography.hayagriva import hayagriva
from archive.bibliography.interchange import csl_json, ris
from archive.bibliography.items import Item
from archive.bibliography.latex import biblatex, bibtex
from archive.bibliography.linked import json_ld
from archive.bibliography.markup import markdown, robust_link, wikipedia
from archive.bibliography.styles import STYLES, plain

FORMATS: dict[str, Callable[[Item], str]] = {
    "plain": plain,
    "bibtex": bibtex,
    "biblatex": biblatex,
    "hayagriva": hayagriva,
    "ris": ris,
    "csl-json": lambda item: csl_json([item]),
    "wikipedia": wikipedia,
    "robust-link": robust_link,
    "markdown": markdown,
    "jsonld": json_ld,
}


@dataclass(frozen=True, slots=True)
class File:
    """A form that stands at an address of its own: which form, and its media type."""

    form: str
    media: str


# By what follows the address of a page. JSON is UTF-8 by its own standard and has no charset.
FILES = {
    "bib": File("bibtex", "application/x-bibtex; charset=utf-8"),
    "biblatex": File("biblatex", "application/x-bibtex; charset=utf-8"),
    "ris": File("ris", "application/x-research-info-systems; charset=utf-8"),
    "csl.json": File("csl-json", "application/vnd.citationstyles.csl+json"),
    "jsonld": File("jsonld", "application/ld+json"),
}


def form(name: str) -> Callable[[Item], str]:
    """What makes a format or style of that name.

    :raises KeyError: there is none.
    """
    return STYLES[name] if name in STYLES else FORMATS[name]


def together(items: Iterable[Item], name: str) -> str:
    """Many citations as one file, no two of them with the same key."""
    apart = keyed_apart(list(items))
    if name == "csl-json":
        return csl_json(apart)
    make = form(name)
    return ("\n" if name in ("bibtex", "biblatex") else "").join(map(make, apart))


def keyed_apart(items: Sequence[Item]) -> list[Item]:
    """The items, no two with the same key: one that stands again, in whatever case, gets a number."""
    taken = {item.key.lower() for item in items}
    used: set[str] = set()
    apart: list[Item] = []
    for item in items:
        numbered = (f"{item.key}-{number}" for number in count(2))
        key = item.key
        if key.lower() in used:
            key = next(new for new in numbered if new.lower() not in taken)
            taken.add(key.lower())
        used.add(key.lower())
        apart.append(replace(item, key=key))
    return apart
