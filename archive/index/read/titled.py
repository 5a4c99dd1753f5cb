"""Pages by their titles: those that have one, and those whose titles share most of its words."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from archive.index.read.ask import Connection, rows

_WORD = re.compile(r"\w+")
# Of the words of two titles together, those that both must have; and how many pages are looked at.
_SHARED, _MOST = 0.4, 20


@dataclass(frozen=True, slots=True)
class TitledPage:
    """A page that has a title; ``imported``: only somebody else's file says so."""

    snapshot: str
    uri: str
    title: str
    imported: bool


def titled(connection: Connection, title: str) -> list[TitledPage]:
    """The pages with this title: newest first of each address.

    Titles are equal where they differ only in case, blanks and form of Unicode. Errors do not count.
    """
    wanted = folded(title)
    return _pages(connection, lambda other: other == wanted) if wanted else []


def alike(connection: Connection, title: str) -> list[TitledPage]:
    """The pages whose titles share most words with this one, and are not the same; the same order."""
    wanted = folded(title)
    words = frozenset(_WORD.findall(wanted))

    def is_alike(other: str) -> bool:
        # Most titles have none of the words: they are not taken apart.
        if other == wanted or not any(word in other for word in words):
            return False
        theirs = frozenset(_WORD.findall(other))
        return len(words & theirs) >= _SHARED * len(words | theirs)

    return _pages(connection, is_alike)[:_MOST] if words else []


def folded(title: str) -> str:
    """What equal titles have in common."""
    return " ".join(unicodedata.normalize("NFKC", title).casefold().split())


def _pages(connection: Connection, fits: Callable[[str], bool]) -> list[TitledPage]:
    sql = """SELECT snapshot, title FROM texts WHERE title IS NOT NULL
        UNION SELECT subject, json_extract(value, '$[0]') FROM corrections_in_force WHERE field = 'title'"""
    near = {found["snapshot"] for found in rows(connection, sql) if fits(folded(found["title"] or ""))}
    sql = """SELECT s.id, s.uri,
          (SELECT d.title FROM descriptions d WHERE d.snapshot = s.id) AS title,
          s.urlkey, s.timestamp, s.origin = 'imported' AS imported
          FROM snapshots s WHERE s.id = ? AND coalesce(s.status, 200) < 300"""
    found = [page for identifier in sorted(near) for page in rows(connection, sql, identifier)]
    found.sort(key=lambda page: page["timestamp"] or "", reverse=True)
    found.sort(key=lambda page: page["urlkey"])
    return [
        TitledPage(page["id"], page["uri"], page["title"], bool(page["imported"]))
        for page in found
        if fits(folded(page["title"] or ""))
    ]
