"""What a command has to tell: frozen reports whose fields are the JSON contract's keys."""

from collections import Counter
from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal

from archive.model import grouped

Status = Literal["captured", "unchanged", "failed", "unresolved", "settled"]
SHORT = ("failed", "unresolved")


@dataclass(frozen=True, slots=True)
class FailureReport:
    """Why an article itself could not be captured or read."""

    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class CitationReport:
    """What became of one citation."""

    id: str
    kind: str
    label: str
    uri: str
    status: Status
    reason: str | None
    snapshot: str | None


@dataclass(frozen=True, slots=True)
class ArticleReport:
    """What became of one article; ``claims`` and ``evidence`` are counts."""

    uri: str
    snapshot: str | None
    text: str | None
    title: str | None
    reading: str | None
    claims: int
    evidence: int
    failure: FailureReport | None
    citations: tuple[CitationReport, ...]

    @property
    def exit_code(self) -> int:
        """0 whole, 1 the article failed, 3 some source is missing."""
        if self.failure:
            return 1
        return 3 if any(citation.status in SHORT for citation in self.citations) else 0


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of all articles of one run."""

    archive: str
    articles: tuple[ArticleReport, ...]

    @property
    def exit_code(self) -> int:
        """The gravest: 1 before 3 before 0."""
        codes = {article.exit_code for article in self.articles}
        return next((code for code in (1, 3) if code in codes), 0)


@dataclass(frozen=True, slots=True)
class CaptureReport:
    """What became of one address or file that was captured without looking for citations."""

    uri: str
    snapshot: str | None
    text: str | None
    title: str | None
    status: Status
    failure: FailureReport | None


@dataclass(frozen=True, slots=True)
class CapturesReport:
    """What became of all captures of one run."""

    archive: str
    articles: tuple[CaptureReport, ...]

    @property
    def exit_code(self) -> int:
        """1 where nothing was captured, 3 where something was not."""
        failed = sum(1 for capture in self.articles if capture.failure)
        return 0 if not failed else 1 if failed == len(self.articles) else 3


@dataclass(frozen=True, slots=True)
class EntryReport:
    """What became of one source that a person named; ``new``: nobody had named it before."""

    id: str
    key: str | None
    title: str
    uri: str
    new: bool
    status: Status
    reason: str | None
    snapshot: str | None


@dataclass(frozen=True, slots=True)
class FaultReport:
    """An entry that was left out: its line in the file, and why."""

    line: int
    detail: str


@dataclass(frozen=True, slots=True)
class EntriesReport:
    """What became of all entries of one run."""

    archive: str
    entries: tuple[EntryReport, ...]
    faults: tuple[FaultReport, ...]

    @property
    def exit_code(self) -> int:
        """3 where an entry was left out or could not be captured; one without an address waits."""
        return 3 if self.faults or any(entry.status == "failed" for entry in self.entries) else 0


@dataclass(frozen=True, slots=True)
class DamageReport:
    """One place of an imported file that could not be read."""

    offset: int
    detail: str


@dataclass(frozen=True, slots=True)
class FileReport:
    """What an imported file brought."""

    file: str
    name: str | None
    records: int
    snapshots: int
    texts: int
    damage: tuple[DamageReport, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What all imported files brought."""

    files: tuple[FileReport, ...]

    @property
    def exit_code(self) -> int:
        """3 where something in a file could not be read."""
        return 3 if any(file.damage for file in self.files) else 0


# What the guard says of an address of one's own network, and the only way past it.
_LET_IN = "the same command with --allow-private and the network, such as 127.0.0.0/8"


def article_lines(article: ArticleReport) -> list[str]:
    """An article's report for people: a head, a line a citation, and what would mend each loss."""
    if article.failure:
        return [f"✗ {article.uri}", f"  {article.failure.reason}: {article.failure.detail}", *_hint(article)]
    lines = [article.title or article.uri, f"  {grouped(article.snapshot or '')}  {article.uri}"]
    lines.append("  " + _head(article))
    lines += [line for citation in article.citations for line in _citation_lines(citation)]
    return lines


def _hint(article: ArticleReport) -> list[str]:
    """What would help, where a word does."""
    blocked = article.failure is not None and article.failure.reason == "blocked"
    return [f"  mend it: {_LET_IN}"] if blocked else []


def _head(article: ArticleReport) -> str:
    counts = Counter(citation.status for citation in article.citations)
    counted = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
    cited = f"{_number(len(article.citations), 'citation')}" + (f": {counted}" if counted else "")
    return f"{_number(article.claims, 'claim')} · {_number(article.evidence, 'passage')} found · {cited}"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _citation_lines(citation: CitationReport) -> list[str]:
    label = " ".join(citation.label.split()) or citation.uri
    where = citation.uri if citation.uri and citation.uri != label else ""
    line = f"  {citation.status:<10} {label[:70]}"
    line += f"  {where}" if where else ""
    if citation.status not in SHORT:
        return [line]
    if (citation.reason or "").startswith("blocked"):
        return [line, f"             {citation.reason} — mend it: {_LET_IN}"]
    mend = "URL|FILE|SNAPSHOT" if citation.status == "unresolved" else "URL|FILE"
    why = _in_words(citation.reason or "")
    return [line, f"             {why} — mend it: pincite resolve {grouped(citation.id)} {mend}"]


def _in_words(reason: str) -> str:
    """A reason with the meaning of its HTTP status: ``http-404`` → ``http-404 (Not Found)``."""
    code = reason.removeprefix("http-")
    known = code != reason and code.isdecimal() and int(code) in list(HTTPStatus)
    return f"{reason} ({HTTPStatus(int(code)).phrase})" if known else reason
