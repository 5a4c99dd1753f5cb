"""Where people's verdicts disagree: counted on the article's page, named beside them and in the review."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

import pytest

from archive.index import read
from archive.review import lines, review
from archive.saying import Desk, judge
from archive.site.answers import Site
from archive.store import Store
from tests.site_archive import Archive, build
from tests.site_crawl import ask, opened, words


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Ada and Ben judged the first passage differently; here they agree on another, and differ on a claim."""
    archive = build(tmp_path_factory.mktemp("judged"))
    noon = datetime(2026, 12, 1, 12, tzinfo=UTC)
    desk = Desk(Store(str(archive.folder)), archive.index, now=lambda: noon)
    others = [one for one in archive.reading.evidence if one.rank == 1 and one.claim != _first(archive)]
    second, third = others[:2]
    for person in ("Ada", "Eve"):
        desk.say(person, partial(judge, written=second.id, verdict="supports", note=None))
    desk.say("Ada", partial(judge, written=third.id, verdict="partly", note=None))
    desk.say("Eve", partial(judge, written=third.claim, verdict="none", note="not of this year"))
    # What somebody said earlier no longer counts.
    desk.say("Eve", partial(judge, written=second.id, verdict="unrelated", note=None))
    desk.say("Eve", partial(judge, written=second.id, verdict="supports", note="looked again"))
    return archive


def _first(archive: Archive) -> str:
    return archive.reading.evidence[0].claim


@pytest.fixture(scope="module")
def site(archive: Archive) -> Iterator[Site]:
    with opened(archive.folder) as site:
        yield site


def test_an_article_says_how_many_judged_and_on_how_many_they_disagree(site: Site, archive: Archive) -> None:
    shown = words(ask(site, f"/article/{archive.snapshots['article'].id}"))
    assert "3 claims judged by 3 people, who disagree on 2" in shown


def test_the_disagreement_is_named_beside_the_verdicts(site: Site, archive: Archive) -> None:
    disputed, agreed = archive.reading.evidence[0], archive.reading.evidence[1]
    for room in (f"/evidence/{disputed.id}", f"/claim/{disputed.claim}", f"/said/{disputed.id}"):
        assert "People disagree on it." in words(ask(site, room)), room
    others = [one for one in archive.reading.evidence if one.rank == 1 and one.claim != disputed.claim]
    assert "People disagree on it." not in words(ask(site, f"/evidence/{others[0].id}")), agreed


def test_the_review_names_them_too(site: Site, archive: Archive) -> None:
    article = archive.snapshots["article"].id
    report = review(site.index, article)
    assert report and (report.judged, report.people, report.disputed) == (3, 3, 2)
    told = "\n".join(lines(report))
    assert "3 of 15 claims judged by 3 people; they disagree on 2" in told
    assert "Claims on which people disagree: 2" in told and "Ada: supports; <b>Ben</b>: partly" in told
    page = words(ask(site, f"/article/{article}/review"))
    assert "3 claims judged by 3 people, who disagree on 2" in page
    assert "review" in ask(site, f"/article/{article}").body.decode()


def test_the_view_of_conflicts_has_the_same_claims(site: Site, archive: Archive) -> None:
    report = review(site.index, archive.snapshots["article"].id)
    assert report
    named = {one.claim for one in report.remarks if one.kind == "disputed"}
    assert named == {claim for (claim,) in site.index.execute("SELECT DISTINCT claim FROM conflicts")}
    assert read.newest_reading(site.index, report.article) == report.reading
