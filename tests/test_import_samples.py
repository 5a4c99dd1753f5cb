"""Other projects' WARC and WACZ files imported: with the numbers of their manifest, or named as damaged."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.errors import UnsupportedFormat
from ingest.capture import Tools
from ingest.importing import take_in
from tests.anyone import ANSWERS, answer_id, found_in
from tests.index_rows import index_rows
from tests.source_tree import ROOT
from tests.working import elsewhere, working

SAMPLES = ROOT.parent / "shared" / "samples"
MANIFEST: list[dict[str, Any]] = (
    json.loads((SAMPLES / "manifest.json").read_text("utf-8")) if SAMPLES.is_dir() else []
)
pytestmark = pytest.mark.skipif(not MANIFEST, reason="the samples lie in ../shared, which is not here")
REFUSED = (".arc", ".arc.gz", ".lz4")


def named(sample: dict[str, Any]) -> str:
    return str(sample["file"])


WANTED = [sample for sample in MANIFEST if not sample["file"].endswith(REFUSED)]


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tools]:
    with working(tmp_path_factory.mktemp("warm")) as held:
        yield held


@pytest.mark.parametrize("sample", WANTED, ids=named)
def test_a_sample_comes_in_as_its_manifest_says(warm: Tools, tmp_path: Path, sample: dict[str, Any]) -> None:
    held, expected = elsewhere(warm, tmp_path / "archive"), sample["expected"]
    path = SAMPLES / sample["file"]
    imported = take_in(held, [path])
    (report,) = imported.files
    assert report.records == expected["records"]
    assert imported.exit_code == (3 if expected["damage"] else 0)
    for offset, _ in expected["damage"]:
        # The manifest's reader skips a line end before garbage, ours counts it to the garbage.
        assert any(abs(place.offset - offset) <= 2 for place in report.damage), (offset, report.damage)
    rows = index_rows(held.archive.index)
    assert len(rows["snapshots"]) == report.snapshots
    answers = [*rows["snapshots"], *rows["requisites"]]
    if not expected["damage"]:
        computed = [answer_id(record) for record in found_in(path) if record.type in ANSWERS]
        assert {row[0] for row in answers} == set(computed)
    assert take_in(held, [path]) == imported
    assert index_rows(held.archive.index) == rows


@pytest.mark.parametrize("sample", [one for one in MANIFEST if one not in WANTED], ids=named)
def test_a_sample_of_another_format_is_refused(warm: Tools, sample: dict[str, Any]) -> None:
    what = "an LZ4 file" if sample["file"].endswith(".lz4") else "an ARC file"
    with pytest.raises(UnsupportedFormat, match=what):
        take_in(warm, [SAMPLES / sample["file"]])
    assert warm.store.names() == []
