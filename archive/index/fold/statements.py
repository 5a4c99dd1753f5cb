"""What people (and resolvers) say, as rows: one statement, one row. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from archive.index.fold.row import Row, Value, as_json, key_of, place_of, source_of, span_of
from archive.model import Correction, Entry, Resolution, Sameness, Statement, Verdict
from archive.uri import sourcekey, urlkey


def _said(statement: Statement) -> dict[str, Value]:
    """What every statement has."""
    who = {"id": statement.id, "creator": statement.creator, "created": statement.created}
    return {**who, **place_of(statement.place)}


def plain(table: str, *columns: str) -> Callable[[Any], Iterator[Row]]:
    """The rule for a statement whose fields are its columns."""

    def rule(statement: Statement) -> Iterator[Row]:
        yield Row(table, {**{name: getattr(statement, name) for name in columns}, **_said(statement)})

    return rule


def resolution(said: Resolution) -> Iterator[Row]:
    """A resolution."""
    same = ("citation", "noun", "state", "method", "uri", "snapshot", "failure", "reason")
    values: dict[str, Value] = {
        **{name: getattr(said, name) for name in same},
        "person": int(said.person),
        "urlkey": key_of(said.uri),
        "source": source_of(said.uri),
        "steps": as_json([asdict(step) for step in said.steps]),
        "candidates": as_json([asdict(near) for near in said.candidates]),
    }
    yield Row("resolutions", {**values, **_said(said)})


def verdict(said: Verdict) -> Iterator[Row]:
    """A verdict, with the passage that was judged."""
    same = ("subject", "claim", "text", "verdict", "note")
    values: dict[str, Value] = {name: getattr(said, name) for name in same}
    yield Row("verdicts", {**values, **span_of(said.passage), **_said(said)})


def correction(said: Correction) -> Iterator[Row]:
    """A correction."""
    values: dict[str, Value] = {"subject": said.subject, "field": said.field, "value": as_json(said.values)}
    yield Row("corrections", {**values, "undoes": said.undoes, **_said(said)})


def entry(said: Entry) -> Iterator[Row]:
    """An entry."""
    same = ("title", "date", "uri", "doi", "isbn", "key", "raw", "form")
    values: dict[str, Value] = {name: getattr(said, name) for name in same}
    more: dict[str, Value] = {"authors": as_json(said.authors), "urlkey": key_of(said.uri)}
    yield Row("entries", {**values, **more, **_said(said)})


def sameness(said: Sameness) -> Iterator[Row]:
    """A sameness."""
    values: dict[str, Value] = {
        "a": said.a,
        "a_urlkey": urlkey(said.a),
        "a_source": sourcekey(said.a),
        "b": said.b,
        "b_urlkey": urlkey(said.b),
        "b_source": sourcekey(said.b),
    }
    yield Row("samenesses", {**values, "undoes": said.undoes, **_said(said)})
