"""Readers of one kind of calendar expression each, from its core outward to its whole span.

A reader is called with the text, the place of the core and the end of the expression before it,
and answers with the expressions it found there, none where the words mean something else.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from archive.extraction.dates import patterns
from archive.extraction.dates.calendars import islamic_period, persian_period
from archive.extraction.dates.periods import (
    UNKNOWN,
    Period,
    century_period,
    decade_period,
    first_day,
    half_period,
    last_day,
    month_period,
    quarter_period,
    season_period,
    span_period,
    undated_period,
    year_period,
    ymd_period,
)
from archive.extraction.dates.relative import (
    past_weekend,
    season_near,
    shifted_day,
    supply_year,
    unit_period,
    weekday_period,
)
from archive.extraction.dates.tense import looks_ahead, looks_back
from archive.extraction.dates.years import reads_as_year
from archive.vocabulary.calendar import CalendarName, calendar_names, date_words

_REACH = 40  # characters to the left of a core in which its modifiers stand
# Years that without a word on their calendar are likelier Persian (2001 to 2032) than medieval;
# such a year is left open.
_PERSIAN_TODAY = range(1380, 1411)
_BARE_AFTER = frozenset(
    {"in", "since", "until", "till", "during", "through", "throughout", "mid", "early", "late"}
)
_WHICH_OFFSET = {
    "last": -1,
    "this past": -1,
    "this": 0,
    "current": 0,
    "next": 1,
    "this coming": 1,
    "coming": 1,
    "upcoming": 1,
}
_EDGES = {"end": last_day, "close": last_day, "start": first_day, "beginning": first_day}
_PARTS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "latter": 2}


@dataclass(frozen=True, slots=True)
class Expression:
    """A calendar expression at its place in the text, and what it means."""

    start: int
    end: int
    period: Period


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader is called: the core at `start` to `end`, nothing before `floor` is free."""

    text: str
    start: int
    end: int
    floor: int
    published: date | None

    def left(self, pattern: re.Pattern[str], end: int | None = None) -> re.Match[str] | None:
        """Match a pattern that ends where the core starts, or at `end`."""
        end = self.start if end is None else end
        return pattern.search(self.text, max(self.floor, end - _REACH), end)

    def word_before(self) -> str:
        """Return the word right before the core, empty where none is on the same line."""
        match = self.left(patterns.WORD_BEFORE)
        return match["word"] if match else ""

    def is_before_capital(self) -> bool:
        """Tell whether a capitalised word that is no name of the calendar follows."""
        match = patterns.CAPITALISED_AFTER.match(self.text, self.end)
        return bool(match and match["word"][0].isupper() and match["word"] not in calendar_names())


# --------------------------------------------------------------------------- numbers


def read_numeric(place: Place) -> list[Expression]:
    """Read `2025-07-15`, `2025/7/15`, `15.7.2025`; `05/07/2025` stays open."""
    parts = [int(part) for part in re.split(r"[./-]", place.text[place.start : place.end])]
    if parts[0] > 31:
        year, month, day = parts
        readings = {(month, day)}
    else:
        year = parts[2]
        readings = {(parts[0], parts[1]), (parts[1], parts[0])}
        if "." in place.text[place.start : place.end]:
            readings = {(parts[1], parts[0])}
    periods = [ymd_period(year, m, d) for m, d in sorted(readings)]
    known = [period for period in periods if period.start is not None]
    if not known:
        return []
    period = known[0] if len(known) == 1 else Period(precision="day")
    return [Expression(place.start, place.end, period)]


def read_year(place: Place, *, is_decade: bool) -> list[Expression]:
    """Read `2021`, `early 2021`, `1990s`, `2019–20`, `1402` of the Persian calendar."""
    digits_end = place.start + 4
    value = int(place.text[place.start : digits_end])
    if is_decade:
        return [_modified(place, decade_period(value))]
    other = place.left(patterns.OTHER_CALENDAR)
    era = patterns.ERA.match(place.text, place.end)
    if other or (era and not era["era"].startswith("B")):
        is_islamic = (
            era["era"] == "AH"
            if era
            else other is not None
            and other["calendar"]
            in {
                "Islamic",
                "Lunar",
                "lunar",
            }
        )
        calendar = "islamic" if is_islamic else "persian"
        end = era.end() if era else place.end
        return [Expression(place.start, end, _foreign(calendar, value, None, None))]
    modifier = place.left(patterns.MODIFIER)
    is_attribute = modifier and modifier["edge"] and modifier.group().endswith("the ")
    if is_attribute:  # "the start of the 2020 season"
        modifier = None
    if modifier is None and not reads_as_year(place.text, place.start, place.end):
        return []
    period = Period(precision="year") if value in _PERSIAN_TODAY else year_period(value)
    found = [
        Expression(place.start, place.end, period) if is_attribute else _modified(place, period)
    ]
    rest = patterns.SHORT_RANGE_END.match(place.text, place.end)
    if rest and int(rest["year"]) > value % 100:
        second = year_period(value - value % 100 + int(rest["year"]))
        found.append(Expression(rest.start("year"), rest.end(), second))
    return found


def read_nineties(place: Place) -> list[Expression]:
    """Read `’90s`."""
    first = 1900 + int(place.text[place.start : place.start + 2])
    return [Expression(place.start - 1, place.end, decade_period(first))]


def read_quarter(place: Place) -> list[Expression]:
    """Read `Q1 2021`."""
    year = patterns.YEAR_OF_SEASON.match(place.text, place.end)
    if year is None:
        return []
    period = quarter_period(int(year["year"]), int(place.text[place.end - 1]))
    return [Expression(place.start, year.end(), period)]


# ---------------------------------------------------------------------------- months


def read_month(place: Place) -> list[Expression]:
    """Read every expression built on a month: `15 July 2025`, `July 15–17`, `early July`."""
    name = place.text[place.start : place.end]
    meaning = calendar_names().get(name) or calendar_names()[name.title()]
    found = _days_before(place, meaning) or _days_after(place, meaning)
    if found:
        return found
    if name.isupper() and len(name) > 1:
        return []
    return _month_alone(place, meaning)


def _days_before(place: Place, meaning: CalendarName) -> list[Expression]:
    """Read `15 July 2025`, and both days of `15–17 July`."""
    match = place.left(patterns.DAYS_BEFORE)
    if match is None or not 1 <= int(match["day"]) <= 31:
        return []
    year, end = _year_after(place, place.end, patterns.YEAR_AFTER_DAY)
    if meaning.calendar != "gregorian" and year is None and place.is_before_capital():
        return []
    found = []
    if match["first"] and 1 <= int(match["first"]) < int(match["day"]):
        period = _dated(meaning, year, int(match["first"]))
        found.append(Expression(match.start("first"), _ordinal_end(place.text, match), period))
    period = _counted_from(place, end, _dated(meaning, year, int(match["day"])))
    return [*found, Expression(match.start("day"), end, period)]


def _ordinal_end(text: str, match: re.Match[str]) -> int:
    """Return the end of the first day with its `st`, `nd`, `rd` or `th`."""
    end = match.end("first")
    return end + 2 if text[end : end + 2] in {"st", "nd", "rd", "th"} else end


def _days_after(place: Place, meaning: CalendarName) -> list[Expression]:
    """Read `July 15, 2025`, and both days of `July 15–17`."""
    match = patterns.DAY_AFTER.match(place.text, place.end)
    if match is None or not 1 <= int(match["day"]) <= 31:
        return []
    first_end = match.end()
    end = first_end
    second = patterns.SECOND_DAY_AFTER.match(place.text, end)
    if second and not _is_second_day(place.text, second, int(match["day"])):
        second = None
    if second:
        end = second.end()
    year, end = _year_after(place, end, patterns.YEAR_AFTER_DAY)
    is_counted = place.word_before().lower() == "in" and not patterns.CLOSES.match(place.text, end)
    if year is None and (is_counted or meaning.calendar != "gregorian"):
        return []  # "in May 20 people …"
    period = _counted_from(place, end, _dated(meaning, year, int(match["day"])))
    if second is None:
        return [Expression(place.start, end, period)]
    second_period = _dated(meaning, year, int(second["day"]))
    return [
        Expression(place.start, first_end, period),
        Expression(second.start("day"), end, second_period),
    ]


def _is_second_day(text: str, match: re.Match[str], first: int) -> bool:
    """Tell whether a number after a date is the end of a range of days and no count."""
    if not first < int(match["day"]) <= 31:
        return False
    return not match["join"].strip().isalpha() or not patterns.COUNTED_AFTER.match(
        text, match.end()
    )


def _year_after(place: Place, end: int, pattern: re.Pattern[str]) -> tuple[int | None, int]:
    """Return the year that follows a month or day, and where the expression then ends."""
    match = pattern.match(place.text, end)
    if match and 1000 <= int(match["year"]) <= 2199:
        following = patterns.CAPITALISED_AFTER.match(place.text, match.end())
        if following is None or following["word"] not in date_words("year_after_no"):
            return int(match["year"]), match.end()
    if place.published is not None and (named := patterns.NAMED_YEAR_AFTER.match(place.text, end)):
        return place.published.year + _WHICH_OFFSET[named["which"]], named.end()
    named = patterns.NAMED_YEAR_AFTER.match(place.text, end)
    return None, named.end() if named else end


def _counted_from(place: Place, end: int, period: Period) -> Period:
    """Mark a period whose year is given as `last year` as counted from the publication day."""
    is_named = place.published is not None and place.text[end - 5 : end] == " year"
    return replace(period, is_relative=True) if is_named else period


def _month_alone(place: Place, meaning: CalendarName) -> list[Expression]:
    """Read a month without a day: `July 2025`, `last July`, `early July`, `July`."""
    year, end = _year_after(place, place.end, patterns.YEAR_AFTER_MONTH)
    which = place.left(patterns.WHICH)
    offset = _WHICH_OFFSET.get(which["which"].lower()) if which else None
    if year is None and end == place.end and not _reads_as_month(place, meaning, offset):
        return []
    if meaning.calendar != "gregorian":
        return [Expression(place.start, end, _dated(meaning, year, None))] if year else []
    period = _counted_from(place, end, _dated(meaning, year, None))
    if which and offset is not None and year is None and not place.left(patterns.MODIFIER):
        if offset == 0 and place.published is not None:
            period = month_period(place.published.year, meaning.number)
        else:
            period = supply_year(period, place.published, ahead=offset > 0)
        return [
            _modified(Place(place.text, which.start(), end, place.floor, place.published), period)
        ]
    return [_modified(Place(place.text, place.start, end, place.floor, place.published), period)]


def _reads_as_month(place: Place, meaning: CalendarName, offset: int | None) -> bool:
    """Tell whether a month's name without numbers means the month: not `May` the verb or name."""
    if meaning.calendar != "gregorian" or meaning.abbreviated:
        return False
    if offset is not None or place.left(patterns.MODIFIER):
        return True
    before = place.word_before()
    # "a study from March found", not "from May’s government"
    is_origin = before.lower() == "from" and patterns.SMALL_AFTER.match(place.text, place.end)
    if before.lower() in _BARE_AFTER or is_origin:
        return True
    is_listed = patterns.MONTH_AFTER.match(place.text, place.end) or place.left(
        patterns.MONTH_BEFORE
    )
    if not meaning.stands_alone:
        return bool(is_listed) and not place.is_before_capital()
    if before[:1].isupper() and before.lower() not in date_words("year_before"):
        return False
    return bool(is_listed) or not place.is_before_capital() or bool(before and before.islower())


def _dated(meaning: CalendarName, year: int | None, day: int | None) -> Period:
    """Make the period of a month, or a day of it, in the calendar that its name belongs to."""
    if meaning.calendar != "gregorian":
        return _foreign(meaning.calendar, year, meaning.number, day)
    if year is None:
        return undated_period(meaning.number, day)
    if day is None:
        return month_period(year, meaning.number)
    return ymd_period(year, meaning.number, day)


def _foreign(calendar: str, year: int | None, month: int | None, day: int | None) -> Period:
    """Make the period of a Persian or Islamic year, month or day in Gregorian days."""
    precision = "day" if day else "month" if month else "year"
    if year is None:
        return Period(precision=precision)
    convert = persian_period if calendar == "persian" else islamic_period
    days = convert(year, month, day)
    if days is None:
        return Period(precision=precision)
    if days[0] == days[1]:
        return Period(days[0], days[1], days[0].isoformat(), precision)
    return span_period(days[0], days[1], precision)


# ------------------------------------------------------------------ weekdays and today


def read_weekday(place: Place) -> list[Expression]:
    """Read `Sunday`, `last Sunday`, `next Sunday`; not `Black Friday` or `The Sunday Times`."""
    name = place.text[place.start : place.end]
    weekday = (calendar_names().get(name) or calendar_names()[name.title()]).number - 1
    if name.isupper() or place.word_before() in date_words("named_day_before"):
        return []
    following = patterns.CAPITALISED_AFTER.match(place.text, place.end)
    if following and following["word"][0].isupper():
        in_title = place.left(patterns.DETERMINER) and following["word"] not in calendar_names()
        if in_title or following["word"] in date_words("named_day_after"):
            return []
    which = place.left(patterns.WHICH)
    kind = which["which"].lower() if which and not which["kind"] else ""
    if kind in {"every", "each", "any", "a", "one", "another", "following", "previous", "recent"}:
        return []
    start = which.start() if which and kind else place.start
    return [Expression(start, place.end, _weekday(place, weekday, kind))]


def _weekday(place: Place, weekday: int, kind: str) -> Period:
    """Resolve a weekday by the word before it, else by the tense of its clause."""
    if kind in {"last", "past", "this past"}:
        return weekday_period(place.published, weekday, "last")
    if kind in {"next", "coming", "this coming", "upcoming"}:
        return weekday_period(place.published, weekday, "next")
    if place.published is None:
        return weekday_period(None, weekday, "past")
    if kind == "this":
        ahead = not looks_back(place.text, place.start, place.end)
    else:
        ahead = looks_ahead(place.text, place.start, place.end)
    return weekday_period(place.published, weekday, "next" if ahead else "past")


def read_deictic(place: Place) -> list[Expression]:
    """Read `today`, `yesterday`, `tomorrow`; not the last word of `USA Today`."""
    word = place.text[place.start : place.end]
    before = place.word_before()
    if word[0].isupper() and before and not before.islower():
        return []
    return [
        Expression(
            place.start,
            place.end,
            shifted_day(place.published, int(date_words("deictic")[word.lower()])),
        )
    ]


# ----------------------------------------------------------------- weeks, years, seasons


def read_unit(place: Place) -> list[Expression]:
    """Read `last week`, `end of this year`, `recent months`, `five years ago`, `19th century`."""
    word = place.text[place.start : place.end]
    unit = word.removesuffix("s") if word != "centuries" else "century"
    if patterns.AGO.match(place.text, place.end):
        return _ago(place, unit)
    if unit == "century" and (ordinal := place.left(patterns.ORDINAL)):
        return _century(place, ordinal)
    if unit == "weekend" and word == unit and place.left(patterns.WEEKEND):
        return [Expression(place.start, place.end, past_weekend(place.published))]
    if word != unit:
        return _some_units(place)
    which = place.left(patterns.WHICH)
    return _edge_of_unit(place, unit) if which is None else _unit_near(place, unit, which)


def _some_units(place: Place) -> list[Expression]:
    """Read `recent weeks`, `coming days`, `past few months`: vague, without a number."""
    which = place.left(patterns.WHICH)
    if which and which["which"].lower() in {"recent", "coming"} and not which["kind"]:
        return [Expression(which.start(), place.end, UNKNOWN)]
    few = place.left(patterns.FEW)
    return [Expression(few.start(), place.end, UNKNOWN)] if few else []


def _unit_near(place: Place, unit: str, which: re.Match[str]) -> list[Expression]:
    """Read `last week`, `this fiscal year`, `past year`.

    `the past year` and `the last year` end on an unknown day; `the next week` hangs on an event.
    """
    kind = which["which"].lower()
    if unit == "day" or kind not in _WHICH_OFFSET.keys() | {"past"}:
        return []
    if kind == "last" and place.text.startswith(" of ", place.end):
        return []  # "the last week of July", read with the month
    is_definite = place.left(patterns.DETERMINER, which.start()) is not None
    if kind == "past" or (kind == "last" and is_definite):
        return [Expression(which.start(), place.end, Period(precision=unit))]
    if kind in {"next", "coming"} and is_definite:
        return []
    period = unit_period(place.published, unit, _WHICH_OFFSET[kind])
    if which["kind"] and which["kind"] != "calendar ":
        period = Period(precision="year")
    extended = Place(place.text, which.start(), place.end, place.floor, place.published)
    return [_modified(extended, period)]


def _edge_of_unit(place: Place, unit: str) -> list[Expression]:
    """Read `end of the year`: an edge of the unit in which the article appeared."""
    match = place.left(patterns.MODIFIER)
    if match is None or unit not in {"week", "month", "year", "decade"}:
        return []
    if not match["edge"] and (unit != "year" or match["part"] not in {"half", "quarter"}):
        return []
    if patterns.CAPITALISED_AFTER.match(place.text, place.end) and place.text[
        place.end : place.end + 4
    ] in {" of ", " in "}:
        return []
    return [_modified(place, unit_period(place.published, unit, 0))]


def _ago(place: Place, unit: str) -> list[Expression]:
    """Read `five years ago`, `a week ago`, and vague `years ago`."""
    end = place.end + len(" ago")
    number = place.left(patterns.NUMBER)
    if number is None:
        is_plural = place.text[place.end - 1] == "s"
        return [Expression(place.start, end, UNKNOWN)] if is_plural else []
    word = number["number"].lower()
    value = int(word) if word.isdecimal() else int(date_words("number")[word] or 0)
    is_hedged = place.left(patterns.HEDGE, number.start()) is not None
    if not value or is_hedged or unit not in {"day", "week", "month", "year"}:
        return [Expression(number.start(), end, UNKNOWN)]
    return [Expression(number.start(), end, unit_period(place.published, unit, -value))]


def _century(place: Place, ordinal: re.Match[str]) -> list[Expression]:
    """Read `19th century`, `early nineteenth century`."""
    number = int(ordinal["digits"] or date_words("ordinal")[(ordinal["word"] or "").lower()])
    if not 1 <= number <= 22:
        return []
    extended = Place(place.text, ordinal.start(), place.end, place.floor, place.published)
    return [_modified(extended, century_period(number))]


def read_season(place: Place) -> list[Expression]:
    """Read `summer 2021`, `last winter`; a season alone is no calendar expression."""
    code = calendar_names()[place.text[place.start : place.end]].number
    which = place.left(patterns.WHICH)
    year = patterns.YEAR_OF_SEASON.match(place.text, place.end)
    before = place.word_before()
    is_which = which is not None and before.lower() == which["which"].lower()
    if before[:1].isupper() and not is_which and before.lower() not in date_words("year_before"):
        return []  # "Arab Spring 2011"
    if year:
        extended = Place(place.text, place.start, year.end(), place.floor, place.published)
        return [_modified(extended, season_period(int(year["year"]), code))]
    if which is None or which["kind"] or which["which"].lower() not in _WHICH_OFFSET:
        return []
    if place.left(patterns.DETERMINER, which.start()):
        return []
    period = season_near(place.published, code, _WHICH_OFFSET[which["which"].lower()])
    extended = Place(place.text, which.start(), place.end, place.floor, place.published)
    return [_modified(extended, period)]


def _modified(place: Place, period: Period) -> Expression:
    """Extend an expression by `early`, `end of`, `first half of` before it."""
    match = place.left(patterns.MODIFIER)
    if match is None:
        return Expression(place.start, place.end, period)
    start = match.start() + (len(match.group()) - len(match.group().lstrip()))
    if match["edge"]:
        edge = _EDGES.get(match["edge"].lower())
        return Expression(start, place.end, edge(period) if edge else period)
    if match["nth"]:
        return Expression(start, place.end, _part(match, period))
    return Expression(start, place.end, period)


def _part(match: re.Match[str], period: Period) -> Period:
    """Resolve `first half of`, `second quarter of`, `last day of` a period."""
    nth, part = match["nth"].lower(), match["part"]
    if part == "day" and nth in {"first", "last", "final"}:
        return first_day(period) if nth == "first" else last_day(period)
    if period.precision != "year" or period.start is None or part not in {"half", "quarter"}:
        return Period(precision=part if part in {"half", "quarter", "week", "day"} else None)
    number = _PARTS.get(nth, 2 if part == "half" else 4)
    made = half_period if part == "half" else quarter_period
    if part == "half" and number > 2:
        return Period(precision="half")
    found = made(period.start.year, number)
    return Period(found.start, found.end, found.edtf, part, is_relative=period.is_relative)
