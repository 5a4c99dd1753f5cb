"""Footnotes of Markdown: of several paragraphs, inside the text, beside code that only shows some."""

from pathlib import Path

import pytest

from ingest.extract.footnotes import footnotes
from tests.made_articles import by_label, markdown, tied
from tests.program import LOOPBACK, pincite
from tests.web import Web

KEEPER = """# The lighthouse

The keeper lived there with seven children.^[Parish register, 1901, see [the scan](https://parish.example/1901).]
He is said to have written a diary.[^long] It was lit with oil until 1920.[^lazy]

[^long]: The diary was printed in 1950.

    A second edition is [in the library][lib].
[^lazy]: Lamp, Ann. *Oil and light*.
Bergen, 1990. https://oil.example/light

The lamp itself is in the museum.

[lib]: https://library.example/diary
"""


def test_a_note_is_a_note_wherever_markdown_puts_it() -> None:
    extraction, found = markdown(KEEPER)
    register, diary, lamp = (
        "Parish register, 1901, see the scan.",
        "The diary was printed in 1950. A second edition is in the library.",
        "Lamp, Ann. Oil and light. Bergen, 1990. https://oil.example/light",
    )
    assert {label: (one.mark, one.uri) for label, one in by_label(found).items()} == {
        register: ("[1]", "https://parish.example/1901"),
        diary: ("[long]", "https://library.example/diary"),
        lamp: ("[lazy]", "https://oil.example/light"),
    }
    assert tied(found) == {
        "The keeper lived there with seven children.": [register],
        "He is said to have written a diary.": [diary],
        "It was lit with oil until 1920.": [lamp],
    }
    assert "edition" not in extraction.body
    assert extraction.body.endswith("The lamp itself is in the museum.")


@pytest.mark.parametrize(
    "source",
    [
        "```\n[^1]: no note\nclaim^[none]\n```\n",
        "In `^[code]` and \\^[escaped].",
        "Raised: x^2^[2] and a^[never closed\n\nhere].",
        "An empty one ^[ ] is none.",
    ],
)
def test_what_only_looks_like_a_note_stays(source: str) -> None:
    assert footnotes(source) == (source, {})


def test_code_shows_a_use_and_uses_none() -> None:
    extraction, found = markdown(
        "Write `[^1]` where it is used. It was made in 2001.[^1]\n\n[^1]: Berg, *Tools*, 2001.\n"
    )
    assert extraction.body == "Write [^1] where it is used. It was made in 2001.[1]"
    assert tied(found) == {"It was made in 2001.": ["Berg, Tools, 2001."]}


def test_notes_in_the_text_take_numbers_that_are_free() -> None:
    assert footnotes("a^[one] b[^1] c^[two]\n\n[^1]: three\n") == (
        "a[^2] b[^1] c[^3]\n\n\n",
        {"1": "three", "2": "one", "3": "two"},
    )


def test_the_mark_of_a_note_is_neither_a_number_of_a_list_nor_of_its_claim(tmp_path: Path) -> None:
    page = "<title>Prices</title><article><p>The crane of Halden cost 15,000 kroner.</p><p>{0}</p></article>"
    with Web() as web:
        web.page("/prices", page.format("The town paid for it over nine years, and nobody said a word. " * 3))
        article = tmp_path / "article.md"
        article.write_text(
            "# Crane\n\nThe crane of Halden cost 15,000 kroner[^1].\n\n"
            f"[^1]: Prices. {web.url('/prices')}\n\n## Sources\n\n- A book of cranes\n- Another book\n",
            encoding="utf-8",
        )
        options = ("--resolver", "none", *LOOPBACK, "--json")
        done = pincite("-A", tmp_path / "archive", "ingest", article, *options)
        shown = pincite("-A", tmp_path / "archive", "show", done.json["articles"][0]["snapshot"], "--json")
    (claim,) = shown.json["claims"]
    assert claim["exact"] == "The crane of Halden cost 15,000 kroner[1]."
    (first,) = claim["evidence"]
    assert claim["citations"] == [first["citation"]]
    assert (first["tied"], first["exact"]) == ("author", "The crane of Halden cost 15,000 kroner.")
    assert "15,000" in first["signals"]["agree"]
    assert first["signals"]["missing"] == []
