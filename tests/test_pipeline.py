"""One article from its address to a reading, end to end, by the program itself."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from archive.index import read
from ingest import pipeline
from ingest.capture import index, tools
from ingest.settings import Settings, opened
from ingest.settling import Said, settle
from tests.program import LOOPBACK, Done, pincite
from tests.story import tell
from tests.web import LOOPBACK as LOOPBACK_NETWORKS
from tests.web import Web


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as served:
        tell(served)
        yield served


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    assert pincite("init", folder, "--operator", "Ada", "--contact", "ada@a.example").code == 0
    return folder


def ingest(archive: Path, *arguments: str | Path) -> Done:
    return pincite("-A", archive, "ingest", *arguments, "--resolver", "none", *LOOPBACK, "--json")


def citations(done: Done) -> dict[str, dict[str, Any]]:
    return {each["label"]: each for each in done.json["articles"][0]["citations"]}


def test_an_article_with_its_sources(archive: Path, web: Web) -> None:
    done = ingest(archive, web.url("/article"))
    assert done.code == 3, done.err
    (article,) = done.json["articles"]
    assert article["title"] == "The harbour is silting up"
    assert article["failure"] is None
    found = citations(done)
    assert {label: each["status"] for label, each in found.items()} == {
        "its yearly report": "captured",
        "an interview with Radio Quay": "captured",
        "published two years ago": "failed",
    }
    assert found["published two years ago"]["reason"] == "http-404"
    assert found["published two years ago"]["snapshot"]
    shown = pincite("-A", archive, "show", article["snapshot"], "--json").json
    by_words = {claim["exact"][:24]: claim for claim in shown["claims"]}
    dredged = by_words["The harbour authority dr"]
    assert dredged["outcome"] == "matched"
    (best, *_) = dredged["evidence"]
    assert best["exact"].startswith("In 2025 the harbour authority dredged 14,000")
    assert best["tied"] == "author"
    assert ["15,000", "14,000"] in [list(pair) for pair in best["signals"]["differ"]]
    quoted = next(claim for claim in shown["claims"] if "north quay again" in claim["exact"])
    assert quoted["evidence"][0]["how"] == "quoted"
    assert quoted["evidence"][0]["uri"] == web.url("/interview")


def test_a_second_ingest_captures_nothing_anew_but_tries_failures_again(archive: Path, web: Web) -> None:
    first = ingest(archive, web.url("/article"))
    files = sorted((archive / "warcs").rglob("*.warc.gz"))
    asked = {path: web.asked(path) for path in ("/article", "/report", "/interview", "/gone")}
    again = ingest(archive, web.url("/article"))
    assert {path: web.asked(path) - asked[path] for path in asked} == {
        "/article": 0, "/report": 0, "/interview": 0, "/gone": 1,
    }  # fmt: skip
    assert again.code == 3
    assert citations(again)["its yearly report"]["status"] == "unchanged"
    assert citations(again)["published two years ago"]["status"] == "failed"
    assert again.json["articles"][0]["snapshot"] == first.json["articles"][0]["snapshot"]
    assert len(sorted((archive / "warcs").rglob("*.warc.gz"))) > len(files)


def test_what_does_not_change_writes_nothing(archive: Path, web: Web) -> None:
    web.page("/gone", "<title>back</title><article><p>Currents in the bay were measured again.</p></article>")
    first = ingest(archive, web.url("/article"))
    files = sorted((archive / "warcs").rglob("*.warc.gz"))
    again = ingest(archive, web.url("/article"))
    assert again.code == first.code == 0
    assert again.json["articles"][0]["reading"] == first.json["articles"][0]["reading"]
    assert sorted((archive / "warcs").rglob("*.warc.gz")) == files


def test_a_page_that_only_sends_on_is_a_hop(archive: Path, web: Web) -> None:
    web.page("/old", '<meta http-equiv="refresh" content="0; url=/report"><p>This page has moved.')
    first = pincite("-A", archive, "capture", web.url("/old"), *LOOPBACK, "--json").json["articles"][0]
    assert first["title"] == "Yearly report 2025"
    again = pincite("-A", archive, "capture", web.url("/old"), *LOOPBACK, "--json").json["articles"][0]
    assert (again["snapshot"], again["status"]) == (first["snapshot"], "unchanged")


def test_always_capturing_gives_revisits_with_the_old_text(archive: Path, web: Web) -> None:
    ingest(archive, web.url("/article"))
    again = pincite("-A", archive, "capture", web.url("/report"), "--max-age", "0", *LOOPBACK, "--json")
    (report,) = again.json["articles"]
    assert (report["status"], report["title"]) == ("unchanged", "Yearly report 2025")
    shown = pincite("-A", archive, "show", report["snapshot"], "--json").json
    assert shown["record_type"] == "revisit"


def test_a_file_with_titles_for_sources(archive: Path, web: Web, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text(
        "The harbour is silting up\n\n"
        "The harbour authority dredged 15,000 tonnes of mud from the basin in 2025.\n\n"
        "Sources:\n\nYearly report 2025\n\nA talk that nobody printed\n",
        "utf-8",
    )
    titles = tmp_path / "titles.yml"
    titles.write_text(f"Yearly report 2025: {web.url('/report')}\n", "utf-8")
    done = ingest(archive, article, "--sources", titles, "--author", "Ada Keel", "--date", "2026-01-05")
    found = citations(done)
    assert done.code == 3
    assert found["Yearly report 2025"]["status"] == "captured"
    assert found["A talk that nobody printed"]["status"] == "unresolved"
    listed = pincite("-A", archive, "resolve", "--json").json["citations"]
    assert [each["label"] for each in listed] == ["A talk that nobody printed"]
    settled = pincite("-A", archive, "resolve", listed[0]["id"], "--none", "a talk", "--json")
    assert settled.code == 0
    statuses = {each["label"]: each["status"] for each in settled.json["articles"][0]["citations"]}
    assert statuses == {"Yearly report 2025": "unchanged", "A talk that nobody printed": "settled"}
    assert pincite("-A", archive, "resolve", "--json").json["citations"] == []
    # What a person settled stays settled when the article is ingested again.
    assert ingest(archive, article, "--sources", titles).code == 0


def test_a_citation_settled_with_a_file(archive: Path, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text(
        "Ferries\n\nNine ferries called at the port each day of the year.\n\nSources:\n\nThe ferry book\n",
        "utf-8",
    )
    done = ingest(archive, article)
    (citation,) = done.json["articles"][0]["citations"]
    copy = tmp_path / "book.txt"
    copy.write_text("The ferry book\n\nNine ferries called at the port each day of the year 2024.\n", "utf-8")
    settled = pincite("-A", archive, "resolve", citation["id"], copy, "--json")
    assert settled.code == 0, settled.err
    (report,) = settled.json["articles"]
    assert report["evidence"] == 1
    assert report["reading"] != done.json["articles"][0]["reading"]
    source = pincite("-A", archive, "show", report["citations"][0]["snapshot"], "--json").json
    assert source["origin"]["kind"] == "supplied"


def test_reading_again_changes_nothing(archive: Path, web: Web) -> None:
    done = ingest(archive, web.url("/article"))
    (article,) = done.json["articles"]
    again = pincite("-A", archive, "annotate", article["snapshot"], "--json")
    assert again.json["articles"][0]["reading"] == article["reading"]
    assert again.json["articles"][0]["claims"] == article["claims"]


def test_search_cite_stats_and_verify(archive: Path, web: Web) -> None:
    ingest(archive, web.url("/article"))
    hits = pincite("-A", archive, "search", "dredged", "--json").json["results"]
    assert {hit["kind"] for hit in hits} == {"claim", "passage"}
    snapshot = next(hit["snapshot"] for hit in hits if hit["title"] == "Yearly report 2025")
    cited = pincite("-A", archive, "cite", snapshot, "--format", "bibtex").out
    assert web.url("/report") in cited and "pincite:" in cited and "127.0.0.1:8001" not in cited
    counted = pincite("-A", archive, "stats", "--json").json
    assert (counted["articles"], counted["lost"]) == (1, 1)
    checked = pincite("-A", archive, "verify", "--json")
    assert (checked.code, checked.json["faults"]) == (0, [])


def rows(index: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every declared table and view, without what is local to the file."""
    with sqlite3.connect(index) as connection:
        named = connection.execute(
            "SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view')"
        ).fetchall()
        found = {}
        for name, _ in named:
            if "_fts" in name or name.startswith("sqlite_"):
                continue
            columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")') if row[1] != "n"]
            listed = ", ".join(f'"{column}"' for column in columns)
            found[name] = sorted(connection.execute(f'SELECT {listed} FROM "{name}"').fetchall(), key=repr)
    connection.close()
    return found


def test_rebuild_gives_back_every_row(archive: Path, web: Web, tmp_path: Path) -> None:
    """Law 3, also from the WARC files alone, elsewhere."""
    ingest(archive, web.url("/article"))
    before = rows(archive / "archive.db")
    assert len(before["snapshots"]) == 5 and before["reading_evidence"]
    (archive / "archive.db").unlink()
    assert pincite("-A", archive, "rebuild").code == 0
    assert rows(archive / "archive.db") == before
    elsewhere = tmp_path / "elsewhere"
    pincite("init", elsewhere)
    (archive / "warcs").rename(tmp_path / "warcs")
    (elsewhere / "warcs").rmdir()
    (tmp_path / "warcs").rename(elsewhere / "warcs")
    assert pincite("-A", elsewhere, "rebuild").code == 0
    assert rows(elsewhere / "archive.db") == before


def test_addresses_that_differ_by_case_are_two_pages(archive: Path, web: Web) -> None:
    web.page("/Report", "<title>Another report</title><article><p>It is about something else.</p></article>")
    for path, title in (("/report", "Yearly report 2025"), ("/Report", "Another report")):
        done = pincite("-A", archive, "capture", web.url(path), *LOOPBACK, "--json")
        assert done.json["articles"][0]["title"] == title


def test_a_page_of_links_does_not_send_us_everywhere(archive: Path, web: Web) -> None:
    settings = Settings(allow_private=LOOPBACK_NETWORKS, resolver=None, most_addresses=1)
    with tools(opened(archive), settings, lambda _: None) as held:
        (article,) = pipeline.ingest(held, [web.url("/article")], pipeline.About(), None).articles
    assert [each.status for each in article.citations] == ["captured", "failed", "failed"]
    assert article.citations[1].reason == "too-many: one ingest visits at most 1 addresses of an article"
    assert web.asked("/gone") == 0


def test_what_is_said_within_one_second_is_told_apart(archive: Path, web: Web) -> None:
    """The newest reading is shown; with one date on both, chance would choose."""
    still = datetime(2026, 11, 22, 12, tzinfo=UTC)
    settings = Settings(allow_private=LOOPBACK_NETWORKS, resolver=None)
    with tools(opened(archive), settings, lambda _: None) as running:
        held = replace(running, now=lambda: still)
        (article,) = pipeline.ingest(held, [web.url("/article")], pipeline.About(), None).articles
        for reason in ("never printed", "out of print", "burnt"):
            said = Said(article.citations[0].id, None, reason, "Eve")
            (settled,) = settle(held, said).articles
            with index(held) as connection:
                assert read.newest_reading(connection, settled.snapshot or "") == settled.reading
                assert read.resolutions_of(connection, article.citations[0].id)[0].reason == reason
