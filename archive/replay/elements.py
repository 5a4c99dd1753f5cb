"""Start tags of a page as a browser may have them, one by one. Pure."""

from collections.abc import Callable
from typing import ClassVar

from archive.replay.addresses import Addresses
from archive.replay.allowed import ANIMATIONS, LINKS, PAINTED, PARTS, VOID, is_element, is_plain
from archive.replay.attributes import escaped, parsed, raw, value, written
from archive.replay.css import rewritten
from archive.replay.links import leading, placeholder
from archive.replay.pictures import MISSING, alternatives, promoted, sources
from archive.replay.tokens import Token

_KEPT_META = frozenset(("viewport", "color-scheme", "theme-color"))
# Old elements that have a successor.
NOW = {"xmp": "pre", "listing": "pre", "plaintext": "pre"}
_NEVER_SHOWN = ("iframe", "frame", "portal", "fencedframe", "object", "embed", "applet")


class Elements:
    """Writes start tags anew. ``xml``: whether the page is XHTML, where ``<div/>`` is whole."""

    def __init__(self, addresses: Addresses, xml: bool) -> None:
        self._addresses = addresses
        self._xml = xml
        self._lazy: set[str] = set()
        self._known: dict[tuple[str, str, bool], str] = {}

    def start(self, token: Token, instead: bool) -> str:
        """A start tag, or nothing; ``instead``: whether it stands in a noscript."""
        special = self._SPECIAL.get(token.name)
        if token.name == "img":
            return self._picture(token, instead)
        return special(self, token) if special else self._ordinary(token)

    def _ordinary(self, token: Token) -> str:
        """The same tag gives the same again, so most are written once."""
        key = (token.name, token.source, token.closed)
        if key not in self._known:
            name = NOW.get(token.name, token.name)
            attributes = self._attributes(name, parsed(token.source)) if token.source else {}
            known = is_element(name) and (name not in ANIMATIONS or _animates_harmlessly(attributes))
            self._known[key] = self._tag(token, name, attributes) if known else ""
        return self._known[key]

    def _tag(self, token: Token, name: str, attributes: dict[str, str]) -> str:
        tag = f"<{name}{written(attributes)}"
        if token.closed and (token.foreign or name in ("svg", "math")):
            return f"{tag}/>"
        return f"{tag}></{name}>" if token.closed and self._xml and name not in VOID else f"{tag}>"

    def _attributes(self, name: str, given: dict[str, str]) -> dict[str, str]:
        kept: dict[str, str] = {}
        parts = PARTS.get(name, ())
        for key, text in given.items():
            if key in PAINTED:
                kept[key] = escaped(rewritten(value(text), self._addresses.needed))
            elif key in parts:
                found = self._addresses.needed(value(text))
                # Nothing but a place in the page itself can be used: a browser takes no other from us.
                if found and (name != "use" or found.startswith("#")):
                    kept["href" if key == "xlink:href" else key] = escaped(found)
            elif is_plain(key) and key != MISSING:
                kept[key] = raw(text)
        if name in LINKS:
            href = given.get("href") or given.get("xlink:href")
            kept |= leading(value(href), self._addresses) if href else {}
        return kept

    def _base(self, token: Token) -> str:
        href = parsed(token.source).get("href")
        if href is not None:
            self._addresses.base(value(href))
            self._known.clear()
        return ""

    def _link(self, token: Token) -> str:
        """A style sheet; icons, preloads and the like have no effect in a frame without scripts."""
        given = {name: value(text) for name, text in parsed(token.source).items()}
        relations = given.get("rel", "").lower().split()
        when_loaded = given.get("onload", "")
        late = "preload" in relations and given.get("as", "").lower() == "style" and "rel" in when_loaded
        if ("stylesheet" not in relations and not late) or "alternate" in relations:
            return ""
        if "css" not in given.get("type", "css").lower():
            return ""
        found = self._addresses.needed(given.get("href", ""))
        if found is None or found.startswith(("#", "data:")):
            return ""
        kept = {name: given[name] for name in ("media", "title", "disabled") if name in given}
        # Loaded for print, and for all once it is there: a script's way not to wait for it.
        if "media" in kept and "media" in when_loaded:
            kept["media"] = "all"
        named = {"rel": "stylesheet", "href": found} | kept
        return f"<link{written({name: escaped(text) for name, text in named.items()})}>"

    def _meta(self, token: Token) -> str:
        given = parsed(token.source)
        name = value(given.get("name", "")).lower()
        if name not in _KEPT_META or "http-equiv" in given:
            return ""
        return f'<meta name="{name}" content="{raw(given.get("content", ""))}">'

    def _picture(self, token: Token, instead: bool) -> str:
        """A picture, once: beside a lazy one a noscript shows the same."""
        given = parsed(token.source)
        if instead and self._addresses.absolute(value(given.get("src", ""))) in self._lazy:
            return ""
        self._lazy.update(promoted(given, self._addresses))
        return self._tag(token, "img", self._attributes("img", given) | sources(given, self._addresses))

    def _source(self, token: Token) -> str:
        given = parsed(token.source)
        found = alternatives(given, self._addresses)
        return self._tag(token, "source", self._attributes("source", given) | found) if found else ""

    def _medium(self, token: Token) -> str:
        kept = self._attributes(token.name, parsed(token.source))
        return self._tag(token, token.name, kept | {"controls": ""})

    def _never_shown(self, token: Token) -> str:
        return placeholder(token.name, parsed(token.source), self._addresses)

    _SPECIAL: ClassVar["dict[str, Callable[[Elements, Token], str]]"] = {
        "base": _base,
        "link": _link,
        "meta": _meta,
        "source": _source,
        "video": _medium,
        "audio": _medium,
        **dict.fromkeys(_NEVER_SHOWN, _never_shown),
    }


def _animates_harmlessly(attributes: dict[str, str]) -> bool:
    """Whether an animation changes anything but where a link leads."""
    return value(attributes.get("attributename", "")).strip().lower().rpartition(":")[2] != "href"
