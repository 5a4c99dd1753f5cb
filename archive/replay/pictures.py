"""Pictures: lazy ones as scripts would have shown them, of several widths those that are here. Pure."""

from collections.abc import Iterator, Mapping

from archive.replay.addresses import Addresses, candidates
from archive.replay.allowed import LAZY, LAZY_SETS
from archive.replay.attributes import escaped, value
from archive.replay.css import NOTHING

MISSING = "data-pincite-missing"
# Pictures of one or two pixels count visitors; that they are missing is nothing to show.
TINY = ("0", "1", "2")


def sources(given: Mapping[str, str], addresses: Addresses) -> dict[str, str]:
    """``src`` and ``srcset`` of a picture, from what the visit brought; marked where it brought nothing.

    What a lazy loader would have put there goes before what stands there until then.
    """
    lazy_set = _set(given, LAZY_SETS, addresses)
    lazy = _first(given, LAZY, addresses)
    stated_set = "" if lazy or lazy_set else _set(given, ("srcset",), addresses)
    found = {"srcset": lazy_set or stated_set}
    chosen = lazy or _first(given, ("src",), addresses) or _last(found["srcset"])
    if chosen is None:
        for reference in _references(given, (*LAZY, "src")):
            addresses.lack(reference)
            break
        tiny = value(given.get("width", "")) in TINY or value(given.get("height", "")) in TINY
        return {"src": NOTHING} | ({} if tiny else {MISSING: ""})
    found["src"] = chosen
    if lazy or lazy_set:
        # The most used loader (lazysizes) hides a picture until it has given it another class.
        classes = value(given.get("class", "")).split()
        found["class"] = " ".join("lazyloaded" if name == "lazyload" else name for name in classes)
    return {name: escaped(text) for name, text in found.items() if text}


def alternatives(given: Mapping[str, str], addresses: Addresses) -> dict[str, str]:
    """``srcset`` or ``src`` of a ``<source>``; empty where nothing of it is here."""
    found = _set(given, (*LAZY_SETS, "srcset"), addresses)
    if found:
        return {"srcset": escaped(found)}
    medium = _first(given, ("src", "data-src"), addresses)
    return {"src": escaped(medium)} if medium else {}


def promoted(given: Mapping[str, str], addresses: Addresses) -> Iterator[str]:
    """The absolute addresses that lazy attributes name: what stands in a ``<noscript>`` beside them too."""
    for reference in _references(given, LAZY):
        whole = addresses.absolute(reference)
        if whole:
            yield whole


def _references(given: Mapping[str, str], names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        reference = value(given.get(name, "")).strip()
        if reference:
            yield reference


def _first(given: Mapping[str, str], names: tuple[str, ...], addresses: Addresses) -> str | None:
    for reference in _references(given, names):
        found = addresses.part(reference)
        if found and not found.startswith("#"):
            return found
    return None


def _set(given: Mapping[str, str], names: tuple[str, ...], addresses: Addresses) -> str:
    for reference in _references(given, names):
        here = [(addresses.part(uri), descriptor) for uri, descriptor in candidates(reference)]
        found = ", ".join(f"{uri} {descriptor}".strip() for uri, descriptor in here if uri and uri[0] != "#")
        if found:
            return found
    return ""


def _last(srcset: str) -> str | None:
    """The largest of several widths, as they are mostly written."""
    return srcset.rpartition(", ")[2].partition(" ")[0] or None
