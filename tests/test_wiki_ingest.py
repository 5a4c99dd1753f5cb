"""An article with a list of bare titles against a real MediaWiki, by the commands a person types."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import venezuela_wiki
from tests.mediawiki import Wiki, demand, running_wiki
from tests.source_tree import ROOT

# One less than measured: weights that are trained anew may move a claim over the line.
NOTHING_FOUND_FLOOR = 10
EXAMPLE = ROOT.parent / "shared" / "examples" / "article.txt"

ARTICLE = """Port Amity’s Harbour Strike: Who Blinks First?

The walkout that closed the harbour of Port Amity on March 4, 2031, took an unexpected turn when Mayor \
Ada Quill called the wage cut “a wound to the whole coast” and invited both sides to her office.

Story Overview

  • Dockers in Port Amity stopped work on March 4, 2031, after the port cut wages by 12%
  • The strike idled about 15,000 workers within a week
  • The mayor called the cut “a wound to the whole coast”

A Long Quarrel

Amity and Norland signed a fishing treaty in 1950. Since then, bakers in both towns have quarrelled \
about poppy seed.

Sources:

2031 harbour strike

Port Amity

Amity-Norland relations

Port Amity 2031 News Report"""

STRIKE = """Dockers in Port Amity stopped work on 4 March 2031. The port had cut wages by 12 percent.

The strike idled some 14,000 workers within a week. Mayor Ada Quill said that the cut was \
"a wound to the whole coast".
"""
PAGES = {
    "2031 Port Amity dock strike": STRIKE,
    "Port Amity": "'''Port Amity''' is a harbour town. Its lighthouse was built of granite in 1888.",
    "Amity–Norland relations": "Relations of the two lands were poor. "
    "A fishing treaty was signed by Amity and Norland in 1950.",
}
REDIRECTS = {"2031 harbour strike": "2031 Port Amity dock strike"}


def pincite(*arguments: str) -> tuple[int, Any]:
    command = [sys.executable, "-m", "ingest.cli", *arguments, "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def ingested(folder: Path, article: Path, wiki: Wiki) -> tuple[int, dict[str, Any], dict[str, Any]]:
    """The exit code and the article of `ingest`, and the same as `show` has it."""
    archive = str(folder / "archive")
    pincite("init", archive)
    code, told = pincite(
        "-A", archive, "ingest", str(article), "--resolver", wiki.api, "--allow-private", "127.0.0.0/8"
    )
    found = told["articles"][0]
    return code, found, pincite("-A", archive, "show", found["snapshot"])[1]


@pytest.fixture(scope="module")
def wiki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wiki]:
    demand()
    pages, redirects = PAGES | venezuela_wiki.PAGES, REDIRECTS | venezuela_wiki.REDIRECTS
    with running_wiki(tmp_path_factory.mktemp("wiki"), pages, redirects) as running:
        yield running


@pytest.fixture(scope="module")
def read(wiki: Wiki, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, dict[str, Any], dict[str, Any]]:
    folder = tmp_path_factory.mktemp("ingested")
    (folder / "article.txt").write_text(ARTICLE, "utf-8")
    return ingested(folder, folder / "article.txt", wiki)


def first(shown: dict[str, Any], words: str) -> dict[str, Any]:
    claim = next(claim for claim in shown["claims"] if words in claim["exact"])
    assert claim["outcome"] == "matched"
    return dict(claim["evidence"][0])


def test_three_titles_are_captured_and_the_fourth_is_named(
    read: tuple[int, dict[str, Any], dict[str, Any]], wiki: Wiki
) -> None:
    code, told, _ = read
    assert code == 3
    assert {one["label"]: one["status"] for one in told["citations"]} == {
        "2031 harbour strike": "captured", "Port Amity": "captured", "Amity-Norland relations": "captured",
        "Port Amity 2031 News Report": "unresolved",
    }  # fmt: skip
    assert told["citations"][0]["uri"] == wiki.page("2031 Port Amity dock strike")
    assert wiki.api in told["citations"][3]["reason"]


def test_quotations_and_numbers_are_tied_to_the_right_passages(
    read: tuple[int, dict[str, Any], dict[str, Any]],
) -> None:
    shown = read[2]
    quoted = first(shown, "unexpected turn")
    assert (quoted["how"], quoted["tied"]) == ("quoted", "article")
    assert "wound to the whole coast" in quoted["exact"]
    walkout = first(shown, "by 12%")
    assert walkout["exact"].startswith("Dockers in Port Amity stopped work on 4 March 2031.")
    assert {"March 4, 2031", "12%"} <= set(walkout["signals"]["agree"])
    assert first(shown, "in 1950")["exact"].startswith("A fishing treaty was signed")


def test_the_altered_number_is_named_as_differing(read: tuple[int, dict[str, Any], dict[str, Any]]) -> None:
    idled = first(read[2], "15,000")
    assert "14,000" in idled["exact"]
    assert [list(pair) for pair in idled["signals"]["differ"]] == [["15,000", "14,000"]]


def test_a_claim_that_no_source_has_gets_nothing(read: tuple[int, dict[str, Any], dict[str, Any]]) -> None:
    claim = next(claim for claim in read[2]["claims"] if "poppy seed" in claim["exact"])
    assert (claim["outcome"], claim["evidence"]) == ("nothing-found", [])


@pytest.fixture(scope="module")
def example(
    wiki: Wiki, tmp_path_factory: pytest.TempPathFactory
) -> tuple[int, dict[str, Any], dict[str, Any]]:
    if not EXAMPLE.is_file():
        pytest.skip("../shared/examples/article.txt is not here")
    return ingested(tmp_path_factory.mktemp("example"), EXAMPLE, wiki)


def test_the_sources_of_the_first_input_are_found(
    example: tuple[int, dict[str, Any], dict[str, Any]],
) -> None:
    code, told, _ = example
    assert code == 3
    statuses = ["captured", "captured", "captured", "unresolved"]
    assert [one["status"] for one in told["citations"]] == statuses


def test_each_claim_of_the_first_input_that_has_a_passage_gets_it_first(
    example: tuple[int, dict[str, Any], dict[str, Any]],
) -> None:
    wrong = {
        words: found
        for words, beginning in venezuela_wiki.PASSAGES.items()
        if beginning not in (found := first(example[2], words)["exact"])
    }
    assert wrong == {}
    assert first(example[2], "rule out a military option")["how"] == "quoted"


def test_the_altered_day_of_the_first_input_is_named_as_differing(
    example: tuple[int, dict[str, Any], dict[str, Any]],
) -> None:
    capture = first(example[2], "Maduro and his wife")
    assert [list(pair) for pair in capture["signals"]["differ"]] == [["January 3, 2026", "4 January 2026"]]


def test_claims_of_the_first_input_without_a_passage_get_none(
    example: tuple[int, dict[str, Any], dict[str, Any]],
) -> None:
    """Not yet all: 7 of 11 as measured; the others get a passage of low score. The floor may only rise."""
    claims = {
        words: next(claim for claim in example[2]["claims"] if words in claim["exact"])
        for words in venezuela_wiki.NONE
    }
    linked = {words: claim["evidence"] for words, claim in claims.items() if claim["evidence"]}
    assert len(claims) - len(linked) >= NOTHING_FOUND_FLOOR, sorted(linked)
    assert all(found[0]["score"] < 0.8 for found in linked.values())


DATED = """The Lighthouse of Port Amity

The lighthouse of Port Amity has 120 granite steps and a red lamp.

Sources:

Lighthouse of Port Amity
"""


def test_the_revision_of_the_articles_day_is_searched_and_todays_is_kept(wiki: Wiki, tmp_path: Path) -> None:
    page = "Lighthouse of Port Amity"
    wiki.edit(page, "The lighthouse of Port Amity has 120 granite steps and a red lamp.")
    wiki.date(page, "20200110080000")
    wiki.edit(page, "The lighthouse of Port Amity has 96 granite steps and a green lamp.")
    article = tmp_path / "article.txt"
    article.write_text(DATED, "utf-8")
    archive = tmp_path / "archive"
    options = ("--date", "2020-02-01", "--resolver", wiki.api, "--allow-private", "127.0.0.0/8")
    pincite("init", str(archive))
    code, told = pincite("-A", str(archive), "ingest", str(article), *options)
    (cited,) = told["articles"][0]["citations"]
    assert (code, cited["status"], cited["uri"]) == (0, "captured", wiki.page(page))
    then = pincite("-A", str(archive), "show", cited["snapshot"])[1]
    assert then["uri"].startswith(f"{wiki.page(page)}?oldid=")
    best = first(pincite("-A", str(archive), "show", told["articles"][0]["snapshot"])[1], "120 granite")
    assert best["exact"] == "The lighthouse of Port Amity has 120 granite steps and a red lamp."
    steps = pincite("-A", str(archive), "show", cited["id"])[1]["resolutions"][0]["steps"]
    assert f"<{then['uri']}>" in steps[-1]["answered"]
    again = pincite("-A", str(archive), "ingest", str(article), *options)[1]["articles"][0]
    assert again["reading"] == told["articles"][0]["reading"]
    assert len(pincite("-A", str(archive), "show", cited["id"])[1]["resolutions"]) == 1, "no news"
    pincite("-A", str(archive), "annotate", told["articles"][0]["snapshot"], "--latest")
    latest = first(pincite("-A", str(archive), "show", told["articles"][0]["snapshot"])[1], "120 granite")
    assert latest["uri"] == wiki.page(page)
    assert ["120", "96"] in [[a.split()[0], b.split()[0]] for a, b in latest["signals"]["differ"]]
