"""A text, its findings and the snapshots its citations lead to, made into a reading. No network."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace

from archive.index import read
from archive.model import Claim, Reading, Snapshot, SourceText, Text
from ingest import evidence
from ingest.capture import bad_status
from ingest.citations import Findings
from ingest.settings import SOFTWARE


@dataclass(frozen=True, slots=True)
class Goal:
    """Where a citation leads: the snapshot of the last hop, where there is one."""

    snapshot: Snapshot | None


@dataclass(frozen=True, slots=True)
class Article:
    """What is read: the article's snapshot, its text of record, and what was found in it."""

    snapshot: Snapshot
    text: Text
    findings: Findings


def make(
    connection: sqlite3.Connection,
    article: Article,
    goals: Mapping[str, Goal],
    created: str,
    matcher: evidence.Matcher,
) -> Reading:
    """The reading of an article: every claim with its outcome, every passage found for it."""
    texts = _source_texts(connection, goals)
    sources = {citation: _source(goal, texts) for citation, goal in goals.items()}
    found = article.findings
    said = article.text.metadata
    text = evidence.ArticleText(
        article.text.id,
        article.text.body,
        said.language,
        found.sections,
        said.title,
        article.snapshot.uri,
        said.site,
    )
    passages, outcomes = matcher.match(text, _spoken(found), found.citations, found.ties, sources)
    named = {
        searched.id: _named(goal.snapshot, searched)
        for goal in goals.values()
        if goal.snapshot and (searched := texts.get(goal.snapshot.id)) and not searched.reason
    }
    return Reading(
        article=_named(article.snapshot, article.text),
        method=matcher.method,
        creator=SOFTWARE,
        created=created,
        claims=found.claims,
        outcomes=outcomes,
        citations=found.citations,
        evidence=passages,
        sources=tuple(named[identifier] for identifier in sorted(named)),
    )


def _spoken(found: Findings) -> tuple[Claim, ...]:
    """The claims as they are compared: without the marks of notes and references inside them."""
    return tuple(
        replace(claim, passage=replace(passage, exact=found.spoken[passage.start : passage.end]))
        for claim in found.claims
        for passage in (claim.passage,)
    )


def _named(snapshot: Snapshot, text: Text) -> SourceText:
    return SourceText(text.id, snapshot.id, snapshot.uri, snapshot.date, snapshot.digest)


def _source_texts(connection: sqlite3.Connection, goals: Mapping[str, Goal]) -> dict[str, Text]:
    """The texts of the good snapshots, by snapshot."""
    snapshots = {goal.snapshot for goal in goals.values() if goal.snapshot and not bad_status(goal.snapshot)}
    texts = {one.id: read.text_in_use(connection, one.id) for one in snapshots}
    return {identifier: text for identifier, text in texts.items() if text}


def _source(goal: Goal, texts: Mapping[str, Text]) -> evidence.Source | evidence.Absent:
    if goal.snapshot is None or bad_status(goal.snapshot):
        return evidence.Absent("source-not-captured")
    text = texts.get(goal.snapshot.id)
    if text is None or text.reason:
        return evidence.Absent("no-text")
    said = text.metadata
    return evidence.Source(
        text.id, text.body, said.language, title=said.title, uri=goal.snapshot.uri, site=said.site
    )
