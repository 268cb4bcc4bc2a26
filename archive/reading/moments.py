"""Dates and times as other programs write them, as `Published` and as ISO 8601 text.

ISO 8601 with its liberties (a space for the T, basic format, fractions), RFC 2822 as in mail and
feeds, seconds or milliseconds since 1970, English dates with the month in letters, and lists of
any of these. Dates in figures whose order of day and month is open (`03/04/2020`) say nothing.
"""

import math
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from archive.errors import MisuseError
from archive.reading.meta import parse_published
from archive.records import Published

_EARLIEST: Final = 100_000_000.0
_LATEST: Final = 4_102_444_800.0
"""Seconds since 1970 that are taken for a time: 1973 to 2100; below lie years and small numbers."""

_NUMBER: Final = re.compile(r"[0-9]{9,10}(?:\.[0-9]+)?|[0-9]{12,13}")

_BASIC: Final = re.compile(
    r"([0-9]{8})T?([0-9]{2})([0-9]{2})([0-9]{2})?(?:\.[0-9]+)?\s*(Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?"
)
"""`20250715T093000Z`, `20250715093000`, as news agencies and GDELT write them."""

_ISO: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]+([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)"
    r"\s*(Z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?(?:\[[\w/]+\])?",
    re.I,
)

_DAY: Final = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")

_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)

_MONTH: Final = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY_MONTH: Final = re.compile(
    rf"{_WEEKDAY}([0-9]{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+([0-9]{{4}})", re.I
)
_MONTH_DAY: Final = re.compile(
    rf"{_WEEKDAY}{_MONTH}\s+([0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+([0-9]{{4}})", re.I
)


def published_of(value: object) -> Published | None:
    """The date of publication that a field of a record gives; None where it gives none.

    >>> published_of("Tue, 09 Sep 2025 08:15:00 +0200").at
    '2025-09-09T08:15+02:00'
    >>> published_of(1757398500000).on, published_of("n/a")
    ('2025-09-09', None)
    """
    if isinstance(value, list | tuple):
        found = (published_of(each) for each in value if not isinstance(each, list | tuple))
        return next(filter(None, found), None)
    text = _as_text(value)
    iso = _iso(text) if text else None
    if iso is None:
        return None
    try:
        return parse_published(iso, "metadata")
    except MisuseError:
        return None


def moment_of(value: object) -> str | None:
    """A time or day as ISO 8601 text; None where the value is none."""
    found = published_of(value)
    return (found.at or found.on) if found else None


def _as_text(value: object) -> str | None:
    """A value as the text of a date, if it can be one at all."""
    if isinstance(value, float):
        return _from_seconds(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**14:
        return str(value)
    return value.strip() if isinstance(value, str) and len(value) <= 100 else None


def _iso(text: str) -> str | None:
    """ISO 8601 text for any of the shapes above; it may still name a day that no calendar has."""
    if _NUMBER.fullmatch(text):
        return _from_seconds(float(text))
    if match := _ISO.fullmatch(text):
        return f"{match[1]}T{match[2].replace(',', '.')}{_offset(match[3])}"
    if match := _BASIC.fullmatch(text):
        seconds = f":{match[4]}" if match[4] else ""
        day = f"{match[1][:4]}-{match[1][4:6]}-{match[1][6:]}"
        return f"{day}T{match[2]}:{match[3]}{seconds}{_offset(match[5])}"
    return _from_words(text) or text


def _offset(zone: str | None) -> str:
    """An offset from UTC as Python reads it."""
    if not zone:
        return ""
    return "+00:00" if zone.upper() in ("Z", "UTC", "GMT") else zone


def _from_seconds(value: float) -> str | None:
    """Seconds or milliseconds since 1970, where they are a time of our days."""
    if not math.isfinite(value):
        return None
    seconds = value / 1000 if value >= _LATEST else value
    if not _EARLIEST <= seconds < _LATEST:
        return None
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(seconds))
    return moment.isoformat()


def _from_words(text: str) -> str | None:
    """A day with its month in letters, an RFC 2822 time, or a day in figures, year first."""
    if match := _DAY.fullmatch(text):
        return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}"
    if match := _DAY_MONTH.fullmatch(text):
        return _day(match[3], match[2], match[1])
    if match := _MONTH_DAY.fullmatch(text):
        return _day(match[3], match[1], match[2])
    if not any(char.isalpha() for char in text):
        return None
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, IndexError, TypeError, OverflowError):
        return None


def _day(year: str, month: str, day: str) -> str:
    return f"{year}-{_MONTHS.index(month[:3].lower()) + 1:02d}-{int(day):02d}"
