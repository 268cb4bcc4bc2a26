"""Units, money, hedges, ranges and scores."""

import pytest

from archive.extraction.figures import find_figures


@pytest.mark.parametrize(
    ("text", "written", "value", "unit", "kind"),
    [
        ("The deal is $1.2bn.", "$1.2bn", 1.2e9, "USD", "money"),
        ("The deal is £3m.", "£3m", 3e6, "GBP", "money"),
        ("It paid US$40.", "US$40", 40, "USD", "money"),
        ("It paid A$40.", "A$40", 40, "AUD", "money"),
        ("It paid 30 euros.", "30 euros", 30, "EUR", "money"),
        ("It paid EUR 30.", "EUR 30", 30, "EUR", "money"),
        ("It paid Rs 5 crore.", "Rs 5 crore", 5e7, "INR", "money"),
        ("It fell 3.5 per cent.", "3.5 per cent", 3.5, "percent", "percentage"),
        ("It fell 3.5%.", "3.5%", 3.5, "percent", "percentage"),
        ("It fell two percentage points.", "two percentage points", 2, "percentage point", None),
        ("It fell 25 basis points.", "25 basis points", 25, "basis point", "percentage"),
        ("It is 5 ft 3 in tall.", "5 ft 3 in", 5.25, "foot", "length"),
        ("It does 90 km/h.", "90 km/h", 90, "kilometre per hour", "speed"),
        ("It was 40 degrees Celsius.", "40 degrees Celsius", 40, "degree Celsius", "temperature"),
        ("It was -12°C.", "-12°C", -12, "degree Celsius", "temperature"),
        ("A 12-day truce held.", "12-day", 12, "day", "duration"),
        ("A 1,000-kilometer wall rose.", "1,000-kilometer", 1000, "kilometre", "length"),
        ("The suspect, aged 45, fled.", "45", 45, "year", "age"),
        ("A 12-year-old girl fled.", "12-year-old", 12, "year", "age"),
        ("She was 19, he wrote.", "19", 19, "year", "age"),
        ("Ali Rahimi, 45, fled.", "45", 45, "year", "age"),
        ("The rate is 5 per 100,000.", "5 per 100,000", 5, None, "rate"),
        ("Sales doubled.", "doubled", 2, "time", "other"),
        ("A 6.3 magnitude quake hit.", "6.3 magnitude", 6.3, "magnitude", "other"),
        ("A quake of magnitude 6.3 hit.", "magnitude 6.3", 6.3, "magnitude", "other"),
        ("It rained for half an hour.", "half an hour", 0.5, "hour", "duration"),
        ("It covers 8 sq km.", "8 sq km", 8, "square kilometre", "area"),
        ("A five-story house fell.", "five-story", 5, "story", "count"),
    ],
)
def test_units(text, written, value, unit, kind):
    """Value, unit and kind of measures, with their span."""
    (figure,) = find_figures(text)
    assert figure.text == written
    assert figure.value == pytest.approx(value)
    assert figure.unit == unit
    assert kind is None or figure.kind == kind


@pytest.mark.parametrize(
    ("phrase", "low", "high", "modifier"),
    [
        ("more than 40", 40, None, "more_than"),
        ("over 40", 40, None, "more_than"),
        ("at least 40", 40, None, "at_least"),
        ("no fewer than 40", 40, None, "at_least"),
        ("up to 40", None, 40, "at_most"),
        ("as many as 40", None, 40, "at_most"),
        ("fewer than 40", None, 40, "less_than"),
        ("under 40", None, 40, "less_than"),
        ("nearly 40", 40, 40, "nearly"),
        ("almost 40", 40, 40, "nearly"),
        ("about 40", 40, 40, "about"),
        ("some 40", 40, 40, "about"),
        ("an estimated 40", 40, 40, "about"),
        ("just 40", 40, 40, "exact"),
        ("40", 40, 40, "exact"),
        ("between 40 and 50", 40, 50, "between"),
        ("40 to 50", 40, 50, "between"),
        ("40-50", 40, 50, "between"),
        ("40–50", 40, 50, "between"),
        ("40 or 50", 40, 50, "between"),
    ],
)
def test_bounds_and_hedges(phrase, low, high, modifier):
    """A hedge belongs to the span, bounds the value, and is named."""
    (figure,) = find_figures(f"Police detained {phrase} suspects.")
    assert (figure.text, figure.low, figure.high) == (phrase, low, high)
    assert figure.modifier == modifier


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("Losses are put at $3-5 billion.", [(3e9, 5e9)]),
        ("Losses are put at $700,000 to $1.4 million.", [(7e5, 1.4e6)]),
        ("Growth of 5 to 7 per cent is likely.", [(5, 7)]),
        ("The term was cut from two or four months to one month.", [(2, 4), (1, 1)]),
        ("They rose from 5% to 8%.", [(5, 5), (8, 8)]),
        ("They rose by 5% to 8%.", [(5, 5), (8, 8)]),
        ("United won 3-1.", [(3, 3), (1, 1)]),
        ("It passed by 52 votes to 48.", [(52, 52), (48, 48)]),
    ],
)
def test_ranges_scores_and_changes(text, bounds):
    """A range is one figure; a score, a vote and a change are two."""
    assert [(figure.low, figure.high) for figure in find_figures(text)] == bounds


@pytest.mark.parametrize(
    ("text", "si_low"),
    [
        ("It is 3 km long.", 3000),
        ("It weighs 2 tonnes.", 2000),
        ("It was 0 degrees Celsius.", 273.15),
        ("It was 32 degrees Fahrenheit.", 273.15),
        ("It rose 50 percent.", 0.5),
        ("It took two hours.", 7200),
    ],
)
def test_bounds_in_si_units(text, si_low):
    """Bounds are given in the SI unit too, temperatures in kelvin."""
    (figure,) = find_figures(text)
    assert figure.si_low == pytest.approx(si_low)


def test_money_has_no_si_bounds():
    """There is no SI unit of money."""
    (figure,) = find_figures("It paid $5.")
    assert (figure.si_low, figure.si_high) == (None, None)


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("Oil is $20 a barrel.", "barrel"),
        ("They pump 90,000 barrels a day.", "day"),
        ("Tuition is $9,000 per year.", "year"),
        ("They killed 40 people daily.", "day"),
        ("A year earlier it was $5.", None),
        ("It was $5 a year earlier.", None),
    ],
)
def test_rates(text, per):
    """What a rate is per, and no rate where `a year` begins a time."""
    figure = find_figures(text)[-1]
    assert figure.per == per or (per == "day" and figure.per is None and "daily" in text)


@pytest.mark.parametrize(
    "text",
    [
        "The attack took place on 5 May 2021.",
        "On July 15 they left.",
        "The law of 1998 was repealed.",
        "It begins at 10:30 a.m. on Monday.",
        "It was signed on 2021-08-05.",
        "He finished third, in the 15th race.",
        "The twenty-sixth dynasty fell.",
        "Call 020 7946 0958.",
        "The B-52 and the F16 landed.",
        "Resolution 2231 expired on page 3.",
        "One of the men escaped.",
        "One protester held a placard.",
        "The two sides met; these two countries agreed.",
        "Several officials and many people came.",
        "It began in the 1990s.",
        "The first half ended.",
        "COVID-19 and G20 and 5G and iPhone 11.",
        "They held two-way, one-on-one talks.",
        "A year later, an hour passed.",
        "It dates from about 664 BC.",
        "Dial 999, or call 112.",
        "They 1) asked and 2) left.",
        "The 2019-nCoV spread on the Fourth of July.",
    ],
)
def test_what_is_never_a_figure(text):
    """Dates, times, ordinals, codes, names, articles and numbers that refer back are left out."""
    assert find_figures(text) == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("It took one month.", ["one month"]),
        ("Just one survivor was found.", ["Just one"]),
        ("At least one of the bombers came from there.", ["At least one"]),
        ("Two guards and one fighter died.", ["Two", "one"]),
        ("About 2000 people fled.", ["About 2000"]),
    ],
)
def test_one_is_a_figure_only_with_unit_hedge_or_company(text, written):
    """`one` counts with a unit, a modifier, or beside another number."""
    assert [figure.text for figure in find_figures(text)] == written
