"""Nouns as JSON documents: the contract that `pincite show --json` and every page's `.json` keep."""

from archive.documents.articles import article_document, reading_document
from archive.documents.citing import (
    Cited,
    article_bibliography,
    citation_item,
    described,
    entry_item,
    named_passage,
    passage_item,
    snapshot_item,
)
from archive.documents.gathered import (
    Member,
    collected_items,
    collection_document,
    gathered,
    items_of,
    member,
    order_document,
    tag_document,
)
from archive.documents.keyed import keyed_item, named_item
from archive.documents.nouns import (
    noun_document,
    passage_document,
    snapshot_document,
    statement_document,
)
from archive.documents.overviews import home_document, lost_document, sources_document
from archive.documents.searching import lookup_document, search_document
from archive.documents.titles import title_of

__all__ = [
    "tag_document",
    "order_document",
    "member",
    "items_of",
    "gathered",
    "collected_items",
    "collection_document",
    "Member",
    "Cited",
    "article_bibliography",
    "article_document",
    "citation_item",
    "entry_item",
    "described",
    "home_document",
    "lost_document",
    "keyed_item",
    "lookup_document",
    "named_item",
    "named_passage",
    "noun_document",
    "passage_document",
    "passage_item",
    "reading_document",
    "search_document",
    "snapshot_document",
    "snapshot_item",
    "sources_document",
    "statement_document",
    "title_of",
]
