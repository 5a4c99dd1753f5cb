"""Sentences: where they end, where they do not, and that their offsets hold."""

import time

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
        ("They voted on Jan. 3. Mr. Berg saw it.", ["They voted on Jan. 3.", "Mr. Berg saw it."]),
        ("It cost 15,000 kr. in 1931.", None),
        ("It was low in 2019. ecobee changed it.", ["It was low in 2019.", "ecobee changed it."]),
        ("Toranj je sagrađen 1890. godine.", None),
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
        ("Come with me. I will go. In no. 5 it rains.",
         ["Come with me.", "I will go.", "In no. 5 it rains."]),
        ("She got a C. I was glad. Malcolm X. He spoke.",
         ["She got a C.", "I was glad.", "Malcolm X.", "He spoke."]),
        ("Acme Inc. The plan. At Acme Inc. Germany.", ["Acme Inc.", "The plan.", "At Acme Inc. Germany."]),
        ("Sgt. York, Ft. Worth, cf. Mr. X, e.g. Berlin vs. Rome.", None),
        ("Pens, ink, etc. They sold. He left Sat. Sept. 30.", ["Pens, ink, etc.", "They sold.",
                                                               "He left Sat. Sept. 30."]),
        ("It rained (a lot.) Then not. (It dried.) We left.",
         ["It rained (a lot.)", "Then not.", "(It dried.)", "We left."]),
        ("“Where?” she asked. “Here!” Tom Smith said. “No!” The door shut.",
         ["“Where?” she asked.", "“Here!” Tom Smith said.", "“No!”", "The door shut."]),
        ('Then he said. "Yes. No."', ["Then he said.", '"Yes.', 'No."']),
        ("It boils.[1] It cools. [2] [3] It is.[citation needed] So.",
         ["It boils.[1]", "It cools. [2] [3]", "It is.[citation needed]", "So."]),
        ("We went. 1. Be kind. 2. Be good.", ["We went.", "1. Be kind.", "2. Be good."]),
        ("At 5 p.m. He left at 6 a.m. Monday.", ["At 5 p.m.", "He left at 6 a.m. Monday."]),
        ("Wait … He left. Up ... and down.", ["Wait …", "He left.", "Up ... and down."]),
        ("buy it. we did. by approx. five.", ["buy it.", "we did.", "by approx. five."]),
        ("", []),
        (" \n ", []),
    ],
)  # fmt: skip
def test_where_sentences_end(text: str, sentences: list[str] | None) -> None:
    assert split(text) == ([text] if sentences is None else sentences)


def test_languages_without_spaces() -> None:
    assert split("这是第一句。这是第二句！", "zh") == ["这是第一句。", "这是第二句！"]
    assert split("これは文です。次の文。", "ja-JP") == ["これは文です。", "次の文。"]


def test_quotations_in_languages_without_spaces() -> None:
    assert split("他说：“我去。你留下。”然后走了。", "zh") == ["他说：“我去。", "你留下。”", "然后走了。"]
    assert split("「そうだ。」と彼は言った。次。", "ja") == ["「そうだ。」と彼は言った。", "次。"]
    # Thai has no mark for the end of a sentence: short stretches between blanks are clauses.
    assert split("ภาษาไทย นี่คือประโยค", "th") == ["ภาษาไทย นี่คือประโยค"]
    first, second = "ประเทศไทยมีประชากร 66 ล้านคน กรุงเทพมหานครเป็นเมืองหลวง", "สภาพอากาศร้อนชื้นตลอดปี และมีฝนตกชุก"
    assert split(f"{first} {second}", "th") == [first, second]
    assert split("ប្រទេសកម្ពុជាមានប្រជាជនច្រើន។ រាជធានីគឺភ្នំពេញ។", "km") == [
        "ប្រទេសកម្ពុជាមានប្រជាជនច្រើន។",
        "រាជធានីគឺភ្នំពេញ។",
    ]


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("de", "Der 2. Weltkrieg endete, z. B. in Berlin, im 20. Jahrhundert.", None),
        ("de", "Lt. Dr. Berg kostete er ca. 15.000 Kronen, so Hr. Moe in der Berliner Str. Die Stadt zahlte.",
         ["Lt. Dr. Berg kostete er ca. 15.000 Kronen, so Hr. Moe in der Berliner Str.", "Die Stadt zahlte."]),
        ("fr", "Elle mesurait env. 40 m et fut payée par Mme Moe.", None),
        ("es", "El Sr. Moe pagó aprox. 15.000 coronas.", None),
        ("hr", "Toranj je sagrađen 1890. godine i bio je visok 40 metara.", None),
        ("de", "Es kamen 15. Danach ging er. Es gibt u. a. Äpfel bzw. Birnen.",
         ["Es kamen 15.", "Danach ging er.", "Es gibt u. a. Äpfel bzw. Birnen."]),
        ("de", "„Sie gehen hinaus.“ Das half. „Wir gehen!“, sagte er.",
         ["„Sie gehen hinaus.“", "Das half.", "„Wir gehen!“, sagte er."]),
        ("fr", "Il vint le 3 janv. 2026. « C’est fini. Partons », dit-il.",
         ["Il vint le 3 janv. 2026.", "« C’est fini.", "Partons », dit-il."]),
        ("es", "Llegó a EE. UU. el 3 de enero. El Sr. Pérez no.",
         ["Llegó a EE. UU. el 3 de enero.", "El Sr. Pérez no."]),
        ("pl", "Było to w 2018 r. Premier milczał.", ["Było to w 2018 r.", "Premier milczał."]),
        ("en", "Clark et al. (2020) found it. Doe et al. The rest left.",
         ["Clark et al. (2020) found it.", "Doe et al.", "The rest left."]),
    ],
)  # fmt: skip
def test_other_languages_have_their_own_abbreviations(
    language: str, text: str, sentences: list[str] | None
) -> None:
    assert split(text, language) == ([text] if sentences is None else sentences)


def test_a_number_of_a_day_ends_no_sentence_where_it_is_written_so() -> None:
    assert split("Am 3. Oktober kam Dr. Schmidt. Er ging.", "de") == [
        "Am 3. Oktober kam Dr. Schmidt.",
        "Er ging.",
    ]


def test_a_long_text_without_blanks_is_cut_at_sentence_ends() -> None:
    sentence = "这是第一句话，很短。"
    assert split(sentence * 2_000, "zh") == [sentence] * 2_000


@pytest.mark.parametrize("unit", ["“", "“Mr. A. b.c ", "中。", "A. ", "«a. B» "])
def test_twice_the_text_takes_twice_the_time(unit: str) -> None:
    """Quadratic would be four times; the library alone takes minutes for the longer one."""
    short, long = ((unit * size)[:size] for size in (50_000, 100_000))
    assert min(map(cost, [long] * 3)) < 3.2 * min(map(cost, [short] * 3)) + 0.02


def cost(text: str) -> float:
    began = time.process_time()
    spans(text)
    return time.process_time() - began


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
