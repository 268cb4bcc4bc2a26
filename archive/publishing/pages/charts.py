"""Charts as shapes with places; templates draw them as SVG, beside a table of the same numbers.

Coordinates count from the upper left corner of the chart, in its own units.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10

from archive.publishing.pages.wording import month as month_in_words
from archive.publishing.pages.wording import short_number

WIDTH, SMALL = 720.0, 300.0
"""Widths of a chart that stands alone, and of one among many."""

_RIGHT, _TOP, _BOTTOM = 8.0, 12.0, 30.0
"""Margins of the plot; below are the labels of time, on the left those of values."""

_MOST_MONTHS = 120
"""Months of a chart; a longer span is counted by year."""

_LOGARITHMIC = 200.0
"""How many times the smallest value the largest may be before the axis is logarithmic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A label of an axis and where it stands."""

    at: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar or a part of a stacked one; `series` numbers its part of the legend."""

    x: float
    y: float
    width: float
    height: float
    series: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A figure with its bounds: a dot, or a line from `top` to `bottom`.

    `open_above` and `open_below` tell that a bound is not known; there the line has an arrow.
    """

    x: float
    top: float
    bottom: float
    open_above: bool
    open_below: bool
    title: str
    href: str | None
    style: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart of bars or of intervals, with its axes. `plot` is left, top, right and bottom."""

    width: float
    height: float
    plot: tuple[float, float, float, float]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...] = ()
    intervals: tuple[Interval, ...] = ()
    legend: tuple[str, ...] = ()
    is_logarithmic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A figure to be drawn: its day, its bounds, what it says and where it leads."""

    day: str
    low: float | None
    high: float | None
    title: str
    href: str | None = None
    style: str = "figure"


def periods(months: Iterable[str]) -> tuple[list[str], int]:
    """All months or years from the first to the last month, and the length of their names.

    Months are counted up to five years, years beyond: `2025-07` has 7 characters, `2025` 4.

    >>> periods(["2024-11", "2025-01"])
    (['2024-11', '2024-12', '2025-01'], 7)
    """
    known = sorted(month for month in months if month)
    if not known:
        return [], 7
    first, last = _index(known[0]), _index(known[-1])
    if last - first < _MOST_MONTHS:
        return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(first, last + 1)], 7
    return [f"{year:04}" for year in range(first // 12, last // 12 + 1)], 4


def _index(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7] or 1) - 1


def over_time(
    series: Mapping[str, Mapping[str, float]],
    noun: str,
    height: float = 220.0,
    width: float = WIDTH,
) -> Chart | None:
    """Draw stacked bars of counts by month; None where there is nothing to draw.

    `series` maps each name of the legend to its counts by month (`2025-07`).
    """
    names, size = periods(month for counts in series.values() for month in counts)
    if not names:
        return None
    parts = [_by_period(counts, size) for counts in series.values()]
    totals = [sum(part.get(name, 0.0) for part in parts) for name in names]
    ticks = _linear_ticks(0.0, max(totals), whole=True)
    left, top, right, bottom = plot = _plot(ticks, width, height)
    scale = (bottom - top) / (ticks[-1] or 1.0)
    step = (right - left) / len(names)
    bars = []
    for column, name in enumerate(names):
        base = bottom
        for number, (label, part) in enumerate(zip(series, parts, strict=True)):
            value = part.get(name, 0.0)
            if value:
                base -= value * scale
                bars.append(
                    Bar(
                        x=round(left + column * step + 0.1 * step, 2),
                        y=round(base, 2),
                        width=round(max(0.8 * step, 0.5), 2),
                        height=round(value * scale, 2),
                        series=number,
                        title=f"{_period_in_words(name)}, {label}: {short_number(value)} {noun}",
                    )
                )
    return Chart(
        width=width,
        height=height,
        plot=plot,
        x_ticks=_time_ticks(names, left, step, most=8 if width > SMALL else 3),
        y_ticks=tuple(
            Tick(at=round(bottom - value * scale, 2), label=short_number(value)) for value in ticks
        ),
        bars=tuple(bars),
        legend=tuple(series),
    )


def _plot(ticks: Sequence[float], width: float, height: float) -> tuple[float, float, float, float]:
    """Leave room on the left for the longest label, at seven units a character."""
    longest = max(len(short_number(tick)) for tick in ticks)
    return 14.0 + 7.0 * longest, _TOP, width - _RIGHT, height - _BOTTOM


def _by_period(counts: Mapping[str, float], size: int) -> dict[str, float]:
    found: dict[str, float] = {}
    for month, count in counts.items():
        if month:
            found[month[:size]] = found.get(month[:size], 0.0) + count
    return found


def _period_in_words(name: str) -> str:
    return month_in_words(name) if len(name) > 4 else name


def _time_ticks(names: Sequence[str], left: float, step: float, most: int) -> tuple[Tick, ...]:
    every = max(1, ceil(len(names) / most))
    return tuple(
        Tick(at=round(left + (column + 0.5) * step, 2), label=names[column])
        for column in range(0, len(names), every)
    )


def _linear_ticks(low: float, high: float, *, whole: bool = False) -> list[float]:
    """Round numbers from below `low` to above `high`, four or so."""
    span = (high - low) or abs(high) or 1.0
    size = 10.0 ** floor(log10(span / 4))
    step = next(size * times for times in (1, 2, 5, 10) if size * times >= span / 4)
    step = max(step, 1.0) if whole else step
    first, last = floor(low / step), ceil(high / step)
    return [round(n * step, 10) for n in range(first, max(last, first + 1) + 1)]


def with_bounds(points: Sequence[Point], height: float = 300.0) -> Chart | None:
    """Draw figures over time, each with its bounds; None where no point has a day."""
    drawn = [point for point in points if point.day and _ends(point)]
    if not drawn:
        return None
    values = [value for point in drawn for value in _ends(point)]
    days = [_ordinal(point.day) for point in drawn]
    is_logarithmic = min(values) > 0 and max(values) / min(values) > _LOGARITHMIC
    ticks = _log_ticks(values) if is_logarithmic else _linear_ticks(min(*values, 0.0), max(values))
    left, top, right, bottom = plot = _plot(ticks, WIDTH, height)
    low, high = (log10(ticks[0]), log10(ticks[-1])) if is_logarithmic else (ticks[0], ticks[-1])
    first, span = min(days), (max(days) - min(days)) or 1

    def height_of(value: float) -> float:
        share = ((log10(value) if is_logarithmic else value) - low) / ((high - low) or 1.0)
        return round(bottom - share * (bottom - top), 2)

    def place_of(day: int) -> float:
        inner = right - left - 70  # room for half a label at either end
        return round(left + 35 + (day - first) / span * inner, 2)

    intervals = tuple(
        Interval(
            x=place_of(day),
            top=height_of(max(_ends(point))),
            bottom=height_of(min(_ends(point))),
            open_above=point.high is None,
            open_below=point.low is None,
            title=point.title,
            href=point.href,
            style=point.style,
        )
        for day, point in zip(days, drawn, strict=True)
    )
    marks = (
        sorted({first + round(span * n / 4) for n in range(5)}) if len(set(days)) > 1 else [first]
    )
    return Chart(
        width=WIDTH,
        height=height,
        plot=plot,
        x_ticks=tuple(
            Tick(at=place_of(day), label=date.fromordinal(day).isoformat()) for day in marks
        ),
        y_ticks=tuple(Tick(at=height_of(tick), label=short_number(tick)) for tick in ticks),
        intervals=intervals,
        is_logarithmic=is_logarithmic,
    )


def _ends(point: Point) -> tuple[float, ...]:
    return tuple(value for value in (point.low, point.high) if value is not None)


def _ordinal(day: str) -> int:
    try:
        return date.fromisoformat(day[:10]).toordinal()
    except ValueError:
        return 1


def _log_ticks(values: Sequence[float]) -> list[float]:
    low, high = floor(log10(min(values))), ceil(log10(max(values)))
    return [10.0**power for power in range(low, max(high, low + 1) + 1)]
