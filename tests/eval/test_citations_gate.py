"""The gate of citations: precision and recall on real pages that a reader labelled cannot sink unseen."""

import hashlib
import json

import pytest

from benchmarks.citations import CORPUS, LABELS, Judged, judge, scores

pytestmark = pytest.mark.skipif(
    not (CORPUS / "pages.warc.gz").exists(), reason="the corpus of real pages is not beside this checkout"
)
# Over which pages and labels the floors were measured.
FINGERPRINT = "43b220c71e5b9c6b"
# Measured (precision, recall): all 0.989 0.996, tuned on 1 0.99, held out 0.971 1, wider 0.963 1, linked
# 0.99 1, last 0.988 1, end 0.973 1, the others 1 1. What each gave before anybody looked at its faults is
# said in benchmarks/citations.py.
FLOORS = {
    "all": (0.98, 0.985),
    "tuned_on": (0.98, 0.98),
    "held_out": (0.96, 0.98),
    "fresh": (0.97, 0.97),
    "unseen": (0.97, 0.97),
    "wider": (0.95, 0.96),
    "linked": (0.97, 0.98),
    "again": (0.96, 0.96),
    "last": (0.97, 0.98),
    "close": (0.97, 0.97),
    "end": (0.95, 0.98),
}


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    return judge(CORPUS)


def test_the_labels_are_those_that_the_floors_were_measured_on(judged: list[Judged]) -> None:
    pages = json.loads(LABELS.read_text(encoding="utf-8"))["pages"]
    assert len(judged) == len(pages) >= 60
    said = json.dumps(pages, sort_keys=True, ensure_ascii=False).encode()
    assert hashlib.sha256(said).hexdigest()[:16] == FINGERPRINT


@pytest.mark.parametrize("part", FLOORS)
def test_precision_and_recall_of_links(judged: list[Judged], part: str) -> None:
    reached, (precision, recall) = scores(judged)[part], FLOORS[part]
    assert reached["precision"] >= precision
    assert reached["recall"] >= recall
