"""The matcher's scores against those accepted last, over people's marks and over claims of our own."""

import json

import pytest

from archive.anchor import describe
from archive.model import Citation, Claim, Evidence
from ingest.evidence import ArticleText, Source, match
from tests.eval.gate import ACCEPTED, CORPORA, FLOORS, TOLERANCE, complaints, measured

LINES = [json.loads(line) for line in CORPORA["claims.jsonl"].read_text("utf-8").splitlines()]
NOW = {"sha256": "x", "claims": 2, "pages": 1, "scores": {"hit@1": 0.9}}


@pytest.mark.parametrize("name", sorted(CORPORA))
def test_no_score_has_sunk(name: str) -> None:
    if not CORPORA[name].is_file():
        pytest.skip(f"{name} is not beside this checkout, in ../shared/claims")
    accepted = json.loads(ACCEPTED.read_text("utf-8"))["corpora"]
    assert complaints(accepted[name], measured(CORPORA[name]), FLOORS[name]) == []


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (NOW, []),
        (NOW | {"scores": {"hit@1": 0.9 - TOLERANCE / 2}}, []),
        (NOW | {"scores": {"hit@1": 0.89}}, ["hit@1 has sunk from 0.9 to 0.89"]),
        (NOW | {"scores": {"hit@1": 1.0}}, ["hit@1 has risen from 0.9 to 1.0: accept it, so that it stays"]),
        (NOW | {"claims": 1}, ["the corpus has other claims: 2 accepted, 1 found; accept it anew"]),
        (NOW | {"sha256": "y"}, ["the corpus has other sha256: x accepted, y found; accept it anew"]),
    ],
)
def test_the_gate_says_what_has_changed(now: dict[str, object], said: list[str]) -> None:
    assert complaints(NOW, now, {}) == said


def test_nothing_passes_under_the_floor() -> None:
    assert complaints(NOW, NOW, {"hit@1": 0.91}) == ["hit@1 is 0.9, under the floor of 0.91"]


def found(line: dict[str, object], tied: bool) -> tuple[Evidence, ...]:
    """What the matcher links of a line, its page told as prose."""
    sentences, claim = line["evidence"], str(line["claim"])
    assert isinstance(sentences, list)
    body = f"Of the day.\n\n{claim}"
    said = Claim("article", describe(body, len(body) - len(claim), len(body)))
    citation = Citation("article", "page")
    page = "\n\n".join((sentences[0], " ".join(sentences[1:])))
    ties = [(said.id, citation.id)] if tied else []
    article = ArticleText("article", body, "en")
    return match(article, [said], [citation], ties, {citation.id: Source("text", page, "en")})[0]


def of_kind(*kinds: str) -> list[object]:
    return [pytest.param(line, id=line["claim"][:40]) for line in LINES if line["kind"] in kinds]


@pytest.mark.parametrize("line", of_kind("absent"))
def test_a_claim_that_is_not_in_the_page_gets_no_passage(line: dict[str, object]) -> None:
    assert found(line, tied=True) == found(line, tied=False) == ()


@pytest.mark.parametrize("line", of_kind("altered"))
def test_an_altered_number_or_date_is_named(line: dict[str, object]) -> None:
    first = found(line, tied=True)[0]
    assert line["evidence"][line["supporting_sentences"][0][0]] in first.passage.exact  # type: ignore[index]
    assert first.signals.differ


@pytest.mark.parametrize("line", of_kind("denied"))
def test_a_passage_that_repeats_a_claim_to_deny_it_is_marked(line: dict[str, object]) -> None:
    assert found(line, tied=True)[0].signals.cues


def test_there_are_claims_of_every_kind() -> None:
    kinds = [line["kind"] for line in LINES]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "held": 33, "altered": 5, "denied": 2, "absent": 6,
    }  # fmt: skip
