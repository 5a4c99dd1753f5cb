"""Pages and sheets made to run, load or send something: nothing of it is left, however a browser reads it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.replay import Setting, safe_page, safe_sheet
from archive.replay.allowed import is_element
from archive.replay.css import rewritten
from tests.replay_attacks import ATTACKS, PIECES, SHEETS

SETTING = Setting("https://news.example/a/", lambda uri: None, "part/", "../web/")
TAG = re.compile(r"<(/?)([a-z][^\s/>]*)([^>]*)>")
BEGINS = re.compile(r"<(?=[/!?a-zA-Z])(?!!doctype)", re.IGNORECASE)
ATTRIBUTE = re.compile(r" ([^\s=]+)(?:=\"([^\"]*)\")?")
# What we write ourselves.
OURS = {"meta", "style", "link"}


def safe(page: str | bytes) -> str:
    payload = page if isinstance(page, bytes) else page.encode("utf-8", "surrogatepass")
    return safe_page(payload, None, SETTING).body.decode()


def harmless(made: str) -> bool:
    """Every ``<`` begins a tag of ours, every attribute is one that asks nobody and runs nothing."""
    assert len(BEGINS.findall(made)) == len(TAG.findall(made)), made
    for _, name, rest in TAG.findall(made):
        assert is_element(name) or name in OURS, name
        attributes = ATTRIBUTE.findall(rest)
        assert "".join(
            f' {key}="{text}"' if f'{key}="' in rest else f" {key}" for key, text in attributes
        ) == (rest.rstrip("/"))
        for key, text in attributes:
            assert not key.startswith("on") and key not in ("srcdoc", "action", "formaction", "http-equiv"), (
                key
            )
            if key in ("href", "src", "srcset", "poster", "background"):
                assert text.startswith(("data:,", "data:image", "#", "../web/", "mailto:", "tel:")), text
    return True


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_of_an_attack_is_left(attack: str) -> None:
    assert harmless(safe(attack))


@pytest.mark.parametrize("sheet", SHEETS)
def test_no_sheet_asks_anybody_outside(sheet: str) -> None:
    asked: list[str] = []
    made = rewritten(sheet, lambda reference: None)
    rewritten(made, asked.append)
    assert set(asked) <= {"data:,"}
    assert not re.search(r"</|<!|expression\(", made, re.IGNORECASE)
    assert harmless(safe(f"<style>{sheet}</style><p style='{sheet}'>"))


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_soup_of_such_pieces_is_harmless(soup: str) -> None:
    assert harmless(safe(soup))


@given(st.text(st.sampled_from("<>!-/\"'= \n&;aSscript[]?`\\\0é"), max_size=60))
def test_any_letters_are_harmless(soup: str) -> None:
    assert harmless(safe(soup))


@given(
    st.binary(max_size=200), st.sampled_from([None, "utf-7", "utf-16", "shift_jis", "nonsense", "gb18030"])
)
def test_any_bytes_in_any_charset_are_harmless(payload: bytes, charset: str | None) -> None:
    assert harmless(safe_page(payload, charset, SETTING).body.decode())


@given(st.text(st.sampled_from("\"'()\\ \n/*;{}@:<&u7r5lUimports#x-é"), max_size=60))
def test_in_any_sheet_no_tag_begins(sheet: str) -> None:
    made = rewritten(sheet, lambda reference: "part/1")
    assert not re.search(r"<[/!?a-zA-Z]|&[#\w]", made)
    assert rewritten(made, lambda reference: reference) == made


def test_utf7_is_no_charset() -> None:
    assert "<script" not in safe(b"<meta charset=utf-7>+ADw-script+AD4-alert(1)+ADw-/script+AD4-")


@pytest.mark.parametrize(
    "page",
    [
        "<p " + "a=b " * 250_000 + ">x",
        "<p " + " ".join(f"data-a{n}=x" for n in range(80_000)) + ">x",
        "<div>" * 200_000 + "x",
        "<p a='" * 150_000,
        "<!--" * 250_000,
        "<script><!--<script>" * 50_000,
        "<svg><style>" * 50_000,
        "<img srcset='" + "a.png 1x, " * 80_000 + "'>",
        "<style>" + "url(" * 150_000,
        "<style>" + "@import '" * 80_000,
        "<style>" + "image-set((" * 50_000,
        "<style>" + "\\" * 500_001,
        "<img srcset='" + "a (" * 200_000 + "'>",
        "<style>" + "'\\" * 250_000,
        "&" * 500_000,
        "<a href='" + "/" * 500_000 + "'>",
    ],
    ids=lambda page: page[:16],
)
def test_a_page_that_is_made_to_take_long_is_shown(page: str) -> None:
    """Each of these takes well under a second or two, because it is read once; a square would take hours."""
    assert safe(page)


def test_a_sheet_of_ten_thousand_addresses_is_rewritten_once() -> None:
    sheet = b"".join(b"a{background:url(%d.png)}" % n for n in range(10_000))
    assert safe_sheet(sheet, None, SETTING).count(b"data:,") == 10_000
