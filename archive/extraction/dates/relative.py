"""Expressions that are counted from the publication day: `last week`, `Sunday`, `5 years ago`."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from archive.extraction.dates.periods import (
    UNKNOWN,
    Period,
    century_period,
    day_period,
    decade_period,
    month_period,
    season_period,
    span_period,
    week_period,
    with_year,
    year_period,
)

# Without a sign of tense, a day of the year that would lie further back than this is the coming
# one where that is near: in September, "October 14" means next month.
_FAR_BACK = 240
_NEAR_AHEAD = 120


def shifted_day(published: date | None, days: int) -> Period:
    """Return the day so many days after publication."""
    return _relative(published, lambda day: day_period(day + timedelta(days=days)), "day")


def weekday_period(published: date | None, weekday: int, which: str) -> Period:
    """Return a weekday (0 is Monday) near publication.

    `which` is `past` (on the day or before), `last` (before the day), `next` (after the day).
    """

    def resolve(day: date) -> Period:
        back = (day.weekday() - weekday) % 7
        if which == "past":
            return day_period(day - timedelta(days=back))
        if which == "last":
            return day_period(day - timedelta(days=back or 7))
        return day_period(day + timedelta(days=7 - back))

    return _relative(published, resolve, "day")


def unit_period(published: date | None, unit: str, offset: int) -> Period:
    """Return the unit (`week`, `month`, `year` …) so many units after that of publication."""
    if unit in {"day", "quarter"}:
        return UNKNOWN if unit == "quarter" else shifted_day(published, offset)
    return _relative(published, lambda day: _unit(day, unit, offset), unit)


def _unit(day: date, unit: str, offset: int) -> Period:
    """Return the unit `offset` units after the one that holds `day`."""
    if unit == "week":
        return week_period(day, offset)
    if unit == "weekend":
        saturday = day + timedelta(days=5 - day.weekday() + 7 * offset)
        return span_period(saturday, saturday + timedelta(days=1), "weekend")
    if unit == "month":
        years, month = divmod(day.month - 1 + offset, 12)
        return month_period(day.year + years, month + 1)
    if unit == "year":
        return year_period(day.year + offset)
    if unit == "decade":
        return decade_period(day.year + 10 * offset)
    return century_period((day.year + 99) // 100 + offset)


def past_weekend(published: date | None) -> Period:
    """Return what `the weekend` means: this one from Saturday on, else the last."""
    offset = 0 if published is not None and published.weekday() >= 5 else -1
    return unit_period(published, "weekend", offset)


def season_near(published: date | None, code: int, offset: int) -> Period:
    """Return a season, known by its year only where the text counts it from this year."""
    if published is None or offset:  # `last winter` can be this year's or the last one's
        return Period(precision="season")
    return replace(season_period(published.year, code), is_relative=True)


def supply_year(period: Period, published: date | None, *, ahead: bool | None) -> Period:
    """Give a month or a day of a month the year that lies nearest before publication.

    `ahead` True asks for the next one instead, None leaves it to the distance.
    """
    if published is None or period.month is None:
        return period
    this = with_year(period, published.year)
    if this.start is None or this.end is None:  # 29 February
        return period
    if this.start <= published <= this.end:
        return replace(this, is_relative=True)
    if this.start > published:
        past, coming = with_year(period, published.year - 1), this
    else:
        past, coming = this, with_year(period, published.year + 1)
    if past.start is None or coming.start is None:  # 29 February of a common year
        return replace(coming if past.start is None else past, is_relative=True)
    fits = (past.start.weekday() == period.weekday, coming.start.weekday() == period.weekday)
    if period.weekday is not None and not any(fits):
        return period  # of a year further off
    if fits[0] != fits[1]:  # the weekday named beside it tells
        ahead = fits[1]
    if ahead is None:
        ahead = _is_far_back(past, coming, published)
    return replace(coming if ahead else past, is_relative=True)


def _is_far_back(past: Period, coming: Period, published: date) -> bool:
    """Tell whether the past occurrence is so far and the coming one so near that it is meant."""
    if past.end is None or coming.start is None:
        return False
    return (published - past.end).days > _FAR_BACK and (coming.start - published).days < _NEAR_AHEAD


def _relative(published: date | None, resolve: Callable[[date], Period], precision: str) -> Period:
    """Resolve from the publication day, where there is one and the calendar reaches so far."""
    if published is None:
        return Period(precision=precision)
    try:
        return replace(resolve(published), is_relative=True)
    except (ValueError, OverflowError):
        return Period(precision=precision)
