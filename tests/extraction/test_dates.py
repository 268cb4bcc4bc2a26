"""Calendar expressions: where they lie and which days they cover."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.extraction.dates import find_dates
from archive.extraction.dates.calendars import islamic_period, persian_period

WEDNESDAY = "2024-07-17"


def _all(text, published=None):
    return [(d.text, d.start_date, d.end_date) for d in find_dates(text, published=published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("signed on 15 July 2021.", [("15 July 2021", "2021-07-15", "2021-07-15")]),
        ("signed on the 15th of July, 2021", [("15th of July, 2021", "2021-07-15", "2021-07-15")]),
        ("On July 15th, 2021, it rained", [("July 15th, 2021", "2021-07-15", "2021-07-15")]),
        ("Thursday, July 15, 2021", [("Thursday, July 15, 2021", "2021-07-15", "2021-07-15")]),
        ("on Thu., Jul. 15, 2021", [("Thu., Jul. 15, 2021", "2021-07-15", "2021-07-15")]),
        ("dated 2021-07-15T08:00Z", [("2021-07-15", "2021-07-15", "2021-07-15")]),
        ("dated 15.7.2021 here", [("15.7.2021", "2021-07-15", "2021-07-15")]),
        ("dated 7/15/2021 here", [("7/15/2021", "2021-07-15", "2021-07-15")]),
        ("dated 05/07/2021 here", [("05/07/2021", None, None)]),
        ("In July 2021 and since", [("July 2021", "2021-07-01", "2021-07-31")]),
        ("by the end of 2021.", [("end of 2021", "2021-12-31", "2021-12-31")]),
        ("at the beginning of May 2021", [("beginning of May 2021", "2021-05-01", "2021-05-01")]),
        ("in early July 2021", [("early July 2021", "2021-07-01", "2021-07-31")]),
        ("in mid-2021 it fell", [("mid-2021", "2021-01-01", "2021-12-31")]),
        ("the first half of 2021", [("first half of 2021", "2021-01-01", "2021-06-30")]),
        ("third quarter of 2021", [("third quarter of 2021", "2021-07-01", "2021-09-30")]),
        ("sales in Q3 2021 rose", [("Q3 2021", "2021-07-01", "2021-09-30")]),
        ("in the late 1990s", [("late 1990s", "1990-01-01", "1999-12-31")]),
        ("in the 19th century", [("19th century", "1801-01-01", "1900-12-31")]),
        (
            "from 2015 to 2018",
            [("2015", "2015-01-01", "2015-12-31"), ("2018", "2018-01-01", "2018-12-31")],
        ),
        (
            "the 2019–20 season",
            [("2019", "2019-01-01", "2019-12-31"), ("20", "2020-01-01", "2020-12-31")],
        ),
        (
            "between 1 April and 15 July 2021",
            [("1 April", "2021-04-01", "2021-04-01"), ("15 July 2021", "2021-07-15", "2021-07-15")],
        ),
        (
            "from November to February 2021",
            [
                ("November", "2020-11-01", "2020-11-30"),
                ("February 2021", "2021-02-01", "2021-02-28"),
            ],
        ),
        (
            "from 15–17 July 2021",
            [("15", "2021-07-15", "2021-07-15"), ("17 July 2021", "2021-07-17", "2021-07-17")],
        ),
        (
            "on July 15-17, 2021",
            [("July 15", "2021-07-15", "2021-07-15"), ("17, 2021", "2021-07-17", "2021-07-17")],
        ),
        ("in the last week of July 2021", [("last week of July 2021", None, None)]),
        ("a law passed in 1401.", [("1401", None, None)]),
        ("a castle built in 1348.", [("1348", "1348-01-01", "1348-12-31")]),
        ("on 31 April 2021", [("31 April 2021", None, None)]),
        ("from 1 Mehr 1400 on", [("1 Mehr 1400", "2021-09-23", "2021-09-23")]),
        ("in Hamal 1400", [("Hamal 1400", "2021-03-21", "2021-04-20")]),
        ("the Persian year 1400", [("1400", "2021-03-21", "2022-03-20")]),
        ("on 10 Muharram 1443", [("10 Muharram 1443", "2021-08-18", "2021-08-20")]),
    ],
)
def test_what_the_text_fixes_is_resolved_without_a_publication_day(text, expected):
    """Absolute dates give their first and last day; impossible and ambiguous ones give none."""
    assert _all(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Sunday",
        "last year",
        "recent weeks",
        "yesterday",
        "last summer",
        "5 years ago",
        "early December",
        "15 July",
        "this week",
        "next month",
        "coming days",
        "summer 2021",
        "past few weeks",
        "past year",
    ],
)
def test_what_the_text_leaves_open_has_no_days(text):
    """Relative and incomplete expressions are found and stay unresolved."""
    assert _all(f"They met in {text}, he said.") == [(text, None, None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on Sunday.", ("Sunday", "2024-07-14", "2024-07-14")),
        ("They met on Wednesday.", ("Wednesday", "2024-07-17", "2024-07-17")),
        ("They will meet on Sunday.", ("Sunday", "2024-07-21", "2024-07-21")),
        ("On Sunday, they will meet.", ("Sunday", "2024-07-21", "2024-07-21")),
        ("He said on Sunday that they will meet.", ("Sunday", "2024-07-14", "2024-07-14")),
        ("They meet next Sunday.", ("next Sunday", "2024-07-21", "2024-07-21")),
        ("They met last Wednesday.", ("last Wednesday", "2024-07-10", "2024-07-10")),
        ("They met yesterday.", ("yesterday", "2024-07-16", "2024-07-16")),
        ("They met last week.", ("last week", "2024-07-08", "2024-07-14")),
        ("They met over the weekend.", ("weekend", "2024-07-13", "2024-07-14")),
        ("They met last month.", ("last month", "2024-06-01", "2024-06-30")),
        ("They met early this year.", ("early this year", "2024-01-01", "2024-12-31")),
        ("It ends by the end of the year.", ("end of the year", "2024-12-31", "2024-12-31")),
        (
            "Sales fell in the first half of the year.",
            ("first half of the year", "2024-01-01", "2024-06-30"),
        ),
        ("They met in February.", ("February", "2024-02-01", "2024-02-29")),
        ("They met in October.", ("October", "2023-10-01", "2023-10-31")),
        ("They will meet in February.", ("February", "2025-02-01", "2025-02-28")),
        ("They met on 3 May.", ("3 May", "2024-05-03", "2024-05-03")),
        ("It was on Friday, 4 August.", ("Friday, 4 August", "2023-08-04", "2023-08-04")),
        ("It was on Sunday, 4 August.", ("Sunday, 4 August", "2024-08-04", "2024-08-04")),
        ("The deadline is 3 August.", ("3 August", "2024-08-03", "2024-08-03")),
        ("It began in June last year.", ("June last year", "2023-06-01", "2023-06-30")),
        ("It began five years ago.", ("five years ago", "2019-01-01", "2019-12-31")),
        ("It began 10 days ago.", ("10 days ago", "2024-07-07", "2024-07-07")),
        (
            "It began in the last decade of kings, last decade.",
            ("last decade", "2010-01-01", "2019-12-31"),
        ),
    ],
)
def test_relative_dates_are_counted_from_the_publication_day(text, expected):
    """The publication day fixes weekdays, months and years; tense tells past from future."""
    assert _all(text, WEDNESDAY)[-1] == expected
    assert find_dates(text, published=WEDNESDAY)[-1].resolved_from == WEDNESDAY


@pytest.mark.parametrize(
    "text",
    [
        "about 2000 people came",
        "a force of 1500 men",
        "$2021 was paid",
        "The B-2021 engine",
        "Expo 2020 opened",
        "the 2018 FIFA World Cup",
        "at 1930 GMT",
        "call 555-2021-33",
        "They may march on",
        "Theresa May spoke",
        "March for Life",
        "May they rest",
        "The Sunday Times reported",
        "It was Black Friday",
        "every Monday they train",
        "days later it fell",
        "a week after the storm",
        "the previous year",
        "the next day",
        "the past four years",
        "a 12-day war",
        "two weeks",
        "April Jones won",
        "Mehr reported it",
        "Asad left",
        "the spring of the watch",
        "in the fall it broke",
        "USA Today wrote",
        "the Dams Act, 1972 lists rivers",
        "the 2016 United Islands presidential election",
        "a song from May’s album",
        "",
    ],
)
def test_counts_names_and_durations_are_no_dates(text):
    """What only looks like a calendar expression is left alone."""
    assert _all(text) == []


@pytest.mark.parametrize(
    ("text", "edtf", "precision"),
    [
        ("in August 2021", "2021-08", "month"),
        ("on 1 April", "XXXX-04-01", "day"),
        ("in February", "XXXX-02", "month"),
        ("in summer 2021", "2021-22", "season"),
        ("in the 1990s", "199X", "decade"),
        ("in 2021", "2021", "year"),
        ("first quarter of 2021", "2021-33", "quarter"),
        ("at the end of July", "XXXX-07-31", "day"),
        ("in recent weeks", None, None),
    ],
)
def test_dates_are_written_in_edtf(text, edtf, precision):
    """Unknown digits are X, seasons and quarters have their codes, vague dates have none."""
    (found,) = find_dates(text)
    assert (found.edtf, found.precision) == (edtf, precision)


def test_a_weekday_that_fits_neither_year_leaves_the_date_open():
    """A weekday that contradicts the last and the coming occurrence means another year."""
    assert _all("It was on Monday, 4 August.", WEDNESDAY) == [("Monday, 4 August", None, None)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A study from March noted it", ["March"]),
        ("He died in February 6; others left", ["February 6"]),
        ("in May 20 people left", ["May"]),
        ("the 2016 harvest", ["2016"]),
    ],
)
def test_names_of_months_and_years_are_read_by_what_is_beside_them(text, found):
    """`from March` before a small word is a month, a day closed by a mark no count."""
    assert [date.text for date in find_dates(text)] == found


def test_parts_of_the_day_and_prepositions_stay_outside():
    """Only the calendar day belongs to the span."""
    text = "It began early on Saturday morning and ended late Sunday."
    assert [d.text for d in find_dates(text)] == ["Saturday", "Sunday"]


@pytest.mark.parametrize(
    ("year", "month", "day", "gregorian"),
    [
        (1357, 11, 22, date(1979, 2, 11)),
        (1399, 12, 30, date(2021, 3, 20)),
        (1403, 1, 1, date(2024, 3, 20)),
        (1404, 1, 1, date(2025, 3, 21)),
        (1300, 1, 1, date(1921, 3, 21)),
    ],
)
def test_persian_days_are_converted(year, month, day, gregorian):
    """Days of the Persian calendar fall on their known Gregorian days."""
    assert persian_period(year, month, day) == (gregorian, gregorian)


@given(st.integers(1244, 1498))
def test_persian_years_follow_each_other(year):
    """The months of a Persian year are as long as the year, and each year adjoins the next."""
    whole = persian_period(year, None, None)
    assert whole[0] == persian_period(year, 1, 1)[0]
    assert (whole[1] - whole[0]).days in {364, 365}
    assert persian_period(year, 12, None)[1] == whole[1]


@pytest.mark.parametrize(
    ("year", "month", "day", "gregorian"),
    [
        (1443, 9, 1, date(2022, 4, 2)),
        (1445, 1, 10, date(2023, 7, 28)),
        (1400, 1, 1, date(1979, 11, 21)),
    ],
)
def test_islamic_days_are_a_day_wide_on_either_side(year, month, day, gregorian):
    """The range of an Islamic day holds the day on which it was observed."""
    first, last = islamic_period(year, month, day)
    assert first <= gregorian <= last
    assert (last - first).days == 2


@given(
    st.text(alphabet=st.sampled_from("0123456789 -/.,'sJulyMaMondastwekrgo"))
    | st.lists(
        st.sampled_from(
            [
                "May",
                "1",
                "31",
                "2020",
                "and",
                "last",
                "Sunday",
                "early",
                "end of",
                "the",
                "week",
                "ago",
                "Mehr",
                "Ramadan",
                "Feb.",
                "29",
                "0000",
                "99th",
                "century",
                "Q1",
                "of",
                ",",
                "–",
            ]
        )
    ).map(" ".join)
    | st.text(),
    st.sampled_from([None, WEDNESDAY, "0001-01-01", "9999-12-31", "2024-02-29"]),
)
def test_spans_are_ordered_disjoint_and_inside_the_text(text, published):
    """Whatever the text and the day, spans lie in it in order and ranges do not run backwards."""
    end = 0
    for found in find_dates(text, published=published):
        assert end <= found.char_start < found.char_end <= len(text)
        assert text[found.char_start : found.char_end] == found.text
        assert (found.start_date is None) == (found.end_date is None)
        assert found.start_date is None or found.start_date <= found.end_date
        assert found.resolved_from in {None, published}
        end = found.char_end


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back_in_many_forms(day):
    """A day written out in English or in ISO form gives that day."""
    month = day.strftime("%B")
    forms = [
        day.isoformat(),
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.strftime('%A')}, {month} {day.day}, {day.year}",
    ]
    for form in forms:
        assert _all(f"It was on {form}.") == [(form, day.isoformat(), day.isoformat())]


@pytest.mark.parametrize(
    "unit",
    ["1", "2021 ", "May ", "early ", "last week ", "1-", "Sunday, ", "20 May 20 ", "the year "],
)
def test_long_repetition_takes_linear_time(unit):
    """A line of 200,000 repetitive characters is read within seconds."""
    started = time.perf_counter()
    find_dates(unit * (200_000 // len(unit)), published=WEDNESDAY)
    assert time.perf_counter() - started < 8
