"""A snapshot's landing page: its redirects hop by hop, what came before and after, what that is worth."""

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.model import Origin, Provenance, Snapshot, snapshot_id
from archive.site import words as site_words
from archive.site.answers import Site
from archive.site.pages import snapshot as pages
from tests.site_archive import Archive, build
from tests.site_crawl import ask, crawl, opened, tree, words

MANY = 10_000


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return build(tmp_path_factory.mktemp("landing"), revisited=True)


@pytest.fixture
def site(archive: Archive) -> Iterator[Site]:
    with opened(archive.folder) as site:
        yield site


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The same archive with ten thousand visits to one address, some in a second."""
    archive = build(tmp_path_factory.mktemp("busy"))
    with sqlite3.connect(archive.index) as writer:
        writer.row_factory = sqlite3.Row
        (row,) = writer.execute("SELECT * FROM snapshots WHERE id = ?", (archive.snapshots["harbour"].id,))
        names = row.keys()
        sql = f"INSERT INTO snapshots VALUES ({', '.join(f':{name}' for name in names)})"
        writer.executemany(sql, (dict(row) | visit(row["uri"], n) for n in range(MANY - 1)))
    writer.close()
    return archive


def visit(uri: str, number: int) -> dict[str, str]:
    """What is its own of one of many visits, ten hours apart."""
    moment = datetime(2012, 3, 1, tzinfo=UTC) + timedelta(hours=10 * number)
    date, digest = moment.strftime("%Y-%m-%dT%H:%M:%SZ"), f"sha256:{number:064x}"
    stamp = {"timestamp": moment.strftime("%Y%m%d%H%M%S"), "record_id": f"<urn:x:{number}>"}
    return {"id": snapshot_id(uri, date, digest), "date": date, "digest": digest, **stamp}


def landing(archive: Archive, name: str) -> str:
    return f"/snapshot/{archive.snapshots[name].id}"


def test_the_whole_chain_of_redirects_is_linked(site: Site, archive: Archive) -> None:
    chain = tree(ask(site, landing(archive, "first-hop"))).xpath("//ol[@class='hops']/li")
    assert [link.get("href") for hop in chain for link in hop.xpath("a")] == [
        landing(archive, "moved"),
        landing(archive, "budget"),
    ]
    said = [" ".join(hop.text_content().split()) for hop in chain]
    assert said[0].startswith("this snapshot of http://council.example/b, HTTP 302, 2026-11-22")
    assert said[2].endswith("of https://council.example/budget-2026, HTTP 200, 2026-11-22 09:00:05 UTC")


def test_a_redirect_into_nowhere_says_so(site: Site, archive: Archive, tmp_path: Path) -> None:
    other = build(tmp_path, revisited=True)
    with sqlite3.connect(other.index) as writer:
        writer.execute("DELETE FROM snapshots WHERE id = ?", (other.snapshots["budget"].id,))
    writer.close()
    with opened(tmp_path) as short:
        assert "of which no snapshot is in this archive" in words(ask(short, landing(other, "moved")))
        assert "which is not here or was passed already" in words(ask(short, landing(other, "first-hop")))


def test_other_visits_lead_to_what_changed_since(site: Site, archive: Archive) -> None:
    one, other = (archive.snapshots[name].id for name in ("harbour", "later"))
    for name in ("harbour", "later"):
        page = tree(ask(site, landing(archive, name)))
        assert page.xpath("//section[@aria-labelledby='visits']//a[text()='what changed']/@href") == [
            f"/snapshot/{one}/diff/{other}"
        ], "always from the earlier to the later"
        assert not page.xpath("//div[@class='calendar']"), "two visits need none"


def test_ten_thousand_visits_are_a_calendar(busy: Archive) -> None:
    with opened(busy.folder) as site:
        given = ask(site, landing(busy, "harbour"))
        page = tree(given)
        assert len(given.body) < 50_000
        assert "This address was visited 10,000 times: first 2012-03-01 00:00:00 UTC" in words(given)
        months = page.xpath("//div[@class='calendar']//a")
        counts = [int(re.findall(r"[\d,]+", month.text_content())[0].replace(",", "")) for month in months]
        assert sum(counts) == MANY and len(months) > 120
        assert [year.text for year in page.xpath("//div[@class='calendar']/h3")][:2] == ["2012", "2013"]
        near = page.xpath("//ol[@class='visits']/li")
        assert len(near) <= 2 * pages.AROUND + 1
        assert [one.text_content()[:10] for one in near if one.get("aria-current")] == ["2026-11-22"]
        month = months[0].get("href")
        shown = tree(ask(site, month)).xpath("//ol[@class='visits']/li")
        assert len(shown) == counts[0]
        assert all("2012-03" in one.text_content() for one in shown)


def test_every_one_of_many_visits_is_listed_once(busy: Archive) -> None:
    with opened(busy.folder) as site:
        listed: list[str] = []
        for number in range(1, MANY // pages.VISITS_A_PAGE + 1):
            made = json.loads(ask(site, f"{landing(busy, 'harbour')}/visits.json?page={number}").body)
            listed += [one["id"] for one in made["visits"]]
        assert len(listed) == len(set(listed)) == MANY
        one = f"/snapshot/{listed[5_000]}"
        beside = tree(ask(site, one)).xpath("//ol[@class='visits']/li")
        assert len(beside) == 2 * pages.AROUND + 1 and beside[pages.AROUND].get("aria-current") == "true"
        around = [link.partition("/snapshot/")[2] for item in beside for link in item.xpath("a[1]/@href")]
        assert around == [*listed[4_996:5_000], *listed[5_001:5_005]]


@pytest.mark.parametrize("month", ["2012-13", "2012", "x", "2026-11' OR 1", "9999-99", "٢٠٢٦-11"])
def test_a_month_that_is_none_shows_all(site: Site, archive: Archive, month: str) -> None:
    made = json.loads(ask(site, f"{landing(archive, 'harbour')}/visits.json?month={month}").body)
    assert made["month"] is None and len(made["visits"]) == 2


def test_who_cites_it_names_every_claim(site: Site, archive: Archive) -> None:
    page = tree(ask(site, landing(archive, "harbour")))
    claims = {str(link).rpartition("#m-")[2] for link in page.xpath("//ul[@class='claims']//a/@href")}
    near = {one.claim for one in archive.reading.evidence if one.text == archive.texts["harbour"].id}
    assert claims == near


PROOF = Provenance("page", "TLSv1.3", "AES")


@pytest.mark.parametrize(
    ("uri", "origin", "proof", "said"),
    [
        ("https://a.example/", "fetched", PROOF, "led to an authority that the capturing machine trusted"),
        ("https://a.example/", "imported", PROOF, "whether the certificate was trusted is not known here"),
        ("https://a.example/", "fetched", None, "nothing is recorded of it"),
        ("https://a.example/", "supplied", None, "a person gave the file"),
        ("http://a.example/", "fetched", PROOF, "none: plain HTTP"),
    ],
)
def test_what_the_connection_was_is_said_in_words(
    archive: Archive, uri: str, origin: str, proof: Provenance | None, said: str
) -> None:
    held: Snapshot = archive.snapshots["harbour"]
    made = replace(held, uri=uri, origin=Origin(origin), provenance=proof)  # type: ignore[arg-type]
    assert said in site_words.tls(made)


def test_what_cannot_be_shown_is_said(site: Site, archive: Archive) -> None:
    said = words(ask(site, landing(archive, "budget")))
    assert "That what the page says is true, or who wrote it." in said
    assert "No signature and no time stamp of anybody else is kept with it so far." in said


def test_all_of_it_leads_somewhere(site: Site) -> None:
    assert {at: given.status for at, given in crawl(site).items() if given.status not in (200, 302)} == {}
