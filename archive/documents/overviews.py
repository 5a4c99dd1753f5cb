"""The overviews as documents: the front page, the sources, what is lost."""

from collections.abc import Sequence

from archive.documents.shape import Document, shape
from archive.index.read import ArticleRow, LostRow, SourceRow, Stats, Unresolved, UnresolvedEntry


def home_document(articles: Sequence[ArticleRow], stats: Stats) -> Document:
    """The latest articles, and how much there is of everything."""
    return {"kind": "home", "articles": shape(list(articles)), "stats": shape(stats)}


def sources_document(sources: Sequence[SourceRow], page: int, more: bool) -> Document:
    """A page of the cited addresses, the most cited first."""
    return {"kind": "sources", "page": page, "more": more, "sources": shape(list(sources))}


def lost_document(
    lost: Sequence[LostRow], unresolved: Sequence[Unresolved], entries: Sequence[UnresolvedEntry]
) -> Document:
    """Cited sources that are gone, and citations and entries that lead nowhere yet."""
    return {
        "kind": "lost",
        "lost": shape(list(lost)),
        "unresolved": shape(list(unresolved)),
        "entries": shape(list(entries)),
    }
