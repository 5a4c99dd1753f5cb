"""What every form of a citation says in the same words: dates, where it is kept, its passage. Pure."""

from archive.anchor import Locator
from archive.bibliography.items import Item
from archive.bibliography.words import one_line, safe_uri

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
NO_ADDRESS = "no public address is set"
# Marks that end a sentence, also behind a closing quotation mark.
_ENDS = (".", "?", "!", "…", "。", "？", "！", "؟")


def archived(item: Item) -> str:
    """When and where it is kept, and all that must be said with it; empty where there is nothing to say."""
    kept, said = item.kept, list(item.remarks)
    if kept:
        place = f"at {kept.address}" if kept.has_web_address else f"as {kept.address} ({NO_ADDRESS})"
        said.insert(0, f"Archived {kept.day} (UTC) {place}")
    return capital("; ".join(said))


def capital(words: str) -> str:
    """Words as the beginning of a sentence; an address stays as it is."""
    return words if "://" in words.partition(" ")[0] else words[:1].upper() + words[1:]


def note(item: Item) -> list[str]:
    """What formats without a place for it carry as notes: both addresses, the digest, the passage."""
    said = [f"Original: {safe_uri(item.original)}"] if item.original else []
    said += filter(None, [archived(item)])
    if item.kept:
        said.append(f"Digest of the payload: {item.kept.digest}")
    return said + passage(item)


def passage(item: Item) -> list[str]:
    """The passage of a pincite: place and words, and its address."""
    if item.pinpoint is None:
        return []
    return [quoted(item, locator(item.pinpoint.locator)), f"Passage: {item.pinpoint.address}"]


def quoted(item: Item, place: str) -> str:
    """A place with the words that stand there, where they may be shown."""
    words = item.pinpoint.quotation if item.pinpoint else ""
    return f"{place}: “{words}”" if words else place


def locator(found: Locator) -> str:
    """A locator without what a page label may hold besides its letters."""
    return one_line(str(found))


def ended(part: str) -> str:
    """A part of a citation with a full stop, where it does not end a sentence already."""
    return part if part.rstrip("”’\"'»")[-1:] in _ENDS else part + "."


def sentences(*parts: str) -> str:
    """Parts of a citation as sentences on one line."""
    return " ".join(ended(part) for part in parts if part) + "\n"


def iso(published: tuple[int, ...]) -> str:
    """A date as exact as it is known: ``2024``, ``2024-03``, ``2024-03-05``, or nothing."""
    return "-".join(f"{part:02}" for part in published)


def american(parts: tuple[int, ...]) -> str:
    """``March 5, 2024``, ``March 2024`` or ``2024``."""
    if len(parts) < 2:
        return "".join(map(str, parts))
    month = MONTHS[parts[1] - 1]
    return f"{month} {parts[2]}, {parts[0]}" if len(parts) > 2 else f"{month} {parts[0]}"
