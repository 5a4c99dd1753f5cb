"""What people have said of nouns and nobody has withdrawn: tags, collections, notes, corrections …"""

import json
from dataclasses import dataclass
from typing import TypeVar

from archive.index.hiding import OF_SNAPSHOT
from archive.index.read.ask import Connection, rows, value
from archive.index.read.nouns import statement_of
from archive.model import (
    Collection,
    Correction,
    Note,
    Passage,
    Restriction,
    Sameness,
    Statement,
    Tag,
    Verdict,
)
from archive.uri import sourcekey

S = TypeVar("S", bound=Statement)
_OWN = "file NOT LIKE 'imported/%'"


@dataclass(frozen=True, slots=True)
class Counted:
    """A tag or the name of a collection, and on how many nouns it stands."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Order:
    """How people have ordered one noun: its collections and tags by name, and how many remarks it has."""

    collections: tuple[str, ...]
    tags: tuple[str, ...]
    notes: int


def order_of(connection: Connection, subject: str) -> Order:
    """How a noun is ordered."""
    return Order(
        tuple(sorted({one.collection for one in collections_on(connection, subject)})),
        tuple(sorted({one.tag for one in tags_on(connection, subject)})),
        len(notes_on(connection, subject)),
    )


def _standing(connection: Connection, noun: type[S], sql: str, *values: object) -> list[S]:
    """The statements that a query over a table of ``statements`` finds, the earliest first."""
    kind = noun.__name__.lower()
    ordered = rows(connection, f"{sql} ORDER BY t.created, t.id", *values)
    return [said for line in ordered if isinstance(said := statement_of(kind, line), noun)]


def tags_on(connection: Connection, subject: str) -> list[Tag]:
    """The tags of a noun; one word may have been put there by several people."""
    sql = "SELECT t.* FROM standing_tags s JOIN tags t ON t.id = s.id WHERE s.subject = ?"
    return _standing(connection, Tag, sql, subject)


def notes_on(connection: Connection, subject: str) -> list[Note]:
    """The remarks on a noun."""
    sql = "SELECT t.* FROM standing_notes s JOIN notes t ON t.id = s.id WHERE s.subject = ?"
    return _standing(connection, Note, sql, subject)


def collections_on(connection: Connection, subject: str) -> list[Collection]:
    """The collections that a noun belongs to."""
    sql = "SELECT t.* FROM standing_collections s JOIN collections t ON t.id = s.id WHERE s.subject = ?"
    return _standing(connection, Collection, sql, subject)


def members_of(connection: Connection, name: str) -> list[Collection]:
    """What belongs to a collection, in the order in which it was gathered."""
    sql = "SELECT t.* FROM standing_collections s JOIN collections t ON t.id = s.id WHERE s.collection = ?"
    return _standing(connection, Collection, sql, name)


def collection_id(connection: Connection, name: str) -> str | None:
    """The id that a collection is cited by: of the first record that put something under its name.

    Records that were withdrawn count too: what is printed goes on to lead here. An imported record, which
    bears any date that its writer liked, counts only where the archive has none of its own.
    """
    sql = f"""SELECT id FROM collections WHERE collection = ? AND undoes IS NULL
              ORDER BY {_OWN} DESC, created, id LIMIT 1"""
    found: str | None = value(connection, sql, name)
    return found


def tagged(connection: Connection, tag: str) -> list[Tag]:
    """What bears a tag."""
    sql = "SELECT t.* FROM standing_tags s JOIN tags t ON t.id = s.id WHERE s.tag = ?"
    return _standing(connection, Tag, sql, tag)


def collections(connection: Connection) -> list[Counted]:
    """The collections there are, by name."""
    sql = """SELECT collection AS name, count(DISTINCT subject) AS count
             FROM standing_collections GROUP BY collection ORDER BY collection"""
    return [Counted(found["name"], found["count"]) for found in rows(connection, sql)]


def tags(connection: Connection) -> list[Counted]:
    """The tags there are, by name."""
    sql = "SELECT tag AS name, count(DISTINCT subject) AS count FROM standing_tags GROUP BY tag ORDER BY tag"
    return [Counted(found["name"], found["count"]) for found in rows(connection, sql)]


def corrections_on(connection: Connection, snapshot_id: str, field: str | None = None) -> list[Correction]:
    """The standing corrections of a snapshot (of one field); the last of each field counts."""
    sql = """SELECT t.* FROM standing_corrections s JOIN corrections t ON t.id = s.id
             WHERE s.subject = ?1 AND (?2 IS NULL OR s.field = ?2)"""
    return _standing(connection, Correction, sql, snapshot_id, field)


def restrictions_on(connection: Connection, snapshot_id: str) -> list[Restriction]:
    """The restrictions that hide a snapshot now."""
    return _standing(
        connection,
        Restriction,
        f"SELECT t.* FROM restrictions t WHERE t.id IN ({OF_SNAPSHOT})",
        snapshot_id,
    )


def verdicts_on(
    connection: Connection, claim: str, text: str | None, passage: Passage | None
) -> list[Verdict]:
    """All that was ever judged of a passage for a claim, or of a claim alone, the latest last."""
    span = (passage.start, passage.end) if passage else (None, None)
    sql = """SELECT t.* FROM verdicts t
             WHERE t.claim = ?1 AND t.text IS ?2 AND t.start IS ?3 AND t."end" IS ?4"""
    return _standing(connection, Verdict, sql, claim, text, *span)


def samenesses_of(connection: Connection, uri: str) -> list[Sameness]:
    """What people say that the source of an address is the same as."""
    sql = """SELECT t.* FROM standing_samenesses s JOIN samenesses t ON t.id = s.id
             WHERE ?1 IN (s.a_source, s.b_source)"""
    return _standing(connection, Sameness, sql, sourcekey(uri))


def equated(connection: Connection, uri: str) -> list[str]:
    """When this archive itself said anything of this kind of an address's source, withdrawn or not."""
    sql = f"SELECT created FROM samenesses WHERE ? IN (a_source, b_source) AND {_OWN}"
    return [found["created"] for found in rows(connection, sql, sourcekey(uri))]


def said_of(connection: Connection, table: str, subject: str, column: str = "subject") -> list[str]:
    """When this archive itself said anything of this kind of a noun, withdrawn or not."""
    sql = f"SELECT created FROM {table} WHERE {column} = ? AND {_OWN}"
    return [found["created"] for found in rows(connection, sql, subject)]


def snapshot_with_key(connection: Connection, key: str) -> str | None:
    """The snapshot that a cite key names: by a correction, or as it was pinned and not corrected since."""
    sql = """SELECT subject AS snapshot FROM corrections_in_force WHERE field = 'key' AND value = ?1
             UNION SELECT t.snapshot FROM texts t WHERE t.cite_key = ?2
             AND EXISTS (SELECT 1 FROM descriptions d WHERE d.snapshot = t.snapshot AND d.cite_key = ?2)
             ORDER BY 1 LIMIT 1"""
    found: str | None = value(connection, sql, json.dumps([key], ensure_ascii=False), key)
    return found
