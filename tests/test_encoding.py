"""Bytes to characters, and characters to what a text of record may hold."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.warc.media.encoding import decode
from ingest.extract.clean import clean, composed, squeeze, value


@pytest.mark.parametrize(
    ("payload", "stated", "text"),
    [
        ("é€".encode(), None, "é€"),
        (b"\xef\xbb\xbfabc", "iso-8859-1", "abc"),
        ("é€".encode(), "iso-8859-1", "é€"),
        (b"caf\xe9 \x80", "iso-8859-1", "café €"),
        (b"caf\xe9 \x93x\x94", None, "café “x”"),
        (b"<meta charset=windows-1251>\xcf\xf0\xe8", None, "<meta charset=windows-1251>При"),
        (b"<html lang=ru>\xcf\xf0\xe8", None, "<html lang=ru>При"),
        ("日本語".encode("shift_jis"), "Shift_JIS", "日本語"),
        ("中文网".encode("gbk"), "gb2312", "中文网"),
        ("\ufeffabc".encode("utf-16-le"), None, "abc"),
        ("a longer text here".encode("utf-16-le"), None, "a longer text here"),
        (b"a\x81b", "windows-1252", "a\x81b"),
        ("é" * 50, None, "é" * 50),
    ],
)
def test_encodings(payload: bytes | str, stated: str | None, text: str) -> None:
    assert decode(payload.encode() if isinstance(payload, str) else payload, stated) == text


def test_a_cut_character_does_not_turn_utf8_into_latin1() -> None:
    assert decode("é".encode() * 20 + b"\xc3", None).startswith("é" * 20)


@pytest.mark.parametrize("name", ["utf-7", "rot13", "unicode_escape", "zlib", "no-such", "idna", ""])
def test_a_page_cannot_choose_a_codec_that_is_no_charset(name: str) -> None:
    assert decode(b"+ADw-script+AD4-", name) == "+ADw-script+AD4-"


@given(
    st.binary(max_size=200), st.sampled_from([None, "utf-8", "shift_jis", "gb18030", "latin1", "utf-16", "x"])
)
def test_decoding_never_fails(payload: bytes, stated: str | None) -> None:
    assert isinstance(decode(payload, stated), str)


@given(st.text(max_size=60))
def test_clean_text_is_composed_and_without_controls(text: str) -> None:
    body = clean(text)
    assert unicodedata.is_normalized("NFC", body)
    assert not any(unicodedata.category(symbol) in ("Cc", "Cs") for symbol in body if symbol != "\n")
    assert clean(body) == body
    body.encode("utf-8")


@given(st.text(alphabet="ae\u0301\u0323x한\u1100\u1161", max_size=20), st.data())
def test_offsets_move_with_composition(text: str, data: st.DataObject) -> None:
    offsets = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4)))
    body, moved = composed(text, offsets)
    assert body == unicodedata.normalize("NFC", text)
    assert moved == sorted(moved)
    assert all(0 <= place <= len(body) for place in moved)


def test_values_are_bounded_and_on_one_line() -> None:
    assert value("a\n b\x00\u202e") == "a b\u202e"
    assert value(" \n") is None
    assert len(value("x" * 10_000, 100) or "") == 100
    assert squeeze("a\u00a0 b") == "a b"
