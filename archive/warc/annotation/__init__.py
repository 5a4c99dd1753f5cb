"""Findings and statements as W3C Web Annotations (JSON-LD), and back. Pure.

    reading_block(reading) -> bytes          reading_of(block, place) -> reading, with its id
    statement_block(statement) -> bytes      statement_of(block, place) -> statement, with its id

The bytes are the same for the same content, for ever: an id is the digest of its block. What is read may
be forged (an imported file can hold records that look like ours), so it is taken for a noun only where
every type, size and id holds; otherwise :class:`Malformed` says what does not.
"""

from archive.warc.annotation.likeness import same_but_created
from archive.warc.annotation.nodes import MOST_BYTES, Malformed, Node, encoded, parsed
from archive.warc.annotation.readings import reading_block, reading_of
from archive.warc.annotation.statements import kind_of, statement_block, statement_of

__all__ = [
    "MOST_BYTES",
    "Malformed",
    "Node",
    "encoded",
    "kind_of",
    "parsed",
    "reading_block",
    "reading_of",
    "same_but_created",
    "statement_block",
    "statement_of",
]
