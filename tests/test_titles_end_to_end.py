"""Four bare titles at the end of a plain text, against a real MediaWiki: three captured, one unresolved."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.mediawiki import Wiki, demand, running_wiki
from tests.program import LOOPBACK, Done, pincite

ARTICLE = """Amity’s Harbour Strike: What Now?

Cranes standing still above a container ship.

The strike of the Port Amity dockers, who stopped work on March 4, 2031, took an unexpected turn when their
union offered the port authority “a truce for the fishing season” despite the months of quarrel before it.

Story Overview

  • Some 15,000 containers were left on the quays of Port Amity in the first week
  • Union leader Delia Rowan invited the port authority to “sit down without lawyers”

From Quarrel to Strike

The quarrel between Amity and Norland over harbour dues began in 2017. Relations broke down in November 2030,
when Norland recalled its envoy from Port Amity. What will the council do?

No one has yet counted what the strike cost the bakers of the old town.

Sources:

2031 harbour strike in Port Amity

Port Amity dock dispute

Amity–Norland relations

Port Amity 2031 News Report
"""
PAGES = {
    "2031 harbour strike in Port Amity": (
        "Dockers in '''Port Amity''' stopped work on 4 March 2031.\n\n"
        "In the first week some 14,000 containers were left on the quays of Port Amity.\n\n"
        'Their union offered the port authority "a truce for the fishing season" on 9 March.'
    ),
    "Delia Rowan and the dockers": (
        "'''Delia Rowan''' leads the dockers' union of Port Amity.\n\n"
        'Rowan invited the port authority to "sit down without lawyers" in a letter of 11 March 2031.'
    ),
    "Amity–Norland relations": (
        "The quarrel between Amity and Norland over harbour dues began in 2017, after a storm.\n\n"
        "In November 2030 Norland recalled its envoy from Port Amity, and relations broke down."
    ),
}
REDIRECTS = {"Port Amity dock dispute": "Delia Rowan and the dockers"}
EXAMPLE = Path(__file__).parents[2] / "shared" / "examples" / "article.txt"
EXAMPLE_PAGES = {
    "2026 US regime change in Venezuela": (
        "On January 3, 2026, United States forces captured Nicolás Maduro and his wife in Caracas.\n\n"
        'Interim leader Delcy Rodriguez invited Trump to collaborate and to have "respectful relations".'
    ),
    "2026 Venezuela–United States conflict": "Operation Southern Spear began in August 2025 in the Caribbean.",
    "United States–Venezuela relations": (
        "In 2019 Trump recognized Juan Guaidó as interim president, and Maduro broke diplomatic relations."
    ),
}


@pytest.fixture(scope="module")
def wiki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wiki]:
    demand()
    with running_wiki(tmp_path_factory.mktemp("wiki"), PAGES | EXAMPLE_PAGES, REDIRECTS) as running:
        yield running


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("titles") / "archive"
    assert pincite("init", folder).code == 0
    return folder


@pytest.fixture(scope="module")
def done(wiki: Wiki, archive: Path) -> Done:
    article = archive.parent / "article.txt"
    article.write_text(ARTICLE, "utf-8")
    return ingest(archive, article, wiki)


def ingest(archive: Path, article: Path, wiki: Wiki) -> Done:
    return pincite("-A", archive, "ingest", article, "--resolver", wiki.api, *LOOPBACK, "--json")


@pytest.fixture(scope="module")
def claims(archive: Path, done: Done) -> list[dict[str, Any]]:
    snapshot = done.json["articles"][0]["snapshot"]
    shown: list[dict[str, Any]] = pincite("-A", archive, "show", snapshot, "--json").json["claims"]
    return shown


def about(claims: list[dict[str, Any]], words: str) -> dict[str, Any]:
    (found,) = [claim for claim in claims if words in claim["exact"]]
    return found


def test_three_captured_one_unresolved(done: Done) -> None:
    assert done.code == 3, done.err
    (article,) = done.json["articles"]
    assert article["title"] == "Amity’s Harbour Strike: What Now?"
    statuses = {each["label"]: each["status"] for each in article["citations"]}
    assert statuses == {
        "2031 harbour strike in Port Amity": "captured",
        "Port Amity dock dispute": "captured",
        "Amity–Norland relations": "captured",
        "Port Amity 2031 News Report": "unresolved",
    }
    unresolved = next(each for each in article["citations"] if each["status"] == "unresolved")
    assert unresolved["reason"]


def test_how_each_was_resolved_is_on_record(archive: Path, done: Done, wiki: Wiki) -> None:
    by_label = {each["label"]: each for each in done.json["articles"][0]["citations"]}
    redirected = by_label["Port Amity dock dispute"]
    assert redirected["uri"] == wiki.page("Delia Rowan and the dockers")
    shown = pincite("-A", archive, "show", redirected["id"], "--json").json
    assert "redirect" in str(shown), shown
    assert wiki.api.rpartition("/")[0] in str(shown)


def test_quotations_and_numbers_stand_beside_the_right_passages(claims: list[dict[str, Any]]) -> None:
    truce = about(claims, "truce for the fishing season")["evidence"][0]
    assert (truce["how"], truce["tied"]) == ("quoted", "article")
    assert "a truce for the fishing season" in truce["exact"]
    containers = about(claims, "15,000 containers")["evidence"][0]
    assert "14,000 containers" in containers["exact"]
    assert ["15,000", "14,000"] in [list(pair) for pair in containers["signals"]["differ"]]
    lawyers = about(claims, "Delia Rowan")["evidence"][0]
    assert "sit down without lawyers" in lawyers["exact"]
    envoy = about(claims, "Relations broke down in November 2030")["evidence"][0]
    assert "recalled its envoy" in envoy["exact"]


def test_what_no_source_says_has_nothing(claims: list[dict[str, Any]]) -> None:
    bakers = about(claims, "bakers of the old town")
    assert (bakers["outcome"], bakers["evidence"]) == ("nothing-found", [])


def test_questions_and_headings_are_no_claims(claims: list[dict[str, Any]]) -> None:
    said = [claim["exact"] for claim in claims]
    assert not [words for words in said if words.endswith("?") or words in ("Story Overview", "Sources:")]


def test_every_offset_holds(archive: Path, done: Done, claims: list[dict[str, Any]]) -> None:
    body = pincite("-A", archive, "show", done.json["articles"][0]["text"], "--json").json["body"]
    assert claims and all(body[claim["start"] : claim["end"]] == claim["exact"] for claim in claims)


def test_the_example_of_the_project_s_brief(tmp_path: Path, wiki: Wiki) -> None:
    if not EXAMPLE.exists():
        pytest.skip("../shared/examples/article.txt is not here")
    archive = tmp_path / "archive"
    pincite("init", archive)
    done = ingest(archive, EXAMPLE, wiki)
    assert done.code == 3, done.err
    (article,) = done.json["articles"]
    assert sorted(each["status"] for each in article["citations"]) == ["captured"] * 3 + ["unresolved"]
    shown = pincite("-A", archive, "show", article["snapshot"], "--json").json["claims"]
    invited = about(shown, "invited Trump to")
    assert invited["evidence"][0]["exact"].startswith("Interim leader Delcy Rodriguez invited Trump")
