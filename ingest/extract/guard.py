"""Pages made to stall a parser: told in one linear pass, before anything is parsed. Pure.

Attribute checks are quadratic in libxml2 (340 kB of one tag's attributes: 3 s; 1 MB: minutes), and the
extractor is quadratic in blocks (100,000 paragraphs: 33 s). Such a tag loses its attributes; such a
page is rendered whole instead of being searched for its article.
"""

import re

_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{4000,}>?")
_NAME = re.compile(r"<[a-zA-Z][a-zA-Z0-9:-]{0,30}")
_ATTRIBUTE = re.compile(r"[\s/\"'][^\s=\"'/]+(?=\s*=|[\s/>\"'])")
_MOST_ATTRIBUTES = 400
# 20,000 paragraphs take the extractor 1.3 s, 100,000 take 33 s: it grows with the square.
MOST_BLOCKS = 25_000
_BLOCK = re.compile(r"<(?:p|tr|td|li|br|div|dt|dd|h[1-6])[\s/>]", re.IGNORECASE)
LONGEST = 20_000_000


def disarmed(source: str) -> str:
    """The page with every tag of hundreds of attributes reduced to its name."""
    return _LONG_TAG.sub(_shortened, source)


def _shortened(match: re.Match[str]) -> str:
    if len(_ATTRIBUTE.findall(match[0])) <= _MOST_ATTRIBUTES:
        return match[0]
    name = _NAME.match(match[0])
    return f"{name[0]}>" if name else ""


def is_heavy(source: str) -> bool:
    """Whether a page has more blocks than the extractor takes in fair time."""
    return sum(1 for _ in _BLOCK.finditer(source)) > MOST_BLOCKS
