"""How a source is akin to the article: the same text, citing it, from the same publisher. Pure.

The first two prove nothing of the article's claims: their matches are shown, and do not lead.
"""

import re
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


def labels(article: ArticleText, own: Index, index: Index) -> tuple[str, ...]:
    """What a source is to the article, whose ``own`` text is ready, too; empty where it stands by itself."""
    found = []
    if same_text(own, index):
        found.append(SAME_TEXT)
    elif cites(article, index):
        found.append(CITES)
    if same_publisher(article, index.source):
        found.append(SAME_PUBLISHER)
    return tuple(found)


def same_text(article: Index, index: Index) -> bool:
    """Whether a source has most of the article's text, in its words and order."""
    if article.source.body == index.source.body:
        return True
    # Cheap, and enough for almost every page: most of its words are not even there.
    mine = article.postings.keys()
    if len(mine & index.postings.keys()) < _SHARE * len(mine):
        return False
    runs, theirs = _runs(article), _runs(index)
    return bool(runs) and len(runs & theirs) >= _SHARE * len(runs)


def _runs(index: Index) -> set[tuple[str, ...]]:
    words = tuple(chain.from_iterable(index.words))
    return set(zip(*(words[first:] for first in range(_RUN)), strict=False))


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
