"""How a source is akin to the article: the same text, citing it, from the same publisher. Pure.

The first two prove nothing of the article's claims: their matches are shown, and do not lead.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from archive import uri
from archive.quotations import plain
from ingest.evidence.source import ArticleText, Index, Source
from ingest.evidence.words import fold, stems

SAME_TEXT = "same text"
CITES = "cites this article"
SAME_PUBLISHER = "same publisher"
TRAILING = frozenset({SAME_TEXT, CITES})

# A source that has this share of the article's runs of five words has its text; a page on the same subject
# that both quote from was seen to have 0.1 at most.
_RUN, _SHARE = 5, 0.5
# A title of fewer words or letters may stand in any text.
_TITLE_WORDS, _TITLE_LETTERS = 4, 24
_ADDRESS = re.compile(r"\d+(?:\.\d+){3}|.*:.*")
_SCHEME = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)


def labels(article: ArticleText, index: Index) -> tuple[str, ...]:
    """What a source is to the article; empty for a source that stands by itself."""
    found = []
    if same_text(article.body, index):
        found.append(SAME_TEXT)
    elif cites(article, index):
        found.append(CITES)
    if same_publisher(article, index.source):
        found.append(SAME_PUBLISHER)
    return tuple(found)


def same_text(article: str, index: Index) -> bool:
    """Whether a source has most of the article's text, in its words and order."""
    if article == index.source.body:
        return True
    words = _words(article)
    # Cheap, and enough for almost every page: most of its words are not even there.
    mine = set(words)
    if len(mine & index.postings.keys()) < _SHARE * len(mine):
        return False
    runs = _runs(words)
    theirs = _runs(tuple(chain.from_iterable(index.words)))
    return bool(runs) and len(runs & theirs) >= _SHARE * len(runs)


@lru_cache(maxsize=2)
def _words(text: str) -> tuple[str, ...]:
    return stems(text)


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}


def cites(article: ArticleText, index: Index) -> bool:
    """Whether a source names the article by its address or its title."""
    address = _SCHEME.sub("", article.uri or "").rstrip("/")
    if "/" in address and address in index.source.body:
        return True
    title = plain(article.title or "")
    if len(title) < _TITLE_LETTERS or len(title.split()) < _TITLE_WORDS:
        return False
    if title == plain(index.source.title or "") or not set(stems(title)) <= index.postings.keys():
        return False
    return bool(index.plain.find(title))


def same_publisher(article: ArticleText, source: Source) -> bool:
    """Whether both are of one site, by what the pages say or by their hosts."""
    if article.site and source.site and fold(article.site.strip()) == fold(source.site.strip()):
        return True
    mine, theirs = (uri.site(one.uri or "") for one in (article, source))
    if not mine or not theirs or _ADDRESS.fullmatch(mine):
        return False
    return mine == theirs or mine.endswith(f".{theirs}") or theirs.endswith(f".{mine}")
