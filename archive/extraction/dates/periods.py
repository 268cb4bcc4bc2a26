"""What a calendar expression can mean: a period with its first and last day, or less.

Written in the Extended Date/Time Format of ISO 8601-2 (Library of Congress, "Extended Date/Time
Format (EDTF) Specification", 2019): unknown digits are `X`, seasons 21 to 24, quarters 33 to 36,
half years 40 and 41 stand in the place of the month, and a slash joins the ends of an interval.
"""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days; all fields None where the text does not fix them.

    `month` and `day` of the year are kept where only the year is missing, so that it can be
    supplied from the other end of a range or from the publication day; `weekday` (0 is Monday)
    where the text names it beside the day. `is_relative` tells that the publication day was used.
    """

    start: date | None = None
    end: date | None = None
    edtf: str | None = None
    precision: str | None = None
    month: int | None = None
    day: int | None = None
    is_relative: bool = False
    weekday: int | None = None


UNKNOWN = Period()


def day_period(day: date) -> Period:
    """One day."""
    return Period(day, day, day.isoformat(), "day")


def ymd_period(year: int, month: int, day: int) -> Period:
    """One day by its numbers; nothing is known where there is no such day."""
    try:
        return day_period(date(year, month, day))
    except ValueError:
        return Period(precision="day")


def month_period(year: int, month: int) -> Period:
    """All days of a month."""
    if not 1 <= year <= 9999:
        return Period(precision="month")
    last = monthrange(year, month)[1]
    return Period(date(year, month, 1), date(year, month, last), f"{year:04}-{month:02}", "month")


def undated_period(month: int, day: int | None) -> Period:
    """A month or a day of a month whose year is not known."""
    if day is None:
        return Period(edtf=f"XXXX-{month:02}", precision="month", month=month)
    if not 1 <= day <= monthrange(2000, month)[1]:
        return Period(precision="day")
    return Period(edtf=f"XXXX-{month:02}-{day:02}", precision="day", month=month, day=day)


def with_year(period: Period, year: int) -> Period:
    """Supply the year of a period that has only a month, or a month and day."""
    if period.month is None:
        return period
    if period.day is None:
        return month_period(year, period.month)
    return ymd_period(year, period.month, period.day)


def year_period(year: int) -> Period:
    """All days of a year."""
    if not 1 <= year <= 9999:
        return Period(precision="year")
    return Period(date(year, 1, 1), date(year, 12, 31), f"{year:04}", "year")


def decade_period(first_year: int) -> Period:
    """Ten years, such as the 1990s."""
    first = first_year - first_year % 10
    return Period(date(first, 1, 1), date(first + 9, 12, 31), f"{first // 10:03}X", "decade")


def century_period(number: int) -> Period:
    """A hundred years: the 19th century is 1801 to 1900."""
    first, last = 100 * number - 99, 100 * number
    return Period(date(first, 1, 1), date(last, 12, 31), f"{first:04}/{last:04}", "century")


def season_period(year: int, code: int) -> Period:
    """A season of a year. Its days depend on the hemisphere and stay unknown."""
    return Period(edtf=f"{year:04}-{code}", precision="season")


def quarter_period(year: int, number: int) -> Period:
    """A quarter of a calendar year, 1 to 4."""
    first = month_period(year, 3 * number - 2)
    last = month_period(year, 3 * number)
    return Period(first.start, last.end, f"{year:04}-{32 + number}", "quarter")


def half_period(year: int, number: int) -> Period:
    """A half of a calendar year, 1 or 2."""
    first = month_period(year, 6 * number - 5)
    last = month_period(year, 6 * number)
    return Period(first.start, last.end, f"{year:04}-{39 + number}", "half")


def span_period(start: date, end: date, precision: str) -> Period:
    """Any other stretch of days, such as a week."""
    return Period(start, end, f"{start.isoformat()}/{end.isoformat()}", precision)


def week_period(day: date, weeks: int = 0) -> Period:
    """Return the ISO week (from Monday) that holds `day`, or one so many weeks later."""
    monday = day + timedelta(days=7 * weeks - day.weekday())
    return span_period(monday, monday + timedelta(days=6), "week")


def last_day(period: Period) -> Period:
    """Return the last day of a period: `end of 2024`."""
    if period.end is not None:
        return replace(day_period(period.end), is_relative=period.is_relative)
    if period.month is not None and period.day is None:
        if period.month == 2:  # whose last day depends on the year
            return Period(precision="day")
        return undated_period(period.month, monthrange(2001, period.month)[1])
    return Period(precision=period.precision and "day", is_relative=period.is_relative)


def first_day(period: Period) -> Period:
    """Return the first day of a period: `start of 2024`."""
    if period.start is not None:
        return replace(day_period(period.start), is_relative=period.is_relative)
    if period.month is not None and period.day is None:
        return undated_period(period.month, 1)
    return Period(precision=period.precision and "day", is_relative=period.is_relative)
