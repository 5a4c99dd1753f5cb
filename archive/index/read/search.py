"""Full-text search over the paragraphs of all texts and the claims of the newest readings, ranked."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from archive.index.read.ask import Connection, Row, row

# What a person writes becomes quoted phrases: every operator of FTS5 loses its meaning, so that
# `don't`, `C++`, `multi-agent`, `col:val` and an unclosed quotation mark are words, not errors.
_PIECE = re.compile(r'["“”„«»]([^"“”„«»]*)(?:["“”„«»]|$)|([^\s"“”„«»]+)')
_WORDS_IN_SNIPPET = 32
# Each phrase costs a pass over all that it matches: "a a a …" of 500 characters kept a thread of the site
# busy for more than a minute on 20,000 paragraphs. Said twice, a word asks for nothing more.
_MOST_PHRASES = 24


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage (``id`` is the text's) or a claim. ``score``: higher is better.

    In ``snippet`` U+0002 and U+0003 stand around the words that were found.
    """

    kind: Literal["passage", "claim"]
    id: str
    snapshot: str
    title: str | None
    uri: str
    start: int
    end: int
    snippet: str
    score: float


def search(connection: Connection, query: str, limit: int, offset: int = 0) -> list[Hit]:
    """What holds all words and "quoted phrases" of a query, best first; ``word*`` finds beginnings.

    Paragraphs of the texts in use, and claims of the newest readings; equal scores are ordered by id.
    """
    wanted = fts_query(query)
    if not wanted:
        return []
    found = islice(_current(connection, wanted), offset, offset + limit)
    return [_hit(connection, wanted, match) for match in found]


def fts_query(query: str) -> str:
    """A person's words as an FTS5 query that cannot be wrong.

    >>> fts_query("don't \\"great reef\\" C++ AND — whal*")
    '"don\\'t" "great reef" "C++" "AND" "whal"*'
    """
    return " ".join(islice(dict.fromkeys(_phrases(query)), _MOST_PHRASES))


def _phrases(query: str) -> Iterator[str]:
    # A lone surrogate or a NUL can come out of an address; SQLite takes neither.
    readable = query.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    for phrase, word in _PIECE.findall(readable):
        piece = (phrase or word).strip()
        if not any(_is_token(symbol) for symbol in piece):
            continue
        begins = "*" if word.endswith("*") and _is_token(word[-2]) else ""
        yield '"' + piece.removesuffix("*" if begins else "") + '"' + begins


def _is_token(symbol: str) -> bool:
    """Whether the tokenizer sees a word in it: a phrase without any matches nothing at all."""
    return unicodedata.category(symbol)[0] in "LN" or unicodedata.category(symbol) == "Co"


_MATCHES = """SELECT kind, n FROM (
      SELECT 'passage' AS kind, p.n, p.text AS id, p.start, round(-bm25(passages_fts), 9) AS score
      FROM passages_fts JOIN passages p ON p.n = passages_fts.rowid WHERE passages_fts MATCH ?1
      UNION ALL
      SELECT 'claim', c.n, c.id, c.start, round(-bm25(claims_fts), 9)
      FROM claims_fts JOIN claims c ON c.n = claims_fts.rowid WHERE claims_fts MATCH ?1)
    ORDER BY score DESC, kind DESC, id, start"""

# Whether a match is of a text in use or of a newest reading; asked in order of rank, and only until the
# page is full, because a common word matches very many superseded texts too.
_CURRENT = {
    "passage": """SELECT p.text AS id, p.start, p."end", t.snapshot
        FROM passages p JOIN texts t ON t.id = p.text
        WHERE p.n = ? AND t.id = (SELECT u.text FROM text_in_use u WHERE u.snapshot = t.snapshot)""",
    "claim": """SELECT c.id, c.start, c."end", (SELECT r.snapshot FROM reading_claims q
          JOIN newest_readings r ON r.reading = q.reading WHERE q.claim = c.id
          ORDER BY r.snapshot LIMIT 1) AS snapshot
        FROM claims c WHERE c.n = ? AND snapshot IS NOT NULL""",
}
_SHOWN = """SELECT snippet({0}, 0, char(2), char(3), '…', ?3) AS snippet, round(-bm25({0}), 9) AS score
    FROM {0} WHERE {0} MATCH ?1 AND rowid = ?2"""


def _current(connection: Connection, wanted: str) -> Iterator[tuple[str, int, Row]]:
    for kind, n in connection.cursor().execute(_MATCHES, (wanted,)):
        found = row(connection, _CURRENT[kind], n)
        if found:
            yield kind, n, found


def _hit(connection: Connection, wanted: str, match: tuple[str, int, Row]) -> Hit:
    kind, n, found = match
    table = "passages_fts" if kind == "passage" else "claims_fts"
    shown = row(connection, _SHOWN.format(table), wanted, n, _WORDS_IN_SNIPPET)
    sql = """SELECT s.uri, (SELECT d.title FROM descriptions d WHERE d.snapshot = s.id) AS title
             FROM snapshots s WHERE s.id = ?"""
    page = row(connection, sql, found["snapshot"])
    assert shown is not None
    return Hit(
        kind="passage" if kind == "passage" else "claim",
        id=found["id"],
        snapshot=found["snapshot"],
        title=page["title"] if page else None,
        uri=page["uri"] if page else "",
        start=found["start"],
        end=found["end"],
        snippet=shown["snippet"],
        score=shown["score"],
    )
