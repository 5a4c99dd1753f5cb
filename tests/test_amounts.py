"""Amounts and dates in the forms that people write: the same, another, or of something else."""

import pytest

from archive.model import Signals
from ingest.evidence.dates import dates
from ingest.evidence.signals import compare, statement


def told(claim: str, passage: str, of: str = "en", language: str = "en") -> Signals:
    return compare(statement(f"It said {claim} there.", of), f"They wrote {passage} here.", language, 0.5)


@pytest.mark.parametrize(
    ("claim", "source"),
    [("41 km", "41 kilometres"), ("41 km", "25 miles"), ("3 tonnes", "3,000 kg"), ("5 °C", "41 °F"),
     ("10,000 m²", "10,000 square metres"), ("five years", "5-year"), ("48 hours", "two days"),
     ("a quarter of homes", "25 percent of homes"), ("half of the homes", "50% of the homes"),
     ("two thirds of voters", "66 percent of voters"), ("one in three", "33 percent"),
     ("1 in 4", "one in four"),
     ("1/3 of them", "a third of them"), ("three-quarters", "75%"), ("a 10-percent rise", "a 10% rise"),
     ("€3 million", "3 million euros"), ("2.5 billion dollars", "$2,500 million"), ("USD 5m", "$5 million"),
     ("₹5 crore", "50 million rupees"), ("3,5 million", "3.5 million"), ("1,234.56", "1.234,56"),
     ("one hundred and twenty people", "120 people"), ("a hundred people", "100 people"),
     ("two hundred and five thousand people", "205,000 people"), ("a dozen ships", "12 ships"),
     ("the 21st place", "the twenty-first place"), ("at 9 p.m.", "at 21:00"), ("at 10:30 a.m.", "at 10.30am"),
     ("more than 1,000 troops", "1,200 troops"), ("nearly 50%", "48%"), ("minus 5 degrees", "−5 degrees"),
     ("1.5 Millionen davon", "1,5 Millionen davon"), ("15,000 people", "1.5万 people")],
)  # fmt: skip
def test_one_amount_however_it_is_told(claim: str, source: str) -> None:
    signals = told(claim, source)
    assert len(signals.agree) == 1
    assert signals.differ == signals.missing == ()


@pytest.mark.parametrize(
    ("claim", "source", "pair"),
    [("41 km of road", "41 miles of road", ("41 km", "41 miles")),
     ("3 kg of gold", "3 lb of gold", ("3 kg", "3 lb")),
     ("€3 million paid", "$3 million paid", ("€3 million", "$3 million")),
     ("a depth of -5 degrees", "a depth of 5 degrees", ("-5", "5")),
     ("a third of voters", "a quarter of voters", ("a third", "a quarter")),
     ("one thousand people", "two thousand people", ("one thousand", "two thousand")),
     ("fewer than 100 people", "300 people", ("100", "300"))],
)  # fmt: skip
def test_another_amount_of_the_same_is_named(claim: str, source: str, pair: tuple[str, str]) -> None:
    signals = told(claim, source)
    assert signals.differ == (pair,)
    assert signals.agree == ()


@pytest.mark.parametrize(
    ("claim", "source"),
    [("5 percentage points", "5 percent"), ("41 km", "41 kg"), ("5 years", "5 tonnes"),
     ("9 p.m.", "9 percent"),
     ("over 1,000 troops", "4,000 tents")],
)  # fmt: skip
def test_an_amount_of_something_else_does_not_agree(claim: str, source: str) -> None:
    signals = told(claim, source)
    assert signals.agree == signals.differ == ()
    assert len(signals.missing) == 1


def test_both_ends_of_a_range_are_what_the_last_is() -> None:
    assert told("from 5 to 10 percent", "from 5% to 10%").agree == ("5", "10 percent")
    assert told("from $3 to 4 million", "4 million dollars").agree == ("4 million",)


def test_a_word_that_may_be_a_number_is_not_missed() -> None:
    signals = told("the second man and one of the first", "a man")
    assert signals.missing == ()
    assert {"second", "first"} <= set(signals.words_missing)


@pytest.mark.parametrize(
    ("claim", "source"),
    [("on 3 January 2026", "on 2026-01-03T10:00"), ("on 3 January 2026", "on 2026/01/03"),
     ("on January the 3rd, 2026", "on 3 Jan 2026"), ("on 3 Jan '26", "on 3 January 2026"),
     ("in March 2020", "in 03/2020"), ("in the 1990s", "in 1994"), ("in the 19th century", "in 1850"),
     ("in the 19th century", "in the 1850s"), ("in 300 BC", "in 300 BCE"), ("in AD 79", "in 79 AD"),
     ("on 2 December 2020", "2020年12月2日に"), ("on 2 December 2020", "2 декабря 2020"),
     ("on 2 December 2020", "2 grudnia 2020"), ("on Jan. 3, 2020", "le 3 janvier 2020")],
)  # fmt: skip
def test_one_date_in_all_forms(claim: str, source: str) -> None:
    signals = told(claim, source)
    assert len(signals.agree) == 1
    assert signals.differ == signals.missing == ()


def test_two_dates_written_as_one_are_two() -> None:
    signals = told("on 3–5 January 2026", "on January 3, 2026")
    assert (signals.agree, signals.missing) == (("3–5 January 2026",), ("5 January 2026",))
    assert told("in 1998–99", "in 1998 and 1999").agree == ("1998", "1998–99")
    assert told("on Jan. 3 and 4, 2020", "on January 4, 2020").missing == ("Jan. 3",)


def test_a_year_does_not_lie_in_another_decade_and_a_decade_names_no_year() -> None:
    assert told("in the 1990s", "in 2004").agree == ()
    assert told("in 1994", "in the 1990s").agree == ()
    assert told("in the 1990s", "in the 1980s").agree == ()


@pytest.mark.parametrize("text", ["It cost $2015 then.", "Some 2000 people came."])
def test_a_sum_is_no_year(text: str) -> None:
    assert dates(text) == []


def test_capitals_of_dates_and_measures_are_no_names() -> None:
    assert told("3. Januar 2026", "January 3, 2026", "de").missing == ()
    assert told("at 5 °C and 300 BC", "at 5 °C in 300 BC").missing == ()
