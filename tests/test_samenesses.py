"""One source under several addresses: what is plain by itself, what a page says, what people say."""

from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import NotFound, UsageError
from archive.index import read
from archive.index.write import fold_names, rebuild
from archive.model import Citation, ClaimOutcome, Metadata, Reading, Resolution, SourceText, Text
from archive.saying import Desk, equate, part
from archive.store import Store
from archive.uri import sourcekey, urlkey
from archive.warc.profile import Log
from tests.index_rows import index_rows
from tests.logs import INFO, an_exchange, http
from tests.nouns import DATE

NOW = "2026-12-01T00:00:00Z"
PAGE = "https://example.org/report"
DOI = "https://doi.org/10.1000/Report.7"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.example.org/a", "http://example.org/a#part"),
        ("https://example.org/a?utm_source=x&id=3&fbclid=Z9", "https://example.org/a?id=3"),
        ("https://example.org/a?gclid=1", "https://example.org/a"),
        ("https://example.org/a?amp=1", "https://example.org/a"),
        ("https://www-example-org.cdn.ampproject.org/c/s/www.example.org/a", "https://example.org/a"),
        ("https://dx.doi.org/10.1000/ABC", "doi:10.1000/abc"),
        ("http://doi.org/10.1000%2Fabc?x=1", "https://doi.org/10.1000%2Fabc"),
    ],
)
def test_what_is_plainly_one_source(one: str, other: str) -> None:
    assert sourcekey(one) == sourcekey(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a?id=3", "https://example.org/a?id=4"),
        ("https://example.org/amp", "https://example.org/"),
        ("https://example.org/a?ampere=1", "https://example.org/a"),
        ("https://doi.org/10.1000/abc", "https://doi.org/10.1000/abd"),
        ("urn:isbn:0451450523", "urn:isbn:0451450524"),
    ],
)
def test_what_is_not(one: str, other: str) -> None:
    assert sourcekey(one) != sourcekey(other)


@given(st.text(max_size=60))
def test_the_key_never_fails_and_tells_no_fewer_apart_than_the_urlkey_joins(words: str) -> None:
    for uri in (words, f"https://example.org/{words}", f"https://example.org/a?{words}"):
        assert isinstance(sourcekey(uri), str)
        if urlkey(uri) == urlkey(PAGE):
            assert sourcekey(uri) == sourcekey(PAGE)


CITED = (
    PAGE,
    PAGE + "?utm_campaign=spring",
    "https://m.example.org/report-7",
    "https://mirror.example/report",
    "https://elsewhere.example/copy",
    "https://careless.example/b",
)
CANONICAL = {
    "https://m.example.org/report-7": PAGE,
    "https://elsewhere.example/copy": PAGE,
    "https://careless.example/b": "https://careless.example/",
}


def build(folder: Path) -> Desk:
    """An article that cites one report under many addresses, all captured."""
    store = Store(str(folder))
    log = Log(store.temp(), lambda: DATE, INFO)
    article = log.exchange(an_exchange("https://example.org/article", http(b"<p>article")))
    text = log.text(Text(article.id, "trafilatura 2.3.1", "An article that cites.", Metadata("A")), article)
    citations = [Citation(text.id, f"cited {n}", uri) for n, uri in enumerate(CITED)]
    for citation in citations:
        page = log.exchange(an_exchange(citation.uri, http(f"<p>{citation.uri}".encode())))
        said = Metadata("The report", canonical=CANONICAL.get(citation.uri))
        log.text(Text(page.id, "trafilatura 2.3.1", f"At {citation.uri}.", said), page)
        log.statement(
            Resolution(
                creator="pincite", created=DATE, citation=citation.id, person=False, state="resolved",
                method="address", uri=citation.uri, snapshot=page.id,
            )
        )  # fmt: skip
    here = SourceText(text.id, article.id, article.uri, article.date, article.digest)
    outcomes: tuple[ClaimOutcome, ...] = ()
    log.reading(Reading(here, "m 1", "pincite", DATE, (), outcomes, tuple(citations), (), ()))
    sealed = log.seal()
    store.put(sealed.path, sealed.name)
    fold_names(store, folder / "archive.db", [sealed.name], NOW)
    return Desk(store, folder / "archive.db")


def sources(desk: Desk) -> dict[str, tuple[int, int]]:
    """Each source's address, with under how many addresses and how often it is cited."""
    with closing(read.connect(desk.index)) as connection:
        found = read.sources(connection, 100)
        assert read.stats(connection).sources == len(found)
    return {one.uri: (one.addresses, one.citations) for one in found}


def test_tracking_and_a_page_on_its_own_site_join_by_themselves(tmp_path: Path) -> None:
    assert sources(build(tmp_path)) == {
        PAGE: (3, 3),
        "https://mirror.example/report": (1, 1),
        "https://elsewhere.example/copy": (1, 1),
        "https://careless.example/b": (1, 1),
    }


def test_people_join_and_part_what_they_know(tmp_path: Path) -> None:
    desk = build(tmp_path)
    before = sources(desk)
    mirror, copy = "https://mirror.example/report", "https://elsewhere.example/copy"
    desk.say("Ada", partial(equate, one=PAGE, other=mirror), partial(equate, one=copy, other=mirror))
    assert sorted(sources(desk).values()) == [(1, 1), (5, 5)]
    assert desk.say("Ben", partial(equate, one=mirror, other=PAGE)) == (), "said before, the other way round"
    rows = index_rows(desk.index)
    rebuild(desk.store, desk.index, NOW, lambda _: None)
    assert index_rows(desk.index) == rows
    desk.say("Ben", partial(part, one=mirror, other=copy))
    assert sorted(sources(desk).values()) == [(1, 1), (1, 1), (4, 4)]
    desk.say("Ben", partial(part, one=mirror, other=PAGE))
    assert sources(desk) == before
    desk.say("Ada", partial(equate, one=PAGE, other=mirror))
    assert sorted(sources(desk).values()) == [(1, 1), (1, 1), (4, 4)], "what was taken back can be said again"


def test_what_needs_no_saying_and_what_nobody_said(tmp_path: Path) -> None:
    desk = build(tmp_path)
    with pytest.raises(UsageError, match="plainly one source already"):
        desk.say("Ada", partial(equate, one=PAGE, other=PAGE + "?utm_source=x"))
    with pytest.raises(NotFound, match="nobody has said"):
        desk.say("Ada", partial(part, one=PAGE, other=DOI))
