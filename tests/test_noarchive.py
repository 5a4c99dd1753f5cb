"""Pages that ask for no copy: restricted as they are captured, where the archive is set so."""

from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from archive.errors import SettingsError
from archive.index import read
from archive.model import Metadata
from archive.saying import Desk, lift
from ingest.capture import Tools
from ingest.noarchive import asks_not_to_be_shown
from ingest.pipeline import About, annotate, ingest
from ingest.settings import FILE, Profile, read_profile, write_profile
from tests.site_crawl import ask, opened, words
from tests.story import ARTICLE, REPORT
from tests.web import Web, answer
from tests.working import working

META = REPORT.replace("<head>", '<head><meta name="robots" content="noindex, NoArchive">')
HTML = {"Content-Type": "text/html; charset=utf-8"}
CLOSEST = "14,000 tonnes of mud"


def obeying(held: Tools, obey: bool = True) -> Tools:
    profile = replace(held.archive.profile, restrict_noarchive=obey)
    return replace(held, archive=replace(held.archive, profile=profile))


@pytest.mark.parametrize(
    "sent",
    [answer(200, META.encode(), HTML), answer(200, REPORT.encode(), HTML | {"X-Robots-Tag": "noarchive"})],
)
def test_a_source_that_asks_for_it_is_hidden_and_its_passage_keeps_its_place(
    tmp_path: Path, sent: bytes
) -> None:
    with Web() as web, working(tmp_path) as held:
        web.page("/article", ARTICLE)
        web.raw("/report", sent)
        report = ingest(obeying(held), [web.url("/article")], About(), None).articles[0]
        source = next(one for one in report.citations if one.uri == web.url("/report"))
        assert source.status == "captured" and report.snapshot and source.snapshot
        with opened(tmp_path) as site:
            tombstone = ask(site, f"/snapshot/{source.snapshot}")
            assert tombstone.status == 451 and "asks that no archive shows a copy" in words(tombstone)
            assert "Restricted by Ada" in words(tombstone)
            article = words(ask(site, f"/article/{report.snapshot}"))
            assert "Its source has no text to compare" in article and CLOSEST not in article
        assert CLOSEST.encode() not in (tmp_path / "archive.db").read_bytes()
        agreed = partial(lift, written=source.snapshot, reason="they agreed")
        Desk(held.store, held.archive.index).say("Ada", agreed)
        annotate(held, report.snapshot, latest=False)
        with opened(tmp_path) as site:
            assert CLOSEST in words(ask(site, f"/article/{report.snapshot}"))


def test_an_article_that_asks_for_it_is_reported_and_not_shown(tmp_path: Path) -> None:
    with Web() as web, working(tmp_path) as held:
        web.page("/article", ARTICLE.replace("<head>", '<head><meta name="robots" content="noarchive">'))
        web.page("/report", REPORT)
        said: list[str] = []
        report = ingest(
            replace(obeying(held), say=said.append), [web.url("/article")], About(), None
        ).articles[0]
        assert report.failure is None and any("pincite unrestrict" in line for line in said)
        with opened(tmp_path) as site:
            assert ask(site, f"/article/{report.snapshot}").status == 451


def test_without_the_setting_nothing_is_hidden(tmp_path: Path) -> None:
    with Web() as web, working(tmp_path) as held:
        web.page("/report", META)
        ingest(held, [web.url("/report")], About(), None)
        with closing(read.connect(held.archive.index)) as index:
            assert not read.anything_restricted(index)


@pytest.mark.parametrize(
    ("field", "asked"),
    [
        ("noarchive", True),
        ("noindex, NOARCHIVE", True),
        ("googlebot: nofollow, noarchive", True),
        ("unavailable_after: 25 Jun 2030 15:00:00 PST", False),
        ("none", False),
        ("noarchiver", False),
    ],
)
def test_a_field_is_read_as_crawlers_read_it(field: str, asked: bool) -> None:
    assert bool(asks_not_to_be_shown([("x-robots-tag", field)], Metadata())) is asked


def test_the_setting_is_kept_and_checked(tmp_path: Path) -> None:
    write_profile(tmp_path, Profile(restrict_noarchive=True))
    assert read_profile(tmp_path).restrict_noarchive
    (tmp_path / FILE).write_text('restrict-noarchive = "yes"', "utf-8")
    with pytest.raises(SettingsError, match="restrict-noarchive is true or false"):
        read_profile(tmp_path)
