"""What agrees and what differs: quotations, numbers, dates and names, in the forms people write them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model import Signals
from archive.quotations import Plain, plain, quotations
from ingest.evidence.altering import altered
from ingest.evidence.dates import dates
from ingest.evidence.numbers import numbers
from ingest.evidence.signals import compare, statement
from ingest.evidence.words import stem_of, stems, tokens


def told(claim: str, passage: str, language: str | None = "en", of: str | None = "en") -> Signals:
    return compare(statement(claim, of), passage, language, 0.5)


@pytest.mark.parametrize(
    ("a", "b"),
    [("troops", "troop"), ("seized", "seizing"), ("cities", "city"), ("Nicolás", "Nicolas"), ("U.S.", "US"),
     ("Trump’s", "Trump"), ("15,000", "15 000"), ("planned", "planning"), ("quickly", "quick")],
)  # fmt: skip
def test_forms_of_one_word_have_one_stem(a: str, b: str) -> None:
    assert stem_of(a) == stem_of(b)


@pytest.mark.parametrize(("a", "b"), [("us", "US"), ("15,000", "14,000"), ("news", "new"), ("2.5", "25")])
def test_other_words_keep_other_stems(a: str, b: str) -> None:
    assert stem_of(a) != stem_of(b)


def test_a_script_without_blanks_gives_a_word_per_character() -> None:
    assert stems("東京は大きい") == ("東", "京", "は", "大", "き", "い")


@given(st.text(alphabet="aZ1 .,'-\n_", max_size=40))
def test_words_of_ascii_are_the_same_beside_other_letters(text: str) -> None:
    assert tokens(f"{text} é")[:-1] == tokens(text)


@given(st.text())
def test_tokens_stand_where_they_say(text: str) -> None:
    found = tokens(text)
    assert all(0 <= a.start < a.end <= b.start for a, b in pairwise(found))
    assert tuple(token.stem for token in found) == stems(text)


@pytest.mark.parametrize(
    ("claim", "source"),
    [("about 15,000 troops", "15 000 troops"), ("15,000 troops", "15\u202f000 troops"),
     ("20% of homes", "20 percent of homes"), ("20 per cent of homes", "20 % of homes"),
     ("$3 million in aid", "US$3,000,000 in aid"), ("twelve ships", "12 ships"),
     ("thirty-two ships", "32 ships"), ("1.5 million people", "1,500,000 people"),
     ("about 15,000 troops", "14,600 troops"), ("two dozen ships", "2 dozen ships")],
)  # fmt: skip
def test_one_number_however_it_is_written(claim: str, source: str) -> None:
    signals = told(claim, source)
    assert len(signals.agree) == 1
    assert signals.differ == signals.missing == ()


@pytest.mark.parametrize(
    ("claim", "source", "pair"),
    [("It sent 15,000 troops.", "It sent some 14,000 troops.", ("15,000", "14,000")),
     ("About 15,000 people fled.", "Some 14,000 people fled.", ("15,000", "14,000")),
     ("Turnout was 61%.", "The turnout reached 58 percent.", ("61%", "58 percent")),
     ("It cost $3 million.", "The ship cost $4 million.", ("$3 million", "$4 million"))],
)  # fmt: skip
def test_a_number_that_differs_is_named_with_its_pair(claim: str, source: str, pair: tuple[str, str]) -> None:
    assert told(claim, source).differ == (pair,)


@pytest.mark.parametrize(
    ("claim", "source"),
    [("It sent 15,000 troops.", "The bridge is 420 metres long."),
     ("It sent 15,000 troops.", "Turnout was 58 percent."), ("It sent 15,000 troops.", "It sent troops.")],
)  # fmt: skip
def test_a_number_that_counts_something_else_does_not_differ(claim: str, source: str) -> None:
    signals = told(claim, source)
    assert signals.differ == ()
    assert signals.missing == ("15,000",)


def test_numbers_are_read_by_the_language_of_each_text() -> None:
    assert told("it took 15,000 Soldaten", "15.000 Soldaten", "de").agree[0] == "15,000"
    assert told("15,000 troops", "15.000 troops", "en").agree == ()
    assert told("15,000 troops", "15.000 troops", None).agree == ("15,000",)


@pytest.mark.parametrize(
    "source",
    ["on 3 January 2026.", "on 3rd January 2026,", "on Jan. 3, 2026", "2026-01-03 was", "am 3. Januar 2026",
     "el 3 de enero de 2026", "on the 3rd of January 2026", "on 03/01/2026", "on January 3"],
)  # fmt: skip
def test_one_date_however_it_is_written(source: str) -> None:
    assert told("It began on January 3, 2026.", f"It began {source}").agree == ("January 3, 2026",)


def test_a_day_says_its_month_and_year() -> None:
    assert told("It began in January 2026.", "It began on 3 January 2026.").agree == ("January 2026",)
    assert told("It began in 2026.", "It began on 3 January 2026.").agree == ("2026",)


def test_a_year_does_not_say_the_day() -> None:
    assert told("It began on January 3, 2026.", "It began in 2026.").missing == ("January 3, 2026",)


@pytest.mark.parametrize(
    ("claim", "source", "pair"),
    [("It began on January 3, 2026.", "It began on 4 January 2026.", ("January 3, 2026", "4 January 2026")),
     ("The firm was founded in 1998.", "Founded in 1997, the firm grew.", ("1998", "1997"))],
)  # fmt: skip
def test_a_date_that_differs_is_named_with_its_pair(claim: str, source: str, pair: tuple[str, str]) -> None:
    assert told(claim, source).differ == (pair,)


def test_a_date_that_agrees_with_another_of_the_claim_is_no_difference() -> None:
    signals = told("It ran from 3 May 2020 to 4 May 2020.", "It began on 3 May 2020.")
    assert (signals.agree, signals.differ, signals.missing) == (("3 May 2020",), (), ("4 May 2020",))


@pytest.mark.parametrize(
    ("claim", "passage", "agree"),
    [("She weighed 3 pounds.", "The end of season 3.", ()), ("It cost $7.", "They were 7.", ()),
     ("It cost $700.", "They paid 700.", ("$700",)), ("A span of 41 metres.", "Its span is 41.", ("41",))],
)  # fmt: skip
def test_a_small_number_agrees_with_its_measure(claim: str, passage: str, agree: tuple[str, ...]) -> None:
    assert told(claim, passage).agree == agree


@pytest.mark.parametrize(
    ("written", "values"),
    [("is 41 m tall", {41}), ("a £41m deal", {41e6}), ("a £41 m deal", {41e6}),
     ("some 41m people", {41, 41e6}),
     ("paid $1.5bn for it", {1.5e9}), ("3 million people", {3e6})],
)  # fmt: skip
def test_metres_are_no_millions(written: str, values: set[float]) -> None:
    (number,) = numbers(written, "en")
    assert number.values == values


def test_an_amount_is_no_year_and_a_year_no_amount() -> None:
    assert [number.text for number in numbers("2000 people came in 2019", taken=[(20, 24)])] == ["2000"]
    assert [day.text for day in dates("2000 people came in 2019")] == ["2019"]
    assert [day.text for day in dates("the 2019 crisis")] == ["2019"]


def test_a_month_that_is_a_word_is_no_date() -> None:
    assert dates("They may march 3 miles.") == []


@pytest.mark.parametrize(
    ("claim", "source"),
    [("He met Nicolás Maduro.", "President Maduro spoke."), ("He met Nicolás Maduro.", "N. Maduro spoke."),
     ("He met Delcy Rodriguez.", "They heard Delcy Rodríguez."), ("It joined the UN.", "the United Nations"),
     ("He saw John F. Kennedy.", "JFK came."), ("He joined the World Health Organization.", "the WHO"),
     ("He left Kyiv.", "They left Kiev."), ("He met Zelensky.", "President Zelenskyy came."),
     ("He met Müller.", "They met Mueller."), ("He met Gaddafi.", "They met Qaddafi."),
     ("The U.S. spoke.", "the United States"), ("He met Venezuelan farmers.", "the farmers of Venezuela")],
)  # fmt: skip
def test_a_name_however_it_is_written(claim: str, source: str) -> None:
    signals = told(claim, source)
    assert len(signals.agree) == 1
    assert signals.differ == ()


def test_a_namesake_is_another_person() -> None:
    assert told("He met Anna Smith.", "They met Anna Smythe.").agree == ()
    signals = told("He met Delcy Rodriguez.", "They heard Jorge Rodríguez.")
    assert signals.differ == (("Delcy Rodriguez", "Jorge Rodríguez"),)


def test_a_word_that_begins_a_sentence_is_not_a_missing_name() -> None:
    assert told("Talks failed.", "They broke off.").missing == ()


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "«{}»", "‘{}’", "„{}“"])
def test_quotations_in_any_marks(marks: str) -> None:
    claim = f"He spoke of {marks.format('respectful relations')} today."
    assert quotations(claim) == ["respectful relations"]


def test_a_quotation_is_verbatim_whatever_the_marks_blanks_and_dashes() -> None:
    signals = told("They want “a long-term deal – soon.”", 'He said: "A long‑term  deal - soon"')
    assert signals.quoted == ("a long-term deal – soon",)
    assert signals.altered == ()


def test_an_elision_parts_a_quotation() -> None:
    assert quotations("“We will leave … and never come back”") == ["We will leave", "and never come back"]
    assert quotations("“We [the crew] will leave”") == ["We", "will leave"]


def test_an_altered_quotation_is_shown_beside_the_words_of_the_source() -> None:
    claim = "He would “not rule out the military option”."
    signals = told(claim, "He would not rule out a military option then.")
    assert signals.quoted == ()
    assert signals.altered == (("not rule out the military option", "not rule out a military option"),)


@pytest.mark.parametrize(
    ("quoted", "source", "found"),
    [("we will win the war in 2020", "We will win the war in 2021.", "We will win the war in 2021"),
     ("Nine ships sailed to Oslo", "Then ten ships sailed to Oslo", "ten ships sailed to Oslo"),
     ("we will not go away", "we will go away. We stay.", "we will go away"),
     ("peace is here now", "peace is here. Nobody came.", "peace is here")],
)  # fmt: skip
def test_an_altered_quotation_is_shown_to_its_ends(quoted: str, source: str, found: str) -> None:
    assert altered(quoted, source) == found


def test_an_apostrophe_ends_no_quotation() -> None:
    assert quotations("He said ‘it’s a long day’ and left.") == ["it’s a long day"]


def test_other_words_are_no_altered_quotation() -> None:
    assert altered("not rule out the military option", "Bread is made of flour, water and salt.") is None


def test_a_quotation_is_found_as_whole_words() -> None:
    assert Plain("the artist").find(plain("art")) == []
    assert Plain("the art.").find(plain("art")) == [(4, 7)]
    assert Plain(" the\u00ad\n  a\u00adrt\u00ad. İS").find(plain("art. İs")) == [(8, 17)]


@given(st.text(), st.text(alphabet="ab “”’\u00a0\n–", min_size=1), st.text())
def test_places_in_the_plain_text_lead_back(before: str, words: str, after: str) -> None:
    text = before + words + after
    wanted = plain(words)
    for start, end in Plain(text).find(wanted) if wanted else ():
        assert plain(text[start:end]) == wanted


def test_denial_is_marked_only_where_the_source_adds_it() -> None:
    assert told("The moon is cheese.", "The false claim that the moon is cheese spread.").cues == ("false",)
    assert told("He denied it.", "He denied it.").cues == ()
    assert told("Er kam.", "Er kam nicht. Das ist falsch.", "de", "de").cues == ("falsch", "nicht")
    assert told("Il est venu.", "Il n’est pas venu.", "fr", "fr").cues == ("n’", "pas")
    assert told("The moon is cheese.", "It was a faux pas.").cues == ()


def test_missing_words_are_named_once_and_names_apart() -> None:
    signals = told("The dramatic strike pleased Marco Rubio and the dramatic press.", "The strike was long.")
    assert signals.words_missing == ("dramatic", "pleased", "press")
    assert signals.missing == ("Marco Rubio",)


@given(st.text(max_size=300), st.text(max_size=300))
def test_no_text_is_too_odd(claim: str, passage: str) -> None:
    signals = told(claim, passage, None, None)
    assert all(words in claim for words in (*signals.agree, *signals.missing, *signals.quoted))
    assert all(mine in claim and theirs in passage for mine, theirs in (*signals.differ, *signals.altered))
