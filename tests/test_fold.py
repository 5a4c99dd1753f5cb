"""The fold: which rows state a fact, that their columns are the schema's, and that each key stands once."""

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from archive.index import schema
from archive.index.fold import KEYS, Row, rows
from archive.model import Failure, Snapshot
from tests import facts as world
from tests.folds import passages

ROOT = Path(__file__).resolve().parent.parent
_OPENING = re.compile(r"^CREATE (?:TABLE (\w+) \(|VIEW (\w+) AS) -- (.+)$")


def dictionary(sql: str) -> dict[str, tuple[str, dict[str, str]]]:
    """What the schema's comments say: for each table and view its description and its columns'."""
    found: dict[str, tuple[str, dict[str, str]]] = {}
    columns: dict[str, str] = {}
    for line in sql.splitlines():
        opening = _OPENING.match(line)
        if opening:
            columns = {}
            found[opening[1] or opening[2]] = (opening[3], columns)
        elif " -- " in line:
            code, _, comment = line.partition(" -- ")
            name = re.search(r"(?:AS |\.|^\s*)(\w+|\"\w+\"),?\s*$", code) if found_view(found, sql) else None
            columns[(name[1] if name else code.split()[0]).strip('"')] = comment.strip()
    return found


def found_view(found: dict[str, tuple[str, dict[str, str]]], sql: str) -> bool:
    """Whether the last one found is a view: there a column's name stands last in its line."""
    return f"\nCREATE VIEW {list(found)[-1]} AS" in sql


@pytest.fixture(scope="module")
def columns() -> dict[str, list[str]]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(schema())
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE '%_fts%'"
        ).fetchall()
        return {
            name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")] for (name,) in tables
        }


def test_every_column_has_a_comment(columns: dict[str, list[str]]) -> None:
    said = {name: list(described) for name, (_, described) in dictionary(schema()).items()}
    assert said == columns


def test_metadata_repeats_the_comments() -> None:
    metadata = yaml.safe_load((ROOT / "metadata.yml").read_text(encoding="utf-8"))
    tables = metadata["databases"]["archive"]["tables"]
    for name, (description, described) in dictionary(schema()).items():
        assert tables[name]["description"] == description, name
        assert tables[name]["columns"] == described, name


def test_every_table_names_the_place_of_the_record(columns: dict[str, list[str]]) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(schema())
        sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%fts%'"
        for (name,) in connection.execute(sql):
            assert {"file", "offset"} <= set(columns[name]), name


def test_keys_are_the_primary_keys() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(schema())
        sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT'"
        for (name,) in connection.execute(sql).fetchall():
            described = connection.execute(f"PRAGMA table_info({name})").fetchall()
            keys = tuple(row[1] for row in sorted(described, key=lambda row: row[5]) if row[5])
            assert keys == KEYS.get(name, ("id",)), name


def test_rows_fill_every_column_that_the_writer_does_not(columns: dict[str, list[str]]) -> None:
    tables = set()
    for fact in (*world.FACTS, world.restriction(world.source, world.place(world.PEOPLE, 30))):
        for row in rows(fact):
            tables.add(row.table)
            assert set(row.values) == set(columns[row.table]) - {"n", "in_force"}, row.table
    assert tables == {name for name in columns if name not in views(columns)}


def views(columns: dict[str, list[str]]) -> set[str]:
    return set(re.findall(r"^CREATE VIEW (\w+)", schema(), re.MULTILINE)) & set(columns)


def test_a_text_gives_its_paragraphs_as_passages() -> None:
    found = [row.values["exact"] for row in rows(world.article_text) if row.table == "passages"]
    assert found == passages(world.ARTICLE_BODY)
    assert len(found) == 3
    assert [row.table for row in rows(world.empty_text)] == ["texts"]


def test_a_key_that_a_record_names_twice_stands_once_and_first() -> None:
    twice = replace(world.claims[0], passage=replace(world.claims[0].passage, prefix="other"))
    reading = replace(world.reading, claims=(world.claims[0], twice))
    found = [row for row in rows(reading) if row.table == "claims"]
    assert [row.values["prefix"] for row in found] == [world.claims[0].passage.prefix]


def test_evidence_under_two_citations_is_one_row_with_two_places_in_the_reading() -> None:
    evidence = world.reading.evidence[0]
    both = (evidence, replace(evidence, citation=world.citations[1].id))
    tables = [row.table for row in rows(replace(world.reading, evidence=both))]
    assert (tables.count("evidence"), tables.count("reading_evidence")) == (1, 2)


def test_a_date_that_is_none_has_no_timestamp() -> None:
    odd = replace(world.foreign, date="yesterday")
    row, recording = rows(odd)
    assert recording.table == "recordings" and recording.values["date"] == "yesterday"
    assert (row.values["date"], row.values["timestamp"]) == ("yesterday", None)


def test_what_was_never_stored_cannot_be_folded() -> None:
    fact = Failure("https://example.org/", "2026-11-22T12:00:00Z", "dns", "no such host", id="x")
    with pytest.raises(ValueError, match="only what lies in a stored WARC file"):
        list(rows(fact))


def test_a_row_knows_its_key() -> None:
    row = Row("claim_citations", {"reading": "r", "claim": "c", "citation": "z", "position": 0})
    assert row.key == ("r", "c", "z")
    first, recording = rows(world.article)
    assert isinstance(world.article, Snapshot)
    assert first.key == (world.article.id,)
    assert recording.key == (world.CAPTURES, world.article.id)
