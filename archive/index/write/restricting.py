"""Restrictions while writing: words that must not be shown are not in the index at all.

Datasette serves the tables themselves, so a view could not hide them. After every batch, inside its
transaction: which restrictions are in force now; what was lifted is folded again from its WARC files; what
is in force is emptied. So neither the order of facts nor the moment of a reader makes a difference.

Emptied of a restricted snapshot:
  texts             body, description (title, authors, date stay: its tombstone is still a citation)
  passages          no rows
  claims, citations of its text: words and labels; section, mark, heading, parsed entry, signals, and of
                    resolutions the steps and near misses, which repeat them (addresses and positions stay)
  evidence, verdicts that quote its text, or were found for its claims: words, signals and remarks; a source's
                    passages say what an article says, and word for word where it quotes
  notes             on it and on what quotes it: what people remarked, for remarks quote
"""

from collections.abc import Callable, Iterable

from archive.index.fold import Fact, rows
from archive.index.hiding import SNAPSHOTS
from archive.index.write.tables import Tables

Source = Callable[[str], Iterable[Fact]]

# In force: not withdrawn, not over. A statement in an imported file never outranks the archive's own, so it
# cannot withdraw one, and cannot hide a snapshot that the archive has from a file of its own.
_STANDING = """
    SELECT r.id FROM restrictions r
    WHERE r.undoes IS NULL AND (r.until IS NULL OR r.until > ?)
    AND NOT EXISTS (SELECT 1 FROM restrictions u WHERE u.undoes = r.id
        AND (u.file NOT LIKE 'imported/%' OR r.file LIKE 'imported/%'))
    AND NOT (r.file LIKE 'imported/%' AND EXISTS (
        SELECT 1 FROM snapshots s WHERE s.id = r.snapshot AND s.file NOT LIKE 'imported/%'))"""

# The texts of the snapshots in `chosen`. A reading names the snapshot of each text that it read, so words are
# found too whose text record lies in another archive.
_CHOSEN_TEXTS = """
    INSERT OR IGNORE INTO temp.chosen_texts
    SELECT id FROM texts WHERE snapshot IN (SELECT snapshot FROM temp.chosen)
    UNION SELECT text FROM readings WHERE snapshot IN (SELECT snapshot FROM temp.chosen)
    UNION SELECT json_extract(s.value, '$.text') FROM readings, json_each(readings.sources) s
        WHERE json_extract(s.value, '$.snapshot') IN (SELECT snapshot FROM temp.chosen)"""

_TEXTS = "(SELECT text FROM temp.chosen_texts)"
_CLAIMS = f"(SELECT id FROM claims WHERE text IN {_TEXTS})"
_CITATIONS = f"(SELECT id FROM citations WHERE text IN {_TEXTS})"
_EVIDENCE = f"(SELECT id FROM evidence WHERE text IN {_TEXTS} OR claim IN {_CLAIMS})"
_ABOUT = f"""(SELECT snapshot FROM temp.chosen UNION SELECT text FROM temp.chosen_texts
    UNION SELECT id FROM readings WHERE snapshot IN (SELECT snapshot FROM temp.chosen)
    UNION SELECT * FROM {_CLAIMS} UNION SELECT * FROM {_CITATIONS} UNION SELECT * FROM {_EVIDENCE})"""
_QUOTATION = ("exact", "prefix", "suffix")
# Table, columns that hold words, and which rows hold words of the chosen snapshots.
_WORDS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("texts", ("body", "description"), "snapshot IN (SELECT snapshot FROM temp.chosen)"),
    ("claims", (*_QUOTATION, "pairs"), f"text IN {_TEXTS}"),
    ("citations", ("label",), f"text IN {_TEXTS}"),
    ("evidence", _QUOTATION, f"text IN {_TEXTS} OR claim IN {_CLAIMS}"),
    ("verdicts", (*_QUOTATION, "note"), f"text IN {_TEXTS} OR claim IN {_CLAIMS}"),
    ("reading_claims", ("section",), f"claim IN {_CLAIMS}"),
    ("reading_citations", ("mark", "heading", "entry"), f"citation IN {_CITATIONS}"),
    ("resolutions", ("steps", "candidates"), f"citation IN {_CITATIONS}"),
    ("reading_evidence", ("signals",), f"evidence IN {_EVIDENCE}"),
    ("notes", ("note",), f"subject IN {_ABOUT}"),
)
# What stands in an emptied column that cannot be NULL.
_NOTHING = {("resolutions", "candidates"): "'[]'", ("notes", "note"): "''"}


class Restricting:
    """Keeps the words of restricted snapshots out of an index. ``now`` is a WARC-Date."""

    def __init__(self, tables: Tables, source: Source, now: str) -> None:
        self._tables, self._source, self._now = tables, source, now
        self._run = tables.connection.execute
        self._emptied = False
        self._run("CREATE TEMP TABLE IF NOT EXISTS chosen (snapshot TEXT PRIMARY KEY)")
        self._run("CREATE TEMP TABLE IF NOT EXISTS chosen_texts (text TEXT PRIMARY KEY)")

    def apply(self) -> None:
        """Within a transaction: make the words of the index agree with the restrictions."""
        if not self._run("SELECT EXISTS (SELECT 1 FROM restrictions)").fetchone()[0]:
            return
        before = self._hidden()
        self._run(
            f"""UPDATE restrictions SET in_force = id IN ({_STANDING})
                WHERE in_force <> (id IN ({_STANDING}))""",
            (self._now, self._now),
        )
        hidden = self._hidden()
        if before - hidden:
            self._refill(before - hidden)
        if hidden:
            self._empty(hidden)

    def _hidden(self) -> set[str]:
        return {found[0] for found in self._run(SNAPSHOTS)}

    def _choose(self, snapshots: set[str]) -> None:
        self._run("DELETE FROM temp.chosen")
        self._run("DELETE FROM temp.chosen_texts")
        self._tables.connection.executemany(
            "INSERT INTO temp.chosen VALUES (?)", [(name,) for name in snapshots]
        )
        self._run(_CHOSEN_TEXTS)

    def _refill(self, snapshots: set[str]) -> None:
        """Fold again the files that state the rows which were emptied."""
        self._choose(snapshots)
        files = " UNION ".join(f"SELECT file FROM {table} WHERE {which}" for table, _, which in _WORDS)
        for (name,) in self._run(f"{files} ORDER BY 1").fetchall():
            for fact in self._source(name):
                self._tables.upsert(rows(fact), again=True)

    def _empty(self, snapshots: set[str]) -> None:
        self._choose(snapshots)
        changed = self._run(f"DELETE FROM passages WHERE text IN {_TEXTS}").rowcount
        for table, columns, which in _WORDS:
            nothing = {name: _NOTHING.get((table, name), "NULL") for name in columns}
            cleared = ", ".join(f"{name} = {empty}" for name, empty in nothing.items())
            filled = " OR ".join(f"{name} IS NOT {empty}" for name, empty in nothing.items())
            changed += self._run(f"UPDATE {table} SET {cleared} WHERE {which} AND ({filled})").rowcount
        self._emptied = self._emptied or changed > 0

    def forget(self) -> None:
        """Outside a transaction: merge the search indexes, which until then keep words that were removed."""
        if self._emptied:
            for table in ("passages_fts", "claims_fts"):
                self._run(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
            self._emptied = False
