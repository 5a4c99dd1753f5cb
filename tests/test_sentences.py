"""Sentences: where they end, where they do not, and that their offsets hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import spans


def split(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in spans(text, language)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One is here. Two is there.", ["One is here.", "Two is there."]),
        ("The U.S. forces left on Jan. 3 with Dr. Smith.", None),
        ("See No. 5 and Fig. 4, pp. 12–14, Vol. 3 of it.", None),
        ("George W. Bush met J. K. Rowling at 5 p.m. Monday.", None),
        ("It cost $4.5 million at example.com in v1.2 terms.", None),
        ("Gen. Smith spoke. Sen. Jones listened.", ["Gen. Smith spoke.", "Sen. Jones listened."]),
        ("He said “It was big. We won. Nobody died.” Then he left.",
         ["He said “It was big.", "We won.", "Nobody died.”", "Then he left."]),
        ('She said: "Fine. Go." Then she went.', ['She said: "Fine.', 'Go."', "Then she went."]),
        ("“The U.S. Senate voted. It passed,” he said.", ["“The U.S. Senate voted.", "It passed,” he said."]),
        ("“I met Mr. Jones in Washington,” he said.", None),
        ("A line without a stop\nAnother line", ["A line without a stop", "Another line"]),
        ("One page\fthe next", ["One page", "the next"]),
        ("", []),
        (" \n ", []),
    ],
)  # fmt: skip
def test_where_sentences_end(text: str, sentences: list[str] | None) -> None:
    assert split(text) == ([text] if sentences is None else sentences)


def test_languages_without_spaces() -> None:
    assert split("这是第一句。这是第二句！", "zh") == ["这是第一句。", "这是第二句！"]
    assert split("これは文です。次の文。", "ja-JP") == ["これは文です。", "次の文。"]


def test_an_unknown_language_is_split_all_the_same() -> None:
    assert len(split("One is here. Two is there.", "xx-invented")) == 2


@given(st.text(alphabet=st.sampled_from("Ab .!?\n\f“”\"'«»1é中。"), max_size=80))
def test_spans_are_in_order_trimmed_and_lose_nothing(text: str) -> None:
    found = spans(text)
    last = 0
    for start, end in found:
        assert last <= start < end <= len(text)
        assert not text[last:start].strip()
        assert text[start:end] == text[start:end].strip()
        assert "\n" not in text[start:end]
        last = end
    assert not text[last:].strip()
