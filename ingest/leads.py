"""Where each citation of an article leads: who was asked, what was captured, and how that is recorded."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from archive.index import read
from archive.model import Citation, Failure, Resolution, Step, citation_id
from archive.uri import is_web, page_key
from archive.warc.annotation import same_but_created
from ingest.capture import Captured, Tools, bad_status, capture_uri, fresh, index
from ingest.reading import Article, Goal
from ingest.report import CitationReport, Status
from ingest.resolve import Answered, Held, MediaWiki, Question, Resolvers, installed, resolve
from ingest.settings import SOFTWARE

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Lead:
    """Where one citation leads once everything was tried. ``person`` where a person had settled it."""

    citation: Citation
    answered: Answered
    captured: Captured | None = None
    person: bool = False

    @property
    def status(self) -> Status:
        """The word of the report."""
        if self.answered.state == "none":
            return "settled"
        if self.answered.state == "unresolved" or self.captured is None:
            return "unresolved"
        if self.captured.reason:
            return "failed"
        return "unchanged" if self.captured.unchanged else "captured"

    @property
    def reason(self) -> str | None:
        """Why it leads nowhere, or why what it leads to could not be captured."""
        if self.status == "failed" and self.captured:
            failure = self.captured.failure
            return f"{failure.reason}: {failure.detail}" if failure else self.captured.reason
        return self.answered.reason

    def goal(self) -> Goal:
        """What there is to search for evidence."""
        return Goal(self.captured.snapshot if self.captured else None)

    def report(self) -> CitationReport:
        """What became of the citation, for the person who asked."""
        snapshot = self.captured.snapshot if self.captured else None
        return CitationReport(
            id=self.citation.id,
            kind=self.citation.kind,
            label=self.citation.label,
            uri=self.answered.uri or self.citation.uri,
            status=self.status,
            reason=self.reason,
            snapshot=snapshot.id if snapshot else None,
        )

    def resolution(self, created: str) -> Resolution:
        """The record of where it leads, by this software."""
        failed = self.status == "failed" and self.captured
        return Resolution(
            creator=SOFTWARE,
            created=created,
            citation=self.citation.id,
            person=False,
            state="failed" if failed else self.answered.state,
            method=self.answered.method,
            uri=self.answered.uri,
            snapshot=self.captured.snapshot.id if self.captured and self.captured.snapshot else None,
            failure=(failed.failure.id or None) if failed and failed.failure else None,
            reason=self.reason,
            steps=self.answered.steps,
            candidates=self.answered.candidates,
        )


def follow(
    held: Tools, citations: Sequence[Citation], known: Mapping[str, str], date: str | None
) -> list[Lead]:
    """Resolve every citation, then capture each address once, many at a time."""
    settled = _settled_by_people(held, citations)
    resolvers = _resolvers(held)
    asked = [citation for citation in citations if citation.id not in settled]

    def ask(citation: Citation) -> Answered:
        with index(held) as connection:
            here = Held(partial(read.titled, connection), partial(read.alike, connection))
            return _aged(connection, resolve(Question(citation, date), known, here, resolvers))

    answers = dict(zip((c.id for c in asked), in_parallel(held, ask, asked, "resolving"), strict=True))
    answers |= settled
    captured = _capture_each(held, answers.values())
    return [
        _lead(held, Lead(citation, answers[citation.id], person=citation.id in settled), captured)
        for citation in citations
    ]


def _aged(connection: read.Connection, answered: Answered) -> Answered:
    """A page that its title found in the archive is visited again when too old; an imported one never."""
    here = read.snapshot(connection, answered.snapshot) if answered.snapshot else None
    if answered.method != "archive-title" or here is None or here.origin.kind != "fetched":
        return answered
    return replace(answered, snapshot=None, spare=here.id)


def _resolvers(held: Tools) -> Resolvers:
    api, doi = held.settings.resolver, held.settings.doi_resolver
    if api is None:
        return Resolvers(doi=doi)
    return Resolvers(MediaWiki(api, held.fetcher.get), installed(held.fetcher.get), doi)


def _lead(held: Tools, asked: Lead, captured: Mapping[Hashable, Captured]) -> Lead:
    """What is searched: the revision that stood at the article's date, else the page as it is today."""
    answered = asked.answered
    today = captured.get(_key(answered))
    if answered.spare and answered.revision is None and today and today.reason:
        told = Step(
            "archive-snapshot", answered.uri or "", f"not captured: {today.reason}; what is here is searched"
        )
        kept = replace(answered, snapshot=answered.spare, steps=(*answered.steps, told))
        return replace(asked, captured=existing(held, answered.spare), answered=kept)
    if answered.revision is None:
        return replace(asked, captured=today)
    then = captured.get(_key(_then(answered)))
    if then and not then.reason:
        return replace(asked, captured=then)
    why = then.reason if then else "it was not visited"
    told = Step("mediawiki-revision", answered.revision, f"not captured: {why}; today's page is searched")
    return replace(asked, captured=today, answered=replace(answered, steps=(*answered.steps, told)))


def _then(answered: Answered) -> Answered:
    """The same with the revision of the article's date as what is to be captured."""
    return replace(answered, uri=answered.revision, revision=None)


def _key(answered: Answered) -> Hashable:
    """What is captured once: a snapshot that was named, or a page, however its address is written."""
    return answered.snapshot or page_key(answered.uri or "")


def _settled_by_people(held: Tools, citations: Iterable[Citation]) -> dict[str, Answered]:
    with index(held) as connection:
        said = {citation.id: read.resolutions_of(connection, citation.id) for citation in citations}
    people = {
        key: next((one for one in found if one.person and _own(one)), None) for key, found in said.items()
    }
    return {key: _answered(one) for key, one in people.items() if one}


def _capture_each(held: Tools, answers: Iterable[Answered]) -> dict[Hashable, Captured]:
    leading = [answered for answered in answers if answered.state in ("resolved", "failed")]
    revised = [_then(answered) for answered in leading if answered.revision]
    wanted: dict[Hashable, Answered] = {}
    for answered in (*leading, *revised):
        known = wanted.setdefault(_key(answered), answered)
        if (known.uri or "").startswith("http:") and (answered.uri or "").startswith("https:"):
            wanted[_key(answered)] = answered
    most = held.settings.most_addresses
    why = f"one ingest visits at most {most:,} addresses of an article"
    visited = list(wanted)[:most]
    found = in_parallel(held, lambda key: _one(held, wanted[key]), visited, "captured")
    passed = {key: _not_visited(held, wanted[key].uri or "", "too-many", why) for key in list(wanted)[most:]}
    return {key: captured for key, captured in zip(visited, found, strict=True) if captured} | passed


def _one(held: Tools, answered: Answered) -> Captured | None:
    if answered.snapshot:
        return existing(held, answered.snapshot)
    uri = (answered.uri or "").partition("#")[0]
    if not is_web(uri):
        return _not_visited(held, uri, "scheme", "only http and https addresses can be captured")
    return fresh(held, uri) or capture_uri(held, uri)


def _not_visited(held: Tools, uri: str, reason: str, detail: str) -> Captured:
    """Why an address was not even tried; the resolution says it, there was no visit to record."""
    return Captured(uri, None, failure=Failure(uri, held.date(), reason, detail))


def existing(held: Tools, snapshot_id: str) -> Captured | None:
    """A snapshot that is in the archive, followed to its last hop."""
    with index(held) as connection:
        return _followed(connection, snapshot_id)


def _followed(connection: read.Connection, snapshot_id: str) -> Captured | None:
    if read.snapshot(connection, snapshot_id) is None:
        return None
    last = read.last_hop(connection, snapshot_id)
    text = None if bad_status(last) else read.text_in_use(connection, last.id)
    return Captured(last.uri, last, text, unchanged=True)


def in_parallel(held: Tools, work: Callable[[T], R], items: Sequence[T], said: str) -> list[R]:
    """Work on all items, many at a time; the results in their order."""
    if not items:
        return []
    pool = ThreadPoolExecutor(max_workers=held.settings.jobs)
    try:
        waiting = [pool.submit(work, item) for item in items]
        for done, _ in enumerate(as_completed(waiting), 1):
            held.say(f"{said} {done} of {len(items)}")
        return [future.result() for future in waiting]
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def recalled(held: Tools, article: Article, latest: bool) -> list[Lead]:
    """Where the citations of an article lead by what is on record; ``latest``: in the newest snapshots.

    A citation whose text is new (another extractor) takes over what was said of the one with the
    same words and address in an older text of the same snapshot.
    """
    with index(held) as connection:
        texts = [article.text.id, *(head.text for head in read.readings_of(connection, article.snapshot.id))]
        return [_recall(connection, citation, texts, latest) for citation in article.findings.citations]


def _recall(connection: read.Connection, citation: Citation, texts: Sequence[str], latest: bool) -> Lead:
    for text in dict.fromkeys(texts):
        former = citation_id(text, citation.label, citation.uri, citation.nth)
        said = read.resolutions_of(connection, former)
        if said:
            answered = _answered(said[0])
            captured = _on_record(connection, said[0], latest)
            return Lead(citation, answered, captured, said[0].person and former == citation.id)
    return Lead(citation, Answered("unresolved", "none", None, None, "nobody was asked yet", (), ()))


def _answered(said: Resolution) -> Answered:
    state = "resolved" if said.state == "failed" else said.state
    return Answered(state, said.method, said.uri, said.snapshot, said.reason, said.steps, said.candidates)


def _on_record(connection: read.Connection, said: Resolution, latest: bool) -> Captured | None:
    newest = read.latest_good(connection, said.uri, None, imported=True) if latest and said.uri else None
    named = newest.id if newest else said.snapshot
    if named:
        return _followed(connection, named)
    failure = read.failure(connection, said.failure) if said.failure else None
    return Captured(said.uri or "", None, failure=failure) if failure else None


def _own(said: Resolution) -> bool:
    """Whether it was said here; what an imported file says settles nothing."""
    return not (said.place and said.place.imported)


def unwritten(held: Tools, leads: Iterable[Lead], created: str) -> list[Resolution]:
    """The machine's resolutions that say more than the newest ones that stand."""
    fresh_ones = []
    with index(held) as connection:
        for lead in leads:
            if lead.person:
                continue
            said = lead.resolution(created)
            stand = read.resolutions_of(connection, lead.citation.id)
            newest = next((one for one in stand if not one.person and _own(one)), None)
            if newest is None:
                fresh_ones.append(said)
            elif _says_more(newest, said):
                later = max(created, held.date_after([newest.created]))
                fresh_ones.append(replace(said, created=later))
    return fresh_ones


def _says_more(newest: Resolution, said: Resolution) -> bool:
    """Whether a resolution differs from the newest in more than its date.

    Once a resolver's page is captured, the archive itself has its title: that it now answers first, and with
    what the newest resolution brought, is no news.
    """
    news = [step for step in said.steps if step.method != "archive-title" and step not in newest.steps]
    if said.state == "resolved" and not news and set(said.candidates) <= set(newest.candidates):
        said = replace(said, method=newest.method, steps=newest.steps, candidates=newest.candidates)
    return not same_but_created(newest, said)
