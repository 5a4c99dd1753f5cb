"""The pages that hits are of: what facets and filters ask of each."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.errors import BadId
from archive.index.read.ask import Connection, Row, row, rows, value
from archive.index.read.search.query import Query
from archive.index.read.visits import last_hop
from archive.model import parse_id
from archive.uri import urlkey


@dataclass(frozen=True, slots=True)
class Page:
    """A page, as extracted and corrected by people; ``text`` is the one in use.

    ``citing``: it is an article; ``cited_by``: the articles that cite it. ``date`` is its own, ISO.
    """

    text: str | None
    snapshot: str
    uri: str
    site: str
    date: str | None
    language: str | None
    authors: tuple[str, ...]
    citing: bool
    cited_by: tuple[str, ...]

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles that it is, or is cited by."""
        return ((self.snapshot,) if self.citing else ()) + self.cited_by


_PAGE = """SELECT s.uri, s.site, s.digest, t.id AS text, t.date_iso, t.language, t.authors,
      EXISTS (SELECT 1 FROM readings r WHERE r.snapshot = s.id) AS citing
    FROM snapshots s LEFT JOIN texts t ON t.id = (SELECT u.text FROM text_in_use u WHERE u.snapshot = s.id)
    WHERE s.id = ?"""
# Few pages are corrected, and the view that applies corrections costs three times as much.
_CORRECTED = "SELECT date_iso, language, authors FROM descriptions WHERE snapshot = ?"
# A citation may lead to a later visit that brought the same bytes, while the text is that of the first; or,
# where a person named it, to a redirect that ends here.
_CITED_BY = """SELECT DISTINCT n.snapshot FROM resolutions r
    JOIN reading_citations q ON q.citation = r.citation
    JOIN newest_readings n ON n.reading = q.reading
    WHERE r.id = (SELECT f.id FROM resolutions_in_force f WHERE f.citation = r.citation)
    AND r.snapshot IN (SELECT ?1 UNION ALL SELECT value FROM json_each(?3)
      UNION ALL SELECT v.id FROM snapshots v WHERE v.digest = ?2 AND v.record_type = 'revisit'
        AND (SELECT p.holder FROM payloads p WHERE p.snapshot = v.id) = ?1)
    ORDER BY n.snapshot"""
_NAMED_REDIRECTS = """SELECT s.id FROM snapshots s WHERE s.redirects_to IS NOT NULL
    AND EXISTS (SELECT 1 FROM resolutions r WHERE r.snapshot = s.id)"""


class Pages:
    """Pages by their texts and snapshots, each looked up once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._at: dict[str, Page | None] = {}
        self._of: dict[str, Page | None] = {}
        sql = "SELECT DISTINCT subject FROM corrections"
        self.corrected = frozenset(str(found[0]) for found in rows(connection, sql))
        self._redirects: dict[str, list[str]] = {}
        for (step,) in rows(connection, _NAMED_REDIRECTS):
            self._redirects.setdefault(last_hop(connection, step).id, []).append(step)

    def of(self, text: str) -> Page | None:
        """The page of a text; None where the text is not the one in use."""
        if text not in self._of:
            snapshot = value(self._connection, "SELECT snapshot FROM texts WHERE id = ?", text)
            page = self.at(snapshot) if snapshot else None
            self._of[text] = page if page and page.text == text else None
        return self._of[text]

    def title(self, snapshot: str) -> str | None:
        """The title of a snapshot's page."""
        found = value(self._connection, "SELECT title FROM descriptions WHERE snapshot = ?", snapshot)
        return None if found is None else str(found)

    def at(self, snapshot: str) -> Page | None:
        """The page of a snapshot."""
        if snapshot not in self._at:
            self._at[snapshot] = self._look_up(snapshot)
        return self._at[snapshot]

    def _look_up(self, snapshot: str) -> Page | None:
        found = row(self._connection, _PAGE, snapshot)
        if found is None:
            return None
        said = row(self._connection, _CORRECTED, snapshot) if snapshot in self.corrected else found
        assert said is not None
        redirects = json.dumps(self._redirects.get(snapshot, []))
        citing = rows(self._connection, _CITED_BY, snapshot, found["digest"], redirects)
        return Page(
            text=found["text"],
            snapshot=snapshot,
            uri=found["uri"],
            site=found["site"],
            date=said["date_iso"],
            language=said["language"],
            authors=tuple(json.loads(said["authors"] or "[]")),
            citing=bool(found["citing"]),
            cited_by=tuple(one[0] for one in citing),
        )


@dataclass(frozen=True, slots=True)
class Sieve:
    """Which pages a question lets through.

    ``articles`` and ``citing``: the snapshots that `article:` and `cited-by:` name, None where nobody asks.
    """

    _asked: Mapping[str, tuple[str, ...]]
    articles: frozenset[str] | None
    citing: frozenset[str] | None

    @classmethod
    def of(cls, connection: Connection, query: Query) -> "Sieve":
        """The sieve of a question; addresses of articles are looked up."""
        named = [
            frozenset(_articles(connection, query.values(key))) if query.values(key) else None
            for key in ("article", "cited-by")
        ]
        asked = {key: query.values(key) for key, _ in query.filters}
        return cls(asked, named[0], named[1])

    def passes(self, page: Page) -> bool:
        """Whether a page is one of those that are asked for."""
        return (
            self._described(page.site, page.date, page.language, page.authors)
            and (self.articles is None or not self.articles.isdisjoint(page.articles))
            and (self.citing is None or not self.citing.isdisjoint(page.cited_by))
            and self._role(page)
        )

    def _role(self, page: Page) -> bool:
        roles = self._asked.get("is", ())
        return not roles or ("citing" in roles and page.citing) or ("cited" in roles and bool(page.cited_by))

    def _described(self, site: str, date: str | None, language: str | None, authors: Sequence[str]) -> bool:
        holds: dict[str, Callable[[str], bool]] = {
            "site": lambda host: site == host or site.endswith(f".{host}"),
            "before": lambda day: bool(date) and (date or "") < day,
            "after": lambda day: bool(date) and (date or "") >= day,
            "year": (date or "").startswith,
            "lang": lambda tag: f"{language or ''}-".lower().startswith(f"{tag}-"),
            "author": lambda name: any(plain(name) in plain(one) for one in authors),
        }
        return all(any(map(holds[key], said)) for key, said in self._asked.items() if key in holds)

    def texts(self, connection: Connection, corrected: frozenset[str]) -> list[str] | None:
        """Texts that may pass, or more; None where any may: spares the ranking those that cannot."""
        if not set(self._asked) - {"kind", "is", "in", "tag"}:
            return None
        named = [wanted for wanted in (self.articles, self.citing) if wanted is not None]
        found = list(_texts_near(connection, named)) if named else list(_every_text(connection))
        return [
            one["id"]
            for one in found
            if one["snapshot"] in corrected
            or self._described(
                one["site"], one["date_iso"], one["language"], json.loads(one["authors"] or "[]")
            )
        ]


_DESCRIBED = """SELECT t.id, t.snapshot, s.site, t.date_iso, t.language, t.authors
    FROM texts t JOIN snapshots s ON s.id = t.snapshot"""


def _every_text(connection: Connection) -> Iterator[Row]:
    yield from rows(connection, _DESCRIBED)


def _texts_near(connection: Connection, named: list[frozenset[str]]) -> Iterator[Row]:
    """The texts of the articles, and of what they cite."""
    articles = sorted(frozenset.union(*named))
    sql = """SELECT DISTINCT s.id, s.redirects_to
        FROM current_citations c JOIN snapshots s ON s.id = c.snapshot
        WHERE c.article IN (SELECT value FROM json_each(?))"""
    cited = [
        last_hop(connection, found["id"]).id if found["redirects_to"] else found["id"]
        for found in rows(connection, sql, json.dumps(articles))
    ]
    sql = f"""{_DESCRIBED} WHERE t.snapshot IN (SELECT coalesce(p.holder, p.snapshot) FROM payloads p
        WHERE p.snapshot IN (SELECT value FROM json_each(?)))"""
    yield from rows(connection, sql, json.dumps([*articles, *cited]))


def _articles(connection: Connection, named: Sequence[str]) -> Iterator[str]:
    """The snapshots that an id or an address may name."""
    for name in named:
        try:
            found = parse_id(name)
            yield value(connection, "SELECT snapshot FROM readings WHERE id = ?", found) or found
        except BadId:
            sql = "SELECT id FROM snapshots WHERE urlkey = ?"
            yield from (one["id"] for one in rows(connection, sql, urlkey(name)))


def plain(name: str) -> str:
    """A name without case and accents.

    >>> plain("José  GARCÍA")
    'jose garcia'
    """
    split = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"\s+", " ", "".join(symbol for symbol in split if not unicodedata.combining(symbol)))
