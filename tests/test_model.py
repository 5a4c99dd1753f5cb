"""Ids: the vectors of the design, forgiving reading, and that one wrong symbol is always seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import BadId
from archive.model import grouped, intrinsic_id, parse_id, snapshot_id, text_id, urn
from archive.model.ids import ALPHABET, claim_id

DIGEST = "sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"
ids = st.text(st.characters(exclude_categories=["Cs"])).map(lambda text: intrinsic_id("note", text))


def test_vectors() -> None:
    snapshot = snapshot_id("https://example.org/a?b=1", "2026-11-22T12:00:00Z", DIGEST)
    text = text_id(snapshot, "trafilatura 2.3.1", "hello")
    assert grouped(snapshot) == "860w-hmce-fyfw-8mb1"
    assert grouped(text) == "g3z1-fdnv-kx7c-6wsj"
    assert grouped(claim_id(text, 0, 5)) == "rrv0-251m-at3a-k3ne"


def test_angle_brackets_make_no_difference() -> None:
    assert snapshot_id("<http://a.example/>", "d", DIGEST) == snapshot_id("http://a.example/", "d", DIGEST)
    assert snapshot_id("http://a.example/>", "d", DIGEST) != snapshot_id("http://a.example/", "d", DIGEST)


@pytest.mark.parametrize(
    "written",
    [
        "860w-hmce-fyfw-8mb1",
        "860W HMCE FYFW 8MB1",
        "86ow–hmce‑fyfw—8mbl",
        "\u200b860w\u00adhmcefyfw8mb1.",
        "pincite:860w-hmce-fyfw-8mb1",
        "urn:pincite:snapshot:860whmcefyfw8mb1",
        " (860w-hmce-fyfw-8mb1),".strip(" ("),
    ],
)
def test_forgiving_reading(written: str) -> None:
    assert parse_id(written) == "860whmcefyfw8mb1"


@given(ids, st.integers(0, 15), st.sampled_from(ALPHABET))
def test_one_wrong_symbol_is_seen(identifier: str, place: int, symbol: str) -> None:
    """Law 11."""
    wrong = identifier[:place] + symbol + identifier[place + 1 :]
    if wrong == identifier:
        assert parse_id(wrong) == identifier
    else:
        with pytest.raises(BadId, match="check symbol"):
            parse_id(wrong)


@given(st.text())
def test_reading_never_fails_otherwise(written: str) -> None:
    try:
        assert len(parse_id(written)) == 16
    except BadId as error:
        assert "id" in str(error)


@given(ids)
def test_round_trip(identifier: str) -> None:
    assert parse_id(grouped(identifier)) == parse_id(urn("note", identifier)) == identifier
