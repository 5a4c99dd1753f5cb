"""Whether a page asks that no archive shows a copy of it: `noarchive`, in HTTP fields or meta tags. Pure."""

import re
from collections.abc import Iterable

from archive.model import Metadata

WORD = "noarchive"
_FIELD = "x-robots-tag"


def asks_not_to_be_shown(fields: Iterable[tuple[str, str]], metadata: Metadata) -> str | None:
    """Where a page says so, in words for its tombstone; None where it does not.

    ``fields``: of its HTTP answer. A rule that is meant for one crawler (`googlebot: noarchive`) counts: its
    author does not want the copy to be seen.

    >>> asks_not_to_be_shown([("X-Robots-Tag", "otherbot: noindex, NOARCHIVE")], Metadata())
    'the page asks that no archive shows a copy of it (X-Robots-Tag: noarchive)'
    >>> asks_not_to_be_shown([], Metadata(robots=("index", "nosnippet")))
    """
    said = [value.lower() for name, value in fields if name.lower() == _FIELD]
    if any(WORD in map(str.strip, re.split("[,:]", value)) for value in said):
        return f"the page asks that no archive shows a copy of it (X-Robots-Tag: {WORD})"
    if WORD in metadata.robots:
        return f"the page asks that no archive shows a copy of it (meta robots: {WORD})"
    return None
