"""The span of a text that an address names."""

from archive.model import Text
from archive.site.answers import Missing

# Beyond the digits of any offset: a longer number is nobody's.
_LONGEST = 30


def span_of(written: str, text: Text) -> tuple[int, int]:
    """Start and end, where the text has them.

    :raises Missing: it has not.
    """
    found = maybe_span(written, text)
    if found is None:
        raise Missing(404, "No such passage", f"The text has {len(text.body):,} characters, from 0.")
    return found


def maybe_span(written: str | None, text: Text) -> tuple[int, int] | None:
    """Start and end as ``start-end``, or None."""
    start, _, end = (written or "").partition("-")
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit()):
        return None
    if len(written or "") >= _LONGEST:
        return None
    return (int(start), int(end)) if 0 <= int(start) < int(end) <= len(text.body) else None
