"""Numbers as they are written: digits, words, both, fractions, other scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.extraction.figures import find_figures, find_refusals
from archive.extraction.figures.numerals import read_digits


def only(text):
    """The one figure of a text."""
    (figure,) = find_figures(text)
    return figure


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.2 million", 1_200_000),
        ("one hundred and five", 105),
        ("three dozen", 36),
        ("half a million", 500_000),
        ("1,000", 1000),
        ("1,00,000", 100_000),
        ("5 lakh", 500_000),
        ("2 crore", 20_000_000),
        ("twenty-five", 25),
        ("two and a half million", 2_500_000),
        ("a hundred", 100),
        ("a dozen", 12),
        ("4 hundred", 400),
        ("2½", 2.5),
        ("2 1/2", 2.5),
        ("four thousand three hundred", 4300),
        ("1.000.000", 1_000_000),
        ("٥٠", 50),
        ("۱۲۰", 120),
        ("१२", 12),
    ],
)
def test_value_of_numbers(written, value):
    """Scale words are multiplied out, in digits, words and any script's digits."""
    figure = only(f"They handed out {written} tents.")
    assert figure.text == written
    assert figure.low == figure.high == figure.value == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("two-thirds of", 2 / 3),
        ("a quarter of", 0.25),
        ("half of", 0.5),
        ("one in five", 0.2),
        ("nine out of 10", 0.9),
        ("1/3 of", 1 / 3),
        ("three quarters of", 0.75),
    ],
)
def test_shares(written, value):
    """Fractions and `one in five` are shares of one."""
    figure = only(f"Voters left: {written} members agreed.")
    assert figure.value == pytest.approx(value)
    assert figure.kind == "percentage"


@pytest.mark.parametrize(
    ("written", "least"),
    [
        ("Dozens", 24),
        ("Hundreds", 200),
        ("Thousands", 2000),
        ("Tens of thousands", 20_000),
        ("Hundreds of thousands", 200_000),
        ("Millions", 2_000_000),
        ("Several hundred", 300),
        ("Several million", 3_000_000),
    ],
)
def test_vague_numerals_have_the_smallest_meaning_as_low(written, least):
    """A vague numeral is open above, has no value, and is bounded by its smallest meaning."""
    figure = only(f"{written} of people fled." if written[-1] == "s" else f"{written} people fled.")
    assert (figure.low, figure.high, figure.value) == (least, None, None)
    assert figure.modifier == "vague"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("1" + "0" * 400, "too large"),
        ("9" * 5000, "too large"),
        ("10^400", "too large"),
        ("10^9999", "too large"),
        ("1.2.3.4", "separators"),
        ("5,00", "separators"),
    ],
)
def test_numbers_that_cannot_be_stored_exactly_are_refused_with_a_reason(written, reason):
    """A number beyond double precision, or none at all, is left out, never stored wrong."""
    text = f"They counted {written} tents."
    assert find_figures(text) == []
    (refusal,) = find_refusals(text)
    assert (refusal.text, refusal.char_start) == (written, 13)
    assert refusal.reason.startswith(reason)


def test_numbers_that_are_read_are_not_refused():
    """What gives a figure, or is a date or a time, is no refusal."""
    assert find_refusals("They counted 1,000 tents and 10^6 pegs at 10:30 on 5 May 2021.") == []


def test_powers():
    """A power is multiplied out."""
    assert only("They counted 10^6 tents.").value == 1_000_000


@pytest.mark.parametrize("written", ["nan tents", "infinity tents", "inf people", "NaN"])
def test_words_that_parsers_take_for_numbers_are_none(written):
    """`nan` and `infinity` are words."""
    assert find_figures(f"They counted {written} there.") == []


@given(st.integers(min_value=2, max_value=999_999_999_999))
def test_numbers_with_separators_are_read_back(number):
    """Thousands separators do not change a number."""
    assert read_digits(f"{number:,}") == number


@given(st.integers(min_value=1, max_value=10**14))
def test_numbers_in_words_are_read_back(number):
    """What num2words writes in English is read as the same number."""
    num2words = pytest.importorskip("num2words", reason="num2words is not installed").num2words
    spelled = num2words(number)
    found = find_figures(f"They counted at least {spelled} tents.")
    assert [figure.low for figure in found] == [number]


@given(st.integers(min_value=1, max_value=999), st.sampled_from(["en_US", "en_IN", "en_GB"]))
def test_money_as_babel_formats_it_is_read_back(amount, locale):
    """Currency formats of the CLDR give amount and ISO 4217 code."""
    numbers = pytest.importorskip("babel.numbers", reason="babel is not installed")
    for code in ("USD", "EUR", "GBP", "INR", "JPY"):
        written = numbers.format_currency(amount * 1000, code, locale=locale)
        (figure,) = find_figures(f"The bill came to {written} in all.")
        assert (figure.value, figure.unit) == (amount * 1000, code)
