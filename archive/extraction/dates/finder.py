"""Finding of calendar expressions in a paragraph, and what one of them tells about its neighbour.

Spans follow the annotation guidelines of this project: no preposition and no part of the day;
`early`, `end of` and `mid-` stay; the ends of a range are two dates; durations and expressions
that hang on another event (`days later`) are none. `early`, `mid-` and `late` leave the period
whole, because no convention says where they end; `end of` is its last day.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from archive.extraction.dates import expressions, patterns
from archive.extraction.dates.expressions import Expression, Place
from archive.extraction.dates.periods import Period, with_year
from archive.extraction.dates.relative import supply_year
from archive.extraction.dates.tense import looks_ahead, looks_back
from archive.records import DateSpan
from archive.vocabulary.calendar import calendar_names

_READERS = {
    "numeric": expressions.read_numeric,
    "month": expressions.read_month,
    "weekday": expressions.read_weekday,
    "unit": expressions.read_unit,
    "century": expressions.read_unit,
    "season": expressions.read_season,
    "deictic": expressions.read_deictic,
    "quarter": expressions.read_quarter,
    "nineties": expressions.read_nineties,
}
_MERGED_GAPS = frozenset({" ", ", ", " the ", ", the "})


def find_dates(text: str, *, published: str | None = None) -> list[DateSpan]:
    """Find the calendar expressions of a paragraph, in order and without overlap.

    `published` is the ISO day on which the article appeared; without it relative expressions
    (`Saturday`, `last year`, `February`) are found but not resolved. Any string is accepted; the
    time is linear in its length. Raises `ValueError` where `published` is no ISO day.
    """
    day = date.fromisoformat(published) if published else None
    found = _with_weekdays(text, list(_scan(text, day)))
    return [
        DateSpan(
            char_start=item.start,
            char_end=item.end,
            text=text[item.start : item.end],
            start_date=_iso(item.period.start),
            end_date=_iso(item.period.end),
            edtf=item.period.edtf,
            precision=item.period.precision,
            resolved_from=published if item.period.is_relative else None,
        )
        for item in _with_years(text, found, day)
    ]


def _iso(day: date | None) -> str | None:
    """Write a day as the records have it."""
    return None if day is None else day.isoformat()


def _scan(text: str, published: date | None) -> Iterator[Expression]:
    """Yield the expressions of a text from left to right."""
    floor = 0
    for match in patterns.TRIGGER.finditer(text):
        if match.start() < floor:
            continue
        group = "year" if match.lastgroup == "decade" else match.lastgroup
        start = match.start("nineties") if group == "nineties" else match.start()
        place = Place(text, start, match.end(), floor, published)
        if group == "year":
            found = expressions.read_year(place, is_decade=match["decade"] is not None)
        else:
            found = _READERS[group or ""](place)
        yield from found
        if found:
            floor = found[-1].end


@cache
def _weekdays() -> frozenset[str]:
    """Return the full names of the weekdays."""
    names = calendar_names().items()
    return frozenset(n for n, item in names if item.kind == "weekday" and not item.abbreviated)


def _with_weekdays(text: str, found: list[Expression]) -> list[Expression]:
    """Join a weekday to the date that follows it: `Friday, 4 January 2019` is one expression."""
    joined: list[Expression] = []
    for item in found:
        if item.period.precision != "day" or item.period.is_relative:
            joined.append(item)
            continue
        previous = joined[-1] if joined else None
        if (
            previous is not None
            and text[previous.end : item.start] in _MERGED_GAPS
            and text[previous.start : previous.end].rsplit(maxsplit=1)[-1] in _weekdays()
        ):
            name = text[previous.start : previous.end].rsplit(maxsplit=1)[-1]
            period = replace(item.period, weekday=calendar_names()[name].number - 1)
            joined[-1] = Expression(previous.start, item.end, period)
            continue
        floor = previous.end if previous else 0
        abbreviated = patterns.WEEKDAY_ABBREVIATED.search(
            text, max(floor, item.start - 8), item.start
        )
        joined.append(replace(item, start=abbreviated.start()) if abbreviated else item)
    return joined


def _with_years(text: str, found: list[Expression], published: date | None) -> list[Expression]:
    """Supply missing years: from the other end of a range, else from the publication day."""
    known = list(found)
    for index in range(len(known) - 1, 0, -1):  # `between 1 April and 15 July 2023`
        left, right = known[index - 1], known[index]
        if _is_range(text, left, right):
            known[index - 1] = replace(left, period=_before(left.period, right.period))
    for index, item in enumerate(known):
        previous = known[index - 1] if index else None
        is_end = previous is not None and _is_range(text, previous, item)
        period = item.period
        if previous is not None and is_end:  # `from March 2021 to May`
            period = _after(period, previous.period)
        if period.month is not None and published is not None:
            period = supply_year(period, published, ahead=_is_ahead(text, item))
        known[index] = replace(item, period=period)
    return known


def _is_ahead(text: str, item: Expression) -> bool | None:
    """Tell whether a month or day is a coming one; None for a day whose distance may decide."""
    if looks_ahead(text, item.start, item.end):
        return True
    if item.period.day is None or looks_back(text, item.start, item.end):
        return False
    return None


def _is_range(text: str, left: Expression, right: Expression) -> bool:
    """Tell whether two expressions are joined as ends of a range or items of a list."""
    return (
        right.start - left.end <= 16
        and patterns.RANGE_JOIN.fullmatch(text, left.end, right.start) is not None
    )


def _before(period: Period, later: Period) -> Period:
    """Give the start of a range the year of its end."""
    if period.month is None or later.start is None or later.is_relative:
        return period
    found = with_year(period, later.start.year)
    if found.start is not None and later.end is not None and found.start > later.end:
        return with_year(period, later.start.year - 1)
    return found


def _after(period: Period, earlier: Period) -> Period:
    """Give the end of a range the year of its start."""
    if period.month is None or earlier.start is None:
        return period
    found = with_year(period, earlier.start.year)
    if found.end is not None and found.end < earlier.start:
        found = with_year(period, earlier.start.year + 1)
    return replace(found, is_relative=earlier.is_relative)
