"""A citation to the address it leads to: who is asked, in which order, and what each answered.

    1. the sources file                             2. the citation's own address, DOI or arXiv number
    3. a snapshot in the archive with this title, the archive's own before an imported one
    4. a MediaWiki: title, redirect, search
    5. the resolvers that are installed as plug-ins

Nothing like is taken for the same: near misses are candidates for a person.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from archive.index.read import TitledPage
from archive.model import Candidate, Citation, Step
from archive.uri import host, is_web
from ingest.resolve.entry import entry_address, is_isbn, isbn_of, stated_address
from ingest.resolve.mediawiki import SEVERAL, MediaWiki, Page, ResolverFailed
from ingest.resolve.plugins import CERTAIN, Plugin
from ingest.resolve.question import Answered, Question
from ingest.resolve.titles import clean, normal, similarity
from ingest.settings import DOI_RESOLVER

_OLD_REVISION = re.compile(r"[?&]oldid=\d")
Titled = Callable[[str], Sequence[TitledPage]]
# A title of the archive that is less like the one that was asked for is no near miss; so many are offered.
_NEAR, _OFFERED = 0.6, 5


@dataclass(frozen=True, slots=True)
class Held:
    """What the archive has under a title, and under titles like it; by itself nothing."""

    titled: Titled = lambda _: ()
    alike: Titled = lambda _: ()


@dataclass(frozen=True, slots=True)
class Resolvers:
    """Who can be asked: where DOIs lead, a wiki, and what others have installed."""

    wiki: MediaWiki | None = None
    others: tuple[Plugin, ...] = ()
    doi: str = DOI_RESOLVER


@dataclass(slots=True)
class _Record:
    """What was asked so far."""

    steps: list[Step] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    reason: str | None = None

    def step(self, method: str, asked: str, answered: str) -> None:
        self.steps.append(Step(method, asked, answered))

    def resolved(self, method: str, uri: str, snapshot: str | None = None) -> Answered:
        return Answered("resolved", method, uri, snapshot, None, tuple(self.steps), tuple(self.candidates))


def resolve(question: Question, sources: Mapping[str, str], held: Held, resolvers: Resolvers) -> Answered:
    """The address that a citation leads to; every step is recorded, and no failure of a resolver is raised.

    ``sources``: title to address; ``held``: what the archive has under a title.
    """
    record = _Record()
    citation = question.citation
    titles = _titles(citation)
    answer = _in_file(sources, titles, record) or _by_address(citation, resolvers.doi, record)
    numbered = _isbn(citation, record)
    if answer or (citation.uri and not numbered):
        return answer or _unresolved(record, f"{citation.uri} is no address that can be visited")
    if not titles and not numbered:
        return _unresolved(record, "the entry gives neither an address nor a title")
    here = _in_archive(held, titles, record)
    if here and not _has_revisions(resolvers.wiki, question, here):
        return here
    found = (
        _in_wiki(resolvers.wiki, question, _wiki_titles(citation), record)
        or here
        or _elsewhere(resolvers, question, record)
    )
    if found is None:
        _near_in_archive(held, titles, record)
        return _unresolved(record, _why(resolvers))
    return replace(found, steps=tuple(record.steps), candidates=tuple(record.candidates))


def _why(resolvers: Resolvers) -> str:
    asked = [resolvers.wiki.api] if resolvers.wiki else []
    asked += [plugin.name for plugin in resolvers.others]
    if not asked:
        return "no page with this title in the archive or the sources file, and no resolver was asked"
    return f"no page with this title at {', '.join(asked)}"


def _unresolved(record: _Record, reason: str) -> Answered:
    steps, candidates = tuple(record.steps), tuple(record.candidates)
    why = record.reason or reason
    if candidates:
        why += f"; {len(candidates)} near {'miss' if len(candidates) == 1 else 'misses'} to choose from"
    return Answered("unresolved", "none", None, None, why, steps, candidates)


def _titles(citation: Citation) -> list[str]:
    """What may be the title of the source: as the bibliographic reader says, then the words as written."""
    written = (citation.entry.title or "", citation.label)
    return list(dict.fromkeys(title for words in written if normal(title := clean(words))))


def _wiki_titles(citation: Citation) -> list[str]:
    """What may be the title of a wiki's page: a work by somebody is no article that is called like it."""
    named = replace(citation.entry, title=None) if citation.entry.authors else citation.entry
    return _titles(replace(citation, entry=named))


def _in_file(sources: Mapping[str, str], titles: list[str], record: _Record) -> Answered | None:
    if not sources:
        return None
    known = {normal(title): uri for title, uri in sources.items()}
    for title in titles:
        uri = known.get(normal(title))
        record.step("sources-file", title, uri or "not in it")
        if uri:
            return record.resolved("sources-file", uri)
    return None


def _by_address(citation: Citation, doi_resolver: str, record: _Record) -> Answered | None:
    if citation.uri:
        how, asked, uri = "address", citation.uri, stated_address(citation, doi_resolver)
    else:
        how, asked, uri = "entry", citation.label, entry_address(citation, doi_resolver)
    if uri is None:
        return None
    record.step(how, asked, uri)
    return record.resolved(how, uri)


def _isbn(citation: Citation, record: _Record) -> str | None:
    isbn = isbn_of(citation)
    if isbn is None:
        return None
    right = is_isbn(isbn)
    record.step("isbn", isbn, "names a book, not an address" if right else "its check digit is wrong")
    return isbn if right else None


def _near_in_archive(held: Held, titles: list[str], record: _Record) -> None:
    """The pages of the archive with a title like one of these, as candidates for a person."""
    near: dict[str, Candidate] = {}
    for title in titles:
        for page in held.alike(title):
            offered = Candidate(page.uri, page.title, similarity(title, page.title))
            if is_web(page.uri) and offered.score >= max(_NEAR, near.get(page.uri, offered).score):
                near[page.uri] = offered
    known = {candidate.uri for candidate in record.candidates}
    closest = sorted(near.values(), key=lambda one: (-one.score, one.title, one.uri))[:_OFFERED]
    record.candidates.extend(one for one in closest if one.uri not in known)


def _in_archive(held: Held, titles: list[str], record: _Record) -> Answered | None:
    for title in titles:
        pages = (*held.titled(title), *held.alike(title))
        same = [page for page in pages if normal(page.title) == normal(title) and is_web(page.uri)]
        # Whoever hands us a file can give its pages any title: they answer only where nothing of ours does.
        ours = [page for page in same if not page.imported]
        own = _addresses(ours)
        others = [uri for uri in _addresses(same) if uri not in own]
        told = [*own, *(f"{uri} (imported)" for uri in others)]
        record.step("archive-title", title, ", ".join(told) or "nothing has this title")
        taken = own or others
        if len(taken) == 1:
            record.candidates.extend(Candidate(uri, title, 1.0) for uri in others if uri not in taken)
            snapshot = next(page.snapshot for page in ours or same if page.uri == taken[0])
            return record.resolved("archive-title", taken[0], snapshot)
        # Several pages of one title ("Home", "Annual report"): a person has to say which.
        record.candidates.extend(Candidate(uri, title, 1.0) for uri in (*own, *others))
    return None


def _addresses(pages: Sequence[TitledPage]) -> list[str]:
    """Where pages of one title lie; an old revision of a page is no other page than today's."""
    every = {page.uri for page in pages}
    return sorted({uri for uri in every if not _OLD_REVISION.search(uri)} or every)


def _has_revisions(wiki: MediaWiki | None, question: Question, here: Answered) -> bool:
    """Whether the wiki itself is to be asked, because it knows what its page said at the article's date."""
    return bool(wiki and question.article_date and here.uri and host(here.uri) == host(wiki.api))


def _in_wiki(
    wiki: MediaWiki | None, question: Question, titles: list[str], record: _Record
) -> Answered | None:
    if wiki is None:
        return None
    for title in titles:
        try:
            found = wiki.find(title)
        except ResolverFailed as error:
            record.step("mediawiki", title, str(error))
            record.reason = f"resolver: {error}"
            return None
        record.steps.extend(found.steps)
        several = (step.answered for step in found.steps if step.answered.endswith(SEVERAL))
        record.reason = record.reason or next(several, None)
        record.candidates.extend(c for c in found.candidates if c not in record.candidates)
        if found.page and found.how:
            then = _at_date(wiki, found.page, question.article_date, record)
            return replace(record.resolved(found.how, found.page.uri), revision=then)
    return None


def _at_date(wiki: MediaWiki, page: Page, date: str | None, record: _Record) -> str | None:
    """The address of the revision that stood at a date, where it is not today's."""
    if date is None:
        return None
    asked = f"{page.title} at {date}"
    try:
        revision = wiki.revision(page.title, date)
    except ResolverFailed as error:
        record.step("mediawiki-revision", asked, f"{error}; today's page is searched")
        return None
    if revision is None:
        record.step("mediawiki-revision", asked, "no revision stood then; today's page is searched")
        return None
    told = f"revision {revision.number} of {revision.date}"
    if revision.current:
        record.step("mediawiki-revision", asked, f"{told}, which is today's")
        return None
    record.step("mediawiki-revision", asked, f"{told} is searched <{revision.uri}>; today's is kept too")
    return revision.uri


def _elsewhere(resolvers: Resolvers, question: Question, record: _Record) -> Answered | None:
    """The one address of which a plug-in is certain; all else that it offers is a candidate."""
    asked = question.citation.label or question.citation.uri
    for plugin in resolvers.others:
        try:
            offered = plugin.ask(question)
        except ResolverFailed as error:
            record.step(plugin.method, asked, str(error))
            record.reason = record.reason or f"resolver: {error}"
            continue
        told = "; ".join(f"{one.title} <{one.uri}> ({one.score:g})" for one in offered) or "nothing"
        record.step(plugin.method, asked, told)
        certain = {one.uri for one in offered if one.score >= CERTAIN}
        taken = certain.pop() if len(certain) == 1 else None
        near = (one for one in offered if one.uri != taken and one not in record.candidates)
        record.candidates.extend(near)
        if taken:
            return record.resolved(plugin.method, taken)
    return None
