"""Citations to paste into pages: Wikipedia's cite web, Markdown, and an HTML link by Robust Links. Pure."""

import re
from html import escape
from urllib.parse import quote

from archive.bibliography.items import Item
from archive.bibliography.said import NO_ADDRESS, iso, locator, sentences
from archive.bibliography.words import safe_uri
from archive.uri import is_web

# What wikitext obeys: braces and pipes end a parameter, brackets, quotes, tildes and underscores mark up.
_WIKITEXT = {ord(symbol): f"&#{ord(symbol)};" for symbol in "{}|[]<>"}
_WIKI_RUNS = re.compile(r"'{2,}|~{3,}|_{2,}")
# Beyond RFC 3986 what ends or marks up an address in wikitext.
_WIKI_URI = str.maketrans({symbol: quote(symbol) for symbol in "[]'"})
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+!|~$^&:@-])")


def wikipedia(item: Item) -> str:
    """``{{cite web}}`` with ``archive-url``, ``archive-date``, ``url-status``, and ``quote`` for a passage.

    ``url-status`` is ``dead`` where the newest visit of this archive to the address brought an error or
    nothing, else ``live``. What the template has no parameter for follows it.
    """
    said = "".join(f" |{name}={value}" for name, value in _parameters(item) if value)
    behind = [*item.remarks, *([f"passage: {item.pinpoint.address}"] if item.pinpoint else [])]
    return f"{{{{cite web{said}}}}}{''.join(f' ({_wiki(remark)})' for remark in behind)}\n"


def _parameters(item: Item) -> list[tuple[str, str]]:
    kept, found = item.kept, item.pinpoint
    address = kept.address if kept and kept.has_web_address else ""
    original = item.original if is_web(item.original) else ""
    dated = [("access-date", kept.day)] if kept and original else []
    if address and original:
        archive = [("archive-url", address), ("archive-date", kept.day if kept else "")]
        dated += [*archive, ("url-status", "dead" if kept and kept.lost else "live")]
    elif kept and not address:
        dated.append(("id", f"{kept.address} ({NO_ADDRESS}; archived {kept.day})"))
    if kept and not original:
        # No address of the web: a file is named by its digest, and the snapshot is all that can be followed.
        dated += [("access-date", kept.day if address else ""), ("via", _wiki(safe_uri(item.original)))]
    place = [("page" if found.locator.unit == "page" else "at", _place(item))] if found else []
    return [
        *_wiki_authors(item),
        ("title", _wiki(item.title)),
        ("website", _wiki(item.site)),
        ("date", iso(item.published)),
        ("url", safe_uri(original or address).translate(_WIKI_URI)),
        *dated,
        ("language", _wiki(item.language)),
        *place,
        ("quote", _wiki(found.quotation) if found else ""),
    ]


def _place(item: Item) -> str:
    """A page's label as ``page=`` wants it, bare; another place as ``at=`` has it, with its word."""
    if item.pinpoint is None:
        return ""
    place = locator(item.pinpoint.locator)
    return _wiki(place.partition(" ")[2] if item.pinpoint.locator.unit == "page" else place)


def _wiki_authors(item: Item) -> list[tuple[str, str]]:
    said: list[tuple[str, str]] = []
    for number, name in enumerate(item.authors, start=1):
        if name.given:
            given = f"{name.given} {name.suffix}".strip()
            said += [(f"last{number}", _wiki(name.surname)), (f"first{number}", _wiki(given))]
        else:
            said.append((f"author{number}", _wiki(name.family)))
    return said


def _wiki(words: str) -> str:
    """Words that wikitext prints as they are."""
    plain = words.replace("&", "&amp;").translate(_WIKITEXT)
    return _WIKI_RUNS.sub(lambda run: "".join(f"&#{ord(symbol)};" for symbol in run[0]), plain)


def markdown(item: Item) -> str:
    """One line of Markdown: the title leads to the original, the day of capture to the snapshot."""
    kept = item.kept
    title = _link(item.title, item.original)
    archive = _link(f"archived {kept.day}", kept.address) if kept else ""
    if kept and not kept.has_web_address:
        archive = f"archived {kept.day} as `{kept.address}`, {NO_ADDRESS}"
    authors = "; ".join(name.natural for name in item.authors)
    dated = ", ".join(filter(None, (item.site, iso(item.published) or "undated")))
    named = "" if is_web(item.original) else safe_uri(item.original)
    behind = ", ".join(filter(None, (archive, *map(_md, item.remarks))))
    return sentences(
        _md(authors), title, _md(dated), _md(named), f"({behind})" if behind else "", *_md_pin(item)
    )


def _md_pin(item: Item) -> list[str]:
    if item.pinpoint is None:
        return []
    place, words = _link(locator(item.pinpoint.locator), item.pinpoint.address), item.pinpoint.quotation
    bare = "" if is_web(item.pinpoint.address) else f" (`{item.pinpoint.address}`)"
    return [f"{place}{bare}: “{_md(words)}”" if words else f"{place}{bare}"]


def _link(words: str, address: str) -> str:
    """A link where there is a web address, else the words."""
    return f"[{_md(words)}](<{safe_uri(address)}>)" if is_web(address) else _md(words)


def _md(words: str) -> str:
    """Words that Markdown prints as they are."""
    return _MARKDOWN.sub(r"\\\1", words)


def robust_link(item: Item) -> str:
    """An HTML link with ``data-originalurl``, ``data-versionurl`` and ``data-versiondate`` (Robust Links).

    The address of the snapshot is left out where it has none that others can follow, and named behind it.
    """
    kept = item.kept
    attributes = {"href": safe_uri(item.original)} if is_web(item.original) else {}
    attributes |= {"data-originalurl": safe_uri(item.original)} if item.original else {}
    if kept and kept.has_web_address:
        attributes.setdefault("href", kept.address)
        attributes["data-versionurl"] = kept.address
    if kept:
        attributes["data-versiondate"] = kept.day
    said = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    link = (
        f"<a{said}>{escape(item.title)}</a>"
        if "href" in attributes
        else f"<span{said}>{escape(item.title)}</span>"
    )
    behind = list(item.remarks)
    if kept and not kept.has_web_address:
        behind.insert(0, f"archived as {kept.address}, {NO_ADDRESS}")
    return link + "".join(f" ({escape(remark)})" for remark in behind) + _quoted_html(item) + "\n"


def _quoted_html(item: Item) -> str:
    if item.pinpoint is None:
        return ""
    words, address = item.pinpoint.quotation, item.pinpoint.address
    place = escape(locator(item.pinpoint.locator))
    linked = f'<a href="{escape(address)}">{place}</a>' if is_web(address) else f"{place} ({escape(address)})"
    cited = f' cite="{escape(address)}"' if is_web(address) else ""
    return f", {linked}" + (f": <q{cited}>{escape(words)}</q>" if words else "")
