"""Other projects' WARC files, good, odd and damaged, read as their manifest says that they are."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from archive.errors import UnsupportedFormat
from archive.warc.record import Damage, Record, record_at, records, wacz_records
from archive.warc.record.digests import agrees
from archive.warc.record.formats import is_zip

SAMPLES = Path(__file__).resolve().parent.parent.parent / "shared" / "samples"
MANIFEST: list[dict[str, Any]] = (
    json.loads((SAMPLES / "manifest.json").read_text(encoding="utf-8")) if SAMPLES.is_dir() else []
)
pytestmark = pytest.mark.skipif(
    not MANIFEST, reason="the samples of other projects are not beside the checkout"
)


def sampled(*, other_format: bool) -> list[Any]:
    """The samples that are of another format by their suffix, or all the others."""
    return [
        pytest.param(sample, id=sample["file"])
        for sample in MANIFEST
        if sample["file"].endswith((".arc", ".arc.gz", ".lz4")) is other_format
    ]


def tally(found: list[Record], expected: dict[str, Any]) -> dict[str, Any]:
    """What the manifest counts, counted in what was read."""
    kinds = Counter(record.type for record in found)
    counted: dict[str, Any] = {
        "records": len(found),
        "by_type": dict(kinds),
        "responses_and_resources": kinds["response"] + kinds["resource"],
        "http_responses": sum(r.type == "response" and r.http is not None for r in found),
        "block_fail": sum(agrees(r.field("WARC-Block-Digest") or "", r.block) is False for r in found),
        "payload_fail": sum(not r.payload().holds for r in found),
    }
    return {name: value for name, value in counted.items() if name in expected}


@pytest.mark.parametrize("sample", sampled(other_format=False))
def test_a_sample_is_read_as_its_manifest_says(sample: dict[str, Any]) -> None:
    expected = sample["expected"]
    with (SAMPLES / sample["file"]).open("rb") as stream:
        items = list((wacz_records if is_zip(stream) else records)(stream, sample["file"]))
        found = [item for item in items if isinstance(item, Record)]
        damage = [item for item in items if isinstance(item, Damage)]
        counted = tally(found, expected)
        assert counted == {name: expected[name] for name in counted}
        assert bool(damage) == bool(expected["damage"])
        # The manifest's reader skips a line end before garbage, ours counts it to the garbage.
        for offset, _ in expected["damage"]:
            assert any(abs(ours.offset - offset) <= 2 for ours in damage), offset
        for record in found:
            again = record_at(stream, record.place)
            assert (again.id, again.fields) == (record.id, record.fields)


@pytest.mark.parametrize("sample", sampled(other_format=True))
def test_a_sample_of_another_format_is_refused_by_name(sample: dict[str, Any]) -> None:
    what = "an LZ4 file" if sample["file"].endswith(".lz4") else "an ARC file"
    with (SAMPLES / sample["file"]).open("rb") as stream, pytest.raises(UnsupportedFormat, match=what):
        list(records(stream, sample["file"]))


def test_warnings_of_the_manifest_are_remarks() -> None:
    warned = {sample["file"] for sample in MANIFEST if sample["expected"].get("warnings")}
    remarked = set()
    for sample in MANIFEST:
        if "container" in sample["expected"] and not sample["file"].endswith((".arc", ".arc.gz", ".lz4")):
            with (SAMPLES / sample["file"]).open("rb") as stream:
                for item in records(stream, sample["file"]):
                    if isinstance(item, Record) and any("angle brackets" in text for text in item.remarks):
                        remarked.add(sample["file"])
    assert remarked == warned
