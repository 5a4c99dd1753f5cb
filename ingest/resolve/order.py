"""A citation to the address it leads to: who is asked, in which order, and what each answered.

    1. the sources file                             2. the citation's own address, or one in its words
    3. a snapshot in the archive with this title    4. a MediaWiki: title, redirect, search

Nothing like is taken for the same: near misses are candidates for a person.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from archive.model import Candidate, Citation, ResolutionState, Step
from archive.uri import is_web
from ingest.resolve.mediawiki import MediaWiki, ResolverFailed
from ingest.resolve.titles import clean, normal

Titled = Callable[[str], list[tuple[str, str, str]]]

_ADDRESS = re.compile(r"https?://[^\s<>\"“”«»]+", re.IGNORECASE)
_DOI = re.compile(r"\b(?:doi:\s*|(?:dx\.)?doi\.org/)?(10\.\d{4,9}/[^\s\"<>“”]+)", re.IGNORECASE)
_ARXIV = re.compile(r"\barxiv:\s*(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7})", re.IGNORECASE)
_TRAILING = ".,;:!?…’'”\"*_"
_BRACKETS = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class Question:
    """A citation to resolve. ``article_date``: an ISO date, for resolvers that know revisions."""

    citation: Citation
    article_date: str | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """Where a citation leads, or why nowhere; each step with what was asked and answered."""

    state: ResolutionState
    method: str
    uri: str | None = None
    snapshot: str | None = None
    reason: str | None = None
    steps: tuple[Step, ...] = ()
    candidates: tuple[Candidate, ...] = ()


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


def resolve(
    question: Question, sources: Mapping[str, str], titled: Titled, wiki: MediaWiki | None
) -> Answered:
    """The address that a citation leads to; every step is recorded, and no failure of a resolver is raised.

    ``sources``: title to address; ``titled``: (snapshot, uri, title) of what the archive has under a title.
    """
    record = _Record()
    citation = question.citation
    titles = _titles(citation)
    answer = _in_file(sources, titles, record) or _by_address(citation, record)
    if answer or citation.uri:
        return answer or _unresolved(record, f"{citation.uri} is no address that can be visited")
    if not titles:
        return _unresolved(record, "the entry gives neither an address nor a title")
    found = _in_archive(titled, titles, record) or _in_wiki(wiki, titles, record)
    return found or _unresolved(record, _why(wiki))


def _why(wiki: MediaWiki | None) -> str:
    if wiki is None:
        return "no page with this title in the archive or the sources file, and no resolver was asked"
    return f"no page with this title at {wiki.api}"


def _unresolved(record: _Record, reason: str) -> Answered:
    steps, candidates = tuple(record.steps), tuple(record.candidates)
    return Answered("unresolved", "none", None, None, record.reason or reason, steps, candidates)


def _titles(citation: Citation) -> list[str]:
    """What may be the title of the source: as the bibliographic reader says, then the words as written."""
    written = (citation.entry.title or "", citation.label)
    return list(dict.fromkeys(title for words in written if normal(title := clean(words))))


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


def _by_address(citation: Citation, record: _Record) -> Answered | None:
    if citation.uri:
        uri = _identifier(citation.uri) if not is_web(citation.uri) else citation.uri
        return record.resolved("address", uri) if uri else None
    entry = citation.entry
    found = entry.doi and _identifier(entry.doi)
    found = found or (entry.arxiv and _identifier(f"arXiv:{entry.arxiv.removeprefix('arXiv:')}"))
    found = found or address_in(citation.label) or _identifier(citation.label)
    if not found:
        return None
    record.step("entry", citation.label, found)
    return record.resolved("entry", found)


def address_in(words: str) -> str | None:
    """The first address in the words of an entry, without the punctuation that ends the sentence."""
    match = _ADDRESS.search(words)
    address = _without_trailing(match[0]) if match else ""
    return address if is_web(address) else None


def _identifier(words: str) -> str | None:
    """The address of a DOI or arXiv number in the words of an entry."""
    if match := _DOI.search(words):
        return "https://doi.org/" + quote(_without_trailing(match[1]), safe="/:;()._-+~!*'")
    if match := _ARXIV.search(words):
        return f"https://arxiv.org/abs/{match[1]}"
    return None


def _without_trailing(address: str) -> str:
    while address:
        last = address[-1]
        unopened = last in _BRACKETS and address.count(last) > address.count(_BRACKETS[last])
        if last not in _TRAILING and not unopened:
            break
        address = address[:-1]
    return address


def _in_archive(titled: Titled, titles: list[str], record: _Record) -> Answered | None:
    for title in titles:
        same = [found for found in titled(title) if normal(found[2]) == normal(title) and is_web(found[1])]
        addresses = sorted({uri for _, uri, _ in same})
        told = "nothing has this title" if not same else ", ".join(addresses)
        record.step("archive-title", title, told)
        if len(addresses) == 1:
            return record.resolved("archive-title", addresses[0], same[0][0])
        # Several pages of one title ("Home", "Annual report"): a person has to say which.
        record.candidates.extend(Candidate(uri, title, 1.0) for uri in addresses)
    return None


def _in_wiki(wiki: MediaWiki | None, titles: list[str], record: _Record) -> Answered | None:
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
        record.candidates.extend(c for c in found.candidates if c not in record.candidates)
        if found.page and found.how:
            return record.resolved(found.how, found.page.uri)
    return None
