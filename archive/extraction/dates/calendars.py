"""Days of the Persian and the Islamic calendar as Gregorian days.

The Persian (solar Hijri) calendar starts at the spring equinox. Its leap years follow the 33-year
cycle of Omar Khayyam (leap where the remainder of the year by 33 is 1, 5, 9, 13, 17, 22, 26 or
30), which agrees with the official calendar of Iran from 1244 to 1498 (1865 to 2120; see K. M.
Borkowski, "The Persian calendar for 3000 years", Earth, Moon, and Planets 74, 1996).

The Islamic (lunar Hijri) calendar depends on the sighting of the moon. The tabular calendar here
(civil epoch, leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26 and 29 of 30; Reingold and Dershowitz,
"Calendrical Calculations", chapter 7) is right to within about a day, so that its dates are given
as a range one day wider on either side.
"""

from datetime import date, timedelta

_PERSIAN_YEARS = range(1244, 1499)
_PERSIAN_LEAP = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
_PERSIAN_ANCHOR = (1403, date(2024, 3, 20))
_ISLAMIC_YEARS = range(1, 2001)
_ISLAMIC_EPOCH = 227015  # proleptic ordinal of 19 July 622, Gregorian


def persian_period(year: int, month: int | None, day: int | None) -> tuple[date, date] | None:
    """Return first and last Gregorian day of a Persian day, month or year, None if impossible."""
    if year not in _PERSIAN_YEARS:
        return None
    if month is None:
        return _persian_new_year(year), _persian_new_year(year + 1) - timedelta(days=1)
    length = 31 if month <= 6 else 30 if month < 12 or _is_persian_leap(year) else 29
    before = 31 * min(month - 1, 6) + 30 * max(month - 7, 0)
    return _within(_persian_new_year(year) + timedelta(days=before), length, day)


def islamic_period(year: int, month: int | None, day: int | None) -> tuple[date, date] | None:
    """Return the days that may belong to an Islamic day, month or year, None if impossible."""
    if year not in _ISLAMIC_YEARS:
        return None
    margin = timedelta(days=1)
    if month is None:
        return _islamic_start(year, 1) - margin, _islamic_start(year + 1, 1)
    start = _islamic_start(year, month)
    following = _islamic_start(year + month // 12, month % 12 + 1)
    days = _within(start, (following - start).days, day)
    return days and (days[0] - margin, days[1] + margin)


def _within(start: date, length: int, day: int | None) -> tuple[date, date] | None:
    """Return one day of a month, or all of it; None for a day it does not have."""
    if day is None:
        return start, start + timedelta(days=length - 1)
    if not 1 <= day <= length:
        return None
    chosen = start + timedelta(days=day - 1)
    return chosen, chosen


def _is_persian_leap(year: int) -> bool:
    """Tell whether a Persian year has 366 days."""
    return year % 33 in _PERSIAN_LEAP


def _persian_new_year(year: int) -> date:
    """Return the Gregorian day of 1 Farvardin."""
    anchor, day = _PERSIAN_ANCHOR
    low, high = sorted((year, anchor))
    leaps = sum(_is_persian_leap(between) for between in range(low, high))
    days = 365 * (high - low) + leaps
    return day + timedelta(days=days if year > anchor else -days)


def _islamic_start(year: int, month: int) -> date:
    """Return the Gregorian day on which a tabular Islamic month begins."""
    before = (59 * (month - 1) + 1) // 2  # months have 30 and 29 days in turn
    return date.fromordinal(_ISLAMIC_EPOCH + 354 * (year - 1) + (3 + 11 * year) // 30 + before)
