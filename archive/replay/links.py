"""Links of a page, and what stands where a frame or plug-in stood. Pure."""

import re
from collections.abc import Mapping
from html import escape

from archive.replay.addresses import Addresses
from archive.replay.attributes import escaped, value, written
from archive.replay.pictures import MISSING, TINY

_PIXELS = re.compile(r"\d{1,4}%?", re.ASCII)
_WITHIN = ("#", "mailto:", "tel:")
_NAMED = {"iframe": "Frame", "frame": "Frame", "portal": "Frame", "fencedframe": "Frame"}


def leading(href: str, addresses: Addresses) -> dict[str, str]:
    """The attributes of a link: out of the frame unless it stays within the page; none if it goes nowhere."""
    found = addresses.link(href)
    if found is None:
        return {}
    if found.startswith(_WITHIN):
        return {"href": escaped(found)}
    return {"href": escaped(found), "target": "_top", "rel": "noreferrer nofollow"}


def placeholder(name: str, attributes: Mapping[str, str], addresses: Addresses) -> str:
    """What stands where something is that is never shown: what it was, of the size that it had."""
    given = {key: value(text) for key, text in attributes.items()}
    size = {key: given[key] for key in ("width", "height") if _PIXELS.fullmatch(given.get(key, ""))}
    if any(length in TINY for length in size.values()) or "hidden" in given:
        return ""
    lengths = ";".join(f"{key}:{text}{'' if text[-1] == '%' else 'px'}" for key, text in size.items())
    reference = next((given[key] for key in ("src", "data-src", "data") if given.get(key)), "")
    uri = addresses.absolute(reference)
    named = f": <a{written(leading(reference, addresses))}>{escape(uri[:200])}</a>" if uri else ""
    style = f' style="{lengths}"' if size else ""
    return f"<span {MISSING}{style}>{_NAMED.get(name, 'Plug-in')}, not shown{named}</span>"
