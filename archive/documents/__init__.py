"""Nouns as JSON documents: the contract that `pincite show --json` and every page's `.json` keep."""

from archive.documents.articles import article_document, reading_document
from archive.documents.citing import citation_item, citation_text, described
from archive.documents.nouns import (
    noun_document,
    passage_document,
    search_document,
    snapshot_document,
    statement_document,
)

__all__ = [
    "article_document",
    "citation_item",
    "citation_text",
    "described",
    "noun_document",
    "passage_document",
    "reading_document",
    "search_document",
    "snapshot_document",
    "statement_document",
]
